"""The language of texts: sure, and honestly not sure."""

import subprocess
import sys
import time

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.languages import UNSURE
from chatdesk.languages.detector import LanguageDetector, sample

ENGLISH = "The garden committee met on Tuesday evening and decided to buy a new shed for the tools. "
GERMAN = "Der Ausschuss hat am Dienstagabend getagt und beschlossen, einen neuen Schuppen zu kaufen. "


@pytest.fixture(scope="module")
def detector():
    made = LanguageDetector()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("Le comité du jardin s'est réuni mardi soir et a décidé d'acheter un abri.", "fr"),
        ("El comité del jardín se reunió el martes y decidió comprar un cobertizo.", "es"),
        ("Jeg liker å lese lange bøker om vinteren når det snør ute.", "nb"),
        ("今日は天気がいいので、公園を散歩しました。", "ja"),
        ("委员会星期二晚上开会，决定买一个新的工具棚。", "zh"),
        ("اجتمعت لجنة الحديقة مساء الثلاثاء وقررت شراء سقيفة جديدة.", "ar"),
        ("ועדת הגן נפגשה ביום שלישי בערב והחליטה לקנות מחסן חדש.", "he"),
        ("WO IST DER BAHNHOF?", "de"),
    ],
)
def test_a_sentence_is_enough(detector, text, language):
    found = detector.detect(text, CancelToken())
    assert found.language == language
    assert found.probability >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "12.50\n2024-01-31; 33 %\n" * 50,
        "https://example.org/der/die/das anna@example.org",
        "OK",
        "Müller GmbH",
        "asdf jkl qwer zxcv",
        "x = y[i]; z += f(a, b) // {}\n" * 20,
        GERMAN * 20 + ENGLISH * 20,
        "\ud800\udfff \x00",
    ],
)
def test_what_is_short_mixed_or_no_language_is_not_sure(detector, text):
    assert detector.detect(text, CancelToken()).language == ""


def test_the_whole_length_of_a_long_text_counts_and_a_long_one_costs_no_more(detector):
    title = "12 34 56 " * 300
    text = title + GERMAN * 200_000
    pieces = sample(text)
    assert sum(map(len, pieces)) < 6_000
    start = time.process_time()
    assert detector.detect(text, CancelToken()).language == "de"
    assert time.process_time() - start < 1


def test_a_question_that_is_cancelled_is_not_sure_and_leaves_nothing_wrong_behind(detector):
    cancel = CancelToken()
    detector.close()
    cancel.cancel()
    assert detector.detect("Un texte qui n'a pas encore été vu par personne.", cancel) == UNSURE
    assert detector.detect("Wo ist denn hier der nächste Bahnhof?", CancelToken()).language == "de"


def test_a_process_that_was_ended_is_started_again(detector):
    detector.detect(ENGLISH + "One.", CancelToken())
    detector._process.kill()
    detector._process.join()
    assert detector.detect(ENGLISH + "Two.", CancelToken()).language == "en"


def test_a_process_that_nobody_asks_ends_and_another_answers_the_next_question():
    detector = LanguageDetector(idle=0.1)
    assert detector.detect(GERMAN, CancelToken()).language == "de"
    detector._process.join(20)
    assert detector._process.exitcode == 0
    assert detector.detect(ENGLISH, CancelToken()).language == "en"
    detector.close()


def test_where_no_process_can_be_had_nothing_is_sure(monkeypatch):
    def refuse(*_):
        raise OSError("no more processes")

    monkeypatch.setattr("chatdesk.children.spawn", refuse)
    assert LanguageDetector().detect(ENGLISH, CancelToken()) == UNSURE


def test_the_process_that_asks_imports_neither_numpy_nor_the_recogniser():
    code = f"""
import sys
from chatdesk.domain.cancel import CancelToken
from chatdesk.languages.detector import LanguageDetector
if __name__ == "__main__":
    detector = LanguageDetector()
    print(detector.detect({ENGLISH!r}, CancelToken()).language)
    print([name for name in ("numpy", "py3langid") if name in sys.modules])
    detector.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.split("\n")[:2] == ["en", "[]"], done.stderr
