"""Draws a main clause with subject, tense, object, place and time, and writes it in the four languages."""

from __future__ import annotations

import random
from dataclasses import dataclass

from starter_text.noun_phrase import POSSESSIVES, NounPhrase, draw_noun_phrase, starts_with_vowel
from starter_text.words import (
    FEMININE_NAMES,
    LANGUAGES,
    MOTION_VERB,
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

NOTHING = in_four("", "", "", "")

ENGLISH_BE = ("am", "are", "is", "are", "are")
GERMAN_BE = ("bin", "bist", "ist", "sind", "sind")
FRENCH_BE = ("suis", "es", "est", "sommes", "sont")
SPANISH_BE = ("estoy", "estás", "está", "estamos", "están")
_GERMAN_HAVE = ("habe", "hast", "hat", "haben", "haben")
_FRENCH_HAVE = ("ai", "as", "a", "avons", "ont")
_MODALS = {
    "will": {
        "de": ["werde", "wirst", "wird", "werden", "werden"],
        "fr": ["vais", "vas", "va", "allons", "vont"],
        "es": ["voy a", "vas a", "va a", "vamos a", "van a"],
    },
    "must": {
        "de": ["muss", "musst", "muss", "müssen", "müssen"],
        "fr": ["dois", "dois", "doit", "devons", "doivent"],
        "es": ["debo", "debes", "debe", "debemos", "deben"],
    },
    "can": {
        "de": ["kann", "kannst", "kann", "können", "können"],
        "fr": ["peux", "peux", "peut", "pouvons", "peuvent"],
        "es": ["puedo", "puedes", "puede", "podemos", "pueden"],
    },
    "want to": {
        "de": ["will", "willst", "will", "wollen", "wollen"],
        "fr": ["veux", "veux", "veut", "voulons", "veulent"],
        "es": ["quiero", "quieres", "quiere", "queremos", "quieren"],
    },
}
_TENSES = ("past", "past", "now", "habit", "plain", "will", "will", "must", "can", "want to")
_PERIODS = {"past": "past", "now": "now", "habit": "habit", "will": "future"}
_PRONOUNS = (
    (in_four("I", "ich", "je", ""), 0),
    (in_four("you", "du", "tu", ""), 1),
    (in_four("he", "er", "il", "él"), 2),
    (in_four("she", "sie", "elle", "ella"), 2),
    (in_four("we", "wir", "nous", ""), 3),
    (in_four("they", "sie", "ils", "ellos"), 4),
)


@dataclass(frozen=True)
class Subject:
    """Who does it: words, person (0 I, 1 you, 2 he, 3 we, 4 they), gender in French and Spanish, number."""

    texts: Texts
    person: int
    feminine: bool
    feminine_es: bool
    plural: bool


@dataclass(frozen=True)
class Clause:
    """A main clause before it is put into words."""

    subject: Subject
    tense: str
    verb: Verb
    is_question: bool
    is_negative: bool
    object: Texts
    place: Texts
    time: Texts

    @property
    def is_motion(self) -> bool:
        return self.verb is MOTION_VERB

    def texts(self) -> Texts:
        """Return the clause in the four languages, without capital and final mark."""
        return in_four(_english(self), _german(self), _french(self), _spanish(self))


def draw_subject(rng: random.Random) -> Subject:
    """Return a pronoun, a first name or a person."""
    kind = rng.random()
    if kind < 0.55:
        row = rng.randrange(6)
        texts, person = _PRONOUNS[row]
        return Subject(texts, person, feminine=row == 3, feminine_es=row == 3, plural=row >= 4)
    if kind < 0.7:
        name = NAMES[rng.randrange(len(NAMES))]
        feminine = name in FEMININE_NAMES
        return Subject(dict.fromkeys(LANGUAGES, name), 2, feminine, feminine, plural=False)
    noun = rng.choice(nouns_of("person"))
    phrase = NounPhrase(noun, rng.choice(("def", *POSSESSIVES, "def_pl")))
    person = 4 if phrase.plural else 2
    return Subject(phrase.texts(), person, noun.fr.feminine, noun.es.feminine, phrase.plural)


def draw_clause(rng: random.Random) -> Clause:
    """Return a clause with an object, a place or a direction."""
    subject, tense = draw_subject(rng), rng.choice(_TENSES)
    is_motion = rng.random() < 0.12
    is_place_only = not is_motion and rng.random() < 0.2
    is_question = rng.random() < 0.13
    is_negative = not is_question and rng.random() < 0.16
    what, place = NOTHING, NOTHING
    if is_motion:
        verb, place = MOTION_VERB, rng.choice(PLACES).to
    elif is_place_only:
        verb, place = rng.choice(PLACE_VERBS), rng.choice(PLACES).at
    else:
        verb = rng.choice(VERBS)
        what = _draw_object(rng, verb, is_negative)
        if rng.random() < 0.15 and not is_negative:
            place = rng.choice(PLACES).at
    time = _draw_time(rng, tense)
    return Clause(subject, tense, verb, is_question, is_negative, what, place, time)


def _draw_object(rng: random.Random, verb: Verb, is_negative: bool) -> Texts:
    """Return an object that is definite in a negative clause, where German would need "kein" otherwise."""
    noun = rng.choice(nouns_of(*verb.kinds))
    any_kind = ("def", "def", "def", "indef", "indef", "num", *POSSESSIVES, "def_pl")
    definite = ("def", "def", "def_pl", *POSSESSIVES)
    return draw_noun_phrase(rng, noun, definite if is_negative else any_kind, 0.35, is_object=True).texts()


def _draw_time(rng: random.Random, tense: str) -> Texts:
    period = _PERIODS.get(tense)
    if period and (tense in ("now", "habit") or rng.random() < 0.6):
        return rng.choice(TIMES[period])
    return NOTHING


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)


