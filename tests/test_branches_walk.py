"""Branches, questions that wait and temporary chats, used through the real window with a scripted model."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from chatdesk import app as application
from chatdesk.domain.chat import Conversation, Draft, Message, MessageState, Role
from chatdesk.paths import find_home
from chatdesk.ui.chat.chat_outline import walk as walk_nodes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)

SCRIPTED = "tests.fakes.backends:Scripted"
PATIENCE = 20_000  # milliseconds


class Walk:
    """Types, clicks and reads as a user does."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app = qtbot, app
        self.page, self.chat = app.chat.page, app.chat.chat
        self.parts = app.chat_joints.branches
        self.bar = self.parts.waiting._bar

    def type(self, text):
        self.page.composer.set_text(text)
        self.qtbot.keyClick(self.page.composer.box, Qt.Key.Key_Return)

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def ask(self, text):
        before = len(self.texts)
        self.type(text)
        self.wait(lambda: len(self.texts) == before + 2 and not self.chat.busy)
        return self.messages[-1]

    def key(self, key, *modifiers):
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.qtbot.keyClick(self.app.window, key, held)

    @property
    def ident(self):
        return self.chat.conversation.id

    @property
    def messages(self):
        return [shown.message for shown in self.app.chats.branch(self.ident)]

    @property
    def texts(self):
        return [message.text for message in self.messages]

    @property
    def waiting(self):
        return [draft.text for draft in self.app.chats.waiting(self.ident)]

    def begin_long(self):
        """Let an answer grow that does not end for a long time."""
        self.type("long")
        self.wait(
            lambda: self.messages and self.messages[-1].role is Role.assistant and self.messages[-1].text
        )

    def stop(self):
        self.chat.stop()
        self.wait(lambda: not self.chat.busy)

    def press(self, title):
        """Choose an entry of the menu that is open."""
        menus = [m for m in QApplication.topLevelWidgets() if isinstance(m, QMenu) and m.isVisible()]
        actions = [action for menu in menus for action in menu.actions()]
        actions += [each for action in actions if action.menu() for each in action.menu().actions()]
        found = next(action for action in actions if action.text() == title)
        for menu in menus:
            menu.close()
        found.trigger()


@pytest.fixture
def start(qtbot):
    running = []

    def start():
        built = application.build(find_home(), SCRIPTED)
        running.append(built)
        qtbot.addWidget(built.window)
        built.settings.change(make_titles=False)
        built.window.show()
        return Walk(qtbot, built)

    yield start
    for built in running:
        built.window.close()
        built.close()


@pytest.fixture
def walk(start):
    return start()


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_an_answer_is_edited_into_a_version_that_says_so(walk):
    first = walk.ask("hello there")
    walk.key(Qt.Key.Key_E, CTRL)
    assert walk.page.composer.text() == "hellothere"
    walk.type("Hello, and welcome.")
    assert walk.texts == ["hello there", "Hello, and welcome."]
    edited = walk.messages[-1]
    assert edited.edited
    assert edited.model == first.model
    assert walk.page.transcript.text_of(edited.id) == "Hello, and welcome."
    assert walk.page.composer.text() == ""
    walk.key(Qt.Key.Key_Left, ALT)
    assert walk.messages[-1].id == first.id
    walk.key(Qt.Key.Key_Right, ALT)
    assert walk.ask("more").text == "more"
    assert walk.texts[1] == "Hello, and welcome."


def test_a_change_waits_while_an_answer_is_written(walk):
    walk.ask("one")
    walk.begin_long()
    before = walk.texts[:3]
    walk.app.chat.actions.edit(walk.messages[0].id)
    walk.type("two")
    assert "being written" in walk.page.notice.text
    assert walk.page.composer.text() == "two"
    assert walk.texts[:3] == before
    walk.stop()
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Return)
    walk.wait(lambda: walk.texts == ["two", "two"])


