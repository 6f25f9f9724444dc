"""Measures a whole summary against the same requests sent one after another to llama.cpp's defaults.

A text of 20,000 tokens is summarised by the application's flow, engine and store; what it asks is then asked
of llama-cpp-python with its default settings. Then one paragraph is changed, and 5 % of all in one place, and
it is summarised again each time. The ways run alternately; ratios are printed, as other programs disturb all.
The model has random weights: its answers are held to a fixed length, 60 tokens for each point of a part that
is asked for and 130 for the text. Loading is not counted.

Usage: python -m tests.benchmarks.bench_summarize [--shape tiny] [--tokens 20000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from llama_cpp import Llama, LlamaGrammar

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document
from chatdesk.domain.generation import (
    EngineEvent,
    Finished,
    GenerationBatch,
    GenerationRequest,
    TextDelta,
    Turn,
)
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.summaries import PartDone, SummaryEnded, SummaryState, SummaryWishes
from chatdesk.engine.constraint import to_gbnf
from chatdesk.engine.local import LocalEngine
from chatdesk.flows.summarize import SummarizeFlow, SummaryOptions
from chatdesk.storage.database import Database
from chatdesk.storage.summaries import SummaryStore
from chatdesk.tasks.points import FoundPoint, points_answer
from tests.benchmarks.make_models import SHAPES, path_of

POINT_TOKENS, TEXT_TOKENS = 60, 130  # of a point with its quotation, and of five points without


class FixedEngine(LocalEngine):
    """The real one; every answer has a fixed length, and what is asked and what it takes is remembered.

    What a model with random weights writes is replaced by points that quote sentences all over the text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        self.requests: list[GenerationRequest] = []
        self.read = self.written = 0  # tokens

    def generate(self, batch: GenerationBatch, cancel: CancelToken) -> Iterator[tuple[int, EngineEvent]]:
        fixed = tuple(map(_fixed, batch.requests))
        self.requests += fixed
        for index, event in super().generate(replace(batch, requests=fixed), cancel):
            if isinstance(event, Finished):
                self.read += event.facts.prompt_tokens - event.facts.reused_tokens
                self.written += event.facts.answer_tokens
            asked = fixed[index] if index >= 0 else None
            if asked is None or asked.schema is None or not isinstance(event, TextDelta | Finished):
                yield index, event
            elif isinstance(event, Finished):
                yield index, TextDelta(_points(asked))
                yield index, event


def _fixed(request: GenerationRequest) -> GenerationRequest:
    tokens = TEXT_TOKENS if request.schema is None else POINT_TOKENS * _points_asked(request)
    return replace(request, sampling=replace(request.sampling, answer_tokens=tokens))


def _points(request: GenerationRequest) -> str:
    text = request.turns[-1].text.partition("<text>\n")[2].partition("\n</text>")[0]
    sentences = re.split(r"(?<=\.)\s+", text)
    chance = random.Random(text)
    chosen = sorted(chance.sample(range(len(sentences)), min(_points_asked(request), len(sentences))))
    return points_answer([FoundPoint(_shorter(sentences[at]), sentences[at]) for at in chosen])


def _points_asked(request: GenerationRequest) -> int:
    found = re.search(r"Write the (\d+) most important points", request.turns[-1].text)
    return int(found[1]) if found else 1


