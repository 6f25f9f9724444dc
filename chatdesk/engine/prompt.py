"""Choose the turns that fit into a model's context, so that the prompt's beginning rarely changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from chatdesk.domain.errors import MessageTooLong, PinnedTooLong
from chatdesk.domain.fitting import LEAST_ANSWER_TOKENS, answer_room, shorter_views
from chatdesk.domain.generation import GenerationRequest, Turn

_LIKELY_CHARACTERS_PER_TOKEN = 6  # more characters than that for each free token: not worth an exact count
_MOST_CHARACTERS_PER_TOKEN = 128  # the longest tokens, runs of blanks, have about as many

_BEGINNING = 40  # characters by which a user knows a message again
_LEFT_OUT = Turn("user", "[An earlier message, which is left out here.]")

Tokenise = Callable[[str], list[int]]
Render = Callable[[tuple[Turn, ...]], str]


@dataclass(frozen=True, slots=True)
class FittedPrompt:
    """`first_turn` is the index of the first turn that is not left out; 0 when nothing is."""

    tokens: list[int]
    text: str
    first_turn: int


def fit(request: GenerationRequest, tokenise: Tokenise, render: Render, context_tokens: int) -> FittedPrompt:
    """Return the prompt for a context of `context_tokens`; raises MessageTooLong, PinnedTooLong.

    A quarter of the context is kept free for the answer, or less when the request's longest answer is
    shorter. The first of these views that fits is taken: the whole conversation; the one that began at
    `request.first_turn`; the longest one that leaves a quarter of the budget free and begins with a user
    turn. System turns and pinned ones are always in it, in their places. The newest user turn and what
    follows it may also take the answer's room, up to 64 tokens; when they do not fit even so, the message is
    refused with what it needs and what there is, or the pinned turns are, when it would fit without them.
    NUL characters and lone surrogates, which tokenisers refuse or end at, become U+FFFD.
    """
    views = _Views(tuple(map(_clean, request.turns)), tokenise, render)
    budget = context_tokens - answer_room(request.sampling.answer_tokens, context_tokens)
    if views.may_fit(budget):
        whole = views.prompt(0)
        if len(whole.tokens) <= budget:
            return whole
    for start, limit in views.candidates(request.first_turn, budget):
        prompt = views.prompt(start)
        if len(prompt.tokens) <= limit:
            return prompt
    newest = views.prompt(views.newest)
    available = context_tokens - min(LEAST_ANSWER_TOKENS, context_tokens // 4)
    if len(newest.tokens) > available:
        raise views.refusal(len(newest.tokens), available)
    return newest


class _Views:
    """The conversation from different turns on; each turn is counted at most once, and old ones often
    never.
    """

    def __init__(self, turns: tuple[Turn, ...], tokenise: Tokenise, render: Render) -> None:
        self._turns = turns
        self._tokenise = tokenise
        self._render = render
        self.starts = [index for index, turn in enumerate(turns) if turn.role == "user"]

    def prompt(self, start: int) -> FittedPrompt:
        """Return the exact prompt of the view from turn `start` on."""
        shown = tuple(
            turn
            for index, turn in enumerate(self._turns)
            if index >= start or turn.role == "system" or turn.pinned
        )
        text = self._render(tuple(_answering(shown)))
        left_out = len(shown) < len(self._turns)
        return FittedPrompt(self._tokenise(text), text, start if left_out else 0)

    def may_fit(self, budget: int) -> bool:
        """Whether an exact count of the whole is worth its time."""
        return sum(len(turn.text) for turn in self._turns) <= budget * _LIKELY_CHARACTERS_PER_TOKEN

    def candidates(self, first_turn: int, budget: int) -> Iterator[tuple[int, int]]:
        """Yield (start, limit in tokens) of shorter views that fit by estimate, the preferred ones first."""
        return shorter_views(self.starts, self._sizes(budget), first_turn, budget)

    @property
    def newest(self) -> int:
        """The turn from which on the shortest view begins."""
        return self.starts[-1] if self.starts else 0

    def refusal(self, needed: int, available: int) -> MessageTooLong | PinnedTooLong:
        """Return why not even the shortest view fits, which needs `needed` tokens."""
        pinned = [turn for turn in self._turns[: self.newest] if turn.pinned and turn.role != "system"]
        if sum(len(self._tokenise(turn.text)) for turn in pinned) < needed - available:
            return MessageTooLong(needed, available)
        return PinnedTooLong(tuple(map(_beginning, pinned)), needed, available)

    def _sizes(self, budget: int) -> dict[int, int]:
        """Return the estimated tokens of the views that are not clearly too long, by their start."""
        stays = [turn.pinned or turn.role == "system" for turn in self._turns]
        total = sum(
            self._count(turn.text, budget) for turn, kept in zip(self._turns, stays, strict=True) if kept
        )
        sizes: dict[int, int] = {}
        for index in range(len(self._turns) - 1, -1, -1):
            if not stays[index]:
                total += self._count(self._turns[index].text, budget)
            if total > budget:
                break
            sizes[index] = total
        return sizes

    def _count(self, text: str, budget: int) -> int:
        if len(text) > budget * _MOST_CHARACTERS_PER_TOKEN:
            return budget + 1
        return len(self._tokenise(text))


def _answering(turns: tuple[Turn, ...]) -> Iterator[Turn]:
    """Put a question that says it was left out before each pinned answer that has lost its own.

    Most chat templates refuse an answer at the beginning, or after another one.
    """
    asked = False
    for turn in turns:
        if turn.pinned and turn.role == "assistant" and not asked:
            yield _LEFT_OUT
        asked = turn.role == "user"
        yield turn


def _beginning(turn: Turn) -> str:
    # Documents stand before what is asked, and say less of which message it is.
    words = " ".join(turn.text.rpartition("</document>\n\n")[2][:400].split())
    return words if len(words) <= _BEGINNING else words[:_BEGINNING].rstrip() + "…"


def _clean(turn: Turn) -> Turn:
    text = turn.text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:  # UTF-16 joins two halves that belong together
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return turn if text is turn.text else replace(turn, text=text)
