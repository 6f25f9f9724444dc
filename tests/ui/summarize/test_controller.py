"""What the user does on the page that summarises, with a real store, a real reader and a scripted model."""

import errno

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from chatdesk.domain.document_errors import DocumentEncrypted
from chatdesk.domain.documents import Document, Reading
from chatdesk.domain.errors import EngineUnusable
from chatdesk.domain.generation import AnswerFacts, Finished, StopReason, TextDelta
from chatdesk.domain.summaries import Form, SummaryState
from chatdesk.ui.summarize.saving import write_table
from tests.ui.summarize.conftest import POINTS, TEXT, long_text


def drop(page, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(300, 300), copy, data, left, plain))
    QApplication.sendEvent(page, QDropEvent(QPointF(300, 300), copy, data, left, plain))


def test_a_dropped_file_is_planned_run_and_read_beside_its_source(desk, qtbot):
    drop(desk.page, desk.file())
    desk.wait(lambda: "token" in desk.page.plan.plan.text())
    desk.wait(lambda: desk.page.plan.document.accessibleName() == "harbour.txt, English · 18 words")
    qtbot.keyClick(desk.page.plan.run, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    summary = desk.ended()
    assert summary.state is SummaryState.done
    assert desk.store.summary(summary.id) == summary
    result = desk.page.result
    assert "It opened in 1932." in result.text.toPlainText()
    assert "⚠" in result.text.toPlainText()
    assert result.coverage.isVisible()
    first = next(n for n, sentence in enumerate(summary.sentences) if sentence.passages)
    result.text.sentence_chosen.emit(first)
    assert result.source.isVisible()
    assert result.source.marked[0].startswith("The harbour opened in 1932 with 14 cranes")
    desk.controller.escape()
    assert not result.source.isVisible()


def test_a_pasted_text_is_summarised_and_named_by_its_first_words(desk, qtbot):
    desk.page.start.paste.setPlainText(TEXT)
    qtbot.keyClick(desk.page.start.paste, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: "token" in desk.page.plan.plan.text())
    desk.page.plan.run.click()
    summary = desk.ended()
    assert summary.name == "The harbour opened in 1932 with 14 crane…"
    assert summary.path == ""


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "no text"),
        ("damaged.docx", b"PK\x03\x04 nothing", "damaged"),
        ("archive.zip", b"PK\x05\x06" + b"\0" * 18, "kind"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence_and_the_page_stays(desk, name, content, told):
    path = desk.file(name)
    path.write_bytes(content)
    desk.controller.take([path])
    desk.wait(desk.page.start.notice.isVisible)
    assert told in desk.page.start.notice.text
    assert name in desk.page.start.notice.text
    assert desk.page.view == "start"
    desk.run(desk.file())


def test_a_choice_makes_another_plan_and_is_what_the_summary_is_made_with(desk):
    desk.plan(desk.file())
    form = desk.page.plan.wishes.form
    form.setCurrentIndex(form.findData(Form.paragraph))
    desk.page.plan.run.click()
    assert desk.ended().wishes.form is Form.paragraph


def test_two_clicks_on_summarise_make_one_summary(desk):
    desk.plan(desk.file())
    desk.page.plan.run.click()
    desk.page.plan.run.click()
    desk.controller.planning.begin()
    desk.ended()
    assert len(desk.store.summaries()) == 1


def test_parts_are_followed_stopped_and_gone_on_with_after_a_restart(desk):
    desk.engine.hold_after = 8
    desk.engine.answers = [finished(POINTS), finished(POINTS)]
    desk.plan(desk.file(text=long_text(300)))
    desk.page.plan.run.click()
    desk.wait(lambda: desk.page.result.parts.done == 2)
    assert "2 of" in desk.page.result.run.words.text()
    asked = len(desk.engine.requests)
    desk.page.result.run.stop.click()
    summary = desk.ended()
    assert summary.state is SummaryState.stopped
    assert desk.page.result.run.resume.isVisible()
    desk.engine.hold_after = None
    desk.restart()
    desk.controller.show(summary.id)
    desk.page.result.run.resume.click()
    assert desk.ended().state is SummaryState.done
    parts = desk.page.result.parts.topLevelItemCount()
    joining = len(desk.engine.requests) - asked - (parts - 2)
    assert parts > 3
    assert 0 <= joining < parts - 2  # the two finished parts were not asked again


def finished(text):
    """A whole answer at once; those of other requests go on."""
    facts = AnswerFacts(StopReason.end, 9, 0, 9, 0.1, 0.2, "CPU")
    return [TextDelta(text), Finished(facts)]


def test_a_paused_summary_is_kept_as_paused(desk):
    desk.engine.hold_after = 1
    desk.plan(desk.file())
    desk.page.plan.run.click()
    desk.wait(desk.engine.holding.is_set)
    desk.page.result.run.pause.click()
    assert desk.ended().state is SummaryState.paused
    assert "Paused" in desk.page.result.run.words.text()
    desk.engine.hold_after = None
    desk.page.result.run.resume.click()
    assert desk.ended().state is SummaryState.done


def test_a_running_summary_goes_on_while_another_page_is_shown_and_comes_back(desk):
    desk.engine.hold_after = 1
    desk.plan(desk.file())
    desk.page.plan.run.click()
    desk.wait(desk.engine.holding.is_set)
    running = desk.controller.shown.summary.id
    desk.controller.start_anew()
    assert desk.page.view == "start"
    desk.controller.show(running)
    assert desk.page.result.run.stop.isVisible()
    desk.engine.gate.set()
    assert desk.ended().state is SummaryState.done


def test_the_list_is_searched_deleted_from_and_undone(desk, qtbot):
    summary = desk.run(desk.file())
    other = desk.run(desk.file("other.txt", "Nothing but weather. It rained.\n"))
    listed = desk.page.sidebar.list
    assert listed.count() == 2
    desk.page.sidebar.search.setText("harbour")
    desk.wait(lambda: listed.count() == 1)
    desk.page.sidebar.search.clear()
    desk.wait(lambda: listed.count() == 2)
    listed.setCurrentRow(0)
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert [row.id for row in desk.store.summaries()] == [summary.id]
    assert "other.txt" in desk.page.notice.text
    desk.page.notice.action.emit()
    assert {row.id for row in desk.store.summaries()} == {summary.id, other.id}
    desk.wait(lambda: desk.controller.shown.summary.id == other.id)


def test_the_text_is_copied_and_edited_and_sentences_that_stay_keep_their_passages(desk):
    summary = desk.run(desk.file())
    desk.page.result.acts.copy_requested.emit()
    assert QGuiApplication.clipboard().text() == summary.text
    desk.page.result.edit()
    desk.page.result.editor.setPlainText("A heading of mine\n\n" + summary.text)
    desk.page.result._keep_edited()
    kept = desk.store.summary(summary.id)
    assert kept.text.startswith("A heading of mine")
    words = [kept.text[each.start : each.end] for each in kept.sentences]
    assert words == [summary.text[each.start : each.end] for each in summary.sentences]
    assert kept.sentences[0].passages == summary.sentences[0].passages


def test_the_document_is_asked_about_in_a_chat(desk, qtbot):
    desk.run(desk.file())
    with qtbot.waitSignal(desk.controller.ask_requested) as asked:
        desk.page.result.acts.ask_requested.emit()
    assert asked.args[0].text == TEXT.strip()


def test_another_summary_of_the_same_document_is_planned(desk):
    summary = desk.run(desk.file())
    desk.page.result.acts.again_requested.emit()
    assert desk.page.view == "plan"
    desk.page.plan.run.click()
    assert desk.ended().id != summary.id
    assert len(desk.store.summaries()) == 2


def test_a_save_dialog_proposes_a_name_and_the_file_is_told(desk, qtbot):
    desk.run(desk.file())
    desk.page.result.acts.save_requested.emit("md")
    dialog = desk.page.findChild(QFileDialog, "save-dialog")
    target = desk.folder / "out.md"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    assert "SHA-256" in target.read_text(encoding="utf-8")
    assert str(target) in desk.page.notice.text


def test_a_file_that_cannot_be_written_is_told(desk):
    desk.controller.saving.write(desk.folder / "missing" / "out.csv", lambda path: write_table(path, "x"))
    assert desk.page.notice.text.startswith("“out.csv” cannot be saved: No such file or directory.")


def test_a_full_disk_leaves_the_file_that_was_there(desk, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    target = desk.folder / "out.csv"
    write_table(target, "before")
    monkeypatch.setattr("chatdesk.domain.whole_file.os.fsync", full)
    desk.controller.saving.write(target, lambda path: write_table(path, "after"))
    assert desk.page.notice.text.startswith("The disk is full, so “out.csv” cannot be saved.")
    assert target.read_text(encoding="utf-8-sig") == "before"
    assert [path.name for path in desk.folder.glob("*.new")] == []


def test_what_changed_since_the_earlier_version_is_shown(desk):
    desk.run(desk.file())
    assert not desk.page.result.acts.compare.isVisible()
    desk.engine.otherwise = POINTS.replace("in 1932", "in 1933")
    desk.run(desk.file(text=TEXT.replace("1932", "1933")))
    desk.page.result.acts.compare.click()
    dialog = desk.page.window().findChild(QDialog, "differences")
    assert "1933" in dialog.text.toPlainText()
    dialog.reject()


def test_a_document_with_a_password_is_asked_for_it(desk, monkeypatch):
    path = desk.file("locked.pdf")

    def read(path, password, cancel):
        if password != "secret":
            raise DocumentEncrypted(path, wrong=bool(password))
        yield Document(path.name, TEXT)

    monkeypatch.setattr(desk.controller.opening._reader, "read", read)
    desk.controller.take([path])
    desk.wait(desk.page.start.password.isVisible)
    desk.page.start.password_given.emit("wrong")
    desk.wait(lambda: "not the password" in desk.page.start._locked_words.text())
    desk.page.start.password_given.emit("secret")
    desk.wait(lambda: desk.page.view == "plan")


def test_reading_is_given_up_by_escape(desk, monkeypatch):
    def read(path, password, cancel):
        yield Reading(3, 80)
        while not cancel.wait(0.01):
            pass

    monkeypatch.setattr(desk.controller.opening._reader, "read", read)
    desk.controller.take([desk.file()])
    desk.wait(lambda: "3 of 80" in desk.page.start._progress.text())
    desk.controller.escape()
    assert not desk.page.start._progress.isVisible()
    assert desk.page.view == "start"


def test_a_summary_that_is_deleted_while_it_is_made_does_not_come_back(desk):
    desk.engine.hold_after = 1
    desk.plan(desk.file())
    desk.page.plan.run.click()
    desk.wait(desk.engine.holding.is_set)
    running = desk.controller.shown.summary.id
    desk.controller.history.delete(running)
    desk.wait(lambda: not desk.controller.runs.busy)
    assert desk.store.summaries() == []
    desk.controller.history.undo()
    desk.wait(desk.page.result.run.resume.isVisible)


def test_a_model_that_fails_is_told_and_tried_again(desk):
    desk.engine.answers = [EngineUnusable("the library is missing")]
    desk.plan(desk.file())
    desk.page.plan.run.click()
    assert desk.ended().state is SummaryState.failed
    assert desk.page.result.notice.isVisible()
    assert desk.page.result.run.resume.accessibleName() == "Try again"
    desk.page.result.run.resume.click()
    assert desk.ended().state is SummaryState.done
    assert not desk.page.result.notice.isVisible()


def test_the_language_of_a_document_is_told_offered_and_kept_with_its_summary(desk):
    desk.plan(desk.file("hafen.txt", "Der Hafen wurde 1932 mit 14 Kränen eröffnet."))
    choice = desk.page.plan.wishes.language
    desk.wait(lambda: choice.itemText(0) == "As the document (German)")
    assert "German" in desk.page.plan.document.accessibleName()
    desk.page.plan.run.click()
    summary = desk.ended()
    assert summary.language == "de"
    assert "in German, as the document" in desk.page.result.wishes.whole
    desk.controller.start_anew()
    desk.languages.usual = ""
    desk.plan(desk.file())
    desk.wait(lambda: len(desk.languages.asked) > 3)
    assert choice.itemText(0) == "As the document"
    assert desk.page.plan.document.accessibleName() == "harbour.txt, 18 words"


def test_the_language_of_the_document_that_was_opened_before_is_not_told_of_the_next(desk):
    desk.plan(desk.file("hafen.txt", "Der Hafen wurde 1932 mit 14 Kränen eröffnet."))
    desk.wait(lambda: "German" in desk.page.plan.wishes.language.itemText(0))
    desk.languages.usual = ""
    desk.controller.use_text("Nobody knows what language this is.")
    assert desk.page.plan.wishes.language.itemText(0) == "As the document"
    desk.page.plan.run.click()
    assert desk.ended().language == ""


def test_the_list_of_summaries_tells_the_languages(desk):
    desk.page.plan.wishes.language.setCurrentIndex(desk.page.plan.wishes.language.findData("fr"))
    desk.run(desk.file())
    item = desk.page.sidebar.list.item(0)
    assert item.toolTip() == "harbour.txt\nin French, of a document in English"
