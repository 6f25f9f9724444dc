"""The grammar of four languages: agreement, elision, contraction, marks as each language writes them."""

import random
import re
from pathlib import Path

import pytest
from starter_text.clause import Clause, elided, french_join
from starter_text.noun_phrase import NounPhrase, french_with, spanish_plural, spanish_with, starts_with_vowel
from starter_text.phrase_book import FIXED, open_phrase, phrase
from starter_text.sentences import piece, sentence
from starter_text.statements import named as subject_named
from starter_text.statements import pronoun
from starter_text.tables import read_rows
from starter_text.words import (
    ADJECTIVES,
    GIFT_VERBS,
    HAVE,
    LANGUAGES,
    MOTION_VERBS,
    NOUNS,
    NUMBERS,
    PHRASES,
    PLACE_VERBS,
    TIMES,
    VERBS,
    in_four,
)

CHECKED = Path(__file__).with_name("checked_sentences.txt")
ALL_VERBS = (*VERBS, *PLACE_VERBS, *MOTION_VERBS, *GIFT_VERBS, HAVE)


@pytest.fixture(scope="module")
def many():
    rng = random.Random(9)
    return [make(rng) for _ in range(2500) for make in (sentence, piece, open_phrase)]


def test_sentences_have_their_capital_and_marks():
    rng = random.Random(10)
    for _ in range(3000):
        texts = sentence(rng)
        asked = texts["en"].endswith("?")
        for language, text in texts.items():
            assert text.endswith("?" if asked else ".")
            assert text.lstrip("¿")[0].isupper()
            assert "  " not in text
            assert text.endswith(" ?") == (asked and language == "fr")
        assert texts["es"].startswith("¿") == asked


def test_french_elides_and_contracts(many):
    for texts in many:
        assert not re.search(
            r"(?<!-)\b([Ll][ea]|[Jj]e|[Qq]ue|ne|me|se|de) (?!oui)[aeiouéèêâîôœ]", texts["fr"]
        ), texts
        assert not re.search(r"\b(de|que) [AEIOUÉ]", texts["fr"]), texts
        assert not re.search(r"\b(à|de) les? ", texts["fr"]), texts
        assert not re.search(r"\b(ma|ta|ce|un vieux|un beau|un nouveau) [aeiouéèêâîôœh]", texts["fr"]), texts
    assert french_join("je", "ai") == "j'ai"
    assert french_join("je", "vais") == "je vais"
    assert elided("ne", "est") == "n'est"
    assert not starts_with_vowel("Yuki")
    assert french_with("à côté de", "le lit") == "à côté du lit"
    assert french_with("à", "les amis") == "aux amis"
    assert french_with("de", "l'école") == "de l'école"


def test_spanish_contracts_and_marks_its_plurals(many):
    for texts in many:
        assert not re.search(r"\b(a|de) el ", texts["es"]), texts
        assert not re.search(r"\b(la|una) agua\b", texts["es"]), texts
    assert spanish_with("debajo de", "el sofá") == "debajo del sofá"
    assert [spanish_plural(word) for word in ("joven", "gris", "rojo")] == ["jóvenes", "grises", "rojos"]


def test_a_habit_keeps_its_article_after_any_word():
    clause = Clause(pronoun(0), "habit", PLACE_VERBS[0], place=NOTHING_BUT_FRENCH, time=SUNDAYS)
    assert clause.texts()["fr"].endswith("salle le dimanche")


NOTHING_BUT_FRENCH = in_four("", "", "dans la salle", "")
SUNDAYS = next(time for time in TIMES["habit"] if time["en"] == "on Sundays")


def test_german_articles_match_the_gender_of_their_nouns(many):
    gender = {noun.de.singular: noun.de.gender for noun in NOUNS}
    wrong = {"das": "mf", "dieses": "mf", "dem": "f", "diesem": "f", "einem": "f", "einen": "fn", "den": "fn"}
    for texts in many:
        for article, noun in re.findall(r"\b(\w+) (?:[a-zäöüß]+ )?([A-ZÄÖÜ]\w+)", texts["de"]):
            if noun in gender and not any(noun == other.de.plural for other in NOUNS):
                assert gender[noun] not in wrong.get(article, ""), texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_noun_and_each_phrase_has_words_of_its_own(language):
    def singular(noun):
        return noun.en[0] if language == "en" else getattr(noun, language).singular

    assert len({singular(noun) for noun in NOUNS}) == len(NOUNS)
    rows = [row[LANGUAGES.index(language)] for row in PHRASES_BY_LANGUAGE]
    assert len(set(rows)) == len(rows)


PHRASES_BY_LANGUAGE = [[row[language] for language in LANGUAGES] for row in PHRASES]


def test_the_phrase_book_is_large_and_complete():
    assert len(PHRASES) >= 300
    assert len(FIXED) >= 200
    slots = re.compile(r"\{\w+\}")
    for row in PHRASES:
        wanted = sorted(slots.findall(row["en"]))
        assert all(row.values())
        assert all(sorted(slots.findall(text)) == wanted for text in row.values()), row
    assert "{" not in phrase(random.Random(13))["de"]


