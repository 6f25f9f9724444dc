"""The task files that come with the application."""

from itertools import product

import pytest

from chatdesk import paths
from chatdesk.engine.constraint import to_gbnf
from chatdesk.tasks.reading import read_task
from chatdesk.tasks.wording import request_for, turns_for

NAMES = sorted(path.stem for path in (paths.assets() / "tasks").glob("*.toml"))
VALUES = {
    "text": "It rains.",
    "language": "de",
    "source": "en",
    "target": "de",
    "topics": ("sport", "weather"),
    "focus": "the weather",
    "audience": "children",
    "instruction": "Be kind.",
    "domain": "law",
    "terms": ("house = Haus", "door = Tür"),
    "examples": ("It rains. = Es regnet.",),
    "marks": "⟦1⟧",
    "before": "The sky is grey.",
    "part": "Es regnet",
    "names": ("Anna Smith", "Riverton"),
}


def task_of(name):
    return read_task(paths.task_file(name))


def values_of(task):
    return {slot.name: VALUES[slot.name] for slot in task.slots}


def every_choice(task):
    options = [[(choice.name, option.value) for option in choice.options] for choice in task.choices]
    return [dict(one) for one in product(*options)]


def test_all_tasks_are_there():
    assert {"title", "summarize", "combine", "translate", "sentiment", "topics", "entities"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_worded_with_every_choice(name):
    task = task_of(name)
    for chosen in every_choice(task):
        for turn in turns_for(task, values_of(task), chosen):
            assert "{" not in turn.text
            assert "  " not in turn.text
            assert turn.text == turn.text.strip()


@pytest.mark.parametrize("name", NAMES)
def test_its_choices_come_after_the_text_so_that_all_share_one_beginning(name):
    task = task_of(name)
    turns = [turns_for(task, values_of(task), chosen) for chosen in every_choice(task)]
    assert len({(*each[:-1], each[-1].text.partition("</text>")[0]) for each in turns}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_sampled_alike_each_time_and_without_thinking(name):
    task = task_of(name)
    assert task.sampling.temperature == 0
    assert task.thinking is False


@pytest.mark.parametrize("name", ["sentiment", "topics", "entities", "points", "names"])
def test_the_engine_can_hold_the_json_answers(name):
    task = task_of(name)
    chosen = every_choice(task)[0]
    schema = request_for(task, values_of(task), chosen).schema
    assert to_gbnf(schema).startswith("root ::=")
    asked = turns_for(task, values_of(task), chosen)[-1].text
    assert all(f'"{key}"' in asked for key in schema["required"])


def test_a_summary_is_asked_for_in_one_plain_sentence():
    asked = turns_for(task_of("summarize"), {"text": "It rains."}, {"length": "short", "form": "bullets"})
    assert asked[-1].text == (
        "Summarise this text:\n\n<text>\nIt rains.\n</text>\n\n"
        "Write the summary in the language of the text as 3 short bullet points. "
        "Use only facts from the text. Answer with the summary only."
    )


def test_points_are_asked_for_with_what_they_have_to_concern():
    values = {"text": "It rains.", "focus": " the\nweather "}
    asked = turns_for(task_of("points"), values, {"length": "line"})[-1].text
    assert "Write the most important point about the weather, in the language of the text." in asked
    assert (
        "Write the most important point, in"
        in turns_for(task_of("points"), {"text": "It rains."}, {"length": "line"})[-1].text
    )


def test_forms_and_wishes_that_come_with_a_text_are_worded_in_one_sentence():
    values = {"text": "It rains.", "language": "de", "focus": "the costs", "audience": "children"}
    asked = turns_for(task_of("write_up"), values, {"length": "short", "form": "timeline"})[-1].text
    assert (
        "Write a summary of it, only of what concerns the costs, for children in German as a timeline: "
        "at most 3 bullet points in the order of time, each beginning with its date." in asked
    )
    plain = {"text": "It rains.", "instruction": "Be\nkind."}
    asked = turns_for(task_of("write_up_parts"), plain, {"length": "line", "form": "paragraph"})[-1].text
    assert asked.endswith(
        "Write one summary of all of them in the language of the text as one short sentence. Use only facts "
        "from the text. Be kind. Answer with the summary only."
    )


def test_a_translation_names_both_languages():
    values = {name: VALUES[name] for name in ("text", "source", "target")}
    asked = turns_for(task_of("translate"), values, {"tone": "formal"})
    assert asked[-1].text == (
        "Translate this text from English to German:\n\n<text>\nIt rains.\n</text>\n\n"
        "Write the translation in German. Address the reader formally. Keep names, numbers and line breaks. "
        "Answer with the translation only."
    )


def test_a_partial_summary_is_combined_with_the_choices_that_it_was_made_with():
    assert task_of("combine").choices == task_of("summarize").choices
