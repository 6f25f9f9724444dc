"""Workbooks with other texts: formulas, numbers and everything else stay as they are."""

from xml.sax.saxutils import escape, unescape

from chatdesk.documents.rewrite.notes import Note
from tests.documents import made
from tests.documents.rewrite.files import (
    canonical,
    counted,
    members,
    module_of,
    read_again,
    rewritten,
    texts_of,
    upper,
)

BOLD = "<rPr><b/></rPr>"
STRINGS = [
    "<t>Name</t>",
    "<t>City</t>",
    f"<r><t xml:space='preserve'>Sales this year </t></r><r>{BOLD}<t>grew</t></r><r>{BOLD}<t> fast</t></r>",
    "<t>First line\nsecond line</t>",
    "<t>12.5 %</t>",
    "<t>Done</t>",
    "<t>東京の家</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/>",
]


def shared(number):
    return f'<c t="s"><v>{number}</v></c>'


def formula(text, value=""):
    return f'<c t="str"><f>{escape(text)}</f><v>{value}</v></c>'


def workbook(path, tables="", cells=(), **more):
    first = made.sheet(
        (shared(0), shared(1), 7),
        (shared(2), shared(3), shared(4)),
        (shared(5), formula('IF(A3="done","Yes","No")', "Yes"), formula("Prices!A1", "x")),
        ("Written inside", *cells),
    )
    return made.xlsx(path, {"Overview": first, "Prices": made.sheet((shared(6),))}, STRINGS, **more)


TEXTS = [
    "Overview",
    "Name",
    "City",
    "Sales this year ⟦1⟧grew fast⟦/1⟧",
    "First line⟦1/⟧second line",
    "東京の家",
    "Written inside",
]


