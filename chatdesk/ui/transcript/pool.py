"""Make row widgets and use them again: a far jump in a long chat then costs no construction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chatdesk.ui.transcript.attachment_row import AttachmentRow
from chatdesk.ui.transcript.code_row import CodeRow
from chatdesk.ui.transcript.footer_row import FooterRow
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.picture_row import PictureRow
from chatdesk.ui.transcript.row_widget import RowWidget
from chatdesk.ui.transcript.rows import (
    Attached,
    Bubble,
    Code,
    Content,
    Footer,
    Header,
    Notice,
    Pictured,
    Plain,
    Problem,
    Progress,
    Prose,
    Sources,
    Table,
    Thinking,
)
from chatdesk.ui.transcript.small_rows import LabelRow, NoticeRow, ProblemRow, ThinkingRow
from chatdesk.ui.transcript.sources_row import SourcesRow
from chatdesk.ui.transcript.text_rows import BubbleRow, PlainRow, ProseRow, TableRow

_WIDGETS: dict[type[Content], type[RowWidget]] = {
    Attached: AttachmentRow,
    Bubble: BubbleRow,
    Code: CodeRow,
    Footer: FooterRow,
    Header: LabelRow,
    Notice: NoticeRow,
    Pictured: PictureRow,
    Plain: PlainRow,
    Problem: ProblemRow,
    Progress: LabelRow,
    Prose: ProseRow,
    Sources: SourcesRow,
    Table: TableRow,
    Thinking: ThinkingRow,
}
_WAITING = 24  # widgets of a kind that are kept


class WidgetPool:
    """Row widgets in use and waiting; `greet` is called once for each new one."""

    def __init__(self, formats: Formats, parent: QWidget, greet: Callable[[RowWidget], None]) -> None:
        self._formats = formats
        self._parent = parent
        self._greet = greet
        self._waiting: dict[type[RowWidget], list[RowWidget]] = defaultdict(list)

    def take(self, content: Content) -> RowWidget:
        """Return a widget that shows `content`; it is hidden until it has a place."""
        kind = _WIDGETS[type(content)]
        waiting = self._waiting[kind]
        if waiting:
            widget = waiting.pop()
        else:
            widget = kind(self._formats, self._parent)
            self._greet(widget)
        widget.display(content)
        return widget

    def give_back(self, widget: RowWidget) -> None:
        """Keep a widget for later."""
        widget.hide()
        waiting = self._waiting[type(widget)]
        if len(waiting) < _WAITING:
            widget.clear()
            waiting.append(widget)
        else:
            widget.deleteLater()

    def dismiss(self, formats: Formats) -> None:
        """Drop all waiting widgets; new ones look as `formats` says."""
        self._formats = formats
        for widgets in self._waiting.values():
            for widget in widgets:
                widget.deleteLater()
        self._waiting.clear()
