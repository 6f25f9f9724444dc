"""Keys of their own for templates, kept in the settings as "id=keys"."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.shortcuts import find, follow_keys, holder_of, is_combination, keys_of, native, with_keys


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
        return _read(self._settings.value.template_keys).get(template, "")

    def words(self, template: str) -> str:
        """Return them as this platform writes them."""
        return native(self.keys(template)) if self.keys(template) else ""

    def give(self, template: str, keys: str) -> None:
        """Let `keys` mean this template, and nothing else that they meant before; "" takes its keys away."""
        own = {id: kept for id, kept in _read(self._settings.value.template_keys).items() if kept != keys}  # noqa: A001
        own.pop(template, None)
        if keys:
            own[template] = keys
        table = self._settings.value.keys
        if keys and (holder := holder_of(keys)) is not None:
            left = next((each for each in keys_of(find(holder.id)) if each != keys), "")
            table = with_keys(holder.id, left)
        stored = tuple(f"{id}={kept}" for id, kept in own.items())  # noqa: A001
        self._settings.change(template_keys=stored, keys=table)

    def _bind(self) -> None:
        for action in self._bound.values():
            self._window.removeAction(action)
            action.deleteLater()
        self._bound = {}
        for template, keys in _read(self._settings.value.template_keys).items():
            if holder_of(keys) is None:
                action = QAction(self._window)
                action.setShortcut(QKeySequence.fromString(keys))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                action.triggered.connect(lambda _=False, id=template: self.pressed.emit(id))  # noqa: A006
                self._window.addAction(action)
                self._bound[template] = action


def _read(stored: Iterable[str]) -> dict[str, str]:
    """Return what is understood, by id; ids may hold "=" themselves."""
    found = {}
    for text in stored:
        id, _, keys = text.partition("=")  # noqa: A001
        if id and is_combination(keys):
            found[id] = keys
    return found
