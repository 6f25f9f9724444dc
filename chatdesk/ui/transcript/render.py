"""Write Markdown tokens into a text document; text enters by insertText alone and is never interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextList,
    QTextListFormat,
)

from chatdesk.ui.transcript.formats import BlockProperty, Formats
from chatdesk.ui.transcript.inline import LINE, write_inline
from chatdesk.ui.transcript.markdown import Block
from chatdesk.ui.transcript.rows import Table, table_rows
from chatdesk.ui.transcript.tables import write_table

if TYPE_CHECKING:
    from markdown_it.token import Token

_TASKS = {"[ ] ": 1, "[x] ": 2, "[X] ": 2}


@dataclass(slots=True)
class _List:
    """A list that is being written: `qt` exists once it has an item."""

    ordered: bool
    start: int
    depth: int  # of bullets, from 1
    indent: int
    qt: QTextList | None = None
    pending: bool = False  # an item has begun and has no text block yet


class BlockWriter:
    """Writes blocks at a cursor, one after the other."""

    def __init__(self, formats: Formats, cursor: QTextCursor, *, empty: bool) -> None:
        """`empty`: the cursor stands in a text block that nothing was written into."""
        self.empty = empty
        self._formats = formats
        self._cursor = cursor
        self._lists: list[_List] = []
        self._quotes: list[int] = []  # indents at which quotes began
        self._tight = False

    def write(self, block: Block) -> None:
        if not block.tokens:
            self._cursor.insertText(block.source.replace("\n", LINE), self._formats.base)
            return
        tokens = block.tokens
        place = 0
        while place < len(tokens):
            if tokens[place].type == "table_open":
                end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
                self._table(Block(tokens[place : end + 1], ""))
                place = end
            else:
                self._token(tokens, place)
            place += 1

    def _token(self, tokens: Sequence[Token], place: int) -> None:
        token = tokens[place]
        match token.type:
            case "paragraph_open":
                self._tight = token.hidden
            case "heading_open":
                self._heading(int(token.tag[1]), tokens[place + 1])
            case "inline" if tokens[place - 1].type == "paragraph_open":
                self._paragraph(token)
            case "bullet_list_open" | "ordered_list_open":
                self._begin_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self._end_list()
            case "list_item_open":
                self._lists[-1].pending = True
            case "list_item_close":
                self._fill_pending()
            case _:
                self._other_token(token)

    def _other_token(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._fill_pending()
                self._quotes.append(self._indent)
            case "blockquote_close":
                self._quotes.pop()
            case "fence" | "code_block":
                self._code(token.content)
            case "hr":
                self._rule()

    @property
    def _indent(self) -> int:
        return len(self._lists) + len(self._quotes)

    def _begin_block(self, block: QTextBlockFormat, characters: QTextCharFormat, task: int = 0) -> None:
        """Start a text block at the present depth; the first one of a list item carries its mark."""
        current = self._lists[-1] if self._lists else None
        in_item = current is not None and current.pending
        if self._quotes:
            block.setProperty(BlockProperty.quotes, sum(1 << indent for indent in self._quotes))
        if in_item and current is not None:
            if task:
                block.setProperty(BlockProperty.task, task)
            elif not current.ordered:
                block.setProperty(BlockProperty.bullet, current.depth)
        else:
            block.setIndent(self._indent)
        if self.empty:
            block.setTopMargin(0)
            self._cursor.setBlockFormat(block)
            self._cursor.setBlockCharFormat(characters)
            self.empty = False
        else:
            self._cursor.insertBlock(block, characters)
            # A new block stays in the list of the one before it.
            if (inherited := self._cursor.currentList()) is not None and not in_item:
                inherited.remove(self._cursor.block())
                self._cursor.setBlockFormat(block)
        if in_item and current is not None:
            self._join_list(current)

    def _join_list(self, current: _List) -> None:
        current.pending = False
        if current.qt is not None:
            current.qt.add(self._cursor.block())
            return
        style = QTextListFormat()
        style.setIndent(current.indent)
        if current.ordered:
            style.setStyle(QTextListFormat.Style.ListDecimal)
            style.setStart(current.start)
        else:
            style.setStyle(QTextListFormat.Style.ListStyleUndefined)
        current.qt = self._cursor.createList(style)

    def _fill_pending(self) -> None:
        """Give an item that begins with no text of its own a text block for its mark."""
        if self._lists and self._lists[-1].pending:
            self._begin_block(QTextBlockFormat(self._formats.tight), self._formats.base)

    def _begin_list(self, token: Token) -> None:
        self._fill_pending()
        ordered = token.type == "ordered_list_open"
        depth = 1 + sum(not one.ordered for one in self._lists)
        # An ordered list in Qt counts in 32 bits.
        start = min(int(token.attrGet("start") or 1), 2**30) if ordered else 1
        self._lists.append(_List(ordered, start, depth, self._indent + 1))

    def _end_list(self) -> None:
        self._lists.pop()
        if not self._lists:
            space = QTextBlockFormat()
            space.setBottomMargin(self._formats.paragraph.bottomMargin())
            self._cursor.mergeBlockFormat(space)

    def _heading(self, level: int, inline: Token) -> None:
        block = QTextBlockFormat(self._formats.paragraph)
        block.setHeadingLevel(level)
        block.setTopMargin(self._formats.scaled(14 if level < 4 else 8))
        characters = self._formats.headings[level - 1]
        self._begin_block(block, characters)
        self._inline(inline.children or (), characters)

    def _paragraph(self, inline: Token) -> None:
        children = list(inline.children or ())
        first = children[0] if children else None
        task = 0
        if self._lists and self._lists[-1].pending and first is not None and first.type == "text":
            task = _TASKS.get(first.content[:4], 0)
        formats = self._formats
        block = QTextBlockFormat(formats.tight if self._lists and self._tight else formats.paragraph)
        self._begin_block(block, formats.base, task)
        if task and first is not None:
            self._cursor.insertText(first.content[4:], formats.base)
            children = children[1:]
        self._inline(children, formats.base)

    def _code(self, text: str) -> None:
        # One text block with line breaks: several would each get the list item's mark.
        self._begin_block(QTextBlockFormat(self._formats.code_block), self._formats.code)
        self._cursor.insertText(text.removesuffix("\n").replace("\n", LINE), self._formats.code)

    def _rule(self) -> None:
        block = QTextBlockFormat(self._formats.paragraph)
        block.setProperty(BlockProperty.rule, True)
        self._begin_block(block, self._formats.base)

    def _table(self, block: Block) -> None:
        self._fill_pending()
        head, body = table_rows(block)
        write_table(
            Table(head, tuple(body)),
            self._cursor,
            self._formats,
            left=self._indent * self._formats.indent,
            below=not self.empty,
        )
        self.empty = False
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _inline(self, children: Sequence[Token], base: QTextCharFormat) -> None:
        write_inline(children, self._cursor, base, self._formats)
