"""The look that all tables of the page that translates have, and what they have in common."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.theme import Colours, follow, scaled

ROW = 32  # pixels at 100 % text size


class Table(QTableView):
    """Rows are chosen as a whole; Tab leaves the table."""

    def __init__(
        self, name: str, title: str, model: QAbstractItemModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setAccessibleName(tr("Columns"))
        header.setMinimumSectionSize(50)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        follow(self, self.restyle)

    @property
    def chosen(self) -> list[int]:
        """The numbers of the chosen rows."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def restyle(self, c: Colours) -> None:
        """Follow the theme and the size of the text."""
        # The font of the widget itself may still be that of the text size before.
        self.verticalHeader().setMinimumSectionSize(round(scaled(ROW)))
        self.verticalHeader().setDefaultSectionSize(round(scaled(ROW)))
        self.setStyleSheet(
            f"QTableView {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 10px;"
            f" color: {c.text}; selection-background-color: {c.bubble}; selection-color: {c.text};"
            f" outline: none; }} QTableView:focus {{ border: 2px solid {c.accent}; }}"
            "QHeaderView { background: transparent; }"
            f"QHeaderView::section {{ background: {c.window}; color: {c.muted}; border: none;"
            f" border-bottom: 1px solid {c.border}; padding: 6px 8px; }}"
            "QTableView::item { padding: 0 6px; }"
            f"QTableView QLineEdit {{ background: {c.base}; color: {c.text}; padding: 0 5px;"
            f" border: 2px solid {c.accent}; border-radius: 4px; }}"
        )
