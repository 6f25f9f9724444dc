"""Conversations that summarise a generated document, join partial summaries, or give a document its title."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from itertools import islice

from starter_text.conversation import Conversation, single
from starter_text.documents import Document, draw_document
from starter_text.page_prompts import (
    FORMS,
    LENGTHS,
    POINT_COUNTS,
    SAME_LANGUAGE,
    page_prompt,
    summary_form,
)
from starter_text.summary_forms import USUAL_COUNT, Fact, as_summary, chosen_facts, joined_facts
from starter_text.tables import read_toml
from starter_text.values import invented
from starter_text.writer import Writer

_ASKED = read_toml("documents_asked")
_NUMBER_WORDS: dict[str, list[str]] = _ASKED["numbers"]
_LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
_STYLE_OF_FORM = {
    "bullets": "bullets",
    "table": "table with rows",
    "paragraph": "sentences",
    "line": "sentences",
}
_COUNTS = {"line": 1, "short": 3, "medium": 5, "detailed": 8}
"""Bullet points by length, as in the task file of the page."""

_PAGE_SHARE = 0.5
"""Share of the questions that are the pages' own."""


def write_summary(writer: Writer) -> Conversation:
    """Return a document and its key facts in one of several styles; the meta holds facts and source."""
    rng = writer.rng
    document = _draw_any_document(writer)
    if rng.random() < _PAGE_SHARE:
        return _asked_by_page(rng, document)
    wordings: dict[str, list[str]] = _ASKED["summarise"][document.language]
    style, count = rng.choice(list(wordings)), _draw_count(rng)
    facts = chosen_facts(style, document.facts, count)
    if document.language == "en" and style in _ASKED["summarise_system"] and rng.random() < 0.2:
        system = writer.instruction(_ASKED["summarise_system"][style])
        return _summary(document, document.text, style, facts).with_system(system)
    task = writer.instruction(wordings[style], NUMBER=_number(rng, count, document.language))
    item = _summary(document, _with_document(writer, task, document), style, facts)
    if document.language == "en" and rng.random() < 0.15:
        return _asked_again(writer, item, facts)
    return item


def write_points(writer: Writer) -> Conversation:
    """Return a part of a document and its first key facts as JSON, each with its sentence."""
    rng = writer.rng
    language = rng.choice(("de", "fr", "es")) if rng.random() < 0.12 else "en"
    size = rng.randrange(2, 16) if language == "en" else rng.randrange(2, 8)
    document = draw_document(rng, writer.keep, size, language, has_opening=rng.random() < 0.5)
    length = rng.choice(LENGTHS)
    told = _draw_language(rng, document)
    slots = {"text": document.text, "language": told, "focus": "", "count": POINT_COUNTS[length]}
    system, question = page_prompt("points", **slots)
    facts = [sentence for sentence, _ in chosen_facts("bullets", document.facts, _COUNTS[length])]
    answer = {"points": [{"quote": sentence, "point": sentence} for sentence in facts]}
    meta = {"facts": facts, "source": document.text}
    written = json.dumps(answer, ensure_ascii=False)
    return single("points", question, written, **meta).with_system(system)


def write_long_summary(writer: Writer) -> Conversation:
    """Return a text of about 1,000 to 1,500 tokens in three parts, and its first key facts as bullets."""
    rng = writer.rng
    parts = [draw_document(rng, writer.keep, size=rng.randrange(13, 17)) for _ in range(3)]
    text = "\n\n".join(part.text for part in parts)
    length = rng.choice(LENGTHS)
    facts = chosen_facts("bullets", parts[0].facts, _COUNTS[length])
    form = summary_form("bullets", length)
    system, question = page_prompt("summarize", text=text, language=SAME_LANGUAGE, form=form)
    meta = {"facts": [sentence for sentence, _ in facts], "source": text}
    return single("summarise", question, as_summary("bullets", facts), **meta).with_system(system)


def _summary(document: Document, question: str, style: str, facts: Sequence[Fact]) -> Conversation:
    meta = {"style": style, "facts": [sentence for sentence, _ in facts], "source": document.text}
    return single("summarise", question, as_summary(style, facts), **meta, genre=document.genre)


def _asked_by_page(rng: random.Random, document: Document) -> Conversation:
    form, style, count = _draw_form(rng)
    language = _draw_language(rng, document)
    system, question = page_prompt("summarize", text=document.text, language=language, form=form)
    facts = chosen_facts(style, document.facts, count)
    return _summary(document, question, style, facts).with_system(system)


def _asked_again(writer: Writer, item: Conversation, facts: Sequence[Fact]) -> Conversation:
    """Return the conversation with a wish for another form; what was left out before stays out."""
    style, count = writer.rng.choice(list(_ASKED["summarise_again"])), writer.rng.randrange(2, 4)
    slots = {"NUMBER": _number(writer.rng, count, "en")}
    asked = writer.follow_up(_ASKED["summarise_again"][style], **slots)
    answer = as_summary(style, chosen_facts(style, facts, count))
    return item.with_turn(asked, answer, "summarise again")


