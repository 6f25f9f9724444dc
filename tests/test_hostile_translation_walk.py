"""Files made to do harm, dropped onto the page that translates: the window tells why, and goes on."""

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from chatdesk import app as application
from chatdesk.domain.translations import TranslationState
from chatdesk.paths import find_home
from tests.documents import test_hostile as hostile
from tests.documents import test_hostile_files as files

PATIENCE = 50_000  # milliseconds; a busy machine reads slowly
MOST = 400_000_000  # bytes that the window may gain over all of them
ZIPS = {
    "zip_bomb.docx": files.zip_bomb,
    "many_members.docx": files.many_members,
    "deep_tables.docx": files.deep_tables,
    "entity_bomb.docx": files.entity_bomb,
    "foreign_file.docx": files.foreign_file,
    "no_zip.docx": files.no_zip,
    "cut_zip.docx": files.cut_zip,
    "other_zip.docx": files.other_zip,
    "far_book.epub": files.far_book,
    "deep_page.html": files.deep_page,
}
BYTES = (
    "empty.pdf",
    "truncated.pdf",
    "garbage.pdf",
    "header.pdf",
    "no_pages.pdf",
    "loop.pdf",
    "flipped.pdf",
    "binary.txt",
    "nul.txt",
)
READABLE = {"foreign_file.docx", "deep_page.html"}  # what of them is text


@pytest.fixture
def app(qtbot):
    built = application.build(find_home())
    built.settings.change(translate_from="en", translate_to="de")
    qtbot.addWidget(built.window)
    built.window.show()
    built.window.show_page("translate")
    yield built
    built.window.close()


def drop(app, paths):
    page = app.translate.desk.desk
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    rest = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(400, 300), *rest))
    QApplication.sendEvent(page, QDropEvent(QPointF(400, 300), *rest))


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", ["packed", "plain"])
def test_each_is_told_and_a_good_document_among_them_is_translated(app, qtbot, tmp_path, kind):
    if kind == "packed":
        paths = [make(tmp_path / name) for name, make in ZIPS.items()]
    else:
        paths = [tmp_path / name for name in BYTES]
        for path in paths:
            path.write_bytes(hostile.REFUSED[path.name][0]())
    good = tmp_path / "good.txt"
    good.write_text("The house is big.")
    before = psutil.Process().memory_info().rss
    desk = app.translate.desk
    drop(app, [*paths, good])
    qtbot.waitUntil(lambda: len(desk.desk.documents.model.files) == len(paths) + 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.documents._planning is None, timeout=4 * PATIENCE)
    for file in desk.desk.documents.model.files:
        if file.name in {*READABLE, "good.txt"}:
            continue
        assert file.state is TranslationState.failed, file.name
        assert f"“{file.name}”" in file.error
        assert file.error.count(". ") >= 1, "a sentence and a hint"
        assert "Error" not in file.error
    texts = desk._rooms.translations.search("secret")
    assert texts == [], "no other file of the computer is read"
    assert psutil.Process().memory_info().rss - before < MOST
    desk.desk.documents.run.click()
    qtbot.waitUntil(
        lambda: (
            not desk.documents.running
            and next(file for file in desk.desk.documents.model.files if file.name == "good.txt").state
            == "done"
        ),
        timeout=2 * PATIENCE,
    )
