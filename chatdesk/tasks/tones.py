"""Tells where a tone can be chosen: by the language that is translated into, and by the model."""

from __future__ import annotations

from chatdesk.domain.translators import Translator
from chatdesk.tasks.inflection import base_language

# Languages with one word for everybody who is addressed, in use today.
_ONE_ADDRESS = frozenset(
    ("en", "da", "sv", "nb", "is", "fo", "ga", "he", "mt", "eo", "sw", "zu", "xh", "yo", "ig", "so", "ha")
)


def has_tones(language: str) -> bool:
    """Whether a language (code) has formal and informal ways to address the reader; True where unknown."""
    return base_language(language) not in _ONE_ADDRESS


def takes_tone(translator: Translator | None) -> bool:
    """Whether models of a family can be told how to address the reader; None: chat models."""
    return translator is None or translator.task is None


def takes_wishes(translator: Translator | None) -> bool:
    """Whether models of a family can be told a field and an instruction; None: chat models."""
    return takes_tone(translator) and not (translator is not None and translator.plain)
