"""What there is to say of the paragraph with the cursor, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from chatdesk.domain.translations import FindingKind, Segment, SegmentState
from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.translate.words import state_sentence
from chatdesk.ui.widgets.buttons import GAP, push_button, tool_button
from chatdesk.ui.widgets.elided import ElidedLabel


class ParagraphBar(QFrame):
    """Each signal is about the paragraph with the cursor."""

    confirm_requested = Signal()
    again_requested = Signal()
    other_ways_requested = Signal()
    back_requested = Signal()
    similar_requested = Signal()
    unsure_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paragraph-bar")
        self.words = ElidedLabel(9, tone="muted")
        self.words.setObjectName("paragraph-state")
        self.confirm = push_button("confirm-paragraph", tr("Confirm"), "", "check")
        hint_on(self.confirm, tr("Keep this translation and use it again"), "translate")
        self.confirm.clicked.connect(self.confirm_requested)
        self.again = push_button("again-paragraph", tr("Try again"), "", "refresh-cw")
        self.again.setToolTip(tr("Translate this paragraph again"))
        self.again.clicked.connect(self.again_requested)
        self.more = tool_button("more-paragraph", tr("More about this paragraph"))
        self.more.clicked.connect(
            lambda: self.menu().exec(self.more.mapToGlobal(QPoint(0, self.more.height())))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for button in (self.again, self.confirm, self.more):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._segment: Segment | None = None
        self.show_segment(None)
        follow(self, self._restyle)

    def show_segment(self, segment: Segment | None, told: str = "") -> None:
        """Show the paragraph with the cursor; `told` is said in the place of its state."""
        self._segment = segment
        states = SegmentState
        self.words.tell(told or (state_sentence(segment) if segment is not None else ""))
        done = segment is not None and segment.state is states.done and bool(segment.translation)
        self.confirm.setVisible(done)
        missed = (
            segment is not None and done and any(each.kind is FindingKind.term for each in segment.findings)
        )
        # Short, so that there is room for what is missing.
        self.again.setText(GAP + (tr("Use the term") if missed else tr("Try again")))
        title = tr("Translate again with the term") if missed else tr("Try again")
        self.again.setAccessibleName(title)
        self.again.setToolTip(title if missed else tr("Translate this paragraph again"))
        self.confirm.setText("" if missed else GAP + tr("Confirm"))
        self.again.setVisible(missed or (segment is not None and segment.state is states.failed))
        self.more.setEnabled(segment is not None)

    def menu(self) -> QMenu:
        """Return a menu of all that can be done with the paragraph."""
        menu = QMenu(self)
        menu.setObjectName("paragraph-menu")
        segment = self._segment
        if segment is None:
            return menu
        translated = bool(segment.translation.strip())
        confirmed = segment.state is SegmentState.confirmed
        self._add(menu, "confirm", tr("Confirm"), self.confirm_requested, translated and not confirmed)
        self._add(menu, "again", tr("Translate this paragraph again"), self.again_requested)
        menu.addSeparator()
        self._add(menu, "ways", tr("Other ways to say this"), self.other_ways_requested, translated)
        self._add(menu, "back", tr("Translate back"), self.back_requested, translated)
        unsure = tr("Mark words that the model is not sure of")
        self._add(menu, "unsure", unsure, self.unsure_requested, translated)
        self._add(menu, "similar", tr("Similar translations"), self.similar_requested)
        return menu

    def _add(self, menu: QMenu, name: str, title: str, signal: object, usable: bool = True) -> QAction:
        action = menu.addAction(title, signal.emit)  # type: ignore[attr-defined]
        action.setObjectName(f"paragraph-{name}")
        action.setEnabled(usable)
        return action

    def _restyle(self, c: Colours) -> None:
        self.more.setIcon(icon("ellipsis", c.muted))