def _english(clause: Clause) -> str:
    tail = _spaced(clause.object["en"], clause.place["en"], clause.time["en"])
    return f"{_english_core(clause)} {tail}".strip()


def _english_core(clause: Clause) -> str:
    who, person, verb, tense = clause.subject.texts["en"], clause.subject.person, clause.verb.en, clause.tense
    if tense == "now":
        be = ENGLISH_BE[person]
        if clause.is_question:
            return f"{be} {who} {verb.ing}"
        return f"{who} {be} {'not ' if clause.is_negative else ''}{verb.ing}"
    if tense in ("will", "must", "can"):
        if clause.is_question:
            return f"{tense} {who} {verb.base}"
        refusal = "cannot" if tense == "can" else f"{tense} not"
        return f"{who} {refusal if clause.is_negative else tense} {verb.base}"
    helper = "did" if tense == "past" else "does" if person == 2 else "do"
    base = f"want to {verb.base}" if tense == "want to" else verb.base
    if clause.is_question:
        return f"{helper} {who} {base}"
    if clause.is_negative:
        return f"{who} {helper} not {base}"
    if tense == "past":
        return f"{who} {verb.past}"
    if tense == "want to":
        return f"{who} {'wants' if person == 2 else 'want'} to {verb.base}"
    return f"{who} {verb.third if person == 2 else verb.base}"


def _german(clause: Clause) -> str:
    who, person, verb = clause.subject.texts["de"], clause.subject.person, clause.verb.de
    if clause.tense == "past":
        finite, last = (GERMAN_BE if clause.is_motion else _GERMAN_HAVE)[person], verb.past[0]
    elif clause.tense in _MODALS:
        finite, last = _MODALS[clause.tense]["de"][person], verb.infinitive
    else:
        finite, last = verb.present[person], ""
    no = "nicht" if clause.is_negative else ""
    time, place, what = clause.time["de"], clause.place["de"], clause.object["de"]
    middle = (time, place, what, no) if what else (time, no, place)
    head = f"{finite} {who}" if clause.is_question else f"{who} {finite}"
    return _spaced(head, *middle, last)


def french_join(subject: str, rest: str) -> str:
    """Return subject and verb; "je" before a vowel becomes "j'"."""
    return f"j'{rest}" if subject == "je" and starts_with_vowel(rest) else f"{subject} {rest}"


def french_ne(rest: str) -> str:
    """Return a verb with the first half of its negation."""
    return ("n'" if starts_with_vowel(rest) else "ne ") + rest


def _french(clause: Clause) -> str:
    subject, verb = clause.subject, clause.verb.fr
    if clause.tense == "past":
        finite, last = (FRENCH_BE if clause.is_motion else _FRENCH_HAVE)[subject.person], verb.past[0]
        if clause.is_motion:
            last += ("e" if subject.feminine else "") + ("s" if subject.plural else "")
    elif clause.tense in _MODALS:
        finite, last = _MODALS[clause.tense]["fr"][subject.person], verb.infinitive
    else:
        finite, last = verb.present[subject.person], ""
    core = _spaced(f"{french_ne(finite)} pas" if clause.is_negative else finite, last)
    tail = _spaced(clause.object["fr"], clause.place["fr"], clause.time["fr"])
    text = f"{french_join(subject.texts['fr'], core)} {tail}".strip()
    if clause.is_question:
        return ("est-ce qu'" if starts_with_vowel(text) else "est-ce que ") + text
    return text


def _spanish(clause: Clause) -> str:
    person, verb = clause.subject.person, clause.verb.es
    if clause.tense == "past":
        core = verb.past[person]
    elif clause.tense in _MODALS:
        core = f"{_MODALS[clause.tense]['es'][person]} {verb.infinitive}"
    else:
        core = verb.present[person]
    no = "no" if clause.is_negative else ""
    return _spaced(
        clause.subject.texts["es"], no, core, clause.object["es"], clause.place["es"], clause.time["es"]
    )
