"""Finding words in the chat."""

import time

import pytest

from chatdesk.ui.transcript.find import Hit
from chatdesk.ui.transcript.rows import Prose


def marks(row):
    return [one.cursor.selectedText() for one in row.widget.text.extraSelections()]


def test_hits_come_from_top_to_bottom(view, shown):
    messages = [
        shown("user", "Apple and apple"),
        shown("assistant", "no fruit"),
        shown("assistant", "an APPLE"),
    ]
    view.show_messages(messages)
    first, _, last = (one.message.id for one in messages)
    assert view.find("apple") == [Hit(first, 0), Hit(first, 1), Hit(last, 0)]
    assert view.find("pear") == []
    assert view.find("  ") == []


def test_live_rows_show_their_hits_and_lose_them(view, shown):
    view.show_messages([shown("assistant", "one **two** one")])
    view.find("one")
    row = next(row for row in view.live_rows() if isinstance(row.content, Prose))
    assert marks(row) == ["one", "one"]
    view.clear_find()
    assert marks(row) == []


@pytest.mark.parametrize("text", ["a **bold** word", "a bold `word`", "a *bold* [word](https://example.org)"])
def test_words_are_found_through_their_markup(view, shown, text):
    view.show_messages([shown("assistant", text)])
    assert len(view.find("bold word")) == 1


def test_the_address_of_a_link_is_no_hit(view, shown):
    view.show_messages([shown("assistant", "[text](https://example.org/needle) needle")])
    assert len(view.find("needle")) == 1


def test_a_hit_far_away_comes_into_view_and_is_marked(view, shown, qtbot):
    messages = [shown("assistant", f"message {n}\n\n" + "word " * 200) for n in range(300)]
    view.show_messages(messages)
    (hit,) = view.find("message 17\n".strip())[:1]
    view.show_hit(hit)
    row = next(
        row for row in view.live_rows() if row.entry.id == hit.message and isinstance(row.content, Prose)
    )
    assert 0 <= row.widget.y() < view.viewport().height()
    assert marks(row) == ["message 17"]


def test_a_hit_deep_in_a_long_row_comes_into_view(view, shown):
    text = "filler line\n\n" * 60 + "needle\n\n" + "filler line\n\n" * 60
    view.show_messages([shown("assistant", text), shown("user", "end " * 3000)])
    (hit,) = view.find("needle")
    view.show_hit(hit)
    row = next(row for row in view.live_rows() if row.widget.text is not None and marks(row))
    one = row.widget.text.extraSelections()[0]
    place = row.widget.y() + row.widget.text.cursorRect(one.cursor).top()
    assert 0 <= place < view.viewport().height()


def test_each_hit_of_a_message_is_marked_in_turn(view, shown):
    view.show_messages([shown("assistant", "x one\n\n```\nx two\n```\n\n| x |\n|---|\n| x |\n")])
    hits = view.find("x")
    assert len(hits) == 4
    current = []
    for hit in hits:
        view.show_hit(hit)
        for row in view.live_rows():
            for one in row.widget.text.extraSelections() if row.widget.text else []:
                if one.format.background().color().name() == view.formats.current_mark:
                    current.append((row.index, one.cursor.selectionStart()))
    assert len(set(current)) == 4


def test_a_hit_that_is_gone_does_no_harm(view, shown):
    view.show_messages([shown("assistant", "needle")])
    (hit,) = view.find("needle")
    view.show_messages([shown("user", "other")])
    view.show_hit(hit)
    view.show_hit(Hit(view.entries[0].id, 5))


def test_rows_that_come_into_view_are_marked_too(view, shown):
    view.show_messages([shown("user", f"needle {n}") for n in range(300)])
    view.find("needle")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    rows = [row for row in view.live_rows() if row.widget.text is not None]
    assert all(marks(row) == ["needle"] for row in rows)


def test_a_very_long_chat_is_searched_at_once(view, shown):
    view.show_messages([shown("assistant", "some words and more\n\n" * 50) for _ in range(2000)])
    start = time.thread_time()
    assert view.find("absent") == []
    assert time.thread_time() - start < 0.5
