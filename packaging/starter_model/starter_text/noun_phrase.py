"""Writes a noun phrase ("my two red books") in the four languages, with case, gender and agreement."""

from __future__ import annotations

import random
from dataclasses import dataclass

from starter_text.words import NUMBERS, Adjective, GenderedNoun, Noun, Texts, adjectives_for, in_four

POSSESSIVES = ("my", "our", "your")
DEFINITE = ("def", "def", "def", "this", "def_pl", "this_pl", *POSSESSIVES, *(f"{p}_pl" for p in POSSESSIVES))
ANY = (*DEFINITE, "indef", "indef", "indef", "indef", "num", "num")

_GERMAN_STEMS = {"indef": "ein", "my": "mein", "your": "dein", "our": "unser"}
_GERMAN_STRONG = {
    "nom": {"m": "er", "f": "e", "n": "es", "pl": "e"},
    "acc": {"m": "en", "f": "e", "n": "es", "pl": "e"},
    "dat": {"m": "em", "f": "er", "n": "em", "pl": "en"},
}
"""The endings of "dieser", and of an adjective where the article has no ending."""
_GERMAN_THE = {"er": "der", "e": "die", "es": "das", "en": "den", "em": "dem"}
_FRENCH = {
    "def": ("le ", "la ", "les "),
    "indef": ("un ", "une ", ""),
    "this": ("ce ", "cette ", "ces "),
    "my": ("mon ", "ma ", "mes "),
    "your": ("ton ", "ta ", "tes "),
    "our": ("notre ", "notre ", "nos "),
    "mass": ("du ", "de la ", ""),
}
_FRENCH_ELIDED = {"def": "l'", "this": ("cet ", "cette "), "my": "mon ", "your": "ton ", "mass": "de l'"}
_SPANISH = {
    "def": ("el ", "la ", "los ", "las "),
    "indef": ("un ", "una ", "", ""),
    "this": ("este ", "esta ", "estos ", "estas "),
    "my": ("mi ", "mi ", "mis ", "mis "),
    "your": ("tu ", "tu ", "tus ", "tus "),
    "our": ("nuestro ", "nuestra ", "nuestros ", "nuestras "),
    "mass": ("", "", "", ""),
}
_SPANISH_PLURALS = {"joven": "jóvenes", "marrón": "marrones"}


@dataclass(frozen=True)
class NounPhrase:
    """A noun with its determiner: def, indef, this, my, our, your, num or mass, with _pl for the plural.

    `number` is there exactly when the determiner is num; mass is for bread and milk without an article.
    `case` is nom, acc or dat; in Spanish a person in acc takes "a".
    """

    noun: Noun
    determiner: str
    adjective: Adjective | None = None
    number: Texts | None = None
    case: str = "nom"

    @property
    def plural(self) -> bool:
        return self.determiner == "num" or self.determiner.endswith("_pl")

    @property
    def kind(self) -> str:
        return self.determiner.removesuffix("_pl")

    def texts(self) -> Texts:
        """Return the phrase in the four languages."""
        return in_four(_english(self), _german(self), _french(self), _spanish(self))


def draw_noun_phrase(
    rng: random.Random, noun: Noun, determiners: tuple[str, ...], adjective_share: float, case: str = "nom"
) -> NounPhrase:
    """Return a phrase around a noun, with an adjective in that share of the cases."""
    determiner = rng.choice(determiners)
    if "mass" in noun.kinds:
        determiner = determiner.removesuffix("_pl")
        determiner = "mass" if determiner in ("indef", "num") else determiner
    fitting = adjectives_for(noun)
    described = fitting and determiner != "mass" and rng.random() < adjective_share
    adjective = rng.choice(fitting) if described else None
    return NounPhrase(noun, determiner, adjective, rng.choice(NUMBERS) if determiner == "num" else None, case)


def starts_with_vowel(text: str) -> bool:
    """Say whether French elides before this text; the words of the grammar have no aspirated h."""
    return text[0].lower() in "aeiouéèêâîôœàh"


def french_plural(word: str) -> str:
    """Return the plural of a French adjective."""
    if word.endswith("al"):
        return word[:-1] + "ux"
    return word if word[-1] in "sx" else word + ("x" if word.endswith("eau") else "s")


def spanish_plural(word: str) -> str:
    """Return the plural of a Spanish adjective."""
    if word.endswith("z"):
        return word[:-1] + "ces"
    return _SPANISH_PLURALS.get(word, word + ("s" if word[-1] in "aeiouáéíóú" else "es"))


