"""Names of a text on the page: shown, corrected, and what has them translated again."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from chatdesk.domain.glossaries import Term
from chatdesk.domain.translations import SegmentState
from chatdesk.ui.translate.names import Names
from tests.fakes.engine import FakeEngine
from tests.ui.translate.text_desk import TextDesk

TEXT = "We met Mary Smith there.\nThe bread is good.\nThen Mary Smith went to Riverton.\nWe like Riverton."


class Namer(FakeEngine):
    """Writes Riverton as it was told to, else as it likes."""

    def generate(self, batch, cancel):
        self.answers = [self._said(request) for request in batch.requests]
        return super().generate(batch, cancel)

    def _said(self, request):
        if request.schema is not None:
            return json.dumps({"names": [{"name": "Riverton", "written": "Flussstadt"}]})
        asked = request.turns[-1].text
        name = asked.partition("Riverton = ")[2].partition('"')[0]
        return f"Wir mögen es in {name or 'der Stadt'}, {'Mary Smith ' * ('Smith' in asked)}und im Hafen."


@pytest.fixture
def desk(qtbot, monkeypatch):
    # Asked as an ordinary chat model is.
    monkeypatch.setattr("chatdesk.flows.translate.translator_for", lambda *_: None)
    desk = TextDesk(qtbot)
    desk.engine = Namer()
    desk.restart()
    desk.names = Names(desk.control, desk.control._rooms)
    yield desk
    desk.names.close()
    desk.close()


def translated(desk):
    desk.page.from_.show_language("en")
    desk.write(TEXT)
    desk.run()
    return desk.names.sheet


def rows(sheet):
    model = sheet.model
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def test_the_list_is_offered_where_a_text_has_names(desk):
    assert desk.page.names.isHidden()
    sheet = translated(desk)
    assert desk.page.names.text().strip() == "Names (2)"
    desk.page.names.click()
    desk.wait(lambda: rows(sheet)[0][2])
    assert rows(sheet) == [["Mary Smith", "Mary Smith", "2"], ["Riverton", "Flussstadt", "2"]]
    desk.control.clear()
    assert desk.page.names.isHidden()


def test_a_corrected_name_marks_what_has_it_and_is_translated_at_once(desk, qtbot):
    sheet = translated(desk)
    desk.page.names.click()
    sheet.table.setCurrentIndex(sheet.model.index(1, 0))
    qtbot.keyClick(sheet.table, Qt.Key.Key_Return)
    editor = sheet.table.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Flussheim")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: "2 paragraphs with this name" in sheet.notice.text)
    assert [str(each) for each in desk.states] == ["done", "done", "waiting", "waiting"]
    assert "Flussstadt" in desk.texts[3]
    kept = desk.store.translation(desk.control.shown.translation.id)
    assert kept.names[1] == Term("Riverton", "Flussheim")
    assert kept.segments[3].state is SegmentState.waiting
    asked = desk.asked()
    sheet.notice.action.emit()
    desk.wait(lambda: not desk.control.run.busy and desk.asked() > asked)
    assert desk.asked() == asked + 2
    assert "Flussheim" in desk.texts[2]
    assert "Flussheim" in desk.texts[3]
    assert set(desk.states) == {SegmentState.done}
    assert not sheet.isVisible()


def test_what_is_marked_is_still_marked_and_readable_after_a_restart(desk):
    translated(desk)
    desk.names.correct(Term("Riverton", "Flussheim"))
    desk.wait(lambda: SegmentState.waiting in desk.states)
    desk.names.close()
    desk.restart()
    assert [str(each) for each in desk.states] == ["done", "done", "waiting", "waiting"]
    assert "Flussstadt" in desk.texts[3]


def test_a_name_that_no_paragraph_lacks_is_corrected_without_asking_again(desk):
    sheet = translated(desk)
    desk.names.correct(Term("Mary Smith", "Smith"))
    desk.wait(lambda: "No paragraph" in sheet.notice.text)
    assert SegmentState.waiting not in desk.states


def test_while_the_text_is_translated_names_stay(desk):
    sheet = translated(desk)
    desk.engine.hold_after = 1
    desk.write(TEXT + "\nAnd Boston, too.")
    desk.page.run.click()
    desk.wait(desk.engine.holding.is_set)
    desk.names.correct(Term("Riverton", "Flussheim"))
    assert "being translated" in sheet.notice.text
    desk.engine.gate.set()
    desk.wait(lambda: not desk.control.run.busy)
    assert Term("Riverton", "Flussstadt") in desk.control.shown.translation.names


@pytest.mark.parametrize("text", ["", "  ", "Flussstadt"])
def test_an_empty_or_unchanged_cell_changes_nothing(desk, text):
    sheet = translated(desk)
    desk.page.names.click()
    corrected = []
    sheet.model.corrected.connect(corrected.append)
    assert not sheet.model.setData(sheet.model.index(1, 1), text)
    assert not sheet.model.setData(sheet.model.index(1, 0), "x")
    assert corrected == []


def test_the_table_is_one_that_qt_understands(desk, qtmodeltester):
    sheet = translated(desk)
    desk.page.names.click()
    qtmodeltester.check(sheet.model)
