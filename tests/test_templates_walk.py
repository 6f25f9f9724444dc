"""The walks of a user with templates and personas through the real window, with the starter model."""

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from chatdesk import app as application
from chatdesk.domain.chat import MessageState, Role
from chatdesk.domain.templates import Persona, StartingMessage
from chatdesk.paths import find_home

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing", "does not support raise", extend=True)

SCRIPTED = "tests.fakes.backends:Scripted"
PATIENCE = 30_000  # milliseconds
EVERY = """
kind = "template"
title = "Everything"
command = "everything"
text = '''
{{who}} {{tone}} {{count}} {{day}} {{now}} {{short}} {{speech}}
{{body}}
{{copied}}
{{marked}}
{{file}}'''
[variables.who]
kind = "text"
[variables.tone]
kind = "choice"
options = ["kind", "firm"]
[variables.count]
kind = "number"
[variables.day]
kind = "date"
[variables.now]
kind = "today"
form = "iso"
[variables.short]
kind = "checkbox"
given = "briefly"
[variables.speech]
kind = "language"
[variables.body]
kind = "long text"
[variables.copied]
kind = "clipboard"
[variables.marked]
kind = "selection"
[variables.file]
kind = "document"
"""
MINE = 'title = "Mine"\ncommand = "mine"\ntext = "Say {{word}}."\n[variables.word]\nkind = "text"\n'


@pytest.fixture
def start(qtbot):
    running = []

    def start(backend=SCRIPTED, **settings):
        built = application.build(find_home(), *([backend] if backend else []))
        running.append(built)
        qtbot.addWidget(built.window)
        built.settings.change(make_titles=False, **settings)
        built.window.show()
        built.window.activateWindow()
        built.chat.page.composer.box.setFocus()
        return built

    yield start
    for built in running:
        built.window.close()
        built.close()


@pytest.fixture
def app(start):
    return start()


def messages(app):
    return [shown.message for shown in app.chats.branch(app.chat.chat.conversation.id)]


def controller(app):
    app.window.show_page("templates")
    return app.templates.controller


def bring(app, tmp_path, *sources):
    """Import files as by a drop on the page."""
    files = []
    for number, source in enumerate(sources):
        files.append(tmp_path / f"{number}.toml")
        files[-1].write_text(source, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    controller(app).page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))


def call(app, qtbot, command):
    """Type a command into the message box and choose it."""
    app.window.show_page("chat")
    box = app.chat.page.composer.box
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, f"/{command}")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    return app.templates.using.form


def control(form, name):
    return next(each for each in form.fields if each.variable.name == name).control


