"""The check box with a frame that can be seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from chatdesk.ui.theme import colours
from chatdesk.ui.widgets.tick_box import TickBox


@pytest.fixture
def box(qtbot):
    box = TickBox("With tests")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    box.show()
    return box


def seen(box):
    """Return the colours of the picture."""
    picture = box.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


def test_its_frame_and_its_tick_have_the_colours_of_the_theme(box):
    c = colours()
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # where the keyboard is, there is a ring
    box.clearFocus()
    assert QColor(c.outline).name() in seen(box)
    assert QColor(c.accent).name() not in seen(box)
    box.setChecked(True)
    assert QColor(c.accent).name() in seen(box)
    box.setEnabled(False)
    assert QColor(c.disabled).name() in seen(box)


def test_a_click_on_its_words_and_the_space_bar_change_it(box, qtbot):
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 3, box.height() // 2))
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


def test_the_box_stands_at_the_right_where_one_reads_from_the_right(box):
    box.setChecked(True)
    box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    picture = box.grab().toImage()
    assert picture.pixelColor(box.width() - 10, box.height() // 2) != picture.pixelColor(3, 3)
