"""Brings templates from files, and makes files of them: by a button, or by dragging."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.templates import TEMPLATE_SUFFIX, LibraryEntry
from chatdesk.domain.words import tr, trn
from chatdesk.flows.template_edits import TemplateEdits, file_name
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.ui.templates.page import TemplatesPage
from chatdesk.ui.translate.sheet import ask_open, ask_save
from chatdesk.ui.widgets.banner import Kind

UNDO_SECONDS = 15  # that a notice stays


class Sharing(QObject):
    """`taken` gives the last one that was imported."""

    taken = Signal(object)  # LibraryEntry
    failed = Signal(object)  # ChatDeskError

    def __init__(self, page: TemplatesPage, library: TemplateLibrary, edits: TemplateEdits) -> None:
        super().__init__(page)
        self._page, self._library, self._edits = page, library, edits
        self._dragged: tempfile.TemporaryDirectory[str] | None = None
        page.list.file_of = self._dragged_file

    def close(self) -> None:
        """Take away what was made for dragging."""
        if self._dragged is not None:
            self._dragged.cleanup()
            self._dragged = None

    def take(self, paths: Sequence[Path]) -> None:
        """Import files: all of them or, where one cannot be read, none."""
        if not paths:
            return
        try:
            entries = self._edits.import_files(list(paths))
            clashing = [each for each in entries if self._library.clashes(each)]
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self.taken.emit(entries[-1])
        told = trn("{count} template was imported.", "{count} templates were imported.", len(entries))
        if clashing:
            names = ", ".join(f"“{each.what.title}”" for each in clashing[:5])
            told += " " + tr("There is another with the same title or command as {names}.").format(
                names=names
            )
        self._page.tell(Kind.warning if clashing else Kind.info, told)

    def ask_import(self) -> None:
        """Let the user choose files to import."""
        kinds = tr("Templates (*{suffix})").format(suffix=TEMPLATE_SUFFIX)
        ask_open(self._page, tr("Import templates"), kinds, self.take)

    def ask_export(self, entry: LibraryEntry) -> None:
        """Let the user say where the file of `entry` goes."""
        kinds = tr("Templates (*{suffix})").format(suffix=TEMPLATE_SUFFIX)
        ask_save(self._page, file_name(entry.what), kinds, lambda path: self.export(entry, path))

    def export(self, entry: LibraryEntry, path: Path) -> None:
        """Write one as a file, and say so."""
        try:
            self._edits.export(entry.id, path)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self._page.tell(Kind.info, tr("“{name}” was saved.").format(name=path.name), seconds=UNDO_SECONDS)

    def _dragged_file(self, entry: LibraryEntry) -> str:
        """Write the file that is dragged out, and return its path; "" where that is not possible."""
        try:
            if self._dragged is None:
                self._dragged = tempfile.TemporaryDirectory(prefix="chatdesk-")
            path = Path(self._dragged.name) / file_name(entry.what)
            self._edits.export(entry.id, path)
        except ChatDeskError as error:
            self.failed.emit(error)
            return ""
        return str(path)
