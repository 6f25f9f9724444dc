"""Measures what reading ahead gains: the same answers written with guesses and without, by turns.

The model has random weights, so what it would write says nothing about what can be guessed: the answers are
given, and the sampler's choice is replaced by their next token after it has done its work. "A part" quotes
three sentences of its text and says each in words that stand nowhere else. "The text" says in its own words
what the notes say; "the text again" has the answer of before as a guess, with one of five points changed.
"A chat" has nothing to copy: there, reading ahead can only lose.
Processor time with one thread, wall time with more. Only writing is measured.

Usage: python -m tests.benchmarks.bench_drafts [--shape tiny] [--rounds 5] [--threads 1]
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatdesk.domain.generation import EngineEvent, Finished, GenerationRequest, Sampling, TextDelta, Turn
from chatdesk.domain.summaries import Form, Length, SummaryWishes
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.draft_pay import DraftPay
from chatdesk.engine.model import Model
from chatdesk.engine.prompt import FittedPrompt
from chatdesk.engine.sampler import Sampler
from chatdesk.engine.sequence import Logits, ReadTokens
from chatdesk.engine.threads import Threads
from chatdesk.engine.writing import Writing
from chatdesk.flows.summary_requests import SummaryRequests, note_of
from chatdesk.tasks.points import FoundPoint, points_answer
from tests.benchmarks.make_models import SHAPES, path_of


@dataclass(frozen=True)
class Case:
    name: str
    request: GenerationRequest
    answer: str


def _words(chance: random.Random, letters: str, count: int) -> str:
    words = ("".join(chance.choices(letters, k=chance.randrange(2, 9))) for _ in range(count))
    return " ".join(words).capitalize() + "."


def cases() -> list[Case]:
    chance = random.Random(1)
    asked = SummaryRequests(SummaryWishes())
    sentences = [_words(chance, "etaoinshrdlu", chance.randrange(6, 14)) for _ in range(36)]

    def own() -> str:
        return _words(chance, "mfwypvbgkaeiou", 10)

    part = points_answer([FoundPoint(own(), sentences[at]) for at in (3, 14, 27)])
    notes = [note_of([own() for _ in range(3)]) for _ in range(12)]
    before = [own() for _ in range(5)]
    after = [*before[:2], own(), *before[3:]]
    joined = asked.joined(notes, Form.bullets)
    chat = GenerationRequest((Turn("user", own()),), Sampling(temperature=0))
    return [
        Case("a part", asked.points(" ".join(sentences), Length.short), part),
        Case("the text", joined, note_of(before)),
        Case("the text again", replace(joined, likely_answer=note_of(before)), note_of(after)),
        Case("a chat", chat, " ".join(own() for _ in range(6))),
    ]


class Bench:
    """One model whose answers are given."""

    def __init__(self, shape: str, threads: int) -> None:
        self.now = time.process_time if threads == 1 else time.perf_counter
        self.model = Model(path_of(shape))
        self.read = ReadTokens(self.model, 4096, Threads(threads, threads))
        self.pay = DraftPay()
        self.answer: list[int] = []
        choose = Sampler.choose

        def given(sampler: Sampler, logits: Logits) -> int:
            choose(sampler, logits)
            return self.answer.pop(0)

        Sampler.choose = given  # type: ignore[method-assign]

    def tokens(self, case: Case) -> int:
        return len(self.model.vocabulary.text_tokens(case.answer))

    def seconds(self, case: Case, pay: DraftPay | None) -> float:
        """Return what writing the answer takes after its first token."""
        vocabulary = self.model.vocabulary
        self.answer = vocabulary.text_tokens(case.answer)
        limit = replace(case.request.sampling, answer_tokens=len(self.answer))
        request = replace(case.request, sampling=limit)
        begun = 0.0

        def tell(event: EngineEvent) -> None:
            nonlocal begun
            if not begun and isinstance(event, TextDelta):
                begun = self.now()
            if isinstance(event, Finished) and event.facts.answer_tokens != limit.answer_tokens:
                raise SystemExit(f"the answer ended too soon: {event.facts}")

        writing = Writing(self.read, vocabulary, request, "", "CPU", pay)
        writing.run(FittedPrompt(self._prompt(request.turns), "", 0), tell, AbortFlag())
        return self.now() - begun

    def _prompt(self, turns: Sequence[Turn]) -> list[int]:
        text = "".join(f"<|im_start|>{turn.role}\n{turn.text}<|im_end|>\n" for turn in turns)
        return self.model.vocabulary.prompt_tokens(f"{text}<|im_start|>assistant\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, default="qwen2.5-0.5b")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    how = parser.parse_args()
    bench = Bench(how.shape, how.threads)
    print(f"{how.shape}, {how.threads} threads: how many times as fast with guesses, by rounds")
    for case in cases():
        ratios = []
        for turn in range(how.rounds):
            if turn % 2:
                ahead = bench.seconds(case, bench.pay)
                alone = bench.seconds(case, None)
            else:
                alone = bench.seconds(case, None)
                ahead = bench.seconds(case, bench.pay)
            ratios.append(alone / ahead)
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(
            f"{case.name:15}{bench.tokens(case):5} tokens {statistics.median(ratios):6.2f}   ({each})",
            flush=True,
        )


if __name__ == "__main__":
    main()
