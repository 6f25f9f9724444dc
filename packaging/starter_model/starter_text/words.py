"""The words of the grammar in English, German, French and Spanish, with the forms that a sentence needs."""

from __future__ import annotations

from dataclasses import dataclass

from starter_text.tables import read_rows

LANGUAGES = ("en", "de", "fr", "es")
Texts = dict[str, str]
"""The same text by language code."""


def in_four(en: str, de: str, fr: str, es: str) -> Texts:
    """Return one text in the four languages."""
    return {"en": en, "de": de, "fr": fr, "es": es}


@dataclass(frozen=True)
class GenderedNoun:
    """A noun of a language with genders: m, f or n."""

    gender: str
    singular: str
    plural: str

    @property
    def feminine(self) -> bool:
        return self.gender == "f"


@dataclass(frozen=True)
class Noun:
    """A noun; its kinds say which verbs it goes with."""

    kinds: frozenset[str]
    en: tuple[str, str]
    de: GenderedNoun
    fr: GenderedNoun
    es: GenderedNoun


@dataclass(frozen=True)
class EnglishVerb:
    """Base form, form with he or she, past and -ing form."""

    base: str
    third: str
    past: str
    ing: str


@dataclass(frozen=True)
class Conjugation:
    """Infinitive, present in five persons (I, you, he or she, we, they), and the past.

    The past is one participle in German and French and five forms in Spanish.
    """

    infinitive: str
    present: tuple[str, ...]
    past: tuple[str, ...]


@dataclass(frozen=True)
class Verb:
    """A verb; its kinds are those of the nouns that can be its object."""

    kinds: frozenset[str]
    en: EnglishVerb
    de: Conjugation
    fr: Conjugation
    es: Conjugation


@dataclass(frozen=True)
class Adjective:
    """English and German base forms; French and Spanish masculine and feminine."""

    en: str
    de: str
    fr: tuple[str, str]
    es: tuple[str, str]
    fr_before_vowel: str = ""
    fr_before_noun: bool = False


@dataclass(frozen=True)
class Place:
    """A place where something is (at) or goes (to)."""

    at: Texts
    to: Texts


def _noun(row: list[str]) -> Noun:
    en = row[1].split(",")
    de, fr, es = (GenderedNoun(*(form.replace("_", " ") for form in cell.split())) for cell in row[2:])
    return Noun(frozenset(row[0].split()), (en[0], en[1]), de, fr, es)


def _german(forms: list[str]) -> Conjugation:
    infinitive, you, he, participle = forms
    stem = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    return Conjugation(infinitive, (stem + "e", you, he, infinitive, infinitive), (participle,))


_SPANISH_ENDINGS = {
    "ar": ("o as a amos an", "é aste ó amos aron"),
    "er": ("o es e emos en", "í iste ió imos ieron"),
    "ir": ("o es e imos en", "í iste ió imos ieron"),
}


def _spanish(forms: list[str]) -> Conjugation:
    infinitive, *irregular = forms
    if irregular:
        return Conjugation(infinitive, tuple(irregular[:5]), tuple(irregular[5:]))
    present, past = _SPANISH_ENDINGS[infinitive[-2:]]
    stem = infinitive[:-2]
    return Conjugation(
        infinitive, tuple(stem + e for e in present.split()), tuple(stem + e for e in past.split())
    )


def _verb(kinds: str, cells: list[str]) -> Verb:
    en, de, fr, es = (cell.split() for cell in cells)
    return Verb(
        frozenset(kinds.split()),
        EnglishVerb(*(form.replace("_", " ") for form in en)),
        _german(de),
        Conjugation(fr[6], tuple(fr[:5]), (fr[5],)),
        _spanish(es),
    )


def _adjective(row: list[str]) -> Adjective:
    masculine, feminine, before_vowel, place = row[2].split()
    es = row[3].split()
    return Adjective(row[0], row[1], (masculine, feminine), (es[0], es[1]), before_vowel, place == "pre")


def _state(row: list[str]) -> Adjective:
    fr, es = row[2].split(), row[3].split()
    return Adjective(row[0], row[1], (fr[0], fr[1]), (es[0], es[1]))


def _texts(row: list[str]) -> Texts:
    return in_four(*row)


def _place(row: list[str]) -> Place:
    at, to = zip(*(cell.split(",") for cell in row), strict=True)
    return Place(in_four(*at), in_four(*to))


def _times() -> dict[str, list[Texts]]:
    found: dict[str, list[Texts]] = {}
    for tense, *row in read_rows("times"):
        found.setdefault(tense, []).append(_texts(row))
    return found


NOUNS = [_noun(row) for row in read_rows("nouns")]
VERBS = [_verb(row[0], row[1:]) for row in read_rows("verbs")]
PLACE_VERBS = [_verb("", row) for row in read_rows("place_verbs")]
MOTION_VERB = _verb("", read_rows("motion_verb")[0])
ADJECTIVES = [_adjective(row) for row in read_rows("adjectives")]
STATES = [_state(row) for row in read_rows("states")]
PLACES = [_place(row) for row in read_rows("places")]
TIMES = _times()
CITIES = [_texts(row) for row in read_rows("cities")]
NUMBERS = [_texts(row) for row in read_rows("numbers")]
PHRASES = [_texts(row) for row in read_rows("phrases")]
NAMES = [name for name, _ in read_rows("names")]
FEMININE_NAMES = frozenset(name for name, gender in read_rows("names") if gender == "f")


def nouns_of(*kinds: str) -> list[Noun]:
    """Return the nouns of any of these kinds, in their order."""
    return [noun for noun in NOUNS if noun.kinds & set(kinds)]
