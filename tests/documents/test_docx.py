"""Word files: structure, pages, tracked changes, notes, and hostile ones."""

import pytest

from chatdesk.documents.docx import read
from chatdesk.documents.parts import Expected, Noted, Part, Refusal, Refused
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind
from tests.documents import made
from tests.documents.made import PAGE_BREAK, RENDERED_BREAK, p, table


@pytest.fixture
def parts(tmp_path):
    def parts(body, **notes):
        return list(read(made.docx(tmp_path / "a.docx", body, **notes), ""))

    return parts


@pytest.fixture
def text(parts):
    def text(body, **notes):
        return "\n\n".join(part.text for part in parts(body, **notes) if isinstance(part, Part))

    return text


def refusal(path):
    with pytest.raises(Refused) as caught:
        list(read(path, ""))
    return caught.value.code


def test_headings_make_sections_with_their_lists_and_tables(tmp_path):
    assert list(read(made.report(tmp_path / "report.docx"), "")) == [
        Part(
            UnitKind.section,
            "Sales",
            "# Annual report\n\n# Sales\n\nSales grew by 12 percent in Geneva.\n\n- bicycles\n- tents",
        ),
        Part(UnitKind.section, "People", "# People\n\n| Name | City |\n| Ada | Lyon |\n| Bo | Oslo |"),
        Part(UnitKind.section, "Outlook", "# Outlook\n\nNobody knows what comes."),
    ]


def test_a_text_without_headings_is_one_whole(parts):
    assert parts(p("one") + p("two")) == [Part(UnitKind.whole, "", "one\n\ntwo")]


def test_breaks_make_pages(parts):
    body = p("first") + p(inside=PAGE_BREAK) + p("second") + p("more", inside=PAGE_BREAK) + p("third")
    assert parts(body) == [
        Expected(3),
        Part(UnitKind.page, "1", "first"),
        Part(UnitKind.page, "2", "second\n\nmore"),
        Part(UnitKind.page, "3", "third"),
    ]


def test_a_break_that_word_marks_twice_counts_once(parts):
    body = (
        p("first", inside=PAGE_BREAK)
        + p("", inside=RENDERED_BREAK)
        + p("second")
        + p("x", inside=RENDERED_BREAK)
    )
    assert [part.text for part in parts(body + p("third"))[1:]] == ["first", "second\n\nx", "third"]


def test_a_paragraph_may_go_on_over_a_page(parts):
    body = p("on the first", inside=f"{RENDERED_BREAK}<w:r><w:t>on the second</w:t></w:r>")
    assert [part.text for part in parts(body)[1:]] == ["on the first", "on the second"]


def test_few_breaks_in_a_long_text_are_no_pages(parts):
    body = p("Cover", "Titel") + p(inside=PAGE_BREAK) + p("long text " * 1_000)
    assert {part.kind for part in parts(body)} == {UnitKind.section}


def test_a_section_begins_a_page_unless_it_says_otherwise(parts):
    def section(kind):
        return f'<w:sectPr><w:type w:val="{kind}"/></w:sectPr>'

    def ends(text, kind):
        return f"<w:p><w:pPr>{section(kind)}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    body = (
        ends("a", "nextPage") + ends("b", "continuous") + ends("c", "nextPage") + p("d") + section("nextPage")
    )
    assert [part.text for part in parts(body)[1:]] == ["a\n\nb", "c", "d"]


def test_styles_of_ones_own_are_what_they_are_based_on(text):
    assert text(p("Mine", "Own") + p("text") + p("Round", "Loop")) == "## Mine\n\ntext\n\nRound"


def test_an_outline_level_makes_a_heading(text):
    assert text('<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Deep</w:t></w:r></w:p>') == "### Deep"


def test_items_stand_as_deep_as_their_lists(text):
    def item(level, identifier, words):
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>'
        return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"

    assert text(item(0, 1, "a") + item(1, 1, "b") + item(0, 0, "c")) == "- a\n  - b\n\nc"


