"""The list of files on the page: sorted, exported, opened, paused, and there again after a restart."""

import csv
import io
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt

from chatdesk.domain.settings import Theme
from chatdesk.domain.summaries import Form, SummaryState
from chatdesk.ui.summarize.queue_model import Column, QueueModel, QueueRow, table_text
from chatdesk.ui.summarize.queue_view import QueueView
from chatdesk.ui.theme import Themes
from tests.documents.made import report
from tests.ui.summarize.test_controller import drop


def row(number, **changes):
    values = {
        "id": str(number),
        "name": f"{number}.txt",
        "state": SummaryState.done,
        "line": "It rained.",
        "points": number,
        "language": "English",
        "pages": 10 - number,
        "created": datetime(2026, 1, number, 12, tzinfo=UTC),
        "path": f"/papers/{number}.txt",
    }
    return QueueRow(**(values | changes))


def test_the_model_keeps_the_rules_of_qt(qtmodeltester):
    model = QueueModel()
    model.show_rows([row(1), row(2)])
    qtmodeltester.check(model)
    model.show_rows([row(1), row(2, state=SummaryState.failed)])
    qtmodeltester.check(model)


@pytest.fixture
def view(qtbot):
    made = QueueView()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.show_rows([row(2), row(1), row(9)], running=False)
    return made


def shown(view):
    return [each.name for each in view.table.rows]


def test_columns_are_sorted_by_what_they_mean(view):
    assert shown(view) == ["2.txt", "1.txt", "9.txt"]
    view.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert shown(view) == ["9.txt", "2.txt", "1.txt"]
    view.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
    assert shown(view) == ["9.txt", "2.txt", "1.txt"]
    view.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert shown(view) == ["1.txt", "2.txt", "9.txt"]


def test_the_list_is_sorted_by_keyboard(view, qtbot):
    order = view.order
    assert order.column.accessibleName() == "Sort by"
    order.column.setFocus()
    qtbot.keyClick(order.column, Qt.Key.Key_Tab)
    qtbot.waitUntil(view.table.hasFocus)  # which way round it is has no meaning yet
    assert order.column.currentText() == "As added"
    assert not order.falling.isEnabled()
    qtbot.keyClick(order.column, Qt.Key.Key_Down)
    assert order.column.currentText() == "File"
    assert shown(view) == ["1.txt", "2.txt", "9.txt"]
    qtbot.keyClick(order.falling, Qt.Key.Key_Space)
    assert shown(view) == ["9.txt", "2.txt", "1.txt"]
    qtbot.keyClick(order.column, Qt.Key.Key_Home)
    assert shown(view) == ["2.txt", "1.txt", "9.txt"]
    assert not order.falling.isEnabled()


def test_a_click_on_the_head_is_told_beside_the_table(view):
    view.table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    assert view.order.column.currentText() == "Pages"
    assert view.order.falling.isChecked()
    view.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert view.order.column.currentText() == "File"
    assert not view.order.falling.isChecked()


def test_the_third_click_on_the_head_brings_back_the_order_of_adding(view, qtbot):
    head = view.table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(0) + 20, head.height() // 2)
    for names in (["1.txt", "2.txt", "9.txt"], ["9.txt", "2.txt", "1.txt"], ["2.txt", "1.txt", "9.txt"]):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert shown(view) == names
    assert view.order.column.currentText() == "As added"


def test_a_change_of_state_keeps_the_selection(view):
    view.table.selectRow(1)
    view.show_rows([row(2), row(1, state=SummaryState.running), row(9)], running=True)
    assert view.table.selected == ["1"]
    assert view.pause.isVisible()
    assert not view.run.isVisible()


def test_enter_opens_and_delete_removes(view, qtbot):
    view.table.selectRow(1)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert opened.args == ["1"]
    with qtbot.waitSignal(view.remove_requested) as removed:
        qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert removed.args == [["1"]]


def test_the_table_is_exported_without_formulas():
    text = table_text([row(1, line="=HYPERLINK(1)", name='a "b", c.txt')])
    head, first = csv.reader(io.StringIO(text))
    assert head[0] == "File"
    assert head[-1] == "Path"
    assert first[0] == 'a "b", c.txt'
    assert first[2] == "'=HYPERLINK(1)"


def test_the_languages_of_the_documents_are_listed_and_exported(desk, tmp_path):
    english, german = tmp_path / "harbour.txt", tmp_path / "hafen.txt"
    english.write_text("The harbour opened in 1932 with 14 cranes.", encoding="utf-8")
    german.write_text("Der Hafen wurde 1932 mit 14 Kränen eröffnet.", encoding="utf-8")
    desk.controller.take([english, german])
    desk.wait(lambda: desk.page.queue.table.rows)
    assert [each.language for each in desk.page.queue.table.rows] == ["", ""]
    desk.page.queue.run.click()
    desk.wait(lambda: not desk.controller.queue.running)
    assert [each.language for each in desk.page.queue.table.rows] == ["English", "German"]
    place = desk.page.queue.model.index(1, 4)
    assert place.data(Qt.ItemDataRole.ToolTipRole) == "Summary in German, as the document"
    head, *rows = csv.reader(io.StringIO(table_text(desk.page.queue.table.rows)))
    assert [each[head.index("Language")] for each in rows] == ["English", "German"]
    desk.restart()
    assert [each.language for each in desk.page.queue.table.rows] == ["English", "German"]


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(
            f"The harbour opened in 1932 with 14 cranes, says {name}.", encoding="utf-8"
        )
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    return folder


def take(desk, papers):
    """Drop a folder and wait until it has been looked through."""
    drop(desk.page, papers)
    desk.wait(lambda: len(desk.page.queue.table.rows) == 4)


