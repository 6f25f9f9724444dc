"""A variable in the form: its title, its control, what it is for, and what is wrong with its value."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.templates import Value, Variable, VariableKind
from chatdesk.domain.words import tr
from chatdesk.ui.templates.controls import Control, DateControl, Given, control_for
from chatdesk.ui.templates.document_control import DocumentControl, DocumentRooms
from chatdesk.ui.templates.words import kind_words
from chatdesk.ui.widgets.label import Label

_ALWAYS_FILLED = (VariableKind.checkbox, VariableKind.today)


class Field(QWidget):
    """`altered` comes with every change of its value."""

    altered = Signal()

    def __init__(self, variable: Variable, given: Given, rooms: DocumentRooms) -> None:
        super().__init__()
        self.variable = variable
        self.control: Control | DocumentControl = (
            DocumentControl(rooms) if variable.kind is VariableKind.document else control_for(variable, given)
        )
        needed = variable.required and variable.kind not in _ALWAYS_FILLED
        mark = tr("required") if needed else tr("optional")
        self._problem = Label("", 9, tone="danger").wrap()
        self._problem.setObjectName("field-problem")
        self._problem.hide()
        self._name(mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Label(variable.label, bold=True))
        head.addWidget(Label(mark, 9, tone="muted"))
        head.addStretch(1)
        head.addWidget(Label(kind_words(variable.kind), 9, tone="muted"))
        if variable.kind is not VariableKind.checkbox:
            column.addLayout(head)
        column.addWidget(self.control)
        if variable.help:
            column.addWidget(Label(variable.help, 9, tone="muted").wrap())
        column.addWidget(self._problem)
        self.control.altered.connect(self.altered)
        if isinstance(self.control, DocumentControl):
            self.control.refused.connect(self.show_problem)

    def value(self) -> Value:
        return self.control.value()

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong; "" for nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._focused.setAccessibleDescription(sentence or self.variable.help)

    @property
    def problem(self) -> str:
        return self._problem.text()

    def take_focus(self) -> None:
        self._focused.setFocus()

    @property
    def _focused(self) -> QWidget:
        if isinstance(self.control, DateControl):
            return self.control.line
        return self.control.pick if isinstance(self.control, DocumentControl) else self.control

    def _name(self, mark: str) -> None:
        name = self.variable.label
        if isinstance(self.control, DocumentControl):
            name = f"{name}: {self.control.pick.text()}"
        self._focused.setObjectName(f"field-{self.variable.name}")
        self._focused.setAccessibleName(f"{name} ({mark})")
        self._focused.setAccessibleDescription(self.variable.help)
