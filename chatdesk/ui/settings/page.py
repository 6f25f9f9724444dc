"""The page with the settings: every declared one, where data is kept, and what this program is."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QMessageBox, QWidget

from chatdesk.domain.settings import Settings, entry_of, shown_groups
from chatdesk.domain.words import tr
from chatdesk.ui.settings.about import about_card
from chatdesk.ui.settings.data import data_card
from chatdesk.ui.settings.form import SettingRow
from chatdesk.ui.settings.quick_ask import QuickAskRow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ColumnPage, card, line
from chatdesk.ui.widgets.label import Label

TYPING_PAUSE_MS = 300  # a number or text counts as entered after this pause


class SettingsPage(ColumnPage):
    """`changed` carries the whole settings: at once for choices, after a pause for what is typed."""

    changed = Signal(object)  # Settings

    def __init__(
        self,
        settings: Settings,
        home: Path,
        token: QWidget | None = None,
        keeping: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`token` is the row of the access token, `keeping` that of export and backup: no settings both."""
        super().__init__("page-settings", tr("Settings"), parent)
        self._settings = settings
        self._waiting: dict[str, object] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._rows: dict[str, SettingRow] = {}
        # What belongs to a group and is no setting.
        self._quick_ask = QuickAskRow()
        self._quick_ask.chosen.connect(partial(self._take, "quick_ask_keys"))
        own = {"mirror": token, "tray": self._quick_ask, "backups_kept": keeping}
        for group, names in shown_groups().items():
            self._add_group(tr(group), names, next((own[name] for name in names if name in own), None))
        self._add_section(tr("Data"), data_card(home))
        self._add_section(tr("About"), about_card())
        self.body.addSpacing(8)
        restore = push_button("restore-defaults", tr("Restore defaults…"), "danger")
        restore.clicked.connect(self._ask_to_restore)
        self.body.addWidget(restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show `settings` without sending `changed`; what is being typed stays."""
        self._settings = settings
        self._quick_ask.show_keys(settings.quick_ask_keys)
        for name, row in self._rows.items():
            if name not in self._waiting:
                row.show_value(getattr(settings, name))

    def show_setting(self, name: str) -> None:
        """Bring the setting called `name` into view and give it the keyboard."""
        row = self._rows[name]
        self.area.ensureWidgetVisible(row)
        row.take_keyboard()

    def flush(self) -> None:
        """Send what was typed and still waits for its pause; called when the page or the window goes."""
        self._pause.stop()
        if self._waiting:
            waiting, self._waiting = self._waiting, {}
            self._settings = replace(self._settings, **waiting)  # type: ignore[arg-type]  # names and types match
            self.changed.emit(self._settings)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flush()

    def _add_group(self, title: str, names: list[str], last: QWidget | None) -> None:
        frame, inside = card()
        for place, name in enumerate(names):
            if place:
                inside.addWidget(line())
            row = SettingRow(name)
            row.chosen.connect(self._take)
            row.typed.connect(self._take_later)
            self._rows[name] = row
            inside.addWidget(row)
        if last is not None:
            inside.addWidget(line())
            inside.addWidget(last)
        self._add_section(title, frame)

    def _add_section(self, title: str, frame: QFrame) -> None:
        self.body.addSpacing(8)
        self.body.addWidget(Label(title, 11, bold=True))
        self.body.addWidget(frame)

    def _take(self, name: str, value: object) -> None:
        self._waiting[name] = value
        self.flush()

    def _take_later(self, name: str, value: object) -> None:
        self._waiting[name] = value
        self._pause.start()

    def _ask_to_restore(self) -> None:
        question = QMessageBox(self)
        question.setObjectName("restore-question")
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(tr("Restore defaults"))
        question.setText(tr("Set everything on this page back to how it was at first?"))
        question.setInformativeText(tr("Your chats and your list of models stay."))
        restore = question.addButton(tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        restore.clicked.connect(self._restore)
        question.open()

    def _restore(self) -> None:
        self._pause.stop()
        self._waiting.clear()
        kept = {f.name: getattr(self._settings, f.name) for f in fields(Settings) if entry_of(f.name).hidden}
        self.show_settings(Settings(**kept))
        self.changed.emit(self._settings)
