"""Pictures among the messages: where they stand, and what stands there when a widget is used again."""

import pytest
from PySide6.QtWidgets import QWidget

from chatdesk.ui.transcript.attachment_row import AttachmentRow
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.picture_row import PictureRow, shown_size
from chatdesk.ui.transcript.rows import Attached, Bubble, Pictured
from chatdesk.ui.transcript.text_rows import BubbleRow
from tests.fakes.pictures import png

WIDTH = 600


@pytest.fixture
def row(qtbot):
    """Return a row of a kind, placed as the column does."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def row(kind):
        made = kind(Formats(), parent)

        def show(content):
            made.display(content)
            made.setGeometry(0, 0, WIDTH, made.height_at(WIDTH))

        return made, show

    return row


def test_a_picture_has_the_height_of_its_proportions_before_it_is_loaded():
    assert shown_size((3200, 1600), WIDTH, Formats()).toTuple() == (320, 160)
    assert shown_size((100, 80), WIDTH, Formats()).toTuple() == (100, 80)
    assert shown_size((3200, 1600), WIDTH, Formats(percent=200)).toTuple() == (600, 300)
    assert shown_size((1, 9000), WIDTH, Formats()).toTuple() == (48, 240)


def test_a_picture_is_read_aloud_by_its_name_and_drawn(row):
    made, show = row(PictureRow)
    asked = []
    made.set_load(lambda picture: asked.append(picture) or png(64, 48))
    show(Pictured(0, "sun-1", "Sonne.png", (64, 48)))
    assert made.button.accessibleName() == "Sonne.png"
    assert made.button.toolTip() == "Show Sonne.png"
    assert made.stops() == [made.button]
    show(Pictured(1, "sun-1", "Sonne.png", (64, 48)))
    assert asked == ["sun-1"]  # the second time from the cache
    colours = {made.button.grab().toImage().pixel(x, 20) for x in range(10, 50)}
    assert len(colours) > 20


def test_a_row_that_is_used_again_shows_the_new_picture_in_its_own_size(row):
    made, show = row(PictureRow)
    show(Pictured(0, "a", "a", (100, 80)))
    show(Pictured(0, "b", "b", (50, 80)))
    assert (made.button.width(), made.button.geometry().right()) == (50, WIDTH - 1)


def test_a_document_row_that_is_used_again_has_room_for_the_longer_name(row):
    made, show = row(AttachmentRow)
    show(Attached(0, "a.md", "2 words"))
    show(Attached(0, "a much longer name.md", "2 words"))
    assert made.button.width() == made.button.sizeHint().width()


def test_a_bubble_that_is_used_again_has_room_for_the_longer_text(row):
    made, show = row(BubbleRow)
    show(Bubble("Hi"))
    show(Bubble("Describe this picture."))
    assert made.text.geometry().right() < WIDTH
    assert made.text.width() > 100


def test_a_click_says_which_of_the_attachments_is_meant(row, qtbot):
    made, show = row(PictureRow)
    show(Pictured(3, "c", "c", (100, 80)))
    with qtbot.waitSignal(made.acted) as acted:
        made.button.click()
    assert acted.args == [made, "show_document 3"]