def test_an_answer_is_written_again_in_another_style(walk):
    walk.ask("hello there")
    walk.key(Qt.Key.Key_R, CTRL, SHIFT)
    walk.press("Style: Creative")
    walk.wait(lambda: not walk.chat.busy and walk.messages[-1].style == "creative")
    shown = walk.app.chats.branch(walk.ident)[-1]
    assert shown.versions.place == 1
    assert walk.chat.conversation.preset == ""
    walk.parts.branching.open_menu()
    walk.press("Without thinking")
    walk.wait(lambda: not walk.chat.busy and len(walk.app.chats.branch(walk.ident)[-1].versions.ids) == 3)
    assert walk.chat.conversation.thinking is None


def test_versions_of_a_question_are_seen_by_keys(walk):
    walk.ask("first")
    walk.app.chat.actions.edit()
    walk.type("second")
    walk.wait(lambda: walk.texts == ["second", "second"] and not walk.chat.busy)
    walk.key(Qt.Key.Key_Left, ALT, SHIFT)
    assert walk.texts == ["first", "first"]
    walk.key(Qt.Key.Key_Right, ALT, SHIFT)
    assert walk.texts == ["second", "second"]


def test_a_new_chat_begins_from_a_message_while_an_answer_runs_and_leads_back(walk):
    walk.ask("one")
    walk.app.chat.chat.choose(title="Talk", tags=("home",), preset="precise")
    walk.begin_long()
    old = walk.ident
    walk.parts.branching.fork(walk.messages[1].id)
    assert walk.ident != old
    assert walk.texts == ["one", "one"]
    new = walk.chat.conversation
    assert (new.title, new.origin, new.preset, new.tags) == ("From “Talk”", old, "precise", ("home",))
    assert walk.app.answers.busy(old)
    walk.app.chat_joints.branches._open_origin()
    assert walk.ident == old
    walk.key(Qt.Key.Key_D, CTRL, SHIFT)
    assert walk.messages[-1].state is MessageState.stopped
    assert walk.messages[-1].text.startswith("0 1")
    walk.page.notice.action.emit()
    assert walk.ident == old
    walk.stop()


def test_two_versions_stand_side_by_side_and_one_is_used(walk):
    walk.ask("flood 30")
    walk.key(Qt.Key.Key_E, CTRL)
    walk.type("0 1 2 🍦 three 4")
    first, second = walk.app.chats.branch(walk.ident)[-1].versions.ids
    walk.key(Qt.Key.Key_G, CTRL, SHIFT)
    dialog = walk.app.window.findChild(object, "compare-versions")
    assert dialog.left.message.id == first
    assert dialog.right.message.id == second
    assert dialog.left.facts.isVisible()
    assert dialog.right.facts.isVisible()  # though an edited one has none: the texts stand side by side
    marks = dialog.right.text._row.text.extraSelections()
    assert [each.cursor.selectedText() for each in marks] == ["🍦 three"]
    assert all(each.format.underlineStyle() for each in marks)
    assert "Underlined" in dialog.note.text()
    dialog.right.choice.setCurrentIndex(0)
    assert "the same" in dialog.note.text()
    walk.qtbot.mouseClick(dialog.left.use, Qt.MouseButton.LeftButton)
    assert walk.messages[-1].id == first


def test_a_version_that_is_gone_meanwhile_is_not_used(walk):
    walk.ask("one two")
    walk.key(Qt.Key.Key_E, CTRL)
    walk.type("other")
    first, second = walk.app.chats.branch(walk.ident)[-1].versions.ids
    walk.parts.branching.compare()
    dialog = walk.app.window.findChild(object, "compare-versions")
    walk.app.chats.cut(first)
    dialog.left.use.click()
    assert "not there any more" in walk.page.notice.text
    walk.parts.branching.compare(second)
    assert "only one version" in walk.page.notice.text


def test_a_message_is_deleted_with_what_follows_and_comes_back(walk):
    walk.ask("one")
    walk.ask("two")
    walk.parts.branching.delete(walk.messages[1].id)
    assert walk.texts == ["one"]
    assert "2 messages below" in walk.page.notice.text
    walk.key(Qt.Key.Key_Z, CTRL)
    assert walk.texts == ["one", "one", "two", "two"]
    walk.key(Qt.Key.Key_Delete, CTRL, SHIFT)
    assert walk.texts == ["one", "one", "two"]
    walk.page.notice.action.emit()
    walk.page.notice.action.emit()
    assert walk.texts == ["one", "one", "two", "two"]


