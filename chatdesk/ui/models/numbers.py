"""Writes sizes and counts as people read them, in the user's locale."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def size_words(size: int) -> str:
    """Return `size` bytes as people and file managers write it: "5.2 MB"."""
    return _locale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def count_words(count: int) -> str:
    """Return a number of parameters as model names have it: "4.7 M", "7 B"."""
    for unit, letter in ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")):
        # What rounds to a thousand of one unit is one of the next.
        if count >= unit * 0.9995:
            value = count / unit
            digits = 0 if value >= 100 or value == int(value) else 1
            return f"{_locale().toString(value, 'f', digits)} {letter}"
    return str(count)


def grouped(number: int) -> str:
    """Return `number` with its thousands set apart: "262,144"."""
    return _locale().toString(number)


def _locale() -> QLocale:
    locale = QLocale()
    # The locale of a bare system would leave out what sets thousands apart.
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    return locale
