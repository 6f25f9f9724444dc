"""What users and other programs do to files meanwhile: the page stays, and says what happened."""

import time

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from chatdesk.domain.summaries import SummaryState
from tests.documents import made, pdf_files
from tests.ui.summarize.conftest import TEXT
from tests.ui.summarize.test_controller import drop

LINES = TEXT.strip().split(". ")


def pdf(path):
    path.write_bytes(pdf_files.document([pdf_files.column(LINES), pdf_files.column(["Another page."])]))


def word(path):
    made.docx(path, "".join(made.p(line) for line in LINES))


def web_page(path):
    path.write_text(f"<html><body><h1>Harbour</h1><p>{TEXT}</p></body></html>", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "write"), [("harbour.pdf", pdf), ("harbour.docx", word), ("harbour.html", web_page)]
)
def test_real_files_are_dropped_summarised_and_read_at_the_place(desk, name, write):
    path = desk.folder / name
    write(path)
    drop(desk.page, path)
    desk.wait(lambda: "token" in desk.page.plan.plan.text())
    desk.page.plan.run.click()
    summary = desk.ended()
    assert (summary.state, summary.name) == (SummaryState.done, name)
    resting = [number for number, sentence in enumerate(summary.sentences) if sentence.passages]
    desk.page.result.text.sentence_chosen.emit(resting[0])
    assert "1932 with 14 cranes" in desk.page.result.source.marked[0]


def test_summary_and_page_share_the_room_and_the_user_moves_the_border(desk):
    path = desk.folder / "harbour.pdf"
    pdf(path)
    summary = desk.run(path)
    desk.page.sidebar.hide()
    resting = next(number for number, sentence in enumerate(summary.sentences) if sentence.passages)
    result = desk.page.result
    result.text.sentence_chosen.emit(resting)
    near, far = result._split.sizes()
    assert abs(near - far) <= 1
    result._split.setSizes([far // 2, far + far // 2])
    moved = result._split.sizes()
    desk.controller.escape()
    result.text.sentence_chosen.emit(resting)
    assert result._split.sizes() == moved


def test_a_pdf_that_was_renamed_still_shows_its_text_and_says_why_there_is_no_page(desk):
    path = desk.folder / "harbour.pdf"
    pdf(path)
    summary = desk.run(path)
    resting = next(number for number, sentence in enumerate(summary.sentences) if sentence.passages)
    source = desk.page.result.source
    desk.page.result.text.sentence_chosen.emit(resting)
    desk.wait(lambda: source.page.has_page)
    path.rename(desk.folder / "other.pdf")
    source.go_to(len(TEXT) + 5)  # the second page, which has not been drawn
    desk.wait(lambda: not source.findChild(QLabel, "page-trouble").isHidden())
    assert "harbour.pdf" in source.findChild(QLabel, "page-trouble").text()
    assert source.text.isVisible()
    assert source.marked
    desk.controller.start_anew()
    desk.controller.show(summary.id)
    desk.page.result.text.sentence_chosen.emit(resting)
    assert source.text.isVisible()


def test_a_file_that_is_deleted_while_it_is_read_costs_a_sentence_at_most(desk):
    path = desk.file("large.txt", TEXT * 60_000)
    desk.controller.take([path])
    path.unlink()
    desk.wait(lambda: desk.page.view == "plan" or desk.page.start.notice.isVisible())
    desk.run(desk.file())


def test_a_file_of_the_list_that_is_gone_fails_alone(desk):
    paths = [desk.file(f"{number}.txt") for number in range(3)]
    desk.controller.take(paths)
    desk.wait(lambda: len(desk.page.queue.table.rows) == 3)
    paths[1].unlink()
    desk.page.queue.run.click()
    desk.wait(lambda: not desk.controller.queue.running)
    states = [each.state.value for each in desk.page.queue.table.rows]
    assert states == ["done", "failed", "done"]


def test_five_megabytes_are_pasted_planned_and_named_without_holding_the_window(desk):
    QGuiApplication.clipboard().setText(TEXT.replace("\n", " ") * (5_000_000 // len(TEXT)))
    started = time.perf_counter()
    desk.page.start.paste.paste()
    assert time.perf_counter() - started < 10
    assert desk.page.view == "plan"
    assert "words" in desk.page.plan.document.accessibleName()
    desk.controller.start_anew()
    assert desk.page.start.paste.toPlainText() == ""
    QGuiApplication.clipboard().setText("A short text.")
    desk.page.start.paste.paste()
    assert desk.page.start.paste.toPlainText() == "A short text."


def test_a_summary_that_runs_is_kept_when_the_application_is_closed(desk):
    desk.engine.hold_after = 1
    desk.plan(desk.file())
    desk.page.plan.run.click()
    desk.wait(desk.engine.holding.is_set)
    running = desk.controller.shown.summary.id
    desk.restart()
    desk.engine.hold_after = None
    desk.controller.show(running)
    assert desk.page.result.run.resume.isVisible()
    desk.page.result.run.resume.click()
    desk.page.result.run.resume.click()
    assert desk.ended().state is SummaryState.done
    assert len(desk.store.summaries()) == 1
