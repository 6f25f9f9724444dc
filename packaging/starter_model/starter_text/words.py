"""The words of the grammar in English, German, French and Spanish, with the forms that a sentence needs."""

from __future__ import annotations

from dataclasses import dataclass

from starter_text.tables import read_rows

LANGUAGES = ("en", "de", "fr", "es")
_WITHOUT_DEGREES = frozenset(
    (
        "empty",
        "broken",
        "delicious",
        "round",
        "red",
        "green",
        "blue",
        "grey",
        "brown",
        "white",
        "black",
        "yellow",
    )
)
Texts = dict[str, str]
"""The same text by language code."""


def in_four(en: str, de: str, fr: str, es: str) -> Texts:
    """Return one text in the four languages."""
    return {"en": en, "de": de, "fr": fr, "es": es}


@dataclass(frozen=True)
class GenderedNoun:
    """A noun of a language with genders: m, f, n, or fa for a Spanish feminine noun with the article el.

    `oblique` is the accusative and dative singular of a weak German noun.
    """

    gender: str
    singular: str
    plural: str
    oblique: str = ""

    @property
    def feminine(self) -> bool:
        return self.gender[0] == "f"


@dataclass(frozen=True)
class Noun:
    """A noun; its kinds say which verbs and adjectives it goes with."""

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

    The past is one participle in German and French and five forms in Spanish. `prefix` is the part that a
    German verb separates; `moves` says that the perfect is made with "sein" or "être"; the infinitive of a
    reflexive verb lacks its pronoun.
    """

    infinitive: str
    present: tuple[str, ...]
    past: tuple[str, ...]
    prefix: str = ""
    moves: bool = False
    reflexive: bool = False


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
    """English base form, German base form and stem; French and Spanish masculine and feminine.

    `is_condition` says that Spanish uses "estar" with it.
    """

    kinds: frozenset[str]
    en: str
    de: str
    de_stem: str
    fr: tuple[str, str]
    es: tuple[str, str]
    fr_before_vowel: str = ""
    fr_before_noun: bool = False
    is_condition: bool = False

    @property
    def has_degrees(self) -> bool:
        """Say whether something can be very or too much so; a colour cannot."""
        return self.en not in _WITHOUT_DEGREES


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
    whole, you, he, participle = forms
    reflexive = whole.startswith("sich_")
    prefix, _, base = whole.removeprefix("sich_").rpartition("-")
    first = base.removesuffix("en") + "e"
    return Conjugation(
        prefix + base,
        (first, you, he, base, base),
        (participle.removeprefix("ist_"),),
        prefix,
        participle.startswith("ist_"),
        reflexive,
    )


def _french(forms: list[str]) -> Conjugation:
    *present, participle, infinitive = forms
    return Conjugation(
        infinitive.removeprefix("se_"),
        tuple(present),
        (participle.removeprefix("est_"),),
        moves=participle.startswith("est_") or infinitive.startswith("se_"),
        reflexive=infinitive.startswith("se_"),
    )


_SPANISH_ENDINGS = {
    "ar": ("o as a amos an", "é aste ó amos aron"),
    "er": ("o es e emos en", "í iste ió imos ieron"),
    "ir": ("o es e imos en", "í iste ió imos ieron"),
}


def _spanish(forms: list[str]) -> Conjugation:
    whole, *irregular = forms
    infinitive = whole.removesuffix("se")
    if irregular:
        present, past = tuple(irregular[:5]), tuple(irregular[5:])
    else:
        stem = infinitive[:-2]
        endings = (part.split() for part in _SPANISH_ENDINGS[infinitive[-2:]])
        present, past = (tuple(stem + ending for ending in part) for part in endings)
    return Conjugation(infinitive, present, past, reflexive=whole != infinitive)


def _verb(row: list[str]) -> Verb:
    kinds, *cells = row
    en, de, fr, es = (cell.split() for cell in cells)
    base, third, past, ing = (form.replace("_", " ") for form in en)
    return Verb(
        frozenset(kinds.split()), EnglishVerb(base, third, past, ing), _german(de), _french(fr), _spanish(es)
    )


def _adjective(row: list[str]) -> Adjective:
    kinds, en, german, french, spanish = row
    de, _, stem = german.partition("/")
    masculine, feminine, *before = french.split()
    es = spanish.split()
    return Adjective(
        frozenset(kinds.split()),
        en,
        de,
        stem or de,
        (masculine, feminine),
        (es[0], es[1]),
        before[0] if before else "",
        bool(before),
        es[-1] == "estar",
    )


def _place(row: list[str]) -> Place:
    at, to = zip(*(cell.split(",") for cell in row), strict=True)
    return Place(in_four(*at), in_four(*to))


def _texts_of(table: str) -> list[Texts]:
    return [in_four(*row) for row in read_rows(table)]


def _times() -> dict[str, list[Texts]]:
    found: dict[str, list[Texts]] = {}
    for tense, *row in read_rows("times"):
        found.setdefault(tense, []).append(in_four(*row))
    return found


NOUNS = [_noun(row) for row in read_rows("nouns")]
VERBS = [_verb(row) for row in read_rows("verbs")]
PLACE_VERBS = [_verb(row) for row in read_rows("place_verbs")]
MOTION_VERBS = [_verb(row) for row in read_rows("motion_verbs")]
GIFT_VERBS = [_verb(row) for row in read_rows("gift_verbs")]
HAVE = _verb(read_rows("have")[0])
ADJECTIVES = [_adjective(row) for row in read_rows("adjectives")]
STATES = [adjective for adjective in ADJECTIVES if "state" in adjective.kinds]
PLACES = [_place(row) for row in read_rows("places")]
TIMES = _times()
WEEKDAYS = _texts_of("weekdays")
MONTHS = _texts_of("months")
CITIES = _texts_of("cities")
COUNTRIES = _texts_of("countries")
NUMBERS = _texts_of("numbers")
PHRASES = _texts_of("phrases")
NAMES = [name for name, _ in read_rows("names")]
FEMININE_NAMES = frozenset(name for name, gender in read_rows("names") if gender == "f")


def nouns_of(*kinds: str) -> list[Noun]:
    """Return the nouns of any of these kinds, in their order."""
    return [noun for noun in NOUNS if noun.kinds & set(kinds)]


def adjectives_for(noun: Noun) -> list[Adjective]:
    """Return the adjectives that go with a noun, in their order."""
    return [adjective for adjective in ADJECTIVES if adjective.kinds & noun.kinds]
