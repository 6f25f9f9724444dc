"""What the user does with the names of a text: looks how they are written, and corrects them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.glossaries import Term
from chatdesk.domain.translations import Translation
from chatdesk.domain.words import tr, trn
from chatdesk.flows.naming import names_used, with_name
from chatdesk.ui.jobs import Job
from chatdesk.ui.translate.controller import TranslateController
from chatdesk.ui.translate.names_sheet import NamesSheet
from chatdesk.ui.translate.rooms import Rooms
from chatdesk.ui.widgets.banner import Kind
from chatdesk.ui.widgets.buttons import GAP


@dataclass(frozen=True, slots=True)
class _Corrected:
    translation: Translation
    waiting: int  # paragraphs that are to be translated again


class Names(QObject):
    """The button beside the language is there where the text has names that are fixed."""

    failed = Signal(object)

    def __init__(self, controller: TranslateController, rooms: Rooms) -> None:
        super().__init__(controller)
        self._controller = controller
        self._rooms = rooms
        self._closed = False
        self._sheet: NamesSheet | None = None
        controller.shown.changed.connect(lambda number: self._show_button() if number < 0 else None)
        controller.shows.connect(lambda _: self._show_button())
        controller.run.named.connect(lambda _: self._show_button())
        controller.page.names.clicked.connect(self.show)
        self._show_button()

    @property
    def sheet(self) -> NamesSheet:
        """Made at the first call."""
        if self._sheet is None:
            self._sheet = NamesSheet(self._controller.page.window())
            self._sheet.model.corrected.connect(self.correct)
        return self._sheet

    def show(self) -> None:
        """Open the sheet."""
        self.sheet.notice.dismiss()
        self._show_names()
        self.sheet.show()
        self.sheet.activateWindow()
        self.sheet.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.sheet.model.rowCount() and not self.sheet.table.currentIndex().isValid():
            self.sheet.table.setCurrentIndex(self.sheet.model.index(0, 1))

    def correct(self, name: Term) -> None:
        """Write a name otherwise from now on; what has it is marked."""
        controller = self._controller
        controller.paragraphs.keep()
        base = controller.paragraphs.base()
        if base is None:
            return
        if controller.run.busy or controller.elsewhere(base.id):
            words = tr("This text is being translated. Correct names when it is done, or stop it before.")
            self.sheet.tell(Kind.info, words, seconds=10)
            return

        def work(_: CancelToken) -> Iterator[object]:
            corrected = with_name(base, name)
            self._rooms.translations.save(corrected)
            waiting = sum(
                old.state is not new.state for old, new in zip(base.segments, corrected.segments, strict=True)
            )
            yield _Corrected(corrected, waiting)

        self._do(work, self._corrected)

    def close(self) -> None:
        """Let nothing reach the page any more."""
        self._closed = True

    def _corrected(self, result: object) -> None:
        assert isinstance(result, _Corrected)
        kept = self._controller.shown.translation
        if kept is None or kept.id != result.translation.id:
            return
        self._controller.shown.show(result.translation)
        self._show_names()
        if not result.waiting:
            self.sheet.tell(Kind.info, tr("No paragraph has to be translated again."), seconds=8)
            return
        words = trn(
            "{count} paragraph with this name is marked to be translated again.",
            "{count} paragraphs with this name are marked to be translated again.",
            result.waiting,
        )
        self.sheet.tell(Kind.info, words, tr("Translate now"), self._translate)

    def _translate(self) -> None:
        self.sheet.notice.dismiss()
        self.sheet.close()
        self._controller.start()

    def _names(self) -> tuple[Term, ...]:
        kept = self._controller.shown.translation
        return kept.names if kept is not None else ()

    def _show_button(self) -> None:
        count = len(self._names())
        title = tr("Names ({count})").format(count=count)
        button = self._controller.page.names
        button.setText(f"{GAP}{title}")
        button.setAccessibleName(title)
        button.setVisible(count > 0)
        if self._sheet is not None and self._sheet.isVisible():
            self._show_names()

    def _show_names(self) -> None:
        """Show the names at once, and how many paragraphs have each as soon as that is counted."""
        names = self._names()
        base = self._controller.paragraphs.base()
        self.sheet.model.show_names(names, {})
        if base is None or not names:
            return

        def work(_: CancelToken) -> Iterator[object]:
            yield names_used(base)

        def show(counts: object) -> None:
            assert isinstance(counts, dict)
            if self._names() == names:
                self.sheet.model.show_names(names, counts)

        self._do(work, show)

    def _do(self, work: Callable[[CancelToken], Iterator[object]], then: Callable[[object], None]) -> None:
        job = Job(work)
        job.produced.connect(lambda result: None if self._closed else then(result))
        job.failed.connect(lambda error: None if self._closed else self.failed.emit(error))
        self._rooms.looks.start(job)