def test_a_template_with_all_kinds_of_variables_is_filled_and_sent_by_its_command(start, qtbot, tmp_path):
    app = start(None)
    bring(app, tmp_path, EVERY)
    app.window.show_page("chat")
    app.chat.submit("Who are you?")
    qtbot.waitUntil(lambda: len(messages(app)) == 2 and not app.chat.chat.busy, timeout=PATIENCE)
    answer = messages(app)[1].text
    QGuiApplication.clipboard().setText("from the clipboard")
    plan = tmp_path / "plan.md"
    plan.write_text("A short plan.", encoding="utf-8")
    form = call(app, qtbot, "everything")
    form.send()
    assert "fields are missing" in form._problem.text()
    qtbot.keyClicks(control(form, "who"), "Anna")
    control(form, "tone").setCurrentIndex(control(form, "tone").findData("firm"))
    qtbot.keyClicks(control(form, "count"), "2,5")
    qtbot.keyClicks(control(form, "day").line, "2026-03-05")
    control(form, "short").setChecked(True)
    qtbot.keyClicks(control(form, "speech"), "German")
    qtbot.keyClicks(control(form, "body"), "Who are you?")
    control(form, "file").read([plan])
    qtbot.waitUntil(lambda: bool(control(form, "file").value()), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "tokens" in form.tokens.text(), timeout=PATIENCE)
    qtbot.keyClick(control(form, "who"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(messages(app)) == 4 and not app.chat.chat.busy, timeout=PATIENCE)
    question, told = messages(app)[2:]
    today = datetime.now().astimezone().date().isoformat()
    assert question.text == (
        f"Anna firm 2.5 5 March 2026 {today} briefly German\nWho are you?\nfrom the clipboard\n{answer}\n"
        "“plan.md”"
    )
    assert [each.name for each in question.attachments] == ["plan.md"]
    assert told.state is MessageState.complete
    assert app.chat.page.composer.text() == ""
    assert app.templates.library.by_command("everything").used == 1


def test_insert_puts_the_text_in_the_place_of_the_command_and_sends_nothing(app, qtbot, tmp_path):
    bring(app, tmp_path, MINE)
    app.chat.page.composer.set_text("Hello\n")
    form = call(app, qtbot, "mine")
    qtbot.keyClicks(control(form, "word"), "hi")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert app.templates.using.form is None
    assert app.chat.page.notice.text == "“Mine” was not sent."
    app.chat.page.notice.action.emit()
    form = app.templates.using.form
    assert form.preview.toPlainText() == "Say hi."
    form.insert()
    assert app.chat.page.composer.text() == "Hello\nSay hi."
    assert messages(app) == []


def test_a_template_without_open_fields_is_inserted_at_once(app, qtbot, tmp_path):
    bring(app, tmp_path, 'title = "Plain"\ncommand = "plain"\ntext = "Just this."')
    assert call(app, qtbot, "plain") is None
    assert app.chat.page.composer.text() == "Just this."


def test_what_stands_in_the_message_box_stays_when_a_template_is_sent_from_its_page(app, qtbot, tmp_path):
    bring(app, tmp_path, MINE)
    app.chat.page.composer.set_text("my draft")
    controller(app).page.view.use.click()
    form = app.templates.using.form
    qtbot.keyClicks(control(form, "word"), "hi")
    form.send()
    qtbot.waitUntil(lambda: len(messages(app)) == 2 and not app.chat.chat.busy, timeout=PATIENCE)
    assert messages(app)[0].text == "Say hi."
    assert app.chat.page.composer.text() == "my draft"
    assert app.window.page_name == "chat"


def test_a_template_sent_while_an_answer_is_written_waits_and_the_draft_stays(app, qtbot, tmp_path):
    bring(app, tmp_path, MINE)
    app.window.show_page("chat")
    app.chat.submit("long answer")
    qtbot.waitUntil(lambda: app.chat.chat.busy)
    app.chat.page.composer.set_text("my draft")
    controller(app).page.view.use.click()
    form = app.templates.using.form
    qtbot.keyClicks(control(form, "word"), "hi")
    with qtbot.waitSignal(app.chat.queued) as queued:
        form.send()
    assert queued.args[0].text == "Say hi."
    assert app.chat.page.composer.text() == "my draft"


def test_a_template_is_found_edited_compared_and_brought_back(app, qtbot):
    desk = controller(app)
    desk.page.search.setText("subject line")
    desk.page.list.choose_first()
    before = desk.page.list.entry
    assert before.builtin
    desk.edit()
    editor = desk.page.editor
    editor.text.setPlainText("Write to {{recipient}}. {{extra}}")
    qtbot.keyClicks(editor.cards["extra"].title, "More")
    editor.save()
    shown = desk.page.list.entry
    assert shown.edited
    assert [each.name for each in shown.what.variables] == ["recipient", "extra"]
    assert desk.page.view.reset.isVisible()
    desk.show_versions()
    dialog = app.window.findChild(object, "versions-dialog")
    assert "− " in dialog.diff.toPlainText()
    assert "+ " in dialog.diff.toPlainText()
    dialog.restore.click()
    assert desk.page.list.entry.what == before.what


def test_a_built_in_one_comes_back_as_it_was_shipped_and_that_can_be_undone(app):
    desk = controller(app)
    entry = app.templates.library.by_command("mail")
    desk.refresh(entry)
    desk.edit()
    desk.page.editor.title.setText("My mail")
    desk.page.editor.save()
    desk.page.view.reset.click()
    assert desk.page.view.title.text() == "Write a mail"
    desk.page.notice.action.emit()
    assert desk.page.view.title.text() == "My mail"


def test_a_deleted_template_comes_back_by_undo(app, qtbot, tmp_path):
    bring(app, tmp_path, MINE)
    desk = controller(app)
    qtbot.keyClick(desk.page.list, Qt.Key.Key_Delete)
    assert "“Mine” was deleted." in desk.page.notice.text
    assert app.templates.library.by_command("mine") is None
    desk.page.notice.action.emit()
    assert app.templates.library.by_command("mine").what.title == "Mine"


def test_mistakes_are_told_in_their_place_while_one_writes(app, qtbot):
    desk = controller(app)
    desk.new()
    editor = desk.page.editor
    editor.save()
    assert editor.fields["title"].problem == "Give it a title."
    editor.title.setText("Mine")
    editor.command.setText("two words")
    qtbot.waitUntil(lambda: "letters" in editor.fields["command"].problem)
    editor.command.setText("mail")
    card = editor.cards["topic"]
    card.kind.setCurrentIndex(card.kind.findText("choice"))
    qtbot.waitUntil(lambda: "options" in card.problem)
    assert "Another template has this command" in editor.clash.text()
    card.kind.setCurrentIndex(card.kind.findText("number"))
    card.default.setText("many")
    qtbot.waitUntil(lambda: "has to be a number" in card.problem)
    card.default.setText("3")
    editor.save()
    assert desk.page.editor is None
    assert "same title or command" in desk.page.notice.text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (MINE.replace("command", "comand"), "“comand”"),
        ("\0\0not toml [", "cannot be used"),
        ('title = "No text"', "“text” is missing"),
        ('title = "a"\ntext = "{{b}}"', "[variables.b]"),
    ],
)
def test_a_file_that_is_no_template_is_told_and_nothing_of_the_drop_is_kept(app, tmp_path, source, told):
    bring(app, tmp_path, MINE, source)
    assert told in controller(app).page.notice.text
    assert app.templates.library.by_command("mine") is None


