"""What stands around the text: dropped documents reviewed in both panes, history, glossaries, memory."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit

from chatdesk import app as application
from chatdesk.domain.glossaries import Glossary, Term
from chatdesk.domain.translations import SegmentState
from chatdesk.paths import find_home
from chatdesk.ui.translate.document_saving import Order
from chatdesk.ui.translate.mark_looks import mark_ranges
from tests.documents import made
from tests.documents.rewrite.files import texts_of
from tests.ui.translate.test_documents import drop

PATIENCE = 30_000  # milliseconds


class Around:
    """The whole application with a model that says the same to everything."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.app = application.build(find_home(), "tests.fakes.backends:Scripted")
        self.app.settings.change(translate_from="en", translate_to="de")
        qtbot.addWidget(self.app.window)
        self.app.window.resize(1200, 760)
        self.app.window.show()
        self.app.window.show_page("translate")
        self.control = self.app.translate.desk
        self.desk, self.page = self.control.desk, self.control.desk.page
        self.text = self.control.controller

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    @property
    def rows(self):
        return self.desk.sidebar.list.rows_model.rows

    def translated(self, text):
        """Translate a text; return its id."""
        self.control.begin_anew()
        self.page.source.insertPlainText(text)
        self.wait(lambda: not self.text.reading.reading)
        self.page.run.click()
        self.wait(lambda: not self.text.run.busy and self.text.shown.translation is not None)
        self.control.history.refresh(self.text.shown.translation.id)
        return self.text.shown.translation.id

    def document(self, path):
        """Drop a document and translate it; return its entry in the list."""
        drop(self.desk, path)
        documents = self.control.documents
        self.wait(lambda: self.desk.documents.model.files and documents._planning is None)
        documents.run()
        self.wait(lambda: not documents.running)
        return self.desk.documents.model.files[-1]


@pytest.fixture
def around(qtbot):
    made_around = Around(qtbot)
    yield made_around
    made_around.app.window.close()


@pytest.fixture
def letter(tmp_path):
    return made.docx(tmp_path / "letter.docx", made.p("The house is big.") + made.p("It is new."))


def test_a_document_is_reviewed_in_both_panes_and_its_source_is_not_written_into(around, letter):
    file = around.document(letter)
    assert around.desk.shows_documents
    around.control.open(file.translation)
    assert not around.desk.shows_documents
    assert around.page.source.text == "The house is big.\n\nIt is new."
    assert around.page.source.isReadOnly()
    assert not around.page.to.isEnabled()
    assert around.desk.review.name.whole == "letter.docx"
    languages = (around.page.from_.language, around.page.to.language)
    around.control.controller.swap()  # as Ctrl+R does
    assert around.page.source.text == "The house is big.\n\nIt is new."
    assert (around.page.from_.language, around.page.to.language) == languages
    around.control.begin_anew()
    assert not around.page.source.isReadOnly()
    assert around.page.to.isEnabled()
    assert around.desk.review.isHidden()


def test_a_corrected_paragraph_is_counted_and_saved_with_the_document(around, letter):
    file = around.document(letter)
    around.control.open(file.translation)
    around.page.target.put({0: "Das Haus ist groß."})
    around.text.paragraphs.keep()
    store = around.control._rooms.translations
    confirmed = SegmentState.confirmed
    around.wait(lambda: store.translation(file.translation).segments[0].state is confirmed)
    assert "1 confirmed" in around.desk.review.words.whole
    target = Path(letter).with_name("out.docx")
    around.control.files.saving.write([Order(file.translation, target, file)])
    around.wait(target.exists)
    assert texts_of(target)[0] == "Das Haus ist groß."
    around.wait(lambda: "out.docx" in around.page.notice.text)


def test_a_half_finished_document_is_gone_on_with_from_the_review(around, tmp_path):
    path = made.docx(tmp_path / "half.docx", "".join(made.p(f"Sentence {n} is here.") for n in range(3)))
    drop(around.desk, path)
    around.wait(lambda: around.desk.documents.model.files and around.control.documents._planning is None)
    file = around.desk.documents.model.files[0]
    around.control.open(file.translation)
    assert around.text.shown.done == 0
    around.page.run.click()
    around.wait(lambda: not around.text.run.busy)
    assert len(around.text.shown.segments) == 3
    assert all(segment.translation or segment.error for segment in around.text.shown.segments)


