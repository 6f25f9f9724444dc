"""Documents through the whole application: real window, real files, real starter model."""

from itertools import groupby

import pytest
from lxml import etree
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from chatdesk import app as application
from chatdesk.documents.rewrite.formats import SUFFIXES
from chatdesk.domain.translations import SegmentState
from chatdesk.paths import find_home
from tests.documents import made
from tests.documents.rewrite.files import counted, members, read_again, texts_of
from tests.documents.rewrite.test_docx import rich
from tests.fakes.dictionary import Dictionary, in_another_language

SPACE = {"w": made.W}
PATIENCE = 50_000  # milliseconds; a busy machine runs the model slowly
BOLD = (
    '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">big</w:t></w:r>'
    '<w:r><w:t xml:space="preserve"> and old.</w:t></w:r>'
)
SUBTITLES = (
    "1\n00:00:01,000 --> 00:00:02,500\nThe house is big.\n\n2\n00:00:03,000 --> 00:00:04,000\nI like bread.\n"
)


class Walk:
    """Drops, clicks and reads as a user does."""

    def __init__(self, qtbot, app):
        self.qtbot, self.app = qtbot, app
        app.window.resize(1200, 760)
        app.window.show()
        app.window.show_page("translate")
        self.desk = app.translate.desk
        self.page = self.desk.desk

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def drop(self, *paths):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        rest = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.page, QDragEnterEvent(QPoint(400, 300), *rest))
        QApplication.sendEvent(self.page, QDropEvent(QPointF(400, 300), *rest))
        self.wait(lambda: len(self.files) == len(paths) and "token" in self.page.documents.plan.text())

    def click(self, name):
        self.qtbot.mouseClick(self.page.findChild(QWidget, name), Qt.MouseButton.LeftButton)

    @property
    def files(self):
        return self.page.documents.model.files

    def translate(self):
        self.click("run-documents")
        self.wait(
            lambda: not self.desk.documents.running and all(file.state == "done" for file in self.files)
        )

    def review(self, row):
        self.page.documents.table.selectRow(row)
        self.click("review-document")
        assert not self.page.shows_documents

    def correct(self, number, text):
        """Write over a paragraph of the translation."""
        target = self.page.page.target
        start, end = target.pieces.span(number)
        cursor = QTextCursor(target.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        target.setTextCursor(cursor)
        self.qtbot.keyClicks(target, text)
        shown = self.desk.controller.shown
        self.wait(lambda: shown.segments[number].state is SegmentState.confirmed)
        self.desk.controller.paragraphs.keep()
        store = self.desk._rooms.translations
        kept = shown.translation.id
        self.wait(lambda: store.translation(kept).segments[number].translation == text)

    def save(self, path):
        self.click("save-reviewed")
        dialog = self.app.window.findChild(QFileDialog, "save-document-dialog")
        dialog.fileSelected.emit(str(path))
        dialog.done(0)
        self.wait(lambda: not self.desk.files.saving.busy and path.exists())


@pytest.fixture
def start(qtbot):
    """Start the application; called again it starts a second time in the same folder."""
    running = []

    def go():
        while running:
            running.pop().window.close()
        app = application.build(find_home())
        app.settings.change(translate_from="en", translate_to="de")
        qtbot.addWidget(app.window)
        running.append(app)
        return Walk(qtbot, app)

    yield go
    for app in running:
        app.window.close()


def test_a_word_file_is_dropped_translated_corrected_saved_and_is_built_as_before(start, tmp_path):
    letter = made.docx(
        tmp_path / "letter.docx",
        made.p("The house is small.", "Titel")
        + made.p("The house is ", "", BOLD)
        + made.table(["I like bread."]),
    )
    walk = start()
    walk.drop(letter)
    assert "3 paragraphs" in walk.page.documents.plan.text()
    walk.translate()
    walk.review(0)
    assert walk.page.page.source.isReadOnly()
    assert "letter.docx" in walk.page.review.name.whole
    walk.correct(2, "Ich mag Brot.")
    target = tmp_path / "letter.de.docx"
    walk.save(target)
    assert texts_of(target)[-1] == "Ich mag Brot."
    assert "Ich mag Brot." in read_again(target)
    assert all(before != after for before, after in zip(texts_of(letter), texts_of(target), strict=True))
    kinds = ("p", "pStyle", "tbl", "tr", "tc", "sectPr")
    assert counted(target, *kinds) == counted(letter, *kinds)
    assert walk.files[0].target == str(target)


def test_what_was_corrected_is_remembered_for_the_next_document(start, tmp_path):
    walk = start()
    walk.drop(made.docx(tmp_path / "one.docx", made.p("I like bread.")))
    walk.translate()
    walk.review(0)
    walk.correct(0, "Brot mag ich gern.")
    walk.click("back-to-documents")
    other = made.docx(tmp_path / "two.docx", made.p("I like bread.") + made.p("The house is big."))
    walk.desk.documents.add([other])
    walk.wait(lambda: "1 known already" in walk.page.documents.plan.text())
    walk.translate()
    walk.click("save-all-documents")
    walk.wait((tmp_path / "two.de.docx").exists)
    assert texts_of(tmp_path / "two.de.docx")[0] == "Brot mag ich gern."


def test_subtitles_or_a_web_page_keep_their_times_and_tags(start, tmp_path):
    subtitles = ".srt" in SUFFIXES
    path = tmp_path / ("film.srt" if subtitles else "page.html")
    path.write_text(SUBTITLES if subtitles else "<h1>The house is big.</h1><p>I <b>like</b> bread.</p>")
    walk = start()
    walk.drop(path)
    walk.translate()
    walk.click("save-all-documents")
    target = path.with_name(f"{path.stem}.de{path.suffix}")
    walk.wait(target.exists)
    written = target.read_text(encoding="utf-8")
    kept = (
        ("00:00:01,000 --> 00:00:02,500", "00:00:03,000 --> 00:00:04,000") if subtitles else ("<h1>", "<p>")
    )
    assert all(each in written for each in kept)
    assert "The house is big." not in written


def test_the_application_quits_in_the_middle_and_asks_for_nothing_twice(start, tmp_path):
    words = (
        "house",
        "car",
        "tree",
        "book",
        "dog",
        "door",
        "table",
        "garden",
        "window",
        "street",
        "school",
        "ship",
    )
    lines = [f"The {word} is {look}." for look in ("big", "small", "old") for word in words]
    path = made.docx(tmp_path / "long.docx", "".join(map(made.p, lines)))
    walk = start()
    walk.drop(path)
    walk.click("run-documents")
    walk.wait(lambda: walk.files[0].done >= 2)
    walk = start()
    assert walk.files[0].state in ("waiting", "done")
    kept = walk.desk._rooms.translations.translation(walk.files[0].translation)
    done = {segment.source for segment in kept.segments if segment.translation}
    assert len(done) >= 2
    asked = []
    generate = walk.app.engine.generate

    def counting(batch, cancel):
        asked.extend(request.turns[-1].text for request in batch.requests)
        return generate(batch, cancel)

    walk.app.engine.generate = counting
    if walk.files[0].state == "waiting":
        walk.translate()
    assert walk.files[0].done == len(lines)
    assert not [text for text in asked if any(f"\n{source}\n</text>" in text for source in done)]


def looks_of(path):
    """Return the style of each paragraph of a Word file, and its texts with their look or link."""
    found = []
    for paragraph in etree.fromstring(members(path)["word/document.xml"]).iter(f"{{{made.W}}}p"):
        parts = []
        for text in paragraph.iterfind(".//w:t", SPACE):
            look = [etree.QName(one).localname for one in text.iterfind("../w:rPr/*", SPACE)]
            link = text.xpath("string(ancestor::w:hyperlink/@*[local-name() = 'id'])", namespaces=SPACE)
            parts.append(("".join(sorted(set(look) - {"lang", "noProof"})) + link, text.text))
        same = groupby(parts, key=lambda part: part[0])
        style = paragraph.find("w:pPr/w:pStyle", SPACE)
        joined = [(look, "".join(text for _, text in group)) for look, group in same]
        found.append((style.values() if style is not None else [], joined))
    return found


def test_a_word_file_and_subtitles_keep_every_look_where_the_model_keeps_the_marks(
    start, tmp_path, monkeypatch
):
    # Asked as an ordinary chat model is, which is told of the marks.
    monkeypatch.setattr("chatdesk.flows.translate.translator_for", lambda *_: None)
    walk = start()
    double = Dictionary({})
    walk.app.engine.generate = double.generate
    letter = rich(tmp_path / "letter.docx")
    film = tmp_path / "film.srt"
    film.write_text(SUBTITLES.replace("big", "<i>big</i>"))
    before = looks_of(letter)
    walk.drop(letter, film)
    walk.translate()
    walk.click("save-all-documents")
    targets = (tmp_path / "letter.de.docx", tmp_path / "film.de.srt")
    walk.wait(lambda: all(path.exists() for path in targets) and not walk.desk.files.saving.busy)
    assert any("⟦" in text for text in double.asked)
    left = {"print()", "x = 1", "3", "12.5 %", "12"}
    assert looks_of(targets[0]) == [
        (style, [(look, text if text in left else in_another_language(text)) for look, text in parts])
        for style, parts in before
    ]
    assert ("b", in_another_language("very fast")) in looks_of(targets[0])[1][1]
    assert {"urId9"} < {look for _, parts in looks_of(targets[0]) for look, _ in parts}
    kinds = ("p", "tbl", "tr", "tc", "pStyle", "hyperlink", "footnoteReference", "drawing", "fldChar", "br")
    assert counted(targets[0], *kinds) == counted(letter, *kinds)
    said = in_another_language("The house is ⟦1⟧big⟦/1⟧.").replace("⟦1⟧", "<i>").replace("⟦/1⟧", "</i>")
    assert targets[1].read_text("utf-8") == (
        f"1\n00:00:01,000 --> 00:00:02,500\n{said}\n\n"
        f"2\n00:00:03,000 --> 00:00:04,000\n{in_another_language('I like bread.')}\n"
    )
