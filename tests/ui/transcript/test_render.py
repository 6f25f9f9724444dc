"""How Markdown is written into documents."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument, QTextListFormat

from chatdesk.ui.transcript.formats import DARK, BlockProperty, Formats
from chatdesk.ui.transcript.markdown import parse
from chatdesk.ui.transcript.plain import document_of
from chatdesk.ui.transcript.render import BlockWriter
from chatdesk.ui.transcript.stream import split
from tests.ui.transcript.corpus import ANSWER


def written(text, formats=None):
    document = QTextDocument()
    writer = BlockWriter(formats or Formats(), QTextCursor(document), empty=True)
    for block in parse(text, {}):
        writer.write(block)
    return document


def blocks_of(document):
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def mark_of(block):
    """How a line is marked: "1.", "•", "[ ]", "[x]" or "", its indent, and the indents of its quotes."""
    style = block.blockFormat()
    items = block.textList()
    mark = ""
    if items is not None and items.format().style() == QTextListFormat.Style.ListDecimal:
        mark = items.itemText(block)
    elif style.intProperty(BlockProperty.bullet):
        mark = "•"
    elif task := style.intProperty(BlockProperty.task):
        mark = "[x]" if task == 2 else "[ ]"
    return (
        mark,
        style.indent() + (items.format().indent() if items else 0),
        style.intProperty(BlockProperty.quotes),
    )


def lines(text):
    return [(*mark_of(block), block.text().replace("\u2028", "/")) for block in blocks_of(written(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. a\n2. b", [("1.", 1, 0, "a"), ("2.", 1, 0, "b")]),
        ("5. a\n6. b", [("5.", 1, 0, "a"), ("6.", 1, 0, "b")]),
        ("- a\n  - b\n- c", [("•", 1, 0, "a"), ("•", 2, 0, "b"), ("•", 1, 0, "c")]),
        ("- a\n\n  more\n- b", [("•", 1, 0, "a"), ("", 1, 0, "more"), ("•", 1, 0, "b")]),
        ("- ```\n  x\n  y\n  ```\n- b", [("•", 1, 0, "x/y"), ("•", 1, 0, "b")]),
        ("1. a\n\n   ```\n   x\n   ```\n2. b", [("1.", 1, 0, "a"), ("", 1, 0, "x"), ("2.", 1, 0, "b")]),
        ("- [x] a\n- [ ] b\n- [y] c", [("[x]", 1, 0, "a"), ("[ ]", 1, 0, "b"), ("•", 1, 0, "[y] c")]),
        ("> a\n>\n> > b", [("", 1, 1, "a"), ("", 2, 3, "b")]),
        ("- a\n\n  > q\n- b", [("•", 1, 0, "a"), ("", 2, 2, "q"), ("•", 1, 0, "b")]),
        ("> - a\n>   - b", [("•", 2, 1, "a"), ("•", 3, 1, "b")]),
        ("- > q", [("•", 1, 0, ""), ("", 2, 2, "q")]),
        ("- - a", [("•", 1, 0, ""), ("•", 2, 0, "a")]),
        ("-\n- b", [("•", 1, 0, ""), ("•", 1, 0, "b")]),
        ("- # t\n  p", [("•", 1, 0, "t"), ("", 1, 0, "p")]),
        ("- a\n\np", [("•", 1, 0, "a"), ("", 0, 0, "p")]),
    ],
)
def test_lists_quotes_and_code_stand_where_they_belong(qapp, text, expected):
    assert lines(text) == expected


def test_inline_styles_reach_the_characters(qapp):
    document = written("a **b** *i* ~~s~~ `c` [l](https://example.org/x)")
    styles = {}
    fragments = document.begin().begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        styles[fragment.text()] = fragment.charFormat()
        fragments += 1
    assert styles["b"].fontWeight() > 500
    assert styles["i"].fontItalic()
    assert styles["s"].fontStrikeOut()
    assert styles["c"].fontFixedPitch()
    assert styles["l"].anchorHref() == "https://example.org/x"
    assert styles["l"].toolTip() == "https://example.org/x"


def test_html_and_pictures_are_words(qapp):
    text = written("<b>x</b> ![cat](http://evil.example/z.png)").toPlainText()
    assert text == "<b>x</b> [Picture not loaded: cat http://evil.example/z.png]"


def test_tables_keep_their_alignment_and_their_pipes(qapp):
    (table,) = split("| a | b |\n|--:|:-:|\n| x \\| y | `p\\|q` |")
    assert document_of(table, Formats()).toPlainText().split() == ["a", "b", "x", "|", "y", "p|q"]
    assert [cell.align for cell in table.head] == ["right", "center"]


def test_a_table_in_a_list_is_written_as_a_table(qapp):
    document = written("- item\n\n  | a |\n  |---|\n  | 1 |\n\nafter")
    assert document.toPlainText().split() == ["item", "a", "1", "after"]
    assert len(document.rootFrame().childFrames()) == 1


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "שלום עולם", "- عنصر"])
def test_right_to_left_text_runs_so(qapp, text):
    assert written(text).begin().textDirection() == Qt.LayoutDirection.RightToLeft


def test_emoji_and_han_characters_come_through_whole(qapp):
    assert written("**强调**文字 👩🏽‍💻 🇫🇷").toPlainText() == "强调文字 👩🏽‍💻 🇫🇷"


def test_colours_and_size_come_from_the_formats(qapp):
    document = written("text", Formats(DARK, 150))
    style = document.begin().begin().fragment().charFormat()
    assert style.foreground().color().name() == DARK.text
    assert style.fontPointSize() == pytest.approx(10.5 * 1.5)


def test_the_whole_corpus_is_written_without_a_word_lost(qapp):
    text = "\n".join(document_of(content, Formats()).toPlainText() for content in split(ANSWER))
    for word in (
        "wide",
        "narrow",
        "1820",
        "Mill | Lane",
        "past the school",
        "ls -l",
        "deeper",
        "街は静かです",
        "List<int>",
    ):
        assert word in text
