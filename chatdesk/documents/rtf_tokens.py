"""Cuts RTF into its words, braces and bytes of text, and knows its encodings and signs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n\\]",
    re.S,
)
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
    "nestcell": " ", "nestrow": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_ENCODINGS_OF_CHARSETS = {
    77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 128: "cp932", 129: "cp949",
    130: "johab", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
ENCODINGS_OF_FILES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class Token(NamedTuple):
    """One of: a word with its number, if it has one; a brace; bytes of text."""

    word: str = ""
    number: int | None = None
    brace: str = ""
    text: bytes = b""


def tokens(content: bytes) -> Iterator[Token]:
    """Yield what an RTF file consists of, without the bytes of binary pictures."""
    place = 0
    while (match := _TOKEN.match(content, place)) is not None:
        place = match.end()
        word, number, byte, sign, brace, text = match.groups()
        if word is not None:
            value = int(number) if number else None
            if word == b"bin":
                place += max(0, value or 0)
            else:
                yield Token(word=word.decode(), number=value)
        elif byte is not None:
            yield Token(text=bytes((int(byte, 16),)))
        elif sign is not None:
            yield from _sign(sign)
        elif brace is not None:
            yield Token(brace=brace.decode())
        elif text is not None:
            yield Token(text=text)


def _sign(sign: bytes) -> Iterator[Token]:
    if sign in b"{}\\":
        yield Token(text=sign)
    elif sign == b"~":
        yield Token(text=b" ")
    elif sign == b"_":
        yield Token(text=b"-")
    elif sign in b"\r\n":
        yield Token(word="par")
    elif sign == b"*":
        yield Token(word="*")


def of_charset(number: int) -> str:
    """Return the encoding of a font's set of characters, "" for the file's own."""
    return _ENCODINGS_OF_CHARSETS.get(number, "")


def of_code_page(number: int) -> str:
    """Return the encoding of a code page, "" for one that is not known."""
    name = "utf-8" if number == 65001 else f"cp{number}"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
