"""What a message is shown as: row values, and how blocks and long texts are split into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatdesk.domain.chat import DocumentId
from chatdesk.ui.transcript.markdown import Block, clean

if TYPE_CHECKING:
    from markdown_it.token import Token

# A row is small, so that making one near the viewport costs about a millisecond.
PROSE_CHARACTERS = 2_500
PLAIN_CHARACTERS = 4_000
PLAIN_LINES = 100
CODE_CHARACTERS = 20_000
CODE_LINES = 300
TABLE_ROWS = 24  # Qt lays a table out as a whole, 0.2 ms a row, and a growing one again each time
_WIDEST_CELL = 40  # characters that count for a column's share of the width


@dataclass(frozen=True, slots=True)
class Header:
    """The name of the model that wrote the answer."""

    model: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Headings, paragraphs, lists, quotes: everything that flows."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of a code block; `continues` when the piece before it stands in the row above."""

    language: str
    text: str
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `align` is "left", "center", "right" or ""."""

    tokens: tuple[Token, ...] = field(compare=False)
    source: str
    align: str


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """At most TABLE_ROWS body rows; `shares`: the columns' parts of 100, empty for a table in one piece."""

    head: tuple[Cell, ...]
    body: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """Text that is shown as it is: a block too large for Markdown, or what the model thought."""

    text: str
    thought: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """A piece of what the user wrote; `whole` when there is no other piece."""

    text: str
    whole: bool = True
    continues: bool = False
    last: bool = True


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of the user's message; `place` counts from 0."""

    place: int
    name: str
    length: str  # in words


@dataclass(frozen=True, slots=True)
class Sources:
    """The passages that an answer was given: their places among its sources, from 0, and their names."""

    places: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture of the user's message; `place` counts from 0, `size` is width and height in pixels."""

    place: int
    picture: DocumentId
    name: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Thinking:
    """The line above what the model thought; `seconds` None: not known, and -1 while it still thinks."""

    open: bool
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What happens while there is no answer yet."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer failed."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A quiet line across the column."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Footer:
    """The buttons and facts below a message; `actions` are names such as "copy"."""

    actions: tuple[str, ...]
    version: int  # from 1
    versions: int
    facts: str
    status: str  # such as "Stopped", or ""
    user: bool
    always: bool  # shown without the pointer being near
    stamp: str = ""  # when it was written
    stamped: bool = False  # the stamp is shown without the pointer being near


Content = (
    Header
    | Prose
    | Code
    | Table
    | Plain
    | Bubble
    | Attached
    | Sources
    | Pictured
    | Thinking
    | Progress
    | Problem
    | Notice
    | Footer
)


def continues(content: Content) -> bool:
    """Whether the row goes on with the text of the row above."""
    return isinstance(content, Code | Table | Plain | Bubble) and content.continues


def add_block(contents: list[Content], block: Block, table: Table | None = None) -> None:
    """Append `block` to the rows of a message; `table` is the piece that a table goes on from."""
    if block.kind in ("fence", "code_block"):
        token = block.tokens[0]
        contents.append(Code(language(token.info), ""))
        add_code(contents, token.content.removesuffix("\n"))
    elif block.kind == "table_open":
        contents.extend(table_pieces(block, table))
    else:
        last = contents[-1] if contents else None
        if isinstance(last, Prose) and sum(len(b.source) for b in last.blocks) <= PROSE_CHARACTERS:
            contents[-1] = Prose((*last.blocks, block))
        else:
            contents.append(Prose((block,)))


def language(info: str) -> str:
    """Return the language that the first line of a fence names, "" for none."""
    words = info.split(maxsplit=1)
    return words[0].strip("{}.").lower()[:40] if words else ""


def add_code(contents: list[Content], text: str) -> None:
    """Append `text` to the code row that stands last, starting a new piece where it is full."""
    while text:
        last = contents[-1]
        assert isinstance(last, Code)
        room = _code_room(last.text, text)
        if room == 0:
            contents.append(Code(last.language, "", continues=True))
            continue
        contents[-1] = Code(last.language, last.text + text[:room], last.continues)
        text = text[room:]


def _code_room(present: str, text: str) -> int:
    room = min(len(text), CODE_CHARACTERS - len(present))
    lines = CODE_LINES - present.count("\n")
    if lines <= 0:
        return 0
    end = -1
    for _ in range(lines):
        end = text.find("\n", end + 1, room)
        if end < 0:
            return room
    return end + 1


def add_plain(contents: list[Content], text: str) -> None:
    """Append `text` to the plain row that stands last, starting a new piece where it is full."""
    last = contents[-1]
    assert isinstance(last, Plain)
    pieces = plain_pieces(last.text + text)
    contents[-1] = Plain(pieces[0], last.thought, last.continues)
    contents.extend(Plain(piece, last.thought, continues=True) for piece in pieces[1:])


def plain_pieces(text: str) -> list[str]:
    """Cut `text` into pieces that join to it again; the last may still be growing."""
    pieces: list[str] = []
    start = 0
    while (cut := _plain_cut(text, start)) is not None:
        pieces.append(text[start:cut])
        start = cut
    pieces.append(text[start:])
    return pieces


def _plain_cut(text: str, start: int) -> int | None:
    """Return where the piece from `start` ends, None where the text ends before the piece is full.

    Decided by the characters of the piece alone, so that a text cut as it grows is cut in the same places.
    """
    end = start + PLAIN_CHARACTERS
    early = start + PLAIN_CHARACTERS * 2 // 3
    line = start - 1
    for _ in range(PLAIN_LINES):
        line = text.find("\n", line + 1, end)
        if line < 0:
            break
        if line >= early:
            return line + 1
    else:
        return line + 1
    if len(text) <= end:
        return None
    space = text.rfind(" ", early, end)
    return space + 1 if space >= 0 else end


def bubbles(text: str) -> list[Content]:
    """Return the rows of what the user wrote."""
    pieces = plain_pieces(clean(text))
    if len(pieces) > 1 and not pieces[-1]:
        pieces.pop()
    end = len(pieces) - 1
    return [Bubble(piece, end == 0, i > 0, i == end) for i, piece in enumerate(pieces)]


def table_pieces(block: Block, before: Table | None) -> list[Content]:
    """Cut a table into pieces; `before` is the piece that it goes on from, whose rows it does not repeat."""
    head, body = table_rows(block)
    if before is None and len(body) <= TABLE_ROWS:
        return [Table(head, tuple(body))]
    shares = before.shares if before else column_shares(head, body[:TABLE_ROWS])
    return [
        Table(head, tuple(body[start : start + TABLE_ROWS]), shares, before is not None or start > 0)
        for start in range(0, len(body), TABLE_ROWS)
    ]


def table_rows(block: Block) -> tuple[tuple[Cell, ...], list[tuple[Cell, ...]]]:
    """Return a table's head and its body rows."""
    rows: list[list[Cell]] = []
    tokens = block.tokens
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            inline = tokens[place + 1]
            align = str(token.attrGet("style") or "").removeprefix("text-align:")
            rows[-1].append(Cell(tuple(inline.children or ()), inline.content, align))
    cells = [tuple(row) for row in rows]
    return cells[0], cells[1:]


def column_shares(head: tuple[Cell, ...], body: Sequence[tuple[Cell, ...]]) -> tuple[float, ...]:
    """Return each column's part of 100 by its widest cell."""
    widest = [
        max(4, *(min(_WIDEST_CELL, len(row[column].source)) for row in (head, *body) if column < len(row)))
        for column in range(len(head))
    ]
    return tuple(100 * width / sum(widest) for width in widest)
