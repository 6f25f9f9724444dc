"""Asks where the terms of a file go: into a glossary of their own, or to those of one that is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.glossaries import Glossary, Term
from chatdesk.domain.words import tr, trn
from chatdesk.tasks.joined_terms import joined, joined_words
from chatdesk.ui import sheets
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch


class ImportQuestion(QDialog):
    """`answered` gives the glossary that the terms are added to, None for one of its own, and whether the
    translations of the file count where both have one. Closed without an answer, it gives nothing.
    """

    answered = Signal(object, bool)  # Glossary or None

    def __init__(
        self, name: str, terms: Sequence[Term], glossaries: Sequence[Glossary], parent: QWidget | None = None
    ) -> None:
        """`name` is that of the file without its ending; `glossaries` are those that it may go to."""
        super().__init__(parent)
        self.setObjectName("import-question")
        self.setWindowTitle(tr("Import a glossary"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name, self._terms = name, terms
        self.which = Choice()
        self.which.setObjectName("import-which")
        self.which.setAccessibleName(tr("Where the terms go"))
        self.which.addItem(tr("Make the glossary “{name}”").format(name=name), None)
        for each in glossaries:
            self.which.addItem(tr("Add them to “{name}”").format(name=each.name), each)
        self.told = Label("", tone="muted").wrap()
        self.told.setObjectName("import-told")
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.replacing = Switch()
        self.replacing.setObjectName("import-replacing")
        self._arrange()
        same = next((place for place, each in enumerate(glossaries, start=1) if each.name == name), 0)
        self.which.setCurrentIndex(same)
        self._say()

    def _arrange(self) -> None:
        count = trn("{count} term", "{count} terms", len(self._terms))
        title = tr("{terms} in “{name}”").format(terms=count, name=self._name)
        words = tr("Take the translation of the file where both have one")
        self.replacing.setAccessibleName(words)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(words).wrap(), 1)
        row.addWidget(self.replacing)
        buttons = QDialogButtonBox()
        self.take = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setObjectName("import-terms")
        self.take.setProperty("primary", True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setObjectName(
            "import-nothing"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        column.addWidget(Label(title, 12, bold=True).wrap())
        column.addWidget(self.which)
        column.addWidget(self.told, 1)
        column.addWidget(self._row)
        column.addWidget(buttons)
        self.resize(440, 260)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(
            lambda: self.answered.emit(self.which.currentData(), self.replacing.isChecked())
        )
        self.which.currentIndexChanged.connect(lambda _: self._say())
        self.replacing.toggled.connect(lambda _: self._say())
        follow(self, self._restyle)

    def _say(self) -> None:
        """Say what becomes of the terms, before it is done."""
        glossary = self.which.currentData()
        if glossary is None:
            self.told.setText(tr("The glossaries that are there stay as they are."))
            self._row.hide()
            return
        replacing = self.replacing.isChecked()
        both = joined(glossary.terms, self._terms, replacing=replacing)
        self.told.setText(joined_words(both, replacing=replacing))
        self._row.setVisible(both.other > 0)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(f"QDialog {{ background: {c.window}; }}" + sheets.page(c))
