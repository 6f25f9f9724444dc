"""Reads web pages: their main content as blocks, without menus, scripts and what is hidden."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from chatdesk.documents.blocks import Block, heading, in_sections
from chatdesk.documents.encodings import decoded
from chatdesk.documents.html_blocks import HtmlBlocks
from chatdesk.documents.parts import Piece, Refusal, Refused
from chatdesk.documents.xml import Element

LARGEST = 64 << 20  # bytes
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Elements that XML may close at once and HTML may not: it would take the rest of the page into them.
_CLOSED = re.compile(r"<(title|script|style|a|div|span|p|i|b|em|td)\b([^<>]*)/>", re.I)
_WRAPPERS = re.compile(r"</?(?:div|span|font|section|center|b|i)\b[^<>]*>", re.I)
_LEAST_MAIN = 200  # characters; less is an empty frame that a script would have filled


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  pages have no passwords
    """Yield the sections of a web page. Raises Refused, OSError."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(Refusal.too_big, "a page of more than 64 MiB")
    yield from in_sections(page_blocks(text_of(content)))


def page_blocks(text: str) -> list[Block]:
    """Return the main content of a page; the page's title stands before it if it has no heading."""
    root = tree(text)
    if root is None:
        return []
    blocks = HtmlBlocks(leave_out_frame=True).of(_main_part(root))
    if not any(block.level for block in blocks):
        title = next((one.text for one in root.iter("title")), None)
        if blocks and title:
            blocks.insert(0, heading(1, title))
    return blocks


def text_of(content: bytes) -> str:
    """Return the text of a page: a byte order mark decides, then the encoding that it declares."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if (declared := _DECLARED.search(content[:4096])) is not None:
        name = declared[1].decode("ascii").lower()
        # As browsers do: pages that say Latin-1 mean the encoding of Windows that contains it.
        name = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name
        try:
            return content.decode(name, "strict" if name.startswith("utf") else "replace")
        except (LookupError, ValueError):
            pass
    text = decoded(content)
    if text is None:
        raise Refused(Refusal.damaged, "no text")
    return text


def tree(text: str) -> Element | None:
    """Return the root of a page, None for an empty one. Raises Refused."""
    text = _CLOSED.sub(r"<\1\2></\1>", text)
    root, whole = _parsed(text)
    if not whole:  # too deep: nearly always wrappers around wrappers, which say nothing
        root, whole = _parsed(_WRAPPERS.sub("\n", text))
    if not whole:
        raise Refused(Refusal.damaged, "elements in elements without end")
    return root


def _parsed(text: str) -> tuple[Element | None, bool]:
    """Return a root and whether all the text is below it."""
    # HTML knows no entities of its own, so huge_tree lets no bomb in: only depth up to 2,048 and long texts.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    content = text.replace("\0", "").encode("utf-8", "replace")
    if not content.strip():
        return None, True
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)
    return root, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def _main_part(root: Element) -> Element:
    """Return the element that holds the content as opposed to the frame of the site."""
    candidates = [one for one in root.iter("*") if one.tag == "main" or one.get("role") == "main"]
    articles = list(root.iter("article"))
    if not candidates and len(articles) == 1:
        candidates = articles
    best = max(candidates, key=_length, default=root)
    return best if _length(best) >= _LEAST_MAIN else root


def _length(element: Element) -> int:
    return sum(len(text) for text in element.itertext())
