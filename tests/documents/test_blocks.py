"""Blocks: how they stand together, and where a text is cut into sections and pages."""

from chatdesk.documents.blocks import heading, in_sections, item, joined, paragraph, row
from chatdesk.documents.pages import LONGEST_PAGE, Pages
from chatdesk.documents.parts import Expected, Part
from chatdesk.domain.documents import UnitKind


def labels(*blocks):
    return [part.label for part in in_sections(list(blocks))]


def test_items_and_rows_stand_line_by_line_and_paragraphs_apart():
    blocks = [
        heading(2, "H"),
        paragraph("a"),
        paragraph(""),
        item("b"),
        item("c", 1),
        row(("d", "")),
        row(("e",)),
    ]
    assert joined([*blocks, paragraph("f")]) == "## H\n\na\n\n- b\n  - c\n\n| d |  |\n| e |\n\nf"


def test_characters_that_nobody_sees_are_left_out():
    assert paragraph("co\u00adop\u200berate\ufeff").text == "cooperate"
    assert heading(1, " a\n\u00adb ").text == "# a b"


def test_levels_and_depths_have_ends():
    assert heading(99, "x").text == "###### x"
    assert heading(-1, "x").text == "# x"
    assert item("x", 10**9).text == "  " * 9 + "- x"
    assert item("x", -5).text == "- x"


def test_empty_rows_and_headings_are_nothing():
    assert joined([row(("", " ")), heading(1, " "), item("")]) == ""


def test_a_text_is_cut_at_its_main_level():
    one, two, deep, text = heading(1, "One"), heading(1, "Two"), heading(2, "deep"), paragraph("text")
    assert labels(one, text, deep, text, two, text) == ["One", "Two"]
    assert labels(heading(1, "Title"), heading(2, "A"), text, heading(2, "B"), text) == ["A", "B"]
    assert labels(heading(1, "Title"), text, heading(2, "A"), text, heading(2, "B"), text) == [
        "Title",
        "A",
        "B",
    ]
    assert labels(text, one, text) == ["", "One"]
    assert labels(text) == [""]
    assert labels() == [""]


def test_pages_that_are_too_long_to_be_some_are_sections():
    pages = Pages()
    pages.add(paragraph("cover"))
    pages.break_made()
    pages.add(paragraph("x" * LONGEST_PAGE))
    assert next(pages.parts()) == Expected(2)
    pages.add(paragraph("more"))
    assert [part.kind for part in pages.parts()] == [UnitKind.whole]


def test_an_empty_page_keeps_its_number():
    pages = Pages()
    pages.add(paragraph("one"))
    pages.break_made()
    pages.break_found()
    pages.break_found()
    pages.add(paragraph("three"))
    assert list(pages.parts())[1:] == [
        Part(UnitKind.page, "1", "one"),
        Part(UnitKind.page, "2", ""),
        Part(UnitKind.page, "3", "three"),
    ]
