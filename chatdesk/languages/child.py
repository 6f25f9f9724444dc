"""The process that knows languages: it is sent pieces of a text and answers which language they are in.

In a process of its own because what it knows takes some 100 MB and the better part of a second to load. It
ends by itself when it has nothing to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from chatdesk.children import ignore_interrupts

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_MODEL = "data/model.npz.xz"  # within its package
_NO_LANGUAGE = "zxx"  # what it calls numbers and noise
# What it calls languages, and their tags of BCP 47. Short texts are easily taken for a dialect: those count
# as the language.
CODES = {
    "ary": "ar", "arz": "ar", "gug": "gn", "kik": "ki", "no": "nb", "tl": "fil", "wuu": "zh", "yue": "zh",
}  # fmt: skip


def main(pipe: Connection, idle: float) -> None:
    """Answer lists of pieces with (code, probability) until the pipe is closed or nothing comes for `idle`
    seconds."""
    ignore_interrupts()
    from py3langid.langid import LanguageIdentifier  # with numpy, which the window's process does without

    identifier = LanguageIdentifier.from_model_file(_MODEL, norm_probs=True)
    try:
        while pipe.poll(idle):
            pipe.send(likeliest(identifier, pipe.recv()))
    except (EOFError, OSError):  # nobody listens any more
        pass


def likeliest(identifier: LanguageIdentifier, pieces: Sequence[str]) -> tuple[str, float]:
    """Return the language that the pieces are in on average, "" for none; where they differ its probability
    is low."""
    shares: dict[str, float] = defaultdict(float)
    length = sum(len(piece) for piece in pieces)
    for piece in pieces:
        for label, probability in identifier.rank(piece):
            shares[CODES.get(label, label)] += probability * len(piece) / length
    code, share = max(shares.items(), key=lambda each: each[1])
    return ("" if code == _NO_LANGUAGE else code), share