def test_all_messages_of_a_chat_deleted_and_brought_back_from_another_chat(walk):
    walk.ask("one")
    walk.parts.branching.delete(walk.messages[0].id)
    assert walk.page.stack.currentWidget() is walk.page.welcome
    walk.app.chat.new()
    walk.parts.undoing.undo()
    assert walk.texts == ["one", "one"]


def test_a_change_of_what_stood_below_a_deleted_message_waits_until_that_is_back(walk):
    walk.ask("one")
    walk.key(Qt.Key.Key_E, CTRL)
    walk.parts.branching.delete(walk.messages[0].id)
    walk.type("changed")
    assert "was deleted" in walk.page.notice.text
    assert walk.page.composer.text() == "changed"
    walk.parts.undoing.undo()
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Return)
    assert walk.texts == ["one", "changed"]


def test_a_question_is_deleted_before_its_answer_begins(walk):
    walk.app.chat.submit("long")
    walk.parts.branching.delete(walk.messages[0].id)  # no event of the answer has come yet
    walk.wait(lambda: walk.texts == [] and not walk.chat.busy)
    assert "Something went wrong" not in walk.page.notice.text
    walk.parts.undoing.undo()
    assert walk.texts[0] == "long"


def test_an_answer_that_grows_is_stopped_and_deleted(walk):
    walk.begin_long()
    walk.parts.branching.delete(walk.messages[1].id)
    walk.wait(lambda: walk.texts == ["long"])
    assert not walk.chat.busy
    walk.parts.undoing.undo()
    assert walk.messages[-1].state is MessageState.stopped
    assert walk.messages[-1].text.startswith("0 1")


def test_how_an_answer_was_written_can_be_read(walk):
    walk.ask("hello there")
    walk.key(Qt.Key.Key_Down, ALT)
    walk.press("How it was written…")
    dialog = walk.app.window.findChild(object, "answer-details")
    names = [each.accessibleName() for each in dialog.findChildren(object) if hasattr(each, "accessibleName")]
    assert "Style: Balanced" in names
    assert "Ended because: The model was done" in names
    dialog.close()


def test_questions_wait_and_are_sent_one_after_the_other(walk):
    walk.type("flood 600")
    walk.wait(lambda: walk.chat.busy)
    walk.type("two")
    walk.type("three")
    assert walk.waiting == ["two", "three"]
    assert walk.bar.isVisible()
    assert walk.page.composer.text() == ""
    walk.wait(lambda: walk.texts[2:] == ["two", "two", "three", "three"] and not walk.chat.busy)
    assert walk.waiting == []
    assert not walk.bar.isVisible()


def test_stopping_pauses_what_waits_and_says_so(walk):
    walk.begin_long()
    walk.type("two")
    walk.key(Qt.Key.Key_Escape)
    walk.wait(lambda: not walk.chat.busy)
    assert walk.waiting == ["two"]
    assert "you stopped" in walk.bar.state.text()
    walk.qtbot.mouseClick(walk.bar.go_on, Qt.MouseButton.LeftButton)
    walk.wait(lambda: walk.texts[2:] == ["two", "two"])


def test_a_failed_answer_pauses_what_waits(walk):
    walk.begin_long()
    walk.type("raise")
    walk.type("after")
    walk.stop()
    walk.parts.waiting.go_on()
    walk.wait(lambda: walk.messages[-1].state is MessageState.failed)
    walk.wait(lambda: not walk.chat.busy)
    assert walk.waiting == ["after"]
    assert "failed" in walk.bar.state.text()