def test_files_with_the_same_name_are_both_kept_and_told(app, tmp_path):
    bring(app, tmp_path, MINE, MINE)
    assert "another with the same title or command" in controller(app).page.notice.text
    assert sum(each.what.title == "Mine" for each in app.templates.library.entries()) == 2


def test_a_template_is_shared_as_a_file_and_a_full_disk_is_told(app, tmp_path, monkeypatch):
    bring(app, tmp_path, MINE)
    desk = controller(app)
    entry = desk.page.list.entry
    desk.sharing.export(entry, tmp_path / "out.toml")
    assert 'command = "mine"' in (tmp_path / "out.toml").read_text("utf-8")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    desk.sharing.export(entry, tmp_path / "other.toml")
    assert "disk" in desk.page.notice.text
    assert sorted(path.name for path in tmp_path.glob("*.toml")) == ["0.toml", "out.toml"]


def test_an_entry_can_be_dragged_out_as_a_file(app, tmp_path):
    bring(app, tmp_path, MINE)
    tree = controller(app).page.list
    (url,) = tree.mimeData([tree.currentItem()]).urls()
    assert url.fileName() == "Mine.toml"
    assert Path(url.toLocalFile()).read_text("utf-8").startswith("kind")


def test_keys_of_its_own_open_the_form_and_are_taken_from_what_had_them(app, qtbot, tmp_path):
    bring(app, tmp_path, MINE)
    entry = controller(app).page.list.entry
    app.templates.keys.give(entry.id, "Ctrl+J")  # it was that of downloads
    app.window.show_page("chat")
    qtbot.keyClick(app.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert app.templates.using.form is not None
    assert app.window.page_name == "chat"


def test_keys_of_a_template_that_is_gone_say_so(app):
    app.templates.keys.pressed.emit("nothing")
    assert "There is no template" in app.chat.page.notice.text


def test_a_persona_begins_a_chat_with_its_messages_and_is_named_in_the_header(app, qtbot):
    persona = Persona(
        "Pirate", "Talk like a pirate.", preset="creative", thinking=False,
        messages=(StartingMessage("user", "Ahoy"), StartingMessage("assistant", "Arr!")),
    )  # fmt: skip
    app.templates.edits.save(persona, "Personas")
    menu = app.templates.personas.open_menu()
    next(action for action in menu.actions() if action.text() == "Pirate").trigger()
    menu.close()
    chat = app.chat.chat.conversation
    assert (chat.system, chat.preset, chat.thinking) == ("Talk like a pirate.", "creative", False)
    assert [(each.role, each.text) for each in messages(app)] == [
        (Role.user, "Ahoy"),
        (Role.assistant, "Arr!"),
    ]
    qtbot.waitUntil(lambda: app.templates.personas.shown.whole == "Persona: Pirate")
    app.chat.submit("more")
    qtbot.waitUntil(lambda: len(messages(app)) == 4 and not app.chat.chat.busy, timeout=PATIENCE)
    app.chat.new()
    assert app.templates.personas.shown.isHidden()


def test_the_set_up_of_a_chat_becomes_a_persona(app):
    app.chat.chat.choose(system="Answer in rhymes.", preset="precise", thinking=True)
    app.templates.personas.save_requested.emit(app.templates.personas.set_up())
    editor = app.templates.controller.page.editor
    editor.title.setText("Poet")
    editor.save()
    entry = app.templates.controller.page.list.entry
    assert entry.what == Persona("Poet", "Answer in rhymes.", preset="precise", thinking=True)
    assert entry.folder == "Personas"


def test_500_templates_are_listed_found_and_called(app, qtbot):
    for number in range(500):
        source = MINE.replace("Mine", f"Number {number}").replace("mine", f"number-{number}")
        from chatdesk.tasks.template_text import read_wording

        app.templates.edits.save(read_wording(source, "x").what, f"Many/{number % 20}")
    desk = controller(app)
    desk.page.search.setText("number 499")
    desk.page.list.choose_first()
    assert desk.page.list.entry.command == "number-499"
    assert call(app, qtbot, "number-321").windowTitle() == "Number 321"


def test_changes_that_were_cancelled_come_back_by_undo(app, qtbot):
    desk = controller(app)
    desk.edit()
    desk.page.editor.title.setText("Another title")
    desk.page.editor.cancelled.emit()
    assert desk.page.editor is None
    qtbot.keyClick(app.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.editor.title.text() == "Another title"
    desk.page.editor.save()
    assert desk.page.view.title.text() == "Another title"


def test_ctrl_f_goes_to_the_search_of_the_page(app, qtbot):
    desk = controller(app)
    desk.page.list.setFocus()
    qtbot.keyClick(app.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert app.window.page_name == "templates"
    assert app.window.focusWidget() is desk.page.search


def test_nothing_found_is_told(app):
    desk = controller(app)
    desk.page.search.setText("xyzzy")
    assert desk.page._nothing.text() == "No template has these words."
    assert desk.page._nothing.isVisible()
