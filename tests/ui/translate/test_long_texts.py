"""Two thousand paragraphs stay responsive; what counts is the time of this thread, whatever else runs."""

import statistics
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chatdesk.ui.translate.layout import PaneLayout
from chatdesk.ui.translate.panes import Panes
from chatdesk.ui.translate.rows import TARGET

COUNT = 2000
SOURCES = [f"{n} The harbour opened in 1932 with {n} cranes. " * (1 + n % 3) for n in range(COUNT)]
GAPS = ["", *["\n\n"] * (COUNT - 1), ""]


def milliseconds(action, times=5):
    """The median of what an action and the drawing after it cost."""
    costs = []
    for number in range(times):
        start = time.thread_time()
        action(number)
        QApplication.processEvents()
        costs.append(1000 * (time.thread_time() - start))
    return statistics.median(costs)


@pytest.fixture
def panes(qtbot):
    made = Panes()
    made.resize(1100, 700)
    qtbot.addWidget(made)
    made.show()
    made.source.show_text("\n\n".join(SOURCES))
    made.show_pieces(GAPS, SOURCES, [text.upper() for text in SOURCES])
    QApplication.processEvents()
    return made


def test_it_opens_at_once(panes):
    def show(number):
        panes.source.show_text("\n\n".join(SOURCES[number:]))
        panes.show_pieces(GAPS[number:], SOURCES[number:], SOURCES[number:])

    assert milliseconds(show, 3) < 300


def test_a_letter_takes_no_time(panes, qtbot):
    assert milliseconds(lambda _: qtbot.keyClick(panes.source, Qt.Key.Key_A)) < 60
    panes.go_to(5)
    assert milliseconds(lambda _: qtbot.keyClick(panes.target, Qt.Key.Key_A)) < 60
    assert panes.target.pieces.texts[5].endswith("aaaaa")


def test_scrolling_and_growing_take_no_time(panes):
    bar = panes.source.verticalScrollBar()
    assert milliseconds(lambda number: bar.setValue(4000 * (number + 1))) < 60
    assert milliseconds(lambda number: panes.set_text(number, f"{SOURCES[number]} more")) < 60


def test_what_is_seen_stays_while_the_rest_is_measured(panes, qtbot):
    bar = panes.source.verticalScrollBar()
    bar.setValue(30_000)
    QApplication.processEvents()
    row = panes.rows.row_at(bar.value())
    qtbot.waitUntil(lambda: not panes._idle.isActive(), timeout=30_000)
    assert abs(panes.rows.row_at(bar.value()) - row) <= 1
    assert panes.target.verticalScrollBar().value() == bar.value()


def test_a_letter_into_a_megabyte_of_lines_takes_no_time(panes, qtbot):
    lines = [f"{n} The harbour opened in 1932 with many cranes." for n in range(21_000)]
    panes.source.show_text("\n".join(lines))
    panes.show_pieces(["", *["\n"] * (len(lines) - 1), ""], lines, lines)
    panes._idle.stop()
    panes.go_to(10_000)
    assert milliseconds(lambda _: qtbot.keyClick(panes.target, Qt.Key.Key_A)) < 250
    bar = panes.source.verticalScrollBar()
    assert milliseconds(lambda number: bar.setValue(90_000 * (number + 1))) < 100


def test_what_is_measured_stays_when_the_language_is_told_once_more(panes, qtbot):
    panes.target.set_language("de")
    qtbot.waitUntil(lambda: not panes._idle.isActive(), timeout=30_000)
    panes.target.set_language("en")
    assert panes.rows.guessed(TARGET, 0) == -1
    panes.target.set_language("ar")
    assert panes.rows.guessed(TARGET, 0) == 0


def test_a_line_of_a_megabyte_is_broken_once_for_all_that_has_changed(panes, qtbot, monkeypatch):
    sentences = [f"The harbour opened in 1932 with {n} cranes." for n in range(24_000)]
    gaps = ["", *[" "] * (len(sentences) - 1), ""]
    panes.source.show_text(" ".join(sentences))
    panes.show_pieces(gaps, sentences, sentences)
    qtbot.waitUntil(lambda: not panes._idle.isActive(), timeout=30_000)
    broken = []
    lay_out = PaneLayout._lay_out
    monkeypatch.setattr(
        PaneLayout, "_lay_out", lambda lines, block: broken.append(lines.side) or lay_out(lines, block)
    )
    bar = panes.source.verticalScrollBar()
    bar.setValue(100_000)
    for number in range(12_000, 12_008):
        panes.set_text(number, f"{sentences[number]} More.")
    QApplication.processEvents()
    assert broken == [TARGET]
    assert panes.target.text.count("More.") == 8
    assert bar.value() == 100_000

    panes.go_to(12_000)
    broken.clear()
    where = bar.value()
    qtbot.keyClick(panes.target, Qt.Key.Key_A)
    QApplication.processEvents()
    assert broken == [TARGET]
    assert panes.target.pieces.texts[12_000].endswith("More.a")
    assert bar.value() == where
