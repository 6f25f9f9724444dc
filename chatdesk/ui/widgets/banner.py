"""A notice inside the window: what happened, one thing to do about it, and a way to close it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.sheets import buttons, tool_buttons
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import push_button, tool_button
from chatdesk.ui.widgets.label import Label


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
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._expire)
        self.hide()
        follow(self, self._restyle)

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(self, kind: Kind, text: str, action: str = "", seconds: float = 0) -> None:
        """Show `text`, with a button if `action` has a title; go after `seconds` unless 0.

        It stays while the pointer or the keyboard is on it.
        """
        self._kind = kind
        self._text.setText(text)
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self._restyle(colours())
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

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        if self._timer.isActive():
            self._timer.start()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._timer.isActive():
            self._timer.start()

    def _expire(self) -> None:
        if self.underMouse() or self._button.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.dismiss()

    def _act(self) -> None:
        self.dismiss()
        self.action.emit()

    def _restyle(self, c: Colours) -> None:
        sign, colour, ground = {
            Kind.info: ("info", c.link, c.info_background),
            Kind.warning: ("triangle-alert", c.warning, c.warning_background),
            Kind.error: ("triangle-alert", c.danger, c.danger_background),
        }[self._kind]
        self._sign.setPixmap(icon(sign, colour).pixmap(QSize(18, 18)))
        self._close.setIcon(icon("x", c.muted))
        self.setStyleSheet(
            buttons(c)
            + tool_buttons(c)
            + f"#banner {{ background: {ground}; border: 1px solid {c.border}; border-radius: 10px; }}"
        )
