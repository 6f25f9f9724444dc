"""Nothing that was typed or written is lost when another text takes its place."""

import pytest

from chatdesk.domain.storage_errors import StorageError
from tests.ui.translate.text_desk import TextDesk

TYPED = "These words were typed a moment ago."


@pytest.fixture
def desk(qtbot):
    made = TextDesk(qtbot)
    yield made
    made.close()


def typed(desk, text=TYPED):
    """Type without waiting for anything."""
    desk.page.source.setFocus()
    desk.page.source.insertPlainText(text)


def found(desk, words="typed moment ago"):
    return desk.store.search(words)


def test_a_new_text_leaves_the_one_before_it_in_the_history(desk):
    typed(desk)
    desk.control.clear()
    assert desk.page.source.text == ""
    assert len(found(desk)) == 1


def test_a_long_text_that_is_not_read_yet_is_left_there_too(desk):
    typed(desk, f"{TYPED}\n\n" + "The harbour is open.\n\n" * 2000)
    desk.control.clear()
    (hit,) = found(desk)
    assert len(desk.store.translation(hit.translation).segments) == 2001


def test_opening_another_translation_leaves_what_was_typed(desk):
    desk.write("The harbour is open.")
    desk.run()
    kept = desk.control.shown.translation.id
    desk.control.clear()
    typed(desk)
    desk.control.show(kept)
    assert desk.page.source.text == "The harbour is open."
    assert len(found(desk)) == 1


def test_what_was_typed_during_a_run_is_left_beside_what_the_run_stores(desk):
    desk.write("The harbour is open.")
    desk.page.run.click()
    desk.page.source.selectAll()
    typed(desk)
    desk.control.clear()
    desk.wait(lambda: not desk.control.run.busy)
    assert len(found(desk)) == 1
    assert len(desk.store.search("harbour")) == 1


def test_what_was_typed_during_a_run_is_there_after_the_window_was_closed(desk):
    desk.write("The harbour is open.")
    desk.page.run.click()
    typed(desk)
    desk.restart()
    assert len(found(desk)) == 1


def test_a_text_that_cannot_be_stored_stays_where_it_is(desk, monkeypatch):
    def full(_):
        raise StorageError("The disk is full.", "Free some space.")

    monkeypatch.setattr(desk.store, "save", full)
    typed(desk)
    desk.control.clear()
    assert desk.page.source.text == TYPED
    assert "The disk is full." in desk.page.notice.text


def test_nothing_is_stored_twice(desk):
    desk.write("The harbour is open.")
    desk.run()
    desk.control.clear()
    desk.control.clear()
    assert len(desk.store.translations()) == 1
