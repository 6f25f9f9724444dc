"""Conversations that summarise a generated document, join partial summaries, or give a document its title."""

from __future__ import annotations

import random

from starter_text.conversation import Conversation, single
from starter_text.documents import capital, draw_document
from starter_text.patterns import expand
from starter_text.tables import read_toml
from starter_text.writer import Writer

_WORDINGS = read_toml("instructions")
_STYLES = ("bullets", "bullets", "points", "points", "short", "short", "short", "sentence", "numbered")
_NUMBER_WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}


def write_summary(writer: Writer) -> Conversation:
    """Return a document and its key facts in one of several styles; the meta holds facts and source."""
    rng = writer.rng
    document = draw_document(rng, writer.keep, size=_draw_size(rng))
    style, count = rng.choice(_STYLES), rng.randrange(2, 6)
    limits = {"bullets": count, "points": 6, "short": 4, "sentence": 1, "numbered": 6}
    facts = list(document.facts[: limits[style]])
    answer = _in_style(style, facts)
    meta = {"style": style, "facts": facts, "source": document.text, "genre": document.genre}
    if style in _WORDINGS["summarise_system"] and rng.random() < 0.2:
        system = writer.instruction(_WORDINGS["summarise_system"][style])
        return single("summarise", document.text, answer, **meta).with_system(system)
    number = str(count) if rng.random() < 0.7 else _NUMBER_WORDS[count]
    task = writer.instruction(_WORDINGS["summarise"][style], **({"N": number} if style == "bullets" else {}))
    item = single("summarise", writer.layout(task, document.text), answer, **meta)
    if rng.random() < 0.1:
        other = rng.choice(("sentence", "points"))
        asked = writer.follow_up(_WORDINGS["summarise_again"][other])
        return item.with_turn(asked, _in_style(other, facts), "summarise again")
    return item


def _draw_size(rng: random.Random) -> int | None:
    """Return the number of facts of a long document, or None for one of the usual size."""
    kind = rng.random()
    if kind < 0.035:
        return rng.randrange(24, 56)
    return rng.randrange(8, 24) if kind < 0.1 else None


def _in_style(style: str, facts: list[str]) -> str:
    if style == "sentence":
        return f"{facts[0]}."
    if style == "short":
        return ". ".join(facts) + "."
    if style == "numbered":
        return "\n".join(f"{number}. {fact}" for number, fact in enumerate(facts, 1))
    return "\n".join(f"- {fact}" for fact in facts)


def write_joined_summary(writer: Writer) -> Conversation:
    """Return summaries of the parts of a document, and one list from all of them."""
    rng = writer.rng
    count = rng.choice((2, 2, 3, 4))
    parts = [draw_document(rng, writer.keep, size=rng.randrange(2, 4)).facts for _ in range(count)]
    label = rng.choice(("Part {}:\n", "Summary {}:\n", "[{}]\n", "## Part {}\n", ""))
    dash = rng.choice(("- ", "- ", ""))
    text = "\n\n".join(
        label.format(number) + "\n".join(dash + fact for fact in part) for number, part in enumerate(parts, 1)
    )
    facts = [fact for part in parts for fact in part[: 2 if count == 2 else 1]]
    question = writer.layout(writer.instruction(_WORDINGS["other"]["reduce"]), text)
    return single("reduce", question, _in_style("points", facts), facts=facts, source=text)


def write_document_title(writer: Writer) -> Conversation:
    """Return a short document and its title."""
    document = draw_document(writer.rng, writer.keep, size=2)
    task = capital(expand(writer.rng, _WORDINGS["other"]["document_title"]))
    return single("title", writer.layout(task, document.text), document.title)
