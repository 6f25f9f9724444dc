"""Writes sizes, counts and times as people read them, in the user's locale."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from chatdesk.domain.words import tr, trn


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


def likes_words(count: int) -> str:
    """Return how many people like a model: "321 likes", "1 like"."""
    return trn("{{words}} like", "{{words}} likes", count).format(words=count_words(count))


def grouped(number: int) -> str:
    """Return `number` with its thousands set apart: "262,144"."""
    return _locale().toString(number)


def speed_words(speed: float) -> str:
    """Return `speed`, in bytes a second: "5.2 MB/s"."""
    return tr("{size}/s").format(size=size_words(round(speed)))


def time_words(seconds: float) -> str:
    """Return a duration as exactly as a guess deserves: "a few seconds", "8 min", "1 h 20 min"."""
    if seconds < 10:
        return tr("a few seconds")
    if seconds < 55:
        return trn("{count} second", "{count} seconds", round(seconds / 5) * 5)
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    # Nobody waits for hours by the minute.
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    if hours >= 10 or not rest:
        return tr("{hours} h").format(hours=hours + (rest >= 30))
    return tr("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def date_words(moment: datetime) -> str:
    """Return the day of `moment` in a short form."""
    day = moment.astimezone().date()
    return _locale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def _locale() -> QLocale:
    locale = QLocale()
    # The locale of a bare system would leave out what sets thousands apart.
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    return locale
