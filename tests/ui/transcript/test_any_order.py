"""Whatever is called in whatever order, the rows stand in order, without overlap, and show their messages."""

import itertools
import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from chatdesk.domain.chat import Message, MessageState, Role, ShownMessage
from chatdesk.ui.transcript.formats import DARK, LIGHT
from chatdesk.ui.transcript.rows import Bubble
from tests.ui.transcript.corpus import ANSWER, BROKEN


class Anything:
    """Does random things to a view."""

    def __init__(self, view, shown, seed):
        self.view = view
        self.shown = shown
        self.pick = random.Random(seed)
        self.messages = []
        self.growing = None

    def text(self):
        length = self.pick.choice((0, 3, 40, 400, 3000))
        start = self.pick.randrange(len(ANSWER))
        return self.pick.choice((ANSWER[start : start + length], self.pick.choice(list(BROKEN.values()))))

    def append(self):
        role = self.pick.choice(("user", "assistant"))
        state = self.pick.choice(list(MessageState))
        self.messages.append(
            self.shown(role, self.text(), state=state, thinking=self.pick.choice(("", "hm")))
        )
        self.view.append(self.messages[-1])

    def refresh(self):
        self.view.show_messages(self.messages, keep_place=self.pick.random() < 0.7)

    def drop_one(self):
        if self.messages and self.growing is None:
            self.messages.pop(self.pick.randrange(len(self.messages)))
            self.refresh()

    def begin(self):
        if self.growing is None:
            self.growing = self.shown("assistant", "", state=MessageState.streaming)
            self.messages.append(self.growing)
            self.view.append(self.growing)
            self.view.begin_stream(self.growing.message.id)

    def feed(self):
        if self.growing is not None:
            self.view.feed_thinking(self.growing.message.id, self.pick.choice(("", "thought ")))
            self.view.feed_text(self.growing.message.id, self.text())
            self.view._pulse.beat()

    def end(self):
        if self.growing is not None:
            text = self.view.text_of(self.growing.message.id)
            done = ShownMessage(
                Message(Role.assistant, text, id=self.growing.message.id), self.growing.versions
            )
            self.messages[self.messages.index(self.growing)] = done
            self.growing = None
            self.view.end_stream(done)

    def scroll(self):
        bar = self.view.verticalScrollBar()
        self.pick.choice(
            (
                lambda: bar.setValue(self.pick.randint(0, bar.maximum())),
                lambda: self.view.scroll_by(self.pick.randint(-900, 900)),
                self.view.scroll_to_end,
                lambda: self.view.anchor_entry(0, -20) if self.messages else None,
            )
        )()

    def look(self):
        self.pick.choice(
            (
                lambda: self.view.resize(self.pick.randint(200, 1000), self.pick.randint(80, 900)),
                lambda: self.view.set_text_size(self.pick.choice((70, 100, 160))),
                lambda: self.view.set_colours(self.pick.choice((LIGHT, DARK))),
                lambda: self.view.set_view_start(
                    self.pick.choice(self.messages).message.id if self.messages else None
                ),
            )
        )()

    def read(self):
        for hit in self.view.find(self.pick.choice(("a", "the", "x", "")))[:3]:
            self.view.show_hit(hit)
        self.view.select_all()
        assert isinstance(self.view.selected_text(), str)

    def think(self, qtbot):
        rows = [row for row in self.view.live_rows() if row.widget.findChild(QToolButton, "thinking")]
        if rows:
            qtbot.mouseClick(rows[0].widget.stops()[0], Qt.MouseButton.LeftButton)


def check(view, messages):
    assert [entry.id for entry in view.entries] == [one.message.id for one in messages]
    rows = [row for row in view.live_rows() if row.widget.isVisible()]
    for above, below in itertools.pairwise(rows):
        assert below.widget.y() >= above.widget.y() + above.height
    for entry in view.entries:
        assert all(row.index == index for index, row in enumerate(entry.rows or ()))
    for row in rows:
        if isinstance(row.content, Bubble) and row.content.whole:
            text = row.widget.text.toPlainText().replace("\u2028", "\n")
            assert text == row.content.text.removesuffix("\n").replace("\u2028", "\n")
    if view.at_end and messages:
        last = view.live_rows()[-1]
        assert last.place == (len(messages) - 1, len(last.entry.rows) - 1)


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_calls_keeps_the_column_sound(view, shown, qtbot, seed):
    doing = Anything(view, shown, seed)
    doing.refresh()
    actions = [doing.append, doing.refresh, doing.drop_one, doing.begin, doing.feed, doing.feed, doing.end]
    actions += [doing.scroll, doing.scroll, doing.look, doing.read, lambda: doing.think(qtbot)]
    for step in range(120):
        doing.pick.choice(actions)()
        if step % 5 == 0:
            qtbot.wait(1)
        check(view, doing.messages)
