"""Step 2: trains the byte-level BPE tokenizer and turns the conversations into token arrays.

    python encode_corpus.py FOLDER --vocab 4096

Writes tokenizer.json, and train.npz and held.npz with all ids, the loss mask (answers and their end mark
only) and where each conversation begins. Every digit is a token of its own, as in the pre-tokenizer that
llama.cpp calls "smollm". All 256 bytes are in the alphabet, so that any text survives.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starter_net.chatml import END, SPECIAL, START
from starter_text.conversation import Conversation
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

_TOKENIZER_CONVERSATIONS = 60_000
_AT_ONCE = 5_000


def _conversations(path: Path) -> Iterator[Conversation]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Conversation.from_json(line)


def train_tokenizer(items: Iterable[Conversation], vocab: int) -> Tokenizer:
    """Return a byte-level BPE of `vocab` tokens that begins with the special ones."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator((message.content for item in items for message in item.messages), trainer)
    return tokenizer


def encode(tokenizer: Tokenizer, items: Iterator[Conversation]) -> dict[str, NDArray[Any]]:
    """Return ids, loss mask and offsets of the conversations."""
    start, end = tokenizer.token_to_id(START), tokenizer.token_to_id(END)
    newline = tokenizer.encode("\n").ids
    heads = {role: [start, *tokenizer.encode(f"{role}\n").ids] for role in ("system", "user", "assistant")}
    ids: list[int] = []
    mask: list[int] = []
    offsets = [0]
    while chunk := list(islice(items, _AT_ONCE)):
        texts = [message.content for item in chunk for message in item.messages]
        bodies = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
        for item in chunk:
            for message in item.messages:
                head, body = heads[message.role], next(bodies).ids
                answer = int(message.role == "assistant")
                ids += [*head, *body, end, *newline]
                mask += [0] * len(head) + [answer] * (len(body) + 1) + [0] * len(newline)
            offsets.append(len(ids))
    return {
        "ids": np.array(ids, np.uint16),
        "mask": np.array(mask, np.bool_),
        "offsets": np.array(offsets, np.int64),
    }


def main() -> None:
    """Write the tokenizer and both token files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vocab", type=int, default=4096)
    parser.add_argument("--use", type=Path, help="an existing tokenizer.json instead of training one")
    args = parser.parse_args()
    if args.use:
        tokenizer = Tokenizer.from_file(str(args.use))
    else:
        items = islice(_conversations(args.folder / "train.jsonl"), _TOKENIZER_CONVERSATIONS)
        tokenizer = train_tokenizer(items, args.vocab)
    tokenizer.save(str(args.folder / "tokenizer.json"))
    for name in ("train", "held"):
        arrays = encode(tokenizer, _conversations(args.folder / f"{name}.jsonl"))
        np.savez(
            args.folder / f"{name}.npz",
            ids=arrays["ids"],
            mask=arrays["mask"],
            offsets=arrays["offsets"],
        )
        lengths = np.diff(arrays["offsets"])
        share = arrays["mask"].mean()
        print(f"{name}: {len(lengths)} conversations, {lengths.sum()} tokens, {share:.1%} in the loss")
        print(f"{name}: the longest has {lengths.max()} tokens")


if __name__ == "__main__":
    main()
