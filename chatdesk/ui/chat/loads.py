"""What follows from loading models: one that seems too large can be tried anyway, the others teach."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ModelTooLarge
from chatdesk.domain.generation import ModelReady
from chatdesk.flows.chat import AnswerDone
from chatdesk.flows.models import learnt
from chatdesk.ui.chat.answers import Answers
from chatdesk.ui.current_settings import CurrentSettings

_WORTH_KEEPING = 0.005


class Loads(QObject):
    """Listens to all answers. `refused` comes for an answer that failed because of an estimate alone."""

    refused = Signal(object)  # AnswerDone

    def __init__(self, answers: Answers, settings: CurrentSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._last: ModelReady | None = None
        answers.model_ready.connect(self._ready)
        answers.done.connect(self._done)

    def _ready(self, _: str, ready: ModelReady) -> None:
        if ready == self._last:  # sent with each answer, while the model was loaded once
            return
        self._last = ready
        known = self._settings.value.memory_factor
        factor = learnt(known, ready.memory_factor)
        if abs(factor - known) > _WORTH_KEEPING:
            self._settings.change(memory_factor=factor)

    def _done(self, event: AnswerDone) -> None:
        if isinstance(event.failure, ModelTooLarge) and event.failure.needed:
            self.refused.emit(event)
