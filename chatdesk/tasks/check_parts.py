"""Finds addresses, placeholders, tags and marks that a translation has lost, changed or added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.marks import marks, same_marks

_ADDRESS = re.compile(
    r"(?:(?<![\w+.-])[a-zA-Z][\w+.-]{1,20}://|www\.)[^\s<>\"“”„«»「」『』()（）\[\]{}、。，！？؟،\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63})+"
)
_BEHIND_ADDRESS = ".,;:!?'’*_`…"
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]{0,300})?/?>")
_PLACEHOLDER = re.compile(
    r"\$?\{\{?[ ]?[\w.$:-]{1,60}[ ]?\}?\}"
    r"|(?<![\d%])%(?:\(\w+\)|\d\$)?[-+0#]?\d{0,3}(?:\.\d+)?[sdifgxuc@](?![^\W\d_])"
    r"|%\{\w+\}|%\w+%"
)
_POSITION = re.compile(r"(?<!\w)\$\d(?![\d.,]*\d)")  # "$1", or a price
_MARK = re.compile("⟦[^⟦⟧]{0,8}⟧")


def bare_text(text: str) -> str:
    """Return a text with spaces, character for character, where it has addresses, placeholders and marks."""
    for pattern in (_MARK, _TAG, _ADDRESS, _PLACEHOLDER):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def parts_findings(source: str, translation: str) -> Iterator[Finding]:
    """Yield what is wrong with the parts of a translation that are no words."""
    yield from _compared(
        FindingKind.address, _addresses(source), _addresses(translation), source, translation
    )
    for kind, pattern in ((FindingKind.placeholder, _PLACEHOLDER), (FindingKind.tag, _TAG)):
        ours = [found.span() for found in pattern.finditer(source)]
        theirs = [found.span() for found in pattern.finditer(translation)]
        yield from _compared(kind, ours, theirs, source, translation)
    for found in _POSITION.finditer(source):
        if found[0][1:] not in translation:
            yield Finding(FindingKind.placeholder, wanted=found[0])
    if not same_marks(source, translation):
        ours = [(mark.start, mark.end) for mark in marks(source)]
        theirs = [(mark.start, mark.end) for mark in marks(translation)]
        wrong = list(_compared(FindingKind.tag, ours, theirs, source, translation))
        yield from wrong or [Finding(FindingKind.tag)]  # they lie across one another


def paired(kind: FindingKind, missing: Sequence[str], added: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield what is missing, at the places of what was added as far as there are such, in their order."""
    for at in range(max(len(missing), len(added))):
        place = added[at] if at < len(added) else (0, 0)
        yield Finding(kind, *place, wanted=missing[at] if at < len(missing) else "")


def _addresses(text: str) -> list[tuple[int, int]]:
    found = [(each.start(), each[0].rstrip(_BEHIND_ADDRESS)) for each in _ADDRESS.finditer(text)]
    return [(start, start + len(address)) for start, address in found]


def _compared(
    kind: FindingKind,
    ours: Sequence[tuple[int, int]],
    theirs: Sequence[tuple[int, int]],
    source: str,
    translation: str,
) -> Iterator[Finding]:
    """Yield the parts of the source that the translation lacks, and those that it has in excess."""
    lacking = Counter(source[start:end] for start, end in ours)
    wanted = Counter(lacking)
    lacking -= Counter(translation[start:end] for start, end in theirs)
    added: list[tuple[int, int]] = []
    for start, end in theirs:
        if not wanted[translation[start:end]]:
            added.append((start, end))
        wanted[translation[start:end]] -= 1
    yield from paired(kind, list(lacking.elements()), added)
