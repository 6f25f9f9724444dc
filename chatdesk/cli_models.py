"""The commands about models: the flows of the models page in a terminal."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError, RepositoryMissing
from chatdesk.domain.hub import HubAccess, HubQuery, HubSort, RemoteModel, Variant
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.flows.hub import CardRead, HubFlow, RepositoryRead, address_of, hub_access
from chatdesk.flows.models import memory
from chatdesk.hub.client import HubClient
from chatdesk.paths import Paths
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.terminal import complain, leave_closed_pipe, printable

CANCELLED = 130  # what shells expect after Ctrl+C


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk models ACTION`; return the exit code: 0 well, 1 failed, 130 stopped."""
    try:
        settings = JsonSettings(paths.settings).load()
        access = hub_access(settings)
        if options.action == "search":
            _search(options, access)
        else:
            _show(options, settings, access)
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return 1
    except BrokenPipeError:
        leave_closed_pipe()
        return 1
    except KeyboardInterrupt:
        return CANCELLED
    return 0


def _search(options: argparse.Namespace, access: HubAccess) -> None:
    query = HubQuery(" ".join(options.words), HubSort[options.sort], options.limit)
    (found,) = HubFlow(HubClient()).search(query, access, CancelToken())
    if options.json:
        _print_json([asdict(model) for model in found])
        return
    if not found:
        print(tr("Nothing was found."))
    width = max((len(model.id) for model in found), default=0)
    for model in found:
        print(printable(f"{model.id:<{width}}  {_facts(model)}"))


def _show(options: argparse.Namespace, settings: Settings, access: HubAccess) -> None:
    address = address_of(options.name, settings)
    if address is None:
        raise RepositoryMissing(options.name)
    read: RepositoryRead | None = None
    card = ""
    for event in HubFlow(HubClient()).look(address, memory().largest_file, access, CancelToken()):
        match event:
            case RepositoryRead():
                read = event
                if not options.card:
                    break
            case CardRead(text):
                card = text
    assert read is not None
    if options.json:
        _print_json(_as_table(read) | ({"card": card} if options.card else {}))
        return
    _print_repository(read)
    if card:
        print(printable(f"\n{card}"))


def _print_repository(read: RepositoryRead) -> None:
    repository = read.repository
    print(printable(f"{repository.model.id}  {_facts(repository.model)}\n{read.page}\n"))
    for group, variants in read.groups.items():
        for variant in variants:
            mark = "*" if variant is read.advice.variant else " "
            name = variant.quantisation or variant.first.path
            parts = tr("  {count} files").format(count=len(variant.files)) if len(variant.files) > 1 else ""
            print(printable(f"{mark} {group.value:<9} {name:<12} {variant.bytes / 1e9:8.2f} GB{parts}"))
    for projector in repository.projectors:
        print(printable(tr("  pictures  {name}").format(name=projector.path)))
    print(f"\n* {read.advice.reason}" if read.advice.variant else f"\n{read.advice.reason}")


def _facts(model: RemoteModel) -> str:
    facts = [
        tr("{count:,} downloads").format(count=model.downloads),
        tr("{count:,} likes").format(count=model.likes),
        f"{model.parameters / 1e9:.1f}B" if model.parameters else "",
        model.architecture,
        model.licence,
        tr("terms to accept") if model.gated else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _as_table(read: RepositoryRead) -> dict[str, Any]:
    groups = {id(variant): group for group, variants in read.groups.items() for variant in variants}
    repository = read.repository

    def described(variant: Variant) -> dict[str, Any]:
        return {
            "quantisation": variant.quantisation,
            "group": groups[id(variant)],
            "bytes": variant.bytes,
            "recommended": variant is read.advice.variant,
            "files": [asdict(file) for file in variant.files],
        }

    return asdict(repository.model) | {
        "page": read.page,
        "revision": repository.revision,
        "advice": read.advice.reason,
        "variants": [described(variant) for variant in repository.variants],
        "projectors": [asdict(file) for file in repository.projectors],
    }


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))
