"""The right answers that the corpus shows are right: JSON, summaries, titles, translations, repetitions."""

import json
import random
import re

import pytest
from starter_text.chats import write_chat, write_chat_title
from starter_text.checking import invented_values
from starter_text.labelled import ENTITY_KINDS, TOPICS
from starter_text.memory import KINDS
from starter_text.page_prompts import page_prompt, summary_form
from starter_text.short_tasks import write_json_task, write_repetition
from starter_text.summaries import write_document_title, write_joined_summary, write_summary
from starter_text.summary_forms import as_summary, joined_facts
from starter_text.translations import write_short_translation, write_translation
from starter_text.writer import Writer


@pytest.fixture(params=[False, True], ids=["training", "held out"])
def writer(request):
    return Writer(random.Random(11), held=request.param)


def drawn(write, writer, count=250):
    return [write(writer) for _ in range(count)]


def test_json_answers_parse_and_hold_the_right_value(writer):
    items = drawn(write_json_task, writer)
    assert {item.task for item in items} == {"sentiment", "topic", "entities"}
    for item in items:
        value = json.loads(item.messages[-1].content)
        assert value == item.meta["want"]
        question = item.messages[-2].content.lower()
        if item.task == "sentiment":
            assert value["sentiment"] in ("positive", "negative", "neutral")
            assert value["reason"].lower() in question
        elif item.task == "topic":
            assert value["topic"] in TOPICS
            assert value["topic"] in question
        else:
            assert tuple(value) == ENTITY_KINDS
            assert all(found.lower() in question for values in value.values() for found in values)


@pytest.mark.parametrize("write", [write_summary, write_joined_summary])
def test_summaries_contain_only_values_of_their_document(writer, write):
    for item in drawn(write, writer):
        for answer in item.messages:
            if answer.role == "assistant":
                assert not invented_values(answer.content, item.meta["source"]), item


def test_an_invented_name_or_number_is_found():
    assert invented_values("- Ada paid 31 euros in Rome", "Ada paid 30 euros in Rome.") == ["31"]
    assert invented_values("1. Bert paid\n2. Ada paid", "Ada paid.") == ["Bert"]
    assert invented_values("| Fact | Value |\n| --- | --- |\n| Ada paid. | 3 |", "Ada paid.") == ["3"]
    assert invented_values("- Österreich zahlt", "Ada zahlt.") == ["Österreich"]


def test_a_summary_in_bullets_has_a_line_for_each_fact(writer):
    for item in drawn(write_summary, writer):
        if item.meta["style"] == "bullets":
            answer = next(message.content for message in item.messages if message.role == "assistant")
            assert answer.splitlines() == [f"- {fact}" for fact in item.meta["facts"]]
            assert 1 <= len(item.meta["facts"]) <= 8


def test_never_more_points_than_asked(writer):
    asked = 0
    for item in drawn(write_summary, writer, 400) + drawn(write_joined_summary, writer):
        number = re.search(r"as (\d) short bullet point", item.messages[1].content)
        if number:
            asked += 1
            assert len(item.messages[-1].content.splitlines()) <= int(number[1])
    assert asked > 40


def test_half_of_the_questions_are_those_of_the_pages(writer):
    items = (
        drawn(write_summary, writer) + drawn(write_joined_summary, writer) + drawn(write_json_task, writer)
    )
    asked = sum("\n\n<text>\n" in item.messages[1].content for item in items)
    assert 0.4 < asked / len(items) < 0.65


def test_a_page_asks_as_its_task_file_says():
    system, question = page_prompt("topics", text="It rains.", topics="weather, music")
    assert "data" in system
    assert "<text>\nIt rains.\n</text>" in question
    assert "fits the text best: weather, music?" in question
    assert summary_form("bullets", "short") == "3 short bullet points"
    assert summary_form("table", "line").endswith("1 row")


def test_a_joined_summary_takes_evenly_from_all_parts():
    parts = [[(f"{part}{number}", "") for number in range(4)] for part in "abc"]
    assert [text for text, _ in joined_facts(parts, 5)] == ["a0", "a1", "b0", "b1", "c0"]
    assert [text for text, _ in joined_facts(parts, 2)] == ["a0", "b0"]


def test_a_table_has_a_row_for_each_fact():
    assert as_summary("table", [("Ada paid 3 euros.", "3 euros")]).splitlines() == [
        "| Fact | Value |",
        "| --- | --- |",
        "| Ada paid 3 euros. | 3 euros |",
    ]


def test_the_facts_of_a_summary_are_in_its_first_answer(writer):
    for item in drawn(write_summary, writer):
        answer = next(message.content for message in item.messages if message.role == "assistant")
        assert all(fact in answer for fact in item.meta["facts"])


def test_titles_have_at_most_six_words(writer):
    items = drawn(write_chat_title, writer, 100) + drawn(write_document_title, writer, 100)
    assert all(0 < len(item.messages[-1].content.split()) <= 6 for item in items)


def test_a_repetition_is_word_for_word(writer):
    for item in drawn(write_repetition, writer):
        assert item.messages[-1].content in item.messages[-2].content


def test_a_translation_is_into_another_language(writer):
    for item in drawn(write_translation, writer) + drawn(write_short_translation, writer):
        assert item.meta["src"] != item.meta["tgt"]
        assert not re.search(r"\b(SRC|TGT|TEXT)\b", item.messages[-2].content)


def test_a_chat_names_the_intent_of_every_turn(writer):
    for item in drawn(write_chat, writer):
        assert len(item.meta["intents"]) == len(item.messages) / 2


def test_a_name_that_was_told_is_known_afterwards(writer):
    known = 0
    unknown = {row["unknown"] for row in KINDS["name"].values() if isinstance(row, dict)}
    for item in drawn(write_chat, writer, 600):
        intents = item.meta["intents"]
        for index, intent in enumerate(intents):
            if intent == "name_asked":
                answer = item.messages[2 * index + 1].content
                told = "name_told" in intents[:index]
                assert (answer in unknown) != told
                known += told
    assert known
