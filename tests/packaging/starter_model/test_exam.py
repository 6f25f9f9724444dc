"""The examination: its items are on the held-out side, and answers are judged as they should be."""

import random
from collections import Counter
from itertools import islice

import pytest
from evaluate_model import HELD_OUT, examine, first_of_each_row
from starter_exam.candidate import Candidate
from starter_exam.items import Item, items_of, read_items, write_items
from starter_exam.marks import Table, marks
from starter_net.chrf import chrf
from starter_text.conversation import Message
from starter_text.corpus import draw_held_out
from starter_text.outside import REFUSALS
from starter_text.summaries import write_long_summary
from starter_text.writer import Writer

PAIRS = ("en-de", "en-fr", "en-es", "de-en", "fr-en", "es-en")


@pytest.fixture(scope="module")
def shipped():
    return read_items(HELD_OUT)


def item(row, wanted="", question="Hello", **meta):
    return Item(row, (Message("user", question),), wanted, meta)


def test_every_row_that_has_a_target_has_a_hundred_items(shipped):
    counts = Counter(one.row for one in shipped)
    rows = ["guide", "out of domain", "names", "map-reduce", "titles"]
    rows += [f"translate {pair}" for pair in PAIRS]
    rows += [f"summarise, {size}" for size in ("short text", "medium text", "about 1,200 tokens")]
    rows += [f"JSON, {task}" for task in ("sentiment", "topics", "entities")]
    assert all(counts[row] >= 100 for row in rows), counts


def test_the_file_of_the_items_is_small():
    assert HELD_OUT.stat().st_size < 1_500_000


def test_each_item_is_asked_by_the_user_and_has_an_answer(shipped):
    assert all(one.messages[-1].role == "user" and one.wanted for one in shipped)


def test_items_come_back_from_their_file_which_is_always_the_same(tmp_path):
    talks = [talk for talk in islice(draw_held_out(4, set()), 40) if talk]
    items = [one for talk in talks for one in items_of(talk)]
    paths = tmp_path / "a.gz", tmp_path / "b.gz"
    for path in paths:
        write_items(path, items)
    assert read_items(paths[0]) == items
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_long_document_is_in_the_question_and_its_place_is_known():
    (one,) = items_of(write_long_summary(Writer(random.Random(2), held=True)))
    assert one.row == "summarise, about 1,200 tokens"
    start, end = one.meta["source"]
    assert one.question[:start].endswith("<text>\n")
    assert one.question[end:].startswith("\n</text>")
    assert all(marks(one, one.wanted).values())


def test_the_wanted_answers_get_full_marks(shipped):
    for one in first_of_each_row(shipped, 20):
        assert min(marks(one, one.wanted).values()) == 1, one


def test_a_refusal_in_another_language_is_not_the_one_that_is_wanted():
    one = item("out of domain", REFUSALS["de"], intent="ood")
    assert marks(one, REFUSALS["de"]) == {"refused": True}
    assert marks(one, REFUSALS["en"]) == {"refused": False}


def test_an_invented_value_and_a_lost_fact_are_counted():
    text = "Ada came on Monday. Rent is 40 euros."
    one = item("summarise, short text", text, text, facts=text.split(". "), source=[0, len(text)])
    found = marks(one, "- Ada came on Friday.\n- Rent is 40 euros.")
    assert found["facts recalled word for word"] == 0.5
    assert found["answers without an invented value"] == 0


def test_json_is_judged_by_its_value():
    one = item("JSON, topics", '{"topic": "music"}', want={"topic": "music"})
    assert marks(one, '{"topic":"music"}')["all right"]
    assert not marks(one, '{"topic": "sport"}')["all right"]
    assert marks(one, "music") == {"valid": 0, "all right": 0}


def test_the_table_has_a_line_for_each_row_with_its_items():
    table = Table()
    for answer in ("Ja.", "Nein."):
        table.note(item("translate en-de", "Ja."), answer)
    table.note(item("guide", "Press F2.", intent="rename"), "Press F2.")
    assert table.figures()["guide"] == {"right": 100, "items": 1}
    assert table.figures()["translate en-de"]["right"] == 50
    assert table.lines()[2] == "| guide | right 100.0 % | 1 |"
    assert [answer for _, answer in table.wrong] == ["Nein."]


def test_chrf_is_that_of_sacrebleu():
    # Worked out once with sacrebleu 2.5: corpus_chrf(answers, [wanted]).
    assert chrf([("the cat", "the cat")]) == pytest.approx(100)
    assert chrf([("abc", "xyz")]) == 0
    assert chrf([]) == 0
    pairs = [("Der Hund sieht das Haus.", "Der Hund sah ein Haus."), ("Ja", "Ja, gerne")]
    assert chrf(pairs) == pytest.approx(42.1832293280201)


def test_the_shipped_model_is_asked_through_the_engine_of_the_application(starter, shipped):
    few = [one for one in first_of_each_row(shipped, 1) if one.row in ("guide", "out of domain")]
    with Candidate(starter, threads=1) as candidate:
        table = examine(candidate, few)
    assert set(table.figures()) == {"guide", "out of domain"}
    assert candidate.written_tokens > 5
