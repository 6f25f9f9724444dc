"""The blocks of a Markdown text as paragraphs and tables of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from chatdesk.ui.export.html import is_right_to_left
from chatdesk.ui.transcript.markdown import clean, parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_HALF_POINTS = {1: 36, 2: 30, 3: 26}  # of headings; smaller ones are as large as the text
_TABLE_HEAD = 6  # a heading as large as the text
_INDENT = 360  # twentieths of a point a level of a list or quote
_CODE = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>'
_CODE_POINTS = 19  # half points
_NO_TEXT = re.compile("<[^>]*>|&[a-z]+;")  # between the letters of runs
_STYLES = {"strong": "bold", "em": "italic", "s": "struck"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks; `size` is in half points, 0 for the usual one."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    grey: bool = False
    linked: bool = False
    size: int = 0


PLAIN = Look()


def run(text: str, look: Look = PLAIN) -> str:
    """Return a stretch of text in one look; its line ends stay."""
    style = _CODE * look.code + "<w:b/>" * look.bold + "<w:i/>" * look.italic + "<w:strike/>" * look.struck
    style += '<w:color w:val="666666"/>' * look.grey + '<w:color w:val="0563C1"/>' * look.linked
    if look.size:
        style += f'<w:sz w:val="{look.size}"/>'
    style += '<w:u w:val="single"/>' * look.linked
    fit = "".join(sign for sign in text if (sign >= " " or sign in "\t\n") and not _is_unfit(sign))
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in fit.split("\n"))
    return f"<w:r><w:rPr>{style}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def paragraph(
    runs: str,
    depth: int = 0,
    *,
    quoted: bool = False,
    shaded: bool = False,
    before: int = 0,
    heading: bool = False,
) -> str:
    """Return a paragraph; `before` is the room above it in points, `heading` keeps it with what follows."""
    style = "<w:keepNext/>" * heading
    style += '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="BBBBBB"/></w:pBdr>' * quoted
    style += '<w:shd w:val="clear" w:fill="F2F2F2"/>' * shaded
    if is_right_to_left(_NO_TEXT.sub("", runs)):
        style += "<w:bidi/>"
    style += f'<w:spacing w:before="{before * 20}" w:after="120"/>'
    style += f'<w:ind w:left="{depth * _INDENT}"/>' if depth else ""
    return f"<w:p><w:pPr>{style}</w:pPr>{runs}</w:p>"


class Blocks:
    """Turns tokens into paragraphs and tables, one after the other."""

    def __init__(self) -> None:
        self._counters: list[int] = []  # the next number of each open list, 0 for bullets
        self._marked = True  # whether the item that is open has its mark
        self._quotes = 0
        self._heading = 0
        self._cell: str | None = None  # the paragraph of the table cell that is open

    def of(self, text: str) -> Iterator[str]:
        """Yield the XML of each block of `text`."""
        for token in parser().parse(clean(text)):
            yield from self._take(token)

    def _take(self, token: Token) -> Iterator[str]:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                ordered = token.type == "ordered_list_open"
                self._counters.append(int(token.attrGet("start") or 1) if ordered else 0)
            case "bullet_list_close" | "ordered_list_close":
                self._counters.pop()
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "list_item_open":
                self._marked = False
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1]) if token.nesting > 0 else 0
            case "inline" | "fence" | "code_block":
                yield from self._text(token)
            case "hr":
                yield paragraph(run("―" * 20, Look(grey=True)))
            case _:
                yield from self._table(token)

    def _text(self, token: Token) -> Iterator[str]:
        is_code = token.children is None
        if is_code:
            runs = run(token.content.rstrip("\n"), Look(code=True, size=_CODE_POINTS))
        else:
            runs = _runs(token.children or (), self._heading)
        if self._cell is not None:
            self._cell = paragraph(runs)
            return
        if self._counters and not self._marked:
            runs = run(self._mark()) + runs
        self._marked = True
        depth = len(self._counters) + self._quotes
        heads = self._heading > 0
        yield paragraph(runs, depth, quoted=self._quotes > 0, shaded=is_code, before=6 * heads, heading=heads)

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
                yield "</w:tbl>" + paragraph("")
            case "tr_open":
                yield "<w:tr>"
            case "tr_close":
                yield "</w:tr>"
            case "th_open" | "td_open":
                self._heading = _TABLE_HEAD if token.type == "th_open" else 0
                self._cell = paragraph("")
            case "th_close" | "td_close":
                yield f"<w:tc>{self._cell}</w:tc>"
                self._heading, self._cell = 0, None


def _runs(tokens: Sequence[Token], heading: int) -> str:
    look = Look(bold=heading > 0, size=_HALF_POINTS.get(heading, 0))
    runs = []
    for token in tokens:
        style = _STYLES.get(token.type.removesuffix("_open").removesuffix("_close"))
        if style is not None and token.nesting:
            on = token.nesting > 0 or (style == "bold" and heading > 0)
            look = replace(look, **{style: on})
        elif token.type == "softbreak":
            runs.append(run(" "))
        elif token.type == "hardbreak":
            runs.append("<w:r><w:br/></w:r>")
        elif token.type == "link_open":
            address = "".join(sign for sign in str(token.attrGet("href")) if sign not in '"\\' and sign > " ")
            instruction = quoteattr(f'HYPERLINK "{address}"')
            runs.append(f"<w:fldSimple w:instr={instruction}>")
            look = replace(look, linked=True)
        elif token.type == "link_close":
            runs.append("</w:fldSimple>")
            look = replace(look, linked=False)
        elif token.content:
            runs.append(run(token.content, replace(look, code=token.type == "code_inline")))
    return "".join(runs)


def _is_unfit(sign: str) -> bool:
    """Whether XML has no place for a character."""
    return "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff"
