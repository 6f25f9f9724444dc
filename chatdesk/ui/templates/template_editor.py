"""Edits a template: its text, with a card for each place to fill that stands in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.templates import PromptTemplate, Variable
from chatdesk.domain.words import tr
from chatdesk.tasks.template_fill import matched, placeholders
from chatdesk.ui.templates.checking import Fault
from chatdesk.ui.templates.editor_base import EditField, WordingEditor
from chatdesk.ui.templates.places import PlaceMarks
from chatdesk.ui.templates.variable_card import VariableCard
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

LINES = 11  # of the text


class TemplateEditor(WordingEditor):
    """A card stays while its place is taken out of the text and put back."""

    def __init__(self, heading: str, what: PromptTemplate, folder: str, commands: frozenset[str]) -> None:
        """`commands` are those of the other templates."""
        super().__init__(heading, what, folder)
        self._commands = commands
        self.command = QLineEdit(what.command)
        self.command.setObjectName("edit-command")
        self.command.setMaxLength(40)
        self.command.setPlaceholderText(tr("none"))
        self.text = QPlainTextEdit(what.text.strip("\n"))
        self.text.setObjectName("edit-text")
        self.text.setTabChangesFocus(True)
        self.marks = PlaceMarks(self.text.document(), self.text)
        follow(
            self.text, lambda _: self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES + 24)
        )
        self.fields["command"] = EditField(
            tr("Command"), self.command, tr("What is typed after “/” in a chat, such as mail.")
        )
        self.fields["text"] = EditField(
            tr("Text"), self.text, tr("{{name}} is a place to fill: it gets a field in the form.")
        )
        self.clash = Label("", 9, tone="muted").wrap()
        self.cards: dict[str, VariableCard] = {}
        self._known = {each.name: each for each in what.variables}
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._none = Label(tr("The text has no place to fill."), tone="muted")
        self._arrange()
        self.command.textChanged.connect(self.renew)
        self.text.textChanged.connect(self._text_changed)
        self._show_cards()
        self.check()

    def what(self) -> PromptTemplate:
        text = self.text.toPlainText()
        shown = [self.cards[name].variable for name in self.cards if name in placeholders(text)]
        written = PromptTemplate(
            " ".join(self.title.text().split()),
            text,
            self.command.text().strip().removeprefix("/"),
            " ".join(self.description.text().split()),
            tuple(shown),
        )
        return matched(written)

    def fault(self) -> Fault | None:
        for name in placeholders(self.text.toPlainText()):
            card = self.cards.get(name)
            if card is not None and (problem := card.own_problem):
                return Fault(problem, "default", name)
        return super().fault()

    def show_fault(self, fault: Fault | None) -> None:
        super().show_fault(fault)
        for name, card in self.cards.items():
            card.show_problem(fault.sentence if fault is not None and fault.variable == name else "")
        command = self.command.text().strip().removeprefix("/").casefold()
        clashes = bool(command) and command in self._commands
        self.clash.setText(tr("Another template has this command: the newer of your own is the one called."))
        self.clash.setVisible(clashes)

    def add_place(self) -> None:
        """Put a new place to fill where the cursor stands."""
        names = set(self.cards)
        number = 1
        while f"field_{number}" in names:
            number += 1
        self.text.insertPlainText(f"{{{{field_{number}}}}}")
        self.text.setFocus()

    def _text_changed(self) -> None:
        self._show_cards()
        self.renew()

    def _show_cards(self) -> None:
        """Show the cards of the places in the text, in the order of the variables, new ones last."""
        places = placeholders(self.text.toPlainText())[:100]
        for name in [*(known for known in self._known if known in places), *places]:
            if name not in self.cards:
                card = VariableCard(self._known.get(name, Variable(name)))
                card.altered.connect(self.renew)
                self.cards[name] = card
                self._column.addWidget(card)
        for name, card in self.cards.items():
            card.setVisible(name in places)
        self._none.setVisible(not places)

    def _arrange(self) -> None:
        for name in ("title", "command", "description", "folder", "text"):
            self.body.addWidget(self.fields[name])
            if name == "command":
                self.body.addWidget(self.clash)
        add = push_button("add-place", tr("Add a place to fill"), "", "plus")
        add.clicked.connect(self.add_place)
        row = WrappingRow()
        row.add(Label(tr("Fields of the form"), 12, bold=True))
        row.add(add, far=True)
        self.body.addWidget(row)
        self.body.addWidget(self._none)
        cards = QWidget()
        self._column.setContentsMargins(0, 0, 0, 0)
        cards.setLayout(self._column)
        self.body.addWidget(cards)
        self.body.addStretch(1)


def new_template() -> PromptTemplate:
    """Return what a new template begins with."""
    text = tr("Explain {{topic}} to a beginner.")
    return matched(replace(PromptTemplate("", ""), text=text))
