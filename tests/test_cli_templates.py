"""Templates in the terminal: real processes, the real starter model."""

import pytest

from chatdesk.domain.template_errors import NoSuchTemplate, TemplateNotFilled
from chatdesk.domain.templates import PromptTemplate
from chatdesk.flows.template_edits import TemplateEdits
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.template_files import TomlFiles
from chatdesk.storage.templates import TemplateStore
from chatdesk.tasks.template_fill import matched
from tests.test_cli import chatdesk, stored_messages


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def ask(database):
    from chatdesk.cli_templates import filled_draft

    def ask(name, text="", **fields):
        return filled_draft(name, fields, text, TemplateLibrary(TemplateStore(database)), ChatStore(database))

    return ask


def test_a_template_is_asked_with_its_fields_and_piped_text(home):
    done = chatdesk(
        "ask", "--template", "shorten", "--set", "words=5", home=home, input="It rains = a lot {{words}}.\n"
    )
    assert done.returncode == 0, done.stderr
    question = stored_messages(home)[0].text
    assert question.startswith("Shorten the text below to about 5 words.")
    assert question.endswith("\n\nIt rains = a lot {{words}}.")


def test_what_is_missing_is_told_with_the_way_to_give_it(home):
    done = chatdesk("ask", "--template", "mail", "It is cold.", home=home)
    assert done.returncode == 1
    assert "“Write a mail” cannot be filled: “To” is empty." in done.stderr
    assert "--set recipient=…" in done.stderr
    assert stored_messages(home) == []


def test_what_is_no_field_is_wrong_usage(home):
    done = chatdesk("ask", "--template", "mail", "--set", "recipient", home=home)
    assert done.returncode == 2
    assert "such as words=200" in done.stderr


def test_the_text_goes_where_a_text_is_wanted(ask):
    assert "It is about this:\n\nCold." in ask("mail", "Cold.", recipient="Tom").text
    assert ask("explain", "tides").text.startswith("Explain tides to a curious adult.")
    assert ask("todo", "Rain.", mine="Tom").text.endswith("The text:\n\nRain.")


def test_text_for_which_there_is_no_place_stands_below(ask, database):
    edits = TemplateEdits(TemplateStore(database), TomlFiles())
    edits.save(matched(PromptTemplate("Hello", "Say hello.", "hello")))
    assert ask("Hello", "In French.").text == "Say hello.\n\nIn French."
    assert ask("/hello").text == "Say hello."
    assert TemplateLibrary(TemplateStore(database)).by_command("hello").used == 2


def test_a_document_is_attached_by_its_file(ask, tmp_path):
    path = tmp_path / "lease.txt"
    path.write_text("Notice: three months.")
    draft = ask("ask-document", "When?", document=str(path))
    assert draft.text.startswith("Answer this question from the document “lease.txt” only:\n\nWhen?")
    assert [each.name for each in draft.attachments] == ["lease.txt"]


def test_unknown_names_are_told_with_those_there_are(ask):
    with pytest.raises(NoSuchTemplate) as caught:
        ask("shorter")
    assert "shorten" in caught.value.hint
    with pytest.raises(TemplateNotFilled, match="It has no field “wrods”; its fields are: text, words, keep"):
        ask("shorten", "x", wrods="5")