def _shorter(sentence: str) -> str:
    """Return two thirds of its words: 26 tokens in the mean, as each of the five points of the text has."""
    words = sentence.split()
    return " ".join(words[: -(-2 * len(words) // 3)])


class Bench:
    """One model, opened once by the application's engine and once by llama-cpp-python."""

    def __init__(self, shape: str, context: int) -> None:
        path = path_of(shape)
        self.options = SummaryOptions(ModelLoad(LocalModel(path), context), shape, context)
        self.engine = FixedEngine()
        self.defaults = Llama(str(path), n_ctx=context, verbose=False)
        warm = GenerationBatch(self.options.load, (GenerationRequest((Turn("user", "a"),)),))
        list(self.engine.generate(warm, CancelToken()))

    def ours(
        self, flow: SummarizeFlow, document: Document, what: str
    ) -> tuple[float, list[GenerationRequest], int]:
        """Return seconds, what was asked, and the number of parts; print what it took."""
        self.engine.forget()
        started = time.perf_counter()
        summary = flow.begin(document, SummaryWishes(), self.options)
        events = list(flow.summarize(summary, self.options, CancelToken()))
        seconds = time.perf_counter() - started
        ended = events[-1]
        if not isinstance(ended, SummaryEnded) or ended.summary.state is not SummaryState.done:
            raise SystemExit(f"the summary was not finished: {ended}")
        taken = f"{self.engine.read:6} tokens read, {self.engine.written:5} written"
        print(f"  {what:20}{seconds:8.2f} s, {len(self.engine.requests):2} requests, {taken}", flush=True)
        return seconds, self.engine.requests, sum(isinstance(event, PartDone) for event in events)

    def one_by_one(self, requests: list[GenerationRequest]) -> float:
        started = time.perf_counter()
        for request in requests:
            grammar = None
            if request.schema is not None:
                grammar = LlamaGrammar.from_string(to_gbnf(request.schema), verbose=False)
            self.defaults.create_chat_completion(
                [{"role": turn.role, "content": turn.text} for turn in request.turns],  # type: ignore[misc]
                temperature=0,
                max_tokens=request.sampling.answer_tokens,
                grammar=grammar,
            )
        return time.perf_counter() - started

    def document(self, tokens: int) -> Document:
        """Return a text of about so many tokens, in paragraphs."""
        chance = random.Random(1)
        paragraphs: list[str] = []
        count = 0
        while count < tokens:
            more = [_paragraph(chance) for _ in range(20)]
            counts = self.engine.count_tokens(self.options.load, more, CancelToken())
            for text, size in zip(more, counts, strict=True):
                if count < tokens:
                    paragraphs.append(text)
                    count += size
        return Document("book.txt", "\n\n".join(paragraphs))


def _paragraph(chance: random.Random) -> str:
    letters = "etaoinshrdlu"
    words = ("".join(chance.choices(letters, k=chance.randrange(2, 9))) for _ in range(1000))
    sentences = (" ".join(next(words) for _ in range(chance.randrange(6, 14))) for _ in range(6))
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)


def changed(document: Document, share: float, place: int) -> Document:
    """Return the document with another text for `share` of its paragraphs, one at least, in one place."""
    paragraphs = document.text.split("\n\n")
    count = max(1, round(len(paragraphs) * share))
    chance = random.Random(place)
    start = chance.randrange(len(paragraphs) - count)
    paragraphs[start : start + count] = [_paragraph(chance) for _ in range(count)]
    return replace(document, text="\n\n".join(paragraphs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, default="qwen2.5-0.5b")
    parser.add_argument("--tokens", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--context", type=int, default=8192)
    how = parser.parse_args()
    bench = Bench(how.shape, how.context)
    document = bench.document(how.tokens)
    found: dict[str, list[float]] = {name: [] for name in ("one by one", "the same", "a paragraph", "5 %")}
    requests: list[GenerationRequest] = []
    for place in range(how.rounds):
        with tempfile.TemporaryDirectory() as folder, closing(Database(Path(folder, "b.sqlite"))) as database:
            flow = SummarizeFlow(bench.engine, SummaryStore(database))
            before = bench.one_by_one(requests) if place % 2 else 0.0  # what was asked in the round before
            first, requests, parts = bench.ours(flow, document, "the first time")
            theirs = before or bench.one_by_one(requests)
            same, _, _ = bench.ours(flow, document, "the same again")
            little, _, _ = bench.ours(flow, changed(document, 0, place), "a paragraph changed")
            more, _, _ = bench.ours(flow, changed(document, 0.05, place + 100), "5 % changed")
        print(f"round {place + 1}: {parts} parts; one by one {theirs:.1f} s", flush=True)
        for name, seconds in zip(found, (theirs, same, little, more), strict=True):
            found[name].append(seconds / first if name == "one by one" else first / seconds)
    print(f"{how.shape}, {how.tokens} tokens, {how.rounds} rounds, medians of how many times faster")
    for name, ratios in found.items():
        print(
            f"{name:12}{statistics.median(ratios):8.2f}   ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"
        )
    bench.engine.close()


if __name__ == "__main__":
    main()
