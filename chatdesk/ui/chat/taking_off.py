"""Takes documents off a message so that it can be undone, as long as that message stands in the box."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from chatdesk.domain.chat import Attachment
from chatdesk.domain.words import tr
from chatdesk.ui.chat.composer import Composer
from chatdesk.ui.chat.undoing import Undoing
from chatdesk.ui.widgets.banner import Banner


class TakingOff(QObject):
    """Tells what was taken off, with Undo; forgets it with the message."""

    def __init__(self, composer: Composer, undoing: Undoing, notice: Banner) -> None:
        super().__init__(composer)
        self._composer = composer
        self._undoing = undoing
        self._notice = notice
        self._steps: list[Callable[[], None]] = []
        self._told = ""
        composer.taken_off.connect(self._tell)
        composer.replaced.connect(self._forget)
        composer.submitted.connect(self._forget)

    def _tell(self, attachment: Attachment, place: int) -> None:
        step = partial(self._composer.put_back, attachment, place)
        self._steps.append(step)
        self._told = tr("“{name}” was taken off the message.").format(name=attachment.name)
        self._undoing.did(self._told, step)

    def _forget(self) -> None:
        for step in self._steps:
            self._undoing.forget(step)
        if self._steps and self._notice.text == self._told:
            self._notice.dismiss()
        self._steps = []
