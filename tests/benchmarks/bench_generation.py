"""Measures how much of a bare llama_decode loop's speed an answer has, and what Python takes of each token.

The ways run alternately in one process, several rounds, medians are printed. With one thread processor time
is measured, so that a busy machine changes little; with more, wall time.
"--interleaved" is the finest comparison: while one answer is written, a bare loop takes over after every
25 tokens in a context of its own, at the same depth, so that both meet the same moments of a busy machine.
"Of own decode" compares with the time of the same run's llama_decode calls, which other programs disturb less
than the comparison with another run.

Usage: python -m tests.benchmarks.bench_generation [--shape tiny] [--tokens 128 1000] [--rounds 5]
                                                   [--interleaved]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from llama_cpp import Llama

from chatdesk.domain.generation import EngineEvent, GenerationRequest, Sampling, TextDelta, Turn
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.bindings import native
from chatdesk.engine.model import Model
from chatdesk.engine.prompt import FittedPrompt
from chatdesk.engine.sampler import Sampler
from chatdesk.engine.sequence import Logits, ReadTokens
from chatdesk.engine.threads import Threads
from chatdesk.engine.writing import Writing
from tests.benchmarks.make_models import SHAPES, path_of

FULL = Sampling(temperature=0.8, top_k=40, top_p=0.95, min_p=0.05, repeat_penalty=1.1, seed=1)
GREEDY = Sampling(temperature=0)
QUESTION = "write a long story about the sea"
TOKEN = 1000  # any
SLICE = 25  # tokens


@dataclass
class Clock:
    """Adds up what the timed calls take, and when the writing has begun."""

    now: Callable[[], float]
    decoding: float = 0.0
    choosing: float = 0.0
    tokens: int = 0
    begun: float = 0.0

    def begin(self) -> None:
        self.decoding = self.choosing = 0.0
        self.tokens = 0
        self.begun = self.now()


@dataclass(frozen=True)
class Measured:
    """Microseconds for each token."""

    all: float
    decoding: float
    choosing: float

    @property
    def python(self) -> float:
        return self.all - self.decoding - self.choosing


class Bench:
    """One model, opened once for our loops and once for the high-level interface."""

    def __init__(self, shape: str, threads: int, longest: int) -> None:
        self.clock = Clock(time.process_time if threads == 1 else time.perf_counter)
        self.model = Model(path_of(shape))
        limit = longest + 512
        self.read = ReadTokens(self.model, limit, Threads(threads, threads))
        self.high_level = Llama(
            str(path_of(shape)), n_ctx=limit, n_threads=threads, n_threads_batch=threads, verbose=False
        )
        self.prompt = self.model.vocabulary.prompt_tokens(f"<|im_start|>user\n{QUESTION}<|im_end|>\n")
        self._time_the_calls()

    def _time_the_calls(self) -> None:
        clock, decode, choose = self.clock, native.llama_decode, Sampler.choose
        self.decode, self.choose = decode, choose

        def timed_decode(*arguments: Any) -> Any:
            start = clock.now()
            code = decode(*arguments)
            clock.decoding += clock.now() - start
            clock.tokens += 1
            return code

        def timed_choose(sampler: Sampler, logits: Logits) -> int:
            start = clock.now()
            token = choose(sampler, logits)
            clock.choosing += clock.now() - start
            return token

        native.llama_decode = timed_decode
        Sampler.choose = timed_choose

    def measured(self) -> Measured:
        clock = self.clock
        took = clock.now() - clock.begun
        return Measured(*(part / clock.tokens * 1e6 for part in (took, clock.decoding, clock.choosing)))

    def bare(self, tokens: int) -> Measured:
        """Decode the same token again and again."""
        read = self.read
        read.read(self.prompt, lambda _: None)
        batch, context, decode = read._batch, read._context, native.llama_decode
        batch.n_tokens = 1
        read._wants_logits[0] = 1
        read._tokens[0] = TOKEN
        start = len(self.prompt)
        self.clock.begin()
        for place in range(start, start + tokens):
            read._positions[0] = place
            decode(context, batch)
        measured = self.measured()
        read._held.clear()
        native.llama_memory_clear(read._memory, False)
        return measured

    def ours(self, sampling: Sampling, tokens: int) -> Measured:
        request = GenerationRequest((Turn("user", QUESTION),), _limited(sampling, tokens))
        begun = False

        def tell(event: EngineEvent) -> None:
            nonlocal begun
            if not begun and isinstance(event, TextDelta):
                begun = True
                self.clock.begin()

        writing = Writing(self.read, self.model.vocabulary, request, "", "CPU")
        writing.run(FittedPrompt(self.prompt, "", 0), tell, AbortFlag())
        measured = self.measured()
        if self.clock.tokens < tokens // 2:
            raise SystemExit(f"the answer had {self.clock.tokens} tokens only")
        return measured

    def interleaved(self, sampling: Sampling, tokens: int) -> float:
        """Return the speed of an answer as a share of the bare loop's, both written in slices by turns."""
        now = self.clock.now
        other = ReadTokens(self.model, self.read.limit, Threads(1, 1))
        other.read(self.prompt, lambda _: None)
        spent = {"ours": 0.0, "bare": 0.0}
        count, place, mark = 0, len(self.prompt), 0.0

        def tell(event: EngineEvent) -> None:
            nonlocal count, place, mark
            if not isinstance(event, TextDelta):
                return
            count += 1
            if count % SLICE:
                return
            turn = now()
            if mark:  # the first slice began with the prompt
                spent["ours"] += turn - mark
                other._batch.n_tokens = 1
                other._wants_logits[0] = 1
                other._tokens[0] = TOKEN
                for position in range(place, place + SLICE):
                    other._positions[0] = position
                    if native.llama_decode(other._context, other._batch):
                        raise SystemExit("the bare loop failed")
                spent["bare"] += now() - turn
                place += SLICE
            mark = now()

        request = GenerationRequest((Turn("user", QUESTION),), _limited(sampling, tokens))
        writing = Writing(self.read, self.model.vocabulary, request, "", "CPU")
        writing.run(FittedPrompt(self.prompt, "", 0), tell, AbortFlag())
        other.close()
        return spent["bare"] / spent["ours"]

    def between(self, sampling: Sampling, tokens: int) -> float:
        """Return the median microseconds of Python between the native calls of a token.

        Stamps of a clock that needs no system call, and a median, keep out what the machine does meanwhile.
        """
        decode, choose, now = native.llama_decode, Sampler.choose, time.perf_counter_ns
        decoded: list[tuple[int, int]] = []  # begin and end of each call
        chosen: list[tuple[int, int]] = []

        def stamped_decode(*arguments: Any) -> Any:
            begin = now()
            code = self.decode(*arguments)
            decoded.append((begin, now()))
            return code

        def stamped_choose(sampler: Sampler, logits: Logits) -> int:
            begin = now()
            token = self.choose(sampler, logits)
            chosen.append((begin, now()))
            return token

        native.llama_decode, Sampler.choose = stamped_decode, stamped_choose
        try:
            request = GenerationRequest((Turn("user", QUESTION),), _limited(sampling, tokens))
            writing = Writing(self.read, self.model.vocabulary, request, "", "CPU")
            writing.run(FittedPrompt(self.prompt, "", 0), lambda _: None, AbortFlag())
        finally:
            native.llama_decode, Sampler.choose = decode, choose
        # The answer ends with a choice; the decoding before the first choice is the prompt's.
        after_choice = decoded[1 - len(chosen) :]
        gaps = [
            decoding[0] - choice[1] + following[0] - decoding[1]
            for choice, decoding, following in zip(chosen, after_choice, chosen[1:], strict=False)
        ]
        return statistics.median(gaps) / 1000

    def chat_completion(self, tokens: int) -> Measured:
        """The high-level interface, for comparison; its choosing counts as Python."""
        stream = self.high_level.create_chat_completion(
            [{"role": "user", "content": QUESTION}],
            max_tokens=tokens,
            stream=True,
            seed=1,
            temperature=FULL.temperature,
            top_k=FULL.top_k,
            top_p=FULL.top_p,
            min_p=FULL.min_p,
            repeat_penalty=FULL.repeat_penalty,
        )
        begun = False
        for chunk in stream:
            if not begun and chunk["choices"][0]["delta"].get("content"):
                begun = True
                self.clock.begin()
        return self.measured()


