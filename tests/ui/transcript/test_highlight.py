"""Colours of code, line by line."""

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.highlight import Highlighter, lex_line, line_lexer


def coloured(document):
    return [len(document.findBlockByNumber(i).layout().formats()) for i in range(document.blockCount())]


@pytest.mark.parametrize(
    "language", ["python", "cpp", "bash", "json", "html", "sql", "rust", "javascript", "diff"]
)
def test_lines_give_back_every_character(language):
    lexer = line_lexer(language)
    stack = ("root",)
    for line in (
        "def x(a): # c\n",
        '"open string\n',
        "\n",
        "<a href='b'>{1: [2.5]}</a>\n",
        "/* c\n",
        "d */ 'é 👩🏽‍💻'\n",
    ):
        pieces, stack = lex_line(lexer, line, stack)
        assert sorted(i for start, _, text in pieces for i in range(start, start + len(text))) == list(
            range(len(line))
        )


def test_a_string_over_several_lines_keeps_its_colour():
    lexer = line_lexer("python")
    _, stack = lex_line(lexer, 'x = """begin\n', ("root",))
    pieces, stack = lex_line(lexer, "import this\n", stack)
    assert all("String" in str(kind) for _, kind, _ in pieces)
    _, stack = lex_line(lexer, '"""\n', stack)
    assert stack == ("root",)


@pytest.mark.parametrize("language", ["", "nonsense", "yaml", "console"])
def test_a_language_that_cannot_be_read_by_lines_stays_plain(language):
    assert line_lexer(language) is None


def test_code_is_coloured_after_the_event_loop_ran(qtbot):
    document = QTextDocument("import os\nx = 1\n\nprint('x')")
    highlighter = Highlighter(document, Formats())
    highlighter.start("python")
    assert coloured(document) == [0, 0, 0, 0]
    qtbot.waitUntil(lambda: not highlighter.busy)
    assert [count > 0 for count in coloured(document)] == [True, True, False, True]


def test_a_line_that_grew_is_coloured_again(qtbot):
    document = QTextDocument("x = 1\nret")
    highlighter = Highlighter(document, Formats())
    highlighter.start("python")
    qtbot.waitUntil(lambda: not highlighter.busy)
    assert coloured(document)[1] == 0
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("urn 5\nreturn")
    highlighter.grown(1)
    qtbot.waitUntil(lambda: not highlighter.busy)
    assert coloured(document)[1:] == [2, 1]


def test_a_very_long_line_stays_plain(qtbot):
    document = QTextDocument("x = '" + "y" * 5000 + "'\nreturn 1")
    highlighter = Highlighter(document, Formats())
    highlighter.start("python")
    qtbot.waitUntil(lambda: not highlighter.busy)
    assert [count > 0 for count in coloured(document)] == [False, True]
