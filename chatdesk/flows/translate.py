"""What happens when the user has a text translated."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.ports import Engine
from chatdesk.domain.settings import Settings
from chatdesk.domain.translations import (
    LanguageFound,
    NamesFixed,
    Segment,
    SegmentDone,
    SegmentState,
    Translation,
    TranslationEnded,
    TranslationEvent,
    TranslationId,
    TranslationPlan,
    TranslationState,
    TranslationWishes,
)
from chatdesk.flows.chat import readable
from chatdesk.flows.options import options_for
from chatdesk.flows.translating import Translating, TranslationOptions, TranslationRooms
from chatdesk.tasks.segments import Segments, cut, taken_over
from chatdesk.tasks.translators import translator_for

STORE_SECONDS = 1.0
_INSTRUCTIONS = 70  # tokens around each paragraph
_GROWTH = 1.3  # tokens of a translation by those of its source


def translation_options(settings: Settings, model: InstalledModel) -> TranslationOptions:
    """Return how texts are translated with this model."""
    load = options_for(Conversation(), settings, model).load
    names = (model.title, model.path.stem, model.header.name if model.header is not None else "")
    return TranslationOptions(load, model.title, translator_for(*names))


class TranslateFlow:
    """Translations of texts: begun, planned, made, stopped and gone on with."""

    def __init__(self, engine: Engine, rooms: TranslationRooms) -> None:
        self._engine = engine
        self._rooms = rooms
        self._runs: dict[TranslationId, Translating] = {}

    def edited(self, translation: TranslationId, segment: Segment) -> None:
        """Let a run that is under way keep what the user has made of a paragraph meanwhile."""
        if (run := self._runs.get(translation)) is not None:
            run.segments[segment.number] = segment

    def begin(
        self,
        text: str,
        wishes: TranslationWishes,
        options: TranslationOptions,
        earlier: Translation | None = None,
    ) -> Translation:
        """Store a translation of a text that is waiting; nothing is asked yet.

        Of an `earlier` one with the same wishes it takes over its place in the history and every paragraph
        that has not changed; when it is another model's, those that were confirmed. Raises StorageError.
        """
        cuts = cut(text)
        if earlier is None or not _alike(earlier.wishes, wishes):
            return self.begin_with(Segments(cuts.texts, cuts.gaps), wishes, options)
        segments = taken_over(earlier.segments, cuts.texts)
        if earlier.model != options.model_title:
            segments = tuple(map(_undone, segments))
        kept = replace(
            earlier, wishes=wishes, model=options.model_title, segments=segments, gaps=cuts.gaps,
            state=TranslationState.waiting, error="",
        )  # fmt: skip
        self._rooms.translations.save(kept)
        return kept

    def begin_with(
        self,
        cuts: Segments,
        wishes: TranslationWishes,
        options: TranslationOptions,
        name: str = "",
        path: str = "",
    ) -> Translation:
        """Store a waiting translation of paragraphs; `name` and `path` of a document. Raises StorageError."""
        segments = tuple(Segment(number, source) for number, source in enumerate(cuts.texts))
        translation = Translation(
            wishes, options.model_title, segments, cuts.gaps, language=wishes.source, name=name, path=path
        )
        self._rooms.translations.save(translation)
        return translation

    def plan(
        self, translation: Translation, options: TranslationOptions, cancel: CancelToken
    ) -> Iterator[TranslationPlan]:
        """Yield one plan, none when cancelled. Takes up to seconds. Raises EngineError, StorageError."""
        run = Translating(self._engine, self._rooms, translation, options)
        for _ in run.prepared(cancel):
            pass
        waiting = run.waiting()
        known = len(run.segments) - len(waiting) + run.stored(cancel)
        texts = [segment.source for segment in run.segments]
        counted = self._engine.count_tokens(options.load, texts, cancel)
        if cancel.cancelled:
            return
        left = sum(counted[number] for number in waiting)
        share = (len(run.segments) - known) / len(waiting) if waiting else 0.0
        yield TranslationPlan(
            len(run.segments), known, sum(counted), self._seconds(options, left, len(waiting), share)
        )

    def translate(
        self, translation: Translation, options: TranslationOptions, cancel: CancelToken
    ) -> Iterator[TranslationEvent]:
        """Translate the paragraphs that wait. What is done is stored at least once a second.

        It is `running` in the store meanwhile. When cancelled it ends `stopped`, with all that was done. An
        error of the model ends it `failed` and is not raised; the paragraphs keep what they have.
        """
        growing = _Growing(translation, options, self._rooms)
        run = self._runs[translation.id] = Translating(self._engine, self._rooms, translation, options)
        failure: Exception | None = None
        try:
            for event in run.events(cancel):
                growing.take(event)
                yield event
        except ChatDeskError as error:
            failure = error
        except Exception as error:
            failure = error
            raise
        finally:
            del self._runs[translation.id]
            ended = growing.finish(run, failure)
        yield TranslationEnded(ended)

    def _seconds(self, options: TranslationOptions, tokens: int, requests: int, share: float) -> float | None:
        models = self._rooms.models
        record = models.record(options.load.model.path) if models is not None else None
        if record is None or record.speed <= 0 or record.reading <= 0:
            return None
        read = tokens + requests * _INSTRUCTIONS
        return share * (read / record.reading + tokens * _GROWTH / record.speed)


class _Growing:
    """A translation in the making, stored at least once a second."""

    def __init__(
        self, translation: Translation, options: TranslationOptions, rooms: TranslationRooms
    ) -> None:
        self._translation = replace(
            translation, state=TranslationState.running, model=options.model_title, error=""
        )
        self._store = rooms.translations
        self._changed: list[Segment] = []
        self._stored = time.monotonic()
        self._store.save(self._translation)

    def take(self, event: TranslationEvent) -> None:
        """Note what has come."""
        if isinstance(event, LanguageFound):
            self._translation = replace(self._translation, language=event.language)
        if isinstance(event, NamesFixed):
            self._translation = replace(self._translation, names=event.names)
        if isinstance(event, SegmentDone):
            self._changed.append(event.segment)
        now = time.monotonic()
        if self._changed and now - self._stored >= STORE_SECONDS:
            self._stored = now
            self._store.save_segments(self._translation.id, self._changed)
            self._changed = []

    def finish(self, run: Translating, failure: Exception | None) -> Translation:
        """Store how it ended, and return it."""
        state = TranslationState.failed if failure is not None else _state(run.segments)
        ended = replace(
            self._translation, segments=tuple(run.segments), language=run.language, state=state,
            error=readable(failure), names=run.names,
        )  # fmt: skip
        self._store.save(ended)
        return ended


def _alike(one: TranslationWishes, other: TranslationWishes) -> bool:
    """Whether what was translated with one is right for the other; that a language was found, not chosen,
    makes no difference."""
    return replace(one, source="") == replace(other, source="")


def _undone(segment: Segment) -> Segment:
    """Return a paragraph that waits for another model; what the user confirmed stays."""
    return segment if segment.state is SegmentState.confirmed else Segment(segment.number, segment.source)


def _state(segments: Sequence[Segment]) -> TranslationState:
    states = {segment.state for segment in segments}
    if SegmentState.waiting in states:
        return TranslationState.stopped
    return TranslationState.failed if states == {SegmentState.failed} else TranslationState.done
