"""A small grammar that writes the same sentence in English, German, French and Spanish.

Nouns carry gender and plural, verbs their persons, adjectives their agreement and place, so that every
sentence is right in all four languages by construction.
"""

from __future__ import annotations

import random

from starter_text.clause import (
    Clause,
    elided,
    french_join,
)
from starter_text.descriptions import age, profession, property_of, state
from starter_text.noun_phrase import (
    POSSESSIVES,
    NounPhrase,
    draw_noun_phrase,
    french_with,
    spanish_with,
)
from starter_text.phrase_book import finished, phrase
from starter_text.statements import draw_clause, draw_subject
from starter_text.words import (
    HAVE,
    LANGUAGES,
    NOUNS,
    PLACES,
    TIMES,
    Texts,
    in_four,
    nouns_of,
)

_SINGLE = ("def", "this", *POSSESSIVES)
_DEFINITE = (*_SINGLE, "def_pl")
_LOCATIONS = (
    ("on", "auf", "sur", "sobre"),
    ("under", "unter", "sous", "debajo de"),
    ("behind", "hinter", "derrière", "detrás de"),
    ("in front of", "vor", "devant", "delante de"),
    ("next to", "neben", "à côté de", "al lado de"),
)
_GERMAN_NO = {"m": "keinen", "f": "keine", "n": "kein"}


def sentence(rng: random.Random) -> Texts:
    """Return one sentence in the four languages."""
    return rng.choices(list(_PATTERNS), list(_PATTERNS.values()))[0](rng)


def piece(rng: random.Random) -> Texts:
    """Return a word, a noun phrase, a place or a time: the smallest things to translate."""
    kind = rng.random()
    if kind < 0.2:
        return draw_noun_phrase(rng, rng.choice(NOUNS), ("def",), 0.0).texts()
    if kind < 0.65:
        determiners = ("def", "def_pl", "this", "indef", "num", *POSSESSIVES, "our_pl")
        return draw_noun_phrase(rng, rng.choice(NOUNS), determiners, 0.5).texts()
    if kind < 0.75:
        return draw_clause(rng).texts()
    if kind < 0.85:
        return rng.choice(PLACES).at
    if kind < 0.92:
        return rng.choice(TIMES[rng.choice(list(TIMES))])
    return phrase(rng)


def _statement(rng: random.Random) -> Texts:
    return finished(draw_clause(rng, is_negative=rng.random() < 0.16).texts())


def _question(rng: random.Random) -> Texts:
    kind = rng.choice(("question", "question", "when", "why", "where"))
    return finished(draw_clause(rng, kind).texts(), "?")


def _two_clauses(rng: random.Random) -> Texts:
    link = rng.randrange(4)
    while True:
        first, second = draw_clause(rng), draw_clause(rng)
        a, b = first.texts(), second.texts()
        if len(a["en"]) + len(b["en"]) < 75:
            break
    if link == 0:
        return finished(
            {key: f"{a[key]}{word} {b[key]}" for key, word in _joints(" and", " und", " et", " y")}
        )
    if link == 1:
        words = _joints(", but", ", aber", ", mais", ", pero")
        return finished({key: f"{a[key]}{word} {b[key]}" for key, word in words})
    return finished(_because(a, second) if link == 2 else _that(rng, second))


def _joints(*words: str) -> list[tuple[str, str]]:
    return list(zip(LANGUAGES, words, strict=True))


def _because(first: Texts, second: Clause) -> Texts:
    b = second.dependent()
    return in_four(
        f"{first['en']} because {b['en']}",
        f"{first['de']}, weil {b['de']}",
        f"{first['fr']} {elided('parce que', b['fr'])}",
        f"{first['es']} porque {b['es']}",
    )


def _that(rng: random.Random, second: Clause) -> Texts:
    b = second.dependent()
    en, de, fr, es = rng.choice(
        (
            ("I think", "ich denke", "je pense", "creo"),
            ("I know", "ich weiß", "je sais", "sé"),
            ("she says", "sie sagt", "elle dit", "ella dice"),
            ("he believes", "er glaubt", "il croit", "él piensa"),
        )
    )
    return in_four(
        f"{en} that {b['en']}",
        f"{de}, dass {b['de']}",
        f"{fr} {elided('que', b['fr'])}",
        f"{es} que {b['es']}",
    )


