"""Gives a core question what people add: politeness, capitals, marks, contractions, slips of the fingers."""

from __future__ import annotations

import random
import unicodedata

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
_OPENINGS = {
    "en": (
    "hi, ", "hello, ", "hey, ", "please, ", "quick question: ", "sorry, ", "ok, ", "and ", "so ", "hello! ",
    "um, ", "good morning, ", "excuse me, ", "i have a question: ",
    ),
    "de": ("hallo, ", "bitte, ", "entschuldigung, ", "kurze frage: ", "und ", "guten tag, "),
    "fr": ("bonjour, ", "salut, ", "pardon, ", "une question : ", "et ", "alors, "),
    "es": ("hola, ", "perdón, ", "una pregunta: ", "y ", "buenos días, ", "oye, "),
}  # fmt: skip
_CLOSINGS = (" please", " in chatdesk", " here", ", please", " exactly", " thanks")
_NAMES = {"chatdesk": "ChatDesk", " i ": " I ", "gpu": "GPU", "pdf": "PDF"}
_QUESTION_WORDS = frozenset(
    (
        "how",
        "what",
        "where",
        "which",
        "is",
        "can",
        "does",
        "do",
        "why",
        "who",
        "are",
        "may",
        "am",
        "should",
        "was",
        "could",
        "when",
        "will",
        "wie",
        "was",
        "wo",
        "wer",
        "welche",
        "warum",
        "wann",
        "kann",
        "woher",
        "comment",
        "où",
        "qui",
        "quel",
        "quelle",
        "pourquoi",
        "quand",
        "est-ce",
        "puis-je",
        "combien",
        "cómo",
        "dónde",
        "qué",
        "quién",
        "cuál",
        "cuándo",
        "cuánto",
        "puedo",
    )
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


def decorated(rng: random.Random, text: str, is_short: bool = False, language: str = "en") -> str:
    """Return a question in small letters as somebody might type it; a short one gets no extra words."""
    if language == "en" and rng.random() < 0.25:
        text = _with_swaps(rng, text)
    if not is_short and rng.random() < 0.2:
        text = rng.choice(_OPENINGS[language]) + text
    if not is_short and language == "en" and rng.random() < 0.1:
        text += rng.choice(_CLOSINGS)
    return typed(rng, text, language)


def typed(rng: random.Random, text: str, language: str = "en") -> str:
    """Return the text with slips, capitals, accents and marks as somebody might type them."""
    if rng.random() < 0.24:
        text = with_typo(rng, text)
    if language != "en" and rng.random() < 0.2:
        text = unaccented(text)
    if rng.random() < 0.75:
        text = text[0].upper() + text[1:]
        for plain, proper in _NAMES.items():
            text = text.replace(plain, proper)
    if rng.random() < 0.6:
        is_question = (text.lower().split() or [""])[0].strip(",") in _QUESTION_WORDS
        mark = "?" if is_question else rng.choice((".", "", "!"))
        text = f"¿{text}?" if language == "es" and is_question and rng.random() < 0.5 else text + mark
    return text


def unaccented(text: str) -> str:
    """Return the text without accents, as somebody types it whose keyboard has none."""
    parts = unicodedata.normalize("NFD", text.replace("ß", "ss"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _with_swaps(rng: random.Random, text: str) -> str:
    for plain, others in _SWAPS.items():
        if plain in text and rng.random() < 0.6:
            text = text.replace(plain, rng.choice(others), 1)
    return text
