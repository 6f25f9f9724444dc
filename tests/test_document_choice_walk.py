"""Documents that do not fit into the context, walked through the real window."""

import pytest
from PySide6.QtCore import Qt

from chatdesk.domain.chat import Folder
from chatdesk.domain.documents import Document, Unit, UnitKind
from tests.engine.gguf_files import gguf, metadata
from tests.test_walks import SCRIPTED, start  # noqa: F401  the fixture


def long_report():
    """Fifty pages, more than 4,096 words, of which page 7 alone tells of the harbour."""
    text, units = "", []
    for number in range(1, 51):
        special = "The harbour opens in May. " if number == 7 else ""
        page = special + f"Nothing happened in room {number}. " * 30
        units.append(Unit(UnitKind.page, number, "", len(text), len(text) + len(page)))
        text += page + "\n\n"
    return Document("report.pdf", text, tuple(units))


@pytest.fixture
def walk(start):  # noqa: F811
    walk = start(SCRIPTED, make_titles=False)
    walk.ask("hello")
    return walk


def attach(walk, document):
    walk.page.composer.add_attachment(walk.app.chats.keep(document))
    return walk.app.chat_joints.fitting.choice


def chip_words(walk):
    return [chip.name.text() for chip in walk.page.composer._chips.parts]


def test_a_document_that_fits_shows_its_tokens_and_asks_nothing(walk):
    choice = attach(walk, Document("note.txt", "Only a few words."))
    walk.wait(lambda: "8 tokens" in chip_words(walk)[0])
    assert choice.isHidden()
    assert walk.page.composer.send.isEnabled()


def test_the_most_relevant_passages_are_told_and_lead_back_to_their_pages(walk):
    choice = attach(walk, long_report())
    assert not walk.page.composer.send.isEnabled()  # before it is counted, too
    walk.wait(choice.isVisible)
    assert not walk.page.composer.send.isEnabled()
    walk.type("When does the harbour open?")
    assert len(walk.messages) == 2  # nothing is sent before the choice
    walk.qtbot.mouseClick(choice.passages, Qt.MouseButton.LeftButton)
    assert choice.isHidden()
    assert "by passages" in chip_words(walk)[0]
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Return)
    walk.wait(lambda: len(walk.messages) == 4 and not walk.app.chat.chat.busy)
    answer = walk.messages[-1]
    assert "page 7" in [source.label for source in answer.sources]
    assert "TheharbouropensinMay." in answer.text  # the scripted model repeats what it is told
    buttons = walk.page.transcript.findChildren(object, "show-source")
    button = next(each for each in buttons if "Page 7 of report.pdf" in each.text())
    button.click()
    dialog = walk.app.window.findChild(object, "document-dialog")
    assert "harbour" in dialog.field.extraSelections()[0].cursor.selectedText()
    dialog.accept()
    follow_up = walk.ask("What happened in room 12?")
    assert follow_up.sources


def test_a_model_that_was_trained_for_more_is_given_the_context_that_it_takes(walk, tmp_path):
    path = tmp_path / "long.gguf"
    path.write_bytes(gguf(metadata(general__name="Long", llama__context_length=65536)))
    walk.app.settings.change(model_files=(str(path),))
    choice = attach(walk, Document("long.txt", 3 * long_report().text))
    walk.wait(choice.isVisible)
    (action,) = choice.model.menu().actions()
    assert action.text().startswith("Long · F16 with ")
    action.trigger()
    walk.wait(choice.isHidden)
    walk.wait(walk.page.composer.send.isEnabled)
    assert walk.chat.model == str(path)
    assert walk.app.chat.chat.options().load.context_tokens > 8192


def test_the_choice_goes_with_the_document(walk):
    choice = attach(walk, long_report())
    walk.wait(choice.isVisible)
    walk.page.composer._chips.parts[0].remove.click()
    assert choice.isHidden()
    walk.page.composer.set_text("hello again")
    assert walk.page.composer.send.isEnabled()


def test_a_temporary_chat_is_offered_no_summary(walk):
    walk.app.chats.hold(walk.chat.id)
    choice = attach(walk, long_report())
    walk.wait(choice.isVisible)
    assert choice.summary.isHidden()


def test_a_summary_stands_in_the_place_of_the_document(walk, monkeypatch):
    class Summary:
        def of(self, attached, options, cancel):
            yield "Summarising report.pdf: part 1"
            yield attached[0], Document("Summary of report.pdf", "Little happened.")

    monkeypatch.setattr(walk.app.chat_joints.fitting, "_summary", Summary)
    choice = attach(walk, long_report())
    walk.wait(choice.isVisible)
    walk.qtbot.mouseClick(choice.summary, Qt.MouseButton.LeftButton)
    walk.wait(lambda: choice.isHidden() and "Summary of report" in chip_words(walk)[0])
    walk.wait(walk.page.composer.send.isEnabled)


def test_a_summary_that_is_stopped_asks_again(walk, monkeypatch):
    class Summary:
        def of(self, attached, options, cancel):
            yield "Summarising report.pdf: part 1"
            while not cancel.wait(0.01):
                pass

    monkeypatch.setattr(walk.app.chat_joints.fitting, "_summary", Summary)
    choice = attach(walk, long_report())
    walk.wait(choice.isVisible)
    walk.qtbot.mouseClick(choice.summary, Qt.MouseButton.LeftButton)
    walk.wait(choice.stop.isVisible)
    walk.qtbot.mouseClick(choice.stop, Qt.MouseButton.LeftButton)
    walk.wait(choice.passages.isVisible)
    assert [each.name for each in walk.page.composer.draft().attachments] == ["report.pdf"]


def test_documents_of_a_folder_that_do_not_fit_are_asked_about_too(walk):
    folders = walk.app.chat.chat.choosing.folders
    folder = Folder("Harbour", documents=(walk.app.chats.keep(long_report()),))
    folders.save(folder)
    walk.app.chat.new(folder.id)
    choice = walk.app.chat_joints.fitting.choice
    assert choice.isHidden()
    walk.page.welcome.chosen.emit("When does the harbour open?")  # as what it suggests is
    walk.wait(choice.isVisible)
    assert "of the folder “Harbour” do not fit" in choice.sentence.text()
    assert walk.messages == []
    draft = walk.chat
    walk.app.chat.new()
    assert choice.isHidden()
    walk.app.chat.show(draft)
    walk.wait(choice.isVisible)
    walk.qtbot.mouseClick(choice.passages, Qt.MouseButton.LeftButton)
    assert folders.folder(folder.id).documents[0].passages
    assert choice.isHidden()
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Return)
    walk.wait(lambda: len(walk.messages) == 2 and not walk.app.chat.chat.busy)
    assert "TheharbouropensinMay." in walk.messages[-1].text
    assert "page 7" in [source.label for source in walk.messages[-1].sources]
