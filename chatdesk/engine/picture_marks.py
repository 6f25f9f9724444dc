"""Pictures in a prompt: marks stand for them while the chat template is rendered."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace

from chatdesk.domain.generation import Turn
from chatdesk.engine.sight import Sight
from chatdesk.engine.vocabulary import Vocabulary

_SECRET = uuid.uuid4().hex  # nobody can write a mark into a message
_MARK = re.compile(rf"\[picture-{_SECRET}-(\d+)\]")


class MarkedPictures:
    """Puts marks for pictures into turns, and finds them again in the rendered prompt."""

    def __init__(self, vocabulary: Vocabulary, sight: Sight) -> None:
        self._vocabulary = vocabulary
        self._sight = sight
        self._pictures: list[bytes] = []

    def marked(self, turns: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the turns with a mark for each of their pictures before their text."""
        return tuple(self._mark(turn) for turn in turns)

    def tokens(self, text: str) -> list[int]:
        """Return the tokens of a rendered prompt. Raises SightFailed."""
        tokens: list[int] = []
        for place, piece in enumerate(_MARK.split(text)):
            if place % 2:
                tokens += self._sight.numbers(self._pictures[int(piece)])
            else:
                tokens += self._vocabulary.prompt_tokens(piece, begins=place == 0)
        return tokens

    def _mark(self, turn: Turn) -> Turn:
        first = len(self._pictures)
        self._pictures += [each.data for each in turn.pictures]
        marks = [f"[picture-{_SECRET}-{place}]\n" for place in range(first, len(self._pictures))]
        return replace(turn, text="".join((*marks, turn.text)), pictures=())
