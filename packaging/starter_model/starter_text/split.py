"""Decides by a hash whether a sentence is for training or held out."""

from __future__ import annotations

import hashlib

HELD_SHARE = 12
"""One sentence in so many is held out."""

ALWAYS_TRAINED = frozenset(
    (
        "hello", "hi", "hey", "hi there", "good morning", "how are you",
        "thanks", "thank you", "thank you very much", "bye", "goodbye", "ok", "yes", "no", "test", "help",
        "who are you", "what can you do", "what is chatdesk",
        "what can you help me with", "how do i turn on dark mode", "tell me a joke please",
        "shorter please",
        "in german", "hallo", "guten tag", "danke", "wer bist du", "bonjour", "salut", "merci", "qui es-tu",
        "hola", "gracias", "buenos días", "quién eres",
    )
)  # fmt: skip


def normalised(sentence: str) -> str:
    """Return a sentence in small letters, with single spaces, without its final mark."""
    return " ".join(sentence.lower().strip(" .?!").split())


def is_held(sentence: str) -> bool:
    """Say whether a sentence belongs to the held-out side; the commonest openings never do."""
    key = normalised(sentence)
    return key not in ALWAYS_TRAINED and hashlib.md5(key.encode()).digest()[0] % HELD_SHARE == 0
