"""The walk through the page that translates: real window, real starter model."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from chatdesk import app as application
from chatdesk.domain.generation import TextDelta
from chatdesk.domain.translations import SegmentState
from chatdesk.paths import find_home

PATIENCE = 60_000  # milliseconds; a busy machine runs the model slowly
CONTROL = Qt.KeyboardModifier.ControlModifier


class Walk:
    """Types, clicks and reads as a user does; `asked` are the requests that the model got.

    The model waits after its first word until `seen` is set: how fast it is decides nothing.
    """

    def __init__(self, qtbot, app):
        self.seen = Event()
        self.seen.set()
        self.qtbot, self.app = qtbot, app
        app.window.show_page("translate")
        self.control = app.translate.controller
        self.page = self.control.page
        self.asked = []
        generate = app.engine.generate

        def counted(batch, cancel):
            self.asked.extend(batch.requests)
            for event in generate(batch, cancel):
                yield event
                if isinstance(event[1], TextDelta):
                    self.seen.wait(PATIENCE / 1000)

        app.engine.generate = counted

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def press(self, pane, key, held=Qt.KeyboardModifier.NoModifier):
        pane.setFocus()
        self.qtbot.keyClick(pane, key, held)

    def choose(self, name, language):
        choice = self.page.findChild(QWidget, name)
        choice.list.search.setText(language)
        choice.list.list.itemClicked.emit(choice.list.list.currentItem())

    def translated(self):
        self.wait(lambda: not self.control.run.busy)
        return list(self.page.target.pieces.texts)

    def stored(self):
        self.control.paragraphs.keep()
        self.wait(lambda: not any(runner._alive for runner in self.app.translate._runners))


@pytest.fixture
def walk(qtbot):
    built = application.build(find_home())
    qtbot.addWidget(built.window)
    built.window.show()
    built.window.activateWindow()
    qtbot.waitUntil(built.window.isActiveWindow)
    yield Walk(qtbot, built)
    built.window.close()
    built.close()


@pytest.mark.timeout(240)
def test_text_is_typed_streamed_edited_and_used_again_from_the_memory(walk):
    page, source, target = walk.page, walk.page.source, walk.page.target
    walk.choose("translate-from", "English")
    walk.choose("translate-to", "German")
    grown = []
    walk.seen.clear()

    def grew(number, text):
        grown.append(target.pieces.texts[number])
        walk.seen.set()

    walk.control.run.grew.connect(grew)
    walk.qtbot.keyClicks(source, "The harbour is open.")
    walk.press(source, Qt.Key.Key_Return)
    walk.qtbot.keyClicks(source, "The ship is late.")
    walk.press(source, Qt.Key.Key_Return, CONTROL)
    assert walk.control.run.busy
    first, second = walk.translated()
    assert all((first, second))
    assert grown[0]
    assert len(grown[0]) < len(first)
    before = len(walk.asked)

    page.panes.go_to(0)
    target.setFocus()
    walk.qtbot.keyClicks(target, " Ja!")
    walk.stored()
    assert walk.control.shown.segments[0].state is SegmentState.confirmed

    source.moveCursor(QTextCursor.MoveOperation.End)
    walk.press(source, Qt.Key.Key_Backspace)
    walk.qtbot.keyClicks(source, " today.")
    walk.press(source, Qt.Key.Key_Return, CONTROL)
    texts = walk.translated()
    assert texts[0] == f"{first} Ja!"
    assert before < len(walk.asked) <= before + 2  # once more where the model went wrong
    assert all("harbour" not in request.turns[-1].text for request in walk.asked[before:])

    before = len(walk.asked)
    page.clear.click()
    walk.qtbot.keyClicks(source, "The harbour is open.")
    walk.press(source, Qt.Key.Key_Return, CONTROL)
    assert walk.translated() == [f"{first} Ja!"]
    assert len(walk.asked) == before


@pytest.mark.timeout(120)
def test_a_language_that_nobody_has_listed_is_told_and_tried(walk):
    walk.choose("translate-to", "Klingon")
    assert walk.page.to.language == "Klingon"
    walk.wait(lambda: "not Klingon" in walk.page.doubt.text)
    walk.qtbot.keyClicks(walk.page.source, "The harbour is open.")
    walk.press(walk.page.source, Qt.Key.Key_Return, CONTROL)
    walk.translated()
    assert walk.page.source.text == "The harbour is open."


def test_keys_lead_to_the_page_and_swap_on_it_alone(walk):
    window = walk.app.window
    window.show_page("chat")
    walk.page.from_.show_language("en")
    walk.page.to.show_language("de")
    walk.qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    assert walk.page.to.language == "de"
    walk.qtbot.keyClick(window, Qt.Key.Key_4, CONTROL)
    assert window.page_name == "translate"
    walk.qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    assert (walk.page.from_.language, walk.page.to.language) == ("de", "en")


def test_all_pages_ask_one_process_for_the_language_of_a_text(walk):
    walk.app.window.show_page("summarize")
    walk.app.window.show_page("translate")
    summaries, translations = walk.app.summarize._rooms, walk.app.translate._rooms
    assert summaries.languages is translations.languages is walk.app.languages
