"""The page of templates: the library at the left, at the right the one that is chosen or edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.templates import LibraryEntry, TemplateId
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.templates.editor_base import WordingEditor
from chatdesk.ui.templates.entry_view import EntryView
from chatdesk.ui.templates.library_list import LibraryList
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.banner import Banner, Kind
from chatdesk.ui.widgets.buttons import push_button, tool_button
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.label import Label

LIST_WIDTH = 240  # pixels, of a 10 point font
NARROW = 600  # below it the list stands above


class TemplatesPage(QWidget):
    """What the user wants comes as signals."""

    searched = Signal(str)
    new_requested = Signal()
    persona_requested = Signal()
    import_requested = Signal()
    dropped = Signal(object)  # list[Path]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page-templates")
        self.setAccessibleName(tr("Templates"))
        self.setAcceptDrops(True)
        self.setAutoFillBackground(True)
        self.notice = Banner(self)
        self.search = QLineEdit()
        self.search.setObjectName("search-templates")
        self.search.setAccessibleName(tr("Search templates"))
        self.search.setPlaceholderText(tr("Search templates"))
        self.search.setClearButtonEnabled(True)
        self.list = LibraryList()
        self.new = push_button("new-template", tr("New template"), "primary", "plus")
        self.new_persona = tool_button("new-persona", tr("New persona"))
        self.bring = tool_button("import-templates", tr("Import files; they can also be dropped here"))
        self.view = EntryView()
        self._empty = Label("", tone="muted").wrap()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("templates-empty")
        self._stack = QStackedWidget()
        for part in (self.view, self._empty):
            self._stack.addWidget(part)
        self._editor: WordingEditor | None = None
        self._side = QFrame()
        self._halves = QHBoxLayout()
        self._arrange()
        self._connect()
        follow(self, self._restyle)

    @property
    def editor(self) -> WordingEditor | None:
        """The editor that is open."""
        return self._editor

    def show_entries(self, entries: Sequence[LibraryEntry], chosen: TemplateId | None) -> None:
        """List these; what is shown at the right stays."""
        self.list.show_entries(entries, chosen)
        searched = bool(self.search.text().strip())
        self._nothing.setText(
            tr("No template has these words.")
            if searched
            else tr("There are no templates: make one, or import a file.")
        )
        self._nothing.setVisible(not entries)
        self.list.setVisible(bool(entries))

    def show_entry(self, entry: LibraryEntry | None, keys: str = "") -> None:
        """Show this one, None for none; an editor that is open stays."""
        if entry is not None:
            self.view.show_entry(entry, keys)
        self._empty.setText(tr("Choose a template at the left to see it."))
        if self._editor is None:
            self._stack.setCurrentWidget(self._empty if entry is None else self.view)

    def edit(self, editor: WordingEditor) -> None:
        """Show an editor in place of what is shown."""
        self.end_editing()
        self._editor = editor
        self._stack.addWidget(editor)
        self._stack.setCurrentWidget(editor)
        self._side.setEnabled(False)
        self._fit()
        editor.title.setFocus()

    def end_editing(self) -> None:
        """Show what was shown before the editor."""
        if self._editor is not None:
            self._stack.removeWidget(self._editor)
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
            self._side.setEnabled(True)
            self._fit()
            self._stack.setCurrentWidget(self.view)
            self.list.setFocus()

    def tell(
        self,
        kind: Kind,
        words: str,
        action: str = "",
        then: Callable[[], object] | None = None,
        seconds: float = 0,
    ) -> None:
        """Say something above the page, with a button that does `then`."""
        self.notice.tell(kind, words, action, seconds, then)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and event.source() is not self.list:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(local_files(event.mimeData()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._editor is None and not event.spontaneous():
            self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the list have the width that the text needs, or stand above where there is too little."""
        narrow = self.width() < scaled(NARROW)
        self._halves.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._side.setVisible(not narrow or self._editor is None)
        self._heading.setVisible(not narrow)  # the pressed button of the rail says as much
        self._side.setMaximumWidth(16_777_215 if narrow else round(scaled(LIST_WIDTH)))
        self._side.setMinimumWidth(0 if narrow else round(scaled(LIST_WIDTH)))
        self._side.setMaximumHeight(round(self.height() * 0.42) if narrow else 16_777_215)
        self._side.setMinimumHeight(round(self.height() * 0.36) if narrow else 0)

    def _arrange(self) -> None:
        self._side.setObjectName("templates-side")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(12, 14, 12, 10)
        side.setSpacing(8)
        self._heading = Label(tr("Templates"), 14, bold=True)
        side.addWidget(self._heading)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.new, 1)
        for button in (self.new_persona, self.bring):
            button.setIconSize(QSize(18, 18))
            # Without it the row would not become higher than these with larger text.
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        side.addLayout(buttons)
        side.addWidget(self.search)
        self._nothing = Label("", tone="muted").wrap()
        self._nothing.hide()
        side.addWidget(self._nothing)
        side.addWidget(self.list, 1)
        side.addStretch()
        side.setStretchFactor(self.list, 1000)
        around = QVBoxLayout()
        around.setContentsMargins(12, 8, 12, 0)
        around.addWidget(self.notice)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(around)
        right.addWidget(self._stack, 1)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(0)
        self._halves.addWidget(self._side)
        self._halves.addLayout(right, 1)
        self.setLayout(self._halves)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.searched)
        self.search.returnPressed.connect(self.list.setFocus)
        self.new.clicked.connect(self.new_requested)
        self.new_persona.clicked.connect(self.persona_requested)
        self.bring.clicked.connect(self.import_requested)

    def _restyle(self, c: Colours) -> None:
        self.new_persona.setIcon(icon("user", c.muted))
        self.bring.setIcon(icon("folder-open", c.muted))
        self.setStyleSheet(
            f"#page-templates {{ background: {c.base}; }}"
            + sheets.page(c)
            + sheets.sidebar(c, "templates-side")
        )
        self._fit()
