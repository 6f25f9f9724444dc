"""Texts that a translator does not expect, through the real window and the starter model: told, and kept."""

import pytest
from PySide6.QtCore import Qt

from chatdesk import app as application
from chatdesk.domain.generation import TextDelta
from chatdesk.domain.translations import SegmentState
from chatdesk.paths import find_home
from tests.test_translate_walk import CONTROL, Walk


@pytest.fixture
def walk(qtbot):
    built = application.build(find_home())
    built.settings.change(translate_to="de")
    qtbot.addWidget(built.window)
    built.window.show()
    built.window.activateWindow()
    qtbot.waitUntil(built.window.isActiveWindow)
    yield Walk(qtbot, built)
    built.window.close()


def paste(walk, text):
    """Put a text in at once, and translate it."""
    walk.page.source.insertPlainText(text)
    walk.press(walk.page.source, Qt.Key.Key_Return, CONTROL)


def stored_source(walk):
    kept = walk.control.shown.translation
    return walk.app.translate.desk._rooms.translations.translation(kept.id).source


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("البيت كبير والسماء زرقاء اليوم في المدينة.", "Arabic"),
        ("הבית גדול והשמיים כחולים היום בעיר הזאת.", "Hebrew"),
    ],
)
def test_writing_from_right_to_left_is_laid_out_so_and_the_model_is_doubted(walk, text, language):
    paste(walk, text)
    walk.wait(lambda: f"not {language}" in walk.page.doubt.text)
    walk.translated()
    assert walk.page.source.document().firstBlock().textDirection() == Qt.LayoutDirection.RightToLeft
    assert stored_source(walk) == text


@pytest.mark.timeout(120)
def test_a_text_in_several_languages_keeps_all_its_paragraphs(walk):
    text = "The house is big.\n\nDas Haus ist groß.\n\nLa maison est grande.\n\nLa casa es grande."
    paste(walk, text)
    assert all(walk.translated())
    assert len(walk.page.target.pieces.texts) == 4
    assert stored_source(walk) == text


@pytest.mark.timeout(240)
def test_a_megabyte_is_taken_whole_and_a_stop_keeps_what_is_done(walk):
    text = "\n\n".join(f"The house number {number} is big. " * 40 for number in range(1000))
    assert len(text) > 1_000_000
    paste(walk, text)
    walk.wait(lambda: walk.control.shown.done > 0)
    walk.control.escape()
    walk.translated()
    assert walk.page.source.text == text
    assert stored_source(walk) == text
    assert walk.control.shown.done > 0


@pytest.mark.timeout(120)
def test_a_model_that_answers_nothing_is_told_and_the_text_stays(walk):
    generate = walk.app.engine.generate

    def nothing(batch, cancel):
        for event in generate(batch, cancel):
            if not isinstance(event[1], TextDelta):
                yield event

    walk.app.engine.generate = nothing
    paste(walk, "The house is big.")
    assert walk.translated() == [""]
    (segment,) = walk.control.shown.segments
    assert segment.state is SegmentState.failed
    assert "answered nothing, twice" in segment.error
    assert stored_source(walk) == "The house is big."
    walk.app.engine.generate = generate
    walk.page.run.click()
    walk.wait(lambda: walk.control.run.busy or walk.control.shown.done)
    assert walk.translated() != [""]
