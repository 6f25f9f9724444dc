"""A small grammar that writes the same sentence in English, German, French and Spanish.

Nouns carry gender and plural, verbs their persons, adjectives their agreement and place, so that every
sentence is right in all four languages by construction.
"""

from __future__ import annotations

import random

from starter_text.clause import (
    ENGLISH_BE,
    FRENCH_BE,
    GERMAN_BE,
    SPANISH_ESTAR,
    SPANISH_SER,
    Clause,
    elided,
    french_join,
)
from starter_text.noun_phrase import (
    POSSESSIVES,
    NounPhrase,
    draw_noun_phrase,
    french_plural,
    french_with,
    spanish_plural,
    spanish_with,
)
from starter_text.phrase_book import finished, phrase
from starter_text.statements import draw_clause, draw_subject, named, pronoun
from starter_text.words import (
    HAVE,
    LANGUAGES,
    NAMES,
    NOUNS,
    PLACES,
    STATES,
    TIMES,
    Texts,
    adjectives_for,
    in_four,
    nouns_of,
)

_INTENSITIES = (
    ("", "", "", ""),
    ("", "", "", ""),
    ("very ", "sehr ", "très ", "muy "),
    ("too ", "zu ", "trop ", "demasiado "),
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


def _property(rng: random.Random) -> Texts:
    """The keys are very heavy."""
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


def _state(rng: random.Random) -> Texts:
    """My brother is tired today."""
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


def _profession(rng: random.Random) -> Texts:
    """My brother is a doctor."""
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


def _age(rng: random.Random) -> Texts:
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


_PATTERNS = {
    _statement: 42,
    _question: 9,
    _two_clauses: 10,
    _property: 10,
    _state: 5,
    _profession: 4,
    _there_is: 4,
    _location: 6,
    _where: 4,
    _cost: 3,
    _have: 5,
    _age: 2,
}