def test_what_is_translated_is_in_the_history_and_comes_back(around):
    first = around.translated("The harbour is open.")
    second = around.translated("The ship is late.")
    assert [row.id for row in around.rows] == [second, first]
    around.control.open(first)
    assert around.page.source.text == "The harbour is open."
    assert [row.id for row in around.rows] == [first, second]


def test_a_deleted_translation_leaves_the_page_and_comes_back_with_undo(around):
    first = around.translated("The harbour is open.")
    around.control.history.delete(first)
    assert around.page.source.text == ""
    assert "deleted" in around.page.notice.text
    around.page.notice.action.emit()
    assert around.page.source.text == "The harbour is open."
    assert [row.id for row in around.rows] == [first]


def test_keys_lead_to_the_history_and_back_from_the_documents(around, qtbot):
    window = around.app.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    around.control.show_documents()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not around.desk.shows_documents
    hidden = around.desk.sidebar.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert around.desk.sidebar.isHidden() != hidden
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is around.desk.sidebar.search
    assert isinstance(around.desk.sidebar.search, QLineEdit)


def test_a_chosen_glossary_is_used_and_shown_again_with_its_translation(around):
    glossary = Glossary("Harbour", "en", "de", (Term("ship", "Schiff"),))
    around.control._rooms.glossaries.save(glossary)
    around.control.show_glossaries()
    around.desk.glossary.picked.emit(glossary.id)
    assert around.desk.glossary.accessibleName() == "Glossary: Harbour"
    first = around.translated("The ship is late.")
    assert around.control._rooms.translations.translation(first).wishes.glossary == glossary.id
    around.desk.glossary.picked.emit(None)
    around.translated("Another text.")
    around.control.open(first)
    assert around.desk.glossary.chosen == glossary.id


def test_sheets_open_from_the_page_and_follow_what_is_stored(around):
    around.desk.glossary.all_requested.emit()
    assert around.control.glossaries.view.isVisible()
    around.control.glossaries.make()
    titles = [action.text() for action in around.desk.glossary.menu().actions()]
    assert "New glossary" in titles
    around.control.glossaries.view.close()
    around.desk.memory.click()
    assert around.control.memory.view.isVisible()
    around.control.memory.view.close()


def test_a_narrow_page_gives_the_history_back_its_room(around):
    around.app.window.resize(700, 600)
    around.wait(lambda: around.desk.width() < 900)
    assert around.desk.sidebar.isHidden()
    around.desk.toggle_sidebar()
    assert not around.desk.sidebar.isHidden()
    around.control.begin_anew()
    assert around.desk.sidebar.isHidden()


def test_every_control_around_the_text_has_a_name(around, letter):
    around.document(letter)
    windows = (around.desk, around.control.glossaries.view, around.control.memory.view)
    around.control.glossaries.make()
    nameless = [
        f"{type(each).__name__} {each.objectName()} in {each.parent().objectName()}"
        for window in windows
        for kind in (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
        for each in window.findChildren(kind)
        if not each.objectName().startswith("qt_")
        and not isinstance(each.parent(), (QAbstractItemView, QComboBox))
        and not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text().strip()))
        and not each.isHidden()
        and not each.parent().isHidden()
    ]
    assert not nameless, "\n".join(nameless)


def test_marks_of_formatting_are_found_where_qt_counts_them(qapp):
    ranges = mark_ranges("\U0001f6a2 \u27e61\u27e7x\u27e6/1\u27e7")
    assert [(each.start, each.length) for each in ranges] == [(3, 3), (7, 4)]
    assert mark_ranges("No marks [1] here.") == []


def test_what_the_list_translates_meanwhile_comes_into_the_review(around, letter):
    drop(around.desk, letter)
    around.wait(lambda: around.desk.documents.model.files and around.control.documents._planning is None)
    file = around.desk.documents.model.files[0]
    around.control.open(file.translation)
    assert around.text.shown.done == 0
    around.control.documents.run()
    around.wait(lambda: not around.control.documents.running)
    around.wait(lambda: around.text.shown.done == 2)
    assert "2 of 2" in around.desk.review.words.whole


def test_a_document_whose_translation_was_deleted_says_so_and_is_translated_again(around, letter):
    file = around.document(letter)
    around.control.history.delete(file.translation)
    around.control.documents.review_requested.emit(file.translation)
    assert "was deleted" in around.page.notice.text
