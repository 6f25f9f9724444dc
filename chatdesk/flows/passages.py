"""Finds the passages of documents that fit a question, as many as the model's context has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Attachment, Message, Role, Source
from chatdesk.domain.documents import Document
from chatdesk.domain.fitting import answer_room
from chatdesk.domain.generation import Turn
from chatdesk.domain.passages import Passage, Passages
from chatdesk.domain.ports import Engine
from chatdesk.domain.unit_names import unit_name
from chatdesk.flows.context import TURN_TOKENS
from chatdesk.flows.documents import with_passages
from chatdesk.flows.options import AnswerOptions
from chatdesk.flows.told import Told

_FOUND = 60  # passages of a document that are looked at
_AROUND = 24  # tokens of the marks around a passage


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage of the document at `place` among those of the chat."""

    place: int
    document: Document
    source: Source
    rank: float

    @property
    def text(self) -> str:
        return self.document.text[self.source.start : self.source.end]


class PassageFlow:
    """Gives a question passages in place of whole documents."""

    def __init__(self, passages: Passages, engine: Engine) -> None:
        self._passages = passages
        self._engine = engine

    def told(
        self, told: Told, messages: Sequence[Message], options: AnswerOptions, cancel: CancelToken
    ) -> tuple[Told, tuple[Source, ...]]:
        """Return what the model is told with the passages before the newest question, and their places.

        An answer that is gone on with keeps the passages that it had. Raises EngineError, StorageError.
        """
        attached = _attached(options.documents, messages)
        place = next((i for i in reversed(range(len(told.turns))) if told.turns[i].role == "user"), None)
        question = next((each for each in reversed(messages) if each.role is Role.user), None)
        if not attached or place is None or question is None:
            return told, ()
        before = messages[-1].sources
        found = self._again(attached, before) if before else self._find(attached, question.text)
        if not before:
            found = self._fitting(found, told.turns, place, options, cancel)
        found = sorted(found, key=lambda each: (each.place, each.source.start))
        shown = [(each.source.label, replace(each.document, text=each.text)) for each in found]
        turn = told.turns[place]
        turns = [*told.turns]
        turns[place] = replace(turn, text=with_passages(turn.text, shown))
        return replace(told, turns=tuple(turns)), tuple(each.source for each in found)

    def _find(self, attached: Sequence[Attachment], question: str) -> list[_Found]:
        """Return passages with words of the question, the best first; where none has any, from everywhere."""
        # Here, because the window starts without this room.
        from chatdesk.tasks.document_passages import passages_of, question_words

        words = question_words(question)
        found: list[_Found] = []
        spread: list[_Found] = []
        for place, each in enumerate(attached):
            document = self._passages.whole(each.document, each.name)
            if document is None:
                continue
            known = self._passages.passages(each.document)
            if not known:
                known = passages_of(document, unit_name)
                self._passages.keep(each.document, known)
            hits = self._passages.find(each.document, words, _FOUND)
            found += [_found(place, each, document, passage, rank) for passage, rank in hits]
            spread += [_found(place, each, document, each_, 0.0) for each_ in _spread(known)]
        return sorted(found, key=lambda each: each.rank) or spread

    def _again(self, attached: Sequence[Attachment], sources: Sequence[Source]) -> list[_Found]:
        places = {each.document: place for place, each in enumerate(attached)}
        found = []
        for source in sources:
            document = self._passages.whole(source.document, source.name)
            if document is not None and source.document in places:
                found.append(_Found(places[source.document], document, source, 0.0))
        return found

    def _fitting(
        self,
        found: Sequence[_Found],
        turns: Sequence[Turn],
        place: int,
        options: AnswerOptions,
        cancel: CancelToken,
    ) -> list[_Found]:
        """Return the best that fit: beside the whole chat, or in half of what its frame leaves free."""
        texts = [*(turn.text for turn in turns), *(each.text for each in found)]
        counts = self._engine.count_tokens(options.load, texts, cancel)
        if len(counts) < len(texts):
            return []
        said = [count + TURN_TOKENS for count in counts[: len(turns)]]
        stays = sum(
            count
            for index, (turn, count) in enumerate(zip(turns, said, strict=True))
            if index == place or turn.pinned or turn.role == "system"
        )
        context = options.context_tokens
        free = context - answer_room(options.sampling.answer_tokens, context) - stays
        room = max(free - (sum(said) - stays), free // 2)
        chosen = []
        for each, count in zip(found, counts[len(turns) :], strict=True):
            if count + _AROUND <= room:
                chosen.append(each)
                room -= count + _AROUND
        return chosen


def _attached(documents: Sequence[Attachment], messages: Sequence[Message]) -> list[Attachment]:
    """Return the documents that are told by their passages, each once; `documents` are of the folder."""
    every = [*documents, *(each for message in messages for each in message.attachments)]
    return list({each.document: each for each in every if each.passages}.values())


def _found(place: int, attached: Attachment, document: Document, passage: Passage, rank: float) -> _Found:
    source = Source(attached.document, attached.name, passage.start, passage.end, passage.label)
    return _Found(place, document, source, rank)


def _spread(passages: Sequence[Passage]) -> list[Passage]:
    """Return the first, the last, then those in the middle of what lies between, and so on."""
    count = len(passages)
    order: dict[int, None] = dict.fromkeys((0, count - 1)) if count else {}
    step = count
    while step > 1 and len(order) < _FOUND:
        step = -(-step // 2)
        order |= dict.fromkeys(range(0, count, step))
    return [passages[place] for place in list(order)[:_FOUND]]