@pytest.mark.parametrize("verb", ALL_VERBS, ids=lambda verb: verb.en.base)
def test_verbs_have_all_their_forms(verb):
    assert len(verb.de.present) == len(verb.fr.present) == len(verb.es.present) == len(verb.es.past) == 5
    assert len(verb.de.past) == len(verb.fr.past) == 1
    assert verb.de.present[1].endswith(("st", "t"))
    assert verb.fr.present[3].endswith("ons")
    assert verb.es.present[3].endswith("mos")


BIG_HOUSES = "our big houses|unseren großen Häusern|nos grandes maisons|nuestras casas grandes"


def named(english, words):
    return next(word for word in words if english in (word.en, word.en[0]))


@pytest.mark.parametrize(
    ("noun", "determiner", "adjective", "case", "wanted"),
    [
        ("book", "def", None, "nom", "the book|das Buch|le livre|el libro"),
        ("key", "def", "old", "acc", "the old key|den alten Schlüssel|la vieille clé|la llave vieja"),
        ("church", "my", "new", "nom", "my new church|meine neue Kirche|ma nouvelle église|mi iglesia nueva"),
        ("church", "my", None, "nom", "my church|meine Kirche|mon église|mi iglesia"),
        ("tree", "indef", "old", "nom", "an old tree|ein alter Baum|un vieil arbre|un árbol viejo"),
        ("tree", "indef", "red", "acc", "a red tree|einen roten Baum|un arbre rouge|un árbol rojo"),
        ("tree", "this", None, "dat", "this tree|diesem Baum|cet arbre|este árbol"),
        (
            "lamp",
            "this_pl",
            "white",
            "nom",
            "these white lamps|diese weißen Lampen|ces lampes blanches|estas lámparas blancas",
        ),
        (
            "hat",
            "num",
            "expensive",
            "acc",
            "two expensive hats|zwei teure Hüte|deux chapeaux chers|dos sombreros caros",
        ),
        ("house", "our_pl", "big", "dat", BIG_HOUSES),
        ("doctor", "def", None, "acc", "the doctor|den Arzt|le médecin|al médico"),
        ("sister", "our", None, "acc", "our sister|unsere Schwester|notre sœur|a nuestra hermana"),
        ("student", "def", None, "dat", "the student|dem Studenten|l'étudiant|el estudiante"),
        ("water", "def", "cold", "nom", "the cold water|das kalte Wasser|l'eau froide|el agua fría"),
        ("water", "mass", None, "acc", "water|Wasser|de l'eau|agua"),
        ("child", "def_pl", None, "dat", "the children|den Kindern|les enfants|los niños"),
    ],
)  # fmt: skip
def test_noun_phrases_agree(noun, determiner, adjective, case, wanted):
    number = NUMBERS[0] if determiner == "num" else None
    described = named(adjective, ADJECTIVES) if adjective else None
    words = NounPhrase(named(noun, NOUNS), determiner, described, number, case)
    assert "|".join(words.texts().values()) == wanted


EAT = "you would like to eat|du möchtest essen|tu voudrais manger|quisieras comer"


def verb_of(base):
    return next(verb for verb in ALL_VERBS if verb.en.base == base)


@pytest.mark.parametrize(
    ("who", "tense", "base", "wanted"),
    [
        (0, "past", "get up", "I got up|ich bin aufgestanden|je me suis levé|me levanté"),
        (3, "past", "get up", "she got up|sie ist aufgestanden|elle s'est levée|ella se levantó"),
        (4, "plain", "get up", "we get up|wir stehen auf|nous nous levons|nos levantamos"),
        (1, "must", "get up", "you must get up|du musst aufstehen|tu dois te lever|debes levantarte"),
        (2, "now", "rest", "he is resting|er ruht sich aus|il se repose|él descansa"),
        (5, "past", "arrive", "they arrived|sie sind angekommen|ils sont arrivés|ellos llegaron"),
        (1, "would like to", "eat", EAT),
        (0, "will", "work", "I will work|ich werde arbeiten|je vais travailler|voy a trabajar"),
    ],
)  # fmt: skip
def test_verbs_agree_with_their_subject(who, tense, base, wanted):
    assert "|".join(Clause(pronoun(who), tense, verb_of(base)).texts().values()) == wanted


def test_a_german_dependent_clause_ends_with_its_verb():
    clause = Clause(subject_named("Anna"), "plain", verb_of("arrive"))
    assert clause.dependent()["de"] == "Anna ankommt"
    assert Clause(pronoun(0), "past", verb_of("arrive")).dependent()["de"] == "ich angekommen bin"


def test_questions_are_asked_in_each_language():
    clause = Clause(pronoun(1), "past", verb_of("arrive"), "when")
    assert "|".join(clause.texts().values()) == (
        "when did you arrive|wann bist du angekommen|quand est-ce que tu es arrivé|cuándo llegaste"
    )


@pytest.mark.parametrize("table", ["nouns", "verbs", "adjectives", "phrases"])
def test_a_table_has_no_row_twice(table):
    rows = [tuple(row) for row in read_rows(table)]
    assert len(set(rows)) == len(rows)


def test_the_sentences_that_were_read_by_hand_are_written_as_they_were_read():
    lines = CHECKED.read_text(encoding="utf-8").splitlines()
    rng = random.Random(77)
    assert [" | ".join(sentence(rng).values()) for _ in lines] == lines
    assert len(lines) >= 60
