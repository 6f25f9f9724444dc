"""Tells, without a dictionary, whether two words can be forms of one: by the endings that a language has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from chatdesk.tasks.foreign_names import bare

_START = 2  # letters that all forms of a word share
_SHORTEST_STEM = 3
_SAFE_STEM = 4  # letters from which on endings of more than two letters are taken for such

# Endings, without accents, that take the place of one another behind the same stem; "_" is none.
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("_ s es ed ing er ers", "e es ed er ers ing", "y ies ied", "f fe ves"),
    "de": ("_ e en er ern em es s n se sen nen t et st te ten ns innen in",),
    "nl": ("_ e en s n t de te den ten je jes er ers eren",),
    "af": ("_ e s te tes",),
    "sv": ("_ n en et t ar er or r na arna erna orna s ens ets a an as e de te",),
    "da": ("_ n en et t r er erne ene ne s ens ets e de te",),
    "nb": ("_ n en et t a r er ene ne s ens ets e de te",),
    "is": ("_ n inn ur i s a um ar ir ana inum ins",),
    "fr": (
        "_ s x e es t",
        "al ale aux ales",
        "ail ails aux",
        "er e es ent ee ees ant ait aient era eront ons ez",
        "eur euse eurs euses rice rices",
        "if ive ifs ives",
        "ir it is issent i ie ies",
        "en enne ens ennes",
    ),
    "es": (
        "_ s es a as",
        "o a os as",
        "z ces",
        "ar a an as o amos e en ado ada ados adas ando aron aba aban ara aran aria arian",
        "er ir e en es o a an emos imos ido ida idos idas iendo io ieron ia ian era eran ira iran eria iria",
    ),
    "pt": (
        "_ s es a as",
        "o a os as",
        "ao oes aes aos",
        "l is",
        "m ns",
        "ar a am ado ada ados adas",
        "r er ir ido ida",
    ),
    "it": (
        "o a i e",
        "co chi ca che",
        "go ghi ga ghe",
        "_ i",
        "are a ano ato ata ati ate",
        "ere ire ito ita iti ite",
    ),
    "ca": ("_ s es a", "a es", "o ons", "c ques", "at ada ats ades"),
    "ro": ("_ i e ul ului uri urile le lor a ei ii ilor", "a ei e ele elor ii", "e ea i ile ilor"),
}  # fmt: skip
# The longest endings of languages that have too many to be named.
_THREE_LETTERS = "ru uk be bg mk sr hr bs sl cs sk pl lt lv el sq hy ka hi ur bn mr gu pa"
_SIX_LETTERS = "fi et hu tr az kk uz ky eu mn ta te kn ml"
_LONGEST_ENDING: Mapping[str, int] = {
    **dict.fromkeys(_THREE_LETTERS.split(), 3),
    **dict.fromkeys(_SIX_LETTERS.split(), 6),
}
_UNKNOWN_ENDING = 2
# What is written together with the word behind it.
_PREFIXES: Mapping[str, re.Pattern[str]] = {
    "ar": re.compile("(?:[وف]?(?:ال|بال|كال|لل|[بلك]))(?=...)|[وف](?=...)"),
    "he": re.compile("[ושכ]?[הבלמשכ](?=...)|ו(?=...)"),
}
_SUFFIXES: Mapping[str, re.Pattern[str]] = {
    "ar": re.compile("(?<=...)(?:ات|ون|ين|ان|ها|هم|نا|كم|ية|[ةهيكا])$"),
    "he": re.compile("(?<=...)(?:ים|ות|ית|[הית])$"),
}
# Forms that have little in common.
_IRREGULAR: Mapping[str, str] = {
    "en": "child children|man men|woman women|foot feet|tooth teeth|mouse mice|goose geese|person people"
    "|ox oxen|datum data|criterion criteria|index indices|matrix matrices|analysis analyses|buy bought"
    "|sell sold|write wrote written|send sent|pay paid|build built|make made|take took taken"
    "|break broke broken|choose chose chosen|keep kept|hold held|lead led|run ran|draw drew drawn",
    "fr": "œil oeil yeux|ciel cieux|monsieur messieurs|madame mesdames|mademoiselle mesdemoiselles",
    "nl": "schip schepen|stad steden|kind kinderen|ei eieren|lid leden",
}
_DOUBLING = ("en", "nl")  # "run", "running"
_COMPOUNDING = "de nl af fy lb sv da nb is fi et hu tr"


def base_language(language: str) -> str:
    """Return the language that a code is a variant of: "pt" for "pt-BR"."""
    base = re.split("[-_]", language.casefold())[0]
    return {"no": "nb", "nn": "nb", "gl": "pt", "hbs": "hr"}.get(base, base)


def joins_words(language: str) -> bool:
    """Whether a language writes words that belong together as one: "Kaufvertrag"."""
    return base_language(language) in _COMPOUNDING.split()


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Return a word in small letters and without accents, where its writing can do without them."""
    if word.isascii():
        return word.lower()
    # In Kana, Thai and the writings of India such marks make another word.
    return (
        bare(word)
        if all(sign < "\u0700" or "\u1e00" <= sign < "\u2000" for sign in word)
        else word.casefold()
    )


