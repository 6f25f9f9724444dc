"""Step 1: writes the conversations that the starter model learns from, and held-out ones.

    python write_corpus.py FOLDER --files 4 --train 100000 --held 2400 --seed 11

Everything is generated; nothing is read or downloaded. Each line of held.jsonl, and of train-00.jsonl,
train-01.jsonl and so on, is one conversation; each file has its own seed. A sentence belongs to one side by
its hash, so that the two sides share no question, no sentence to translate and no sentence of a document; a
conversation with a question of the examination is left out. System prompts and the fixed answers are shared.
Files that are there are kept, so that a larger number adds to them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from starter_exam.items import read_items
from starter_text.conversation import Conversation
from starter_text.corpus import as_compared, draw_held_out, draw_training, questions

_EXAMINATION = Path(__file__).with_name("held_out.jsonl.gz")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=4, help="training files")
    parser.add_argument("--train", type=int, default=100_000, help="conversations in each of them")
    parser.add_argument("--held", type=int, default=2_400)
    parser.add_argument("--seed", type=int, default=11)
    return parser.parse_args()


def _write(path: Path, items: Iterable[Conversation]) -> None:
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        for item in items:
            file.write(item.to_json() + "\n")
    part.replace(path)


def _questions_of(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as file:
        return {question for line in file for question in questions(Conversation.from_json(line))}


def _unseen(seed: int, seen: set[str]) -> Iterator[Conversation]:
    return (item for item in draw_held_out(seed, seen) if item is not None)


def for_training(seed: int, examined: set[str]) -> Iterator[Conversation]:
    """Yield training conversations without end, but none with a question of the examination."""
    return (item for item in draw_training(seed) if not questions(item) & examined)


def main() -> None:
    """Write the files that are missing."""
    args = _arguments()
    examined = {as_compared(item.question) for item in read_items(_EXAMINATION)}
    args.folder.mkdir(parents=True, exist_ok=True)
    for number in range(args.files):
        path = args.folder / f"train-{number:02}.jsonl"
        if not path.exists():
            _write(path, islice(for_training(args.seed + number, examined), args.train))
            print(f"{path.name}: {args.train} conversations", flush=True)
    held = args.folder / "held.jsonl"
    if not held.exists():
        seen = {question for path in args.folder.glob("train-*.jsonl") for question in _questions_of(path)}
        _write(held, islice(_unseen(args.seed, seen), args.held))
        print(f"{held.name}: {args.held} conversations")


if __name__ == "__main__":
    main()
