"""The text of a row as it is copied and searched: words with list marks, cells with tabs, no formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor, QTextDocument

from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.inline import picture_words
from chatdesk.ui.transcript.markdown import Block
from chatdesk.ui.transcript.render import BlockWriter
from chatdesk.ui.transcript.rows import (
    Bubble,
    Cell,
    Code,
    Content,
    Plain,
    Problem,
    Prose,
    Table,
    table_rows,
)
from chatdesk.ui.transcript.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.token import Token

_BULLET = "• "


def plain_text(content: Content) -> str:
    """Return the text of a row, "" for rows that only show what can be done."""
    if isinstance(content, Prose):
        return "\n".join(_block_text(block) for block in content.blocks)
    if isinstance(content, Table):
        return _table_text(content)
    if isinstance(content, Code | Plain | Bubble):
        return content.text
    return content.sentence if isinstance(content, Problem) else ""


def document_of(content: Content, formats: Formats) -> QTextDocument:
    """Return a document with the same text positions as the widget of this row."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    cursor = QTextCursor(document)
    if isinstance(content, Prose):
        writer = BlockWriter(formats, cursor, empty=True)
        for block in content.blocks:
            writer.write(block)
    elif isinstance(content, Table):
        write_table(content, cursor, formats)
    else:
        cursor.insertText(plain_text(content).removesuffix("\n"))
    return document


def part_of(document: QTextDocument, start: int, end: int) -> str:
    """Return the text between two positions of a document, both brought into it."""
    last = document.characterCount() - 1
    cursor = QTextCursor(document)
    cursor.setPosition(max(0, min(start, last)))
    cursor.setPosition(max(0, min(end, last)), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selection().toPlainText()


def _block_text(block: Block) -> str:
    if not block.tokens:
        return block.source
    lines: list[str] = []
    counters: list[int | None] = []  # the next number of each open list, None for bullets
    mark = ""
    place = 0
    tokens = block.tokens
    while place < len(tokens):
        token = tokens[place]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1)
            counters.append(start if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counters.pop()
        elif token.type == "list_item_open":
            mark = _mark(counters)
        elif token.type == "table_open":
            end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
            head, body = table_rows(Block(tokens[place : end + 1], ""))
            lines.append(_table_text(Table(head, tuple(body))))
            place = end
        elif token.type in ("inline", "fence", "code_block"):
            text = (
                _inline_text(token.children or ()) if token.type == "inline" else token.content.rstrip("\n")
            )
            indent = "  " * max(0, len(counters) - 1)
            lines.append(indent + mark + text)
            mark = ""
        place += 1
    return "\n".join(lines)


def _mark(counters: list[int | None]) -> str:
    number = counters[-1]
    if number is None:
        return _BULLET
    counters[-1] = number + 1
    return f"{number}. "


def _inline_text(children: Sequence[Token]) -> str:
    return "".join(_token_text(token) for token in children)


def _token_text(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    return picture_words(token) if token.type == "image" else token.content


def _table_text(table: Table) -> str:
    rows = table.body if table.continues else (table.head, *table.body)
    return "\n".join(_row_text(row) for row in rows)


def _row_text(cells: Iterable[Cell]) -> str:
    return "\t".join(_inline_text(cell.tokens) for cell in cells)
