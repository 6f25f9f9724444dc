"""Writes the examination: held-out items of every row, as held_out.jsonl.gz in this folder.

    python write_held_out.py --each 120 --seed 5 --unlike work/corpus

Items with a question that occurs in the training files of `--unlike` are dropped. Long documents are rare on
the held-out side, because few sentences are on it; so some are made here, as the page of summaries asks.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from evaluate_model import HELD_OUT
from starter_exam.items import Item, items_of, write_items
from starter_text.chats import write_chat_title
from starter_text.conversation import Conversation
from starter_text.corpus import draw_held_out, questions
from starter_text.short_tasks import write_json_task, write_repetition
from starter_text.summaries import write_joined_summary, write_long_summary, write_points, write_summary
from starter_text.translations import write_translation
from starter_text.writer import Writer

_RARE = (
    write_summary,
    write_joined_summary,
    write_points,
    write_json_task,
    write_repetition,
    write_translation,
    write_chat_title,
)
_DRAWS = 4_000
"""Conversations after which the rarest rows stay short."""


def draw_items(seed: int, each: int, seen: set[str]) -> list[Item]:
    """Return up to `each` items of every row, in the order of the rows' names."""
    rows: dict[str, list[Item]] = defaultdict(list)
    asked: set[str] = set()
    drawn = chain(_long(seed, each), _usual(seed, seen), _rare(seed, each))
    for talk in (talk for talk in drawn if not questions(talk) & seen):
        for item in items_of(talk):
            key = "\n".join(m.content for m in item.messages if m.role != "system").lower()
            if len(rows[item.row]) < each and key not in asked:
                asked.add(key)
                rows[item.row].append(item)
    return [item for row in sorted(rows) for item in rows[row]]


def _long(seed: int, each: int) -> Iterator[Conversation]:
    writer = Writer(random.Random(f"{seed}-long"), held=True)
    return (write_long_summary(writer) for _ in range(each))


def _rare(seed: int, each: int) -> Iterator[Conversation]:
    """Yield more of the tasks that the corpus has seldom."""
    writer = Writer(random.Random(f"{seed}-rare"), held=True)
    for make in _RARE:
        for _ in range(6 * each):
            yield make(writer)


def _usual(seed: int, seen: set[str]) -> Iterator[Conversation]:
    drawn = draw_held_out(seed, seen)
    return (talk for talk, _ in zip(drawn, range(_DRAWS), strict=False) if talk is not None)


def main() -> None:
    """Write the file and print how many items each row has."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=120)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--unlike", type=Path, help="a folder with training files")
    parser.add_argument("--out", type=Path, default=HELD_OUT)
    args = parser.parse_args()
    seen: set[str] = set()
    for path in sorted(args.unlike.glob("train*.jsonl")) if args.unlike else []:
        with path.open(encoding="utf-8") as file:
            seen |= {question for line in file for question in questions(Conversation.from_json(line))}
    items = draw_items(args.seed, args.each, seen)
    write_items(args.out, items)
    for row, count in sorted(Counter(item.row for item in items).items()):
        print(f"{row}: {count}")
    print(f"{args.out.name}: {len(items)} items, {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
