"""Selecting and copying across rows."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from chatdesk.domain.chat import Message, Role, ShownMessage
from chatdesk.ui.transcript.rows import Code, Prose


def rows_with_text(view):
    return [row for row in view.live_rows() if row.widget.text is not None]


def point_in(row, position):
    """A point of the screen at a text position of a row."""
    text = row.widget.text
    cursor = QTextCursor(text.document())
    cursor.setPosition(position)
    return text.viewport().mapToGlobal(text.cursorRect(cursor).center())


def send(row, kind, point, button=Qt.MouseButton.LeftButton, held=Qt.MouseButton.LeftButton, keys=None):
    viewport = row.widget.text.viewport()
    local = viewport.mapFromGlobal(point).toPointF()
    modifiers = keys or Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(viewport, QMouseEvent(kind, local, point.toPointF(), button, held, modifiers))


def drag(row, start, *points):
    send(row, QEvent.Type.MouseButtonPress, start)
    for point in points:
        send(row, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)
    send(row, QEvent.Type.MouseButtonRelease, points[-1], held=Qt.MouseButton.NoButton)


@pytest.fixture
def chat(view, shown):
    view.show_messages(
        [
            shown("user", "question one"),
            shown("assistant", "first part\n\n```\ncode\n```\n\nlast part 🎉 end"),
        ]
    )
    return rows_with_text(view)


def test_dragging_over_rows_selects_across_them(view, chat):
    question, first, code, last = chat
    drag(question, point_in(question, 9), point_in(first, 3), point_in(last, 4))
    assert view.selected_text() == "one\n\nfirst part\n\ncode\n\nlast"
    assert code.widget.text.textCursor().selectedText() == "code"


def test_dragging_upwards_selects_the_same(view, chat):
    _, first, _, last = chat
    drag(last, point_in(last, 4), point_in(first, 6))
    assert view.selected_text() == "part\n\ncode\n\nlast"


def test_dragging_back_into_the_first_row_keeps_to_it(view, chat):
    _, first, code, _ = chat
    drag(first, point_in(first, 0), point_in(code, 2), point_in(first, 5))
    assert view.selected_text() == "first"
    assert not code.widget.text.textCursor().hasSelection()


def test_positions_behind_an_emoji_are_right(view, chat):
    _, _, code, last = chat
    drag(code, point_in(code, 0), point_in(last, 13))
    assert view.selected_text() == "code\n\nlast part 🎉 "


def test_a_click_takes_the_selection_away(view, chat):
    question, first, *_ = chat
    drag(question, point_in(question, 0), point_in(first, 3))
    send(first, QEvent.Type.MouseButtonPress, point_in(first, 1))
    send(first, QEvent.Type.MouseButtonRelease, point_in(first, 1), held=Qt.MouseButton.NoButton)
    assert view.selected_text() == ""
    assert not question.widget.text.textCursor().hasSelection()


def test_shift_and_click_extends_the_selection(view, chat):
    question, first, *_ = chat
    drag(question, point_in(question, 0), point_in(question, 8))
    assert view.selected_text() == "question"
    keys = Qt.KeyboardModifier.ShiftModifier
    send(first, QEvent.Type.MouseButtonPress, point_in(first, 5), keys=keys)
    send(first, QEvent.Type.MouseButtonRelease, point_in(first, 5), held=Qt.MouseButton.NoButton, keys=keys)
    assert view.selected_text() == "question one\n\nfirst"


def test_a_drag_that_begins_beside_the_text_selects_too(view, chat, qtbot):
    question, first, *_ = chat
    start = view.viewport().mapFromGlobal(point_in(question, 0))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, start.y()))
    end = view.viewport().mapFromGlobal(point_in(first, 5))
    point = view.viewport().mapToGlobal(end)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        end.toPointF(),
        point.toPointF(),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), event)
    assert view.selected_text() == "question one\n\nfirst"


def test_everything_is_copied_also_where_there_are_no_widgets(view, shown, qtbot):
    messages = [shown("user" if n % 2 else "assistant", f"message {n}") for n in range(400)]
    view.show_messages(messages)
    view.select_all()
    view.copy_selection()
    text = QGuiApplication.clipboard().text()
    assert text == "\n\n".join(f"message {n}" for n in range(400))


def test_copied_text_keeps_list_marks_and_table_cells(view, shown):
    view.show_messages([shown("assistant", "1. a\n   - b\n- [x] c\n\n| x | y |\n|--|--|\n| 1 | 2 |\n")])
    view.select_all()
    assert view.selected_text() == "1. a\n  • b\n• [x] c\n\nx\ty\n1\t2"


def test_pieces_of_a_long_paste_are_copied_as_one_text(view, shown):
    text = "".join(f"line {n} of a log\n" for n in range(3000))
    view.show_messages([shown("user", text)])
    view.select_all()
    assert view.selected_text() == text.strip("\n")


def test_a_selection_survives_scrolling_away_and_back(view, shown):
    view.show_messages([shown("user" if n % 2 else "assistant", f"message {n}") for n in range(400)])
    rows = rows_with_text(view)
    drag(rows[-3], point_in(rows[-3], 0), point_in(rows[-1], 7))
    expected = view.selected_text()
    view.verticalScrollBar().setValue(0)
    assert view.selected_text() == expected
    view.scroll_to_end()
    assert view.selected_text() == expected
    assert rows_with_text(view)[-2].widget.text.textCursor().hasSelection()


def test_dragging_beyond_the_edge_scrolls_on(view, shown, qtbot):
    view.show_messages([shown("user" if n % 2 else "assistant", f"message {n}") for n in range(400)])
    row = rows_with_text(view)[-1]
    send(row, QEvent.Type.MouseButtonPress, point_in(row, 3))
    above = view.viewport().mapToGlobal(QPoint(100, -60))
    send(row, QEvent.Type.MouseMove, above, Qt.MouseButton.NoButton)
    qtbot.waitUntil(lambda: rows_with_text(view)[0].entry.index < 340, timeout=30_000)
    send(row, QEvent.Type.MouseButtonRelease, above, held=Qt.MouseButton.NoButton)
    assert view.selected_text().endswith("message 398\n\nmes")
    assert view.selected_text().count("\n\n") > 30


def test_what_is_selected_stays_selected_while_the_answer_grows(view, shown):
    growing = shown("assistant", "")
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, "para one\n\npara two\n\nthree")
    view._pulse.beat()
    text = rows_with_text(view)[0].widget.text
    cursor = text.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(8, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    view.feed_text(growing.message.id, " more\n\nfour")
    view._pulse.beat()
    assert view.selected_text() == "para one"


def test_a_selection_in_a_message_that_is_gone_is_empty(view, chat, shown):
    drag(chat[0], point_in(chat[0], 0), point_in(chat[1], 3))
    view.show_messages([shown("user", "other chat")])
    assert view.selected_text() == ""


def test_a_selection_in_rows_that_were_replaced_is_harmless(view, shown):
    old = shown("assistant", "a\n\n```\nb\n```\n\nc")
    view.show_messages([old])
    rows = rows_with_text(view)
    drag(rows[0], point_in(rows[0], 0), point_in(rows[-1], 1))
    view.replace(ShownMessage(Message(Role.assistant, "new", id=old.message.id), old.versions))
    assert view.selected_text() in ("", "new", "n")


def test_keys_copy_and_select_all(view, chat, qtbot):
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("question one\n\nfirst part")


def test_copying_nothing_leaves_the_clipboard(view, chat):
    QGuiApplication.clipboard().setText("kept")
    view.copy_selection()
    assert QGuiApplication.clipboard().text() == "kept"
    assert isinstance(chat[1].content, Prose)
    assert isinstance(chat[2].content, Code)
