"""Sentences that describe: a property, a state, a profession, an age."""

from __future__ import annotations

import random

from starter_text.clause import (
    ENGLISH_BE,
    FRENCH_BE,
    GERMAN_BE,
    SPANISH_ESTAR,
    SPANISH_SER,
    elided,
    french_join,
)
from starter_text.noun_phrase import POSSESSIVES, NounPhrase, french_plural, spanish_plural
from starter_text.phrase_book import finished
from starter_text.statements import draw_subject, named, pronoun
from starter_text.words import HAVE, NAMES, NOUNS, STATES, Texts, adjectives_for, in_four, nouns_of

_INTENSITIES = (
    ("", "", "", ""),
    ("", "", "", ""),
    ("very ", "sehr ", "très ", "muy "),
    ("too ", "zu ", "trop ", "demasiado "),
)
_SINGLE = ("def", "this", *POSSESSIVES)


def property_of(rng: random.Random) -> Texts:
    """Return a sentence such as "The keys are very heavy."."""
    noun = rng.choice([noun for noun in NOUNS if adjectives_for(noun)])
    is_mass = "mass" in noun.kinds
    subject = NounPhrase(noun, rng.choice(_SINGLE if is_mass else (*_SINGLE, "def_pl", "our_pl")))
    adjective = rng.choice(adjectives_for(noun))
    who, plural = subject.texts(), subject.plural
    is_negative, is_past = rng.random() < 0.2, rng.random() < 0.3
    very = rng.choice(_INTENSITIES)
    if not adjective.has_degrees:
        very = _INTENSITIES[0]
    fr, es = adjective.fr[noun.fr.feminine], adjective.es[noun.es.feminine]
    if plural:
        fr, es = french_plural(fr), spanish_plural(es)
    be = _be(plural, is_past, adjective.is_condition)
    no = (" not", " nicht", " pas", "no ") if is_negative else ("", "", "", "")
    return finished(
        in_four(
            f"{who['en']} {be['en']}{no[0]} {very[0]}{adjective.en}",
            f"{who['de']} {be['de']}{no[1]} {very[1]}{adjective.de}",
            f"{who['fr']} {elided('ne', be['fr']) if is_negative else be['fr']}{no[2]} {very[2]}{fr}",
            f"{who['es']} {no[3]}{be['es']} {very[3]}{es}",
        )
    )


def _be(plural: bool, is_past: bool, is_condition: bool) -> Texts:
    """Return the third person of "to be"; Spanish has another verb for a condition that may change."""
    if is_past:
        es = ("estaba", "estaban") if is_condition else ("era", "eran")
        return in_four(
            ("was", "were")[plural], ("war", "waren")[plural], ("était", "étaient")[plural], es[plural]
        )
    es = ("está", "están") if is_condition else ("es", "son")
    return in_four(("is", "are")[plural], ("ist", "sind")[plural], ("est", "sont")[plural], es[plural])


def state(rng: random.Random) -> Texts:
    """Return a sentence such as "My brother is tired today."."""
    subject, adjective = draw_subject(rng), rng.choice(STATES)
    who, person = subject.texts, subject.person
    fr, es = adjective.fr[subject.feminine], adjective.es[subject.feminine_es]
    if subject.plural or person == 3:
        fr, es = french_plural(fr), spanish_plural(es)
    today = rng.choice((("", "", "", ""), (" today", " heute", " aujourd'hui", " hoy")))
    return finished(
        in_four(
            f"{who['en']} {ENGLISH_BE[person]} {adjective.en}{today[0]}",
            f"{who['de']} {GERMAN_BE[person]}{today[1]} {adjective.de}",
            french_join(who["fr"], f"{FRENCH_BE[person]} {fr}{today[2]}"),
            f"{who['es']} {SPANISH_ESTAR[person]} {es}{today[3]}".strip(),
        )
    )


def profession(rng: random.Random) -> Texts:
    """Return a sentence such as "My brother is a doctor."."""
    relatives = [noun for noun in nouns_of("person") if noun.en[0] in ("brother", "father", "uncle", "son")]
    relative = NounPhrase(rng.choice(relatives), rng.choice(POSSESSIVES)).texts()
    him = pronoun(rng.choice((0, 1, 2)))
    who, person = rng.choice(((him.texts, him.person), (relative, 2)))
    job = NounPhrase(rng.choice(nouns_of("job")), "indef")
    return finished(
        in_four(
            f"{who['en']} {ENGLISH_BE[person]} {job.texts()['en']}",
            f"{who['de']} {GERMAN_BE[person]} {job.noun.de.singular}",
            french_join(who["fr"], f"{FRENCH_BE[person]} {job.noun.fr.singular}"),
            f"{who['es']} {SPANISH_SER[person]} {job.noun.es.singular}".strip(),
        )
    )


def age(rng: random.Random) -> Texts:
    """Return a sentence such as "Anna is 12 years old."."""
    subject, years = rng.choice((named(rng.choice(NAMES)), draw_subject(rng))), rng.randrange(2, 99)
    who, person = subject.texts, subject.person
    return finished(
        in_four(
            f"{who['en']} {ENGLISH_BE[person]} {years} years old",
            f"{who['de']} {GERMAN_BE[person]} {years} Jahre alt",
            french_join(who["fr"], f"{HAVE.fr.present[person]} {years} ans"),
            f"{who['es']} {HAVE.es.present[person]} {years} años".strip(),
        )
    )
