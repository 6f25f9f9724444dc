"""Which ways there are on this computer to recognise text in pictures, and how to get one."""

from __future__ import annotations

import sys
from collections.abc import Callable

from chatdesk.domain.chat import Conversation
from chatdesk.domain.models import InstalledModel, ModelLoad
from chatdesk.domain.recognition import TextRecognition
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.options import options_for
from chatdesk.flows.recognition import RecognitionWay


class RecognitionWays:
    """The extra where it is installed, and the model that sees pictures where there is one."""

    def __init__(
        self,
        extra: Callable[[], TextRecognition | None],
        seeing: Callable[[ModelLoad], TextRecognition],
        models: ModelFlow,
    ) -> None:
        """`extra` returns None where it is missing; `seeing` makes a recogniser of a model."""
        self._extra = extra
        self._seeing = seeing
        self._models = models

    def ways(self, settings: Settings) -> list[RecognitionWay]:
        """Return those that there are now, the quickest first."""
        found = []
        extra = self._extra()
        if extra is not None:
            found.append(RecognitionWay(tr("Text recognition (OCR)"), extra))
        model = self._model(settings)
        if model is not None:
            load = options_for(Conversation(), settings, model).load
            found.append(RecognitionWay(model.title, self._seeing(load)))
        return found

    def _model(self, settings: Settings) -> InstalledModel | None:
        """Return the model in use if it sees, else another one that does."""
        models = [self._models.choose(settings, ""), *self._models.installed(settings)]
        return next(
            (each for each in models if each.projector is not None and not (each.problem or each.away)), None
        )


def extra_command() -> str:
    """Return what to type into a terminal to install the extra."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f'{python} -m pip install "chatdesk[ocr]"'
