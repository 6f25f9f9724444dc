"""The commands about chats: write them into a file, and bring in those of a file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from chatdesk.documents.chats.files import ChatFileRoom
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat_archive import ChatFileProgress, Scope
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.pictures import Picture
from chatdesk.domain.words import tr, trn
from chatdesk.flows.chat_export import ChatExport, Exported, ExportProgress
from chatdesk.flows.chat_import import ChatImport, Contents, Imported, ImportWishes
from chatdesk.paths import Paths
from chatdesk.storage.chat_archive import ArchiveStore
from chatdesk.storage.database import Database
from chatdesk.terminal import (
    CANCELLED,
    ProgressLine,
    complain,
    leave_closed_pipe,
    printable,
    stopped_by_ctrl_c,
)
from chatdesk.ui.chat.importing import outcome


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk chats ACTION`; return the exit code: 0 well, 1 failed, 130 stopped."""
    try:
        paths.create()
        with closing(Database(paths.database, paths.backups)) as database, stopped_by_ctrl_c() as cancel:
            archive, files = ArchiveStore(database), ChatFileRoom(_decode)
            if options.action == "export":
                return _export(options, ChatExport(files, archive), archive, cancel)
            flow = ChatImport(files, archive)
            codes = [_import(path, options, flow, cancel) for path in options.files]
            return max(codes)
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return 1
    except BrokenPipeError:
        leave_closed_pipe()
        return 1


def _export(options: argparse.Namespace, flow: ChatExport, archive: ArchiveStore, cancel: CancelToken) -> int:
    scope = flow.everything() if not options.folder else _folder(options.folder, flow, archive)
    if scope is None or not scope.chats:
        complain(tr("There is no such chat to export."), tr("Name a folder that has chats, or none."))
        return 1
    if options.format == "json":
        return _tell(flow.write_archive(scope, options.file, cancel))
    from chatdesk.ui.chat.pages import Pages, PageWishes
    from chatdesk.ui.export.typesetter import Typesetter

    with Typesetter((), cancel) as typesetter:
        pages = Pages(options.format, PageWishes(options.thoughts), typesetter)
        return _tell(flow.write_pages(scope, options.file, options.format, pages, cancel))


def _tell(events: Iterator[ExportProgress | Exported]) -> int:
    progress = ProgressLine()
    for event in events:
        match event:
            case ExportProgress(done, total):
                progress.show(done, total, f"{done:,} / {total:,}")
            case Exported(path, chats):
                progress.end()
                words = trn("{count:,} chat", "{count:,} chats", chats)
                print(printable(f"{path}: {words}"))
                return 0
    progress.end()
    return CANCELLED


def _folder(name: str, flow: ChatExport, archive: ArchiveStore) -> Scope | None:
    found = next((each for each in archive.folders() if each.name == name), None)
    return flow.folder(found.id) if found else None


def _import(path: Path, options: argparse.Namespace, flow: ChatImport, cancel: CancelToken) -> int:
    progress = ProgressLine()
    contents: Contents | None = None
    for event in flow.look(path, cancel):
        match event:
            case ChatFileProgress(done, total):
                progress.show(done, total, path.name)
            case Contents():
                contents = event
    progress.end()
    if contents is None:
        return CANCELLED
    for sentence in contents.unclear:
        complain(f"{path.name}: {sentence}.")
    if contents.damage is not None and not options.whole:
        complain(contents.damage.sentence, contents.damage.hint)
        complain(tr("With --whole, the chats before the damage are imported."))
        return 1
    return _bring(contents, ImportWishes(options.copies, options.into), flow, cancel)


def _bring(contents: Contents, wishes: ImportWishes, flow: ChatImport, cancel: CancelToken) -> int:
    progress, name = ProgressLine(), contents.path.name
    for event in flow.bring(contents, wishes, cancel):
        match event:
            case ChatFileProgress(done, total):
                progress.show(done, total, name)
            case Imported() as imported:
                progress.end()
                stopped = imported.chats < contents.chats
                print(printable(f"{name}: {' '.join(outcome(imported, stopped=stopped))}"))
                if imported.problem is not None:
                    return 1
    return CANCELLED if cancel.cancelled else 0


def _decode(data: bytes, name: str) -> Picture:
    from chatdesk.ui.pictures.reading import PictureReader  # most files have no pictures

    return PictureReader().decode(data, name)
