"""A document before it is summarised: what it is, what is wished, and what that will take."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.documents import Document
from chatdesk.domain.words import tr
from chatdesk.languages.table import english_name
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.summarize.notes import note_sentences
from chatdesk.ui.summarize.scan_offer import ScanOffer
from chatdesk.ui.summarize.wishes_form import WishesForm
from chatdesk.ui.summarize.words import size_of
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ScrolledColumn, card
from chatdesk.ui.widgets.elided import ElidedLabel
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class DocumentCard(QFrame):
    """Name, length and what could not be read of a document."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document")
        self.setProperty("card", True)
        self._name = ElidedLabel(12, bold=True, middle=True)
        self._size = Label("", tone="muted").wrap()
        self._notes = Label("", 9.5, tone="muted").wrap()
        other = push_button("other-document", tr("Another document"), "flat")
        other.clicked.connect(self.closed)
        top = WrappingRow()
        top.add(self._name, stretch=True)
        top.add(other, far=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 12, 14)
        column.setSpacing(4)
        for part in (top, self._size, self._notes):
            column.addWidget(part)

    def show_document(self, document: Document, language: str = "") -> None:
        """Show a document; `language` is the code of the one that it is in, "" where that is not known."""
        size = " · ".join(part for part in (english_name(language), size_of(document)) if part)
        self._name.tell(document.name)
        self._size.setText(size)
        self._notes.setText("\n".join(note_sentences(document.notes)))
        self._notes.setVisible(bool(document.notes))
        self.setAccessibleName(f"{document.name}, {size}")


class PlanView(ScrolledColumn):
    """Ctrl+Enter runs it, as the button does."""

    run_requested = Signal()
    other_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("summarize-plan")
        self._shown = Document("", "")
        self.notice = Banner()
        self.scan = ScanOffer("scan-offer-rest")
        self.document = DocumentCard()
        self.document.closed.connect(self.other_requested)
        self.wishes = WishesForm()
        frame, inside = card()
        inside.setContentsMargins(18, 14, 18, 14)
        inside.addWidget(self.wishes)
        self.plan = Label("").wrap()
        self.plan.setObjectName("plan")
        self.run = push_button("summarize-run", tr("Summarise"), "primary")
        hint_on(self.run, tr("Summarise"), "translate")
        self.run.clicked.connect(self.run_requested)
        last = WrappingRow()
        last.add(self.plan, stretch=True)
        last.add(self.run, far=True)
        for part in (self.notice, self.document, self.scan, frame, last):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_document(self, document: Document) -> None:
        """Show another document; its plan follows."""
        self._shown = document
        self.notice.dismiss()
        self.show_language("")
        self.show_plan(tr("Counting…"))

    def show_language(self, language: str) -> None:
        """Say which language the document is in, by its code; "" where that is not known."""
        self.document.show_document(self._shown, language)
        self.wishes.show_language(language)

    def show_plan(self, sentence: str) -> None:
        """Say what the summary will take."""
        self.plan.setText(sentence)
        self.plan.setAccessibleName(sentence)
