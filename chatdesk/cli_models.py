"""The commands about models: the flows of the models page in a terminal."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError, KeyRingUnusable, ModelsFolderUnusable, RepositoryMissing
from chatdesk.domain.file_names import parts_of
from chatdesk.domain.hub import (
    DownloadChecks,
    Downloaded,
    DownloadProgress,
    DownloadRequest,
    DownloadWaits,
    HubAccess,
    HubQuery,
    HubSort,
    RemoteModel,
    Variant,
)
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.downloads import models_folder, request_for
from chatdesk.flows.hub import CardRead, HubFlow, RepositoryRead, address_of, hub_access
from chatdesk.flows.models import ModelFlow, memory
from chatdesk.flows.token import TokenFlow
from chatdesk.hub.client import HubClient
from chatdesk.paths import Paths, starter_model
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore
from chatdesk.storage.secrets import TokenStore
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.terminal import (
    CANCELLED,
    ProgressLine,
    complain,
    leave_closed_pipe,
    printable,
    stopped_by_ctrl_c,
    time_left,
)

TOKEN = "CHATDESK_HUB_TOKEN"  # noqa: S105  the name of a variable of the environment


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk models ACTION`; return the exit code: 0 well, 1 failed, 130 stopped."""
    try:
        settings = JsonSettings(paths.settings).load()
        match options.action:
            case "search":
                _search(options, _access(settings, paths))
            case "show":
                _show(options, settings, _access(settings, paths))
            case "download":
                return _download(options.name, options.pictures, settings, paths)
            case "list":
                _list(options, settings, paths)
            case "remove":
                return _remove(options, settings, paths)
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return 1
    except BrokenPipeError:
        leave_closed_pipe()
        return 1
    except KeyboardInterrupt:
        return CANCELLED
    return 0


def _access(settings: Settings, paths: Paths) -> HubAccess:
    """Reach the Hub with the token of the environment, else with the one that the window has kept."""
    access = hub_access(settings, os.environ.get(TOKEN, ""))
    if access.token:
        return access
    try:
        token = TokenFlow(TokenStore(paths.token)).token(access.endpoint, CancelToken())
    except KeyRingUnusable as error:
        complain(error.sentence, tr("It goes on without the access token."))
        return access
    return hub_access(settings, token)


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
    events = _look(options.name, settings, access)
    read = next(event for event in events if isinstance(event, RepositoryRead))
    card = next((event.text for event in events if isinstance(event, CardRead)), "") if options.card else ""
    if options.json:
        _print_json(_as_table(read) | ({"card": card} if options.card else {}))
        return
    _print_repository(read)
    if card:
        print(printable(f"\n{card}"))


def _look(name: str, settings: Settings, access: HubAccess) -> Iterator[RepositoryRead | CardRead]:
    address = address_of(name, settings)
    if address is None:
        raise RepositoryMissing(name)
    return HubFlow(HubClient()).look(address, memory().largest_file, access, CancelToken())


def _download(name: str, pictures: bool, settings: Settings, paths: Paths) -> int:
    """Fetch a model, with its part for pictures where that is wanted; add it to the list and print where it
    is."""
    access = _access(settings, paths)
    read = next(event for event in _look(name, settings, access) if isinstance(event, RepositoryRead))
    variant = read.named or read.advice.variant
    if variant is None:
        complain(read.advice.reason)
        return 1
    repository = read.repository if pictures else replace(read.repository, projectors=())
    request = request_for(repository, variant, models_folder(settings, paths.home))
    with stopped_by_ctrl_c() as cancel:
        done = _fetch(request, access, cancel)
    if done is None:
        complain(tr("Stopped. The same command goes on from here."))
        return CANCELLED
    paths.create()
    # Read again: the window may have stored something while this took hours.
    file = JsonSettings(paths.settings)
    path = done.paths[0]
    with closing(Database(paths.database, paths.backups)) as database:
        records = ModelStore(database)
        checksums = tuple(
            (place.name, each.sha256) for place, each in zip(done.paths, request.files, strict=True)
        )
        records.save(replace(records.record(path), checksums=checksums))
        file.save(ModelFlow(GgufFiles(), starter_model(), records).remember(file.load(), path))
    print(path)
    return 0


