"""Prepares texts and questions for SQLite's full-text search and cuts readable places out of what it finds.

The tokenizer `unicode61` takes a run of letters for one word. In writing without spaces between words
(Chinese, Japanese, Thai ...) that would make a sentence one word, so borders are set, in the index and in the
question alike. Where there are thousands of characters, each is a word, and several are searched as a phrase.
Where there are some dozens, nearly every text has each of them: there every letter is a word together with
the one behind it, the last of a run by itself.
Syntax: https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

Words = str | Sequence[str]  # a text is divided at its spaces; of a list each is a word or several in a row

_BORDER = "\x1f"
_FEW = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u31ff\uff66-\uff9f"  # Kana, Bopomofo, Hangul letters
)
_MANY = (
    "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7af"  # Hangul: its words carry endings
)
_UNSPACED = re.compile(f"[{_FEW}{_MANY}]")
_PAIRED = re.compile(f"[{_FEW}]")
_PAIRED_RUN = re.compile(rf"[{_FEW}](?:[\W_]*[{_FEW}])*")  # signs and marks between letters do not count
_SINGLE_RUN = re.compile(f"[{_MANY}]+")
_SPACED = rf"[^\W_{_FEW}{_MANY}]"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_TOKEN = re.compile(r"[^\W_]+")
_LETTERS = re.compile(rf"{_SPACED}+|[^\W_]")  # a word, or a character of writing without spaces
_QUESTION_LENGTH, _QUESTION_WORDS = 1000, 32  # what stands behind them is not looked for
_STEM = 4  # letters of a word that its other forms have too
_NEAR = 8  # words, and as many times two words, that tell the texts that are like one
_GAP = re.compile(f"\\s|(?={_UNSPACED.pattern})")
_BEFORE, _WIDTH = 40, 160  # characters of a snippet before its first hit, and in all
_FIRST_PIECE, _PIECE, _OVERLAP = 700, 4_000, 500  # characters of a long text that are looked at together


class _Folding(dict[int, int]):
    """Maps each character to its small letter without accents, as the tokenizer does; one to one."""

    def __missing__(self, code: int) -> int:
        parts = unicodedata.normalize("NFD", chr(code))
        plain = parts[0] if all(map(_ACCENTS.match, parts[1:])) else chr(code)
        self[code] = ord(plain.lower()[0])
        return self[code]


_FOLDING = _Folding()


def spaced(text: str) -> str:
    """Return the words of `text` as they are indexed: composed (NFC), without control characters."""
    return _SINGLE_RUN.sub(_singles, _PAIRED_RUN.sub(_pairs, _clean(text)))


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", unicodedata.normalize("NFC", text))


def _singles(run: re.Match[str]) -> str:
    return f"{_BORDER}{_BORDER.join(run[0])}{_BORDER}"


def _pairs(run: re.Match[str]) -> str:
    letters = "".join(_TOKEN.findall(run[0]))
    pairs = map(str.__add__, letters, letters[1:] + _BORDER)
    return f"{_BORDER}{_BORDER.join(pairs)}{_BORDER}"


def has_unspaced(words: Sequence[str]) -> bool:
    """Whether one of them is in writing without spaces, and so a phrase of characters in the index."""
    return any(map(_UNSPACED.search, words))


def folded(text: str) -> str:
    """Return `text` as names are compared: with borders, in small letters without accents."""
    return _UNSPACED.sub(rf"{_BORDER}\g<0>{_BORDER}", _clean(text)).translate(_FOLDING)


def match_expression(words: Words, open_end: bool = True, without: Sequence[str] = ()) -> str:
    """Return an FTS5 expression for texts with all the `words` and none of those `without`; "" for none.

    With `open_end` the last word is a prefix. Every word is quoted: nothing that the user types is taken for
    an operator.
    """
    wanted = " AND ".join(match_expressions(words, open_end))
    unwanted = " OR ".join(match_expressions(without, open_end=False))
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def match_expressions(words: Words, open_end: bool = True) -> list[str]:
    """Return an FTS5 expression for each of the `words`, as `match_expression` joins them."""
    found = list(filter(None, map(_tokens, _each(words))))[:_QUESTION_WORDS]
    return [_expression(tokens, open_end and at == len(found)) for at, tokens in enumerate(found, start=1)]


def _expression(tokens: list[str], open_end: bool) -> str:
    is_paired = _PAIRED.match(tokens[-1]) is not None
    if is_paired and len(tokens) > 1 and _PAIRED.match(tokens[-2]):
        tokens, open_end = tokens[:-1], False  # the last letter is in the pair before it
    elif is_paired:
        open_end = True  # any letter may follow in its pair
    return '"' + " ".join(tokens) + '"' + "*" * open_end


def near_expressions(text: str) -> list[str]:
    """Return FTS5 expressions one or more of which are true of each text that is like this one.

    They are its rarest words, the longer being taken for the rarer, its rarest two words in a row, and all
    of its words at once. A longer word stands for all that begin as it does, which its other forms mostly
    do. Of writing without spaces a word is two characters.
    """
    tokens = [token.lower() for token in _tokens(text)]
    tokens = [token for token in tokens if len(token) > 1 or not _PAIRED.match(token)] or tokens[:1]
    if len(tokens) == 1:
        return [_stem(tokens[0])]
    words = {_stem(token) for token in tokens if not _UNSPACED.match(token)}
    in_a_row = {f'"{one}"' if _PAIRED.match(one) else f'"{one} {other}"' for one, other in pairwise(tokens)}
    all_of_them = " AND ".join(dict.fromkeys(f'"{token}"' for token in tokens[:_QUESTION_WORDS]))
    return [*_rarest(words), *_rarest(in_a_row), f"({all_of_them})"] if tokens else []


def _stem(word: str) -> str:
    if len(word) == 1 and _PAIRED.match(word):
        return f'"{word}"*'
    return f'"{word}"' if len(word) < _STEM else f'"{word[: max(_STEM, len(word) * 2 // 3)]}"*'


def _rarest(expressions: set[str]) -> list[str]:
    # Those of one length are taken from everywhere in the text.
    return sorted(expressions, key=lambda one: (-len(one), crc32(one.encode())))[:_NEAR]


def snippet(text: str, words: Words, open_end: bool = True) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a place of `text` with some of the `words`, in one line of about 160 characters.

    The second value has the (start, end) offsets of the words within it. Takes at most about 0.3 s a million
    characters; SQLite's own `highlight` takes time with the square of the number of hits.
    """
    phrases = [_LETTERS.findall(_ACCENTS.sub("", _clean(word)).translate(_FOLDING)) for word in _each(words)]
    wanted = _pattern([phrase for phrase in phrases if phrase][:_QUESTION_WORDS], open_end)
    start, size = 0, _FIRST_PIECE
    while wanted and start < len(text):
        end = start + size
        piece = _clean(text[max(start - _OVERLAP, 0) : end])
        hits = _first_hits(wanted, piece.translate(_FOLDING))
        # What stands behind a hit near the end of a piece is seen with the next one.
        if hits and (end >= len(text) or hits[0][0] < len(piece) - 3 * _WIDTH):
            return _cut(piece, hits)
        start, size = end, _PIECE
    return _cut(_clean(text[:_FIRST_PIECE]), [])


