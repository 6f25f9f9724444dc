"""Step 2: trains the byte-level BPE tokenizer and turns the conversations into token arrays.

    python encode_corpus.py FOLDER --vocab 4096

Writes tokenizer.json unless it is there, and for every .jsonl file an .npz file with all ids, the loss mask
(answers and their end mark only) and where each conversation begins. Every digit is a token of its own, as in
the pre-tokenizer that llama.cpp calls "smollm". All 256 bytes are in the alphabet, so that any text survives.
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
from starter_net.gguf_file import Vocabulary, read_gguf
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
    tokenizer = _byte_level(models.BPE())
    trainer = trainers.BpeTrainer(
        vocab_size=vocab,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator((message.content for item in items for message in item.messages), trainer)
    return tokenizer


def tokenizer_of(vocabulary: Vocabulary) -> Tokenizer:
    """Return the tokenizer with the tokens and merges of a model file."""
    merges = [(left, right) for left, right in (merge.split(" ") for merge in vocabulary.merges)]
    numbers = {token: number for number, token in enumerate(vocabulary.tokens)}
    tokenizer = _byte_level(models.BPE(numbers, merges))
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


def _byte_level(model: models.BPE) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
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


def _encode_file(tokenizer: Tokenizer, source: Path, target: Path) -> None:
    arrays = encode(tokenizer, _conversations(source))
    part = target.with_suffix(".part.npz")
    np.savez(part, ids=arrays["ids"], mask=arrays["mask"], offsets=arrays["offsets"])
    part.replace(target)
    lengths, share = np.diff(arrays["offsets"]), arrays["mask"].mean()
    print(
        f"{source.stem}: {len(lengths)} conversations of at most {lengths.max()} tokens, "
        f"{lengths.sum()} in all, {share:.1%} in answers",
        flush=True,
    )


def main() -> None:
    """Write the tokenizer and the token files that are missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vocab", type=int, default=4096)
    parser.add_argument("--from", type=Path, dest="origin", help="a GGUF file whose tokenizer is taken")
    args = parser.parse_args()
    folder: Path = args.folder
    known = folder / "tokenizer.json"
    if args.origin and not known.exists():
        tokenizer_of(read_gguf(args.origin)[2]).save(str(known))
    elif not known.exists():
        items = islice(_conversations(folder / "train-00.jsonl"), _TOKENIZER_CONVERSATIONS)
        train_tokenizer(items, args.vocab).save(str(known))
    tokenizer = Tokenizer.from_file(str(known))
    for source in sorted(folder.glob("*.jsonl")):
        target = source.with_suffix(".npz")
        if not target.exists():
            _encode_file(tokenizer, source, target)


if __name__ == "__main__":
    main()
