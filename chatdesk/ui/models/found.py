"""Tells which models of other applications are on this computer, with one switch to use them in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.library import FoundModel
from chatdesk.domain.words import tr, trn
from chatdesk.ui.models.numbers import size_words
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch
from chatdesk.ui.widgets.wrapping_row import WrappingRow

MOST_NAMES = 8


class FoundCard(QFrame):
    """`switched` comes from the user alone; `show_found` and `show_searching` change what is said."""

    switched = Signal(bool)  # whether found models are used
    folder_requested = Signal()  # look in one more folder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("found-models")
        self.setProperty("card", True)
        self.setAccessibleName(tr("Found on this computer"))
        self._sentence = Label("", 11.5, bold=True).wrap()
        self._names = Label("", 9, tone="muted").wrap()
        self._explanation = Label(
            tr("They stay where they are: nothing is copied, moved or deleted."), 9.5, tone="muted"
        ).wrap()
        self.switch = Switch()
        self.switch.setObjectName("use-found-models")
        self.switch.setAccessibleName(tr("Use models found on this computer"))
        self.switch.clicked.connect(self.switched)
        self._title = Label(tr("Use these"))
        self._title.setBuddy(self.switch)
        folder = push_button("add-models-folder", tr("Look in a folder…"), sign="folder-open")
        folder.clicked.connect(self.folder_requested)
        row = WrappingRow()
        row.add(self.switch)
        row.add(self._title)
        row.add(folder, far=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(6)
        for part in (self._sentence, self._names, self._explanation):
            inside.addWidget(part)
        inside.addSpacing(4)
        inside.addWidget(row)
        self.show_found((), used=False)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def show_searching(self) -> None:
        self._sentence.setText(tr("Looking for models on this computer…"))

    def show_found(self, models: Sequence[FoundModel], *, used: bool) -> None:
        """Show what was found; `used` says whether it is in the list above."""
        self.switch.setChecked(used)
        for part in (self.switch, self._title):
            part.setVisible(bool(models) or used)
        self._names.setVisible(bool(models))
        self._explanation.setVisible(bool(models))
        self._sentence.setText(_sentence(models))
        names = [model.name for model in models[:MOST_NAMES]]
        if len(models) > MOST_NAMES:
            names.append(tr("and {count} more").format(count=len(models) - MOST_NAMES))
        self._names.setText(" · ".join(names))


def _sentence(models: Sequence[FoundModel]) -> str:
    if not models:
        return tr("No models of other applications were found on this computer.")
    places = Counter(model.application for model in models)
    where = ", ".join(f"{place} {count}" for place, count in places.most_common())
    return tr("You already have {models} on this computer: {where}; {size}.").format(
        models=trn("{count} usable model", "{count} usable models", len(models)),
        where=where,
        size=size_words(sum(model.bytes for model in models)),
    )
