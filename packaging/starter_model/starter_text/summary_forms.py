"""Writes key facts down as a summary in one of several styles."""

from __future__ import annotations

from collections.abc import Sequence

Fact = tuple[str, str]
"""A sentence or line of a document, and its most telling value."""

USUAL_COUNT = 5
"""Facts in a list when no number is asked for."""

_LIMITS = {"sentence": 1, "short": 3, "points": USUAL_COUNT, "numbered": USUAL_COUNT, "table": USUAL_COUNT}
_TABLE_HEAD = "| Fact | Value |\n| --- | --- |\n"


def chosen_facts(style: str, facts: Sequence[Fact], count: int) -> Sequence[Fact]:
    """Return the first facts: `count`, or as many as a style without a number has, or all there are."""
    return facts[: _LIMITS.get(style, count)]


def joined_facts(parts: Sequence[Sequence[Fact]], count: int) -> list[Fact]:
    """Return up to `count` facts, evenly from all parts and in their order; the first parts give one more."""
    share, rest = divmod(count, len(parts))
    return [fact for number, part in enumerate(parts) for fact in part[: share + (number < rest)]]


def as_summary(style: str, facts: Sequence[Fact]) -> str:
    """Return facts word for word: as sentences, numbered lines, rows of a table, or bullet points."""
    sentences = [sentence for sentence, _ in facts]
    if style in ("sentence", "sentences", "short"):
        return " ".join(text if text[-1] in ".?!" else f"{text}." for text in sentences)
    if style.startswith("numbered"):
        return "\n".join(f"{number}. {text}" for number, text in enumerate(sentences, 1))
    if style.startswith("table"):
        return _TABLE_HEAD + "\n".join(f"| {sentence} | {value} |" for sentence, value in facts)
    return "\n".join(f"- {text}" for text in sentences)
