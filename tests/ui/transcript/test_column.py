"""How rows are placed, scrolled and given their widgets."""

from itertools import pairwise

import pytest

from chatdesk.domain.chat import Message, MessageState, Role, ShownMessage
from chatdesk.ui.transcript.rows import Bubble, Prose
from tests.ui.transcript.corpus import ANSWER


def top_of(view, row):
    return row.widget.y()


def long_chat(shown, count=300):
    return [
        shown("user" if n % 2 else "assistant", f"message {n}\n\n" + "word " * (n * 37 % 400))
        for n in range(count)
    ]


def visible(view):
    height = view.viewport().height()
    return [row for row in view.live_rows() if row.widget.y() < height and row.widget.y() + row.height > 0]


def test_only_rows_near_the_viewport_have_widgets(view, shown):
    view.show_messages(long_chat(shown, 2000))
    assert len(view.live_rows()) < 60
    assert sum(entry.rows is not None for entry in view.entries) < 30


def test_rows_stand_below_each_other_without_overlap(view, shown, qtbot):
    view.show_messages([shown("user", "q"), shown("assistant", ANSWER)] * 3)
    rows = view.live_rows()
    for above, below in pairwise(rows):
        if above.widget.isVisible() and below.widget.isVisible():
            assert below.widget.y() >= above.widget.y() + above.height


def test_a_short_chat_begins_at_the_top(view, shown):
    view.show_messages([shown("user", "hello")])
    assert view.live_rows()[0].widget.y() == 20
    assert view.at_end


def test_a_long_chat_opens_at_its_end(view, shown):
    view.show_messages(long_chat(shown))
    assert view.at_end
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    assert view.live_rows()[-1].entry.index == 299


def test_reading_stays_where_it_is_while_an_answer_grows(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([*long_chat(shown, 20), growing])
    view.begin_stream(growing.message.id)
    view.scroll_by(-400)
    assert not view.at_end
    before = [(row.place, row.widget.y()) for row in visible(view)][:3]
    view.feed_text(growing.message.id, "line\n\n" * 80)
    view._pulse.beat()
    view.end_stream(
        ShownMessage(Message(Role.assistant, "line\n\n" * 80, id=growing.message.id), growing.versions)
    )
    assert [(row.place, row.widget.y()) for row in visible(view)][:3] == before


def test_the_end_stays_in_view_while_an_answer_grows(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([*long_chat(shown, 20), growing])
    view.begin_stream(growing.message.id)
    for _ in range(5):
        view.feed_text(growing.message.id, "line\n\n" * 10)
        view._pulse.beat()
        last = view.live_rows()[-1]
        assert last.widget.y() + last.height <= view.viewport().height()
        assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_scrolling_up_leaves_the_end_and_scrolling_down_finds_it_again(view, shown, qtbot):
    view.show_messages(long_chat(shown))
    with qtbot.waitSignal(view.at_end_changed) as left:
        view.scroll_by(-200)
    assert left.args == [False]
    with qtbot.waitSignal(view.at_end_changed) as found:
        view.scroll_by(250)
    assert found.args == [True]


@pytest.mark.parametrize("step", [-37, -200, -590])
def test_relative_scrolling_moves_the_text_by_that_many_pixels(view, shown, step):
    view.show_messages(long_chat(shown))
    for _ in range(25):
        before = {row: row.widget.y() for row in visible(view)}
        view.scroll_by(step)
        shared = [row for row in visible(view) if row in before]
        assert shared or abs(step) > 500
        assert all(row.widget.y() - before[row] == -step for row in shared)


def test_scrolling_up_through_everything_ends_at_the_beginning(view, shown):
    view.show_messages(long_chat(shown, 40))
    for _ in range(400):
        view.scroll_by(-300)
    assert view.live_rows()[0].place == (0, 0)
    assert view.live_rows()[0].widget.y() == 20
    assert view.verticalScrollBar().value() == 0


def test_a_far_jump_shows_what_stands_there(view, shown):
    view.show_messages(long_chat(shown))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert 100 < visible(view)[0].entry.index < 200
    bar.setValue(0)
    assert visible(view)[0].place == (0, 0)


def test_a_refresh_can_keep_the_place(view, shown):
    messages = long_chat(shown, 60)
    view.show_messages(messages)
    view.verticalScrollBar().setValue(900)
    before = [(row.place, row.widget.y()) for row in visible(view)]
    view.show_messages(messages, keep_place=True)
    assert [(row.place, row.widget.y()) for row in visible(view)] == before
    view.show_messages(messages)
    assert view.at_end


def test_a_refresh_while_an_answer_streams_keeps_the_stream(view, shown):
    growing = shown("assistant", "", state=MessageState.streaming)
    question = shown("user", "q")
    view.show_messages([question, growing])
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, "half")
    view.show_messages([question, growing], keep_place=True)
    assert view.text_of(growing.message.id) == "half"


def test_a_refresh_brings_a_growing_answer_up_to_date(view, shown):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, "half")
    later = ShownMessage(Message(Role.assistant, "half of it", id=growing.message.id), growing.versions)
    view.show_messages([later], keep_place=True)
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, " all")
    assert view.text_of(growing.message.id) == "half of it all"


def test_another_version_stands_where_the_first_one_stood(view, shown):
    messages = long_chat(shown, 60)
    view.show_messages(messages)
    view.show_message(messages[30].message.id)
    view.show_messages(
        [*messages[:30], shown("assistant", "other version " * 50), *messages[31:]], keep_place=True
    )
    assert next(row for row in visible(view) if row.entry.index == 30).widget.y() == 20


def test_showing_a_message_brings_it_to_the_upper_edge(view, shown):
    messages = long_chat(shown)
    view.show_messages(messages)
    view.show_message(messages[42].message.id)
    assert visible(view)[0].entry.index in (41, 42)
    row = next(row for row in view.live_rows() if row.place == (42, 0))
    assert row.widget.y() == 20


def test_a_narrower_window_keeps_the_message_being_read(view, shown):
    view.show_messages(long_chat(shown))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
    before = visible(view)[0].place
    view.resize(420, 500)
    assert visible(view)[0].place == before


def test_widgets_are_used_again(view, shown):
    view.show_messages([shown("assistant", f"answer {n}\n\n" + "word " * 300) for n in range(200)])
    made = []
    view.greet = made.append
    view._pool._greet = made.append
    bar = view.verticalScrollBar()
    for place in (1, 7, 3, 9, 5, 2, 8) * 2:
        bar.setValue(bar.maximum() * place // 10)
    assert len(made) <= 13  # three screens' worth; a slow machine makes some of them on the second round


def test_a_used_widget_shows_nothing_of_its_last_row(view, shown):
    view.show_messages(
        [shown("user", f"question {n}") if n % 2 else shown("assistant", f"a{n}") for n in range(400)]
    )
    bar = view.verticalScrollBar()
    for place in range(0, bar.maximum(), bar.maximum() // 7):
        bar.setValue(place)
        for row in visible(view):
            if isinstance(row.content, Bubble | Prose):
                expected = row.entry.shown.message.text
                assert row.widget.text.toPlainText() == expected


def test_the_focus_of_a_row_that_leaves_goes_to_the_view(view, shown):
    view.show_messages(long_chat(shown))
    view.live_rows()[-2].widget.stops()[0].setFocus()
    view.verticalScrollBar().setValue(0)
    assert view.hasFocus()
