"""The list of results: a sound Qt model, and hundreds of rows without a stall."""

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from chatdesk.ui.models.find.result_list import ResultList, fitting
from chatdesk.ui.models.find.results import MODEL, ResultsModel
from tests.fakes.hub_port import remote_model

MANY = [remote_model(f"owner{i}/Model-{i}-with-a-rather-long-name-GGUF", downloads=i) for i in range(500)]
FRAME = 0.1  # seconds of work for one turn of the wheel that still feel immediate, on a machine that is busy


@pytest.fixture
def shown(qtbot):
    made = ResultList()
    qtbot.addWidget(made)
    made.resize(380, 600)
    made.show()
    return made


def test_the_model_keeps_the_rules_of_qt(qtmodeltester):
    model = ResultsModel()
    qtmodeltester.check(model)
    model.show(MANY[:20])
    qtmodeltester.check(model)
    model.show(MANY[:30])
    model.show(MANY[10:15])
    qtmodeltester.check(model)


def test_a_row_says_all_of_it_to_a_screen_reader():
    model = ResultsModel()
    model.show([remote_model("maker/Tiny-GGUF", gated=True)])
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Tiny-GGUF by maker, 4.0 B parameters, terms to accept, 1.2 M downloads, 321 likes, apache-2.0, qwen3"
    )
    assert index.data(MODEL).id == "maker/Tiny-GGUF"


def test_a_row_shows_whole_facts_alone(shown):
    font = shown.fontMetrics()
    room = font.horizontalAdvance("maker · 4 B · 12 likes")
    assert fitting(("maker", "4 B", "12 likes", "apache-2.0"), font, room) == "maker · 4 B · 12 likes"
    assert fitting(("maker", "4 B", "12 likes"), font, room - 1) == "maker · 4 B"
    assert fitting(("maker", "4 B"), font, 0) == "maker"


def test_a_repository_is_found_whatever_its_letters():
    model = ResultsModel()
    model.show(MANY)
    assert model.index_of("OWNER7/model-7-with-a-rather-long-name-gguf").row() == 7
    assert not model.index_of("x/y").isValid()
    assert model.model_at(model.index_of("x/y")) is None


def test_more_of_the_same_keeps_the_place_and_the_choice(shown):
    shown.show_results(MANY[:60])
    shown.setCurrentIndex(shown.results.index(40))
    shown.scrollTo(shown.currentIndex())
    place = shown.verticalScrollBar().value()
    shown.show_results(MANY[:120], MANY[40].id)
    assert shown.currentIndex().row() == 40
    assert shown.verticalScrollBar().value() == place


def test_showing_results_chooses_nothing_by_itself(shown):
    sent = []
    shown.chosen.connect(sent.append)
    shown.show_results(MANY[:5], MANY[2].id)
    shown.show_results(MANY[10:15])
    assert not sent
    shown.setCurrentIndex(shown.results.index(1))
    assert sent == [MANY[11].id]


def wheel(shown):
    middle = QPointF(shown.viewport().rect().center())
    event = QWheelEvent(
        middle,
        QPointF(shown.viewport().mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(shown.viewport(), event)


def test_five_hundred_results_scroll_without_a_stall(shown):
    shown.show_results(MANY)
    QApplication.processEvents()
    bar, took = shown.verticalScrollBar(), []
    while bar.value() < bar.maximum() and len(took) < 600:
        begun = time.thread_time()
        wheel(shown)
        shown.viewport().repaint()
        took.append(time.thread_time() - begun)
    assert bar.value() == bar.maximum()
    assert max(took) < FRAME
