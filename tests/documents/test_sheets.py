"""Spreadsheets: what their cells show, hidden sheets, far cells, and damaged files."""

from pathlib import Path

import pytest

from chatdesk.documents import sheet_rows
from chatdesk.documents.parts import Expected, Noted, Part, Refusal, Refused
from chatdesk.documents.sheets import read
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind
from tests.documents import made
from tests.documents.made import cells, sheet


def texts(path):
    return [piece.text for piece in read(path, "") if isinstance(piece, Part)]


def refusal(path):
    with pytest.raises(Refused) as caught:
        list(read(path, ""))
    return caught.value.code


def test_each_sheet_is_a_part_under_its_name(tmp_path):
    sheets = {"Budget": sheet(("Item", "Price"), ("tent", 12.5)), "Second": sheet(("x",)), "Empty": sheet()}
    assert list(read(made.xlsx(tmp_path / "a.xlsx", sheets), "")) == [
        Expected(3),
        Part(UnitKind.sheet, "Budget", "# Budget\n\n| Item | Price |\n| tent | 12.5 |"),
        Part(UnitKind.sheet, "Second", "# Second\n\n| x |"),
        Part(UnitKind.sheet, "Empty", ""),
    ]


def test_cells_look_as_their_formats_say(tmp_path):
    row = ((46023, 1), (0.125, 2), (1234.5, 3), (0.604166667, 4), (42, 0), (7, 99))
    formats = ("dd/mm/yyyy", "0.0%", '#,##0.00 "€"', "h:mm")
    path = made.xlsx(tmp_path / "a.xlsx", {"S": sheet(row)}, formats=formats)
    assert texts(path) == ["# S\n\n| 2026-01-01 | 12.5% | 1,234.50 € | 14:30 | 42 | 7 |"]


def test_texts_come_from_everywhere(tmp_path):
    strings = ("<t>plain</t>", "<r><t>in </t></r><r><t>runs</t></r><rPh><t>said</t></rPh>")
    row = (
        '<c t="s"><v>0</v></c>',
        '<c t="s"><v>1</v></c>',
        '<c t="s"><v>99</v></c>',
        '<c t="b"><v>1</v></c>',
        '<c t="e"><v>#DIV/0!</v></c>',
        '<c t="str"><f>A1</f><v>result</v></c>',
        "<c><f>SUM(B2:B51)</f></c>",
    )
    assert texts(made.xlsx(tmp_path / "a.xlsx", {"S": sheet(row)}, strings)) == [
        "# S\n\n| plain | in runs | TRUE | #DIV/0! | result | =SUM(B2:B51) |"
    ]


def test_columns_without_anything_are_left_out_and_gaps_kept(tmp_path):
    path = made.xlsx(tmp_path / "a.xlsx", {"S": sheet((None, "a", None, "b"), (None, None, None, "c"))})
    assert texts(path) == ["# S\n\n| a | b |\n|  | c |"]


def test_a_cell_in_the_last_corner_is_read(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    xml = sheet(("near",)).replace("</sheetData>", far)
    assert texts(made.xlsx(tmp_path / "a.xlsx", {"S": xml})) == ["# S\n\n| near |\n|  | 1 |"]


def test_hidden_sheets_are_left_out(tmp_path):
    sheets = {"Shown": sheet(("x",)), "Lists": sheet(("y",))}
    path = made.xlsx(tmp_path / "a.xlsx", sheets, hidden=("Lists",))
    assert next(read(path, "")) == Expected(1)
    assert texts(path) == ["# Shown\n\n| x |"]


def test_comments_stand_below_their_sheet(tmp_path):
    comments = '<comments><comment ref="B2"><text><r><t>why?</t></r></text></comment></comments>'
    path = made.xlsx(
        tmp_path / "a.xlsx",
        {"S": sheet(("x",))},
        **{
            "xl/comments1.xml": comments,
            "xl/worksheets/_rels/sheet1.xml.rels": made.relations(c=("comments", "../comments1.xml")),
        },
    )
    assert texts(path) == ["# S\n\n| x |\n\n[Comment on B2: why?]"]


def test_more_cells_than_can_be_held_are_cut_and_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_rows, "MOST_CELLS", 5)
    sheets = {"A": sheet(*[("x", "y")] * 10), "B": sheet(("never",))}
    pieces = list(read(made.xlsx(tmp_path / "a.xlsx", sheets), ""))
    assert pieces[1].text == "# A\n\n| x | y |\n| x | y |\n| x | y |"
    assert pieces[2:] == [Noted(ReadingNote(NoteKind.cut, len(pieces[1].text)))]


def test_open_document_cells_look_as_they_do(tmp_path):
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    body = (
        '<table:table table:name="Costs"><table:table-column/>'
        f"<table:table-row>{cells('Item', '1.234,50 €')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        f"{cells('far')}</table:table-row>"
        '<table:table-row><table:table-cell office:value="3"/></table:table-row></table:table>'
        f'<table:table table:name="Hidden" table:style-name="ta2"><table:table-row>{cells("no")}'
        "</table:table-row></table:table>"
        f'<table:table table:name="Two"><table:table-row>{cells("x")}</table:table-row></table:table>'
    )
    path = made.opendocument(tmp_path / "a.ods", "spreadsheet", body, styles)
    assert texts(path) == [
        "# Costs\n\n| Item | 1.234,50 € |\n|  |  | far |\n| 3 |",
        "# Two\n\n| x |",
    ]


def test_a_cell_repeated_without_end_is_cut(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    body = f'<table:table table:name="T">{row}</table:table>'
    [text] = texts(made.opendocument(tmp_path / "a.ods", "spreadsheet", body))
    assert text.count("x") == 10_000


@pytest.mark.parametrize(
    "members",
    [
        {"xl/workbook.xml": "<workbook/>"},
        {"xl/workbook.xml": "no xml"},
        {"content.xml": "<a>"},
        {"xl/workbook.bin": b"nothing"},
        {"a": "b"},
    ],
)
def test_broken_workbooks_are_damaged(tmp_path, members):
    assert refusal(made.zipped(tmp_path / "a.xlsx", members)) == Refusal.damaged


def test_a_sheet_cut_off_in_the_middle_is_damaged(tmp_path):
    xml = sheet(*[("x",)] * 100)
    assert refusal(made.xlsx(tmp_path / "a.xlsx", {"S": xml[: len(xml) // 2]})) == Refusal.damaged


def test_an_old_workbook_that_is_none_is_damaged(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000)
    assert refusal(path) == Refusal.damaged


def test_a_workbook_of_the_old_kind_is_read():
    path = Path(__file__).parents[1] / "data" / "old_workbook.xls"
    assert list(read(path, "")) == [
        Expected(2),
        Part(
            UnitKind.sheet,
            "Costs",
            "# Costs\n\n| Item | Price | Day |\n| Zelt ä | 12.5 | 2026-01-01 |\n"
            "| TRUE | 3 | 2026-01-01 14:30 |\n|  | 0.125 |\n| merged |",
        ),
        Part(UnitKind.sheet, "Empty", ""),
    ]
