"""Finds the encoding of a text: marks, UTF-8, UTF-16, else the older one whose letters make sense.

Old encodings say nothing of themselves. Each candidate is judged by what it makes of the bytes beyond ASCII:
letters that some language writes, frequent ones more, count for it; signs, gaps and capitals in the middle of
words count against it. What gives the same text needs no decision.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})
_TEXT_PER_CONTROL = 500  # bytes; a file with more control characters is no text
_SHORTEST = 8  # bytes of a text in UTF-16 without a mark
_GOOD, _BETTER = 0.6, 0.3  # how much sense it has to make, and how much more than with its bytes turned
_SAMPLE = 12_000  # bytes of lines with letters beyond ASCII that are judged
_SIGNS = frozenset("“”‘’‚„–—…«»‹›€£§°·•¿¡№©®™×½¼¾ºª\xa0、。「」『』・，！？：；（）《》ー")
_FREQUENT, _USUAL = 1.1, 0.6  # letters that a language writes
_ALONE, _LOUD = 0.3, 0.7  # of that for a letter without neighbours, and for capitals in a row
_LOST, _CAPITAL = -3.0, -1.0  # no sign at all, and a capital behind a small letter


@dataclass(frozen=True, slots=True)
class _Writing:
    """The letters of one language, or of some with the same script."""

    encodings: tuple[str, ...]
    frequent: frozenset[str]
    usual: frozenset[str] = frozenset()

    def worth(self, letter: str) -> float:
        return _FREQUENT if letter in self.frequent else _USUAL if letter in self.usual else 0.0


def _signs(first: int, last: int) -> frozenset[str]:
    return frozenset(map(chr, range(first, last + 1)))


_WEST = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_EAST = ("cp1250", "iso8859_2", "cp852")
_BALTIC = ("cp1257", "iso8859_13")
_HANZI = _signs(0x4E00, 0x9FFF)
_LATIN = (
    (_WEST, "éèêàçùûôîâëïüœæ"),  # French
    (_WEST, "äöüß"),
    (_WEST, "áéíóúñü"),
    (_WEST, "ãõáâàéêíóôúç"),
    (_WEST, "àèéìòù"),
    (_WEST, "åäöé"),
    (_WEST, "åæøé"),
    (_WEST, "áéíóúýðþæö"),
    (_WEST, "àçèéíïòóúü"),
    (_WEST, "ëéïèöü"),
    (_EAST, "ąćęłńóśźż"),
    (_EAST, "áčďéěíňóřšťúůýž"),
    (_EAST, "áäčďéíľĺňóôŕšťúýž"),
    (_EAST, "áéíóöőúüű"),
    (_EAST, "čćđšž"),
    (_EAST, "ăâîşţ"),
    (_BALTIC, "ąčęėįšųūž"),
    (_BALTIC, "āčēģīķļņšūž"),
    (_BALTIC, "äöõüšž"),
)
_WRITINGS = (
    *(_Writing(encodings, frozenset(letters)) for encodings, letters in _LATIN),
    _Writing(("cp1254", "iso8859_9"), frozenset("çğıöşüİ"), frozenset("âî")),
    _Writing(
        ("cp1251", "koi8_r", "koi8_u", "cp866", "mac_cyrillic", "iso8859_5"),
        frozenset("оеаинтсрвлкмдпу"),
        frozenset("йцгшщзхъфыжэячьбюёіїєґђјљњћџўѓќѕ"),
    ),
    _Writing(("cp1253", "iso8859_7"), frozenset("αοιετσνηυρπκμλςάέίό"), frozenset("βγδζθξφχψωήύώϊϋΐΰ")),
    _Writing(("cp1255",), frozenset("יוהלאמרתשבנ"), _signs(0x05B0, 0x05EA)),
    _Writing(("cp1256",), frozenset("الميونرتبةعد"), _signs(0x0621, 0x0652) | frozenset("پچژگ،؛؟")),
    _Writing(("cp874",), frozenset("านรอกเงมยลวดทสตะีิ่้ั"), _signs(0x0E01, 0x0E5B)),
    _Writing(("cp932", "euc_jp"), _signs(0x3041, 0x3093) | _signs(0x30A1, 0x30F6), _HANZI),
    _Writing(
        ("cp949",),
        frozenset("이다는을의에가하고지기사리도로어은한를시자나서인일대정수그라"),
        _signs(0xAC00, 0xD7A3),
    ),
    _Writing(
        ("gb18030",),
        frozenset(
            "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
            "发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本"
            "前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最"
            "重并物手应"
        ),
        _HANZI,
    ),
    _Writing(
        ("big5", "big5hkscs"),
        frozenset(
            "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過"
            "發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本"
            "前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最"
            "重並物手應"
        ),
        _HANZI,
    ),
)
_PRIORS = {"mac_roman": -0.15, "cp850": -0.15, "cp852": -0.15, "cp866": -0.05, "mac_cyrillic": -0.03}
_ENCODINGS = tuple(dict.fromkeys(encoding for writing in _WRITINGS for encoding in writing.encodings))


def decoded(content: bytes) -> str | None:
    """Return the text, None where the bytes are not one. Single bytes that fit nowhere become U+FFFD."""
    encoding = encoding_of(content)
    return None if encoding is None else content.decode(encoding, "replace")


def encoding_of(content: bytes) -> str | None:
    """Return the name of the encoding of a text, which tells whether it has a mark; None for no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if len(content) - len(content.translate(None, _CONTROLS)) > len(content) / _TEXT_PER_CONTROL:
        return _utf16(content) or None
    try:
        content.decode()
    except UnicodeDecodeError:
        return likeliest(content)
    return "utf-8"


