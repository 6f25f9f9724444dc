"""Where documents come in: files to drop or choose, and a text to paste."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.words import tr, trn
from chatdesk.ui.icons import icon
from chatdesk.ui.shortcuts import pressed
from chatdesk.ui.summarize.scan_offer import ScanOffer
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ScrolledColumn
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

LONGEST_EDITED = 200_000  # characters; the field would take seconds for each key in a longer text


class DropArea(QFrame):
    """Says what can be dropped; the page itself takes the drop, wherever on it."""

    choose_requested = Signal()
    folder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop-area")
        self._sign = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        title = Label(tr("Drop documents here"), 14, bold=True).wrap()
        what = Label(
            tr(
                "PDF, Word, PowerPoint, Excel, OpenDocument, e-books, web pages saved as HTML, mails,"
                " subtitles, and texts of any kind. Several files or a whole folder become a list."
            ),
            tone="muted",
        ).wrap()
        for label in (title, what):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = push_button("choose-files", tr("Choose files…"), "primary", "file-plus")
        self.choose.clicked.connect(self.choose_requested)
        self.folder = push_button("choose-folder", tr("Choose a folder…"), "", "folder-open")
        self.folder.clicked.connect(self.folder_requested)
        buttons = WrappingRow()
        buttons.add(self.choose)
        buttons.add(self.folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 26, 24, 26)
        column.setSpacing(10)
        column.addWidget(self._sign)
        column.addWidget(title)
        column.addWidget(what)
        column.addSpacing(6)
        column.addWidget(buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        follow(self, self._restyle)

    def set_held(self, held: bool) -> None:
        """Show that files are held over the page."""
        self.setProperty("held", held)
        self.style().polish(self)

    def _restyle(self, c: Colours) -> None:
        self._sign.setPixmap(icon("file-text", c.muted, 34).pixmap(QSize(34, 34)))
        self.setStyleSheet(
            f"#drop-area {{ background: {c.raised}; border: 2px dashed {c.outline}; border-radius: 14px; }}"
            f'#drop-area[held="true"] {{ background: {c.info_background}; border-color: {c.accent}; }}'
        )


class PasteField(QPlainTextEdit):
    """Takes plain text; Ctrl+Enter uses it. One that is too long to be edited here is used at once."""

    used = Signal()
    long_text_pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summarize-input")
        self.setAccessibleName(tr("Text to summarise"))
        self.setPlaceholderText(tr("Or paste a text here"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setFixedHeight(110)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) > LONGEST_EDITED:
            self.long_text_pasted.emit(text)
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if pressed(event, "translate"):
            self.used.emit()
        else:
            super().keyPressEvent(event)


class StartView(ScrolledColumn):
    """The empty page, and what went wrong with the file that was tried last."""

    choose_requested = Signal()
    folder_requested = Signal()
    text_given = Signal(str)
    password_given = Signal(str)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("summarize-start")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.notice = Banner()
        self.scan = ScanOffer("scan-offer")
        self.drop_area = DropArea()
        self.drop_area.choose_requested.connect(self.choose_requested)
        self.drop_area.folder_requested.connect(self.folder_requested)
        self._reading = WrappingRow()
        self._progress = Label("", tone="muted").wrap()
        self.stop = push_button("stop-reading", tr("Stop reading"))
        self.stop.clicked.connect(self.stop_requested)
        self._reading.add(self._progress, stretch=True)
        self._reading.add(self.stop, far=True)
        self._locked = QWidget()
        self._locked_words = Label("").wrap()
        self.password = QLineEdit()
        self.paste = PasteField()
        self._use = push_button("use-text", tr("Use this text"))
        self._words = Label("", 9, tone="muted")
        self._arrange()
        self.show_reading("")
        self.ask_password("")

    def show_reading(self, sentence: str) -> None:
        """Say how far the reading of a file is; nothing hides it."""
        self._progress.setText(sentence)
        self._reading.setVisible(bool(sentence))

    def ask_password(self, sentence: str) -> None:
        """Ask for the password of the file that was tried; nothing hides the question."""
        self.password.clear()
        self._locked_words.setText(sentence)
        self._locked.setVisible(bool(sentence))
        if sentence:
            self.password.setFocus()

    def _arrange(self) -> None:
        self.password.setObjectName("document-password")
        self.password.setAccessibleName(tr("Password of the document"))
        self.password.setPlaceholderText(tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._give_password)
        unlock = push_button("open-locked", tr("Open"), "primary")
        unlock.clicked.connect(self._give_password)
        locked = WrappingRow()
        locked.add(self.password, stretch=True)
        locked.add(unlock, far=True)
        column = QVBoxLayout(self._locked)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._locked_words)
        column.addWidget(locked)
        below = WrappingRow()
        below.add(self._words)
        below.add(self._use, far=True)
        self._use.clicked.connect(self._give_text)
        self.paste.used.connect(self._give_text)
        self.paste.long_text_pasted.connect(self.text_given)
        self.paste.textChanged.connect(self._count)
        self._count()
        self.body.setSpacing(14)
        for part in (self.notice, self.scan, self._reading, self.drop_area, self._locked, self.paste, below):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _count(self) -> None:
        words = len(self.paste.toPlainText().split())
        self._use.setEnabled(words > 0)
        self._words.setText(trn("{count:,} word", "{count:,} words", words) if words else "")

    def _give_text(self) -> None:
        text = self.paste.toPlainText()
        if text.strip():
            self.text_given.emit(text)

    def _give_password(self) -> None:
        if self.password.text():
            self.password_given.emit(self.password.text())
