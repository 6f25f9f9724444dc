"""The dialog with the settings of one model, drawn from their declarations as the settings page is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.generation import preset
from chatdesk.domain.library import KnownAdapter, OwnSettings, own_entry
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.models.adapters import AdapterList
from chatdesk.ui.settings.form import SettingRow
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.column import MARGIN, ScrolledColumn, card, line
from chatdesk.ui.widgets.dropped import local_files
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch


class OwnRow(QWidget):
    """A switch, and beside it a setting that can be changed while the switch is on."""

    def __init__(self, name: str, general: object, own: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._general = general
        entry = own_entry(name)
        self.switch = Switch()
        self.switch.setObjectName(f"own-{name}")
        self.switch.setAccessibleName(tr("{title}: for this model alone").format(title=tr(entry.title)))
        self.row = SettingRow(name, entry, type(general))
        self.row.show_value(general if own is None else own)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.switch)
        inside.addWidget(self.row, 1)
        self.switch.setChecked(own is not None)
        self.switch.toggled.connect(self._switched)
        self._switched(own is not None)

    def value(self) -> object:
        """Return what was chosen for the model, None for what the general settings say."""
        return self.row.value() if self.switch.isChecked() else None

    def _switched(self, on: bool) -> None:
        self.row.setEnabled(on)
        if not on:
            self.row.show_value(self._general)


class OwnSettingsDialog(QDialog):
    """`chosen` carries all that is special to the model when Save is pressed; `adapters` is a part of it."""

    chosen = Signal(object, object)  # OwnSettings, tuple of Adapter

    def __init__(
        self,
        title: str,
        own: OwnSettings,
        settings: Settings,
        adapters: Sequence[KnownAdapter],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("own-settings")
        self.setWindowTitle(tr("Settings for {title}").format(title=title))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._column = column = ScrolledColumn()
        column.body.addWidget(Label(tr("Settings for {title}").format(title=title), 13, bold=True).wrap())
        explanation = tr("What is switched on here counts for this model, the rest is as in Settings.")
        column.body.addWidget(Label(explanation, tone="muted").wrap())
        frame, inside = card()
        self.rows = [
            OwnRow(f.name, _general(f.name, settings), getattr(own, f.name)) for f in fields(OwnSettings)
        ]
        for place, row in enumerate(self.rows):
            if place:
                inside.addWidget(line())
            inside.addWidget(row)
        column.body.addWidget(frame)
        self.adapters = AdapterList(adapters)
        column.body.addWidget(self.adapters)
        column.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 12)
        outer.addWidget(column, 1)
        outer.addWidget(self._buttons())
        self.resize(680, 640)
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))

    def _buttons(self) -> QWidget:
        buttons = QDialogButtonBox()
        reset = buttons.addButton(tr("Reset to recommended"), QDialogButtonBox.ButtonRole.ResetRole)
        reset.setObjectName("reset-own-settings")
        save = buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("save-own-settings")
        save.setProperty("primary", True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        reset.clicked.connect(self._reset)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.addWidget(buttons)
        return around

    def _reset(self) -> None:
        for row in self.rows:
            row.switch.setChecked(False)
        self.adapters.switch_off()

    def _save(self) -> None:
        chosen = {row.name: row.value() for row in self.rows}
        own = OwnSettings.of({name: value for name, value in chosen.items() if value is not None})
        self.chosen.emit(own, self.adapters.adapters())
        self.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_dropping(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_dropping(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_dropping(False)
        event.acceptProposedAction()
        self.adapters.offered.emit(local_files(event.mimeData()))

    def _show_dropping(self, dropping: bool) -> None:
        self._column.setProperty("dropping", dropping)
        self._column.style().polish(self._column)
        self._column.ensureWidgetVisible(self.adapters)


def _general(name: str, settings: Settings) -> object:
    """Return what counts where the model has no value of its own."""
    if hasattr(settings, name):
        return getattr(settings, name)
    return getattr(preset(settings.preset), name)
