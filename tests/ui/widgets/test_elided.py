"""A label of one line cuts what does not fit and keeps it for tooltip and screen reader."""

import pytest

from chatdesk.ui.widgets.elided import ElidedLabel

LONG = "A report <b>about</b> everything that has ever happened in the harbour.pdf"


@pytest.fixture
def label(qtbot):
    made = ElidedLabel(middle=True)
    qtbot.addWidget(made)
    made.resize(160, 20)
    made.show()
    return made


def test_a_long_text_is_cut_in_the_middle_and_told_whole(label):
    label.tell(LONG.replace(" ever", "\n ever"))
    assert "…" in label.text()
    assert label.text().endswith(".pdf")
    assert label.accessibleName() == LONG
    assert "&lt;b&gt;about" in label.toolTip()


def test_with_room_it_is_whole_and_needs_no_tooltip(label):
    label.tell(LONG)
    label.resize(900, 20)
    assert label.text() == LONG
    assert label.toolTip() == ""


def test_it_asks_for_its_whole_width_and_for_little_at_least(label):
    label.tell(LONG)
    assert label.sizeHint().width() > 300
    assert label.minimumSizeHint().width() == 40
