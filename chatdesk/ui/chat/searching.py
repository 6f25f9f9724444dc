"""Joins the search dialog with what is stored: it is asked on a thread of its own, the newest words count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat_ports import ChatSearch
from chatdesk.domain.chat_query import ChatNames
from chatdesk.tasks.chat_query import parse
from chatdesk.ui.chat.search import MOST, SearchDialog
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.models.find.latest import Latest


class Searching(QObject):
    """Lives as long as its dialog. `chosen` gives conversation and message ("" for a title)."""

    chosen = Signal(str, str)

    def __init__(self, chats: ChatSearch, window: QWidget) -> None:
        self.dialog = SearchDialog(window)
        super().__init__(self.dialog)
        self._chats = chats
        self._runner = JobRunner(1, self)
        self._names = Job(self._read_names, self)
        self._search = Latest(self._runner, self)
        self._search.produced.connect(lambda found: self.dialog.show_found(*found))
        self._search.failed.connect(self.dialog.show_error)
        self._names.produced.connect(self.dialog.show_names)
        self.dialog.asked.connect(self._ask)
        self.dialog.chosen.connect(self.chosen)
        self.dialog.finished.connect(self._close)

    def open(self) -> None:
        self._runner.start(self._names)
        self.dialog.open()

    def _ask(self, typed: str) -> None:
        month_first = QLocale().dateFormat(QLocale.FormatType.ShortFormat).lower().startswith("m")
        query = parse(typed, datetime.now().astimezone().date(), month_first)

        def find(cancel: CancelToken) -> Iterator[object]:
            if not cancel.cancelled:
                yield typed, query, self._chats.search(query, MOST)

        self._search.start(find)

    def _read_names(self, _: CancelToken) -> Iterator[ChatNames]:
        yield self._chats.names()

    def _close(self) -> None:
        self._search.stop()
        self._runner.shutdown()
        self.dialog.deleteLater()
