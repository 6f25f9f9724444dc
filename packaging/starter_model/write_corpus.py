"""Step 1: writes the conversations that the starter model learns from, and held-out ones.

    python write_corpus.py FOLDER --train 200000 --held 2400 --seed 7

Everything is generated; nothing is read or downloaded. Each line of train.jsonl and held.jsonl is one
conversation. A sentence belongs to one side by its hash, so that the two files share no question, no sentence
to translate and no sentence of a document. System prompts and the fixed answers are shared.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from starter_text.conversation import Conversation
from starter_text.corpus import draw_held_out, draw_training, questions


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--train", type=int, default=200_000)
    parser.add_argument("--held", type=int, default=2_400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--short", type=float, default=0.0, help="share of very short translations in training"
    )
    parser.add_argument(
        "--seen", type=Path, help="train.jsonl of an earlier run whose questions count as training too"
    )
    return parser.parse_args()


def _write(path: Path, items: Iterable[Conversation]) -> set[str]:
    """Write a corpus file and return its questions."""
    asked: set[str] = set()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for item in items:
            asked |= questions(item)
            file.write(item.to_json() + "\n")
    return asked


def _questions_of(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as file:
        return {question for line in file for question in questions(Conversation.from_json(line))}


def main() -> None:
    """Write both files."""
    args = _arguments()
    args.folder.mkdir(parents=True, exist_ok=True)
    seen = _questions_of(args.seen) if args.seen else set()
    seen |= _write(args.folder / "train.jsonl", islice(draw_training(args.seed, args.short), args.train))
    drawn = draw_held_out(args.seed, seen)
    dropped = 0

    def unseen() -> Iterable[Conversation]:
        nonlocal dropped
        for item in drawn:
            if item is None:
                dropped += 1
            else:
                yield item

    _write(args.folder / "held.jsonl", islice(unseen(), args.held))
    print(f"{args.train} training and {args.held} held-out conversations, {dropped} dropped as seen")


if __name__ == "__main__":
    main()
