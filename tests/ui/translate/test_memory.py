"""The translation memory in its sheet: searched, deleted, imported, exported, cancelled."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from chatdesk.domain.document_errors import DocumentDiskFull
from chatdesk.domain.glossaries import Pair
from chatdesk.ui.translate.memory import SHOWN, MemoryControl
from chatdesk.ui.translate.memory_model import MemoryModel
from chatdesk.ui.translate.memory_view import MemoryView
from tests.ui.translate.desks import opened
from tests.ui.translate.test_documents import drop

WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUSE = Pair("The house is big.", "Das Haus ist groß.", "en", "de", WHEN)
SHIP = Pair("The ship is old.", "Das Schiff ist alt.", "en", "de", WHEN)


@pytest.fixture
def desk(qtbot, tmp_path):
    with opened(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def sheet(qtbot, desk):
    desk.memory.remember([HOUSE, SHIP])
    view = MemoryView()
    qtbot.addWidget(view)
    control = MemoryControl(view, desk.memory, desk.exchange, desk.workers.looks)
    control.show()
    yield control
    control.close()


def sources(sheet):
    return [pair.source for pair in sheet.view.model.pairs]


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, qtbot):
    model = MemoryModel()
    model.show_pairs((HOUSE, SHIP))
    qtmodeltester.check(model)


def test_all_pairs_are_there_with_their_count(sheet):
    assert sheet.view.count.text() == "2 pairs"
    assert set(sources(sheet)) == {HOUSE.source, SHIP.source}


def test_pairs_are_found_by_words_of_either_side(sheet, desk):
    sheet.view.search.setText("Schiff")
    desk.wait(lambda: sources(sheet) == [SHIP.source])
    assert sheet.view.count.text() == "1 of 2 pairs are shown; they have these words"
    sheet.view.search.setText("nothing like it")
    desk.wait(lambda: sources(sheet) == [])
    assert sheet.view.empty.text() == "No pair has these words."
    assert sheet.view.count.text() == "2 pairs"


def test_deleted_pairs_come_back_with_undo(sheet, desk, qtbot):
    sheet.view.table.selectAll()
    sheet.view.table.setFocus()
    qtbot.keyClick(sheet.view.table, Qt.Key.Key_Delete)
    assert desk.memory.count() == 0
    assert "Nothing is remembered yet" in sheet.view.empty.text()
    sheet.view.findChild(QPushButton, "banner-action").click()
    assert set(sources(sheet)) == {HOUSE.source, SHIP.source}


def test_an_exported_memory_comes_back_from_a_dropped_file(sheet, desk, tmp_path):
    path = tmp_path / "pairs.tmx"
    sheet.export(path)
    desk.wait(lambda: not sheet.busy)
    assert "Saved as" in sheet.view.notice.text
    desk.memory.forget([HOUSE, SHIP])
    drop(sheet.view, path)
    desk.wait(lambda: not sheet.busy and desk.memory.count() == 2)
    assert "2 pairs are imported." in sheet.view.notice.text
    assert {(pair.source, pair.target) for pair in sheet.view.model.pairs} == {
        (HOUSE.source, HOUSE.target),
        (SHIP.source, SHIP.target),
    }


def test_what_is_no_memory_is_said(sheet, desk, tmp_path):
    (tmp_path / "noise.tmx").write_bytes(b"<tmx><body><tu>")
    sheet.take_in([tmp_path / "noise.tmx", tmp_path / "gone.tmx"])
    desk.wait(lambda: not sheet.busy)
    assert "noise.tmx" in sheet.view.notice.text
    assert desk.memory.count() == 2


def test_a_cancelled_export_writes_nothing(sheet, desk, tmp_path):
    desk.memory.remember([Pair(f"Source {n}", f"Ziel {n}", "en", "de") for n in range(20_000)])
    sheet.export(tmp_path / "many.tmx")
    sheet.view.cancel.click()
    desk.wait(lambda: not sheet.busy)
    assert not (tmp_path / "many.tmx").exists()
    assert "nothing was written" in sheet.view.notice.text


def test_a_large_memory_is_imported_with_progress_and_listed_in_part(sheet, desk, tmp_path):
    pairs = [Pair(f"Source number {n}", f"Ziel Nummer {n}", "en", "de") for n in range(3_000)]
    sheet._exchange.write_pairs(pairs, tmp_path / "many.tmx", type("Never", (), {"cancelled": False})())
    shares = []
    show_work = sheet.view.show_work
    sheet.view.show_work = lambda words, share=-1: (shares.append(share), show_work(words, share))
    sheet.take_in([tmp_path / "many.tmx"])
    desk.wait(lambda: not sheet.busy)
    assert desk.memory.count() == 3_002
    assert len(sources(sheet)) == SHOWN
    assert sheet.view.count.text().startswith("500 of 3,002 pairs")
    assert max(shares) > 0


def test_a_second_file_waits_for_the_first(sheet, desk, tmp_path):
    sheet.export(tmp_path / "a.tmx")
    sheet.export(tmp_path / "b.tmx")
    assert "cancel it" in sheet.view.notice.text
    desk.wait(lambda: not sheet.busy)
    assert not (tmp_path / "b.tmx").exists()


def test_a_full_disk_is_said(sheet, desk, tmp_path, monkeypatch):
    def full(*_):
        raise DocumentDiskFull(tmp_path / "a.tmx")

    monkeypatch.setattr(sheet._exchange, "write_pairs", full)
    sheet.export(tmp_path / "a.tmx")
    desk.wait(lambda: not sheet.busy)
    assert "disk is full" in sheet.view.notice.text
