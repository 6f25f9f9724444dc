"""Choose the turns that fit into a model's context, so that the prompt's beginning rarely changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from chatdesk.domain.errors import MessageTooLong
from chatdesk.domain.generation import GenerationRequest, Turn

LEAST_ANSWER_TOKENS = 64
_ROOM = (
    0.75  # of the budget is filled after turns had to be dropped: the next answers keep the same beginning
)
_LIKELY_CHARACTERS_PER_TOKEN = 6  # more characters than that for each free token: not worth an exact count
_MOST_CHARACTERS_PER_TOKEN = 128  # the longest tokens, runs of blanks, have about as many

Tokenise = Callable[[str], list[int]]
Render = Callable[[tuple[Turn, ...]], str]


@dataclass(frozen=True, slots=True)
class FittedPrompt:
    """`first_turn` is the index of the first turn that is not left out; 0 when nothing is."""

    tokens: list[int]
    text: str
    first_turn: int


def fit(request: GenerationRequest, tokenise: Tokenise, render: Render, context_tokens: int) -> FittedPrompt:
    """Return the prompt for a context of `context_tokens`; raises MessageTooLong.

    A quarter of the context is kept free for the answer, or less when the request's longest answer is
    shorter. The first of these views that fits is taken: the whole conversation; the one that began at
    `request.first_turn`; the longest one that leaves a quarter of the budget free and begins with a user
    turn. System turns are always in it. The newest user turn and what follows it may also take the answer's
    room, up to 64 tokens; when they do not fit even so, the message is refused with what it needs and what
    there is. NUL characters and lone surrogates, which tokenisers refuse or end at, become U+FFFD.
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
    newest = views.prompt(views.starts[-1] if views.starts else 0)
    available = context_tokens - min(LEAST_ANSWER_TOKENS, context_tokens // 4)
    if len(newest.tokens) > available:
        raise MessageTooLong(len(newest.tokens), available)
    return newest


def answer_room(answer_tokens: int, context_tokens: int) -> int:
    """Return how many tokens are kept free for the answer; `answer_tokens` 0 means no limit of its own."""
    quarter = context_tokens // 4
    return max(min(LEAST_ANSWER_TOKENS, quarter), min(answer_tokens or quarter, quarter))


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
            turn for index, turn in enumerate(self._turns) if index >= start or turn.role == "system"
        )
        text = self._render(shown)
        left_out = len(shown) < len(self._turns)
        return FittedPrompt(self._tokenise(text), text, start if left_out else 0)

    def may_fit(self, budget: int) -> bool:
        """Whether an exact count of the whole is worth its time."""
        return sum(len(turn.text) for turn in self._turns) <= budget * _LIKELY_CHARACTERS_PER_TOKEN

    def candidates(self, first_turn: int, budget: int) -> Iterator[tuple[int, int]]:
        """Yield (start, limit in tokens) of shorter views that fit by estimate, the preferred ones first."""
        sizes = self._sizes(budget)
        kept = next((start for start in self.starts if start >= first_turn), None)
        if first_turn > 0 and kept is not None and sizes.get(kept, budget + 1) <= budget:
            yield kept, budget
        target = int(budget * _ROOM)
        fitting = [start for start in self.starts if sizes.get(start, target + 1) <= target]
        # The estimate leaves out what the template adds, so that some candidates fail; the distance doubles.
        place, stride = 0, 1
        while place < len(fitting):
            yield fitting[place], target
            place += stride
            stride *= 2

    def _sizes(self, budget: int) -> dict[int, int]:
        """Return the estimated tokens of the views that are not clearly too long, by their start."""
        total = sum(self._count(turn.text, budget) for turn in self._turns if turn.role == "system")
        sizes: dict[int, int] = {}
        for index in range(len(self._turns) - 1, -1, -1):
            turn = self._turns[index]
            if turn.role != "system":
                total += self._count(turn.text, budget)
            if total > budget:
                break
            sizes[index] = total
        return sizes

    def _count(self, text: str, budget: int) -> int:
        if len(text) > budget * _MOST_CHARACTERS_PER_TOKEN:
            return budget + 1
        return len(self._tokenise(text))


def _clean(turn: Turn) -> Turn:
    text = turn.text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:  # UTF-16 joins two halves that belong together
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return turn if text is turn.text else replace(turn, text=text)
