"""Draws one row for a setting from its declaration: title, help and the control that fits its type."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.settings import Entry, Settings, entry_of
from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.font_choice import FontChoice
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.number import DecimalField, NumberField
from chatdesk.ui.widgets.switch import Switch

NARROW = 460  # pixels at 100 % text size, below which the control stands under its title
CONTROL_WIDTH = 250  # pixels at 100 % text size, beside a title
TEXT_LINES = 4


def _kind_of(name: str) -> type[object]:
    return type(getattr(Settings(), name))


class SettingRow(QWidget):
    """Shows one setting; `chosen` comes for choices and switches, `typed` while numbers and texts change."""

    chosen = Signal(str, object)  # name, value
    typed = Signal(str, object)

    def __init__(
        self,
        name: str,
        entry: Entry | None = None,
        kind: type[object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`entry` and `kind` are for a value that is not one of the general settings."""
        super().__init__(parent)
        self.name = name
        entry = entry or entry_of(name)
        self._kind = kind or _kind_of(name)
        self._control = self._build(entry)
        self._control.setObjectName(f"setting-{name}")
        self._control.setAccessibleName(tr(entry.title))
        self._control.setAccessibleDescription(tr(entry.help) if entry.help else "")
        title = Label(tr(entry.title)).wrap()
        title.setBuddy(self._control)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        if entry.help:
            words.addWidget(Label(tr(entry.help), 9, tone="muted").wrap())
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 12, 0, 12)
        self._row.setSpacing(10)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._control)
        follow(self, self._restyle)

    def value(self) -> object:
        """Return what the control shows, as the setting's own type."""
        control = self._control
        if isinstance(control, Switch):
            return control.isChecked()
        if isinstance(control, DecimalField):
            return control.decimal()
        if isinstance(control, NumberField):
            return control.value()
        if isinstance(control, FontChoice):
            return control.family()
        if isinstance(control, Choice):
            stored = control.currentData()
            return self._kind(stored) if issubclass(self._kind, StrEnum) else stored
        if isinstance(control, QLineEdit):
            return control.text()
        assert isinstance(control, QPlainTextEdit)
        return control.toPlainText()

    def take_keyboard(self) -> None:
        self._control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_value(self, value: object) -> None:
        """Show `value` without sending a signal; nothing moves if it is shown already."""
        if value == self.value():
            return
        control = self._control
        control.blockSignals(True)
        if isinstance(control, Switch):
            control.setChecked(bool(value))
        elif isinstance(control, DecimalField):
            assert isinstance(value, float)
            control.set_decimal(value)
        elif isinstance(control, NumberField):
            assert isinstance(value, int)
            control.setValue(value)
        elif isinstance(control, FontChoice):
            control.set_family(str(value))
        elif isinstance(control, Choice):
            control.setCurrentIndex(control.findData(str(value)))
        elif isinstance(control, QLineEdit):
            control.setText(str(value))
        elif isinstance(control, QPlainTextEdit):
            control.setPlainText(str(value))
        control.blockSignals(False)
        control.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self, entry: Entry) -> QWidget:
        if entry.choices:
            return self._choice(entry)
        if self._kind is bool:
            return self._switch()
        if self._kind is int:
            return self._number(entry)
        if self._kind is float:
            return self._decimal(entry)
        if entry.fonts:
            return self._font(entry)
        if self._kind is str:
            return self._text() if entry.lines else self._line(entry)
        raise TypeError(f"no control shows the setting {self.name!r}")

    def _choice(self, entry: Entry) -> Choice:
        control = Choice()
        for stored, label in entry.choices:
            control.addItem(tr(label), stored)
        control.currentIndexChanged.connect(lambda: self.chosen.emit(self.name, self.value()))
        return control

    def _font(self, entry: Entry) -> FontChoice:
        control = FontChoice(tr(entry.special), fixed=entry.fonts == "fixed")
        control.currentIndexChanged.connect(lambda: self.chosen.emit(self.name, self.value()))
        return control

    def _switch(self) -> Switch:
        control = Switch()
        control.toggled.connect(lambda: self.chosen.emit(self.name, self.value()))
        return control

    def _number(self, entry: Entry) -> NumberField:
        assert entry.minimum is not None
        assert entry.maximum is not None
        control = NumberField()
        control.setRange(int(entry.minimum), int(entry.maximum))
        control.setSingleStep(int(entry.step))
        if entry.unit:
            space = "" if entry.unit == "%" else " "
            control.setSuffix(space + tr(entry.unit))
        if entry.special:
            control.setSpecialValueText(tr(entry.special))
        control.valueChanged.connect(lambda: self.typed.emit(self.name, self.value()))
        return control

    def _decimal(self, entry: Entry) -> DecimalField:
        assert entry.minimum is not None
        assert entry.maximum is not None
        control = DecimalField()
        control.set_limits(entry.minimum, entry.maximum, entry.step)
        control.valueChanged.connect(lambda: self.typed.emit(self.name, self.value()))
        return control

    def _line(self, entry: Entry) -> QLineEdit:
        control = QLineEdit()
        control.setPlaceholderText(tr(entry.special) if entry.special else "")
        control.textChanged.connect(lambda: self.typed.emit(self.name, self.value()))
        return control

    def _text(self) -> QPlainTextEdit:
        control = QPlainTextEdit()
        control.setTabChangesFocus(True)
        control.textChanged.connect(lambda: self.typed.emit(self.name, self.value()))
        return control

    def _arrange(self) -> None:
        full = isinstance(self._control, QPlainTextEdit)
        stacked = full or (self.width() < scaled(NARROW) and not isinstance(self._control, Switch))
        wanted = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
        if isinstance(self._control, NumberField | Choice | QLineEdit):
            self._control.setMinimumWidth(0 if stacked else round(scaled(CONTROL_WIDTH)))

    def _restyle(self, _: Colours) -> None:
        if isinstance(self._control, QPlainTextEdit):
            self._control.setFixedHeight(self._control.fontMetrics().lineSpacing() * TEXT_LINES + 24)
        self._arrange()
