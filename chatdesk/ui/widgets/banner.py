"""A notice inside the window: what happened, one thing to do about it, and a way to close it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.sheets import buttons, tool_buttons
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button, show_sign, tool_button
from chatdesk.ui.widgets.label import Label

NARROW = 220  # pixels at 100 % text size: where the text has less, the button goes below it
_AT_THE_LEFT = Qt.AlignmentFlag.AlignLeft


class Kind(StrEnum):
    info = "info"
    warning = "warning"
    error = "error"


class Banner(QFrame):
    """Hidden until `tell` is called; `action` comes when its button is pressed, `closed` when it goes."""

    action = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._kind = Kind.info
        self._sign = QLabel()
        self._text = Label().wrap()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = push_button("banner-action", "")
        self._button.clicked.connect(self._act)
        self._close = tool_button("banner-close", tr("Close"))
        self._close.clicked.connect(self.dismiss)
        self._below = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 8, 8, 8)
        self._grid.setSpacing(10)
        for column, part in enumerate((self._sign, self._text, self._button, self._close)):
            self._grid.addWidget(part, 0, column)
        self._grid.setColumnStretch(1, 1)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._expire)
        self._then: Callable[[], object] | None = None
        self.action.connect(self._do)
        self.hide()
        follow(self, self._restyle)

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(
        self,
        kind: Kind,
        text: str,
        action: str = "",
        seconds: float = 0,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show `text`, with a button that does `then` if `action` has a title; go after `seconds` unless 0.

        It stays while the pointer or the keyboard is on it.
        """
        self._kind, self._then = kind, then
        self._text.setText(text)
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self._restyle(colours())
        self._place_button()
        self.show()
        self._timer.stop()
        if seconds:
            self._timer.start(round(seconds * 1000))
        event = QAccessibleAnnouncementEvent(self, text)
        event.setPoliteness(
            QAccessible.AnnouncementPoliteness.Polite
            if kind is Kind.info
            else QAccessible.AnnouncementPoliteness.Assertive
        )
        QAccessible.updateAccessibility(event)

    def dismiss(self) -> None:
        """Hide it, as the close button does."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        if self._timer.isActive():
            self._timer.start()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._timer.isActive():
            self._timer.start()

    def _place_button(self) -> None:
        """Put the button beside the text where that keeps enough room, else below it."""
        beside = (self._sign, self._button, self._close)
        room = self.width() - sum(part.sizeHint().width() + self._grid.spacing() for part in beside)
        below = room < min(scaled(NARROW), self._text.fontMetrics().horizontalAdvance(self._text.text()))
        if below != self._below:
            self._below = below
            self._grid.removeWidget(self._button)
            if below:
                self._grid.addWidget(self._button, 1, 1, _AT_THE_LEFT)
            else:
                self._grid.addWidget(self._button, 0, 2)

    def _expire(self) -> None:
        if self.underMouse() or self._button.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.dismiss()

    def _act(self) -> None:
        self.dismiss()
        self.action.emit()

    def _do(self) -> None:
        if self._then is not None:
            self._then()

    def _restyle(self, c: Colours) -> None:
        sign, colour, ground = {
            Kind.info: ("info", c.link, c.info_background),
            Kind.warning: ("triangle-alert", c.warning, c.warning_background),
            Kind.error: ("triangle-alert", c.danger, c.danger_background),
        }[self._kind]
        side = round(scaled(18))
        self._sign.setPixmap(icon(sign, colour, side).pixmap(QSize(side, side)))
        show_sign(self._close, "x", c.muted, 16)
        self.setStyleSheet(
            buttons(c)
            + tool_buttons(c)
            + f"#banner {{ background: {ground}; border: 1px solid {c.border}; border-radius: 10px; }}"
        )
