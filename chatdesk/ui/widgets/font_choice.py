"""A combo box of the fonts of this computer, which are listed when it is first opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui.widgets.choice import Choice


class FontChoice(Choice):
    """The first item stands for no choice; the data of the others are the names of fonts."""

    def __init__(self, otherwise: str, *, fixed: bool = False, parent: QWidget | None = None) -> None:
        """`otherwise` says what counts without a choice; `fixed`: only fonts with letters of one width."""
        super().__init__(parent)
        self._fixed = fixed
        self._listed = False
        self.setMaxVisibleItems(16)
        self.addItem(otherwise, "")

    def family(self) -> str:
        """Return the font that is chosen, "" for none."""
        return str(self.currentData() or "")

    def set_family(self, family: str) -> None:
        """Choose a font, also one that is not on this computer."""
        if self.findData(family) < 0:
            self.addItem(family, family)
        self.setCurrentIndex(self.findData(family))

    def showPopup(self) -> None:  # noqa: N802  Qt's name
        self._list()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._list()
        super().keyPressEvent(event)

    def _list(self) -> None:
        """Add all fonts, each written in itself. Hundreds cost too much for a page that is only looked at."""
        if self._listed:
            return
        self._listed = True
        chosen = self.family()
        self.blockSignals(True)
        for family in QFontDatabase.families():
            alike = not self._fixed or QFontDatabase.isFixedPitch(family)
            if alike and not QFontDatabase.isPrivateFamily(family) and self.findData(family) < 0:
                self.addItem(family, family)
                self.setItemData(self.count() - 1, QFont(family), Qt.ItemDataRole.FontRole)
        self.set_family(chosen)
        self.blockSignals(False)
