"""Fonts are listed when the box is opened, and a font that is not there stays chosen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase

from chatdesk.ui.widgets.font_choice import FontChoice


def test_fonts_are_listed_with_the_first_key_and_not_before(qtbot):
    box = FontChoice("that of the system")
    qtbot.addWidget(box)
    assert box.count() == 1
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.count() >= 1 + len(
        [f for f in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(f)]
    )
    assert box.family() != ""


def test_code_is_offered_fonts_with_letters_of_one_width_alone(qtbot):
    box = FontChoice("chosen by ChatDesk", fixed=True)
    qtbot.addWidget(box)
    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert all(QFontDatabase.isFixedPitch(str(box.itemData(i))) for i in range(1, box.count()))


def test_a_font_that_is_not_there_stays_chosen(qtbot):
    box = FontChoice("that of the system")
    qtbot.addWidget(box)
    box.set_family("Nowhere Sans")
    qtbot.keyClick(box, Qt.Key.Key_Shift)
    assert box.family() == "Nowhere Sans"
