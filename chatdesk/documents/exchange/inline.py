"""The plain text of an element with marks of formatting in it, as TMX and TBX have them."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.documents.exchange.entries import clean
from chatdesk.documents.xml import Element, local

# Their content is code of the program that wrote the file, not text.
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut", "sc", "ec"))


@dataclass(slots=True)
class Inline:
    """A text, and whether something had to be left out of it."""

    text: str = ""
    has_tags: bool = False
    has_entities: bool = False


def line_of(element: Element) -> int:
    """Return the line in which an element begins, 0 where it is not known."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def inline_of(element: Element) -> Inline:
    """Return the text of an element without codes; other elements leave their text."""
    found = Inline(element.text or "")
    for below in element:
        name = local(below)
        if not name:  # an entity, which is never looked up
            found.has_entities = True
        else:
            found.has_tags = True
            if name not in _CODES:
                inner = inline_of(below)
                found.text += inner.text
                found.has_entities |= inner.has_entities
        found.text += below.tail or ""
    found.text = clean(found.text)
    return found
