"""A button that names a language and opens the list of all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from chatdesk.domain.words import tr
from chatdesk.languages.table import english_name
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.translate.language_list import LanguageList


class LanguageChoice(QPushButton):
    """`chosen` gives a code or a name of the user's own; "" only where it may be found out by itself."""

    chosen = Signal(str)
    starred = Signal(str)

    def __init__(
        self, name: str, title: str, *, detects: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = title
        self._detects = detects
        self._language = ""
        self._found = ""
        self._favourites: Sequence[str] = ()
        self._recent: Sequence[str] = ()
        self.list = LanguageList(name, title, self)
        self.list.picked.connect(self._pick)
        self.list.starred.connect(self.starred)
        self.clicked.connect(self.open_list)
        self.setAutoDefault(True)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the name
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)
        self._name()

    @property
    def language(self) -> str:
        """The chosen code or name; "" to find it out."""
        return self._language

    def show_language(self, language: str, found: str = "") -> None:
        """Show what is chosen; `found` is the code that a text was found to be in."""
        self._language, self._found = language, found
        self._name()

    def show_languages(self, favourites: Sequence[str], recent: Sequence[str]) -> None:
        """Say what stands on top of the list."""
        self._favourites, self._recent = favourites, recent
        self.list.show_languages(favourites, recent, tr("Detect language") if self._detects else "")

    def open_list(self) -> None:
        """Open the list below the button."""
        self.list.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _pick(self, language: str) -> None:
        self.show_language(language, self._found)
        self.chosen.emit(language)
        self.setFocus()

    def _name(self) -> None:
        name = english_name(self._language)
        if not self._language:
            name = tr("Detect language")
            if self._found:
                name = tr("Detect language ({language})").format(language=english_name(self._found))
        self.setText(name)
        self.setToolTip(f"{self._title}: {name}")
        self.setAccessibleName(f"{self._title}: {name}")

    def _restyle(self, c: Colours) -> None:
        self.setIcon(icon("chevron-down", c.muted))
