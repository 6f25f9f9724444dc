"""Finds addresses, placeholders, tags and marks that a translation has lost, changed or added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatdesk.domain.markup import marks
from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.marks import same_marks

_ADDRESS = re.compile(
    r"(?:(?<![A-Za-z0-9_+.-])[a-zA-Z][A-Za-z0-9_+.-]{1,20}://"
    r"|www\.)[^\s<>\"“”„«»「」『』()（）\[\]{}、。，！？؟،\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7af\u200b-\u200f\u202a-\u202e\u2066-\u2069]+"
    r"|(?<![A-Za-zÀ-ɏ0-9_.+-])[A-Za-zÀ-ɏ0-9_.+-]{1,64}@[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63})+"
    # "example.com", where it cannot be the end of a sentence and the next one.
    r"|(?<![A-Za-z0-9_.@/-])(?:[A-Za-z0-9-]{2,63}\.){1,4}(?:com|org|net|edu|gov|io|eu|de|fr|ch|uk|nl|br|jp|cn)"
    r"(?![A-Za-z0-9_@-]|\.[A-Za-z])(?:/[^\s<>\"“”»)\]、。，）]*)?"
)
_BEHIND_ADDRESS = ".,;:!?'’*_`…"
_HTML = (
    "a abbr b big blockquote br button code dd div dl dt em font g h1 h2 h3 h4 h5 h6 hr i img input kbd"
    " label li mark ol"
    " p ph pre q s samp small span strong sub sup table td th tr tt u ul x"
)
_TAG = re.compile(
    rf"</[A-Za-z][\w:-]*>|<(?:{_HTML.replace(' ', '|')})(?:\s[^<>]{{0,300}})?/?>|<[A-Za-z][\w:-]*/>", re.I
)
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\{%[^{}\n]{1,80}%\}|<%[^<>\n]{1,80}%>"
    r"|[$#]?\{\{?[ ]?(?=[\w.$:-]*\w)[\w.$:-]{1,60}[ ]?\}?\}"
    r"|\{\w{1,60}, ?(?:plural|select|selectordinal|number|date|time)(?=[,}])"
    r"|(?<![\d%])%(?:\((?P<name>\w+)\)|\d\$)?[-+0#']{0,3}(?:\d{1,3}|\*)?(?:\.(?:\d{1,3}|\*))?(?:hh?|ll?"
    r"|[zjtqL])?"
    r"(?P<kind>[sdifgeEGxXoucp@])(?![a-z])"
    r"|%\{\w+\}|(?<![\w%])%[A-Za-z_]\w{1,29}%(?!\w)"
)
_POSITION = re.compile(r"(?<!\w)\$\d(?![\d.,]*\d)")  # "$1", or a price
_MARK = re.compile("⟦[^⟦⟧]{0,8}⟧")


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    text: str
    key: str  # the same for those that mean the same


def bare_text(text: str) -> str:
    """Return a text with spaces, character for character, where it has addresses, placeholders and marks."""
    for pattern in (_MARK, _TAG, _ADDRESS, _PLACEHOLDER):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def parts_findings(source: str, translation: str) -> Iterator[Finding]:
    """Yield what is wrong with the parts of a translation that are no words."""
    ours, theirs = _addresses(source), _addresses(translation)
    yield from _compared(FindingKind.address, ours, theirs)
    for kind, pattern in ((FindingKind.placeholder, _PLACEHOLDER), (FindingKind.tag, _TAG)):
        yield from _compared(kind, _parts(pattern, source), _parts(pattern, translation))
    for found in _POSITION.finditer(source):
        if found[0][1:] not in translation:
            yield Finding(FindingKind.placeholder, wanted=found[0])
    if not same_marks(source, translation):
        wrong = list(_compared(FindingKind.tag, _marks(source), _marks(translation)))
        yield from wrong or [Finding(FindingKind.tag)]  # they lie across one another


def paired(kind: FindingKind, missing: Sequence[str], added: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Yield what is missing, at the places of what was added as far as there are such, in their order."""
    for at in range(max(len(missing), len(added))):
        place = added[at] if at < len(added) else (0, 0)
        yield Finding(kind, *place, wanted=missing[at] if at < len(missing) else "")


def _parts(pattern: re.Pattern[str], text: str) -> list[_Part]:
    return [_Part(*found.span(), found[0], _key(found)) for found in pattern.finditer(text)]


def _key(found: re.Match[str]) -> str:
    """Return what is compared of a placeholder: "%2$s" is "%s" at another place, "{{ x }}" is "{{x}}"."""
    groups = found.groupdict()
    return groups.get("name") or groups.get("kind") or "".join(found[0].split())


def _marks(text: str) -> list[_Part]:
    found = ((mark.start, mark.end, text[mark.start : mark.end]) for mark in marks(text))
    return [_Part(start, end, written, written) for start, end, written in found]


def _addresses(text: str) -> list[_Part]:
    found = [(each.start(), each[0].rstrip(_BEHIND_ADDRESS)) for each in _ADDRESS.finditer(text)]
    return [_Part(start, start + len(address), address, address) for start, address in found]


def _compared(kind: FindingKind, ours: Sequence[_Part], theirs: Sequence[_Part]) -> Iterator[Finding]:
    """Yield the parts of the source that the translation lacks, and those that it has in excess."""
    there = Counter(part.key for part in theirs)
    wanted = Counter(part.key for part in ours)
    lost = [part.text for part in _excess(ours, there)]
    yield from paired(kind, lost, [(part.start, part.end) for part in _excess(theirs, wanted)])


def _excess(parts: Sequence[_Part], others: Counter[str]) -> Iterator[_Part]:
    """Yield the parts that are more than those of the other text."""
    left = Counter(others)
    for part in parts:
        if left[part.key] > 0:
            left[part.key] -= 1
        else:
            yield part
