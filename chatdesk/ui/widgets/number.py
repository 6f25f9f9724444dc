"""Fields for numbers with two small step buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QToolButton, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.field_frame import HEIGHT, PADDING, draw_frame

BUTTON = 24  # width of a step button, pixels
HUNDRED = 100
LONGEST_NUMBER = 8  # characters
EDGE = 5  # between the buttons and the field's edge


class NumberField(QSpinBox):
    """The wheel scrolls the page unless the field has the keyboard; coming to it selects everything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setGroupSeparatorShown(True)
        self.lineEdit().setTextMargins(PADDING - EDGE, 0, 2 * BUTTON, 0)
        self._less = self._button(tr("Less"), -1)
        self._more = self._button(tr("More"), 1)
        follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + PADDING + 2 * BUTTON, self.fontMetrics().height() + HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(PADDING + 2 * BUTTON + 60, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        draw_frame(QPainter(self), self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # The click that brought the keyboard here sets its cursor after this event.
        QTimer.singleShot(0, self, self.selectAll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, button in enumerate((self._more, self._less)):
            button.raise_()
            near = EDGE + place * BUTTON
            left = near if mirrored else self.width() - near - BUTTON
            button.setGeometry(left, EDGE, BUTTON, max(0, self.height() - 2 * EDGE))

    def _button(self, name: str, steps: int) -> QToolButton:
        # The arrow keys do the same, so the buttons are for the pointer alone.
        button = QToolButton(self)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.stepBy(steps))
        return button

    def _restyle(self, c: Colours) -> None:
        self._less.setIcon(icon("chevron-down", c.muted, 16))
        self._more.setIcon(icon("chevron-up", c.muted, 16))
        self.updateGeometry()


class DecimalField(NumberField):
    """A number with two decimals; it counts in hundredths."""

    def decimal(self) -> float:
        return self.value() / HUNDRED

    def set_decimal(self, value: float) -> None:
        self.setValue(round(value * HUNDRED))

    def set_limits(self, least: float, most: float, step: float) -> None:
        self.setRange(round(least * HUNDRED), round(most * HUNDRED))
        self.setSingleStep(round(step * HUNDRED))

    def textFromValue(self, value: int) -> str:  # noqa: N802  Qt's name, as are the next two
        return self.locale().toString(value / HUNDRED, "f", 2)

    def valueFromText(self, text: str) -> int:  # noqa: N802
        number, well = self.locale().toDouble(text.strip())
        return round(number * HUNDRED) if well else self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number, well = self.locale().toDouble(text.strip())
        if well and self.minimum() <= round(number * HUNDRED) <= self.maximum():
            return QValidator.State.Acceptable, text, position
        # Half a number is on its way to be one; letters are not.
        unfinished = all(not sign.isalpha() for sign in text) and len(text) < LONGEST_NUMBER
        return (QValidator.State.Intermediate if unfinished else QValidator.State.Invalid), text, position