def _fetch(request: DownloadRequest, access: HubAccess, cancel: CancelToken) -> Downloaded | None:
    """Return None when it was stopped."""
    line = ProgressLine()
    name = request.files[0].path.rpartition("/")[2]
    try:
        for event in HubClient().download(request, access, cancel):
            match event:
                case DownloadProgress(done, total):
                    line.show(done, total, _progress(name, event))
                case DownloadChecks(done, total):
                    line.show(done, total, tr("checking {name}").format(name=name))
                case DownloadWaits(reason, seconds):
                    again = tr("{reason}; the next try comes in {seconds:.0f} s")
                    line.note(again.format(reason=reason, seconds=seconds))
                case Downloaded():
                    return event
    finally:
        line.end()
    return None


def _progress(name: str, progress: DownloadProgress) -> str:
    done, total, speed = progress.done, progress.total, progress.speed
    if total < 1e9:
        facts = [tr("{done:.0f} of {total:.0f} MB").format(done=done / 1e6, total=total / 1e6)]
    else:
        facts = [tr("{done:.2f} of {total:.2f} GB").format(done=done / 1e9, total=total / 1e9)]
    if speed > 0:
        facts += [tr("{speed:.1f} MB/s").format(speed=speed / 1e6), time_left((total - done) / speed)]
    return "  ".join([*facts, name])


def _list(options: argparse.Namespace, settings: Settings, paths: Paths) -> None:
    with _models(paths) as models:
        found = models.installed(settings)
    if options.json:
        _print_json([asdict(model) for model in found])
        return
    for model in found:
        size = f"{model.bytes / 1e9:.2f} GB" if model.bytes else ""
        record = model.record
        speed = record.speed_words if record else ""
        star = "★ " if record and record.favourite else ""
        facts = "  ".join(fact for fact in (f"{star}{model.title}", size, speed) if fact)
        lines = [facts, str(model.path), model.problem]
        print(printable("\n  ".join(line for line in lines if line)))


def _remove(options: argparse.Namespace, settings: Settings, paths: Paths) -> int:
    """Take a model out of the list; delete its files only if they were downloaded by this application."""
    path = _named(options.model, settings, paths)
    if path is None:
        complain(
            tr("There is no model “{name}” in the list.").format(name=options.model),
            tr("See: chatdesk models list"),
        )
        return 1
    if options.delete:
        if not path.resolve().is_relative_to(models_folder(settings, paths.home).resolve()):
            complain(
                tr("{path} was not downloaded by ChatDesk, so it stays.").format(path=path),
                tr("Without --delete it is only taken out of the list."),
            )
            return 1
        try:
            for part in parts_of(path):
                part.unlink()
        except FileNotFoundError:
            pass  # somebody else has deleted it
        except OSError as error:
            raise ModelsFolderUnusable(path.parent, error.strerror or str(error)) from error
    with _models(paths) as models:
        JsonSettings(paths.settings).save(models.forget(settings, path))
    return 0


def _named(name: str, settings: Settings, paths: Paths) -> Path | None:
    with _models(paths) as models:
        found = [model for model in models.installed(settings) if not model.demonstration]
    for model in found:
        path = model.path
        if (
            name in (str(path), path.name, path.stem, model.title)
            or Path(name).expanduser().absolute() == path
        ):
            return path
    return None


@contextmanager
def _models(paths: Paths) -> Iterator[ModelFlow]:
    """The list, with what the window knows of its models."""
    if not paths.database.exists():
        yield ModelFlow(GgufFiles(), starter_model())
        return
    with closing(Database(paths.database, paths.backups)) as database:
        yield ModelFlow(GgufFiles(), starter_model(), ModelStore(database))


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
