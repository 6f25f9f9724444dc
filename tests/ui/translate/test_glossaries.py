"""Glossaries in their sheet: written by keyboard, imported, exported, renamed, copied, deleted, chosen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from shiboken6 import isValid

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentDiskFull
from chatdesk.domain.glossaries import Glossary, Term
from chatdesk.domain.translations import Finding, FindingKind, Segment, SegmentState, TranslationWishes
from chatdesk.flows.translation_edits import TranslationEdits
from chatdesk.ui.translate.glossaries import GlossaryControl
from chatdesk.ui.translate.glossaries_view import GlossariesView
from chatdesk.ui.translate.glossary_picker import GlossaryPicker
from chatdesk.ui.translate.import_question import ImportQuestion
from chatdesk.ui.translate.paragraph_bar import ParagraphBar
from chatdesk.ui.translate.terms_model import TermsModel
from tests.ui.translate.desks import OPTIONS, opened
from tests.ui.translate.test_documents import drop

HOUSE = Term("house", "Haus")
SHIP = Term("ship", "Schiff", "at sea")


@pytest.fixture
def desk(qtbot, tmp_path):
    with opened(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def sheet(qtbot, desk):
    desk.glossaries.save(Glossary("Harbour", "en", "de", (HOUSE, SHIP)))
    view = GlossariesView()
    qtbot.addWidget(view)
    control = GlossaryControl(view, desk.glossaries, desk.exchange, desk.workers.looks, lambda: ("en", "de"))
    control.show()
    yield control
    control.close()


def stored(desk):
    return {each.name: each for each in desk.glossaries.glossaries()}


def write(qtbot, table, text, key=Qt.Key.Key_Return):
    qtbot.waitUntil(lambda: table.findChild(QLineEdit) is not None)
    editor = table.findChild(QLineEdit)
    editor.setText(text)
    qtbot.keyClick(editor, key)
    qtbot.waitUntil(lambda: table.findChild(QLineEdit) is not editor)


def asked(desk, sheet):
    """The question where the terms of a file go."""
    desk.wait(lambda: sheet.view.findChild(ImportQuestion) is not None)
    return sheet.view.findChild(ImportQuestion)


def say(qtbot, question, button="import-terms"):
    question.findChild(QPushButton, button).click()
    qtbot.waitUntil(lambda: not isValid(question))


def test_the_model_keeps_the_rules_of_qt(qtmodeltester, qtbot):
    model = TermsModel()
    model.show_terms((HOUSE, SHIP), ("English", "German"))
    qtmodeltester.check(model)


def test_a_glossary_says_its_languages_and_how_many_terms_it_has(sheet):
    assert sheet.view.list.item(0).text() == "Harbour\nEnglish → German · 2 terms"
    assert sheet.view.terms.headerData(0, Qt.Orientation.Horizontal) == "English"


def test_a_term_is_written_by_keyboard_alone(sheet, desk, qtbot):
    table = sheet.view.table
    table.add()
    write(qtbot, table, "crane")
    write(qtbot, table, "Kran")
    assert stored(desk)["Harbour"].terms == (HOUSE, SHIP, Term("crane", "Kran"))
    assert table.currentIndex().row() == 3  # the next new one
    assert "3 terms" in sheet.view.list.item(0).text()


def test_a_word_without_a_translation_is_no_term_yet(sheet, desk, qtbot):
    sheet.view.table.add()
    write(qtbot, sheet.view.table, "crane", Qt.Key.Key_Escape)
    assert stored(desk)["Harbour"].terms == (HOUSE, SHIP)
    model = sheet.view.terms
    model.setData(model.index(2, 0), "crane")
    assert stored(desk)["Harbour"].terms == (HOUSE, SHIP)


def test_terms_taken_out_come_back_with_undo_and_go_again_with_redo(sheet, desk, qtbot):
    table = sheet.view.table
    table.selectRow(0)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert stored(desk)["Harbour"].terms == (SHIP,)
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(desk)["Harbour"].terms == (HOUSE, SHIP)
    table.model().redo()
    assert stored(desk)["Harbour"].terms == (SHIP,)
    assert sheet.view.undo.isEnabled()


def test_a_csv_file_that_is_dropped_becomes_a_glossary_and_its_faults_are_listed(
    sheet, desk, qtbot, tmp_path
):
    path = tmp_path / "sea.csv"
    path.write_text("en,de\nanchor,Anker\n,\nlonely,\nport,Hafen\n", encoding="utf-8")
    drop(sheet.view, path)
    say(qtbot, asked(desk, sheet))
    assert [term.source for term in stored(desk)["sea"].terms] == ["anchor", "port"]
    desk.wait(sheet.view.problems.isVisible)
    lines = [sheet.view.problems.list.item(n).text() for n in range(sheet.view.problems.list.count())]
    assert any(line.startswith("Line 4: ") for line in lines)


def test_terms_of_a_file_are_added_to_a_glossary_and_what_was_there_stays_or_is_replaced(
    sheet, desk, qtbot, tmp_path
):
    path = tmp_path / "more.csv"
    path.write_text("en,de\nhouse,Haus\nship,Boot\ncrane,Kran\n", encoding="utf-8")
    sheet.take_in([path])
    question = asked(desk, sheet)
    assert question.told.text() == "The glossaries that are there stay as they are."
    question.which.setCurrentIndex(1)
    assert question.which.currentText() == "Add them to “Harbour”"
    keeps = "1 term is new. 1 is there already. 1 word has another translation there, and keeps it."
    assert question.told.text() == keeps
    question.replacing.click()
    assert question.told.text().endswith("that of the file takes its place.")
    say(qtbot, question)
    boot, crane = Term("ship", "Boot"), Term("crane", "Kran")
    assert stored(desk)["Harbour"].terms == (HOUSE, boot, crane)
    sheet.view.findChild(QPushButton, "banner-action").click()
    assert stored(desk)["Harbour"].terms == (HOUSE, SHIP)


def test_a_file_with_the_name_of_a_glossary_is_meant_for_it(sheet, desk, qtbot, tmp_path):
    path = tmp_path / "Harbour.csv"
    path.write_text("en,de\nship,Boot\ncrane,Kran\n", encoding="utf-8")
    sheet.take_in([path])
    say(qtbot, asked(desk, sheet))
    assert stored(desk)["Harbour"].terms == (HOUSE, SHIP, Term("crane", "Kran"))
    assert len(desk.glossaries.glossaries()) == 1


def test_several_files_are_asked_about_one_after_the_other_and_one_can_be_left_out(
    sheet, desk, qtbot, tmp_path
):
    paths = [tmp_path / name for name in ("one.csv", "two.csv", "three.csv")]
    for path in paths:
        path.write_text(f"en,de\n{path.stem},Wort\n", encoding="utf-8")
    sheet.take_in(paths)
    for button in ("import-terms", "import-nothing", "import-terms"):
        say(qtbot, asked(desk, sheet), button)
    assert sorted(stored(desk)) == ["Harbour", "one", "three"]


def test_a_file_of_other_languages_is_a_glossary_of_its_own_without_a_question(sheet, desk, tmp_path):
    path = tmp_path / "mer.csv"
    path.write_text("fr,it\nmer,mare\n", encoding="utf-8")
    sheet._pair = lambda: ("", "")
    sheet.take_in([path])
    desk.wait(lambda: "mer" in stored(desk))
    assert (stored(desk)["mer"].source, stored(desk)["mer"].target) == ("fr", "it")


def test_what_is_no_glossary_is_said_and_makes_none(sheet, desk, tmp_path):
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.csv").write_text("")
    for name in ("noise.csv", "empty.csv"):
        sheet.take_in([tmp_path / name])
        desk.wait(lambda: sheet.view.notice.text and "Reading" not in sheet.view.notice.text)
        sheet.view.notice.dismiss()
    assert "empty" not in stored(desk)


@pytest.mark.parametrize("name", ["out.csv", "out.tbx"])
def test_an_exported_glossary_comes_back_the_same(sheet, desk, qtbot, tmp_path, name):
    sheet.export(tmp_path / name)
    assert "Saved as" in sheet.view.notice.text
    sheet.take_in([tmp_path / name])
    say(qtbot, asked(desk, sheet))
    assert stored(desk)["out"].terms == (HOUSE, SHIP)


def test_a_full_disk_is_said(sheet, tmp_path, monkeypatch):
    def full(*_):
        raise DocumentDiskFull(tmp_path / "out.csv")

    monkeypatch.setattr(sheet._exchange, "write_glossary", full)
    sheet.export(tmp_path / "out.csv")
    assert "disk is full" in sheet.view.notice.text


def test_a_glossary_is_renamed_and_an_empty_name_is_none(sheet, desk, qtbot):
    name = sheet.view.name
    name.setText("  Port  ")
    name.editingFinished.emit()
    assert "Port" in stored(desk)
    name.setText(" ")
    name.editingFinished.emit()
    assert name.text() == "Port"


def test_a_copy_has_the_same_terms_and_is_another(sheet, desk):
    sheet.view.duplicate.click()
    copy = stored(desk)["Harbour (copy)"]
    assert copy.terms == (HOUSE, SHIP)
    assert copy.id != stored(desk)["Harbour"].id
    assert sheet.view.name.text() == "Harbour (copy)"


def test_a_deleted_glossary_comes_back_with_undo(sheet, desk, qtbot):
    sheet.view.list.setFocus()
    qtbot.keyClick(sheet.view.list, Qt.Key.Key_Delete)
    assert not stored(desk)
    assert sheet.view._empty.isVisible()
    sheet.view.findChild(QPushButton, "banner-action").click()
    assert stored(desk)["Harbour"].terms == (HOUSE, SHIP)
    assert sheet.view.table.isVisible()


def test_a_new_glossary_is_for_the_languages_of_the_page(sheet, desk):
    sheet.view.new.click()
    made = stored(desk)["New glossary"]
    assert (made.source, made.target, made.terms) == ("en", "de", ())
    sheet.view.target.chosen.emit("fr")
    assert stored(desk)["New glossary"].target == "fr"


def test_five_thousand_terms_are_written_into_without_waiting(sheet, desk, qtbot):
    many = tuple(Term(f"word {n}", f"Wort {n}") for n in range(5000))
    desk.glossaries.save(Glossary("Many", "en", "de", many))
    sheet.refresh()
    sheet.choose(stored(desk)["Many"].id)
    model = sheet.view.terms
    model.setData(model.index(4999, 1), "anders")
    assert stored(desk)["Many"].terms[-1].target == "anders"


def test_the_picker_offers_those_of_the_pair_first(qtbot):
    ours = Glossary("Sea & Co", "en", "de")
    other = Glossary("Mer", "en", "fr")
    picker = GlossaryPicker()
    qtbot.addWidget(picker)
    picker.show_glossaries((other, ours), ours.id, ("en-GB", "de"))
    titles = [action.text() for action in picker.menu().actions() if not action.isSeparator()]
    assert titles == ["No glossary", "Sea && Co", "Mer (English → French)", "All glossaries…"]
    assert picker.accessibleName() == "Glossary: Sea & Co"
    with qtbot.waitSignal(picker.picked) as picked:
        picker.menu().actions()[0].trigger()
    assert picked.args == [None]


def test_a_glossary_that_is_gone_is_not_chosen_any_more(qtbot):
    picker = GlossaryPicker()
    qtbot.addWidget(picker)
    letters = picker.font()
    letters.setPixelSize(10)  # other tests may have left larger ones
    picker.setFont(letters)
    picker.show_glossaries((), "gone", ("", ""))
    assert picker.chosen is None
    assert picker.text() == "No glossary"


def test_a_paragraph_that_lacks_a_term_is_translated_again_with_one_click(qtbot):
    bar = ParagraphBar()
    qtbot.addWidget(bar)
    bar.show()
    segment = Segment(0, "The ship.", "Das Boot.", SegmentState.done)
    bar.show_segment(segment)
    assert not bar.again.isVisible()
    bar.show_segment(replace(segment, findings=(Finding(FindingKind.term, 4, 8, "Schiff"),)))
    assert bar.again.accessibleName() == "Translate again with the term"
    assert bar.again.text().strip() == "Use the term"
    assert not bar.confirm.text()  # so that what is missing can be read
    assert bar.confirm.accessibleName() == "Confirm"
    with qtbot.waitSignal(bar.again_requested):
        bar.again.click()


def test_the_model_is_asked_again_where_it_has_left_a_term_out(desk):
    """What it said before does not count, although answers are kept."""
    glossary = Glossary("Sea", "en", "de", (SHIP,))
    desk.glossaries.save(glossary)
    desk.engine.pairs["The ship is old."] = ["Das Boot ist alt.", "Das Schiff ist alt."]
    wishes = TranslationWishes("de", "en", glossary=glossary.id)
    first = desk.flow.begin("The ship is old.", wishes, OPTIONS)
    ended = list(desk.flow.translate(first, OPTIONS, CancelToken()))[-1].translation
    assert [each.kind for each in ended.segments[0].findings] == [FindingKind.term]
    edits = TranslationEdits(desk.engine, desk.rooms)
    opened_again = replace(ended, segments=(edits.reopen(ended, 0),))
    ended = list(desk.flow.translate(opened_again, OPTIONS, CancelToken()))[-1].translation
    assert ended.text == "Das Schiff ist alt."
    assert ended.segments[0].findings == ()
