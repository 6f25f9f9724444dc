"""Translates the paragraphs of a text: copied, remembered, asked for, once more where that went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import (
    GenerationRequest,
    LoadProgress,
    ModelReady,
    PromptProgress,
    TextDelta,
)
from chatdesk.domain.glossaries import Glossary
from chatdesk.domain.markup import without_marks
from chatdesk.domain.models import ModelLoad
from chatdesk.domain.ports import Engine, LanguageDetection, ModelRecords
from chatdesk.domain.translation_errors import NothingAnswered, SourceLanguageUnclear
from chatdesk.domain.translation_ports import FinishedAnswers, Glossaries, TranslationMemory, Translations
from chatdesk.domain.translations import (
    Finding,
    FindingKind,
    LanguageFound,
    NamesFixed,
    Origin,
    Segment,
    SegmentAgain,
    SegmentDone,
    SegmentGrew,
    SegmentState,
    Translation,
    TranslationEvent,
)
from chatdesk.domain.translators import Translator
from chatdesk.flows.asking import Answered, Asking, Unanswered
from chatdesk.flows.chat import readable
from chatdesk.flows.naming import Naming
from chatdesk.flows.segment_requests import SegmentRequests
from chatdesk.tasks.checks import findings
from chatdesk.tasks.marks import repaired, same_marks, simplified
from chatdesk.tasks.segments import is_translatable
from chatdesk.tasks.talk import stripped_talk

_MISTRANSLATED = {FindingKind.talk, FindingKind.empty, FindingKind.language, FindingKind.untranslated}
_TELLS_LANGUAGE = 40  # letters: the language of a shorter text is a guess
_SURELY = 0.95  # probability from which on it is none
_AT_ONCE = 256  # paragraphs whose requests are worded together: a book need not wait for all of its own


@dataclass(frozen=True, slots=True)
class TranslationRooms:
    """Where translations and what helps with them are kept, and what tells languages."""

    answers: FinishedAnswers
    translations: Translations
    memory: TranslationMemory
    glossaries: Glossaries
    languages: LanguageDetection
    models: ModelRecords | None = None  # they know speeds and are told of answers


@dataclass(frozen=True, slots=True)
class TranslationOptions:
    """With which model a text is translated."""

    load: ModelLoad
    model_title: str
    translator: Translator | None  # its family; None for an ordinary chat model


class Translating:
    """One run over a translation; `segments`, `language` and `names` tell how far it is."""

    def __init__(
        self, engine: Engine, rooms: TranslationRooms, translation: Translation, options: TranslationOptions
    ) -> None:
        self.segments = list(translation.segments)
        self.language = translation.wishes.source or translation.language
        self._wishes = translation.wishes
        self._options = options
        self._rooms = rooms
        self._asking = Asking(engine, rooms.answers, rooms.models, options.load)
        self._first_tries: dict[int, Segment] = {}
        self.names = translation.names

    def events(self, cancel: CancelToken) -> Iterator[TranslationEvent]:
        """Yield what happens; whoever stops early keeps what is done. Raises EngineError, StorageError."""
        yield from self.prepared(cancel)
        translator = self._options.translator
        if translator is not None and translator.needs_source and not self.language and self.waiting():
            raise SourceLanguageUnclear(self._options.model_title)
        yield from self._named(cancel)
        try:
            yield from self._asked(self.waiting(), cancel, strictly=False)
            yield from self._asked(list(self._first_tries), cancel, strictly=True)
        finally:
            for number, segment in self._first_tries.items():
                if self.segments[number].state is not SegmentState.confirmed:
                    self.segments[number] = segment

    def prepared(self, cancel: CancelToken) -> Iterator[TranslationEvent]:
        """Find the language, and translate what needs no model: what has no words, and what is remembered."""
        if not self.language:
            sample = "\n".join(segment.source for segment in self.segments)
            self.language = self._rooms.languages.detect(without_marks(sample), cancel).language
            yield LanguageFound(self.language)
        known = self._rooms.memory.exact(
            [each.source for each in map(self.segments.__getitem__, self.waiting()) if not each.unwanted],
            self.language,
            self._wishes.target,
        )
        for number in self.waiting():
            source = self.segments[number].source
            if not is_translatable(source):
                yield self._done(number, source, Origin.model)
            elif source in known:
                yield self._done(number, known[source].target, Origin.memory)

    def request(self, number: int) -> GenerationRequest:
        """Return what the model is asked for a paragraph. Raises StorageError."""
        return self._requests().request(self.segments, number)

    def waiting(self) -> list[int]:
        """Return the numbers of the paragraphs that have no translation yet."""
        open_ = (SegmentState.waiting, SegmentState.failed)
        return [segment.number for segment in self.segments if segment.state in open_]

    def stored(self, cancel: CancelToken) -> int:
        """Return how many of the waiting paragraphs the model has translated before, fewer when cancelled.

        Raises StorageError.
        """
        sources = [segment.source for segment in self.segments]
        self.names = self._naming().known_before(sources, self.names, self._asking, cancel)
        requests = self._requests()
        waiting = (number for number in self.waiting() if not cancel.cancelled)
        return len(self._asking.stored([requests.request(self.segments, number) for number in waiting]))

    def judged(self, segment: Segment, cancel: CancelToken) -> tuple[Finding, ...]:
        """Return what is doubtful in the translation of a paragraph."""
        text = segment.translation
        found = self._rooms.languages.detect(without_marks(text), cancel)
        told = sum(map(str.isalpha, text)) >= _TELLS_LANGUAGE or found.probability >= _SURELY
        language = found.language if told else ""
        terms = self._requests().terms(segment.source)
        return findings(segment.source, text, self.language, self._wishes.target, terms, language)

    def _named(self, cancel: CancelToken) -> Iterator[TranslationEvent]:
        """Fix the names of the text; without a paragraph that waits none are needed."""
        if not self.waiting():
            return
        sources = [segment.source for segment in self.segments]
        for event in self._naming().fixed(sources, self.names, self._asking, cancel):
            if isinstance(event, NamesFixed):
                self.names = event.names
            yield event

    def _asked(
        self, numbers: Sequence[int], cancel: CancelToken, strictly: bool
    ) -> Iterator[TranslationEvent]:
        for first in range(0, len(numbers), _AT_ONCE):
            yield from self._asked_at_once(numbers[first : first + _AT_ONCE], cancel, strictly)

    def _asked_at_once(
        self, numbers: Sequence[int], cancel: CancelToken, strictly: bool
    ) -> Iterator[TranslationEvent]:
        if cancel.cancelled:
            return
        requests = self._requests()
        asked = [requests.request(self.segments, number, strictly) for number in numbers]
        for event in self._asking.answers(asked, lambda _: True, cancel):
            number = numbers[event.index] if event.index >= 0 else -1
            if isinstance(event, Answered):
                yield self._answered(number, event.text, strictly, cancel)
            elif isinstance(event, Unanswered):
                failed = replace(
                    self.segments[number], state=SegmentState.failed, error=readable(event.error)
                )
                yield self._settled(failed)
            elif isinstance(event.event, TextDelta):
                yield SegmentGrew(number, event.event.text)
            elif isinstance(event.event, LoadProgress | ModelReady | PromptProgress):
                yield event.event

    def _answered(
        self, number: int, answer: str, strictly: bool, cancel: CancelToken
    ) -> SegmentDone | SegmentAgain:
        """Take an answer, or have the model asked once more; of two tries the better one counts."""
        if self.segments[number].state is SegmentState.confirmed:  # by the user, meanwhile
            return self._settled(self.segments[number])
        source = self.segments[number].source
        text = _marked(source, stripped_talk(source, answer))
        segment = replace(
            self.segments[number],
            translation=text,
            state=SegmentState.done,
            origin=Origin.model,
            error="",
            unwanted="",
        )
        segment = replace(segment, findings=self.judged(segment, cancel))
        first = self._first_tries.pop(number, None)
        if first is not None and len(_mistakes(first)) <= len(_mistakes(segment)) and first.translation:
            segment = first
        if not strictly and (mistakes := _mistakes(segment)):
            self._first_tries[number] = segment
            return SegmentAgain(number, mistakes[0])
        if not segment.translation:
            segment = replace(segment, state=SegmentState.failed, error=readable(NothingAnswered()))
        return self._settled(segment)

    def _done(self, number: int, text: str, origin: Origin) -> SegmentDone:
        segment = replace(
            self.segments[number],
            translation=text,
            state=SegmentState.done,
            origin=origin,
            findings=(),
            error="",
        )
        return self._settled(segment)

    def _settled(self, segment: Segment) -> SegmentDone:
        self._first_tries.pop(segment.number, None)
        self.segments[segment.number] = segment
        return SegmentDone(segment)

    def _requests(self) -> SegmentRequests:
        return SegmentRequests(
            self._wishes,
            self.language,
            self._options.translator,
            self._glossary,
            self._rooms.memory,
            self.names,
        )

    def _naming(self) -> Naming:
        return Naming(
            self._wishes, self.language, self._options.translator, self._glossary, self._rooms.memory
        )

    @cached_property
    def _glossary(self) -> Glossary | None:
        """Read once: every paragraph is looked at for its terms."""
        wished = self._wishes.glossary
        return self._rooms.glossaries.glossary(wished) if wished is not None else None


def _mistakes(segment: Segment) -> list[FindingKind]:
    return [finding.kind for finding in segment.findings if finding.kind in _MISTRANSLATED]


def _marked(source: str, answer: str) -> str:
    """Return an answer with the marks of its source; where that cannot be, without, and nothing is lost."""
    if same_marks(source, answer):
        return answer
    mended = repaired(source, answer)
    return mended if mended is not None else simplified(source, answer)