def same_word(one: str, other: str, language: str) -> bool:
    """Whether two words, each without spaces, are the same or can be forms of one."""
    first, second = folded(one), folded(other)
    if first == second:
        return True
    if any(sign.isdecimal() for sign in first + second):
        return False
    base = base_language(language)
    if base in _PREFIXES:
        return bool(set(cores_of(first, base)) & set(cores_of(second, base)))
    return _are_forms(first, second, base)


def starts(word: str, language: str) -> frozenset[str]:
    """Return the beginnings that a word shares with its forms, to look them up by."""
    other = _irregular(base_language(language)).get(folded(word), "")
    return frozenset(core[:_START] for core in (*cores_of(folded(word), language), other) if core)


def cores_of(word: str, language: str) -> Iterator[str]:
    """Yield a folded word, and what remains of it without what can be joined to it before and behind."""
    base = base_language(language)
    yield word
    if base in _PREFIXES:
        prefix = _PREFIXES[base].match(word)
        rest = word[prefix.end() :] if prefix else word
        yield from (rest, _SUFFIXES[base].sub("", word), _SUFFIXES[base].sub("", rest))


def _common(one: str, other: str) -> int:
    most = min(len(one), len(other))
    return next((at for at in range(most) if one[at] != other[at]), most)


def _are_forms(one: str, other: str, base: str) -> bool:
    common = _common(one, other)
    if base not in _ENDINGS:
        longest = max(len(one), len(other)) - common
        safe = common >= _SAFE_STEM or (common >= _SHORTEST_STEM and longest <= 2)
        return safe and longest <= _LONGEST_ENDING.get(base, _UNKNOWN_ENDING)
    if _irregular(base).get(one, one) == _irregular(base).get(other, other):
        return True
    if base in _DOUBLING:
        short, long = sorted((one, other), key=len)
        if len(short) >= _SHORTEST_STEM and long.startswith(short + short[-1]):
            return long[len(short) + 1 :] in ("ed", "ing", "er", "ers", "en", "e")
    # An ending can begin with the letter in which the stem of the other ends: "journa|l" and "journa|ux".
    return any(_are_endings(one[stem:], other[stem:], stem, base) for stem in range(common, common - 3, -1))


def _are_endings(one: str, other: str, stem: int, base: str) -> bool:
    shortest, longest = sorted((len(one), len(other)))
    if stem < _START or (stem < _SHORTEST_STEM and not 0 < shortest < longest < 4):  # "us|e" and "us|ing"
        return False
    if stem < _SAFE_STEM and shortest == 0 and longest > 2:
        return False
    return any((one or "_") in group and (other or "_") in group for group in _groups(base))


@lru_cache(maxsize=100)
def _irregular(base: str) -> Mapping[str, str]:
    """Return the first of the forms of a word, by each of them."""
    sets = [forms.split() for forms in _IRREGULAR.get(base, "").split("|")]
    return {form: forms[0] for forms in sets for form in forms}


@lru_cache(maxsize=100)
def _groups(base: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split()) for group in _ENDINGS[base])
