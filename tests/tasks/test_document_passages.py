"""Documents are cut into passages, and questions into the words that matter."""

import time

import pytest

from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.tasks.document_passages import passages_of, question_words

PARAGRAPH = "The committee met on Monday and talked about the harbour for a long time. " * 6


def cut(document):
    return passages_of(document, lambda unit: f"page {unit.label or unit.number}")


def test_passages_have_200_to_300_words_and_end_with_paragraphs():
    text = "\n\n".join(f"{number} {PARAGRAPH.strip()}" for number in range(30))
    made = cut(Document("a.txt", text))
    parts = [text[each.start : each.end] for each in made]
    assert all(180 <= len(part.split()) <= 320 for part in parts[:-1])
    assert all(part[0].isdigit() and part.endswith(".") for part in parts)
    assert " ".join(" ".join(parts).split()) == " ".join(text.split())


def test_a_passage_stays_within_its_page_and_is_called_by_it():
    pages = ["First page.", "Second page. " * 200, "Third page."]
    text, units = "", []
    for number, page in enumerate(pages, 1):
        units.append(
            Unit(UnitKind.page, number, "iv" if number == 3 else "", len(text), len(text) + len(page))
        )
        text += page + "\n\n"
    made = cut(Document("a.pdf", text, tuple(units)))
    assert [each.label for each in made] == ["page 1", "page 2", "page 2", "page iv"]
    assert all("First" not in text[each.start : each.end] for each in made[1:])


@pytest.mark.parametrize("text", ["word " * 5000, "会" * 20_000, "x" * 50_000, "Satz. " * 4000, "a\n" * 9000])
def test_long_stretches_without_paragraphs_are_cut_nevertheless(text):
    made = cut(Document("a.txt", text))
    assert all(each.end - each.start <= 2200 for each in made)
    assert len(made) > 5
    joined = "".join(text[each.start : each.end] for each in made)
    assert joined.replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")


def test_five_megabytes_are_cut_in_a_moment():
    text = "\n\n".join([PARAGRAPH] * 11_000)
    started = time.monotonic()
    assert len(cut(Document("a.txt", text))) > 3000
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does the report say about the harbour?", "report harbour"),
        ("Wie hoch war der Umsatz im Jahr 2021?", "hoch Umsatz Jahr 2021"),
        ("What is this?", "What is this"),
        ("", ""),
        ("港口何时开放", "港口何时开放"),
    ],
)
def test_the_words_that_stand_in_every_text_are_left_out(question, words):
    assert question_words(question) == words
