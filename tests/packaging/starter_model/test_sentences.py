"""The grammar of four languages: known words only, agreement, elision, marks as each language writes them."""

import random
import re

import pytest
from starter_text.clause import french_join, french_ne
from starter_text.noun_phrase import NounPhrase, french_plural, spanish_plural, starts_with_vowel
from starter_text.sentences import phrase, piece, sentence
from starter_text.tables import read_rows
from starter_text.words import (
    ADJECTIVES,
    LANGUAGES,
    MOTION_VERB,
    NAMES,
    NOUNS,
    NUMBERS,
    PLACE_VERBS,
    STATES,
    VERBS,
)

TABLES = ("nouns", "verbs", "place_verbs", "motion_verb", "adjectives", "states", "places", "cities")
FUNCTION_WORDS = {
    "en": """
        am an and are bus but can cannot cost costs did do does euros he how i is leaves live meeting
        much must my name not o our plane she starts there they too train travel very want wants was
        we were where will you your
    """,
    "de": """
        ab aber beginnt besprechung bin bist bus das dein deine deinen du ein eine einen er es euro
        fliegt flugzeug fährt gibt habe haben hast hat heiße ich ist kann kannst kostet können mein
        meine meinen muss musst müssen nicht reisen sehr sie sind um und unser unsere unseren viel war
        waren werde werden wie will willst wir wird wirst wo wohne wollen zug
    """,
    "fr": """
        ai appelle as avion avons bus combien commence coûte devons dois doit doivent elle es est et
        euros habite ils j je ma mais mon n ne notre nous ont où part pas peut peuvent peux pour
        pouvons qu que réunion sommes sont suis ta ton train trop très tu une veulent veut veux
        voulons voyager étaient était
    """,
    "es": """
        autobús avión cuesta cuánto debe debemos deben debes debo demasiado dónde ella ellos empieza
        era eran es estaba estaban estamos estoy está están estás euros hay las llamo me mi muy no
        nuestra nuestro pero podemos puede pueden puedes puedo queremos quiere quieren quieres quiero
        reunión sale son tren tu una viajar vivo y él
    """,
}


def words_of(text):
    return re.findall(r"[^\W\d_]+", text.lower())


@pytest.fixture(scope="module")
def known():
    """All words that a sentence may contain, by language."""
    found = {
        language: {*words_of(FUNCTION_WORDS[language]), *map(str.lower, NAMES)} for language in LANGUAGES
    }
    for table in (*TABLES, "numbers", "times"):
        for row in read_rows(table):
            for language, cell in zip(LANGUAGES, row[-4:], strict=True):
                found[language] |= set(words_of(cell.replace("_", " ")))
    for verb in (*VERBS, *PLACE_VERBS, MOTION_VERB):
        for language, forms in (("de", verb.de), ("fr", verb.fr), ("es", verb.es)):
            found[language] |= {forms.infinitive, *forms.present, *forms.past}
    found["fr"] |= {word + ending for word in MOTION_VERB.fr.past for ending in ("e", "s", "es")}
    for adjective in (*ADJECTIVES, *STATES):
        stem = "teur" if adjective.de == "teuer" else adjective.de
        found["de"] |= {stem + ending for ending in ("e", "er", "es", "en")}
        found["fr"] |= {french_plural(form) for form in adjective.fr}
        found["es"] |= {spanish_plural(form) for form in adjective.es}
    return found


@pytest.mark.parametrize("make", [sentence, piece])
def test_no_unknown_word_is_written(make, known):
    rng = random.Random(9)
    for _ in range(4000):
        texts = make(rng)
        assert tuple(texts) == LANGUAGES
        for language, text in texts.items():
            assert set(words_of(text)) <= known[language], text


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


def test_french_elides_before_a_vowel():
    rng = random.Random(12)
    for _ in range(3000):
        assert not re.search(r"\b(le|la|je|ne|que) [aeiouéèêâîôœ]", sentence(rng)["fr"], re.IGNORECASE)
    assert french_join("je", "ai") == "j'ai"
    assert french_join("je", "vais") == "je vais"
    assert french_ne("est") == "n'est"
    assert not starts_with_vowel("Yuki")


def test_phrases_exist_in_all_languages():
    rng = random.Random(13)
    for _ in range(100):
        texts = phrase(rng)
        assert tuple(texts) == LANGUAGES
        assert all(texts.values())


def named(english, words):
    return next(word for word in words if english in (word.en, word.en[0]))


@pytest.mark.parametrize(
    ("noun", "determiner", "adjective", "is_object", "wanted"),
    [
        ("book", "def", None, False, ("the book", "das Buch", "le livre", "el libro")),
        (
            "key",
            "def",
            "old",
            True,
            ("the old key", "den alten Schlüssel", "la vieille clé", "la llave vieja"),
        ),
        (
            "church",
            "my",
            "new",
            False,
            ("my new church", "meine neue Kirche", "ma nouvelle église", "mi iglesia nueva"),
        ),
        ("church", "my", None, False, ("my church", "meine Kirche", "mon église", "mi iglesia")),
        (
            "tree",
            "indef",
            "old",
            False,
            ("an old tree", "ein alter Baum", "un vieil arbre", "un árbol viejo"),
        ),
        ("tree", "indef", "red", True, ("a red tree", "einen roten Baum", "un arbre rouge", "un árbol rojo")),
        (
            "lamp",
            "def_pl",
            "white",
            False,
            ("the white lamps", "die weißen Lampen", "les lampes blanches", "las lámparas blancas"),
        ),
        (
            "hat",
            "num",
            "expensive",
            True,
            ("two expensive hats", "zwei teure Hüte", "deux chapeaux chers", "dos sombreros caros"),
        ),
        ("doctor", "def", None, True, ("the doctor", "den Arzt", "le médecin", "al médico")),
        ("sister", "our", None, True, ("our sister", "unsere Schwester", "notre sœur", "a nuestra hermana")),
    ],
)
def test_noun_phrases_agree(noun, determiner, adjective, is_object, wanted):
    words = NounPhrase(
        named(noun, NOUNS),
        determiner,
        named(adjective, ADJECTIVES) if adjective else None,
        NUMBERS[0] if determiner == "num" else None,
        is_object,
    )
    assert tuple(words.texts().values()) == wanted


def test_regular_spanish_verbs_are_conjugated():
    buy = next(verb for verb in VERBS if verb.en.base == "buy")
    assert buy.es.present == ("compro", "compras", "compra", "compramos", "compran")
    assert buy.es.past == ("compré", "compraste", "compró", "compramos", "compraron")
