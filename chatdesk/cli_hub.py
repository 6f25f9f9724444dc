"""What the commands about models ask the Hub: a search, what there is of one, and whether it runs here."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.hub import Fit, HubAccess, HubQuery, HubSort, RemoteModel, Variant
from chatdesk.domain.hub_errors import RepositoryMissing, TermsNotAccepted
from chatdesk.domain.settings import Settings
from chatdesk.domain.storage_errors import KeyRingUnusable
from chatdesk.domain.words import tr, trn
from chatdesk.engine.gguf import GgufFiles
from chatdesk.engine.local import LocalEngine
from chatdesk.flows.fits import FitFlow, advice_after, verdict_words
from chatdesk.flows.hub import CardRead, HubFlow, RepositoryRead, address_of, endpoint_of, hub_access
from chatdesk.flows.models import memory_of
from chatdesk.flows.token import TokenFlow
from chatdesk.hub.client import HubClient
from chatdesk.paths import Paths
from chatdesk.storage.secrets import TokenStore
from chatdesk.terminal import complain, printable

TOKEN = "CHATDESK_HUB_TOKEN"  # noqa: S105  the name of a variable of the environment


@dataclass(frozen=True, slots=True)
class Look:
    """A model of the Hub, and which of its variants run here; `fits` is empty where that cannot be told."""

    read: RepositoryRead
    fits: Mapping[Variant, Fit]
    card: str = ""


def access_to(settings: Settings, paths: Paths) -> HubAccess:
    """Reach the Hub with the token of the environment, else with the one that the window has kept.

    Raises HubOffline, TokenRefused.
    """
    access = hub_access(settings, os.environ.get(TOKEN, ""))
    if access.token:
        return access
    try:
        token = TokenFlow(TokenStore(paths.token)).token(access.endpoint, CancelToken())
    except KeyRingUnusable as error:
        complain(error.sentence, tr("It goes on without the access token."))
        return access
    return hub_access(settings, token)


def search(options: argparse.Namespace, access: HubAccess) -> None:
    """Print a line for each model that has the words. Raises HubError."""
    query = HubQuery(" ".join(options.words), HubSort[options.sort], options.limit)
    (found,) = HubFlow(HubClient()).search(query, access, CancelToken())
    if options.json:
        print_json([asdict(model) for model in found])
        return
    if not found:
        print(tr("Nothing was found."))
    width = max((len(model.id) for model in found), default=0)
    for model in found:
        print(printable(f"{model.id:<{width}}  {_facts(model)}"))


def show(options: argparse.Namespace, settings: Settings, access: HubAccess) -> None:
    """Print what can be downloaded of a model. Raises HubError."""
    looked = look(options.name, settings, access, card=options.card)
    if options.json:
        print_json(_as_table(looked) | ({"card": looked.card} if options.card else {}))
        return
    _print_repository(looked)
    if looked.card:
        print(printable(f"\n{looked.card}"))


def look(name: str, settings: Settings, access: HubAccess, *, card: bool = False) -> Look:
    """Ask for a model by its name or address, and for the header of one of its files. Raises HubError."""
    address = address_of(name, settings)
    if address is None:
        raise RepositoryMissing(name)
    hub, cancel = HubClient(), CancelToken()
    with closing(LocalEngine()) as engine:
        machine = engine.machine(settings.gpu_layers != 0, cancel)
        events: Iterator[RepositoryRead | CardRead] = HubFlow(hub).look(
            address, memory_of(machine).largest_file, access, cancel
        )
        read = next(event for event in events if isinstance(event, RepositoryRead))
        judged: list[tuple[Variant, Fit]] = []
        with suppress(ChatDeskError):  # terms that are not accepted, or a header that nobody can read
            flow = FitFlow(hub, GgufFiles(), engine)
            judged = list(flow.for_variants(read.repository, settings, access, cancel))
    if judged:
        read = replace(read, advice=advice_after(read.repository, judged, read.room))
    text = next((event.text for event in events if isinstance(event, CardRead)), "") if card else ""
    return Look(read, dict(judged), text)


def tell_download(looked: Look, variant: Variant) -> None:
    """Say what is about to be fetched, under which licence, and whether it runs here."""
    model, fit = looked.read.repository.model, looked.fits.get(variant)
    name = variant.quantisation or variant.first.path
    facts = [
        tr("{name} of {repository}, {size}").format(
            name=name, repository=model.id, size=size_words(variant.bytes)
        ),
        tr("Licence: {name}").format(name=model.licence) if model.licence else tr("Licence: not told"),
        verdict_words(fit.verdict) if fit is not None else "",
    ]
    complain(" · ".join(fact for fact in facts if fact))


def complain_of_terms(error: TermsNotAccepted, settings: Settings) -> None:
    """Say where the terms are accepted, and how a terminal is told the token."""
    page = f"{endpoint_of(settings)}/{error.repository}"
    hint = tr("Accept them on {page}, then enter your access token in the window, or set {variable}.")
    complain(error.sentence, hint.format(page=page, variable=TOKEN))


def size_words(size: int) -> str:
    """Return `size` bytes as "2.74 GB" or "6.0 MB"."""
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def print_json(value: object) -> None:
    """Print `value` on one line."""
    print(json.dumps(value, ensure_ascii=False, default=str))


def _print_repository(looked: Look) -> None:
    read = looked.read
    repository = read.repository
    print(printable(f"{repository.model.id}  {_facts(repository.model)}\n{read.page}\n"))
    for group, variants in read.groups.items():
        for variant in variants:
            mark = "*" if variant is read.advice.variant else " "
            name = variant.quantisation or variant.first.path
            parts = tr("{count} files").format(count=len(variant.files)) if len(variant.files) > 1 else ""
            fit = looked.fits.get(variant)
            told = [part for part in (verdict_words(fit.verdict) if fit else "", parts) if part]
            line = f"{mark} {group.value:<9} {name:<12} {variant.bytes / 1e9:8.2f} GB  {', '.join(told)}"
            print(printable(line.rstrip()))
    for projector in repository.projectors:
        print(printable(tr("  pictures  {name}").format(name=projector.path)))
    print(f"\n* {read.advice.reason}" if read.advice.variant else f"\n{read.advice.reason}")


def _facts(model: RemoteModel) -> str:
    facts = [
        trn("{{words}} download", "{{words}} downloads", model.downloads).format(
            words=f"{model.downloads:,}"
        ),
        trn("{{words}} like", "{{words}} likes", model.likes).format(words=f"{model.likes:,}"),
        f"{model.parameters / 1e9:.1f}B" if model.parameters else "",
        model.architecture,
        model.licence,
        tr("terms to accept") if model.gated else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _as_table(looked: Look) -> dict[str, Any]:
    read = looked.read
    groups = {id(variant): group for group, variants in read.groups.items() for variant in variants}
    repository = read.repository

    def described(variant: Variant) -> dict[str, Any]:
        fit = looked.fits.get(variant)
        return {
            "quantisation": variant.quantisation,
            "group": groups[id(variant)],
            "bytes": variant.bytes,
            "recommended": variant is read.advice.variant,
            "fit": asdict(fit) | {"needed": fit.needed} if fit is not None else None,
            "files": [asdict(file) for file in variant.files],
        }

    return asdict(repository.model) | {
        "page": read.page,
        "revision": repository.revision,
        "advice": read.advice.reason,
        "variants": [described(variant) for variant in repository.variants],
        "projectors": [asdict(file) for file in repository.projectors],
    }
