"""Step 6: examines a model file with the held-out items of this folder, through the application's engine.

    python evaluate_model.py MODEL.gguf --json RESULT.json --samples 12

Answers are greedy and not constrained: the pages hold the model to a JSON schema, here it has to follow the
form by itself. `--limit` takes only so many items of each row. Needs the environment of the application.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path

from starter_exam.candidate import Candidate
from starter_exam.items import Item, read_items
from starter_exam.marks import Table

HELD_OUT = Path(__file__).with_name("held_out.jsonl.gz")
_AT_ONCE = 32


def examine(candidate: Candidate, items: list[Item]) -> Table:
    """Ask all items and judge the answers."""
    table = Table()
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        for item, answer in zip(some, candidate.answers([item.messages for item in some]), strict=True):
            table.note(item, answer)
    return table


def first_of_each_row(items: list[Item], limit: int) -> list[Item]:
    """Return at most `limit` items of each row."""
    taken: Counter[str] = Counter()
    chosen = []
    for item in items:
        taken[item.row] += 1
        if taken[item.row] <= limit:
            chosen.append(item)
    return chosen


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--items", type=Path, default=HELD_OUT)
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, help="also write the figures and all wrong answers there")
    parser.add_argument("--samples", type=int, default=0, help="print this many wrong answers")
    return parser.parse_args()


def main() -> None:
    """Print the table and some wrong answers."""
    args = _arguments()
    items = first_of_each_row(read_items(args.items), args.limit)
    with Candidate(args.model, args.threads) as candidate:
        table = examine(candidate, items)
    print("\n".join(table.lines()))
    speed = (candidate.read_tokens + candidate.written_tokens) / candidate.seconds
    print(f"\n{len(items)} items, {candidate.seconds:.0f} s, {speed:.0f} tokens/s read and written")
    if args.json:
        result = {
            "sha256": hashlib.sha256(args.model.read_bytes()).hexdigest(),
            "rows": table.figures(),
            "wrong": [
                {"row": item.row, "question": item.question, "answer": answer, "wanted": item.wanted}
                for item, answer in table.wrong
            ],
        }
        args.json.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    step = max(1, len(table.wrong) // max(1, args.samples))
    for item, answer in table.wrong[::step][: args.samples]:
        print(f"\n[{item.row}]\nQ: {item.question}\nGOT: {answer}\nWANT: {item.wanted}")


if __name__ == "__main__":
    main()
