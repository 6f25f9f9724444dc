"""One control for each kind of variable: it is shown what was given, and tells what is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.templates import Value, Variable, VariableKind
from chatdesk.domain.words import tr
from chatdesk.languages.table import english_name, languages
from chatdesk.ui import sheets
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.buttons import tool_button
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.tick_box import TickBox

LINES = 5  # that a field for longer text shows


@dataclass(frozen=True, slots=True)
class Given:
    """What is put into fields of the kinds clipboard, selection and today when the form opens."""

    today: date
    clipboard: str = ""
    selection: str = ""


class LineControl(QLineEdit):
    """Text of one line, a number, or a language's name or code."""

    altered = Signal()

    def __init__(self, variable: Variable) -> None:
        super().__init__()
        default = variable.default
        shown = "" if default is None else str(default)
        if variable.kind is VariableKind.number:
            shown = format(default, "f") if isinstance(default, Decimal) else shown
            self.setPlaceholderText(_limits(variable))
        if variable.kind is VariableKind.language:
            shown = english_name(shown)
            completer = QCompleter(sorted(each.english for each in languages().values()), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(completer)
            self.setPlaceholderText(tr("Begin to write its name"))
        self.setText(shown)
        self.setCursorPosition(0)
        self.textChanged.connect(self.altered)

    def value(self) -> Value:
        return self.text().replace("\0", "")


class TextControl(QPlainTextEdit):
    """Text of several lines; Tab leaves it."""

    altered = Signal()

    def __init__(self, text: str, lines: int = LINES) -> None:
        super().__init__(text.replace("\0", ""))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.altered)
        follow(self, lambda _: self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24))

    def value(self) -> Value:
        return self.toPlainText()


class ChoiceControl(Choice):
    """One of several; the first line is none of them where there is no default."""

    altered = Signal()

    def __init__(self, variable: Variable) -> None:
        super().__init__()
        if variable.default is None or not variable.required:
            self.addItem(tr("Choose one") if variable.required else tr("None"), "")
        for option in variable.options:
            self.addItem(option, option)
        self.setCurrentIndex(max(0, self.findData(variable.default or "")))
        self.currentIndexChanged.connect(self.altered)

    def value(self) -> Value:
        return str(self.currentData())


class CheckControl(TickBox):
    """Ticked or not."""

    altered = Signal()

    def __init__(self, variable: Variable) -> None:
        super().__init__(variable.label)
        self.setChecked(bool(variable.default))
        self.toggled.connect(self.altered)

    def value(self) -> Value:
        return self.isChecked()


class DateControl(QWidget):
    """A date as 2026-03-05, typed or taken from a calendar."""

    altered = Signal()

    def __init__(self, day: date | None) -> None:
        super().__init__()
        self.line = QLineEdit(day.isoformat() if day else "")
        self.line.setPlaceholderText(tr("for example 2026-03-05"))
        self.button = tool_button("calendar-button", tr("Open the calendar"))
        self.setFocusProxy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.line.textChanged.connect(self.altered)
        self.button.clicked.connect(self.open_calendar)
        follow(self, lambda c: self.button.setIcon(icon("calendar", c.muted)))

    def value(self) -> Value:
        return self.line.text()

    def open_calendar(self) -> CalendarPopup:
        """Let the user pick the day."""
        day = QDate.fromString(self.line.text().strip(), Qt.DateFormat.ISODate)
        popup = CalendarPopup(day if day.isValid() else QDate.currentDate(), self)
        popup.picked.connect(self.line.setText)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        return popup


class CalendarPopup(QWidget):
    """Arrows move, Enter or a click takes the day, Esc closes."""

    picked = Signal(str)  # as 2026-03-05

    def __init__(self, day: QDate, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("calendar-popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setObjectName("calendar")
        self.calendar.setAccessibleName(tr("Calendar"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(day)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)
        self.calendar.activated.connect(self._pick)
        self.calendar.clicked.connect(self._pick)
        self.calendar.setFocus()
        follow(self, lambda c: self.setStyleSheet(sheets.tool_buttons(c) + sheets.menus(c)))

    def _pick(self, day: QDate) -> None:
        self.picked.emit(day.toString(Qt.DateFormat.ISODate))
        self.close()


Control = LineControl | TextControl | ChoiceControl | CheckControl | DateControl


def control_for(variable: Variable, given: Given) -> Control:
    """Return the control for a variable of any kind but a document."""
    default = variable.default
    makers: dict[VariableKind, Callable[[], Control]] = {
        VariableKind.long_text: lambda: TextControl(str(default or "")),
        VariableKind.clipboard: lambda: TextControl(given.clipboard),
        VariableKind.selection: lambda: TextControl(given.selection),
        VariableKind.choice: lambda: ChoiceControl(variable),
        VariableKind.checkbox: lambda: CheckControl(variable),
        VariableKind.date: lambda: DateControl(default if isinstance(default, date) else None),
        VariableKind.today: lambda: DateControl(given.today),
    }
    return makers.get(variable.kind, lambda: LineControl(variable))()


def _limits(variable: Variable) -> str:
    """Say between which numbers one has to be."""
    least, most = variable.minimum, variable.maximum
    if least is not None and most is not None:
        return tr("from {least:f} to {most:f}").format(least=least, most=most)
    if least is not None:
        return tr("at least {least:f}").format(least=least)
    return tr("at most {most:f}").format(most=most) if most is not None else ""
