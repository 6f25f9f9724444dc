"""Draws clauses: who does what to whom, where and when."""

from __future__ import annotations

import random

from starter_text.clause import NOTHING, Clause, Subject
from starter_text.noun_phrase import ANY, DEFINITE, POSSESSIVES, draw_noun_phrase, french_with, spanish_with
from starter_text.words import (
    FEMININE_NAMES,
    GIFT_VERBS,
    LANGUAGES,
    MOTION_VERBS,
    NAMES,
    PLACE_VERBS,
    PLACES,
    TIMES,
    VERBS,
    Texts,
    Verb,
    in_four,
    nouns_of,
)

_TENSES = ("past", "past", "past", "now", "habit", "plain", "plain", "will", "will", "must", "can")
_WISHES = ("want to", "would like to")
_PERIODS = {"past": "past", "now": "now", "habit": "habit", "will": "future"}
_PRONOUNS = (
    (in_four("I", "ich", "je", ""), 0),
    (in_four("you", "du", "tu", ""), 1),
    (in_four("he", "er", "il", "él"), 2),
    (in_four("she", "sie", "elle", "ella"), 2),
    (in_four("we", "wir", "nous", ""), 3),
    (in_four("they", "sie", "ils", "ellos"), 4),
)
_WITH_NOUNS = ("def", "this", *POSSESSIVES, "def_pl", "my_pl")


def pronoun(row: int) -> Subject:
    """Return I, you, he, she, we or they, by its number from 0."""
    texts, person = _PRONOUNS[row]
    return Subject(texts, person, feminine=row == 3, feminine_es=row == 3, plural=row >= 4)


def named(name: str) -> Subject:
    """Return a first name as a subject."""
    feminine = name in FEMININE_NAMES
    return Subject(dict.fromkeys(LANGUAGES, name), 2, feminine, feminine, plural=False)


def draw_subject(rng: random.Random) -> Subject:
    """Return a pronoun, a first name or a person."""
    kind = rng.random()
    if kind < 0.5:
        return pronoun(rng.randrange(6))
    if kind < 0.65:
        return named(rng.choice(NAMES))
    noun = rng.choice(nouns_of("person"))
    phrase = draw_noun_phrase(rng, noun, _WITH_NOUNS, 0.1)
    person = 4 if phrase.plural else 2
    return Subject(phrase.texts(), person, noun.fr.feminine, noun.es.feminine, phrase.plural)


def draw_clause(rng: random.Random, kind: str = "statement", is_negative: bool = False) -> Clause:
    """Return a clause with an object, a receiver, a place or a direction."""
    # Spanish would put a named subject after the verb of a question with a question word.
    is_free = kind in ("statement", "question")
    subject = draw_subject(rng) if is_free else pronoun(rng.choice((0, 1, 4)))
    tense = rng.choice((*_TENSES, rng.choice(_WISHES)))
    makes = (_with_object, _to_somebody, _at_a_place, _to_a_place)
    make = rng.choices(makes, (58, 10, 18, 14))[0]
    if kind == "where" and make is _to_a_place:
        # "where do you go" asks for "wohin" in German.
        make = _at_a_place
    verb, parts, receiver_person = make(rng, is_negative)
    if kind == "where":
        parts.pop("place", None)
    # A habit that is denied reads oddly, and only "now" would tell "are coming" from "come" after "when".
    if (is_negative and tense == "habit") or (kind == "when" and tense == "now"):
        tense = "plain"
    time = NOTHING if kind == "when" else _draw_time(rng, tense)
    if time is NOTHING and tense in ("past", "plain") and _is_same_in_past(verb, subject.person):
        tense = "will"
    return Clause(
        subject, tense, verb, kind, is_negative, time=time, receiver_person=receiver_person, **parts
    )


_Parts = tuple[Verb, dict[str, Texts], int]
"""A verb, what follows it, and the person (2 or 4) of the receiver."""


def _with_object(rng: random.Random, is_negative: bool) -> _Parts:
    verb = rng.choice(VERBS)
    parts = {"object": _draw_object(rng, verb, is_negative)}
    if not is_negative and rng.random() < 0.15:
        parts["place"] = rng.choice(PLACES).at
    return verb, parts, 2


def _draw_object(rng: random.Random, verb: Verb, is_negative: bool) -> Texts:
    """Return an object that is definite in a negative clause, where German would need "kein" otherwise."""
    noun = rng.choice(nouns_of(*verb.kinds))
    return draw_noun_phrase(rng, noun, DEFINITE if is_negative else ANY, 0.35, "acc").texts()


def _to_somebody(rng: random.Random, is_negative: bool) -> _Parts:
    verb = rng.choice(GIFT_VERBS)
    phrase = draw_noun_phrase(rng, rng.choice(nouns_of("person")), _WITH_NOUNS, 0.0, "dat")
    words = phrase.texts()
    receiver = in_four(
        f"to {words['en']}", words["de"], french_with("à", words["fr"]), spanish_with("a", words["es"])
    )
    parts = {"object": _draw_object(rng, verb, is_negative), "receiver": receiver}
    return verb, parts, 4 if phrase.plural else 2


def _at_a_place(rng: random.Random, _is_negative: bool) -> _Parts:
    verb = rng.choice(PLACE_VERBS)
    parts = {"place": rng.choice(PLACES).at} if "at" in verb.kinds else {}
    if rng.random() < 0.25:
        phrase = draw_noun_phrase(rng, rng.choice(nouns_of("person")), _WITH_NOUNS, 0.0, "dat")
        parts["companion"] = _after(("with", "mit", "avec", "con"), phrase.texts())
    return verb, parts, 2


def _to_a_place(rng: random.Random, _is_negative: bool) -> _Parts:
    return rng.choice(MOTION_VERBS), {"place": rng.choice(PLACES).to}, 2


def _after(prepositions: tuple[str, ...], words: Texts) -> Texts:
    return {
        language: f"{preposition} {words[language]}"
        for language, preposition in zip(LANGUAGES, prepositions, strict=True)
    }


def _draw_time(rng: random.Random, tense: str) -> Texts:
    period = _PERIODS.get(tense)
    if period and (tense in ("now", "habit") or rng.random() < 0.6):
        return rng.choice(TIMES[period])
    return NOTHING


def _is_same_in_past(verb: Verb, person: int) -> bool:
    """Say whether past and present look the same in a language, so that only a time tells them apart."""
    return verb.en.base == verb.en.past or verb.es.present[person] == verb.es.past[person]
