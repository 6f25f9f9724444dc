"""Task files: what is read from them, and what is refused in words that lead to the mistake."""

import pytest

from chatdesk.domain.errors import TaskInvalid
from chatdesk.domain.tasks import SlotKind
from chatdesk.tasks.reading import read_task

GOOD = """
title = "Rhyme"
system = "You write rhymes."
user = '''
A rhyme on this text:

<text>
{text}
</text>

Write {lines}{mood}.'''

[sampling]
temperature = 0.5
answer_tokens = 60

[slots.text]
kind = "text"

[slots.mood]
kind = "labels"
given = " that is {mood}"
empty = ""

[choices.length.two]
title = "Two lines"
lines = "2 lines"

[choices.length.four]
title = "Four lines"
lines = "4 lines"

[schema]
type = "object"
"""


def read(tmp_path, text, name="rhyme"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, "utf-8")
    return read_task(path)


def refusal(tmp_path, text):
    with pytest.raises(TaskInvalid) as caught:
        read(tmp_path, text)
    assert "rhyme.toml" in caught.value.sentence
    return caught.value.sentence


def test_a_file_becomes_a_task_with_all_it_says(tmp_path):
    task = read(tmp_path, GOOD)
    assert (task.name, task.title, task.system) == ("rhyme", "Rhyme", "You write rhymes.")
    assert task.user.startswith("A rhyme on this text:\n")
    assert [(slot.name, slot.kind, slot.given, slot.empty) for slot in task.slots] == [
        ("text", SlotKind.text, "{text}", None),
        ("mood", SlotKind.labels, " that is {mood}", ""),
    ]
    assert [(o.value, o.title, o.words) for o in task.choices[0].options] == [
        ("two", "Two lines", {"lines": "2 lines"}),
        ("four", "Four lines", {"lines": "4 lines"}),
    ]
    assert (task.sampling.temperature, task.sampling.answer_tokens) == (0.5, 60)
    assert task.schema == {"type": "object"}
    assert task.thinking is False


def test_title_and_user_are_enough(tmp_path):
    task = read(tmp_path, 'title = "Hello"\nuser = "Say hello."')
    assert (task.system, task.slots, task.choices, task.schema) == ("", (), (), None)


def test_choices_can_be_those_of_another_task(tmp_path):
    first = read(tmp_path, GOOD)
    text = 'title = "Again"\nchoices_of = "rhyme"\nuser = "Write {lines} more."'
    assert read(tmp_path, text, "again").choices == first.choices


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("system =", "sistem =", "the file: unknown key sistem"),
        ("temperature = 0.5", "heat = 0.5", "sampling: unknown key heat"),
        ('kind = "labels"', 'kind = "labels"\nsort = "up"', "slots.mood: unknown key sort"),
        ('title = "Rhyme"', "", "the file: title is missing"),
        ('title = "Rhyme"', "title = 3", "title has to be a text"),
        ('title = "Two lines"', "", "choices.length.two: title is missing"),
        ('lines = "2 lines"', "lines = 2", "choices.length.two: lines has to be a text"),
        ('lines = "4 lines"', 'rows = "4"', "every option has to word the same placeholders"),
        ('lines = "2 lines"', 'lines = "{lines}"', "choices.length.two: nothing fills {lines}"),
        ("Write {lines}{mood}.", "Write {linse}{mood}.", "user: nothing fills {linse}"),
        ("Write {lines}{mood}.", "Write it{mood}.", "lines is used nowhere"),
        ("You write rhymes.", "You write {form}.", "system: nothing fills {form}"),
        ("lines", "text", "text has two meanings"),
        ('given = " that is {mood}"', 'given = " sad"', "slots.mood: given has to hold {mood} once"),
        (
            'kind = "labels"',
            'kind = "word"',
            "slots.mood: there is no kind word (known: text, language, labels, words)",
        ),
        ('[slots.text]\nkind = "text"', '[slots]\ntext = "text"', "slots.text has to be a table"),
        ("[slots.mood]", "[slots.Mood]", "“Mood” is no name"),
        ("temperature = 0.5", "temperature = 3.0", "temperature has to be from 0 to 2"),
        ("temperature = 0.5", "temperature = 1", "temperature has to be a number with a point"),
        ("answer_tokens = 60", "answer_tokens = -1", "answer_tokens cannot be negative"),
        ("answer_tokens = 60", "answer_tokens = true", "answer_tokens has to be a whole number"),
        ('title = "Rhyme"', 'title = "Rhyme"\nchoices_of = "rhyme"', "both choices and choices_of"),
        ("[schema]", "[choices.form]\n[schema]", "choices.form has no options"),
        ("<text>\n{text}\n</text>", "{text}", "user: {text} has to stand once, between <text> and </text>"),
        ("A rhyme on this text:", "A rhyme on {text}:", "user: {text} has to stand once"),
        ("You write rhymes.", "You write rhymes on {text}.", "user: {text} has to stand once"),
        ("Write {lines}{mood}.", "", "is used nowhere"),
        ("[schema]", "[schema", "line"),
    ],
)
def test_what_is_wrong_is_refused_and_named(tmp_path, old, new, says):
    assert says in refusal(tmp_path, GOOD.replace(old, new))


def test_a_text_at_the_very_end_is_refused(tmp_path):
    text = 'title = "T"\nuser = "<text>\\n{text}\\n</text>\\n"\n[slots.text]\nkind = "text"'
    assert "an instruction has to come after </text>" in refusal(tmp_path, text)


def test_choices_of_another_folder_are_refused(tmp_path):
    text = 'title = "T"\nchoices_of = "../rhyme"\nuser = "{lines}"'
    assert "choices_of: “../rhyme” is no name" in refusal(tmp_path, text)


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path):
    with pytest.raises(TaskInvalid, match="No such file"):
        read_task(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(TaskInvalid, match="utf-8"):
        read_task(tmp_path / "bad.toml")
