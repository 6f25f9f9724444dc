"""The sheet with the user's glossaries: a list of them, and the terms of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.glossaries import FileProblem, Glossary
from chatdesk.domain.words import tr, trn
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.translate.language_choice import LanguageChoice
from chatdesk.ui.translate.language_pair import pair_words
from chatdesk.ui.translate.problems_list import ProblemsList
from chatdesk.ui.translate.sheet import Sheet
from chatdesk.ui.translate.terms_model import TermsModel
from chatdesk.ui.translate.terms_table import TermsTable
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

_ID = Qt.ItemDataRole.UserRole + 1


class GlossaryList(QListWidget):
    """Delete deletes the chosen glossary; it can be undone."""

    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glossaries")
        self.setAccessibleName(tr("Glossaries"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.delete_requested.emit()
        else:
            super().keyPressEvent(event)


class GlossariesView(Sheet):
    """What the user wants comes as signals; what becomes of it is shown by `show_glossaries`."""

    chosen = Signal(str)  # id
    new_requested = Signal()
    duplicate_requested = Signal()
    delete_requested = Signal()
    import_requested = Signal()
    export_requested = Signal()
    named = Signal(str)
    languages_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        words = tr(
            "A glossary says how words are to be translated. A word whose translation is the same stays as "
            "it is. Words in small letters are found in any form; large letters have to be large in the "
            "text. Drop a CSV or TBX file here to import it."
        )
        super().__init__("glossaries-sheet", tr("Glossaries"), words, parent)
        self.list = GlossaryList()
        self.name = QLineEdit()
        self.name.setObjectName("glossary-name")
        self.name.setAccessibleName(tr("Name of the glossary"))
        self.name.setMaxLength(200)
        self.source = LanguageChoice("glossary-source", tr("From"))
        self.target = LanguageChoice("glossary-target", tr("Into"))
        self.terms = TermsModel(self)
        self.table = TermsTable(self.terms)
        self.problems = ProblemsList()
        self._make_buttons()
        self._arrange()
        self._connect()
        follow(self.list, self._restyle)
        follow(self, lambda _: self.setMinimumSize(self._least()))

    def show_glossaries(self, glossaries: Sequence[Glossary], chosen: Glossary | None) -> None:
        """List glossaries; the terms of the chosen one are shown."""
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for each in glossaries:
            item = QListWidgetItem(_line(each))
            item.setData(_ID, each.id)
            item.setToolTip(each.name)
            self.list.addItem(item)
            if chosen is not None and each.id == chosen.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(blocked)
        self._show(chosen)

    def refresh_line(self, glossary: Glossary) -> None:
        """Show what has become of the chosen glossary in the list, and leave its terms as they stand."""
        item = self.list.currentItem()
        if item is not None and item.data(_ID) == glossary.id:
            item.setText(_line(glossary))
        self._tell(glossary)

    def show_problems(self, problems: Sequence[FileProblem]) -> None:
        """List what of a file was not taken over."""
        self.problems.show_problems(problems)

    def _show(self, glossary: Glossary | None) -> None:
        there = glossary is not None
        self._right.setVisible(there)
        self._empty.setVisible(not there)
        for button in (self.duplicate, self.delete, self.export):
            button.setEnabled(there)
        if glossary is None:
            return
        self.name.setText(glossary.name)
        self.source.show_language(glossary.source)
        self.target.show_language(glossary.target)
        titles = (
            pair_words(glossary.source, glossary.target).partition(" → ")[0],
            pair_words(glossary.source, glossary.target).partition(" → ")[2],
        )
        self.terms.show_terms(glossary.terms, titles)
        self._tell(glossary)
        self._allow()

    def _tell(self, glossary: Glossary) -> None:
        self.count.setText(trn("{count} term", "{count} terms", len(glossary.terms)))
        self.undo.setEnabled(self.terms.can_undo)

    def _allow(self) -> None:
        self.remove.setEnabled(bool(self.table.chosen))
        self.undo.setEnabled(self.terms.can_undo)

    def _make_buttons(self) -> None:
        self.new = push_button("new-glossary", tr("New"), "", "plus")
        self.bring = push_button("import-glossary", tr("Import…"), "", "folder-open")
        self.export = push_button("export-glossary", tr("Export…"), "", "download")
        self.duplicate = push_button("duplicate-glossary", tr("Duplicate"), "", "copy")
        self.delete = push_button("delete-glossary", tr("Delete"), "", "trash-2")
        self.add = push_button("add-term", tr("Add a term"), "", "plus")
        self.remove = push_button("remove-terms", tr("Remove"), "", "trash-2")
        self.remove.setToolTip(tr("Take the chosen terms out (Delete)"))
        self.undo = push_button("undo-terms", tr("Undo"), "", "undo-2")
        self.undo.setToolTip(tr("Take back the last change of the terms (Ctrl+Z)"))
        self.count = Label("", tone="muted")

    def _arrange(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(self.new)
        both.addWidget(self.bring)
        both.addStretch(1)
        column.addLayout(both)
        column.addWidget(self.list, 1)
        self._empty = Label(
            tr("Make a glossary, or import one: it is used where you choose it."), tone="muted"
        ).wrap()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._right = QWidget()
        inside = QVBoxLayout(self._right)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.setSpacing(8)
        acts = WrappingRow()
        for part in (self.duplicate, self.export, self.delete):
            acts.add(part, far=True)
        pair = WrappingRow()
        pair.add(self.source)
        pair.add(QLabel("→"))
        pair.add(self.target)
        pair.add(self.count, far=True)
        edits = WrappingRow()
        for part in (self.add, self.remove, self.undo):
            edits.add(part)
        inside.addWidget(self.name)
        inside.addWidget(pair)
        inside.addWidget(self.table, 1)
        inside.addWidget(edits)
        inside.addWidget(acts)
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setObjectName("glossary-halves")
        for half in (left, self._right, self._empty):
            self._halves.addWidget(half)
        self._halves.setChildrenCollapsible(False)
        self._halves.setSizes([250, 550, 550])
        self.body.addWidget(self._halves, 1)
        self.body.addWidget(self.problems)

    def _connect(self) -> None:
        for button, signal in (
            (self.new, self.new_requested),
            (self.bring, self.import_requested),
            (self.export, self.export_requested),
            (self.duplicate, self.duplicate_requested),
            (self.delete, self.delete_requested),
        ):
            button.clicked.connect(signal)
            button.setAutoDefault(False)
        for button in (self.add, self.remove, self.undo):
            button.setAutoDefault(False)
        self.list.delete_requested.connect(self.delete_requested)
        self.list.currentItemChanged.connect(self._choose)
        self.name.editingFinished.connect(lambda: self.named.emit(self.name.text()))
        for choice in (self.source, self.target):
            choice.setAutoDefault(False)
            choice.show_languages((), ())
            choice.chosen.connect(choice.show_language)
            choice.chosen.connect(
                lambda _: self.languages_chosen.emit(self.source.language, self.target.language)
            )
        self.add.clicked.connect(self.table.add)
        self.remove.clicked.connect(lambda: self.terms.remove(self.table.chosen))
        self.undo.clicked.connect(self.terms.undo)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.terms.modelReset.connect(self._allow)

    def _least(self) -> QSize:
        """Return the size below which buttons would lie upon one another; the screen may have less."""
        room = self.screen().availableSize()
        return QSize(round(scaled(640)), round(scaled(500))).boundedTo(room)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ID))

    def _restyle(self, c: Colours) -> None:
        self.list.setStyleSheet(
            f"QListWidget {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border};"
            " border-radius: 10px; outline: none; padding: 4px; }"
            f"QListWidget:focus {{ border: 2px solid {c.accent}; padding: 3px; }}"
            "QListWidget::item { border-radius: 7px; padding: 6px 8px; }"
            f"QListWidget::item:hover {{ background: {c.hover}; }}"
            f"QListWidget::item:selected {{ background: {c.bubble}; color: {c.text}; }}"
        )


def _line(glossary: Glossary) -> str:
    count = trn("{count} term", "{count} terms", len(glossary.terms))
    return f"{glossary.name}\n{pair_words(glossary.source, glossary.target)} · {count}"
