"""Generated documents whose key facts are known: the sentences that hold a name, a number or a date."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starter_text.tables import read_toml
from starter_text.values import fill

Keep = Callable[[str], bool]
"""Says whether a sentence may be used, so that training and held-out texts share none."""

Variants = list[list[str]]
"""For each pattern its wordings."""


@dataclass(frozen=True)
class Genre:
    """The patterns of one kind of document; the layout is "prose", "letter" or "list"."""

    layout: str
    topics: Variants
    openings: Variants
    facts: Variants
    fields: Variants
    fillers: Variants


@dataclass(frozen=True)
class Document:
    """A text, its title, and its key facts: sentences or lines of the text, word for word, in their order.

    With each fact goes the last of its values.
    """

    title: str
    text: str
    facts: tuple[tuple[str, str], ...]
    genre: str
    language: str


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[0].upper() + text[1:]


def variants(pattern: str) -> list[str]:
    """Return all wordings of a pattern with alternatives, "(a|b|)"."""
    match = re.search(r"\(([^()]*)\)", pattern)
    if not match:
        return [" ".join(pattern.split())]
    before, after = pattern[: match.start()], pattern[match.end() :]
    return list(
        dict.fromkeys(text for part in match[1].split("|") for text in variants(before + part + after))
    )


def _read_genres(data: Mapping[str, Any]) -> dict[str, Genre]:
    def wordings(patterns: list[str]) -> Variants:
        return [variants(pattern) for pattern in patterns]

    common = wordings(data["common"]["fillers"])
    return {
        name: Genre(
            layout=genre.get("layout", "prose"),
            topics=wordings(genre["topics"]),
            openings=wordings(genre["openings"]),
            facts=wordings(genre["facts"]),
            fields=wordings(genre.get("fields", [])),
            fillers=wordings(genre["fillers"]) + common,
        )
        for name, genre in data["genres"].items()
    }


_LAYOUTS = read_toml("document_layouts")
GENRES: dict[str, dict[str, Genre]] = {
    "en": _read_genres(read_toml("documents")),
    **{language: _read_genres(data) for language, data in read_toml("documents_other").items()},
}
"""By language and name."""


def draw_wording(rng: random.Random, patterns: Variants) -> str:
    """Return a wording of one of the patterns; its slots are not yet filled."""
    return rng.choice(rng.choice(patterns))


class _Draft:
    """A document in the making."""

    def __init__(self, rng: random.Random, keep: Keep, language: str) -> None:
        self.rng = rng
        self.language = language
        self.name = rng.choice(list(GENRES[language]))
        self.genre = GENRES[language][self.name]
        self.facts: list[tuple[str, str]] = []
        self.title = ""
        self._keep = keep
        self._used: set[str] = set()

    def opening(self) -> str:
        """Return an opening sentence on our side, and note its title and that it is a fact."""
        while True:
            topic = fill(self.rng, draw_wording(self.rng, self.genre.topics), {}, self.language)
            pattern = draw_wording(self.rng, self.genre.openings)
            slots = {"topic": topic}
            marked = fill(self.rng, pattern, slots, self.language)
            sentence = capital(marked.replace("[", "").replace("]", ""))
            if self._keep(sentence):
                self.title = capital(_without_article(re.findall(r"\[(.*)\]", marked)[0]))
                return self._noted(sentence, slots)

    def fact(self, wordings: list[str]) -> str:
        """Return a sentence with a value on our side, and note it.

        A pattern with few values may have none left; after some attempts another one takes its place.
        """
        attempt = 0
        while True:
            attempt += 1
            pattern = self.rng.choice(wordings) if attempt < 100 else draw_wording(self.rng, self.genre.facts)
            slots: dict[str, str] = {}
            sentence = capital(fill(self.rng, pattern, slots, self.language))
            if self._keep(sentence) and sentence not in self._used:
                return self._noted(sentence, slots)

    def fillers(self, most: int) -> list[str]:
        """Return up to `most` sentences without a value on our side that the document does not have yet."""
        found: list[str] = []
        for _ in range(most * 3):
            sentence = draw_wording(self.rng, self.genre.fillers)
            if len(found) < most and sentence not in self._used and self._keep(sentence):
                self._used.add(sentence)
                found.append(sentence)
        return found

    def _noted(self, sentence: str, slots: dict[str, str]) -> str:
        self._used.add(sentence)
        self.facts.append((sentence, next(slots[slot] for slot in reversed(slots) if slot != "topic")))
        return sentence


def _without_article(text: str) -> str:
    return re.sub(r"^(the|an?|our|your|den|die|das|le|la|el) ", "", text)


def draw_document(
    rng: random.Random, keep: Keep, size: int | None = None, language: str = "en", has_opening: bool = True
) -> Document:
    """Return a document; `size` is the number of key facts after the opening one.

    A document without opening is a piece from the middle of one; it has no title.
    """
    draft = _Draft(rng, keep, language)
    size = size or rng.randrange(2, 6)
    opening = [draft.opening()] if has_opening else []
    layout = draft.genre.layout
    blocks = _draw_items(draft, size) if layout == "list" else _draw_paragraphs(draft, size)
    if opening and layout != "list" and rng.random() < 0.5:
        blocks[0] = f"{opening.pop()} {blocks[0]}"
    blocks = opening + blocks
    if layout == "letter" and has_opening:
        blocks = [_in_letter(draft, "greetings"), *blocks, _in_letter(draft, "closings")]
    if has_opening and rng.random() < 0.4:
        form = (
            "Subject: {}" if layout == "letter" and language == "en" else rng.choice(("{}", "# {}", "**{}**"))
        )
        blocks.insert(0, form.format(draft.title))
    text = rng.choice(("\n\n", "\n\n", "\n")).join(blocks)
    return Document(draft.title, text, tuple(draft.facts), draft.name, language)


def _fact_patterns(draft: _Draft, size: int) -> Variants:
    """Return patterns of facts, each at most once unless more are wanted than there are."""
    facts = draft.genre.facts
    drawn = draft.rng.sample(facts, min(size, len(facts)))
    return drawn + draft.rng.choices(facts, k=size - len(drawn))


def _draw_paragraphs(draft: _Draft, size: int) -> list[str]:
    """Return paragraphs; most begin with a fact, and fillers follow it."""
    rng = draft.rng
    density, new_paragraph = rng.choice((0, 1, 1, 2, 3)), rng.choice((0.0, 0.5, 1.0, 1.0))
    blocks: list[str] = []
    lines = _draw_fields(draft, size) if draft.genre.fields and rng.random() < 0.25 else []
    for wordings in _fact_patterns(draft, size - len(lines)):
        before = draft.fillers(1) if density and rng.random() < 0.15 else []
        text = " ".join([*before, draft.fact(wordings), *draft.fillers(rng.randrange(density + 1))])
        if blocks and rng.random() >= new_paragraph:
            blocks[-1] += f" {text}"
        else:
            blocks.append(text)
    if size > 7 and draft.language == "en" and rng.random() < 0.6:
        blocks = _with_headings(rng, blocks)
    return ["\n".join(lines), *blocks] if lines else blocks


def _draw_fields(draft: _Draft, size: int) -> list[str]:
    patterns = draft.rng.sample(draft.genre.fields, min(len(draft.genre.fields), size - 1))
    return [draft.fact(wordings) for wordings in patterns]


def _draw_items(draft: _Draft, size: int) -> list[str]:
    """Return one block: a list of facts, with fillers between them."""
    rng = draft.rng
    density = rng.choice((0, 1, 1, 2))
    fields = _draw_fields(draft, size) if draft.genre.fields and rng.random() < 0.4 else []
    lines = list(fields)
    for wordings in _fact_patterns(draft, size - len(fields)):
        lines += [draft.fact(wordings), *draft.fillers(rng.randrange(density + 1))]
    mark = rng.choice(("- ", "- ", "* ", "", "{}. "))
    return ["\n".join(mark.format(number) + line for number, line in enumerate(lines, 1))]


def _with_headings(rng: random.Random, blocks: list[str]) -> list[str]:
    headings = rng.sample(_LAYOUTS["headings"], min(len(_LAYOUTS["headings"]), 1 + len(blocks) // 3))
    form = rng.choice(("{}", "## {}", "**{}**"))
    for number, heading in enumerate(headings):
        blocks.insert(min(4 * number, len(blocks)), form.format(heading))
    return blocks if blocks[-1] != form.format(headings[-1]) else blocks[:-1]


def _in_letter(draft: _Draft, part: str) -> str:
    """Return the greeting or the closing of a letter; neither is a fact."""
    patterns = _LAYOUTS[part][draft.language]
    return fill(draft.rng, draft.rng.choice(patterns), {}, draft.language)
