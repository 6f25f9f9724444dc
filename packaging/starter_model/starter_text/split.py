"""Decides by a hash whether a sentence is for training or held out."""

from __future__ import annotations

import hashlib

HELD_SHARE = 12
"""One sentence in so many is held out."""

ALWAYS_TRAINED = frozenset(
    (
        "hello", "hi", "hey", "thanks", "thank you", "bye", "help",
        "who are you", "what can you do", "shorter please", "in german",
    )
)  # fmt: skip


def normalised(sentence: str) -> str:
    """Return a sentence in small letters, with single spaces, without its final mark."""
    return " ".join(sentence.lower().strip(" .?!").split())


def is_held(sentence: str) -> bool:
    """Say whether a sentence belongs to the held-out side; the commonest openings never do."""
    key = normalised(sentence)
    return key not in ALWAYS_TRAINED and hashlib.md5(key.encode()).digest()[0] % HELD_SHARE == 0