def _draw_form(rng: random.Random) -> tuple[str, str, int]:
    """Return a form as the pages ask for it, its style and its number of facts."""
    name = rng.choice(FORMS)
    form = summary_form(name, rng.choice(LENGTHS))
    number = re.search(r"\d+", form)
    return form, _STYLE_OF_FORM[name], int(number[0]) if number else 1


def _draw_language(rng: random.Random, document: Document) -> str:
    return SAME_LANGUAGE if rng.random() < 0.5 else _LANGUAGES[document.language]


def _draw_any_document(writer: Writer) -> Document:
    """Return a document: one in eight not in English, one in eight long, one in five medium, some without a
    beginning."""
    rng = writer.rng
    language = rng.choice(("de", "fr", "es")) if rng.random() < 0.12 else "en"
    kind = rng.random()
    size = rng.randrange(18, 38) if kind < 0.12 else rng.randrange(7, 18) if kind < 0.34 else None
    size = size if language == "en" else rng.randrange(2, 8)
    return draw_document(rng, writer.keep, size, language, has_opening=rng.random() < 0.85)


def _with_document(writer: Writer, task: str, document: Document) -> str:
    """Return a question with its text, one time in four as a document that is attached in a chat."""
    if writer.rng.random() < 0.75:
        return writer.layout(task, document.text)
    words = document.title or invented(writer.rng)
    stem = words.lower().replace(" ", writer.rng.choice("-_ "))
    ending = writer.rng.choice(("pdf", "txt", "docx", "md", "odt"))
    return f'<document name="{stem}.{ending}">\n{document.text}\n</document>\n\n{task}'


def _draw_count(rng: random.Random) -> int:
    return rng.choice((2, 3, 3, 3, 4, 5, 5, 6, 7, 8))


def _number(rng: random.Random, count: int, language: str) -> str:
    return str(count) if rng.random() < 0.7 else _NUMBER_WORDS[language][count]


def write_joined_summary(writer: Writer) -> Conversation:
    """Return summaries of the parts of a document, and one from all of them."""
    rng = writer.rng
    if rng.random() < _PAGE_SHARE:
        form, style, count = _draw_form(rng)
        document, parts = _draw_parts(writer, count)
        text = _joined_text(rng, [as_summary(style, part) for part in parts])
        slots = {"text": text, "language": _draw_language(rng, document), "form": form}
        system, question = page_prompt("combine", **slots)
        return _joined(question, text, style, joined_facts(parts, count)).with_system(system)
    asked, count = rng.choice(list(_ASKED["reduce"])), _draw_count(rng)
    _, parts = _draw_parts(writer, rng.randrange(1, 6))
    text = _joined_text(rng, [as_summary(rng.choice(("bullets", "sentences")), part) for part in parts])
    task = writer.instruction(_ASKED["reduce"][asked], NUMBER=_number(rng, count, "en"))
    facts = joined_facts(parts, count if asked == "bullets" else USUAL_COUNT)
    return _joined(writer.layout(task, text), text, "bullets", facts)


def _joined(question: str, source: str, style: str, facts: Sequence[Fact]) -> Conversation:
    sentences = [sentence for sentence, _ in facts]
    return single("reduce", question, as_summary(style, facts), facts=sentences, source=source)


def _joined_text(rng: random.Random, summaries: Sequence[str]) -> str:
    label = rng.choice(("", "", "Part {}:\n", "Summary {}:\n", "[{}]\n", "## Part {}\n"))
    return "\n\n".join(label.format(number) + summary for number, summary in enumerate(summaries, 1))


def _draw_parts(writer: Writer, count: int) -> tuple[Document, list[list[Fact]]]:
    """Return a document and its facts in 2 to 6 parts, each with `count` facts or sometimes fewer."""
    rng = writer.rng
    most = 36 // count
    sizes = [
        count if rng.random() < 0.7 else rng.randrange(1, count + 1)
        for _ in range(min(most, rng.choice((2, 2, 2, 3, 3, 4, 5, 6))))
    ]
    document = draw_document(rng, writer.keep, sum(sizes) - 1)
    facts = iter(document.facts)
    return document, [list(islice(facts, size)) for size in sizes]


def write_document_title(writer: Writer) -> Conversation:
    """Return a document and its title of at most six words, which is a part of its text."""
    rng = writer.rng
    document = draw_document(rng, writer.keep, size=rng.randrange(1, 8))
    if rng.random() >= _PAGE_SHARE:
        task = writer.instruction(_ASKED["title"]["wordings"])
        return single("title", _with_document(writer, task, document), document.title)
    style = rng.choice(("short", "points"))
    task = writer.instruction(_ASKED["summarise"]["en"][style])
    item = _summary(
        document, _with_document(writer, task, document), style, chosen_facts(style, document.facts, 0)
    )
    return item.with_turn(page_prompt("title")[1], document.title, "title")