def test_a_dropped_folder_becomes_a_list_that_is_summarised(desk, papers):
    take(desk, papers)
    assert desk.page.view == "queue"
    desk.controller.take([papers])
    desk.wait(lambda: "Nothing new" in desk.page.queue.notice.text)
    assert len(desk.page.queue.table.rows) == 4
    desk.page.queue.run.click()
    desk.wait(lambda: not desk.controller.queue.running)
    states = {each.name: each.state for each in desk.page.queue.table.rows}
    assert states.pop("broken.docx") is SummaryState.failed
    assert set(states.values()) == {SummaryState.done}
    assert "3 done" in desk.page.queue.count.text()
    opened = next(each for each in desk.page.queue.table.rows if each.name == "b.txt")
    desk.page.queue.opened.emit(opened.id)
    assert desk.page.view == "result"
    assert desk.controller.shown.summary.name == "b.txt"


def test_a_paused_list_is_there_after_a_restart_and_goes_on(desk, papers):
    desk.engine.hold_after = 1
    take(desk, papers)
    desk.page.queue.run.click()
    desk.wait(desk.engine.holding.is_set)
    desk.page.queue.pause.click()
    desk.wait(lambda: not desk.controller.queue.running)
    assert {each.state for each in desk.page.queue.table.rows} == {SummaryState.waiting}
    desk.engine.hold_after = None
    desk.restart()
    assert desk.page.sidebar.queue.isVisible()
    desk.page.sidebar.queue.click()
    desk.page.queue.run.click()
    desk.wait(lambda: not desk.controller.queue.running)
    assert "3 done" in desk.page.queue.count.text()


def test_a_file_that_failed_says_why_and_can_be_opened_alone(desk, papers):
    take(desk, papers)
    desk.page.queue.run.click()
    desk.wait(lambda: not desk.controller.queue.running)
    broken = next(each for each in desk.page.queue.table.rows if each.name == "broken.docx")
    desk.page.queue.opened.emit(broken.id)
    assert "broken.docx" in desk.page.queue.notice.text
    desk.page.queue.notice.action.emit()
    desk.wait(desk.page.start.notice.isVisible)
    assert "broken.docx" in desk.page.start.notice.text


def test_removing_is_undone(desk, papers):
    take(desk, papers)
    desk.page.queue.table.selectAll()
    desk.page.queue.remove.click()
    assert desk.page.queue.table.rows == []
    assert not desk.page.sidebar.queue.isVisible()
    desk.page.queue.notice.action.emit()
    assert len(desk.page.queue.table.rows) == 4


def test_what_is_chosen_above_the_list_counts_for_all_that_waits(desk, papers):
    take(desk, papers)
    wishes = desk.page.queue.wishes
    wishes.form.setCurrentIndex(wishes.form.findData(Form.paragraph))
    desk.restart()
    assert desk.page.queue.wishes.wishes().form is Form.paragraph
    desk.page.queue.run.click()
    desk.page.queue.run.click()
    desk.wait(lambda: not desk.controller.queue.running)
    assert {each.wishes.form for each in desk.store.summaries()} == {Form.paragraph}
    assert len(desk.store.summaries()) == 3


def test_when_only_failed_files_are_left_the_button_tries_them_again(desk, papers):
    take(desk, papers)
    desk.page.queue.run.click()
    desk.wait(lambda: not desk.controller.queue.running)
    button = desk.page.queue.run
    assert (button.accessibleName(), button.isEnabled()) == ("Try again", True)
    report(papers / "broken.docx")
    button.click()
    desk.wait(lambda: "4 done" in desk.page.queue.count.text())
    assert (button.accessibleName(), button.isEnabled()) == ("Summarise all", False)


def test_when_the_file_that_is_summarised_is_taken_out_the_next_ones_go_on(desk, papers):
    desk.engine.hold_after = 1
    take(desk, papers)
    desk.page.queue.run.click()
    desk.wait(desk.engine.holding.is_set)
    desk.wait(lambda: desk.page.queue.table.rows[0].state is SummaryState.running)
    desk.engine.hold_after = None
    desk.page.queue.table.selectRow(0)
    desk.page.queue.remove.click()
    desk.wait(lambda: "2 done" in desk.page.queue.count.text() and not desk.controller.queue.running)
    assert [each.name for each in desk.page.queue.table.rows] == ["b.txt", "broken.docx", "c.txt"]


def test_a_folder_without_documents_says_so(desk, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "photo.jpg").write_bytes(b"no document")
    desk.controller.take([empty])
    desk.wait(lambda: "no document" in desk.page.queue.notice.text)
    assert desk.page.queue.table.rows == []


def test_three_hundred_files_are_taken_in_at_once(desk, tmp_path):
    paths = [tmp_path / f"{number:03}.txt" for number in range(300)]
    for path in paths:
        path.write_text("It rained.", encoding="utf-8")
    desk.controller.take(paths)
    desk.controller.take(paths)
    desk.wait(lambda: "Nothing new" in desk.page.queue.notice.text)
    assert [each.name for each in desk.page.queue.table.rows] == [path.name for path in paths]


def test_rows_are_as_high_as_their_text_at_every_size(view):
    themes = Themes()
    themes.apply(Theme.light, 100)
    height = view.table.rowHeight(0)
    themes.apply(Theme.light, 150)
    assert view.table.rowHeight(0) == round(1.5 * height)
    themes.apply(Theme.light, 100)
    assert view.table.rowHeight(0) == height


def test_a_narrow_list_shows_the_lines_and_leaves_out_what_matters_less(view):
    view.resize(470, 500)
    hidden = [Column(number).name for number in Column if view.table.isColumnHidden(number)]
    assert hidden == ["points", "language", "pages", "date"]
    assert view.table.columnWidth(Column.line) >= 100
