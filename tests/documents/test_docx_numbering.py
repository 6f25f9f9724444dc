"""The numbers of lists in Word files: what a reader sees stands in the text."""

import pytest

from chatdesk.documents.docx import read
from chatdesk.documents.parts import Part
from tests.documents import made
from tests.documents.made import PAGE_BREAK, p


def level(place, kind, text, inside=""):
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{inside}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def kind(identifier, *levels):
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def listed(identifier, of, inside=""):
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


def entry(text, identifier=1, depth=0, inside=""):
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identifier}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{inside}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


CONTRACT = kind(
    0,
    level(0, "decimal", "%1."),
    level(1, "lowerLetter", "%2)"),
    level(2, "lowerRoman", "(%3)"),
    level(3, "decimal", "%1.%2.%4"),
)


@pytest.fixture
def text(tmp_path):
    def text(body, numbering):
        path = made.docx(tmp_path / "a.docx", body, numbering=numbering)
        return "\n\n".join(part.text for part in read(path, "") if isinstance(part, Part))

    return text


def test_nested_levels_count_in_their_own_signs_and_begin_again(text):
    body = "".join(
        entry(words, depth=depth)
        for words, depth in (("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 3), ("f", 0), ("g", 1))
    )
    assert text(body, CONTRACT + listed(1, 0)) == (
        "1. a\n  a) b\n  b) c\n    (i) d\n      1.b.1 e\n2. f\n  a) g"
    )


def test_a_list_goes_on_behind_a_paragraph(text):
    assert text(entry("one") + p("between") + entry("two"), CONTRACT + listed(1, 0)) == (
        "1. one\n\nbetween\n\n2. two"
    )


def test_a_list_may_begin_again_or_with_another_number(text):
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="%d"/></w:lvlOverride>'
    numbering = CONTRACT + listed(1, 0) + listed(2, 0, again % 1) + listed(3, 0, again % 9) + listed(4, 0)
    body = "".join(entry("x", identifier) for identifier in (1, 1, 2, 2, 3, 4))
    assert [line.split()[0] for line in text(body, numbering).split("\n")] == [
        "1.", "2.", "1.", "2.", "9.", "10.",
    ]  # fmt: skip


def test_a_level_may_count_on_for_ever_or_be_changed_in_one_list(text):
    roman = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "Art. %1")}</w:lvlOverride>'
    numbering = (
        kind(0, level(0, "decimal", "%1."), level(1, "decimal", "%2:", '<w:lvlRestart w:val="0"/>'))
        + kind(1, level(0, "decimal", "%1."))
        + listed(1, 0)
        + listed(2, 1, roman)
    )
    body = entry("a") + entry("b", depth=1) + entry("c") + entry("d", depth=1) + entry("e", 2)
    assert text(body, numbering) == "1. a\n  1: b\n2. c\n  2: d\nArt. I e"


def test_headings_keep_their_numbers(text):
    linked = '<w:pStyle w:val="berschrift%d"/>'
    numbering = (
        kind(0, level(0, "decimal", "%1", linked % 1), level(1, "decimal", "%1.%2", linked % 2))
        + listed(1, 0)
    )  # fmt: skip
    properties = '<w:pPr><w:pStyle w:val="%s"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'

    def head(style, words):
        return f"<w:p>{properties % style}<w:r><w:t>{words}</w:t></w:r></w:p>"

    body = head("berschrift1", "Scope") + p("text") + head("berschrift1", "Terms") + p("more")
    assert text(body, numbering) == "# 1 Scope\n\ntext\n\n# 2 Terms\n\nmore"


def test_bullets_and_lists_that_are_not_described_have_a_line(text):
    numbering = kind(0, level(0, "bullet", "\uf0b7"), level(1, "none", "")) + listed(1, 0)
    body = entry("a") + entry("b", 7) + entry("plain", depth=1)
    assert text(body, numbering) == "- a\n- b\n\nplain"


def test_rows_of_a_table_keep_their_numbers(text):
    row = f"<w:tr><w:tc>{entry('')}</w:tc><w:tc>{p('name')}</w:tc></w:tr>"
    assert text(f"<w:tbl>{row * 2}</w:tbl>", CONTRACT + listed(1, 0)) == "| 1. | name |\n| 2. | name |"


def test_what_was_deleted_does_not_count_and_a_page_repeats_no_number(text):
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    broken = entry("a").replace("</w:p>", f"{PAGE_BREAK}<w:r><w:t>on page two</w:t></w:r></w:p>")
    assert text(gone + broken + entry("b"), CONTRACT + listed(1, 0)) == "1. a\n\non page two\n\n2. b"


def test_a_list_may_take_its_kind_from_a_style(text):
    numbering = (
        kind(0, '<w:numStyleLink w:val="Law"/>')
        + kind(1, '<w:styleLink w:val="Law"/>', level(0, "upperLetter", "%1."))
        + listed(1, 0)
    )
    assert text(entry("x") + entry("y"), numbering) == "A. x\nB. y"


def test_numbers_without_end_and_strange_values_harm_nobody(text):
    huge = level(0, "lowerLetter", "%1.").replace('w:start w:val="1"', 'w:start w:val="2000000000"')
    body = entry("a") + entry("b", depth=99) + entry("c", depth=-4)
    assert text(body, kind(0, huge) + listed(1, 0)).startswith("2000000000. a\n")
