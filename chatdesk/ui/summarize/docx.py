"""Writes Markdown as a Word document: headings, paragraphs, lists and tables, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from chatdesk.ui.transcript.markdown import clean, parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_HALF_POINTS = {1: 36, 2: 30, 3: 26}  # of headings; smaller ones are as large as the text
_TABLE_HEAD = 6  # a heading as large as the text
_INDENT = 360  # twentieths of a point a level of a list


def write_docx(path: Path, title: str, text: str, receipt: Sequence[tuple[str, str]]) -> None:
    """Write `text` (Markdown) below `title`, and the lines of `receipt` at the end. Raises OSError."""
    small = "".join(_paragraph(_run(f"{what}: {value}", size=16)) for what, value in receipt)
    body = _paragraph(_run(title, bold=True, size=36)) + "".join(_blocks(text)) + _paragraph("") + small
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)


def _blocks(text: str) -> Iterator[str]:
    """Yield the XML of each block."""
    writer = _Blocks()
    for token in parser().parse(clean(text)):
        yield from writer.take(token)


class _Blocks:
    """Turns tokens into paragraphs and tables, one after the other."""

    def __init__(self) -> None:
        self._counters: list[int] = []  # the next number of each open list, 0 for bullets
        self._marked = True  # whether the item that is open has its mark
        self._heading = 0
        self._cell: str | None = None  # the paragraph of the table cell that is open

    def take(self, token: Token) -> Iterator[str]:
        """Yield what a token adds."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                ordered = token.type == "ordered_list_open"
                self._counters.append(int(token.attrGet("start") or 1) if ordered else 0)
            case "bullet_list_close" | "ordered_list_close":
                self._counters.pop()
            case "list_item_open":
                self._marked = False
            case "heading_open":
                self._heading = int(token.tag[1])
            case "heading_close":
                self._heading = 0
            case "inline" | "fence" | "code_block":
                yield from self._text(token)
            case _:
                yield from self._table(token)

    def _text(self, token: Token) -> Iterator[str]:
        runs = _runs(token.children, self._heading) if token.children is not None else _run(token.content)
        if self._cell is not None:
            self._cell = _paragraph(runs)
            return
        if self._counters and not self._marked:
            runs = _run(self._mark()) + runs
        self._marked = True
        yield _paragraph(runs, len(self._counters))

    def _mark(self) -> str:
        number = self._counters[-1]
        if not number:
            return "•\u2002"
        self._counters[-1] = number + 1
        return f"{number}.\u2002"

    def _table(self, token: Token) -> Iterator[str]:
        match token.type:
            case "table_open":
                yield f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
            case "table_close":
                # Word wants a paragraph behind a table.
                yield "</w:tbl>" + _paragraph("")
            case "tr_open":
                yield "<w:tr>"
            case "tr_close":
                yield "</w:tr>"
            case "th_open" | "td_open":
                self._heading = _TABLE_HEAD if token.type == "th_open" else 0
                self._cell = _paragraph("")
            case "th_close" | "td_close":
                yield f"<w:tc>{self._cell}</w:tc>"
                self._heading, self._cell = 0, None


def _runs(tokens: Sequence[Token], heading: int) -> str:
    bold, italic = heading > 0, False
    runs = []
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold = token.nesting > 0 or heading > 0
            case "em_open" | "em_close":
                italic = token.nesting > 0
            case "softbreak":
                runs.append(_run(" "))
            case "hardbreak":
                runs.append("<w:r><w:br/></w:r>")
            case _ if token.content:
                runs.append(_run(token.content, bold, italic, _HALF_POINTS.get(heading, 0)))
    return "".join(runs)


def _run(text: str, bold: bool = False, italic: bool = False, size: int = 0) -> str:
    style = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    if size:
        style += f"<w:sz w:val={quoteattr(str(size))}/>"
    fit = "".join(character for character in text if character >= " " or character in "\t\n")
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(fit)}</w:t></w:r>'


def _paragraph(runs: str, depth: int = 0) -> str:
    style = f'<w:ind w:left="{depth * _INDENT}"/>' if depth else ""
    return f"<w:p><w:pPr>{style}</w:pPr>{runs}</w:p>"
