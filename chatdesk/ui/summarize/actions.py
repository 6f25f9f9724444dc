"""What can be done with a summary that is there: copy, edit, ask about the document, save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.export.formats import FORMATS, format_title
from chatdesk.ui.widgets.buttons import GAP, push_button
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class SummaryActions(WrappingRow):
    """The buttons below a summary."""

    copy_requested = Signal()
    edit_requested = Signal()
    ask_requested = Signal()
    save_requested = Signal(str)  # one of FORMATS
    compare_requested = Signal()
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary-actions")
        self._titles: dict[QPushButton, str] = {}
        for name, title, sign, signal in (
            ("copy-summary", tr("Copy"), "copy", self.copy_requested),
            ("edit-summary", tr("Edit"), "pencil", self.edit_requested),
            ("ask-in-chat", tr("Ask in chat"), "message-square", self.ask_requested),
        ):
            self._add(push_button(name, title, "", sign), title).clicked.connect(signal)
        save = self._add(push_button("save-summary", tr("Save as…"), "", "download"), tr("Save as…"))
        menu = QMenu(save)
        for kind in FORMATS:
            action = menu.addAction(format_title(kind))
            action.triggered.connect(lambda _=False, kind=kind: self.save_requested.emit(kind))
        save.setMenu(menu)
        self.compare = push_button("compare-summary", tr("What changed…"), "flat")
        self.compare.setToolTip(tr("What is new since the earlier version of this document"))
        self.compare.clicked.connect(self.compare_requested)
        self.compare.hide()
        again = push_button("another-summary", tr("Another summary…"), "flat")
        again.setToolTip(tr("Summarise this document in another way"))
        again.clicked.connect(self.again_requested)
        self.add(self.compare, far=True)
        self.add(again, far=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Where there is little room, signs say what buttons do; a column of them would push the text away.
        for button, title in self._titles.items():
            button.setText(f"{GAP}{title}")
        narrow = self.width() < self.sizeHint().width()
        for button, title in self._titles.items():
            button.setText("" if narrow else f"{GAP}{title}")
            button.setToolTip(title if narrow else "")
        super().resizeEvent(event)

    def _add(self, button: QPushButton, title: str) -> QPushButton:
        self._titles[button] = title
        self.add(button)
        return button