def test_what_was_deleted_or_hidden_is_left_out_and_what_was_inserted_stays(text):
    body = (
        "<w:p><w:r><w:t>kept</w:t></w:r><w:ins><w:r><w:t> new</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> gone</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t> elsewhere</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> seen</w:t></w:r>'
        "<w:r><w:instrText>PAGEREF x</w:instrText></w:r></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>row</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text(body) == "kept new seen"


def test_notes_and_comments_follow_their_paragraph(text):
    body = (
        p(
            "Claim",
            inside='<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="5"/></w:r>',
        )
        + p("Said", inside='<w:r><w:commentReference w:id="0"/></w:r>')
        + p("End")
    )
    notes = {
        "footnotes": f'<w:footnote w:id="2">{p("a source")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="5">{p("a remark")}</w:endnote>',
        "comments": f'<w:comment w:id="0" w:author="Ada">{p("really?")}</w:comment>',
    }
    assert text(body, **notes) == (
        "Claim[^2][^5]\n\n[^2]: a source\n\n[^5]: a remark\n\nSaid\n\n[Comment by Ada: really?]\n\nEnd"
    )


def test_merged_cells_keep_their_columns(text):
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("wide")}</w:tc>'
    top = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("tall")}</w:tc>'
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc>"
    cell = f"<w:tc>{p('x')}</w:tc>"
    rows = (wide + cell, top + cell + cell, below + cell + cell)
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert text(body) == "| wide |  | x |\n| tall | x | x |\n|  | x | x |"


def test_a_span_without_end_is_cut(text):
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{p("wide")}</w:tc>'
    assert len(text(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) < 1_000


def test_text_in_content_controls_and_text_boxes_is_read_once(text):
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:txbxContent>{p('boxed')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{p('boxed')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = f"<w:sdt><w:sdtContent>{p('controlled')}</w:sdtContent></w:sdt>" + p("around", inside=box)
    assert text(body) == "controlled\n\naround\nboxed"


def test_embedded_files_are_counted(tmp_path):
    path = made.docx(tmp_path / "a.docx", p("text"))
    with made.zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/embeddings/sheet.xlsx", b"PK")
    assert next(read(path, "")) == Noted(ReadingNote(NoteKind.left_out, 1))


def test_a_nested_table_is_read_in_its_cell(text):
    inner = f"<w:tbl><w:tr><w:tc>{p('in')}</w:tc><w:tc>{p('side')}</w:tc></w:tr></w:tbl>"
    assert text(f"<w:tbl><w:tr><w:tc>{p('out')}{inner}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>") == (
        "| out in side | b |"
    )


def test_a_thousand_tables_in_tables_are_refused(tmp_path):
    body = "<w:tbl><w:tr><w:tc>" * 1_000 + p("deep") + "</w:tc></w:tr></w:tbl>" * 1_000
    assert refusal(made.docx(tmp_path / "deep.docx", body)) == Refusal.damaged


def with_entities(path, kinds, words):
    body = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    xml = f'<!DOCTYPE w [{kinds}]><w:document xmlns:w="{made.W}"><w:body>{body}</w:body></w:document>'
    return made.zipped(path, {"word/document.xml": xml})


def test_an_entity_bomb_is_refused(tmp_path):
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    path = with_entities(tmp_path / "laughs.docx", f'<!ENTITY e0 "aaaaaaaaaa">{bomb}', "&e9;")
    assert refusal(path) == Refusal.damaged


def test_an_entity_brings_no_file_into_the_text(tmp_path):
    (tmp_path / "secret").write_text("secret")
    kinds = f'<!ENTITY file SYSTEM "{(tmp_path / "secret").as_uri()}">'
    path = with_entities(tmp_path / "xxe.docx", kinds, "[&file;]")
    assert [part.text for part in read(path, "")] == ["["]


@pytest.mark.parametrize(
    "members",
    [
        {"hello.txt": "hi"},
        {"word/document.xml": "no xml"},
        {"word/document.xml": "<a/>"},
        {"word/document.xml": f'<w:document xmlns:w="{made.W}"><w:body>'},
    ],
)
def test_what_is_no_word_file_is_damaged(tmp_path, members):
    assert refusal(made.zipped(tmp_path / "a.docx", members)) == Refusal.damaged


def test_a_cut_file_is_damaged(tmp_path):
    path = made.report(tmp_path / "a.docx")
    path.write_bytes(path.read_bytes()[:900])
    assert refusal(path) == Refusal.damaged


def test_a_table_of_ten_thousand_rows_is_read(text):
    assert text(table(*(("a", "b") for _ in range(10_000)))).count("\n") == 9_999
