"""Split an answer into rows while it is being written: only its last block is parsed again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from chatdesk.ui.transcript.markdown import Block, References, clean, definitions, lines_of, parse
from chatdesk.ui.transcript.rows import (
    TABLE_ROWS,
    Code,
    Content,
    Plain,
    Prose,
    Table,
    add_block,
    add_code,
    add_plain,
    column_shares,
    language,
    table_rows,
)

# Guards for a last block that grows, so that no update takes longer than a frame.
HEAVY_CHARACTERS = 6_000
HEAVY_SECONDS = 0.008
SLOW_CHARACTERS = 1_000
HEAVY_PAUSE = 0.5  # seconds between two readings of a heavy block, more if reading it is slow
LONGEST_PAUSE = 3.0
BLOCK_CHARACTERS = 30_000  # a block longer than this is plain text for good

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_UNDECIDED_END = re.compile(r"\n[ \t]*\Z")


class RowSplitter:
    """Turns text that arrives in pieces into rows; the pieces' sizes make no difference to the end result.

    A block is final once a later top-level block exists. The text from the start of the last block on is
    parsed again at each `feed`; within a code fence lines are appended without parsing.
    """

    def __init__(
        self, references: References | None = None, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._references: References = references if references is not None else {}
        self._given = references is not None
        self._clock = clock
        self._done: list[Content] = []
        self._tail: list[Content] = []  # what takes the place of _done[_kept:] together with the last block
        self._kept = 0
        self._open = ""  # source that is not final
        self._held = ""
        self._fence: _Fence | None = None
        self._plain = False
        self._table: Table | None = None  # first piece of the table that goes on in _open
        self._table_head = ""
        self._raw = ""
        self._slow = False
        self._due = 0.0

    @property
    def contents(self) -> list[Content]:
        """The rows of everything fed so far, the unfinished last block included."""
        rows = self._done[: self._kept] + self._tail
        if self._raw and rows and isinstance(rows[-1], Prose):
            rows[-1] = Prose((*rows[-1].blocks, Block((), self._raw)))
        return rows

    @property
    def needs_second_pass(self) -> bool:
        """Whether links were defined, perhaps behind their use: then `split` gives more than this has."""
        return not self._given and bool(self._references)

    def feed(self, text: str) -> None:
        """Take the next piece; a trailing "\\r" may be followed by its "\\n" in the next one."""
        text = self._held + text
        self._held = "\r" if text.endswith("\r") else ""
        text = clean(text.removesuffix("\r"))
        self._open += text
        if self._waits_to_parse():
            self._raw += text
        else:
            self._run()

    def finish(self) -> None:
        """Take what is left as the end of the answer."""
        self._open += clean(self._held)
        self._held = ""
        self._run()
        if self._fence is not None:
            add_code(self._done, self._fence.rest(self._open))
        elif self._plain:
            add_plain(self._done, self._open.rstrip())
        else:
            self._done = self.contents
        self._open = ""
        self._settle()

    def _waits_to_parse(self) -> bool:
        heavy = len(self._open) > HEAVY_CHARACTERS or self._slow
        in_blocks = self._fence is None and not self._plain
        return heavy and in_blocks and len(self._open) < BLOCK_CHARACTERS and self._clock() < self._due

    def _run(self) -> None:
        while self._open and self._step():
            pass

    def _step(self) -> bool:
        """Go on with what is open; False: the rest has to wait for more text."""
        if self._fence is not None:
            return self._step_fence(self._fence)
        if self._plain:
            return self._step_plain()
        return self._step_blocks()

    def _settle(self, kept: Sequence[Block] = ()) -> None:
        """Make the rows of the blocks that are not final the tail behind all that is."""
        self._raw = ""
        self._kept = len(self._done)
        self._tail = []
        if not kept:
            return
        if self._done and isinstance(self._done[-1], Prose):
            self._kept -= 1
            self._tail = [self._done[-1]]
        table = self._table
        for block in kept:
            # The first line of a fence is shown once it is complete.
            if block.kind != "fence":
                add_block(self._tail, block, table)
            table = None

    def _step_blocks(self) -> bool:
        start = self._clock()
        window = self._open[:BLOCK_CHARACTERS]
        source = self._table_head + window
        blocks = parse(source, self._references)
        full = len(window) == BLOCK_CHARACTERS
        if not blocks:
            self._settle()
            return self._become_plain() if full else False
        unsure = len(blocks) > 1 and _may_become_item(blocks[-1].source)
        kept = blocks[-2:] if unsure else blocks[-1:]
        skipped = self._skip_to(kept[0], source)
        for block in blocks[: -len(kept)]:
            self._commit(block)
        if kept[0].kind == "fence":
            return self._open_fence(kept[0])
        if kept[0].kind == "table_open" and self._commit_pieces(kept[0]):
            return True
        if full:
            return skipped or self._become_plain()
        self._settle(kept)
        cost = self._clock() - start
        # A few words are slow to read only by chance, the first time or when the machine is busy.
        self._slow = cost > HEAVY_SECONDS and len(self._open) > SLOW_CHARACTERS
        self._due = self._clock() + min(LONGEST_PAUSE, max(HEAVY_PAUSE, 40 * cost))
        return False

    def _skip_to(self, block: Block, source: str) -> bool:
        """Let what is open begin with `block`; False: it does already."""
        before = sum(len(line) for line in lines_of(source)[: block.line])
        used = max(0, before - len(self._table_head))
        self._open = self._open[used:]
        return used > 0

    def _commit(self, block: Block) -> None:
        add_block(self._done, block, self._table)
        self._table, self._table_head = None, ""

    def _commit_pieces(self, block: Block) -> bool:
        """Make all full pieces of a growing table final; the last row stays open."""
        head, body = table_rows(block)
        full = (len(body) - 1) // TABLE_ROWS
        if full < 1:
            return False
        lines = lines_of(block.source)
        shares = self._table.shares if self._table else column_shares(head, body[:TABLE_ROWS])
        for piece in range(full):
            rows = tuple(body[piece * TABLE_ROWS : (piece + 1) * TABLE_ROWS])
            table = Table(head, rows, shares, self._table is not None)
            self._done.append(table)
            self._table = self._table or table
        used = sum(len(line) for line in lines[: 2 + full * TABLE_ROWS]) - len(self._table_head)
        self._table_head = "".join(lines[:2])
        self._open = self._open[used:]
        return True

    def _become_plain(self) -> bool:
        self._done.append(Plain(""))
        self._plain = True
        self._table, self._table_head = None, ""
        return True

    def _step_plain(self) -> bool:
        end = _PARAGRAPH_END.search(self._open)
        if end is None:
            undecided = _UNDECIDED_END.search(self._open)
            cut = undecided.start() if undecided else len(self._open)
            add_plain(self._done, self._open[:cut])
            self._open = self._open[cut:]
            self._settle()
            return False
        add_plain(self._done, self._open[: end.start()])
        self._open = self._open[end.end() :]
        self._plain = False
        self._settle()
        return True

    def _open_fence(self, block: Block) -> bool:
        """Read on line by line where a fence stands last; its first line has to be complete."""
        first, newline, rest = self._open.partition("\n")
        token = block.tokens[0]
        self._settle()
        if not newline:
            return False
        self._table, self._table_head = None, ""
        self._done.append(Code(language(token.info), ""))
        self._fence = _Fence(token.markup, len(first) - len(first.lstrip(" ")))
        self._open = rest
        self._settle()
        return True

    def _step_fence(self, fence: _Fence) -> bool:
        text, self._open, closed = fence.take(self._open)
        add_code(self._done, text)
        self._settle()
        if closed:
            self._fence = None
        return closed


def _may_become_item(source: str) -> bool:
    """Whether a block is an unfinished line that more text may turn into an item of the list above it.

    "3" behind a list begins a paragraph, and "3." goes on with the list; no mark is longer than this.
    """
    return len(source) < 16 and "\n" not in source


class _Fence:
    """The inside of a code fence: gives its lines without the fence's own indent, until it closes.

    A line end is given together with what follows it, so that the last line has none.
    """

    def __init__(self, marker: str, indent: int) -> None:
        self._closing = re.compile(rf" {{0,3}}{re.escape(marker[0])}{{{len(marker)},}}[ \t]*\Z")
        self._maybe = re.compile(rf" {{0,3}}{re.escape(marker[0])}*[ \t]*\Z")
        self._indent = indent
        self._between = ""
        self._at_start = True

    def take(self, text: str) -> tuple[str, str, bool]:
        """Return the code in `text`, what has to wait or stands behind the fence, and whether it closed."""
        code: list[str] = []
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            line = text[start:] if end < 0 else text[start:end]
            if self._at_start and end >= 0 and self._closing.match(line):
                return "".join(code), text[end + 1 :], True
            if self._at_start and end < 0 and self._maybe.match(line):
                break
            code.append(self._stripped(line))
            if end < 0:
                start = len(text)
            else:
                self._between, self._at_start, start = "\n", True, end + 1
        return "".join(code), text[start:], False

    def rest(self, text: str) -> str:
        """Return the code in a last line that had to wait."""
        return "" if not text or self._closing.match(text) else self._stripped(text)

    def _stripped(self, line: str) -> str:
        if not self._at_start:
            return line
        before, self._between, self._at_start = self._between, "", False
        spaces = len(line) - len(line.lstrip(" "))
        return before + line[min(spaces, self._indent) :]


def split(text: str) -> list[Content]:
    """Return the rows of a whole answer, in time that grows with its length and no faster."""
    splitter = RowSplitter(definitions(text))
    splitter.feed(text)
    splitter.finish()
    return splitter.contents
