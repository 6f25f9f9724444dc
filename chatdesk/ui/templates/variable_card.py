"""What one edits of a variable; only what its kind has is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.templates import DateForm, Variable, VariableKind
from chatdesk.domain.words import tr
from chatdesk.tasks.template_values import Unusable, date_of, number_of
from chatdesk.tasks.template_variables import KEYS
from chatdesk.ui.templates.controls import TextControl
from chatdesk.ui.templates.words import default_words, kind_words
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.tick_box import TickBox
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class VariableCard(QFrame):
    """`altered` comes with every change."""

    altered = Signal()

    def __init__(self, variable: Variable) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.name = variable.name
        self._kept = variable  # what is not shown stays as it was
        self.kind = Choice()
        for kind in VariableKind:
            self.kind.addItem(kind_words(kind), kind)
        self.kind.setCurrentIndex(self.kind.findData(variable.kind))
        self.title = QLineEdit(variable.title)
        self.title.setPlaceholderText(replace(variable, title="").label)
        self.help = QLineEdit(variable.help)
        self.required = TickBox(tr("Required"))
        self.required.setChecked(variable.required)
        self.default = QLineEdit("" if variable.kind is VariableKind.checkbox else default_words(variable))
        self.ticked = TickBox(tr("Ticked at first"))
        self.ticked.setChecked(variable.default is True)
        self.options = TextControl("\n".join(variable.options))
        self.minimum = QLineEdit(_number_words(variable.minimum))
        self.maximum = QLineEdit(_number_words(variable.maximum))
        self.form = Choice()
        for form, words in _forms().items():
            self.form.addItem(words, form)
        self.form.setCurrentIndex(self.form.findData(variable.form))
        self.given = TextControl(variable.given, 2)
        self.empty = TextControl(variable.empty, 2)
        self._problem = Label("", 9, tone="danger").wrap()
        self._problem.hide()
        self._rows = QFormLayout()
        self._arrange()
        self._connect()
        self._show_kind()

    @property
    def variable(self) -> Variable:
        """What stands in the fields; a number or date that is none is left out."""
        kind = VariableKind(self.kind.currentData())
        return replace(
            self._kept,
            kind=kind,
            title=self.title.text().strip(),
            help=self.help.text().strip(),
            required=self.required.isChecked(),
            default=self._default(kind),
            options=tuple(filter(None, (part.strip() for part in self.options.toPlainText().split("\n")))),
            minimum=_number(self.minimum.text()),
            maximum=_number(self.maximum.text()),
            form=DateForm(self.form.currentData()),
            given=self.given.toPlainText(),
            empty=self.empty.toPlainText(),
        )

    @property
    def own_problem(self) -> str:
        """What cannot be read in the fields, "" for nothing."""
        kind, default = VariableKind(self.kind.currentData()), self.default.text().strip()
        for field in (self.minimum, self.maximum):
            if kind is VariableKind.number and field.text().strip() and _number(field.text()) is None:
                return tr("“{text}” is no number.").format(text=field.text().strip())
        try:
            if kind is VariableKind.number and default:
                number_of(self.variable, default)
            elif kind is VariableKind.date and default:
                date_of(self.variable, default)
        except Unusable as error:
            return str(error)
        return ""

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong; "" for nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    @property
    def problem(self) -> str:
        return self._problem.text()

    def _default(self, kind: VariableKind) -> str | bool | Decimal | date | None:
        text = self.default.text().strip()
        if kind is VariableKind.checkbox:
            return self.ticked.isChecked() or None
        if not text:
            return None
        try:
            if kind is VariableKind.number:
                return number_of(replace(self._kept, minimum=None, maximum=None), text)
            if kind is VariableKind.date:
                return date_of(self._kept, text)
        except Unusable:
            return None
        return text

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = WrappingRow()
        head.add(Label(f"{{{{{self.name}}}}}", bold=True, tone="link"), stretch=True)
        head.add(self.required, far=True)
        head.add(self.kind, far=True)
        column.addWidget(head)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(8)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, title, field in self._fields():
            field.setObjectName(f"variable-{key}")
            field.setAccessibleName(tr("{title} of {name}").format(title=title, name=self.name))
            self._rows.addRow(Label(title, 9, tone="muted"), field)
        self.kind.setAccessibleName(tr("Kind of {name}").format(name=self.name))
        self.kind.setObjectName("variable-kind")
        self.required.setAccessibleName(tr("{name} is required").format(name=self.name))
        column.addLayout(self._rows)
        column.addWidget(self._problem)

    def _fields(self) -> tuple[tuple[str, str, QWidget], ...]:
        """Return the keys of a file with their fields."""
        return (
            ("title", tr("Title"), self.title),
            ("help", tr("Help"), self.help),
            ("options", tr("Choices, one a line"), self.options),
            ("minimum", tr("At least"), self.minimum),
            ("maximum", tr("At most"), self.maximum),
            ("default", tr("Begins with"), self.default),
            ("ticked", tr("Begins with"), self.ticked),
            ("form", tr("Written as"), self.form),
            ("given", tr("Words where it is given"), self.given),
            ("empty", tr("Words where it is not"), self.empty),
        )

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._show_kind)
        for choice in (self.kind, self.form):
            choice.currentIndexChanged.connect(self.altered)
        for box in (self.required, self.ticked):
            box.toggled.connect(self.altered)
        for _, _, field in self._fields():
            if isinstance(field, QLineEdit):
                field.setCursorPosition(0)
                field.textChanged.connect(self.altered)
            elif isinstance(field, TextControl):
                field.altered.connect(self.altered)

    def _show_kind(self) -> None:
        kind = VariableKind(self.kind.currentData())
        known = set(KEYS[kind])
        if kind is VariableKind.checkbox:
            known = known - {"default"} | {"ticked"}
        for key, _, field in self._fields():
            self._rows.setRowVisible(field, key in known)
        self.required.setVisible("required" in known)
        place = f"{{{{{self.name}}}}}"
        self.given.setPlaceholderText(
            tr("the words where it is ticked")
            if kind is VariableKind.checkbox
            else tr("for example: Answer in {place}.").format(place=place)
        )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _number_words(number: Decimal | None) -> str:
    return "" if number is None else format(number, "f")


def _forms() -> dict[DateForm, str]:
    return {
        DateForm.long: tr("5 March 2026"),
        DateForm.weekday: tr("Thursday, 5 March 2026"),
        DateForm.iso: "2026-03-05",
        DateForm.day_first: "05.03.2026",
        DateForm.month_first: "03/05/2026",
    }
