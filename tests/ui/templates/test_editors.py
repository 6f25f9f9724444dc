"""The editors of templates and personas."""

from datetime import date
from decimal import Decimal

import pytest

from chatdesk.domain.generation import Sampling
from chatdesk.domain.templates import (
    DateForm,
    Persona,
    PromptTemplate,
    StartingMessage,
    Variable,
    VariableKind,
)
from chatdesk.tasks.builtin_templates import builtins
from chatdesk.ui.templates.persona_editor import PersonaEditor
from chatdesk.ui.templates.template_editor import TemplateEditor

K = VariableKind


def editor_of(qtbot, what, folder=""):
    made = (
        PersonaEditor("Edit", what, folder, [])
        if isinstance(what, Persona)
        else TemplateEditor("Edit", what, folder, frozenset())
    )
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("name", sorted(builtins()))
def test_every_built_in_one_comes_out_of_its_editor_as_it_went_in(qtbot, name):
    file = builtins()[name]
    editor = editor_of(qtbot, file.what, file.folder)
    made = editor.what()
    assert editor.fault() is None
    if isinstance(made, PromptTemplate):
        assert made.text.strip("\n") == file.what.text.strip("\n")
        assert made.variables == file.what.variables
    else:
        assert made.system.strip("\n") == file.what.system.strip("\n")
        assert made.messages == file.what.messages
    assert (made.title, made.description) == (file.what.title, file.what.description)


@pytest.mark.parametrize(
    "variable",
    [
        Variable("a", K.number, default=Decimal("2.5"), minimum=Decimal(1), maximum=Decimal(9)),
        Variable("a", K.date, default=date(2026, 3, 5), form=DateForm.iso),
        Variable("a", K.checkbox, default=True, given="Yes.", empty="No.\nNot at all."),
        Variable("a", K.choice, options=("x", "y"), default="y", required=False),
        Variable("a", K.today, form=DateForm.weekday),
        Variable("a", K.language, default="de", given="In {{a}}."),
    ],
)
def test_all_that_a_variable_has_stays(qtbot, variable):
    editor = editor_of(qtbot, PromptTemplate("A", "{{a}}", variables=(variable,)))
    assert editor.what().variables == (variable,)
    assert editor.fault() is None


def test_a_place_gets_a_card_and_a_card_comes_back_with_its_place(qtbot):
    editor = editor_of(qtbot, PromptTemplate("A", "{{a}}", variables=(Variable("a", title="First"),)))
    editor.text.setPlainText("{{b}}")
    assert [each.name for each in editor.what().variables] == ["b"]
    editor.text.setPlainText("{{b}} {{a}}")
    assert {each.name: each.title for each in editor.what().variables} == {"a": "First", "b": ""}
    editor.add_place()
    assert "field_1" in editor.cards


def test_a_text_full_of_places_is_told_and_does_not_hang(qtbot):
    editor = editor_of(qtbot, PromptTemplate("A", "x"))
    editor.text.setPlainText(" ".join(f"{{{{a{number}}}}}" for number in range(300)))
    assert "more than 100" in editor.fault().sentence


def test_a_persona_keeps_sampling_that_only_its_file_says(qtbot):
    persona = Persona("P", "Be kind.", sampling=Sampling(temperature=0.3), model="/gone/model.gguf")
    editor = editor_of(qtbot, persona)
    assert editor.what() == persona
    editor.preset.setCurrentIndex(editor.preset.findData("precise"))
    assert (editor.what().preset, editor.what().sampling) == ("precise", None)


def test_messages_of_a_persona_are_added_and_taken_away(qtbot):
    editor = editor_of(qtbot, Persona("P", messages=(StartingMessage("user", "Hi"),)))
    editor.add_message()
    assert editor.what().messages == (StartingMessage("user", "Hi"),)
    editor.rows[1].text.setPlainText("Hello")
    assert editor.what().messages[1] == StartingMessage("assistant", "Hello")
    editor.rows[0].remove.click()
    assert [each.text for each in editor.what().messages] == ["Hello"]


def test_an_editor_fits_a_narrow_window(qtbot):
    editor = TemplateEditor("Edit", builtins()["mail"].what, "Mail", frozenset())
    qtbot.addWidget(editor)
    editor.resize(480, 600)
    editor.show()
    assert editor.area.horizontalScrollBar().maximum() == 0


def test_known_folders_complete_what_is_typed(qtbot):
    editor = TemplateEditor("Edit", PromptTemplate("A", "b"), "", frozenset())
    qtbot.addWidget(editor)
    editor.offer_folders(["Mail", "Work/Mail"])
    completer = editor.folder.completer()
    completer.setCompletionPrefix("mail")
    assert completer.completionCount() == 2