def french_with(preposition: str, phrase: str) -> str:
    """Join a preposition to a phrase; "de" and "à" contract: "du livre", "au professeur", "de l'école"."""
    for article, contracted in (("le ", {"à": "au", "de": "du"}), ("les ", {"à": "aux", "de": "des"})):
        *before, last = preposition.split()
        if phrase.startswith(article) and last in contracted:
            return " ".join((*before, contracted[last], phrase.removeprefix(article)))
    return f"{preposition} {phrase}"


def spanish_with(preposition: str, phrase: str) -> str:
    """Join a preposition to a phrase; "a" and "de" contract: "al parque", "del libro"."""
    if phrase.startswith("el ") and preposition.split()[-1] in ("a", "de"):
        return f"{preposition}l {phrase[3:]}"
    return f"{preposition} {phrase}"


def _english(phrase: NounPhrase) -> str:
    noun = phrase.noun.en[phrase.plural]
    core = f"{phrase.adjective.en} {noun}" if phrase.adjective else noun
    if phrase.number:
        return f"{phrase.number['en']} {core}"
    if phrase.kind == "mass":
        return core
    indefinite = "an" if core[0] in "aeiou" and not core.startswith(("use", "uni", "eur")) else "a"
    this = "these" if phrase.plural else "this"
    determiner = {"def": "the", "this": this, "indef": indefinite}.get(phrase.kind, phrase.kind)
    return f"{determiner} {core}"


def _german(phrase: NounPhrase) -> str:
    noun, kind = phrase.noun.de, phrase.kind
    row = "pl" if phrase.plural else noun.gender
    strong = _GERMAN_STRONG[phrase.case][row]
    weak = "e" if phrase.case == "nom" or (phrase.case == "acc" and row in "fn") else "en"
    ending = "en" if row == "pl" else weak
    if kind == "mass" or phrase.number:
        article, ending = phrase.number["de"] + " " if phrase.number else "", strong
    elif kind in _GERMAN_STEMS:
        bare = row in "mn" and strong in ("er", "es")
        article = _GERMAN_STEMS[kind] + ("" if bare else strong) + " "
        ending = strong if bare else ending
    else:
        article = (f"dies{strong}" if kind == "this" else _GERMAN_THE[strong]) + " "
    adjective = f"{phrase.adjective.de_stem}{ending} " if phrase.adjective else ""
    return article + adjective + _german_noun(noun, phrase)


def _german_noun(noun: GenderedNoun, phrase: NounPhrase) -> str:
    if not phrase.plural:
        return noun.oblique if noun.oblique and phrase.case != "nom" else noun.singular
    return noun.plural + ("n" if phrase.case == "dat" and noun.plural[-1] not in "ns" else "")


def _french(phrase: NounPhrase) -> str:
    noun, kind = phrase.noun.fr, phrase.kind
    core = noun.plural if phrase.plural else noun.singular
    if phrase.adjective:
        adjective = _french_adjective(phrase.adjective, noun, phrase.plural)
        core = f"{adjective} {core}" if phrase.adjective.fr_before_noun else f"{core} {adjective}"
    if phrase.number:
        return f"{phrase.number['fr']} {core}"
    if kind in _FRENCH_ELIDED and not phrase.plural and starts_with_vowel(core):
        elided = _FRENCH_ELIDED[kind]
        return (elided if isinstance(elided, str) else elided[noun.feminine]) + core
    return _FRENCH[kind][2 if phrase.plural else noun.feminine] + core


def _french_adjective(adjective: Adjective, noun: GenderedNoun, plural: bool) -> str:
    form = adjective.fr[noun.feminine]
    if adjective.fr_before_noun and not (noun.feminine or plural) and starts_with_vowel(noun.singular):
        form = adjective.fr_before_vowel
    return french_plural(form) if plural else form


def _spanish(phrase: NounPhrase) -> str:
    noun = phrase.noun.es
    masculine_article = not noun.feminine or (noun.gender == "fa" and phrase.kind in ("def", "indef"))
    row = (0 if masculine_article else 1) if not phrase.plural else 2 + noun.feminine
    article = phrase.number["es"] + " " if phrase.number else _SPANISH[phrase.kind][row]
    text = article + (noun.plural if phrase.plural else noun.singular)
    if phrase.adjective:
        form = phrase.adjective.es[noun.feminine]
        text += " " + (spanish_plural(form) if phrase.plural else form)
    if phrase.case == "acc" and "person" in phrase.noun.kinds:
        return spanish_with("a", text)
    return text
