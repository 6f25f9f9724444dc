"""A button that names the model in use and opens the list of models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr


class ModelPicker(QToolButton):
    """`name` is its object name."""

    picked = Signal(object)  # Path
    open_requested = Signal()
    page_requested = Signal()

    def __init__(self, name: str, tooltip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(tooltip)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMenu(QMenu(self))
        self._title = ""

    def show_models(self, models: Sequence[InstalledModel], chosen: InstalledModel) -> None:
        """Fill the menu and name the chosen model."""
        menu = self.menu()
        menu.clear()
        group = QActionGroup(menu)
        for model in models:
            action = menu.addAction(model.title)
            action.setCheckable(True)
            action.setChecked(model.path == chosen.path)
            action.setEnabled(not model.problem)
            action.setToolTip(model.problem or str(model.path))
            action.setData(model.path)
            group.addAction(action)
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        menu.addAction(tr("Open a model file…"), self.open_requested.emit)
        menu.addAction(tr("All models…"), self.page_requested.emit)
        group.triggered.connect(self._pick)
        self._title = chosen.title
        self._elide()

    def open_list(self) -> None:
        """Show the list as if the button had been clicked."""
        self.showMenu()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideMiddle, 320)
        self.setText(f" {shown}")
        self.setAccessibleName(tr("Model: {title}").format(title=self._title))

    def _pick(self, action: QAction) -> None:
        path = action.data()
        if isinstance(path, Path):
            self.picked.emit(path)
