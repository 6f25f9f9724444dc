"""The commands about models: the flows of the models page in a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

from chatdesk.cli_hub import (
    access_to,
    complain_of_terms,
    look,
    print_json,
    search,
    show,
    size_words,
    tell_download,
)
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.hub import (
    DownloadChecks,
    Downloaded,
    DownloadProgress,
    DownloadRequest,
    DownloadWaits,
    HubAccess,
)
from chatdesk.domain.hub_errors import ModelsFolderUnusable, TermsNotAccepted
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.downloads import models_folder, request_for
from chatdesk.flows.model_files import all_files_of
from chatdesk.flows.models import ModelFlow
from chatdesk.hub.client import HubClient
from chatdesk.paths import Paths, starter_model
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore
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


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk models ACTION`; return the exit code: 0 well, 1 failed, 130 stopped."""
    try:
        return _carry_out(options, JsonSettings(paths.settings).load(), paths)
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return 1
    except BrokenPipeError:
        leave_closed_pipe()
        return 1
    except KeyboardInterrupt:
        return CANCELLED


def _carry_out(options: argparse.Namespace, settings: Settings, paths: Paths) -> int:
    try:
        match options.action:
            case "search":
                search(options, access_to(settings, paths))
            case "show":
                show(options, settings, access_to(settings, paths))
            case "download":
                return _download(options.name, options.pictures, settings, paths)
            case "list":
                _list(options, settings, paths)
            case "remove":
                return _remove(options, settings, paths)
    except TermsNotAccepted as error:
        complain_of_terms(error, settings)
        return 1
    return 0


def _download(name: str, pictures: bool, settings: Settings, paths: Paths) -> int:
    """Fetch a model, with its part for pictures where that is wanted; add it to the list and print where it
    is."""
    access = access_to(settings, paths)
    looked = look(name, settings, access)
    read = looked.read
    variant = read.named or read.advice.variant
    if variant is None:
        complain(read.advice.reason)
        return 1
    repository = read.repository if pictures else replace(read.repository, projectors=())
    request = request_for(repository, variant, models_folder(settings, paths.home))
    tell_download(looked, variant)
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
                    again = tr("Waiting for the server: {reason}; next try in {seconds:.0f} s")
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
        print_json([asdict(model) for model in found])
        return
    for model in found:
        size = size_words(model.bytes) if model.bytes else ""
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
        _delete(path, settings, paths)
    with _models(paths) as models:
        JsonSettings(paths.settings).save(models.forget(settings, path))
    words = tr("“{name}” is no longer in the list.")
    if path.exists():
        words = tr("“{name}” is no longer in the list. Its file is still there: {path}")
    print(printable(words.format(name=path.stem, path=path)))
    return 0


def _delete(path: Path, settings: Settings, paths: Paths) -> None:
    """Delete what belongs to the model alone, and the folders of its maker that are empty then."""
    with _models(paths) as models:
        files = all_files_of(path, models.model(path).projector)
    try:
        for file in files:
            file.unlink()
    except FileNotFoundError:
        pass  # somebody else has deleted it
    except OSError as error:
        raise ModelsFolderUnusable(path.parent, error.strerror or str(error)) from error
    top = models_folder(settings, paths.home)
    with suppress(OSError):  # one that something else is in ends it
        for folder in path.parents:
            if folder != top and folder.is_relative_to(top):
                folder.rmdir()


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
