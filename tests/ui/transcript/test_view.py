"""The conversation as the chat page uses it."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton

from chatdesk.domain.chat import Message, MessageState, Role, ShownMessage
from chatdesk.domain.generation import AnswerFacts, StopReason
from chatdesk.ui.transcript.formats import DARK
from chatdesk.ui.transcript.row_widget import RowText
from chatdesk.ui.transcript.rows import Bubble, Code, Notice, Plain, Problem, Progress, Prose, Table, Thinking
from tests.ui.transcript.corpus import ANSWER, cut

FACTS = AnswerFacts(StopReason.end, 100, 0, 412, 0.41, 11.2)


def texts(view, kind):
    return [row.widget.text.toPlainText() for row in view.live_rows() if isinstance(row.content, kind)]


def contents(view, kind):
    return [row.content for row in view.live_rows() if isinstance(row.content, kind)]


def button(view, name):
    """The button of the lowest row that has one."""
    found = [stop for row in view.live_rows() for stop in row.widget.stops() if stop.objectName() == name]
    assert found, f"no button {name}"
    return found[-1]


def has_button(view, name):
    return any(one.isVisibleTo(view) for one in view.findChildren(QToolButton, name))


def test_questions_are_shown_as_they_are_and_answers_as_markdown(view, shown):
    view.show_messages([shown("user", "a *b*\n  c"), shown("assistant", "a *b*", model="Qwen3")])
    assert texts(view, Bubble) == ["a *b*\n  c"]
    assert texts(view, Prose) == ["a b"]
    assert any(label.text() == "Qwen3" for label in view.findChildren(QLabel))


def test_an_empty_chat_and_an_empty_message_are_shown(view, shown):
    view.show_messages([])
    view.show_messages([shown("user", ""), shown("assistant", "")])
    view.scroll_to_end()
    assert len(view.live_rows()) >= 3


@pytest.mark.parametrize("size", [1, 7, 60])
def test_a_streamed_answer_ends_as_the_same_message_opened(view, shown, size, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([shown("user", "go"), growing])
    view.begin_stream(growing.message.id)
    for piece in cut(ANSWER, size):
        view.feed_text(growing.message.id, piece)
    done = ShownMessage(Message(Role.assistant, ANSWER, id=growing.message.id), growing.versions)
    view.end_stream(done)
    streamed = [(type(row.content), row.height) for row in view.entries[1].ensure_rows()]
    view.show_messages([shown("user", "go"), done])
    assert [type(row.content) for row in view.entries[1].ensure_rows()] == [kind for kind, _ in streamed]
    assert view.text_of(growing.message.id) == ANSWER


def test_what_arrives_is_drawn_within_a_pulse(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([shown("user", "go"), growing])
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, "Hello **wor")
    assert texts(view, Prose) == []
    qtbot.waitUntil(lambda: texts(view, Prose) == ["Hello **wor"])
    view.feed_text(growing.message.id, "ld**")
    qtbot.waitUntil(lambda: texts(view, Prose) == ["Hello world"])


def test_a_stream_goes_on_from_the_text_that_is_there(view, shown):
    half = shown("assistant", "Half of", state=MessageState.stopped)
    view.show_messages([half])
    view.begin_stream(half.message.id)
    view.feed_text(half.message.id, " it")
    view.end_stream(ShownMessage(Message(Role.assistant, "Half of it", id=half.message.id), half.versions))
    assert texts(view, Prose) == ["Half of it"]


def test_calls_about_a_message_that_is_not_shown_do_nothing(view, shown):
    view.show_messages([shown("user", "hello")])
    for call in (view.begin_stream, view.show_message):
        call("elsewhere")
    view.feed_text("elsewhere", "x")
    view.feed_thinking("elsewhere", "x")
    view.set_progress("elsewhere", "x")
    view.end_stream(shown("assistant", "x"))
    view.replace(shown("assistant", "x"))
    assert view.text_of("elsewhere") == ""
    assert len(view.entries) == 1


def test_progress_stands_where_the_answer_will_be(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    view.set_progress(growing.message.id, "Reading the question… 40 %")
    assert [one.sentence for one in contents(view, Progress)] == ["Reading the question… 40 %"]
    view.feed_text(growing.message.id, "The answer")
    qtbot.waitUntil(lambda: texts(view, Prose) == ["The answer"])
    assert not contents(view, Progress)


def test_thinking_is_folded_and_opens_by_click(view, shown, qtbot):
    view.show_messages([shown("assistant", "answer", thinking="first\nthen")])
    assert texts(view, Plain) == []
    qtbot.mouseClick(button(view, "thinking"), Qt.MouseButton.LeftButton)
    assert texts(view, Plain) == ["first\nthen"]
    qtbot.mouseClick(button(view, "thinking"), Qt.MouseButton.LeftButton)
    assert texts(view, Plain) == []


def test_thinking_says_how_long_it_took(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    view.feed_thinking(growing.message.id, "hm")
    qtbot.waitUntil(lambda: [one.seconds for one in contents(view, Thinking)] == [-1])
    assert button(view, "thinking").accessibleName() == "Thinking…"
    view.feed_text(growing.message.id, "answer")
    qtbot.waitUntil(lambda: texts(view, Prose) == ["answer"])
    assert button(view, "thinking").accessibleName() == "Thought for 1 s"
    message = Message(Role.assistant, "answer", thinking="hm", id=growing.message.id)
    view.end_stream(ShownMessage(message, growing.versions))
    assert button(view, "thinking").accessibleName() == "Thought for 1 s"


def test_open_thinking_grows_with_what_arrives(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    view.feed_thinking(growing.message.id, "one")
    qtbot.waitUntil(lambda: bool(contents(view, Thinking)))
    button(view, "thinking").click()
    view.feed_thinking(growing.message.id, " two")
    qtbot.waitUntil(lambda: texts(view, Plain) == ["one two"])


@pytest.mark.parametrize("action", ["copy", "regenerate", "previous_version", "next_version"])
def test_the_buttons_of_an_answer_report_what_is_wanted(view, shown, qtbot, action):
    answer = shown("assistant", "answer", versions=(3, 1), facts=FACTS)
    view.show_messages([shown("user", "question"), answer])
    with qtbot.waitSignal(view.action_requested) as wanted:
        qtbot.mouseClick(button(view, action), Qt.MouseButton.LeftButton)
    assert wanted.args == [action, answer.message.id]


def test_questions_and_answers_can_be_edited(view, shown, qtbot):
    question, answer = shown("user", "question"), shown("assistant", "answer")
    view.show_messages([question, answer])
    for message, name in ((question, "Edit and send again"), (answer, "Edit the answer")):
        edit = view.footer_button(message.message.id, "edit")
        assert edit.accessibleName() == name
        with qtbot.waitSignal(view.action_requested) as wanted:
            edit.click()
        assert wanted.args == ["edit", message.message.id]


def test_an_answer_that_the_user_changed_says_so(view, shown):
    view.show_messages([shown("assistant", "answer", model="M", edited=True)])
    words = [label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view)]
    assert "M · edited by you" in words


def test_facts_and_versions_stand_below_the_last_answer(view, shown):
    view.show_messages([shown("assistant", "answer", versions=(3, 1), facts=FACTS)])
    words = [label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view)]
    assert "412 tokens · 38.1 tokens/s · first token after 0.4 s" in words
    assert "2/3" in words


@pytest.mark.parametrize(
    "fields",
    [
        {"state": MessageState.stopped},
        {"state": MessageState.failed, "error": "It broke."},
        {"facts": AnswerFacts(StopReason.length, 1, 0, 9, 0.1, 1.0)},
    ],
)
def test_an_answer_that_was_cut_short_can_be_continued(view, shown, fields):
    view.show_messages([shown("assistant", "half", **fields)])
    assert has_button(view, "continue")
    view.append(shown("user", "next"))
    assert not has_button(view, "continue")


def test_a_finished_answer_cannot_be_continued(view, shown):
    view.show_messages([shown("assistant", "whole", facts=FACTS)])
    assert not has_button(view, "continue")


def test_failures_and_stops_are_said(view, shown):
    view.show_messages(
        [
            shown("assistant", "a", state=MessageState.stopped),
            shown("assistant", "b", state=MessageState.failed, error="The model ran out of memory."),
        ]
    )
    assert [one.sentence for one in contents(view, Problem)] == ["The model ran out of memory."]
    assert any(label.text() == "Stopped" for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_replacing_a_message_shows_its_new_text(view, shown):
    old = shown("assistant", "old")
    view.show_messages([old])
    view.replace(ShownMessage(Message(Role.assistant, "new", id=old.message.id), old.versions))
    assert texts(view, Prose) == ["new"]


def test_the_start_of_the_models_view_is_a_line_above_a_message(view, shown):
    messages = [shown("user", "one"), shown("user", "two")]
    view.show_messages(messages)
    view.set_view_start(messages[1].message.id)
    assert [(row.entry.index, row.index) for row in view.live_rows() if isinstance(row.content, Notice)] == [
        (1, 0)
    ]
    view.set_view_start(None)
    assert not contents(view, Notice)


def test_code_is_copied_whole_and_without_colours(view, shown, qtbot):
    code = "".join(f"line {number}\n" for number in range(700))
    view.show_messages([shown("assistant", f"```python\n{code}```\n")])
    view.anchor_entry(0, 0)
    qtbot.mouseClick(button(view, "copy-code"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == code.removesuffix("\n")


@pytest.mark.parametrize(
    "text",
    [
        "<img src='http://evil.example/x.png'>",
        "![a](http://evil.example/x.png)",
        "![a](file:///etc/passwd)",
        "![a](//host/share/x.png)",
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "| ![a](http://evil.example/x.png) |\n|---|\n| [x](data:text/html,y) |",
    ],
)
def test_nothing_in_an_answer_is_loaded_or_linked(view, shown, monkeypatch, text):
    asked = []
    monkeypatch.setattr(RowText, "loadResource", lambda self, kind, name: asked.append(name))
    view.show_messages([shown("assistant", text), shown("user", text)])
    view.grab()
    assert not asked
    for row in view.live_rows():
        if row.widget.text is not None:
            html = row.widget.text.toHtml().partition("<body")[2]
            assert not re.search(r'href="(?!https?://|mailto:)', html)
            assert "<img" not in html


def test_a_clicked_link_is_reported_and_not_opened(view, shown, qtbot):
    view.show_messages([shown("assistant", "[map](https://example.org/a%20b?c=1)")])
    text = next(row.widget.text for row in view.live_rows() if isinstance(row.content, Prose))
    with qtbot.waitSignal(view.link_activated) as link:
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert link.args == ["https://example.org/a%20b?c=1"]
    with qtbot.assertNotEmitted(view.link_activated):
        text.anchorClicked.emit(QUrl("file:///etc/passwd"))


def test_colours_and_text_size_reach_what_is_on_screen(view, shown):
    view.show_messages([shown("user", "question"), shown("assistant", "answer\n\n```\ncode\n```")])
    before = [row.height for row in view.live_rows() if isinstance(row.content, Prose)]
    view.set_colours(DARK)
    view.set_text_size(160)
    row = next(row for row in view.live_rows() if isinstance(row.content, Prose))
    style = row.widget.text.document().begin().begin().fragment().charFormat()
    assert style.foreground().color().name() == DARK.text
    assert row.height > before[0]


def test_rows_and_buttons_have_names_for_screen_readers(view, shown):
    view.show_messages(
        [shown("user", "question"), shown("assistant", "an **answer**\n\n```python\nx = 1\n```\n")]
    )
    names = []
    for row in view.live_rows():
        for stop in row.widget.stops():
            interface = QAccessible.queryAccessibleInterface(stop)
            names.append(interface.text(QAccessible.Text.Name))
    assert all(names)
    assert {
        "Your message",
        "Answer",
        "python code",
        "Copy code",
        "Answer again",
        "Edit and send again",
    } <= set(names)
    prose = next(row for row in view.live_rows() if isinstance(row.content, Prose))
    interface = QAccessible.queryAccessibleInterface(prose.widget.text).textInterface()
    assert interface.text(0, interface.characterCount()) == "an answer"


def test_the_footer_of_an_older_answer_shows_near_the_pointer(view, shown, qtbot):
    view.show_messages([shown("assistant", "one", facts=FACTS), shown("assistant", "two", facts=FACTS)])
    first = next(row for row in view.live_rows() if isinstance(row.content, Prose))
    facts = view.findChildren(QLabel, "facts")
    assert sum(label.isVisibleTo(view) for label in facts) == 1
    first.widget.entered.emit(first.widget)
    assert sum(label.isVisibleTo(view) for label in facts) == 2


def test_a_five_megabyte_paste_makes_few_widgets(view, shown):
    view.show_messages([shown("user", "a line of a log that somebody pasted\n" * 140_000)])
    assert len(view.live_rows()) < 15
    assert all(len(row.content.text) < 5000 for row in view.live_rows() if isinstance(row.content, Bubble))


def test_a_megabyte_in_one_line_makes_few_widgets(view, shown):
    view.show_messages([shown("assistant", "word " * 200_000)])
    assert len(view.live_rows()) < 15


def test_code_in_a_stream_keeps_growing_in_one_row(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, "```py\na = 1\n")
    qtbot.waitUntil(lambda: texts(view, Code) == ["a = 1"])
    widget = next(row.widget for row in view.live_rows() if isinstance(row.content, Code))
    view.feed_text(growing.message.id, "b = 2\n")
    qtbot.waitUntil(lambda: texts(view, Code) == ["a = 1\nb = 2"])
    assert next(row.widget for row in view.live_rows() if isinstance(row.content, Code)) is widget


def test_an_answer_grows_unseen_while_the_reader_is_elsewhere(view, shown, qtbot):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([shown("user", "word " * 3000), growing])
    view.begin_stream(growing.message.id)
    view.feed_text(growing.message.id, "first\n\nsecond")
    qtbot.waitUntil(lambda: bool(texts(view, Prose)))
    view.anchor_entry(0, 0)
    for piece in cut(ANSWER, 30):
        view.feed_text(growing.message.id, piece)
    view._pulse.beat()
    assert view.live_rows()[0].place == (0, 0)
    view.end_stream(ShownMessage(Message(Role.assistant, "done", id=growing.message.id), growing.versions))
    view.scroll_to_end()
    assert texts(view, Prose) == ["done"]


def test_a_table_grows_row_by_row_and_ends_as_the_same_table_opened(view, shown):
    growing = shown("assistant", "", state=MessageState.streaming)
    view.show_messages([growing])
    view.begin_stream(growing.message.id)
    source = "| a | b |\n|--:|---|\n" + "".join(f"| {n} | **cell** `{n}` |\n" for n in range(30))
    for piece in cut(source, 5):
        view.feed_text(growing.message.id, piece)
        view._pulse.beat()
    view.end_stream(ShownMessage(Message(Role.assistant, source, id=growing.message.id), growing.versions))
    streamed = [row.widget.text.toHtml() for row in view.live_rows() if isinstance(row.content, Table)]
    view.show_messages([shown("assistant", source)])
    assert streamed == [
        row.widget.text.toHtml() for row in view.live_rows() if isinstance(row.content, Table)
    ]
    assert len(streamed) == 2
