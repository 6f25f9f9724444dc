"""Writes a noun phrase ("my two red books") in the four languages, with case, gender and agreement."""

from __future__ import annotations

import random
from dataclasses import dataclass

from starter_text.words import ADJECTIVES, NUMBERS, Adjective, GenderedNoun, Noun, Texts, in_four

POSSESSIVES = ("my", "our", "your")


@dataclass(frozen=True)
class NounPhrase:
    """A noun with its determiner: def, def_pl, indef, num, my, our or your.

    `number` is there exactly when the determiner is num. An object stands in the accusative, and in Spanish
    takes "a" when it is a person.
    """

    noun: Noun
    determiner: str
    adjective: Adjective | None = None
    number: Texts | None = None
    is_object: bool = False

    @property
    def plural(self) -> bool:
        return self.determiner in ("def_pl", "num")

    def texts(self) -> Texts:
        """Return the phrase in the four languages."""
        return in_four(_english(self), _german(self), _french(self), _spanish(self))


def draw_noun_phrase(
    rng: random.Random,
    noun: Noun,
    determiners: tuple[str, ...],
    adjective_share: float,
    is_object: bool = False,
) -> NounPhrase:
    """Return a phrase around a noun; only things and buildings get an adjective, that share of them."""
    determiner = rng.choice(determiners)
    described = bool(noun.kinds & {"thing", "build"}) and rng.random() < adjective_share
    adjective = rng.choice(ADJECTIVES) if described else None
    number = rng.choice(NUMBERS) if determiner == "num" else None
    return NounPhrase(noun, determiner, adjective, number, is_object)


def starts_with_vowel(text: str) -> bool:
    """Say whether French elides before this text; an h counts as silent, the y of Yuki does not elide."""
    return text[0].lower() in "aeiouyéèêâîôœàh" and not text.startswith(("yuk", "Yuk"))


def french_plural(word: str) -> str:
    """Return the plural of a French adjective."""
    return word if word[-1] in "sx" else word + ("x" if word.endswith("eau") else "s")


def spanish_plural(word: str) -> str:
    """Return the plural of a Spanish adjective."""
    return word + ("s" if word[-1] in "aeiouáéíóú" else "es")


def _english(phrase: NounPhrase) -> str:
    noun = phrase.noun.en[phrase.plural]
    core = f"{phrase.adjective.en} {noun}" if phrase.adjective else noun
    if phrase.number:
        return f"{phrase.number['en']} {core}"
    indefinite = "an" if core[0] in "aeiou" else "a"
    determiner = {"def": "the", "def_pl": "the", "indef": indefinite}.get(
        phrase.determiner, phrase.determiner
    )
    return f"{determiner} {core}"


def _german(phrase: NounPhrase) -> str:
    noun, gender = phrase.noun.de, phrase.noun.de.gender
    masculine_object = phrase.is_object and gender == "m"
    if phrase.determiner in ("def", "def_pl"):
        article = {"m": "den" if masculine_object else "der", "f": "die", "n": "das"}[gender]
        article = "die" if phrase.plural else article
        ending = "en" if phrase.plural or masculine_object else "e"
    elif phrase.number:
        article, ending = phrase.number["de"], "e"
    else:
        stem = {"indef": "ein", "my": "mein", "your": "dein", "our": "unser"}[phrase.determiner]
        article = stem + ("en" if masculine_object else "e" if gender == "f" else "")
        ending = "en" if masculine_object else {"m": "er", "f": "e", "n": "es"}[gender]
    form = noun.plural if phrase.plural else noun.singular
    if not phrase.adjective:
        return f"{article} {form}"
    base = "teur" if phrase.adjective.de == "teuer" else phrase.adjective.de
    return f"{article} {base}{ending} {form}"


def _french(phrase: NounPhrase) -> str:
    noun = phrase.noun.fr
    core = noun.plural if phrase.plural else noun.singular
    if phrase.adjective:
        adjective = _french_adjective(phrase.adjective, noun, phrase.plural)
        core = f"{adjective} {core}" if phrase.adjective.fr_before_noun else f"{core} {adjective}"
    if phrase.number:
        return f"{phrase.number['fr']} {core}"
    elided = starts_with_vowel(core)
    if phrase.determiner == "def" and elided:
        return f"l'{core}"
    if phrase.determiner in ("my", "your") and elided:
        return {"my": "mon ", "your": "ton "}[phrase.determiner] + core
    articles = {
        "def": ("le ", "la "),
        "def_pl": ("les ", "les "),
        "indef": ("un ", "une "),
        "my": ("mon ", "ma "),
        "your": ("ton ", "ta "),
        "our": ("notre ", "notre "),
    }
    return articles[phrase.determiner][noun.feminine] + core


def _french_adjective(adjective: Adjective, noun: GenderedNoun, plural: bool) -> str:
    form = adjective.fr[noun.feminine]
    if adjective.fr_before_noun and not (noun.feminine or plural) and starts_with_vowel(noun.singular):
        form = adjective.fr_before_vowel
    return french_plural(form) if plural else form


def _spanish(phrase: NounPhrase) -> str:
    noun = phrase.noun.es
    article = {
        "def": ("el", "la"),
        "def_pl": ("los", "las"),
        "indef": ("un", "una"),
        "my": ("mi", "mi"),
        "your": ("tu", "tu"),
        "our": ("nuestro", "nuestra"),
        "num": ("", ""),
    }[phrase.determiner][noun.feminine]
    article = phrase.number["es"] if phrase.number else article
    text = f"{article} {noun.plural if phrase.plural else noun.singular}"
    if phrase.adjective:
        form = phrase.adjective.es[noun.feminine]
        text += " " + (spanish_plural(form) if phrase.plural else form)
    if phrase.is_object and "person" in phrase.noun.kinds:
        return "al " + text[3:] if text.startswith("el ") else f"a {text}"
    return text
