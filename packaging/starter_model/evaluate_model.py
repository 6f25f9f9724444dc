"""Step 6: measures the exported model on held-out conversations through llama-cpp-python.

    python evaluate_model.py MODEL.gguf FOLDER --limit 100 --samples 12

Answers greedily. `--limit` is the number of items in a row of the table. Facts and values are compared as
text; chrF is sacreBLEU's.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import sacrebleu
from starter_net.runner import Runner
from starter_text.checking import invented_values, values_of
from starter_text.conversation import Conversation
from starter_text.guide import INTENTS
from starter_text.small_talk import JOKES

_ROWS_OF_THEIR_OWN = frozenset(
    ("shorter", "in_german", "again", "name_told", "name_asked", "ood", "title", "foreign")
)


@dataclass
class Table:
    """The rows of the result, and what went wrong."""

    hits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[tuple[str, str, str, str]] = field(default_factory=list)
    values: int = 0
    invented: int = 0

    def note(self, row: str, hit: float, question: str, got: str, wanted: str) -> None:
        """Remember how right an answer is, from 0 to 1."""
        self.hits[row].append(hit)
        if hit < 1:
            self.wrong.append((row, question, got, wanted))

    def lines(self) -> list[str]:
        """Return the table as Markdown."""
        lines = ["| measure | result | items |", "|---|---|---|"]
        for row, hits in sorted(self.hits.items()):
            pairs = self.pairs.get(row.removesuffix(": exact"))
            chrf = f", chrF {_chrf(pairs):.1f}" if pairs else ""
            lines.append(f"| {row} | {100 * sum(hits) / len(hits):.1f} %{chrf} | {len(hits)} |")
        share = 100 * self.invented / max(1, self.values)
        return [*lines, f"| summaries: values not in the source | {share:.2f} % | {self.values} |"]


def _chrf(pairs: list[tuple[str, str]]) -> float:
    answers, wanted = zip(*pairs, strict=True)
    return float(sacrebleu.corpus_chrf(answers, [wanted]).score)


def _is_answer_of(intent: str, got: str, wanted: str) -> bool:
    """Say whether an answer is right; any joke and any story will do."""
    if intent == "joke":
        return got in JOKES
    if intent == "story":
        return got.startswith("Once there was") and got.count(".") >= 4
    return got == wanted


class Evaluation:
    """Asks the model, item by item, until each row has its number of items."""

    def __init__(self, runner: Runner, limit: int) -> None:
        self.table = Table()
        self._runner = runner
        self._limit = limit
        self._used: Counter[str] = Counter()

    def ask(self, item: Conversation) -> None:
        """Ask what the item is about, and note the result."""
        if item.task == "chat":
            self._ask_chat(item)
        elif item.task != "mixed" and self._takes(_row(item), self._limit):
            *messages, answer = item.messages
            self._note(item, messages[-1].content, self._runner.answer(messages), answer.content)

    def _takes(self, row: str, limit: float) -> bool:
        if self._used[row] >= limit:
            return False
        self._used[row] += 1
        return True

    def _ask_chat(self, item: Conversation) -> None:
        turns = [index for index, message in enumerate(item.messages) if message.role == "assistant"]
        for index, intent in zip(turns, item.meta["intents"], strict=True):
            family = (
                intent
                if intent in _ROWS_OF_THEIR_OWN
                else "guide"
                if intent in INTENTS
                else "German question"
            )
            if self._takes(f"chat: {family}", self._limit * (2 if family == "guide" else 0.4)):
                got, wanted = self._runner.answer(item.messages[:index]), item.messages[index].content
                hit = _is_answer_of(intent, got, wanted)
                self.table.note(f"chat: {family}", hit, item.messages[index - 1].content, got, wanted)

    def _note(self, item: Conversation, question: str, got: str, wanted: str) -> None:
        table, task = self.table, item.task
        if task == "translate":
            row = _row(item)
            table.note(f"{row}: exact", got == wanted, question, got, wanted)
            table.pairs[row].append((got, wanted))
        elif task in ("summarise", "reduce"):
            self._note_summary(item, question, got, wanted)
        elif task in ("sentiment", "topic", "entities"):
            self._note_json(item, question, got, wanted)
        elif task == "title":
            table.note("title: as expected", got == wanted, question, got, wanted)
            table.hits["title: at most six words"].append(len(got.split()) <= 6)
        else:
            table.note(f"{task}: exact", got == wanted, question, got, wanted)

    def _note_summary(self, item: Conversation, question: str, got: str, wanted: str) -> None:
        facts = item.meta["facts"]
        recall = sum(fact in got for fact in facts) / len(facts)
        self.table.note(f"{item.task}: facts recalled word for word", recall, question, got, wanted)
        invented = invented_values(got, item.meta["source"])
        self.table.invented += len(invented)
        self.table.values += len(values_of(got))
        self.table.hits[f"{item.task}: answers without an invented value"].append(not invented)

    def _note_json(self, item: Conversation, question: str, got: str, wanted: str) -> None:
        try:
            value = json.loads(got)
        except ValueError:
            value = None
        self.table.hits["json: valid"].append(value is not None)
        right = item.meta["want"]
        if item.task != "sentiment":
            self.table.note(f"json: {item.task} all right", value == right, question, got, wanted)
            return
        parts = value if isinstance(value, dict) else {}
        hit = parts.get("sentiment") == right["sentiment"]
        self.table.note("json: sentiment right", hit, question, got, wanted)
        self.table.hits["json: reason copied right"].append(parts.get("reason") == right["reason"])


def _row(item: Conversation) -> str:
    if item.task == "translate":
        return f"translate {item.meta['src']}-{item.meta['tgt']}"
    return item.task


def main() -> None:
    """Print the table and some wrong answers."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--samples", type=int, default=0, help="print this many wrong answers")
    args = parser.parse_args()
    runner = Runner(args.model, args.threads)
    evaluation = Evaluation(runner, args.limit)
    with (args.folder / "held.jsonl").open(encoding="utf-8") as file:
        items = [Conversation.from_json(line) for line in file]
    for item in items:
        evaluation.ask(item)
    print("\n".join(evaluation.table.lines()))
    speed = runner.tokens / runner.seconds
    print(f"| perplexity of held-out answers | {runner.perplexity(items[:200]):.3f} | {len(items[:200])} |")
    print(f"| speed with prompt reading, {args.threads} threads | {speed:.0f} tokens/s | {runner.tokens} |")
    wrong = evaluation.table.wrong
    for row, question, got, wanted in wrong[:: max(1, len(wrong) // max(1, args.samples))][: args.samples]:
        print(f"\n[{row}]\nQ: {question}\nGOT: {got}\nWANT: {wanted}")


if __name__ == "__main__":
    main()
