"""The templates and personas that come with the application."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from chatdesk import paths
from chatdesk.domain.chat import Attachment, DocumentId
from chatdesk.domain.generation import PRESETS
from chatdesk.domain.templates import Persona, PromptTemplate, VariableKind
from chatdesk.tasks.builtin_templates import builtins
from chatdesk.tasks.template_fill import fill, placeholders, preview
from chatdesk.tasks.template_text import read_wording
from chatdesk.tasks.template_writing import write_wording

GAPS = re.compile(r"[{}]|\[[A-Z]| {2}|\n{3}| [.,:;?!]|[^.]\.\.(?!\.)| \n|\A\s|\s\Z|,\.|:\.")
TODAY = date(2026, 3, 5)
SAMPLES = tomllib.loads((Path(__file__).parents[1] / "data" / "template_samples.toml").read_text("utf-8"))
ALL = builtins()
TEMPLATES = {name: file.what for name, file in ALL.items() if isinstance(file.what, PromptTemplate)}
PERSONAS = {name: file.what for name, file in ALL.items() if isinstance(file.what, Persona)}
TOPICS = {
    "Writing", "Rewriting", "Explaining", "Code", "Study", "Mail", "Meetings", "Stories", "Role play",
    "Extracting data", "Personas",
}  # fmt: skip


def samples(name):
    """Values for all variables; a document's is its file's name."""
    values = dict(SAMPLES[name])
    for variable in TEMPLATES[name].variables:
        if variable.kind is VariableKind.document:
            values[variable.name] = Attachment(DocumentId("d"), values[variable.name], 900)
    return values


def check(name, values):
    """Nothing is left to fill, and no gap tells where something was."""
    text = fill(TEMPLATES[name], values, TODAY).text
    words = re.sub(r"(?s)```.*?```", "some code", text)
    assert placeholders(text) == ()
    assert not GAPS.search(words), words
    return text


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_reads_well_with_every_value(name):
    assert set(SAMPLES[name]) == {each.name for each in TEMPLATES[name].variables}
    text = check(name, samples(name))
    for variable in TEMPLATES[name].variables:
        if variable.kind in (VariableKind.text, VariableKind.long_text, VariableKind.document):
            assert SAMPLES[name][variable.name] in text


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_reads_well_with_the_required_values_only(name):
    required = {each.name for each in TEMPLATES[name].variables if each.required}
    check(name, {key: value for key, value in samples(name).items() if key in required})


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_reads_well_with_every_option_and_every_box_the_other_way(name):
    values = samples(name)
    for variable in TEMPLATES[name].variables:
        if variable.kind is VariableKind.checkbox:
            check(name, values | {variable.name: not values[variable.name]})
        for option in variable.options:
            check(name, values | {variable.name: option})


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_asks_for_nothing_more_than_its_text_needs(name):
    template = TEMPLATES[name]
    problems = {each.variable for each in preview(template, {}, TODAY).problems}
    assert problems == {
        each.name
        for each in template.variables
        if each.required
        and each.default is None
        and each.kind not in (VariableKind.checkbox, VariableKind.today)
    }
    assert 1 <= len(template.variables) <= 8
    assert any(each.required for each in template.variables)


@pytest.mark.parametrize("name", ALL)
def test_it_is_described_and_lies_in_a_folder(name):
    what = ALL[name].what
    assert ALL[name].folder in TOPICS
    assert what.description.endswith(".")
    assert len(what.title) <= 40
    assert len(what.description) <= 100
    assert what.title[0].isupper()
    assert not what.title.endswith(".")


def test_every_topic_has_its_templates():
    assert {file.folder for file in ALL.values()} == TOPICS
    assert len(TEMPLATES) >= 30
    assert 4 <= len(PERSONAS) <= 6


def test_commands_and_titles_are_told_apart():
    commands = [each.command for each in TEMPLATES.values()]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)?", command) for command in commands)
    assert len(set(commands)) == len(commands)
    titles = [file.what.title.casefold() for file in ALL.values()]
    assert len(set(titles)) == len(titles)


def test_every_kind_of_variable_is_in_use():
    assert {each.kind for template in TEMPLATES.values() for each in template.variables} == set(VariableKind)


def test_none_depends_on_a_model():
    for path in (paths.assets() / "templates").glob("*.toml"):
        words = path.read_text("utf-8").casefold()
        assert not re.search(r"\b(as an ai|gpt|llama|qwen|gemma|mistral|claude|<\|)", words), path.name
    assert not any(each.model for each in PERSONAS.values())


@pytest.mark.parametrize("name", PERSONAS)
def test_a_persona_says_who_the_model_is(name):
    persona = PERSONAS[name]
    assert persona.system.startswith("You ")
    assert persona.system.endswith(".")
    assert persona.preset in {"", *PRESETS}
    # Many models refuse a chat that begins with an answer or has two in a row.
    roles = [each.role for each in persona.messages]
    assert roles == ["user", "assistant"] * (len(roles) // 2)


@pytest.mark.parametrize("name", ALL)
def test_it_reads_back_the_same(name):
    assert read_wording(write_wording(ALL[name].what, ALL[name].folder), name) == ALL[name]


def test_documents_can_be_attached_wherever_one_is_asked_for():
    lease = Attachment(DocumentId("d"), "lease.pdf", 900)
    made = fill(TEMPLATES["ask_document"], {"document": lease, "question": "When?"}, TODAY)
    assert made.text.startswith("Answer this question from the document “lease.pdf” only:")
    assert made.attachments == (lease,)
