"""The settings in force: changed in one place, kept on disk, told to whoever follows them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.ports import SettingsFile
from chatdesk.domain.settings import Settings


class CurrentSettings(QObject):
    """Holds the settings; `change` stores them and tells the others."""

    changed = Signal(object)  # Settings
    failed = Signal(object)  # ChatDeskError: the new settings are in force, but could not be stored

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._value = file.load()
        self._stored = True  # the file says what is in force

    @property
    def value(self) -> Settings:
        return self._value

    def change(self, **changes: object) -> None:
        """Change some settings by name."""
        self.put(replace(self._value, **changes))  # type: ignore[arg-type]

    def put(self, settings: Settings) -> None:
        """Replace all settings."""
        settings = settings.corrected()
        if settings == self._value:
            return
        self._value = settings
        try:
            self._value = self._file.save(settings)
            self._stored = True
        except ChatDeskError as error:
            self._stored = False
            self.failed.emit(error)
        self.changed.emit(self._value)

    def read_again(self) -> None:
        """Take over what another program has written into the file."""
        if not self._stored:
            return
        try:
            settings = self._file.load()
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if settings != self._value:
            self._value = settings
            self.changed.emit(settings)
