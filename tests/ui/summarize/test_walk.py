"""The walk through the whole application: real window, real reader, real starter model."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from chatdesk import app as application
from chatdesk.domain.summaries import Passage, SummaryState
from chatdesk.paths import find_home
from chatdesk.ui.summarize.export import write_summary

PATIENCE = 50_000  # milliseconds; a busy machine runs the model slowly
TEXT = (
    "The town of Lindhaven opened its new harbour in May 1932. The harbour has 14 cranes and two long quays. "
    "Mayor Anna Berg called the harbour a gate to the sea. The railway reached the quays in 1935."
)


class Walk:
    """Drops, clicks and reads as a user does."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app = qtbot, app
        app.window.show_page("summarize")
        self.control = app.summarize.controller
        self.page = self.control.page

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def drop(self, path):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        keys = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.page, QDragEnterEvent(QPoint(400, 300), action, data, button, keys))
        QApplication.sendEvent(self.page, QDropEvent(QPointF(400, 300), action, data, button, keys))

    def click(self, name):
        self.qtbot.mouseClick(self.page.findChild(QWidget, name), Qt.MouseButton.LeftButton)

    def click_sentence(self, number):
        view = self.page.result.text
        cursor = QTextCursor(view.document())
        cursor.setPosition(view.span_of(number)[0] + 1)
        place = view.cursorRect(cursor).center()
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def ended(self):
        self.wait(lambda: self.control.shown.summary is not None)
        self.wait(lambda: not self.control.runs.run(self.control.shown.summary.id))
        return self.control.shown.summary


@pytest.fixture
def start(qtbot):
    """Start the application; called again it starts a second time in the same folder."""
    running = []

    def start():
        for before in running:
            before.window.close()
        built = application.build(find_home())
        running.append(built)
        qtbot.addWidget(built.window)
        built.window.show()
        return Walk(qtbot, built)

    yield start
    for built in running:
        built.window.close()
        built.close()


@pytest.mark.timeout(150)
def test_a_dropped_document_is_planned_summarised_and_a_sentence_leads_to_its_passage(start, tmp_path):
    walk = start()
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, encoding="utf-8")
    walk.drop(path)
    walk.wait(lambda: "token" in walk.page.plan.plan.text())
    walk.click("summarize-run")
    summary = walk.ended()
    assert summary.state is SummaryState.done
    assert summary.text
    resting = [number for number, sentence in enumerate(summary.sentences) if sentence.passages]
    if resting:  # what the demonstration model writes is its own affair
        walk.click_sentence(resting[0])
        assert walk.page.result.source.isVisible()
        passage = summary.sentences[resting[0]].passages[0]
        assert walk.page.result.source.marked[0] == TEXT[passage.start : passage.end]
    walk.qtbot.keyClick(walk.app.window, Qt.Key.Key_Escape)
    assert not walk.page.result.source.isVisible()
    walk.click("ask-in-chat")
    assert walk.app.window.page_name == "chat"
    assert [each.name for each in walk.app.chat.page.composer.draft().attachments] == ["harbour.txt"]


@pytest.mark.timeout(240)
def test_a_stopped_summary_goes_on_after_a_restart_and_finished_parts_are_not_asked_again(start, tmp_path):
    walk = start()
    path = tmp_path / "long.txt"
    lines = [f"{TEXT} Report number {n} was sold for {n * 7 + 300} crowns." for n in range(44)]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    walk.drop(path)
    walk.wait(lambda: "parts" in walk.page.plan.plan.text())
    walk.click("summarize-run")
    walk.wait(lambda: walk.page.result.parts.done >= 2)
    walk.click("stop-summary")
    summary = walk.ended()
    assert summary.state is SummaryState.stopped
    done = walk.page.result.parts.done
    asked = []
    again = start()
    generate = again.app.engine.generate

    def counted(batch, cancel):
        asked.extend(batch.requests)
        return generate(batch, cancel)

    again.app.engine.generate = counted
    again.control.show(summary.id)
    again.click("resume-summary")
    assert again.ended().state is SummaryState.done
    parts = again.page.result.parts.topLevelItemCount()
    of_parts = [request for request in asked if "Read this part" in request.turns[-1].text]
    assert len({request.turns for request in of_parts}) <= parts - done


@pytest.mark.timeout(150)
def test_a_document_of_pages_leads_to_the_page_and_shows_how_it_looks(start, tmp_path):
    """A PDF is written, dropped and read; a passage on its second page names that page."""
    from chatdesk.domain.chat import DocumentId
    from chatdesk.domain.documents import Document
    from chatdesk.domain.summaries import Summary, SummaryWishes

    walk = start()
    path = tmp_path / "two.pdf"
    text = "\n\n".join(f"Paragraph {number} says that it rained in week {number}." for number in range(90))
    source = Summary(DocumentId("0"), "two", SummaryWishes(), "Model", text=text)
    write_summary(path, "pdf", source, Document("two", text))
    walk.drop(path)
    walk.wait(lambda: "token" in walk.page.plan.plan.text())
    assert "pages" in walk.page.plan.document.accessibleName()
    document = walk.control.planning.document
    second = document.units[1]
    walk.page.result.source.show_document(document)
    walk.page.result.source.go_to(second.start + 5)
    assert walk.page.result.source.where.whole == "Page 2"
    walk.click("summarize-run")
    walk.ended()
    source = walk.page.result.source
    walk.page.result.show_passages((Passage(second.start, second.start + 40),))
    walk.wait(lambda: source.page.isVisible() and source.page.has_page)
    assert source.page.accessibleName() == "Page 2 as a picture, with the passage marked"
    walk.wait(lambda: source.page.findChild(QLabel).height() > 100)
    source.go_to(0)
    walk.wait(lambda: source.page.accessibleName() == "Page 1 as a picture")


def test_keys_of_the_chat_mean_the_page_that_is_shown(start):
    walk = start()
    walk.app.window.activateWindow()
    walk.wait(walk.app.window.isActiveWindow)
    assert not walk.page.sidebar.isHidden()
    walk.qtbot.keyClick(walk.app.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert walk.page.sidebar.isHidden()
    walk.qtbot.keyClick(walk.app.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert walk.page.sidebar.search.hasFocus()
    walk.qtbot.keyClick(walk.app.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert walk.app.window.page_name == "chat"
    walk.qtbot.keyClick(walk.app.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert walk.app.window.page_name == "summarize"
    walk.app.joints.use_model(walk.control._rooms.models.installed(walk.app.settings.value)[0].path)
    assert walk.app.window.page_name == "summarize"
