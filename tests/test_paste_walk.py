"""Long texts that are pasted, walked through the real window."""

import pytest
from PySide6.QtCore import QMimeData, Qt

from tests.test_walks import SCRIPTED, start  # noqa: F401  the fixture

LONG = "A line of the minutes.\r\n" * 80


@pytest.fixture
def walk(start):  # noqa: F811
    return start(SCRIPTED, make_titles=False)


def paste(walk, text):
    mime = QMimeData()
    mime.setText(text)
    walk.page.composer.box.insertFromMimeData(mime)


def attached(walk):
    return walk.page.composer.draft().attachments


def test_a_long_text_that_is_pasted_becomes_an_attachment(walk):
    paste(walk, LONG)
    walk.wait(lambda: attached(walk))
    assert [each.name for each in attached(walk)] == ["Pasted text"]
    assert walk.page.composer.text() == ""
    assert walk.app.chats.document(attached(walk)[0].document).startswith("A line of the minutes.\n")
    walk.wait(lambda: "attached" in walk.page.notice.text)
    walk.type("What is it about?")
    walk.wait(walk.page.notice.isHidden)  # what its button would do cannot be done any more


def test_undo_puts_it_into_the_message(walk):
    paste(walk, LONG)
    walk.wait(lambda: attached(walk))
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not attached(walk)
    assert walk.page.composer.text().count("A line of the minutes.\n") == 80


def test_the_button_of_the_notice_puts_it_into_the_message_once(walk):
    walk.page.composer.set_text("Look: ")
    paste(walk, LONG)
    walk.wait(lambda: walk.page.notice.text)
    walk.page.notice.action.emit()
    walk.page.notice.action.emit()
    assert not attached(walk)
    assert walk.page.composer.text().count("minutes") == 80
    assert walk.page.composer.text().startswith("Look: A line")


def test_undo_after_more_was_typed_undoes_what_was_typed(walk):
    paste(walk, LONG)
    walk.wait(lambda: attached(walk))
    walk.qtbot.keyClicks(walk.page.composer.box, "x")
    walk.qtbot.keyClick(walk.page.composer.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert walk.page.composer.text() == ""
    assert attached(walk)


def test_short_texts_and_blank_ones_are_written_into_the_message(walk):
    paste(walk, "Short. ")
    paste(walk, "\n" * 100)
    assert walk.page.composer.text() == "Short. " + "\n" * 100
    assert not attached(walk)


def test_the_setting_leaves_long_texts_in_the_message(walk):
    walk.app.settings.change(attach_long_texts=False)
    paste(walk, LONG)
    assert walk.page.composer.text().count("minutes") == 80
