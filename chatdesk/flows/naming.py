"""Fixes once how the names of a text are written, before its paragraphs are translated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import LoadProgress, ModelReady
from chatdesk.domain.glossaries import Glossary, Term, TermFound
from chatdesk.domain.markup import without_marks
from chatdesk.domain.translation_ports import TranslationMemory
from chatdesk.domain.translations import NamesFixed, Segment, SegmentState, Translation, TranslationWishes
from chatdesk.domain.translators import Translator
from chatdesk.flows.asking import Answered, Asking, Told
from chatdesk.tasks.names import places_of, repeated_names, written_names
from chatdesk.tasks.terms import term_kept, terms_in
from chatdesk.tasks.translators import names_request, takes_terms


@dataclass(frozen=True, slots=True)
class Naming:
    """What decides about names: the glossary and the memory first, then the model."""

    wishes: TranslationWishes
    language: str  # code of the source's, "" where it is not known
    translator: Translator | None
    glossary: Glossary | None
    memory: TranslationMemory

    def fixed(
        self, sources: Sequence[str], known: Sequence[Term], asking: Asking, cancel: CancelToken
    ) -> Iterator[LoadProgress | ModelReady | NamesFixed]:
        """Yield all names of a text once, where there are others than the `known` ones.

        The model is asked at most once for all. Raises EngineError, StorageError.
        """
        sources = [without_marks(source) for source in sources]
        names = self._fresh(sources, known, cancel)
        if not names or cancel.cancelled:
            return
        terms, left = self._remembered(names)
        if left:
            request = names_request(
                left, places_of(left, sources), self.wishes, self.language, self.translator
            )
            for event in asking.answers([request], lambda text: bool(written_names(left, text)), cancel):
                if isinstance(event, Answered):
                    terms += written_names(left, event.text)
                elif isinstance(event, Told) and isinstance(event.event, LoadProgress | ModelReady):
                    yield event.event
        if terms:
            yield NamesFixed((*known, *terms))

    def known_before(
        self, sources: Sequence[str], known: Sequence[Term], asking: Asking, cancel: CancelToken
    ) -> tuple[Term, ...]:
        """Return the names of a text as far as the model need not be asked. Raises StorageError."""
        sources = [without_marks(source) for source in sources]
        names = self._fresh(sources, known, cancel)
        if not names:
            return tuple(known)
        terms, left = self._remembered(names)
        if left:
            request = names_request(
                left, places_of(left, sources), self.wishes, self.language, self.translator
            )
            terms += written_names(left, asking.stored([request]).get(0, ""))
        return (*known, *terms)

    def _fresh(self, sources: Sequence[str], known: Sequence[Term], cancel: CancelToken) -> list[str]:
        """Return the names that nothing is known of yet, none for a model that can be told no terms."""
        if not takes_terms(self.translator):
            return []
        there = {term.source for term in known}
        terms = self.glossary.terms if self.glossary is not None else ()
        names = repeated_names(sources, self.language, cancel)
        return [name for name in names if name not in there and not terms_in(name, self.language, terms)]

    def _remembered(self, names: Sequence[str]) -> tuple[list[Term], list[str]]:
        """Return the names that were confirmed as texts of their own, and the others."""
        found = self.memory.exact(names, self.language, self.wishes.target)
        terms = [Term(name, found[name].target) for name in names if name in found]
        return terms, [name for name in names if name not in found]


def with_name(translation: Translation, term: Term) -> Translation:
    """Return a translation in which a name is written otherwise; paragraphs that lack it wait again.

    They keep what they have until then. What the user has confirmed stays.
    """
    names = tuple(term if each.source == term.source else each for each in translation.names)
    target = translation.wishes.target

    def waiting(segment: Segment) -> Segment:
        if segment.state is not SegmentState.done or not has_name(segment, term, translation.language):
            return segment
        kept = term_kept(without_marks(segment.translation), target, term)
        return segment if kept else replace(segment, state=SegmentState.waiting, findings=())

    return replace(translation, names=names, segments=tuple(map(waiting, translation.segments)))


def names_used(translation: Translation) -> dict[str, int]:
    """Return in how many paragraphs each name stands; a name that stands in none is left out."""
    used = (
        {found.term.source for found in _found(segment, translation.names, translation.language)}
        for segment in translation.segments
    )
    return dict(Counter(name for names in used for name in names))


def has_name(segment: Segment, term: Term, language: str) -> bool:
    """Whether a name stands in the source of a paragraph."""
    return bool(_found(segment, (term,), language))


def _found(segment: Segment, names: Sequence[Term], language: str) -> list[TermFound]:
    return terms_in(without_marks(segment.source), language, names)
