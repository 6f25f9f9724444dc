"""Headers and footers of sheets: their words are translated, their codes for pages, dates and looks stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chatdesk.documents.rewrite.inline import Node, Paragraph, Thing
from chatdesk.documents.xml import Element

_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Za-z&])')
_SECTIONS = ("&L", "&C", "&R")
_WORDS = tuple("PNDTFAZ")  # codes that are read, such as the number of the page
_SIZE = re.compile(r"&\d{1,3}$")
_LONGEST = 255  # characters of all sections; with more, Excel takes the file for damaged
_HOLDERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


class SectionSlot:
    """The left, middle or right part of a header or footer."""

    def __init__(self, header: _Header, number: int, paragraph: Paragraph) -> None:
        self._header = header
        self._number = number
        self._paragraph = paragraph
        self.text = paragraph.text

    def put(self, text: str) -> bool:
        """Give the part another text; return whether its marks fit, and all fits into the header."""
        nodes, fits = self._paragraph.with_text(text)
        return self._header.put(self._number, nodes) and fits


class _Header:
    """A header or footer as a list of sections: the code that opens each, and its nodes."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.sections: list[tuple[str, list[Node]]] = [("", [])]
        text = element.text or ""
        place = 0
        for found in _CODE.finditer(text):
            self.sections[-1][1].append(text[place : found.start()])
            place = found.end()
            code = found[0]
            if code in _SECTIONS:
                self.sections.append((code, []))
            else:
                self.sections[-1][1].append("&" if code == "&&" else Thing([code], code[1:] in _WORDS))
        self.sections[-1][1].append(text[place:])

    def put(self, number: int, nodes: list[Node]) -> bool:
        """Give a section other nodes; return whether there was room for them."""
        old = self.sections[number]
        self.sections[number] = (old[0], nodes)
        written = "".join(code + _written(each) for code, each in self.sections)
        if len(written) > _LONGEST:
            self.sections[number] = old
            return False
        self._element.text = written
        return True


def header_slots(sheet: Element) -> Iterator[SectionSlot]:
    """Yield the parts of all headers and footers of a sheet."""
    for element in sheet.iter(*("{*}" + name for name in _HOLDERS)):
        header = _Header(element)
        for number, (_, nodes) in enumerate(header.sections):
            yield SectionSlot(header, number, Paragraph(nodes))


def has_headers(content: bytes) -> bool:
    """Whether the file of a sheet has headers or footers."""
    return b"headerFooter" in content


def _written(nodes: Sequence[Node]) -> str:
    done = ""
    for node in nodes:
        if isinstance(node, str):
            blank = " " if _SIZE.search(done) and node[:1].isdigit() else ""  # "&12" and "3 houses"
            done += blank + node.replace("&", "&&")
        elif isinstance(node, Thing):
            done += "".join(str(part) for part in node.parts)
    return done
