"""What the user does with single paragraphs of a translation: write, confirm, ask again, compare."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import Finished, GenerationBatch, GenerationRequest, TextDelta, Turn
from chatdesk.domain.glossaries import Match, Pair
from chatdesk.domain.ports import Engine
from chatdesk.domain.translations import (
    DoubtfulWord,
    Origin,
    Segment,
    SegmentState,
    Translation,
    TranslationWishes,
)
from chatdesk.flows.engine_use import close, note_use
from chatdesk.flows.translating import Translating, TranslationOptions, TranslationRooms
from chatdesk.tasks.doubt import doubtful_words
from chatdesk.tasks.pieces import sentences_of
from chatdesk.tasks.talk import stripped_talk
from chatdesk.tasks.translators import Asked, alternatives_request, translation_request

_OTHERWISE = 0.8  # temperature at which a model says the same in other words
_SEEDS = (2, 3, 4)  # of the tries; the translation itself has another


class TranslationEdits:
    """Each change is stored before it is returned. Methods raise StorageError."""

    def __init__(self, engine: Engine, rooms: TranslationRooms) -> None:
        self._engine = engine
        self._rooms = rooms

    def write(
        self,
        translation: Translation,
        number: int,
        text: str,
        options: TranslationOptions,
        cancel: CancelToken,
    ) -> Segment:
        """Take what the user has written as a paragraph's translation: it counts as confirmed, and is
        remembered for the next text with this paragraph."""
        edited = replace(
            translation.segments[number], translation=text, state=SegmentState.confirmed, origin=Origin.user,
            error="",
        )  # fmt: skip
        run = Translating(self._engine, self._rooms, translation, options)
        edited = replace(edited, findings=run.judged(edited, cancel) if text.strip() else ())
        return self._keep(translation, edited)

    def confirm(self, translation: Translation, number: int) -> Segment:
        """Remember a paragraph's translation as it stands; it is never translated again."""
        return self._keep(translation, replace(translation.segments[number], state=SegmentState.confirmed))

    def reopen(self, translation: Translation, number: int) -> Segment:
        """Let a paragraph wait again, to be translated anew and otherwise; what was remembered of it is
        forgotten."""
        segment = translation.segments[number]
        if segment.state is SegmentState.confirmed:
            self._rooms.memory.forget([_pair(translation, segment)])
        opened = Segment(segment.number, segment.source, unwanted=segment.translation)
        self._rooms.translations.save_segments(translation.id, [opened])
        return opened

    def similar(self, translation: Translation, number: int) -> list[Match]:
        """Return what was confirmed for texts like this paragraph, the likest first."""
        source = translation.segments[number].source
        return self._rooms.memory.matches(source, translation.language, translation.wishes.target)

    def alternatives(
        self,
        translation: Translation,
        number: int,
        part: str,
        options: TranslationOptions,
        cancel: CancelToken,
    ) -> Iterator[tuple[str, ...]]:
        """Yield other translations of a part of a paragraph once, none when cancelled. Raises EngineError.

        A model that is made for translation alone, and cannot be asked for them, translates a whole sentence
        or paragraph three times more; for other parts it has none.
        """
        segment = translation.segments[number]
        translator = options.translator
        if translator is not None and (translator.plain or translator.task is not None):
            yield from self._versions(translation, segment, part.strip(), options, cancel)
            return
        request = alternatives_request(segment.source, part, translation.language, translation.wishes.target)
        answer = self._answer(request, options, cancel)
        if answer is not None:
            yield _offers(answer, part)

    def back(
        self, translation: Translation, number: int, options: TranslationOptions, cancel: CancelToken
    ) -> Iterator[str]:
        """Yield a paragraph as it is when translated back, nothing when cancelled. Raises EngineError."""
        segment = translation.segments[number]
        wishes = TranslationWishes(translation.language, translation.wishes.target)
        asked = Asked(segment.translation, wishes, translation.wishes.target)
        answer = self._answer(translation_request(asked, options.translator), options, cancel)
        if answer is not None:
            yield stripped_talk(segment.translation, answer)

    def doubts(
        self, translation: Translation, number: int, options: TranslationOptions, cancel: CancelToken
    ) -> Iterator[tuple[DoubtfulWord, ...]]:
        """Yield the words of a paragraph that the model was not sure of, once; nothing when cancelled.

        Raises EngineError.
        """
        segment = translation.segments[number]
        run = Translating(self._engine, self._rooms, translation, options)
        asked = run.request(number)
        answered = replace(asked, turns=(*asked.turns, Turn("assistant", segment.translation)))
        tokens = self._engine.rate_answer(options.load, answered, cancel)
        if not cancel.cancelled:
            yield doubtful_words(tokens)

    def _versions(
        self,
        translation: Translation,
        segment: Segment,
        part: str,
        options: TranslationOptions,
        cancel: CancelToken,
    ) -> Iterator[tuple[str, ...]]:
        source = _source_of(segment, part)
        if not source:
            yield ()
            return
        wishes = replace(translation.wishes, source=translation.language)
        request = translation_request(Asked(source, wishes, translation.language), options.translator)
        warmer = max(request.sampling.temperature, _OTHERWISE)
        requests = [
            replace(request, sampling=replace(request.sampling, temperature=warmer, seed=seed))
            for seed in _SEEDS
        ]
        answers = self._answers(requests, options, cancel)
        if answers is not None:
            texts = [stripped_talk(source, answer) for answer in answers]
            yield tuple(dict.fromkeys(text for text in texts if text and text != part))

    def _answer(
        self, request: GenerationRequest, options: TranslationOptions, cancel: CancelToken
    ) -> str | None:
        answers = self._answers([request], options, cancel)
        return answers[0] if answers is not None else None

    def _answers(
        self, requests: Sequence[GenerationRequest], options: TranslationOptions, cancel: CancelToken
    ) -> list[str] | None:
        """Return what the model answers to each request, None when cancelled."""
        said: list[list[str]] = [[] for _ in requests]
        events = self._engine.generate(GenerationBatch(options.load, tuple(requests)), cancel)
        try:
            for index, event in events:
                if isinstance(event, TextDelta):
                    said[index].append(event.text)
                if isinstance(event, Finished):
                    note_use(self._rooms.models, options.load.model.path, event.facts)
        finally:
            close(events)
        return None if cancel.cancelled else ["".join(each).strip() for each in said]

    def _keep(self, translation: Translation, segment: Segment) -> Segment:
        self._rooms.translations.save_segments(translation.id, [segment])
        if segment.translation.strip() and translation.language:
            self._rooms.memory.remember([_pair(translation, segment)])
        return segment


def _pair(translation: Translation, segment: Segment) -> Pair:
    return Pair(segment.source, segment.translation, translation.language, translation.wishes.target)


def _source_of(segment: Segment, part: str) -> str:
    """Return what a part of a translation is the translation of, "" where that cannot be told."""
    if part == segment.translation.strip():
        return segment.source
    ours, theirs = list(sentences_of(segment.source)), list(sentences_of(segment.translation))
    if len(ours) != len(theirs):
        return ""
    pairs = zip(ours, theirs, strict=True)
    found = (our for our, (start, end) in pairs if segment.translation[start:end] == part)
    start, end = next(found, (0, 0))
    return segment.source[start:end]


def _offers(answer: str, part: str) -> tuple[str, ...]:
    """Return what was offered, each once and none the same as the part; () where the answer is no use."""
    try:
        told = json.loads(answer)["alternatives"]
    except (ValueError, TypeError, KeyError):
        return ()
    texts = [text.strip() for text in told if isinstance(text, str)] if isinstance(told, list) else []
    return tuple(dict.fromkeys(text for text in texts if text and text != part.strip()))
