"""Labels, rows and columns that fit every width and text size."""

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget

from chatdesk.domain.settings import Theme
from chatdesk.ui.theme import Themes
from chatdesk.ui.widgets.column import WIDEST, ColumnPage
from chatdesk.ui.widgets.label import TONES, Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


@pytest.fixture
def themes(qapp):
    made = Themes()
    made.apply(Theme.light, 100)
    yield made
    made.apply(Theme.light, 100)


def test_a_label_grows_with_the_text_and_keeps_its_proportion(themes, qtbot):
    label = Label("Models", 18, bold=True)
    qtbot.addWidget(label)
    before = label.font().pointSizeF()
    themes.apply(Theme.light, 150)
    assert label.font().pointSizeF() == pytest.approx(1.5 * before)


@pytest.mark.parametrize("tone", list(TONES))
def test_a_label_changes_its_colour_with_the_theme_inside_a_styled_parent(themes, qtbot, tone):
    page = ColumnPage("page-x", "Heading")
    qtbot.addWidget(page)
    label = Label("Words", tone=tone)
    page.body.addWidget(label)
    page.show()
    light = label.palette().color(label.foregroundRole())
    themes.apply(Theme.dark, 100)
    dark = label.palette().color(label.foregroundRole())
    assert dark.lightness() > light.lightness() + 60


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    made.row = WrappingRow()
    column.addWidget(made.row)
    column.addStretch(1)
    made.resize(600, 300)
    made.show()
    return made


def test_a_row_becomes_several_lines_where_it_does_not_fit_and_one_again(window, qtbot):
    first, second, last = QPushButton("First button"), QPushButton("Second button"), QPushButton("Last one")
    row = window.row
    row.add(first)
    row.add(second)
    row.add(last, far=True)
    qtbot.waitUntil(lambda: first.x() < second.x() < last.x())
    assert first.y() == second.y() == last.y()
    assert last.geometry().right() == row.rect().right()
    window.resize(first.sizeHint().width() + second.sizeHint().width() + 40, 300)
    qtbot.waitUntil(lambda: first.y() == second.y() < last.y())
    assert last.geometry().right() == row.rect().right()
    assert last.width() == last.sizeHint().width()
    window.resize(second.sizeHint().width() + 30, 300)
    qtbot.waitUntil(lambda: first.y() < second.y() < last.y())
    assert row.rect().contains(last.geometry())
    window.resize(600, 300)
    qtbot.waitUntil(lambda: first.y() == second.y() == last.y())


def test_what_stretches_has_a_line_of_its_own_where_room_is_scarce(window, qtbot):
    words, stop = Label("A long sentence that says how far it is " * 3).wrap(), QPushButton("Stop")
    window.row.add(words, stretch=True)
    window.row.add(stop, far=True)
    qtbot.waitUntil(lambda: words.geometry().bottom() < stop.y())
    assert words.width() == window.row.width()
    assert stop.geometry().right() == window.row.rect().right()
    words.setText("Short")
    qtbot.waitUntil(lambda: words.y() <= stop.y() <= words.geometry().bottom())


def test_a_low_button_beside_high_ones_does_not_press_them_down(window, qtbot):
    high, low = QPushButton("High"), QToolButton()
    window.setStyleSheet("QPushButton { min-height: 5px; padding: 20px; }")
    window.row.add(high)
    window.row.add(low)
    qtbot.waitUntil(lambda: 0 < low.height() < high.height() == high.sizeHint().height())


def test_a_hidden_part_takes_no_room(window, qtbot):
    buttons = [QPushButton(f"Button number {number}") for number in range(6)]
    for button in buttons:
        window.row.add(button)
    qtbot.waitUntil(lambda: buttons[0].y() < buttons[5].y())
    for button in buttons[1:5]:
        button.hide()
    qtbot.waitUntil(lambda: buttons[0].y() == buttons[5].y())
    assert window.row.height() == buttons[0].height()


def test_the_column_is_centred_and_never_wider_than_it_should_be(qtbot):
    page = ColumnPage("page-x", "Heading")
    qtbot.addWidget(page)
    card = QWidget()
    page.body.addWidget(card)
    page.resize(1400, 500)
    page.show()
    qtbot.waitUntil(lambda: card.width() == WIDEST)
    left = card.mapTo(page, card.rect().topLeft()).x()
    assert abs(left - (page.width() - WIDEST) / 2) <= 10
    page.resize(400, 500)
    qtbot.waitUntil(lambda: card.width() <= 352)