def likeliest(content: bytes) -> str:
    """Return the name of the encoding that makes most sense of bytes that are not quite UTF-8."""
    sample = b"\n".join(_lines_beyond_ascii(content))
    best, most = "utf-8", _Letters(sample.decode("utf-8", "replace")).score(None)
    for encoding in _ENCODINGS:
        letters = _Letters(sample.decode(encoding, "replace"))
        for writing in _WRITINGS:
            if encoding in writing.encodings:
                score = letters.score(writing) + _PRIORS.get(encoding, 0.0)
                if score > most:
                    best, most = encoding, score
    return best


def _lines_beyond_ascii(content: bytes) -> Iterator[bytes]:
    length = 0
    for line in re.finditer(rb"[^\n]{0,2000}[\x80-\xff][^\n]{0,2000}", content):
        yield line[0]
        length += len(line[0])
        if length > _SAMPLE:
            return


def _utf16(content: bytes) -> str:
    """Return the form of UTF-16 without a mark that this is, "" for none."""
    if len(content) % 2 or len(content) < _SHORTEST:
        return ""
    worths = {form: _worth(content[:_SAMPLE].decode(form, "replace")) for form in ("utf-16-le", "utf-16-be")}
    best = max(worths, key=lambda form: worths[form])
    return best if worths[best] > max(_GOOD, min(worths.values()) + _BETTER) else ""


def _worth(text: str) -> float:
    """Return how much of a text makes sense in one language, about 1 for all."""
    plain = sum(" " <= sign <= "~" or sign in "\n\r\t" for sign in text)
    beyond = sum(sign > "~" for sign in text)
    letters = _Letters(text)
    return (plain + beyond * max(letters.score(writing) for writing in _WRITINGS)) / max(1, len(text))


class _Letters:
    """What stands beyond ASCII in a text, counted; letters with the weight that their place gives them."""

    def __init__(self, text: str) -> None:
        self._weights: defaultdict[str, float] = defaultdict(float)
        self._score = 0.0  # of what counts the same in every language
        self._all = 0
        for found in re.finditer(r"[^\x00-\x7f]", text):
            place = found.start()
            self._count(text[place - 1 : place], found[0], text[place + 1 : place + 2])

    def _count(self, before: str, sign: str, after: str) -> None:
        self._all += 1
        if sign == "\ufffd" or not (sign.isprintable() or sign.isspace()):
            self._score += _LOST
        elif sign in _SIGNS:
            self._score += 1.0
        elif sign.isupper() and before.islower():
            self._score += _CAPITAL
        elif not (before.isalpha() or after.isalpha()):
            self._weights[_small(sign)] += _ALONE
        else:
            self._weights[_small(sign)] += _LOUD if sign.isupper() and before.isupper() else 1.0

    def score(self, writing: _Writing | None) -> float:
        """Return how well the text fits, about 1 for a good fit; without a writing any letter counts."""
        worth = sum(
            weight * (_FREQUENT if writing is None else writing.worth(letter))
            for letter, weight in self._weights.items()
        )
        return (self._score + worth) / max(1, self._all)


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter
