"""What can be done with a summary that is there: copy, edit, ask about the document, save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.wrapping_row import WrappingRow

FORMATS = ("md", "html", "docx", "odt", "pdf")


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
        for name, title, sign, signal in (
            ("copy-summary", tr("Copy"), "copy", self.copy_requested),
            ("edit-summary", tr("Edit"), "pencil", self.edit_requested),
            ("ask-in-chat", tr("Ask in chat"), "message-square", self.ask_requested),
        ):
            button = push_button(name, title, "", sign)
            button.clicked.connect(signal)
            self.add(button)
        save = push_button("save-summary", tr("Save as…"), "", "download")
        menu = QMenu(save)
        for kind in FORMATS:
            action = menu.addAction(format_title(kind))
            action.triggered.connect(lambda _=False, kind=kind: self.save_requested.emit(kind))
        save.setMenu(menu)
        self.add(save)
        self.compare = push_button("compare-summary", tr("What changed…"), "flat")
        self.compare.setToolTip(tr("What is new since the earlier version of this document"))
        self.compare.clicked.connect(self.compare_requested)
        self.compare.hide()
        again = push_button("another-summary", tr("Another summary…"), "flat")
        again.setToolTip(tr("Summarise this document in another way"))
        again.clicked.connect(self.again_requested)
        self.add(self.compare, far=True)
        self.add(again, far=True)


def format_title(kind: str) -> str:
    """Return how a kind of files is called. Raises KeyError for an unknown one."""
    return {
        "md": tr("Markdown"),
        "html": tr("Web page (HTML)"),
        "docx": tr("Word (DOCX)"),
        "odt": tr("OpenDocument (ODT)"),
        "pdf": tr("PDF"),
    }[kind]
