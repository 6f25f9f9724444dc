"""Finds the texts in the blocks of a Markdown file: where in the source each of their lines is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt, rules_block
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from chatdesk.documents.rewrite.source_text import Line, lines_of

_KEPT = re.compile(r":::.*|!!!.*|\?\?\?.*|\{[%:{#].*\}|\[!\w+\].?|\[{1,2}_?TOC_?\]{1,2}|<!--.*-->", re.I)
_BEGINS = re.compile(r"\[\^[^\]\s]{1,100}\]:[ \t]+|:[ \t]+")  # a note at the foot, an explanation of a term
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_ATTRIBUTES = re.compile(r"[ \t]+\{[#.:][^{}\n]{0,200}\}$")
_FORMULA = "$$"
_DEEPEST = 60  # blocks within one another; a list is one and its points are others


@dataclass(frozen=True, slots=True)
class Raw:
    """A part of the source."""

    start: int
    end: int


@dataclass(eq=False)
class Run:
    """The text of a block; `text` has no signs of quotation or indentation at the beginning of its lines."""

    lines: list[Line]  # places in the source
    text: str
    is_cell: bool = False  # of a table
    is_underlined: bool = False  # a heading that has its sign below
    _starts: list[int] = field(default_factory=list)  # of the lines in `text`

    def __post_init__(self) -> None:
        start = 0
        for line in self.lines:
            self._starts.append(start)
            start += line.end - line.start + 1

    def raw(self, start: int, end: int) -> Raw:
        """Return the part of the source that a part of the text is."""
        return Raw(self._place(start), self._place(end))

    def _place(self, place: int) -> int:
        at = bisect_right(self._starts, place) - 1
        return self.lines[at].start + place - self._starts[at]


class Blocks:
    """The texts of a file. `references` are the link definitions in it."""

    def __init__(self, source: str, start: int) -> None:
        """`start`: what stands before is no Markdown."""
        self._source = source
        self._lines = [line for line in lines_of(source) if line.start >= start]
        self._environment: dict[str, object] = {}
        self._tokens: list[Token] = []
        markdown = _parser()
        text = "\n".join(source[line.start : line.end] for line in self._lines)
        markdown.block.parse(text, markdown, self._environment, self._tokens)

    @property
    def references(self) -> dict[str, object]:
        found = self._environment.get("references")
        return found if isinstance(found, dict) else {}

    def runs(self) -> Iterator[Run]:
        """Yield the texts in the order of the source."""
        row: int = -1
        behind = 0  # the cells of this row that have been told
        for before, token in zip([None, *self._tokens], self._tokens, strict=False):
            if token.type != "inline" or not token.map or not token.content.strip():
                continue
            if before and before.type in ("th_open", "td_open"):
                first = self._lines[token.map[0]]
                behind = behind if row == token.map[0] else first.start
                row = token.map[0]
                place = self._source.find(token.content.replace("|", "\\|"), behind, first.end)
                if place >= 0:
                    behind = place + len(token.content.replace("|", "\\|"))
                    yield self._run([Line(place, behind)], is_cell=True)
            else:
                is_underlined = before is not None and before.type == "heading_open" and before.markup in "-="
                for lines in self._parts(self._inside(token)):
                    yield self._run(lines, is_underlined=is_underlined)

    def _inside(self, token: Token) -> list[Line]:
        """Return the lines of a text without what stands before them; none where they are not found."""
        lines: list[Line] = []
        first = token.map[0] if token.map else 0
        contents = token.content.split("\n")
        for line, content in zip(self._lines[first:], contents, strict=False):
            core = content.strip()
            start = self._source.rfind(core, line.start, line.end)
            if start < 0 or not core:
                return []
            lines.append(Line(start, line.end if len(lines) < len(contents) - 1 else start + len(core)))
        return lines

    def _parts(self, lines: Sequence[Line]) -> Iterator[list[Line]]:
        """Yield the parts of what is one text for Markdown alone, not for its dialects: notes, terms."""
        part: list[Line] = []
        in_formula = False
        for line in lines:
            text = self._source[line.start : line.end]
            if in_formula or text.startswith(_FORMULA):
                in_formula = (text.count(_FORMULA) == 1) != in_formula
            elif not _KEPT.fullmatch(text.rstrip()):
                begins = _BEGINS.match(text)
                if begins and part:
                    yield part
                    part = []
                part.append(Line(line.start + begins.end(), line.end) if begins else line)
                continue
            if part:
                yield part
            part = []
        if part:
            yield part

    def _run(self, lines: list[Line], *, is_cell: bool = False, is_underlined: bool = False) -> Run:
        first, last = lines[0], lines[-1]
        if task := _TASK.match(self._source, first.start, first.end):
            lines[0] = Line(task.end(), first.end)
        if attributes := _ATTRIBUTES.search(self._source[lines[-1].start : last.end]):
            lines[-1] = Line(lines[-1].start, lines[-1].start + attributes.start())
        text = "\n".join(self._source[line.start : line.end] for line in lines)
        return Run(lines, text, is_cell, is_underlined)


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    markdown.block.ruler.at("reference", _reference)
    return markdown


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a link definition, but no note at the foot, which looks like one."""
    if state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
        return False
    return rules_block.reference(state, start, end, silent)
