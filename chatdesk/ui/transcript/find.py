"""Find words in the chat and mark them in the rows that are live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from chatdesk.domain.chat import MessageId
from chatdesk.ui.transcript.entries import Entry, Row
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.plain import plain_text
from chatdesk.ui.transcript.rows import Plain

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"[*`~\\]|(?<!\w)_|_(?!\w)")
_MARKS_IN_ROW = 200


class Hit(NamedTuple):
    """One place where the words stand: the message and which of its hits, from 0."""

    message: MessageId
    ordinal: int


def hits_in(entries: Sequence[Entry], words: str) -> list[Hit]:
    """Return the hits from top to bottom; upper and lower case are the same.

    Counted in the source of the messages, which takes 5 ms for two million characters; rendering them would
    take seconds.
    """
    needle = words.casefold()
    if not needle.strip():
        return []
    found: list[Hit] = []
    for entry in entries:
        text = entry.stream.text if entry.stream is not None else entry.shown.message.text
        found += [Hit(entry.id, ordinal) for ordinal in range(_count(text, needle))]
    return found


def _count(text: str, needle: str) -> int:
    folded = text.casefold()
    count = folded.count(needle)
    if "](" in folded:
        count = _LINK.sub(r"\1", folded).count(needle)
    if count == 0 and any(mark in folded for mark in "*`_~\\"):
        count = _EMPHASIS.sub("", _LINK.sub(r"\1", folded)).count(needle)
    return count


def row_of_hit(entry: Entry, words: str, ordinal: int) -> tuple[Row, int] | None:
    """Return the row with a message's hit and which of the row's hits it is."""
    needle = words.casefold()
    last: tuple[Row, int] | None = None
    for row in entry.ensure_rows():
        if isinstance(row.content, Plain) and row.content.thought:
            continue
        count = plain_text(row.content).casefold().count(needle)
        if ordinal < count:
            return row, ordinal
        ordinal -= count
        if count:
            last = row, count - 1
    return last


def mark(row: Row, words: str, current: int | None, formats: Formats) -> QTextCursor | None:
    """Mark all hits in a live row; `current` is the one being looked at, returned as a cursor."""
    text = row.widget.text if row.widget is not None else None
    if text is None:
        return None
    found = _cursors(text.document(), words) if words else []
    marks: list[QTextEdit.ExtraSelection] = []
    at = min(current, len(found) - 1) if current is not None and found else -1
    for place, cursor in enumerate(found):
        style = QTextCharFormat()
        style.setBackground(QColor(formats.current_mark if place == at else formats.colours.mark))
        style.setForeground(QColor(formats.on_mark))
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = style
        marks.append(selection)
    text.setExtraSelections(marks)
    return found[at] if at >= 0 else None


def _cursors(document: QTextDocument, words: str) -> list[QTextCursor]:
    found: list[QTextCursor] = []
    cursor = document.find(words)
    while not cursor.isNull() and len(found) < _MARKS_IN_ROW:
        found.append(cursor)
        cursor = document.find(words, cursor)
    return found