def _first_hits(wanted: re.Pattern[str], piece: str) -> list[tuple[int, int]]:
    """Return the first hit with those that can stand in one snippet with it."""
    hits: list[tuple[int, int]] = []
    for hit in wanted.finditer(piece):
        if hits and hit.start() > hits[0][0] + 3 * _WIDTH:
            break
        hits.append(hit.span())
    return hits


def _each(words: Words) -> list[str]:
    each = words[:_QUESTION_LENGTH].split() if isinstance(words, str) else words[:_QUESTION_WORDS]
    return [word[:_QUESTION_LENGTH].encode("utf-8", "replace").decode() for word in each]


def _tokens(word: str) -> list[str]:
    """Return what stands in the index for a word, or several in a row: tokens that follow each other."""
    return _TOKEN.findall(_ACCENTS.sub("", spaced(word)))


def _pattern(phrases: list[list[str]], open_end: bool) -> re.Pattern[str] | None:
    """Return what finds in a folded text the phrases, whose tokens are words or unspaced characters."""
    if not phrases:
        return None
    end = rf"(?!{_SPACED})"
    ends = [end] * (len(phrases) - 1) + [f"{_SPACED}*" if open_end else end]
    return re.compile("|".join(map(_row, phrases, ends)))


def _row(tokens: list[str], end: str) -> str:
    pattern, before = "" if _UNSPACED.match(tokens[0]) else rf"(?<!{_SPACED})", ""
    for token in tokens:
        if before:
            pattern += r"[\W_]*" if _UNSPACED.match(before) or _UNSPACED.match(token) else r"[\W_]+"
        pattern, before = pattern + token, token
    return pattern if _UNSPACED.match(before) else pattern + end


def _cut(piece: str, hits: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    first = hits[0][0] if hits else 0
    begin = _beginning(piece, first)
    text, offsets = "", []
    for character in piece[begin : first + 3 * _WIDTH]:
        offsets.append(len(text))
        if character.isspace() and text[-1:] in ("", " "):
            continue
        text += " " if character.isspace() else character
    offsets.append(len(text))
    shown = text[:_WIDTH]
    lead, tail = "…" if begin else "", "…" if len(text) > _WIDTH else ""
    last = len(offsets) - 1
    places = [
        (offsets[start - begin], offsets[min(end - begin, last)])
        for start, end in hits
        if start < begin + last
    ]
    marks = [(start, _end_of_letter(shown, end)) for start, end in places if start < len(shown)]
    return lead + shown + tail, tuple((start + len(lead), end + len(lead)) for start, end in marks)


def _beginning(piece: str, first: int) -> int:
    begin = max(first - _BEFORE, 0)
    if begin == 0:
        return 0
    gap = _GAP.search(piece, begin, first)
    return gap.end() if gap else begin


def _end_of_letter(text: str, end: int) -> int:
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return min(end, len(text))
