"""The bar above the transcript: model, where it runs, thinking, and the chat's menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from chatdesk.domain.chat import Folder
from chatdesk.domain.generation import PRESETS
from chatdesk.domain.models import DeviceReport, InstalledModel
from chatdesk.domain.settings import preset_label
from chatdesk.domain.words import tr
from chatdesk.ui.shortcuts import hint_on
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import GAP, show_sign, tool_button
from chatdesk.ui.widgets.model_picker import ModelPicker

PLACE_WIDTH = 160  # pixels that the name of the chat's folder may take


@dataclass(frozen=True, slots=True)
class ChatChoices:
    """What the header shows of a chat: its model, style of answers, and whether thinking can be switched."""

    model: InstalledModel
    preset: str
    thinking: bool | None  # None: this model has no such switch


class ChatHeader(QFrame):
    """Everything of a chat that is chosen rather than written."""

    sidebar_requested = Signal()
    preset_picked = Signal(str)
    thinking_switched = Signal(bool)
    system_prompt_requested = Signal()
    context_requested = Signal()
    place_requested = Signal()
    rename_requested = Signal()
    find_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat-header")
        self.sidebar = tool_button("toggle-sidebar", tr("Show or hide the list of chats"))
        hint_on(self.sidebar, tr("Show or hide the list of chats"), "sidebar")
        self.picker = ModelPicker("model-picker", tr("Choose a model"), self)
        hint_on(self.picker, tr("Choose a model"), "model-picker")
        self.device = QLabel(self)
        self.device.setObjectName("device")
        self.place = tool_button("chat-folder", tr("Folder of this chat"))
        self.place.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.place.hide()
        self.thinking = tool_button("thinking", tr("Let the model think before it answers"))
        self.thinking.setText(f"{GAP}{tr('Think')}")
        self.thinking.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.thinking.setCheckable(True)
        self.menu_button = tool_button("chat-menu", tr("Menu of this chat"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(QMenu(self.menu_button))
        self._presets: dict[str, QAction] = {}
        self._fill_menu(self.menu_button.menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        row.addWidget(self.sidebar)
        row.addWidget(self.picker)
        row.addWidget(self.device)
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.thinking)
        row.addWidget(self.menu_button)
        self.sidebar.clicked.connect(self.sidebar_requested)
        self.thinking.clicked.connect(self.thinking_switched)
        self.place.clicked.connect(self.place_requested)
        follow(self, self._restyle)

    def show_choices(self, choices: ChatChoices) -> None:
        """Show what the chat is set to."""
        self.thinking.setVisible(choices.thinking is not None)
        self.thinking.setChecked(bool(choices.thinking))
        for name, action in self._presets.items():
            action.setChecked(name == choices.preset)

    def show_place(self, path: Sequence[Folder]) -> None:
        """Say in which folder the chat lies; `path` has those around it first."""
        self.place.setVisible(bool(path))
        if path:
            from html import escape

            names = " › ".join(folder.name for folder in path)
            short = self.fontMetrics().elidedText(path[-1].name, Qt.TextElideMode.ElideRight, PLACE_WIDTH)
            self.place.setText(GAP + short.replace("&", "&&"))
            self.place.setToolTip(f"<qt>{escape(tr('Folder: {path}').format(path=names))}</qt>")
            self.place.setAccessibleName(tr("Folder: {path}").format(path=names))

    def show_device(self, device: DeviceReport | None) -> None:
        """Say where the model really runs, and why; nothing while no model is loaded."""
        if device is None:
            self.device.clear()
            self.device.setToolTip("")
            return
        on_gpu = device.offloaded > 0
        layers = tr("{offloaded} of {layers} layers").format(offloaded=device.offloaded, layers=device.layers)
        self.device.setText(f"{device.name} · {layers}" if on_gpu else device.name)
        self.device.setToolTip(device.reason or tr("All of the model runs there."))
        self.device.setAccessibleName(tr("Runs on: {device}").format(device=self.device.text()))
        self.device.setAccessibleDescription(device.reason)

    def _fill_menu(self, menu: QMenu) -> None:
        style = menu.addMenu(tr("Style of answers"))
        group = QActionGroup(style)
        for name in PRESETS:
            action = style.addAction(preset_label(name))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, chosen=name: self.preset_picked.emit(chosen))
            group.addAction(action)
            self._presets[name] = action
        menu.addAction(tr("System prompt…"), self.system_prompt_requested.emit)
        menu.addAction(tr("What the model sees…"), self.context_requested.emit)
        menu.addSeparator()
        menu.addAction(tr("Find in this chat…"), self.find_requested.emit)
        menu.addSeparator()
        self.renaming = menu.addAction(tr("Rename"), self.rename_requested.emit)
        menu.addAction(tr("Delete"), self.delete_requested.emit)

    def _restyle(self, colours: Colours) -> None:
        show_sign(self.sidebar, "panel-left", colours.muted)
        show_sign(self.picker, "cpu", colours.muted)
        show_sign(self.thinking, "brain", colours.muted)
        show_sign(self.place, "folder", colours.muted)
        show_sign(self.menu_button, "ellipsis", colours.muted)
        self.device.setStyleSheet(f"color: {colours.muted};")
