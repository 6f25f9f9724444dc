"""The page with all that stands around the text: history at its side, documents in its place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.translate.documents_view import DocumentsView
from chatdesk.ui.translate.glossary_picker import GlossaryPicker
from chatdesk.ui.translate.history import TranslationsSidebar
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.review_bar import ReviewBar
from chatdesk.ui.widgets.buttons import GAP, push_button, tool_button
from chatdesk.ui.widgets.dropped import local_files

NARROW = 900  # pixels at 100 % text size: a narrower page has signs in the place of words
WIDE = 1080  # pixels: a narrower page has no room for the history beside two panes


class TranslateDesk(QWidget):
    """`dropped` gives files and folders that are dropped on any of it."""

    dropped = Signal(object)  # list of Paths
    memory_requested = Signal()

    def __init__(self, page: TranslatePage, documents: DocumentsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("translate-desk")
        self.setAccessibleName(tr("Translate"))
        self.setAcceptDrops(True)
        self.page = page
        self.documents = documents
        self.sidebar = TranslationsSidebar()
        self.review = ReviewBar()
        self.glossary = GlossaryPicker()
        self.toggle = tool_button("toggle-translations", tr("Show or hide the history"))
        hint_on(self.toggle, tr("Show or hide the history"), "sidebar")
        self.memory = tool_button("show-memory", tr("Translation memory"))
        self.files = push_button("open-documents", tr("Documents"), "", "files")
        self._stack = QStackedWidget()
        self._drop_hint = QLabel(tr("Drop to translate"), self)
        self._drop_hint.setObjectName("drop-hint")
        self._drop_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop_hint.hide()
        self._wanted = True  # the history, where there is room
        self._arrange()
        self.toggle.clicked.connect(self.toggle_sidebar)
        self.memory.clicked.connect(self.memory_requested)
        follow(self, self._restyle)

    @property
    def shows_documents(self) -> bool:
        return self._stack.currentWidget() is self.documents

    def show_text(self) -> None:
        """Show both panes."""
        self._stack.setCurrentWidget(self.page)

    def show_documents(self) -> None:
        """Show the list of documents in the place of the panes."""
        self._stack.setCurrentWidget(self.documents)

    def leave_sidebar(self) -> None:
        """Something of the history was chosen: where it has no room of its own it goes away."""
        if self.width() < WIDE:
            self._show_sidebar(False)

    def toggle_sidebar(self) -> None:
        """Show the history or hide it."""
        wanted = self.sidebar.isHidden()
        if self.width() >= WIDE:
            self._wanted = wanted
        self._show_sidebar(wanted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._drop_hint.setGeometry(self.rect().adjusted(8, 8, -8, -8))
            self._drop_hint.raise_()
            self._drop_hint.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hint.hide()
        event.acceptProposedAction()
        self.dropped.emit(local_files(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        before = event.oldSize()
        if not before.isValid() or (before.width() >= WIDE) != (self.width() >= WIDE):
            self._show_sidebar(self._wanted and self.width() >= WIDE)

    def _fit(self) -> None:
        """Let signs say what buttons do where there is little room."""
        narrow = self.width() < scaled(NARROW)
        self.files.setText("" if narrow else f"{GAP}{tr('Documents')}")
        self.files.setToolTip(tr("Documents") if narrow else "")
        self.files.setFixedHeight(self.glossary.sizeHint().height())  # also without words

    def _show_sidebar(self, shown: bool) -> None:
        self.sidebar.setVisible(shown)
        self.files.setVisible(not shown)  # the same button stands in the history

    def _arrange(self) -> None:
        for button in (self.toggle, self.memory):
            button.setIconSize(QSize(18, 18))
        for tool in (self.glossary, self.memory, self.files, self.toggle):
            self.page.tools.addWidget(tool)
        whole = self.page.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(1, self.review)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.documents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self._stack, 1)

    def _restyle(self, c: Colours) -> None:
        self.toggle.setIcon(icon("panel-left", c.muted))
        self.memory.setIcon(icon("brain", c.muted))
        self._fit()
        self.setAutoFillBackground(True)
        self._drop_hint.setStyleSheet(
            f"background: {c.bubble}; color: {c.text}; border: 2px dashed {c.accent}; border-radius: 14px;"
        )
