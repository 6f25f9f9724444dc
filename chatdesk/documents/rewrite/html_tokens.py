"""Cuts the source of a web page into tags and texts, each with its place, so that it can be changed there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_TORN = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")  # a quotation mark in it has no mate
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
_OTHERS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"))
_RAW = frozenset(("script", "style", "textarea", "xmp", "iframe", "noembed", "noframes"))


class Sort(Enum):
    text = auto()
    opens = auto()
    closes = auto()
    other = auto()  # comments, instructions, declarations, scripts


@dataclass(frozen=True, slots=True)
class Token:
    sort: Sort
    start: int  # in the source
    end: int
    name: str = ""  # of a tag, in small letters
    closed: bool = False  # a tag that ends with "/>"
    inside: int = 0  # where the attributes begin


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str  # in small letters
    value: str
    start: int  # where the value stands in the source, with its quotation marks if it has some
    end: int


def tokens(source: str, *, is_xml: bool = False) -> Iterator[Token]:
    """Yield what the source is made of; there is nothing between two tokens."""
    place = text = 0  # where to look on; where the text begins that has not been told
    last = source.rfind(">")  # no tag begins behind it
    while 0 <= (place := source.find("<", place)) < last:
        found = _at(source, place)
        if found is None:
            place += 1
            continue
        if place > text:
            yield Token(Sort.text, text, place)
        yield found
        place = text = found.end
        if found.sort is Sort.opens and found.name in _RAW and not (is_xml and found.closed):
            place = text = _end_of_raw(source, found)
            if place > found.end:
                yield Token(Sort.other, found.end, place)
    if text < len(source):
        yield Token(Sort.text, text, len(source))


def _at(source: str, place: int) -> Token | None:
    """Return the tag or comment that begins at a place, None for a sign that stands for itself."""
    for beginning, ending in _OTHERS:
        if source.startswith(beginning, place):
            end = source.find(ending, place + len(beginning))
            return Token(Sort.other, place, end + len(ending) if end >= 0 else len(source))
    found = _TAG.match(source, place) or _TORN.match(source, place)
    if found is None:
        return None
    sort = Sort.closes if found[1] else Sort.opens
    return Token(sort, place, found.end(), found[2].lower(), found[3].endswith("/"), found.start(3))


def _end_of_raw(source: str, tag: Token) -> int:
    """Return where an element ends in which no tags are."""
    found = re.compile(rf"</{re.escape(tag.name)}[\s/>]", re.I).search(source, tag.end)
    return found.start() if found is not None else len(source)


def attributes(source: str, tag: Token) -> list[Attribute]:
    """Return the attributes of an opening tag that have values."""
    found_ones = []
    for found in _ATTRIBUTE.finditer(source, tag.inside, tag.end - 1):
        if found[2]:
            value = found[2][1:-1] if found[2][0] in "\"'" else found[2]
            found_ones.append(Attribute(found[1].lower(), html.unescape(value), found.start(2), found.end(2)))
    return found_ones