def _there_is(rng: random.Random) -> Texts:
    noun = rng.choice(nouns_of("thing", "animal"))
    what = draw_noun_phrase(rng, noun, ("indef", "num"), 0.4, "acc")
    texts, place = what.texts(), rng.choice(PLACES).at
    return finished(
        in_four(
            f"there {'are' if what.plural else 'is'} {texts['en']} {place['en']}",
            f"es gibt {texts['de']} {place['de']}",
            f"il y a {texts['fr']} {place['fr']}",
            f"hay {texts['es']} {place['es']}",
        )
    )


def _location(rng: random.Random) -> Texts:
    """The cat is under the table."""
    what = NounPhrase(rng.choice(nouns_of("thing", "animal", "food")), rng.choice(_SINGLE)).texts()
    there = NounPhrase(rng.choice(nouns_of("thing", "build")), rng.choice(_SINGLE), case="dat").texts()
    en, de, fr, es = rng.choice(_LOCATIONS)
    is_asked = rng.random() < 0.15
    if is_asked:
        what = dict(zip(LANGUAGES, ("what", "was", "qu'est-ce qui", "qué"), strict=True))
    return finished(
        in_four(
            f"{what['en']} is {en} {there['en']}",
            f"{what['de']} ist {de} {there['de']}",
            f"{what['fr']} est {french_with(fr, there['fr'])}",
            f"{what['es']} {'hay' if is_asked else 'está'} {spanish_with(es, there['es'])}",
        ),
        "?" if is_asked else ".",
    )


def _where(rng: random.Random) -> Texts:
    what = draw_noun_phrase(rng, rng.choice(NOUNS), (*_DEFINITE, "my_pl", "your_pl"), 0.2)
    texts, plural = what.texts(), what.plural
    return finished(
        in_four(
            f"where {'are' if plural else 'is'} {texts['en']}",
            f"wo {'sind' if plural else 'ist'} {texts['de']}",
            f"où {'sont' if plural else 'est'} {texts['fr']}",
            f"dónde {'están' if plural else 'está'} {texts['es']}",
        ),
        "?",
    )


def _cost(rng: random.Random) -> Texts:
    noun = rng.choice(nouns_of("thing", "food", "drink"))
    what = draw_noun_phrase(rng, noun, ("def", "this"), 0.3).texts()
    if rng.random() < 0.4:
        question = in_four(
            f"how much does {what['en']} cost",
            f"wie viel kostet {what['de']}",
            f"combien coûte {what['fr']}",
            f"cuánto cuesta {what['es']}",
        )
        return finished(question, "?")
    price = rng.randrange(2, 2000)
    return finished(
        in_four(
            f"{what['en']} costs {price} euros",
            f"{what['de']} kostet {price} Euro",
            f"{what['fr']} coûte {price} euros",
            f"{what['es']} cuesta {price} euros",
        )
    )


def _have(rng: random.Random) -> Texts:
    """We have no car; we have a red car."""
    subject, noun = draw_subject(rng), rng.choice(nouns_of("thing", "animal", "room"))
    if rng.random() < 0.65:
        what = draw_noun_phrase(rng, noun, ("indef", "num"), 0.5, "acc").texts()
        return finished(Clause(subject, "plain", HAVE, object=what).texts())
    who, person = subject.texts, subject.person
    german, have = noun.de, HAVE.fr.present[person]
    thing = german.oblique or german.singular
    return finished(
        in_four(
            f"{who['en']} {HAVE.en.third if person == 2 else HAVE.en.base} no {noun.en[0]}",
            f"{who['de']} {HAVE.de.present[person]} {_GERMAN_NO[german.gender]} {thing}",
            f"{french_join(who['fr'], elided('ne', have))} pas {elided('de', noun.fr.singular)}",
            f"{who['es']} no {HAVE.es.present[person]} {noun.es.singular}".strip(),
        )
    )


_PATTERNS = {
    _statement: 42,
    _question: 9,
    _two_clauses: 10,
    property_of: 10,
    state: 5,
    profession: 4,
    _there_is: 4,
    _location: 6,
    _where: 4,
    _cost: 3,
    _have: 5,
    age: 2,
}
