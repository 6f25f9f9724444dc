"""The form that fills a template: a control for each variable, and the text as it will be sent."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.templates import Filled, PromptTemplate, Values
from chatdesk.domain.words import tr, trn
from chatdesk.tasks.template_fill import preview
from chatdesk.tasks.template_values import has_value
from chatdesk.ui import sheets
from chatdesk.ui.templates.controls import Given
from chatdesk.ui.templates.counting import TokenCount
from chatdesk.ui.templates.document_control import DocumentControl, DocumentRooms
from chatdesk.ui.templates.fields import Field
from chatdesk.ui.templates.filled_view import FilledView
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

NARROW = 640  # pixels, of a 10 point font: below it the preview stands under the fields
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TemplateForm(QDialog):
    """Enter or Ctrl+Enter sends, Esc closes. Call `open`, once more also after Esc; its maker deletes it."""

    sent = Signal(object)  # Filled
    inserted = Signal(object)  # Filled

    def __init__(
        self,
        template: PromptTemplate,
        given: Given,
        rooms: DocumentRooms,
        count: TokenCount,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("template-form")
        self.setWindowTitle(template.title)
        self._template = template
        self._today = given.today
        self._count = count
        self._tried = False
        self.touched = False  # whether the user has changed a field
        self.fields = [Field(variable, given, rooms) for variable in template.variables]
        self.preview = FilledView()
        self.tokens = Label("", 9, tone="muted")
        self.tokens.setObjectName("template-tokens")
        self._problem = Label("", tone="danger").wrap()
        self._problem.setObjectName("form-problem")
        self._halves = QHBoxLayout()
        self._arrange(template)
        for field in self.fields:
            field.altered.connect(self._touch)
        count.setParent(self)
        count.counted.connect(self._show_tokens)
        count.failed.connect(lambda: self.tokens.setText(tr("The tokens could not be counted.")))
        self.finished.connect(self._stop)
        follow(self, self._restyle)
        self._show()
        if self.fields:
            self.fields[0].take_focus()

    def values(self) -> Values:
        """Return what the fields hold, by the names of the variables."""
        return {field.variable.name: field.value() for field in self.fields}

    def send(self) -> None:
        """Send the text, or say what is missing."""
        if (filled := self._checked()) is not None:
            self.accept()
            self.sent.emit(filled)

    def insert(self) -> None:
        """Put the text into the message box, or say what is missing."""
        if (filled := self._checked()) is not None:
            self.accept()
            self.inserted.emit(filled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and held in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
        ):
            # What stands on a button that has the keyboard is pressed by the button itself.
            self.send()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(NARROW)
        self._halves.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )

    def _checked(self) -> Filled | None:
        self._tried = True
        filled = self._show()
        reading = [f for f in self.fields if isinstance(f.control, DocumentControl) and f.control.reading]
        if reading:
            self._problem.setText(tr("The document is still being read. Wait a moment and try again."))
        elif filled.problems:
            first = next(f for f in self.fields if f.variable.name == filled.problems[0].variable)
            first.take_focus()
        self._problem.setVisible(bool(reading or filled.problems))
        return None if reading or filled.problems else filled

    def _touch(self) -> None:
        self.touched = True
        self._show()

    def _show(self) -> Filled:
        """Show the text as it is now, and the problems: what is empty only after it was to be sent."""
        values = self.values()
        filled = preview(self._template, values, self._today)
        sentences = {each.variable: each.sentence for each in filled.problems}
        for field in self.fields:
            name = field.variable.name
            told = self._tried or has_value(field.variable, values[name])
            field.show_problem(sentences.get(name, "") if told else "")
        self._problem.setText(_problem_words(filled))
        self._problem.setVisible(self._tried and bool(filled.problems))
        self.preview.show_filled(filled)
        self._count.renew(filled.draft)
        return filled

    def _show_tokens(self, tokens: int) -> None:
        self.tokens.setText(trn("{count:,} token", "{count:,} tokens", tokens))

    def _stop(self) -> None:
        self._count.stop()
        for field in self.fields:
            if isinstance(field.control, DocumentControl):
                field.control.stop()

    def _arrange(self, template: PromptTemplate) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(Label(template.title, 14, bold=True).wrap())
        if template.description:
            column.addWidget(Label(template.description, tone="muted").wrap())
        self._halves.setSpacing(18)
        self._halves.addWidget(self._fields_area(), 3)
        self._halves.addLayout(self._preview_area(), 2)
        column.addLayout(self._halves, 1)
        column.addWidget(self._problem)
        column.addLayout(self._buttons())
        self.resize(QSize(round(scaled(880)), round(scaled(620))).boundedTo(self.screen().availableSize()))

    def _fields_area(self) -> QWidget:
        inner = QWidget()
        fields = QVBoxLayout(inner)
        fields.setContentsMargins(2, 2, 10, 2)
        fields.setSpacing(14)
        for field in self.fields:
            fields.addWidget(field)
        fields.addStretch(1)
        area = QScrollArea()
        area.setObjectName("template-fields")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        return area

    def _preview_area(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Label(tr("What will be sent"), bold=True))
        head.addStretch(1)
        head.addWidget(self.tokens)
        right.addLayout(head)
        right.addWidget(self.preview, 1)
        return right

    def _buttons(self) -> QHBoxLayout:
        cancel = push_button("cancel-template", tr("Cancel"))
        insert = push_button("insert-filled", tr("Insert"))
        insert.setToolTip(tr("Put it into the message box, to change it there"))
        send = push_button("send-filled", tr("Send"), "primary")
        send.setToolTip(tr("Send it to the open chat (Enter, or Ctrl+Enter within longer text)"))
        send.setDefault(True)
        cancel.clicked.connect(self.reject)
        insert.clicked.connect(self.insert)
        send.clicked.connect(self.send)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (cancel, insert, send):
            row.addWidget(button)
        return row

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(f"QDialog {{ background: {c.window}; }}" + sheets.page(c))


def _problem_words(filled: Filled) -> str:
    """Return how many fields are missing or wrong, and the first of them; "" for none."""
    if not filled.problems:
        return ""
    count = len(filled.problems)
    told = trn("One field is missing or wrong.", "{count} fields are missing or wrong.", count)
    return f"{told} {filled.problems[0].sentence}"