def test_waiting_questions_are_ordered_edited_and_removed_by_keys(walk):
    walk.begin_long()
    for text in ("a", "b", "c"):
        walk.type(text)
    walk.key(Qt.Key.Key_Up, ALT)
    keys = walk.bar.list
    keys.setCurrentRow(2)
    walk.qtbot.keyClick(keys, Qt.Key.Key_Up, CTRL)
    assert walk.waiting == ["a", "c", "b"]
    assert keys.currentRow() == 1
    walk.qtbot.keyClick(keys, Qt.Key.Key_Delete)
    assert walk.waiting == ["a", "b"]
    walk.parts.undoing.undo()
    assert walk.waiting == ["a", "c", "b"]
    keys.setCurrentRow(0)
    walk.page.composer.set_text("a draft")
    walk.qtbot.keyClick(keys, Qt.Key.Key_Return)
    assert walk.page.composer.text() == "a"
    walk.type("changed")
    assert walk.waiting == ["changed", "c", "b"]
    assert walk.page.composer.text() == "a draft"
    walk.stop()


def test_nothing_is_sent_while_a_waiting_question_is_edited(walk):
    walk.type("flood 300")
    walk.wait(lambda: walk.chat.busy)
    walk.type("two")
    walk.parts.waiting.edit(0)
    walk.wait(lambda: not walk.chat.busy)
    assert walk.waiting == ["two"]
    assert "while you edit" in walk.bar.state.text()
    walk.type("better")
    walk.wait(lambda: walk.texts[2:] == ["better", "better"] and not walk.chat.busy)


def test_fifty_questions_wait_and_are_all_answered_in_another_chat_meanwhile(walk):
    walk.type("flood 200")
    walk.wait(lambda: walk.chat.busy)
    busy = walk.ident
    for number in range(50):
        walk.type(f"n{number}")
    walk.app.chat.new()
    assert not walk.bar.isVisible()
    assert walk.ask("other").text == "other"
    walk.qtbot.waitUntil(
        lambda: not walk.app.chats.waiting(busy) and not walk.app.answers.busy(busy), timeout=60_000
    )
    walk.app.chat.open(busy)
    assert walk.texts[2::2] == [f"n{number}" for number in range(50)]
    assert walk.texts[3::2] == [f"n{number}" for number in range(50)]


def test_what_waits_is_there_after_a_restart_and_is_not_sent_by_itself(walk, start):
    walk.begin_long()
    walk.type("two")
    walk.app.window.close()
    again = start()
    assert again.waiting == ["two"]
    assert again.bar.isVisible()
    assert "closed" in again.bar.state.text()
    again.parts.waiting.go_on()
    again.wait(lambda: again.texts[2:] == ["two", "two"])


def test_deleting_a_chat_leaves_its_questions_unsent_until_it_is_back(walk):
    walk.begin_long()
    walk.type("two")
    gone = walk.ident
    walk.app.chat.delete_current()
    walk.wait(lambda: not walk.app.answers.busy(gone))
    walk.key(Qt.Key.Key_Z, CTRL)
    walk.app.chat.open(gone)
    assert walk.waiting == ["two"]
    assert len(walk.texts) == 2


def listed(walk):
    nodes = walk_nodes(walk.page.sidebar.model._root)
    return [node.chat for node in nodes if node.chat is not None]


def on_disk(home):
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_temporary_chat_leaves_nothing_and_says_what_is_lost(walk, home, tmp_path):
    walk.ask("open words")
    open_chat = walk.ident
    (tmp_path / "plan.md").write_text("Attached clandestine plan.", encoding="utf-8")
    walk.key(Qt.Key.Key_J, CTRL, SHIFT)
    assert walk.parts.temporary_bar.isVisible()
    walk.app.attaching.attach([tmp_path / "plan.md"])
    walk.wait(lambda: walk.page.composer.draft().attachments)
    walk.type("clandestine question")
    walk.wait(lambda: len(walk.texts) == 2 and not walk.chat.busy)
    assert "Attachedclandestineplan." in walk.texts[1].replace(" ", "")
    walk.page.composer.set_text("clandestine draft")
    walk.app.chat.drafts.store()
    walk.app.chat.chat.choose(title="clandestine title")
    assert walk.app.settings.value.last_conversation == open_chat
    assert [chat.id for chat in listed(walk)] == [open_chat]
    assert not walk.app.chat_joints.arranging.open_one()  # it can be neither pinned nor moved
    assert b"clandestine" not in on_disk(home)
    walk.app.chat.open(open_chat)
    assert "2 messages are not stored" in walk.page.notice.text
    assert not walk.parts.temporary_bar.isVisible()
    walk.page.notice.action.emit()
    assert walk.texts[0] == "clandestine question"
    assert walk.page.composer.text() == "clandestine draft"
    lost = walk.ident
    walk.app.chat.open(open_chat)
    walk.parts.temporary.forget_left()
    walk.app.chat.open(lost)
    assert walk.ident == open_chat
    walk.app.close()
    assert b"clandestine" not in on_disk(home)