def test_texts_of_cells_and_sheets_but_not_what_formulas_look_for(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    assert texts_of(path) == TEXTS
    assert module_of(path).read(path).notes == (Note.sheet_names, Note.formula_words)


def test_the_same_texts_give_the_same_file(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    target, simplified = rewritten(path, lambda text: text)
    assert not simplified
    assert canonical(target) == canonical(path)


def test_other_texts_leave_everything_else_as_it_is(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    target, simplified = rewritten(path, lambda text: "Haus in Tokio" if text == TEXTS[5] else text.upper())
    assert not simplified
    inside, before = members(target), members(path)
    strings = inside["xl/sharedStrings.xml"].decode()
    assert (
        '<si><r><t xml:space="preserve">SALES THIS YEAR </t></r><r><rPr><b/></rPr><t>GREW FAST</t></r></si>'
        in strings
    )
    assert '<si><t xml:space="preserve">FIRST LINE\nSECOND LINE</t></si>' in strings
    assert "<si><t>Done</t></si><si><t>Haus in Tokio</t></si>" in strings
    assert counted(target, "si", "c", "f", "v", "row", "sheet") == counted(
        path, "si", "c", "f", "v", "row", "sheet"
    )
    assert inside["xl/worksheets/sheet2.xml"] == before["xl/worksheets/sheet2.xml"]
    text = read_again(target)
    assert "| NAME | CITY | 7 |" in text
    assert "| Done | Yes | x |" in text
    assert "WRITTEN INSIDE" in text


def with_table(path, *columns):
    listed = "".join(f'<tableColumn id="{n}" name="{one}"/>' for n, one in enumerate(columns, 1))
    return workbook(
        path,
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": made.relations(t=("table", "../tables/table1.xml")),
            "xl/tables/table1.xml": f'<table displayName="T"><tableColumns>{listed}</tableColumns></table>',
        },
    )


def test_the_columns_of_tables_are_called_as_their_cells(tmp_path):
    path = with_table(tmp_path / "a.xlsx", "Name", "City", "First line_x000a_second line")
    target, _ = rewritten(path, upper)
    table = members(target)["xl/tables/table1.xml"].decode()
    assert 'name="NAME"' in table
    assert 'name="FIRST LINE_x000a_SECOND LINE"' in table
    assert 'displayName="T"' in table


def test_columns_that_would_be_called_the_same_keep_their_names(tmp_path):
    path = with_table(tmp_path / "a.xlsx", "Name", "City")
    target, _ = rewritten(path, {"Name": "Ort", "City": "ort", "Written inside": "Innen"})
    inside = members(target)
    assert inside["xl/tables/table1.xml"] == members(path)["xl/tables/table1.xml"]
    assert b"<si><t>Name</t></si><si><t>City</t></si>" in inside["xl/sharedStrings.xml"]
    assert b"Innen" in inside["xl/worksheets/sheet1.xml"]


def test_names_of_sheets_follow_the_rules_of_excel(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    for name, expected in [
        ("Was? [alles]/nichts", "Was   alles  nichts"),
        ("prices", "prices 2"),
        ("Ü" * 40, "Ü" * 31),
        ("///", "Overview"),
    ]:
        target, _ = rewritten(path, {"Overview": name})
        assert f'name="{expected}"'.encode() in members(target)["xl/workbook.xml"]


def test_what_filters_choices_and_pivot_tables_look_for_stays(tmp_path):
    rules = (
        '<autoFilter ref="A1:B2"><filterColumn colId="0"><filters><filter val="Name"/></filters>'
        '</filterColumn></autoFilter><dataValidations><dataValidation type="list">'
        '<formula1>"City,Town"</formula1></dataValidation></dataValidations>'
    )
    path = workbook(tmp_path / "a.xlsx")
    inside = members(path)
    sheet = inside["xl/worksheets/sheet2.xml"].replace(b"</sheetData>", b"</sheetData>" + rules.encode())
    made.zipped(path, {**inside, "xl/worksheets/sheet2.xml": sheet})
    assert texts_of(path) == [text for text in TEXTS if text not in ("Name", "City")]


def test_comments_are_translated(tmp_path):
    comment = '<comment ref="A1"><text><r><t>Check this</t></r></text></comment>'
    path = workbook(
        tmp_path / "a.xlsx",
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": made.relations(c=("comments", "../comments1.xml")),
            "xl/comments1.xml": f"<comments><commentList>{comment}</commentList></comments>",
        },
    )
    assert "Check this" in texts_of(path)
    assert "CHECK THIS" in read_again(rewritten(path, upper)[0])


def test_sheets_keep_their_names_where_macros_may_call_them(tmp_path):
    path = workbook(tmp_path / "a.xlsm", **{"xl/vbaProject.bin": b"x"})
    assert "Overview" not in texts_of(path)
    assert Note.macros in module_of(path).read(path).notes


def test_a_changed_workbook_with_formulas_is_calculated_when_it_is_opened(tmp_path):
    target, _ = rewritten(workbook(tmp_path / "a.xlsx"), upper)
    assert b'fullCalcOnLoad="1"' in members(target)["xl/workbook.xml"]
    path = made.xlsx(tmp_path / "b.xlsx", {"One": made.sheet(("Words here",))})
    target, _ = rewritten(path, upper)
    assert b"calcPr" not in members(target)["xl/workbook.xml"]


def with_header(path, text):
    """Write a workbook whose sheet has a header."""
    sheet = made.sheet(("Words here",))
    header = f"<headerFooter><oddHeader>{escape(text)}</oddHeader></headerFooter></worksheet>"
    return made.xlsx(path, {"One": sheet.replace("</worksheet>", header)})


def header_of(path):
    written = members(path)["xl/worksheets/sheet1.xml"].decode()
    return unescape(written.partition("<oddHeader>")[2].partition("</oddHeader>")[0])


def test_headers_and_footers_are_translated_and_keep_their_codes(tmp_path):
    path = with_header(tmp_path / "a.xlsx", '&L&"Arial,Bold"&12Sales && more&CPage &P of &N&R&D')
    texts = ["One", "Words here", "Sales & more", "Page ⟦1/⟧ of ⟦2/⟧"]
    assert sorted(texts_of(path)) == sorted(texts)
    said = {"Sales & more": "3 Verkäufe & mehr", "Page ⟦1/⟧ of ⟦2/⟧": "⟦2/⟧ Seiten, hier ⟦1/⟧"}
    target, simplified = rewritten(path, said)
    assert simplified == []
    assert header_of(target) == '&L&"Arial,Bold"&12 3 Verkäufe && mehr&C&N Seiten, hier &P&R&D'


def test_a_header_that_would_be_too_long_for_excel_stays_and_is_told(tmp_path):
    path = with_header(tmp_path / "a.xlsx", "&CSales report&RLeft")
    target, simplified = rewritten(path, {"Sales report": "lang " * 60, "Left": "Links"})
    assert header_of(target) == "&CSales report&RLinks"
    assert len(simplified) == 1
