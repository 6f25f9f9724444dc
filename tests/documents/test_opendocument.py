"""OpenDocument texts and presentations."""

import pytest

from chatdesk.documents.opendocument import read
from chatdesk.documents.parts import Expected, Part, Refusal, Refused
from chatdesk.domain.documents import UnitKind
from tests.documents import made
from tests.documents.made import cells


@pytest.fixture
def parts(tmp_path):
    def parts(body, styles="", kind="text"):
        return list(read(made.opendocument(tmp_path / "a.odt", kind, body, styles), ""))

    return parts


@pytest.fixture
def text(parts):
    def text(body, styles=""):
        return "\n\n".join(part.text for part in parts(body, styles) if isinstance(part, Part))

    return text


def test_headings_lists_and_tables_are_kept(parts):
    body = (
        '<text:h text:outline-level="1">Report</text:h><text:p>It   is\n short.</text:p>'
        "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        f"<table:table><table:table-header-rows><table:table-row>{cells('Name', 'City')}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{cells('Ada', 'Lyon')}</table:table-row></table:table>"
        '<text:h text:outline-level="1">End</text:h><text:p>bye</text:p>'
    )
    assert parts(body) == [
        Part(
            UnitKind.section,
            "Report",
            "# Report\n\nIt is short.\n\n- one\n  - inner\n\n| Name | City |\n| Ada | Lyon |",
        ),
        Part(UnitKind.section, "End", "# End\n\nbye"),
    ]


def test_spaces_tabs_and_line_breaks_are_kept(text):
    assert text('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>') == "a  b\tc\nd"


def test_spaces_without_end_are_cut(text):
    assert len(text('<text:p>a<text:s text:c="2000000000"/>b</text:p>')) < 200


def test_pages_begin_where_the_file_says(parts):
    breaking = (
        '<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    body = (
        "<text:p>one</text:p><text:soft-page-break/><text:p>two <text:soft-page-break/>three</text:p>"
        '<text:p text:style-name="P1">four</text:p>'
    )
    assert parts(body, breaking) == [
        Expected(4),
        Part(UnitKind.page, "1", "one"),
        Part(UnitKind.page, "2", "two"),
        Part(UnitKind.page, "3", "three"),
        Part(UnitKind.page, "4", "four"),
    ]


def test_notes_and_comments_follow_their_paragraph(text):
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>a source</text:p></text:note-body></text:note>"
    )
    comment = "<office:annotation><dc:creator>Ada</dc:creator><text:p>really?</text:p></office:annotation>"
    assert text(f"<text:p>Claim{note} goes{comment} on</text:p><text:p>next</text:p>") == (
        "Claim[^1] goes on\n\n[^1]: a source\n\n[Comment by Ada: really?]\n\nnext"
    )


def test_what_was_deleted_or_hidden_is_left_out(text):
    hidden = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>kept <text:span text:style-name="T1">secret'
        "</text:span>words</text:p>"
    )
    assert text(body, hidden) == "kept words"


def test_covered_cells_stay_empty(text):
    first = "<table:table-cell><text:p>wide</text:p></table:table-cell><table:covered-table-cell/>"
    assert text(f"<table:table><table:table-row>{first}{cells('x')}</table:table-row></table:table>") == (
        "| wide |  | x |"
    )


def test_slides_have_titles_bullets_and_notes(parts):
    def frame(kind, inside):
        return f'<draw:frame presentation:class="{kind}"><draw:text-box>{inside}</draw:text-box></draw:frame>'

    slide = (
        frame("title", "<text:p>Plan</text:p>")
        + frame("outline", "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>")
        + frame("page-number", "<text:p>1</text:p>")
        + f"<presentation:notes>{frame('notes', '<text:p>Say hello.</text:p>')}</presentation:notes>"
    )
    body = f"<draw:page>{slide}</draw:page><draw:page/>"
    assert parts(body, kind="presentation") == [
        Expected(2),
        Part(UnitKind.slide, "Plan", "# Plan\n\n- first\n\nSpeaker notes:\n\nSay hello."),
        Part(UnitKind.slide, "", ""),
    ]


def refusal(path):
    with pytest.raises(Refused) as caught:
        list(read(path, ""))
    return caught.value.code


def test_an_encrypted_file_is_locked(tmp_path):
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    path = made.zipped(tmp_path / "a.odt", {"content.xml": b"\x00", "META-INF/manifest.xml": manifest})
    assert refusal(path) == Refusal.locked


def test_a_drawing_is_unsupported_and_a_broken_file_damaged(tmp_path):
    assert refusal(made.opendocument(tmp_path / "a.odg", "drawing", "")) == Refusal.unsupported
    assert refusal(made.zipped(tmp_path / "b.odt", {"content.xml": "<a>"})) == Refusal.damaged
    assert refusal(made.zipped(tmp_path / "c.odt", {"a": "b"})) == Refusal.damaged
