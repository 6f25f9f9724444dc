"""Colour code line by line with Pygments, a few milliseconds at a time."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from chatdesk.ui.transcript.formats import Formats

if TYPE_CHECKING:
    from pygments.lexer import RegexLexer

SLICE = 0.004  # seconds of colouring before the event loop gets its turn
LONGEST_LINE = 2_000  # characters; a longer line stays plain

_GROUPS = (
    ("Token.Keyword", "keyword"),
    ("Token.Operator.Word", "keyword"),
    ("Token.Name.Tag", "keyword"),
    ("Token.Literal.String", "string"),
    ("Token.Comment", "comment"),
    ("Token.Name.Function", "function"),
    ("Token.Name.Decorator", "function"),
    ("Token.Name.Class", "class"),
    ("Token.Name.Exception", "class"),
    ("Token.Name.Builtin", "number"),
    ("Token.Name.Attribute", "number"),
    ("Token.Literal.Number", "number"),
    ("Token.Generic.Deleted", "keyword"),
    ("Token.Generic.Inserted", "string"),
)

# Lexers with a loop of their own, and one that reads the same language line by line.
_STAND_INS = {"json": "javascript", "jsonc": "javascript", "json5": "javascript"}

Stack = tuple[str, ...]
Piece = tuple[int, object, str]  # offset in the line, Pygments token type, text


@cache
def line_lexer(language: str) -> RegexLexer | None:
    """Return the lexer of `language` if it can be driven line by line, None otherwise."""
    from pygments.lexer import ExtendedRegexLexer, RegexLexer
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    if not language:
        return None
    try:
        lexer = get_lexer_by_name(_STAND_INS.get(language, language), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    # An extended lexer keeps state in a context object that cannot be carried from line to line.
    by_lines = isinstance(lexer, RegexLexer) and not isinstance(lexer, ExtendedRegexLexer)
    return lexer if by_lines else None


@cache
def colour_group(token_type: object) -> str:
    """Return which of the code colours a Pygments token type takes, "" for none."""
    name = str(token_type)
    return next((group for prefix, group in _GROUPS if name.startswith(prefix)), "")


def lex_line(lexer: Any, line: str, stack: Stack) -> tuple[list[Piece], Stack]:  # noqa: ANN401  untyped library
    """Return the tokens of one line (its "\\n" included) and the lexer's states behind it.

    The loop of Pygments' RegexLexer with the stack of states given from outside: a line can be coloured
    without the lines before it.
    """
    from pygments.token import Text, _TokenType

    states: dict[str, Any] = lexer._tokens
    now = [state for state in stack if state in states] or ["root"]
    pieces: list[Piece] = []
    place = 0
    while place < len(line):
        for match_at, action, following in states.get(now[-1], ()):
            found = match_at(line, place)
            if found is None:
                continue
            if isinstance(action, _TokenType):
                pieces.append((place, action, found.group()))
            elif action is not None:
                pieces.extend(action(lexer, found))
            stuck = found.end() == place and following is None
            place = found.end()
            if following is not None:
                _change_state(now, following)
            if not stuck:
                break
        else:
            if line[place] == "\n":
                now = ["root"]
            pieces.append((place, Text, line[place]))
            place += 1
    return pieces, tuple(now)


def _change_state(stack: list[str], following: Any) -> None:  # noqa: ANN401  untyped library
    if isinstance(following, int):
        del stack[max(1, len(stack) + following if following < 0 else following) :]
        return
    for state in (following,) if isinstance(following, str) else following:
        if state == "#pop":
            if len(stack) > 1:
                stack.pop()
        else:
            stack.append(stack[-1] if state == "#push" else state)


class Highlighter(QObject):
    """Colours a document that only grows at its end; formats go over the text and do not change it."""

    def __init__(self, document: QTextDocument, formats: Formats) -> None:
        super().__init__(document)
        self._document = document
        self._formats = formats
        self._lexer: RegexLexer | None = None
        self._stacks: list[
            Stack
        ] = []  # states of the lexer before each line that is coloured, and behind the last
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._language = ""

    @property
    def busy(self) -> bool:
        """Whether lines wait for their colours."""
        return self._timer.isActive()

    def start(self, language: str) -> None:
        """Colour the document from its beginning, soon."""
        self._language = language
        self._stacks = [("root",)]
        self._timer.start()

    def grown(self, first_line: int) -> None:
        """Colour again from `first_line` on, soon; the lines before it are as they were."""
        del self._stacks[first_line + 1 :]
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._language = ""

    def _go_on(self) -> None:
        self._lexer = line_lexer(self._language)
        if self._lexer is None:
            return
        until = time.perf_counter() + SLICE
        block = self._document.findBlockByNumber(len(self._stacks) - 1)
        first = block
        last = block
        while block.isValid() and time.perf_counter() < until:
            self._colour(block)
            last = block
            block = block.next()
        if first.isValid():
            self._document.markContentsDirty(
                first.position(), last.position() + last.length() - first.position()
            )
        if block.isValid():
            self._timer.start()

    def _colour(self, block: QTextBlock) -> None:
        ranges: list[QTextLayout.FormatRange] = []
        stack = self._stacks[-1]
        line = block.text()
        if len(line) <= LONGEST_LINE:
            pieces, stack = lex_line(self._lexer, line + "\n", stack)
            for start, token_type, text in pieces:
                style = self._formats.code_tokens.get(colour_group(token_type))
                if style is not None:
                    ranges.append(_range(start, len(text), style))
        block.layout().setFormats(ranges)
        self._stacks.append(stack)


def _range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    one = QTextLayout.FormatRange()
    one.start = start
    one.length = length
    one.format = style
    return one
