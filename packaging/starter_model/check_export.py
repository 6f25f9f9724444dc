"""Step 5: checks that the GGUF file tokenises and answers as PyTorch does.

    python check_export.py reference CHECKPOINT FOLDER REFERENCE.npz     (needs torch)
    python check_export.py compare OUT.gguf FOLDER REFERENCE.npz         (needs llama-cpp-python)

Compares the tokens of 1,000 held-out and odd Unicode strings, and the choice of the next token at every
position of 60 held-out conversations. The two steps may run in different environments.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import numpy as np
from starter_text.conversation import Conversation

_UNICODE_RANGES = (
    (32, 127),
    (32, 127),
    (160, 592),
    (880, 1424),
    (0x600, 0x6FF),
    (0x900, 0x97F),
    (0x3040, 0x30FF),
    (0x4E00, 0x4FFF),
    (0x1F300, 0x1F650),
    (9, 14),
    (0x2000, 0x2070),
    (0x660, 0x66A),
    (0xB2, 0xBF),
)


def odd_text(rng: random.Random) -> str:
    """Return a random mixture of scripts, signs, spaces and emoji, 1 to 59 characters."""
    return "".join(chr(rng.randrange(*rng.choice(_UNICODE_RANGES))) for _ in range(rng.randrange(1, 60)))


def probe_texts(folder: Path, count: int = 1000) -> list[str]:
    """Return held-out texts, fewer where the corpus has fewer, and odd ones, `count` in all."""
    rng = random.Random(5)
    with (folder / "held.jsonl").open(encoding="utf-8") as file:
        items = [Conversation.from_json(line) for line in file]
    texts = [message.content for item in items for message in item.messages if message.role != "system"]
    drawn = rng.sample(texts, min(len(texts), count // 2))
    return drawn + [odd_text(rng) for _ in range(count - len(drawn))]


def write_reference(checkpoint: Path, folder: Path, out: Path, rows: int = 60) -> None:
    """Write PyTorch's token ids, choices and logits."""
    import torch
    from starter_net.decoder import Decoder
    from starter_net.shape import Shape
    from tokenizers import Tokenizer

    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    model = Decoder(Shape(**state["config"]), torch.float32)
    model.load_state_dict(state["model"])
    held = np.load(folder / "held.npz")
    ends = held["offsets"][1 : rows + 1]
    ids = [held["ids"][a:b].astype(np.int64) for a, b in zip(held["offsets"][:rows], ends, strict=True)]
    with torch.no_grad():
        logits = [model.logits(model.hidden(torch.from_numpy(row)[None]))[0].numpy() for row in ids]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    encoded = [row.ids for row in tokenizer.encode_batch(probe_texts(folder), add_special_tokens=False)]
    np.savez(
        out,
        ids=np.concatenate(ids),
        lengths=[len(row) for row in ids],
        logits=np.concatenate(logits),
        tokens=np.concatenate([np.array(row, np.int64) for row in encoded]),
        token_lengths=[len(row) for row in encoded],
    )
    print(f"{out.name}: {sum(map(len, ids))} positions")


def compare(model_path: Path, folder: Path, reference: Path) -> None:
    """Print how many strings and choices of the GGUF file are those of the reference."""
    from llama_cpp import Llama

    llama: Any = Llama(str(model_path), n_ctx=2048, n_threads=1, logits_all=True, verbose=False)
    arrays = np.load(reference)
    texts = probe_texts(folder)
    same = unchanged = 0
    ends = np.cumsum(arrays["token_lengths"])
    for text, end, length in zip(texts, ends, arrays["token_lengths"], strict=True):
        tokens = llama.tokenize(text.encode(), add_bos=False, special=False)
        same += tokens == arrays["tokens"][end - length : end].tolist()
        unchanged += llama.detokenize(tokens).decode(errors="replace") == text
    print(f"tokenisation: {same} of {len(texts)} strings identical, {unchanged} come back unchanged")
    agree, worst, start = 0, 0.0, 0
    for length in arrays["lengths"]:
        llama.reset()
        llama.eval(arrays["ids"][start : start + length].tolist())
        scores, wanted = np.array(llama.scores[:length]), arrays["logits"][start : start + length]
        agree += int((scores.argmax(-1) == wanted.argmax(-1)).sum())
        worst = max(worst, float(np.abs(scores - wanted).max()))
        start += length
    print(f"choices: {agree} of {start} positions agree ({agree / start:.2%}), logits within {worst:.3f}")


def main() -> None:
    """Run one of the two steps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=("reference", "compare"))
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("reference", type=Path)
    args = parser.parse_args()
    run = write_reference if args.step == "reference" else compare
    run(args.model, args.folder, args.reference)


if __name__ == "__main__":
    main()
