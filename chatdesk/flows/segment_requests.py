"""Words the requests for the paragraphs of a translation, with glossary, memory and what stands before."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

from chatdesk.domain.generation import GenerationRequest
from chatdesk.domain.glossaries import Glossary, Pair, Term, TermFound
from chatdesk.domain.markup import marks, without_marks
from chatdesk.domain.translation_ports import TranslationMemory
from chatdesk.domain.translations import Segment, TranslationWishes
from chatdesk.domain.translators import Translator
from chatdesk.tasks.terms import terms_in
from chatdesk.tasks.translators import Asked, translation_request

_OTHERWISE = 0.6  # temperature at which a model says something else than before
_BEFORE = 300  # characters of what stands before a paragraph
_EXAMPLES = 2  # remembered pairs that a model is shown
_LONGEST, _LONGER = (
    2048,
    4,
)  # tokens of a translation with thinking: so many, and for each character of the source


class SegmentRequests:
    """All paragraphs share wishes, glossary, names and memory."""

    def __init__(
        self,
        wishes: TranslationWishes,
        language: str,
        translator: Translator | None,
        glossary: Glossary | None,
        memory: TranslationMemory,
        names: Sequence[Term] = (),
    ) -> None:
        """`language` is the source's, "" where it is not known; `names` are those that are fixed."""
        self._wishes = wishes
        self._language = language
        self._translator = translator
        self._glossary = glossary
        self._memory = memory
        self._names = tuple(names)

    def request(self, segments: Sequence[Segment], number: int, strictly: bool = False) -> GenerationRequest:
        """Return what is asked for a paragraph; `strictly`: for the second time. Raises StorageError."""
        text = segments[number].source
        terms = tuple(dict.fromkeys(found.term for found in self.terms(text)))
        first = next((text[mark.start : mark.end] for mark in marks(text)), "")
        plain = self._translator is not None and self._translator.plain
        asked = Asked(
            without_marks(text) if plain else text,
            self._wishes,
            self._language,
            terms,
            self._examples(text),
            "" if strictly else self._before(segments, number),
            first,
            strictly,
        )
        request = _limited(translation_request(asked, self._translator), len(text))
        unwanted = segments[number].unwanted
        if not unwanted:
            return request
        # Told by what is unwanted, so that it is another request each time, and the same when gone on with.
        warmer = max(request.sampling.temperature, _OTHERWISE)
        sampling = replace(request.sampling, temperature=warmer, seed=zlib.crc32(unwanted.encode()))
        return replace(request, sampling=sampling)

    def terms(self, text: str) -> list[TermFound]:
        """Return the terms of the glossary that occur in a text, and the names that are none of those."""
        wanted = self._glossary.terms if self._glossary is not None else ()
        found = terms_in(text, self._language, wanted) if wanted else []
        named = terms_in(text, self._language, self._names) if self._names else []
        return [*found, *(name for name in named if not any(_overlap(name, each) for each in found))]

    def _examples(self, text: str) -> list[Pair]:
        if self._translator is not None and (self._translator.plain or self._translator.task is not None):
            return []
        found = self._memory.matches(text, self._language, self._wishes.target, _EXAMPLES)
        return [match.pair for match in found]

    def _before(self, segments: Sequence[Segment], number: int) -> str:
        if self._translator is not None and not self._translator.uses_context:
            return ""
        told: list[str] = []
        for place in range(number - 1, -1, -1):
            told.insert(0, without_marks(segments[place].source))
            if sum(map(len, told)) >= _BEFORE:
                break
        return (
            "\n".join(told)[-_BEFORE:].partition(" ")[2] if sum(map(len, told)) > _BEFORE else "\n".join(told)
        )


def _limited(request: GenerationRequest, characters: int) -> GenerationRequest:
    """Return a request whose answer ends even where the model repeats itself."""
    limit = request.sampling.answer_tokens or _LONGEST + _LONGER * characters
    return replace(request, sampling=replace(request.sampling, answer_tokens=limit))


def _overlap(one: TermFound, other: TermFound) -> bool:
    return one.start < other.end and other.start < one.end