def test_a_temporary_chat_is_kept_with_everything(walk, start):
    walk.parts.temporary.begin()
    walk.ask("precious question")
    walk.begin_long()
    walk.type("waits")
    walk.qtbot.mouseClick(walk.parts.temporary_bar.keep, Qt.MouseButton.LeftButton)
    assert not walk.parts.temporary_bar.isVisible()
    assert [chat.id for chat in walk.app.chats.conversations()] == [walk.ident]
    walk.stop()
    walk.app.window.close()
    again = start()
    assert again.texts[0] == "precious question"
    assert again.messages[-1].state is MessageState.stopped
    assert again.waiting == ["waits"]


def test_a_new_chat_from_a_temporary_one_is_temporary(walk, home):
    walk.parts.temporary.begin()
    walk.ask("clandestine question")
    walk.parts.branching.fork_last()
    assert walk.parts.temporary_bar.isVisible()
    assert walk.texts[0] == "clandestine question"
    assert b"clandestine" not in on_disk(home)


def test_another_model_is_offered_where_that_of_a_chat_is_gone(walk, tmp_path):
    chat = Conversation("Old", model=str(tmp_path / "gone.gguf"))
    walk.app.chats.insert(chat, [Message(Role.user, "hi")])
    walk.app.chat.open(chat.id)
    assert "gone.gguf" in walk.page.notice.text
    walk.page.notice.action.emit()
    menu = next(m for m in QApplication.topLevelWidgets() if m.objectName() == "model-offer")
    first = menu.actions()[0].text()
    walk.press(first)
    assert walk.app.chats.conversation(chat.id).model == str(walk.chat.model_path())
    other = Conversation("Older", model=str(tmp_path / "lost.gguf"))
    walk.app.chats.insert(other, [Message(Role.user, "hi")])
    walk.app.chat.open(other.id)
    assert "lost.gguf" in walk.page.notice.text
    walk.app.chat.open(chat.id)
    assert walk.page.notice.isHidden()  # it does not tell of this chat


KILLED = """
import sys

def main():
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from chatdesk import app
    from chatdesk.paths import Paths

    application = QApplication([])
    built = app.build(Paths(Path(sys.argv[1])), "tests.fakes.backends:Scripted")
    built.settings.change(make_titles=False)
    built.window.show()
    built.chat.submit("long")
    built.chat.submit("this waits")
    built.chat.submit("this too")
    built.chat_joints.branches.temporary.begin()
    built.chat.submit("long clandestine")
    built.chat.submit("clandestine and waiting")
    built.chat.page.composer.set_text("a clandestine draft")
    built.chat.drafts.store()
    built.answers.text_grew.connect(lambda *_: print("grew", flush=True))
    application.exec()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
def test_kill_9_keeps_what_waits_and_leaves_nothing_of_a_temporary_chat(home, tmp_path, start):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    process = subprocess.Popen(
        [sys.executable, str(script), str(home)], stdout=subprocess.PIPE, text=True, env=environment
    )
    for _ in range(400):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert b"clandestine" not in on_disk(home)
    walk = start()
    (chat,) = walk.app.chats.conversations()
    assert walk.app.chats.waiting(chat.id) == [Draft("this waits"), Draft("this too")]
    walk.app.chat.open(chat.id)
    assert walk.bar.isVisible()
