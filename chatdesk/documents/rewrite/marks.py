"""What is in a text beside its marks: its words, and whether there are some."""

from __future__ import annotations

import re

from chatdesk.domain import markup

_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:|ftp://)\S+|\S+@\S+\.\w+", re.I)
_DOUBLE = re.compile(" {2,}")


def without_marks(text: str) -> str:
    """Return a text as it is written where no formatting is, without the blanks that marks leave."""
    return _DOUBLE.sub(" ", markup.without_marks(text)).strip()


def has_words(text: str) -> bool:
    """Whether there is something to translate: letters that are not those of a single address."""
    plain = without_marks(text)
    return any(map(str.isalpha, plain)) and not _ADDRESS.fullmatch(plain)
