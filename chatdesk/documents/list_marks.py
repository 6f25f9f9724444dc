"""Writes the numbers of lists as their readers see them: digits, letters and Roman numerals."""

from __future__ import annotations

from string import ascii_lowercase

BULLET = "-"
KINDS = ("1", "01", "a", "A", "i", "I")  # as OpenDocument and HTML call them, and "01" with a zero in front
MOST = 2**31  # with which a list may begin; the formats allow numbers of any length
_MOST_LETTERS = 702  # "zz"; what is counted further is written in digits
_MOST_ROMAN = 3999
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(value: int, kind: str, doubled: bool = False) -> str:
    """Return a number in one of the KINDS, in digits for any other.

    Behind "z" comes "aa", and then "bb" where letters are `doubled`, else "ab".
    """
    written = str(value)
    if kind == "01":
        written = f"{value:02}"
    elif kind in ("a", "A") and 0 < value <= _MOST_LETTERS:
        written = _letters(value, doubled)
    elif kind in ("i", "I") and 0 < value <= _MOST_ROMAN:
        written = _roman(value)
    return written.upper() if kind in ("A", "I") else written


def _letters(value: int, doubled: bool) -> str:
    rounds, place = divmod(value - 1, len(ascii_lowercase))
    letter = ascii_lowercase[place]
    if doubled:
        return letter * (rounds + 1)
    return (ascii_lowercase[rounds - 1] if rounds else "") + letter


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        text += letters * times
    return text
