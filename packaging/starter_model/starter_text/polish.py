"""Gives a core question what people add: politeness, capitals, marks, contractions, slips of the fingers."""

from __future__ import annotations

import random

_SWAPS = {
    "how do i": ("how would i", "how does one", "how can one"),
    "picture": ("image",),
    "want to": ("wanna", "need to"),
    "what is": ("what's", "whats"),
    "i am": ("i'm", "im"),
    "do not": ("don't", "dont"),
    "does not": ("doesn't",),
    "cannot": ("can't",),
    "message": ("msg",),
    "please": ("pls",),
    "computer": ("pc", "machine"),
    "chatdesk": ("the program",),
}
_OPENINGS = (
    "hi, ", "hello, ", "hey, ", "please, ", "quick question: ", "sorry, ", "ok, ", "and ", "so ", "hello! ",
    "um, ",
)  # fmt: skip
_CLOSINGS = (" please", " in chatdesk", " here", ", please", " exactly", " thanks")
_NAMES = {"chatdesk": "ChatDesk", " i ": " I ", "gpu": "GPU", "pdf": "PDF"}
_QUESTION_WORDS = frozenset(
    ("how", "what", "where", "which", "is", "can", "does", "do", "why", "who", "are", "may")
)
_NEIGHBOURS = dict(zip("abcdefghiklmnoprstuwy", "snvfrdfghujkmnipoetrd", strict=True))
"""A key that is hit by mistake for another one."""


def with_typo(rng: random.Random, text: str) -> str:
    """Return the text with one slip: two letters swapped, one dropped, doubled or replaced."""
    spots = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not spots:
        return text
    at, kind = rng.choice(spots), rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + _NEIGHBOURS.get(text[at], text[at]) + text[at + 1 :]


def decorated(rng: random.Random, text: str, is_short: bool = False) -> str:
    """Return a question in small letters as somebody might type it; a short one gets no extra words."""
    if rng.random() < 0.25:
        text = _with_swaps(rng, text)
    if not is_short and rng.random() < 0.2:
        text = rng.choice(_OPENINGS) + text
    if not is_short and rng.random() < 0.1:
        text += rng.choice(_CLOSINGS)
    if rng.random() < 0.18:
        text = with_typo(rng, text)
    if rng.random() < 0.75:
        text = text[0].upper() + text[1:]
        for plain, proper in _NAMES.items():
            text = text.replace(plain, proper)
    if rng.random() < 0.6:
        is_question = text.lower().split()[0].strip(",") in _QUESTION_WORDS
        text += "?" if is_question else rng.choice((".", "", "!"))
    return text


def _with_swaps(rng: random.Random, text: str) -> str:
    for plain, others in _SWAPS.items():
        if plain in text and rng.random() < 0.6:
            text = text.replace(plain, rng.choice(others), 1)
    return text
