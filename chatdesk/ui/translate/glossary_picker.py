"""A button that names the glossary in use and opens the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from chatdesk.domain.glossaries import Glossary, GlossaryId
from chatdesk.domain.words import tr
from chatdesk.ui.sheets import menus, tool_buttons
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.translate.language_pair import fits, pair_words

_WIDEST = 150  # pixels of the name


class GlossaryPicker(QToolButton):
    """Those of the chosen languages come first; `picked` gives an id, None for none."""

    picked = Signal(object)  # GlossaryId or None
    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("translate-glossary")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(tr("Choose a glossary"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMenu(QMenu(self))
        self.menu().setToolTipsVisible(True)
        self._chosen: GlossaryId | None = None
        self.show_glossaries((), None, ("", ""))
        follow(self, self._restyle)

    @property
    def chosen(self) -> GlossaryId | None:
        """The id of the glossary in use."""
        return self._chosen

    def show_glossaries(
        self, glossaries: Sequence[Glossary], chosen: GlossaryId | None, pair: tuple[str, str]
    ) -> None:
        """Fill the list; `pair` are the codes of the languages on the page, "" for one that is not known."""
        current = next((each for each in glossaries if each.id == chosen), None)
        self._chosen = current.id if current is not None else None
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        self._add(group, tr("No glossary"), None)
        ours = [each for each in glossaries if fits(each.source, each.target, pair)]
        others = [each for each in glossaries if each not in ours]
        for each in ours:
            self._add(group, each.name, each)
        if others:
            menu.addSection(tr("For other languages"))
            for each in others:
                self._add(group, f"{each.name} ({pair_words(each.source, each.target)})", each)
        menu.addSeparator()
        menu.addAction(tr("All glossaries…"), self.all_requested.emit)
        group.triggered.connect(self._pick)
        title = current.name if current is not None else tr("No glossary")
        metrics = self.fontMetrics()
        self.setText(metrics.elidedText(title, Qt.TextElideMode.ElideRight, _WIDEST))
        self.setAccessibleName(tr("Glossary: {name}").format(name=title))

    def _add(self, group: QActionGroup, title: str, glossary: Glossary | None) -> None:
        action = self.menu().addAction(title.replace("&", "&&"))
        action.setCheckable(True)
        action.setData(glossary.id if glossary is not None else "")
        action.setChecked((glossary.id if glossary is not None else None) == self._chosen)
        group.addAction(action)

    def _pick(self, action: QAction) -> None:
        picked = GlossaryId(action.data()) if action.data() else None
        if picked != self._chosen:
            self.picked.emit(picked)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            tool_buttons(c)
            + menus(c)
            + f"#translate-glossary {{ border: 1px solid {c.border}; border-radius: 8px;"
            " padding: 6px 10px; }"
            + f"#translate-glossary:focus {{ border: 2px solid {c.accent}; padding: 5px 9px; }}"
        )
