"""The page that translates: where its parts stand. What they mean is the controller's business."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.shortcuts import bind_within, hint_on
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.translate.language_choice import LanguageChoice
from chatdesk.ui.translate.panes import Panes
from chatdesk.ui.translate.paragraph_bar import ParagraphBar
from chatdesk.ui.translate.start_card import StartCard
from chatdesk.ui.translate.wishes_panel import WishesPanel
from chatdesk.ui.widgets.banner import Banner
from chatdesk.ui.widgets.buttons import push_button, tool_button
from chatdesk.ui.widgets.elided import ElidedLabel
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.model_picker import ModelPicker


class TranslatePage(QWidget):
    """A bar with the model, the languages above both panes, and below them what runs."""

    run_requested = Signal()
    stop_requested = Signal()
    swap_requested = Signal()
    clear_requested = Signal()
    copy_requested = Signal(bool)  # whether the source goes with it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page-translate")
        self.setAccessibleName(tr("Translate"))
        self.header = QFrame(self)
        self.picker = ModelPicker("translate-model", tr("Choose a model"), self)
        self.tools = QHBoxLayout()  # room for glossaries, memory and history
        self.notice = Banner()
        self.doubt = Banner()
        self.doubt.setObjectName("translate-doubt")
        self.panes = Panes()
        self.source, self.target = self.panes.source, self.panes.target
        self.start = StartCard(self.target)
        self.from_ = LanguageChoice("translate-from", tr("Translate from"), detects=True)
        self.to = LanguageChoice("translate-to", tr("Translate into"))
        self.swap = _swap_button()
        self.clear = tool_button("translate-clear", tr("Clear and begin anew"))
        self.names, self.copy = _names_button(), tool_button("translate-copy", tr("Copy the translation"))
        self.run = push_button("translate-run", tr("Translate"), "primary")
        hint_on(self.run, tr("Translate"), "translate")
        self.stop = push_button("translate-stop", tr("Stop"), "", "square")
        hint_on(self.stop, tr("Stop; what is done is kept"), "stop")
        self.more = push_button("translate-more", tr("More"), "flat")
        self.more.setCheckable(True)
        self.more.setAccessibleDescription(tr("Shows tone, field and your own instruction"))
        self.wishes = WishesPanel()
        self.progress = ElidedLabel(9, tone="muted")
        self.progress.setObjectName("translate-progress")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName(tr("Progress of the translation"))
        self.paragraph = ParagraphBar()
        self.note = Label("", 9).wrap()
        self.note.setObjectName("translate-note")
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._arrange()
        self._connect()
        self.show_running(False)
        self.show_note("")
        follow(self, self._restyle)

    def show_running(self, running: bool) -> None:
        """Offer to stop while a text is translated."""
        for part in (self.stop, self.bar):
            part.setVisible(running)
        self.run.setVisible(not running)

    def show_progress(self, sentence: str, done: int = 0, count: int = 0) -> None:
        """Say how far it is; without a count the bar says only that it runs."""
        self.progress.tell(sentence)
        self.bar.setAccessibleDescription(sentence)
        self.bar.setRange(0, count)
        self.bar.setValue(done)

    def show_note(self, text: str) -> None:
        """Show something about a paragraph below the translation; "" hides it."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focused = self.focusWidget()
        (focused if focused is not None and focused is not self.picker else self.source).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Translate and Stop stand in the same place: the second click of two is not meant for the other."""
        if watched in (self.run, self.stop) and event.type() == QEvent.Type.MouseButtonDblClick:
            return True
        return super().eventFilter(watched, event)

    def _offer_copy(self) -> None:
        self.copy.setEnabled(any(self.target.pieces.texts))

    def _connect(self) -> None:
        bind_within(self, "translate", self.run_requested.emit)
        for button in (self.run, self.stop):
            button.installEventFilter(self)
        self.run.clicked.connect(self.run_requested)
        self.stop.clicked.connect(self.stop_requested)
        self.swap.clicked.connect(self.swap_requested)
        self.clear.clicked.connect(self.clear_requested)
        self.target.textChanged.connect(self._offer_copy)
        self.copy.clicked.connect(lambda: self.copy_requested.emit(False))
        self.more.toggled.connect(self.wishes.setVisible)
        self._offer_copy()

    def _arrange(self) -> None:
        self.header.setObjectName("translate-header")
        bar = QHBoxLayout(self.header)
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(6)
        bar.addWidget(self.picker)
        bar.addStretch(1)
        bar.addLayout(self.tools)
        menu = QMenu(self.copy)
        menu.addAction(tr("Copy the translation"), lambda: self.copy_requested.emit(False))
        menu.addAction(tr("Copy source and translation"), lambda: self.copy_requested.emit(True))
        self.copy.setMenu(menu)
        self.copy.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.wishes.hide()
        for button in (self.swap, self.clear, self.copy):
            button.setIconSize(QSize(18, 18))
        source, target = self.panes.sides
        source.insertLayout(0, _row(self.from_, None, self.clear, self.swap))
        target.insertLayout(0, _row(self.to, None, self.names, self.copy))
        source.addLayout(_row(self.run, self.stop, self.more, self.progress))
        target.addWidget(self.note)
        target.addWidget(self.paragraph)
        body = QVBoxLayout()
        body.setContentsMargins(14, 10, 14, 0)
        body.setSpacing(8)
        for part in (self.notice, self.doubt, self.wishes):
            body.addWidget(part)
        body.addWidget(self.panes, 1)
        body.addWidget(self.bar)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what stands above it does not jump when a run begins
        self.bar.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(body, 1)
        order = (self.from_, self.swap, self.to, self.source, self.target, self.run, self.stop, self.more)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _restyle(self, c: Colours) -> None:
        self.picker.setIcon(icon("cpu", c.muted))
        self.swap.setIcon(icon("swap", c.muted))
        self.clear.setIcon(icon("x", c.muted))
        self.copy.setIcon(icon("copy", c.muted))
        self.setStyleSheet(
            sheets.page(c)
            + f"#page-translate {{ background: {c.base}; }}"
            + f"#translate-header {{ border: none; border-bottom: 1px solid {c.border}; }}"
            + "#translate-model { padding: 5px 10px; }"
            + "QPushButton#translate-from, QPushButton#translate-to { text-align: left; }"
            + f"#translate-source, #translate-target {{ padding: 1px; border-color: {c.border}; }}"
            + f"#translate-source:focus, #translate-target:focus {{ border-color: {c.accent}; padding: 0; }}"
            + f"#translate-start {{ background: {c.base}; border: none; }}"
            + "#translate-start QPushButton { padding-left: 3px; text-align: left; }"
            + f"#translate-note {{ background: {c.info_background}; border-radius: 8px; padding: 8px 10px; }}"
            + f"QProgressBar {{ background: {c.pressed}; border: none; border-radius: 2px; }}"
            + f"QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}"
        )
        self.run.ensurePolished()
        self.paragraph.setMinimumHeight(self.run.sizeHint().height())


def _swap_button() -> QToolButton:
    button = tool_button("translate-swap", tr("Swap the languages"))
    hint_on(button, tr("Swap the languages"), "regenerate")
    return button


def _names_button() -> QPushButton:
    """Return what opens the names of a text; it is there where the text has some."""
    button = push_button("translate-names", tr("Names"), "flat")
    button.setToolTip(tr("How names that stand in several paragraphs are written"))
    button.hide()
    return button


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Return a row of controls; None is the empty space between them."""
    row = QHBoxLayout()
    row.setSpacing(6)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            # Aligned, since a row is else no higher than the lowest of its buttons.
            row.addWidget(part, 1 if isinstance(part, ElidedLabel) else 0, Qt.AlignmentFlag.AlignVCenter)
    return row
