"""Keys of their own for templates, kept in the settings as "id=keys"."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.shortcuts import (
    find,
    follow_keys,
    holder_of,
    keys_of,
    native,
    read_keys,
    with_keys,
    written_keys,
)


class TemplateKeys(QObject):
    """The window's keys of the table go before those of templates."""

    pressed = Signal(str)  # id of a template

    def __init__(self, settings: CurrentSettings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self._bound: dict[str, QAction] = {}
        settings.changed.connect(lambda _: self._bind())
        follow_keys(self, self._bind)

    def keys(self, template: str) -> str:
        """Return the portable keys of a template, "" for none."""
        return read_keys(self._settings.value.template_keys).get(template, "")

    def holder(self, keys: str) -> str:
        """Return the id of the template that has portable `keys`, "" for none."""
        own = read_keys(self._settings.value.template_keys)
        return next((id for id, its in own.items() if its == keys), "")  # noqa: A001

    def words(self, template: str) -> str:
        """Return them as this platform writes them."""
        return native(self.keys(template)) if self.keys(template) else ""

    def give(self, template: str, keys: str) -> None:
        """Let `keys` mean this template, and nothing else that they meant before; "" takes its keys away."""
        known = read_keys(self._settings.value.template_keys).items()
        own = {each: its for each, its in known if its != keys and each != template}
        if keys:
            own[template] = keys
        table = self._settings.value.keys
        if keys and (holder := holder_of(keys)) is not None:
            left = next((each for each in keys_of(find(holder.id)) if each != keys), "")
            table = with_keys(holder.id, left)
        self._settings.change(template_keys=written_keys(own), keys=table)

    def _bind(self) -> None:
        for action in self._bound.values():
            self._window.removeAction(action)
            action.deleteLater()
        self._bound = {}
        for template, keys in read_keys(self._settings.value.template_keys).items():
            if keys and holder_of(keys) is None:
                action = QAction(self._window)
                action.setShortcut(QKeySequence.fromString(keys))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                action.triggered.connect(lambda _=False, id=template: self.pressed.emit(id))  # noqa: A006
                self._window.addAction(action)
                self._bound[template] = action
