"""Prepares texts and questions for SQLite's full-text search and cuts readable places out of what it finds.

The tokenizer `unicode61` takes a run of letters for one word. In writing without spaces between words
(Chinese, Japanese, Thai ...) that would make a sentence one word, so a border is set around every such
character, in the index and in the question alike; several of them are then searched as a phrase.
Syntax: https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

import re
import unicodedata

MARK_START = "\x02"
MARK_END = "\x03"
_BORDER = "\x1f"
_UNSPACED = re.compile(
    "(["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u31ff\uff66-\uff9f"  # Kana, Bopomofo, Hangul letters
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7af"  # Hangul: its words carry endings
    "])"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_QUESTION_LENGTH = 1000  # characters; what stands behind them is not looked for
_BEFORE, _WIDTH = 40, 160  # characters of a snippet before its first mark, and in all


def spaced(text: str) -> str:
    """Return `text` as it is indexed: composed (NFC), without control characters, with borders."""
    clean = _CONTROLS.sub(" ", unicodedata.normalize("NFC", text))
    return _UNSPACED.sub(rf"{_BORDER}\1{_BORDER}", clean)


def match_expression(words: str) -> str:
    """Return an FTS5 expression for texts with all the `words`, the last one as a prefix; "" for none.

    Every word is quoted: nothing that the user types is taken for an operator.
    """
    question = words[:_QUESTION_LENGTH].encode("utf-8", "replace").decode().replace('"', " ")
    phrases = [f'"{spaced(word)}"' for word in question.split() if any(map(str.isalnum, word))]
    return " AND ".join(phrases) + "*" if phrases else ""


def snippet(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a place of about 160 characters and the (start, end) offsets of the hits within it.

    `marked` is an indexed text with MARK_START and MARK_END around each hit.
    """
    first = max(marked.find(MARK_START), 0)
    begin = _beginning(marked, first)
    # Borders make a text up to three times as long.
    piece = " ".join(marked[begin : first + 3 * _WIDTH].replace(_BORDER, "").split())
    text, marks = _without_marks(piece)
    shown = text[:_WIDTH]
    lead, tail = "…" if begin else "", "…" if len(text) > _WIDTH else ""
    return lead + shown + tail, tuple(
        (start + len(lead), end + len(lead)) for start, end in marks if end <= len(shown)
    )


def _beginning(marked: str, first: int) -> int:
    begin = max(first - _BEFORE, 0)
    if begin == 0:
        return 0
    gap = re.search(rf"[\s{_BORDER}]", marked[begin:first])
    return begin + gap.end() if gap else begin


def _without_marks(piece: str) -> tuple[str, list[tuple[int, int]]]:
    text, marks, start = "", [], 0
    for part in re.split(f"([{MARK_START}{MARK_END}])", piece):
        if part == MARK_START:
            start = len(text)
        elif part == MARK_END:
            marks.append((start, len(text)))
        else:
            text += part
    return text, [(start, _end_of_letter(text, end)) for start, end in marks]


def _end_of_letter(text: str, end: int) -> int:
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return end
