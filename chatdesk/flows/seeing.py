"""Has a model that sees pictures write down the text of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from chatdesk import paths
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import (
    Finished,
    GenerationBatch,
    GenerationRequest,
    StopReason,
    TextDelta,
)
from chatdesk.domain.models import ModelLoad
from chatdesk.domain.pictures import Picture
from chatdesk.domain.ports import Engine, ModelRecords
from chatdesk.domain.recognition import RecognisedPage
from chatdesk.flows.engine_use import close, note_use
from chatdesk.flows.page_pictures import PagePictures
from chatdesk.tasks.reading import read_task
from chatdesk.tasks.wording import request_for

_FENCE = "```"


class SeeingModel:
    """The TextRecognition of the ports."""

    def __init__(
        self, engine: Engine, records: ModelRecords | None, load: ModelLoad, pictures: PagePictures
    ) -> None:
        """`load` has a projector."""
        self._engine = engine
        self._records = records
        self._load = load
        self._pictures = pictures

    def pages(
        self, path: Path, numbers: Sequence[int], password: str, cancel: CancelToken
    ) -> Iterator[RecognisedPage]:
        """Yield the pages in this order, fewer when cancelled; none is half done. Raises DocumentError,
        EngineError."""
        for number in numbers:
            for picture in self._pictures.picture(path, number, password, cancel):
                text = self._written(picture, cancel)
                if text is None:
                    return
                yield RecognisedPage(number, text)
            if cancel.cancelled:
                return

    def _written(self, picture: Picture, cancel: CancelToken) -> str | None:
        """Return what the model writes, None when cancelled."""
        texts: list[str] = []
        batch = GenerationBatch(self._load, (request_about(picture),))
        events = self._engine.generate(batch, cancel)
        try:
            for _, event in events:
                if isinstance(event, TextDelta):
                    texts.append(event.text)
                elif isinstance(event, Finished):
                    note_use(self._records, self._load.model.path, event.facts)
                    if event.facts.reason is StopReason.cancelled:
                        return None
        finally:
            close(events)
        return None if cancel.cancelled else without_fence("".join(texts).replace("\0", ""))


def request_about(picture: Picture) -> GenerationRequest:
    """Return what the model is asked about the picture of a page."""
    request = request_for(read_task(paths.task_file("recognise")), {}, {})
    *before, question = request.turns
    return replace(request, turns=(*before, replace(question, pictures=(picture,))))


def without_fence(text: str) -> str:
    """Return a text without the marks of a block of code around it, which models like to write."""
    lines = text.strip().split("\n")
    if lines[0].startswith(_FENCE) and len(lines) > 1:
        del lines[0]
        if lines[-1].strip() == _FENCE:
            del lines[-1]
    return "\n".join(line.rstrip() for line in lines).strip()
