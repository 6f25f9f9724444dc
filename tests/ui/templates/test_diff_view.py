"""What differs between two texts, and how much of it there is."""

from PySide6.QtGui import QTextCursor

from chatdesk.domain.templates import Change, DiffLine
from chatdesk.ui.templates.diff_view import DiffView, difference_words

LINES = (
    DiffLine(Change.same, "one"),
    DiffLine(Change.removed, "two old", ((4, 7),)),
    DiffLine(Change.added, "two new", ((4, 7),)),
)


def test_lines_carry_signs_and_what_changed_in_them_is_underlined(qtbot):
    view = DiffView()
    qtbot.addWidget(view)
    view.show_lines(LINES)
    assert view.toPlainText() == "  one\n− two old\n+ two new"
    cursor = QTextCursor(view.document().findBlockByNumber(1))
    underlined = ""
    while not cursor.atBlockEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().fontUnderline():
            underlined += cursor.selectedText()
        cursor.clearSelection()
    assert underlined == "old"


def test_the_difference_is_told_in_words():
    assert difference_words(LINES) == "1 line gone (−), 1 line new (+)."
    assert difference_words(LINES[:1]) == "Both are the same."
