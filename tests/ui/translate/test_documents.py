"""Documents on the page: dropped, planned, translated, stopped, saved, and there again after a restart."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from chatdesk.documents.rewrite import rewriter
from chatdesk.domain.glossaries import Pair
from chatdesk.domain.translations import SegmentState, TranslationWishes
from chatdesk.ui.translate.documents_model import DocumentsModel
from tests.documents import made
from tests.documents.rewrite.files import counted, texts_of
from tests.fakes.dictionary import in_another_language
from tests.ui.translate.desks import opened


@pytest.fixture
def desk(qtbot, tmp_path):
    with opened(qtbot, tmp_path) as opened_desk:
        yield opened_desk


@pytest.fixture
def letter(tmp_path):
    return made.docx(tmp_path / "letter.docx", made.p("The house is big.") + made.p("It is new."))


def drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    rest = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(9, 9), *rest))
    QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), *rest))


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, desk, letter):
    desk.add(letter)
    model = DocumentsModel()
    model.show_files(desk.shown)
    qtmodeltester.check(model)


def test_an_empty_list_says_what_it_is_for(desk):
    assert desk.view.findChild(object, "choose-documents-to-translate").isVisible()
    assert not desk.view.table.isVisible()
    assert not desk.view.run.isEnabled()
    assert not desk.view.save_all.isEnabled()


def test_a_dropped_folder_is_planned_translated_and_saved_beside_its_documents(desk, letter, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    letter.rename(folder / "letter.docx")
    (folder / "page.html").write_text("<p>The <b>house</b> is big.</p><p>Twice.</p>")
    (folder / "notes.unknown").write_text("x")
    drop(desk.view, folder)
    desk.wait(lambda: "token" in desk.view.plan.text())
    assert "4 paragraphs" in desk.view.plan.text()
    assert desk.states() == ["waiting"] * 2
    assert not desk.engine.requests
    desk.run()
    assert desk.states() == ["done"] * 2
    assert [(file.done, file.total) for file in desk.shown] == [(2, 2)] * 2
    desk.view.save_all.click()
    desk.wait(lambda: "saved" in desk.said)
    assert texts_of(folder / "letter.de.docx")[0] == in_another_language("The house is big.")
    assert "<b>" in (folder / "page.de.html").read_text()
    assert [file.target for file in desk.shown] == [
        str(folder / "letter.de.docx"),
        str(folder / "page.de.html"),
    ]
    assert not desk.view.save_all.isEnabled()


def test_what_of_a_document_is_not_translated_is_told(desk, tmp_path):
    change = '<w:ins w:id="1" w:author="A"><w:r><w:t>very</w:t></w:r></w:ins>'
    desk.add(made.docx(tmp_path / "draft.docx", made.p("The house is ", inside=change)))
    desk.choose(0)
    assert "Tracked changes" in desk.view.notes.text()
    assert desk.view.notes.isVisible()


def test_a_document_is_saved_where_the_user_says(desk, letter, tmp_path):
    desk.add(letter)
    desk.run()
    desk.choose(0)
    desk.view.save.click()
    dialog = desk.view.findChild(QFileDialog, "save-document-dialog")
    assert dialog.selectedFiles() == [str(tmp_path / "letter.de.docx")]
    dialog.fileSelected.emit(str(tmp_path / "Brief.docx"))
    dialog.done(0)
    desk.wait(lambda: "Brief.docx" in desk.said)
    assert counted(tmp_path / "Brief.docx", "p", "r") == counted(letter, "p", "r")
    assert desk.view.shown.isVisible()
    assert desk.shown[0].target == str(tmp_path / "Brief.docx")


def test_the_same_document_twice_is_there_once_and_another_language_is_another_entry(desk, letter):
    desk.add(letter)
    desk.documents.add([letter])
    desk.wait(lambda: "Nothing new" in desk.said)
    assert len(desk.shown) == 1
    desk.wishes = TranslationWishes("fr", "en")
    desk.add(letter)
    assert [desk.view.model.index(row, 2).data() for row in range(2)] == ["German", "French"]


def test_what_cannot_be_translated_is_told(desk, tmp_path):
    (tmp_path / "song.mp3").write_bytes(b"x")
    desk.documents.add([tmp_path / "song.mp3"])
    desk.wait(lambda: "no document here" in desk.said)


def test_a_damaged_document_fails_alone_says_why_and_may_be_tried_again(desk, letter, tmp_path):
    (tmp_path / "bad.docx").write_bytes(b"no zip at all")
    desk.add(tmp_path / "bad.docx", letter)
    assert desk.states() == ["failed", "waiting"]
    desk.run()
    assert desk.states() == ["failed", "done"]
    desk.choose(0)
    assert "bad.docx" in desk.view.notes.text()
    made.docx(tmp_path / "bad.docx", made.p("Mended."))
    desk.view.retry.click()
    desk.settle()
    desk.run()
    assert desk.states() == ["done"] * 2


def test_a_document_that_is_deleted_while_it_waits_is_translated_but_cannot_be_saved(desk, letter):
    desk.add(letter)
    letter.unlink()
    desk.run()
    assert desk.states() == ["done"]
    desk.view.save_all.click()
    desk.wait(lambda: "no document" in desk.said)
    assert not desk.shown[0].target


def test_a_document_that_was_deleted_before_it_was_read_has_failed(desk, letter):
    letter.unlink()
    desk.add(letter)
    assert desk.states() == ["failed"]
    assert "no document" in desk.shown[0].error


def test_a_document_that_has_changed_meanwhile_is_said_and_translated_anew(desk, letter):
    desk.add(letter)
    desk.run()
    made.docx(letter, made.p("The house is small.") + made.p("It is new."))
    desk.view.save_all.click()
    desk.wait(lambda: "has changed since it was translated: 1 paragraph" in desk.said)
    desk.view.notice._button.click()
    desk.wait(lambda: desk.documents.running or desk.engine.asked[-1] == "The house is small.")
    desk.wait(lambda: not desk.documents.running and desk.states() == ["done"])
    assert desk.engine.asked.count("The house is small.") == 1
    desk.choose(0)
    assert not desk.shown[0].target


def test_a_folder_that_cannot_be_written_is_said_and_another_one_is_offered(desk, letter, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    desk.add(letter)
    desk.run()
    monkeypatch.setattr(rewriter.tempfile, "mkstemp", refuse)
    desk.view.save_all.click()
    desk.wait(lambda: "cannot be saved" in desk.said)
    assert "Choose another folder" in desk.said
    assert not desk.shown[0].target
    assert desk.view.save_all.isEnabled()


def test_a_full_disk_is_said_and_nothing_half_written_stays(desk, letter, monkeypatch, tmp_path):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    desk.add(letter)
    desk.run()
    monkeypatch.setattr(rewriter.tempfile, "mkstemp", full)
    desk.view.save_all.click()
    desk.wait(lambda: "disk is full" in desk.said)
    assert not (tmp_path / "letter.de.docx").exists()


def test_a_pause_lets_the_document_wait_and_what_is_done_is_not_asked_for_again(desk, tmp_path):
    path = made.docx(tmp_path / "long.docx", "".join(made.p(f"Sentence number {n} here.") for n in range(6)))
    desk.engine.hold_after = 1
    desk.add(path)
    desk.view.run.click()
    desk.wait(desk.engine.holding.is_set)
    desk.view.pause.click()
    desk.wait(lambda: not desk.documents.running)
    assert desk.states() == ["waiting"]
    desk.engine.hold_after = None
    desk.run()
    assert desk.states() == ["done"]


def test_quitting_in_the_middle_and_going_on_asks_for_no_finished_paragraph_again(desk, tmp_path):
    path = made.docx(tmp_path / "long.docx", "".join(made.p(f"Sentence number {n} here.") for n in range(40)))
    desk.add(path)
    desk.view.run.click()
    desk.wait(lambda: any(file.done >= 3 for file in desk.shown))
    desk.restart()
    assert desk.states() in (["waiting"], ["done"])
    done = {
        segment.source
        for segment in desk.translations.translation(desk.shown[0].translation).segments
        if segment.translation
    }
    assert len(done) >= 3
    desk.engine.closed = False
    asked = len(desk.engine.requests)
    if desk.states() == ["waiting"]:
        desk.run()
    assert desk.states() == ["done"]
    assert not done.intersection(desk.engine.asked[asked:])
    assert desk.shown[0].done == 40


def test_the_document_at_hand_is_left_out_and_the_next_one_begun(desk, letter, tmp_path):
    other = made.docx(tmp_path / "other.docx", made.p("Other words."))
    desk.engine.hold_after = 1
    desk.add(letter, other)
    desk.view.run.click()
    desk.wait(desk.engine.holding.is_set)
    desk.choose(0)
    desk.wait(desk.view.stop.isVisible)
    desk.engine.hold_after = None
    desk.view.stop.click()
    desk.wait(lambda: desk.states() == ["stopped", "done"])
    desk.view.retry.click()
    desk.settle()
    desk.run()
    assert desk.states() == ["done"] * 2


def test_documents_taken_out_come_back_with_undo(desk, letter, tmp_path):
    other = made.docx(tmp_path / "other.docx", made.p("Other words."))
    desk.add(letter, other)
    desk.choose(0)
    desk.qtbot.keyClick(desk.view.table, Qt.Key.Key_Delete)
    assert [file.name for file in desk.shown] == ["other.docx"]
    assert "out of the list" in desk.said
    desk.view.notice._button.click()
    assert {file.name for file in desk.shown} == {"letter.docx", "other.docx"}


def test_enter_opens_a_document_for_review_finished_or_not(desk, letter):
    desk.add(letter)
    desk.choose(0)
    desk.view.table.setFocus()
    desk.view.table.activated.emit(desk.view.model.index(0, 0))
    assert desk.reviewed == [desk.shown[0].translation]


def test_a_half_finished_document_is_saved_and_says_what_is_missing(desk, tmp_path):
    path = made.docx(tmp_path / "half.docx", made.p("One thing.") + made.p("Two things."))
    desk.add(path)
    kept = desk.translations.translation(desk.shown[0].translation)
    first = replace(kept.segments[0], translation="Eine Sache.", state=SegmentState.done)
    desk.translations.save_segments(kept.id, [first])
    desk.desk.save(kept)
    dialog = desk.view.findChild(QFileDialog, "save-document-dialog")
    dialog.fileSelected.emit(str(tmp_path / "half.de.docx"))
    dialog.done(0)
    desk.wait(lambda: "1 paragraph has no translation yet" in desk.said)
    assert texts_of(tmp_path / "half.de.docx") == ["Eine Sache.", "Two things."]


def test_two_thousand_paragraphs_keep_the_window_alive(desk, tmp_path):
    lines = [f"Line number {n}." for n in range(2000)]
    path = made.docx(tmp_path / "big.docx", "".join(map(made.p, lines)))
    desk.memory.remember([Pair(line, line.upper(), "en", "de") for line in lines[20:]])
    desk.add(path)
    assert "1,980 known already" in desk.view.plan.text()
    longest, last = 0.0, time.monotonic()
    desk.view.run.click()
    while desk.documents.running:
        QApplication.processEvents()
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
        time.sleep(0.001)
    assert desk.states() == ["done"]
    assert (desk.shown[0].done, desk.shown[0].total) == (2000, 2000)
    assert longest < 2.0  # seconds; a busy machine


@pytest.mark.parametrize("width", [460, 900])
def test_all_buttons_have_names_and_room(desk, letter, width):
    desk.add(letter)
    desk.choose(0)
    desk.view.resize(width, 480)
    for button in (desk.view.run, desk.view.add, desk.view.review, desk.view.remove):
        assert button.accessibleName()
        assert button.objectName()
        assert button.mapTo(desk.view, QPoint(0, 0)).x() + button.width() <= desk.view.width()