def _limited(sampling: Sampling, tokens: int) -> Sampling:
    return replace(sampling, answer_tokens=tokens)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, default="qwen2.5-0.5b")
    parser.add_argument("--tokens", type=int, nargs="+", default=[128, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--interleaved", action="store_true")
    parser.add_argument("--between", action="store_true", help="only what Python takes between native calls")
    how = parser.parse_args()
    bench = Bench(how.shape, how.threads, max(how.tokens))
    if how.between:
        for tokens in how.tokens:
            for name, sampling in (("greedy", GREEDY), ("full sampling", FULL)):
                found = [bench.between(sampling, tokens) for _ in range(how.rounds)]
                all_found = ", ".join(f"{one:.1f}" for one in found)
                print(
                    f"{how.shape}, {tokens} tokens, {name}: Python {min(found):.1f} us a token ({all_found})"
                )
        return
    if how.interleaved:
        for tokens in how.tokens:
            for name, sampling in (("greedy", GREEDY), ("full sampling", FULL)):
                shares = [bench.interleaved(sampling, tokens) for _ in range(how.rounds)]
                found = ", ".join(f"{share:.3f}" for share in shares)
                print(
                    f"{how.shape}, {tokens} tokens, {name}: {statistics.median(shares):.3f} of bare ({found})"
                )
        return
    ways: dict[str, Callable[[int], Measured]] = {
        "bare llama_decode": bench.bare,
        "ours, greedy": lambda tokens: bench.ours(GREEDY, tokens),
        "ours, full sampling": lambda tokens: bench.ours(FULL, tokens),
        "create_chat_completion, full": bench.chat_completion,
    }
    print(f"{how.shape}, {how.threads} thread(s), {how.rounds} rounds, medians")
    print(f"{'':30}{'':16}{'of bare':>9}{'of own':>9}{'microseconds for each token':>35}")
    print(
        f"{'':30}{'tokens':>7}{'tok/s':>9}{'loop':>9}{'decode':>9}{'decode':>13}{'choose':>11}{'Python':>11}"
    )
    for tokens in how.tokens:
        found: dict[str, list[Measured]] = {name: [] for name in ways}
        for place in range(how.rounds):
            order = list(ways.items())
            for name, run in order if place % 2 == 0 else order[::-1]:
                found[name].append(run(tokens))
        _report(tokens, found)


def _report(tokens: int, found: dict[str, list[Measured]]) -> None:
    bare = [measured.all for measured in found["bare llama_decode"]]
    for name, rounds in found.items():
        speed = 1e6 / statistics.median(measured.all for measured in rounds)
        ratio = statistics.median(alone / measured.all for alone, measured in zip(bare, rounds, strict=True))
        parts = (
            statistics.median(getattr(measured, part) for measured in rounds)
            for part in ("decoding", "choosing", "python")
        )
        decoding, choosing, python = parts
        own = decoding / (decoding + choosing + python)
        print(
            f"{name:30}{tokens:7}{speed:9.1f}{ratio:9.3f}{own:9.3f}"
            f"{decoding:13.0f}{choosing:11.0f}{python:11.1f}"
        )


if __name__ == "__main__":
    main()
