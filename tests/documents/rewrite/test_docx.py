"""Word files with other texts: everything but the texts stays as it is."""

import time
import zipfile

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

SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def run(text, look="", attributes=""):
    look = look and f"<w:rPr>{look}</w:rPr>"
    return f'<w:r{attributes}>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs, properties=""):
    properties = properties and f"<w:pPr>{properties}</w:pPr>"
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def field(code, shown, look=""):
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown, look)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


BOLD, ITALIC = "<w:b/>", "<w:i/>"
LINK = f'<w:hyperlink {SPACES} r:id="rId9" w:history="1">{run("our page", "<w:u/>")}</w:hyperlink>'
NOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
TEXT_BOX = (
    f"<w:r><mc:AlternateContent {SPACES}>"
    f'<mc:Choice Requires="wps"><w:drawing><wp:docPr id="1" name="Box" descr="A quiet lake"/>'
    f"<w:txbxContent>{made.p('In the box')}</w:txbxContent></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><w:txbxContent>{made.p('In the box')}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def rich(path):
    """Write a file with nearly everything that a paragraph can hold."""
    body = (
        made.p("Annual report", "Titel")
        + para(
            run("Sales ", '<w:lang w:val="en-US"/>', ' w:rsidR="00A"'), '<w:proofErr w:type="spellStart"/>',
            run("grew ", "<w:noProof/>", ' w:rsidR="00B"'), run("very", BOLD), run(" fast", BOLD), run("."),
            properties='<w:jc w:val="both"/>',
        )
        + para('<w:bookmarkStart w:id="1" w:name="T"/>', run("All bold", BOLD), '<w:bookmarkEnd w:id="1"/>')
        + para(run("See "), LINK, run(" for more"), NOTE, run("."))
        + para(run("Page "), field(" PAGE ", "3"), run(" of the book"))
        + para(run("Read "), field(' HYPERLINK "https://example.org" ', "this", "<w:u/>"), run(" soon."))
        + para(run("First line"), "<w:r><w:br/></w:r>", run("second line"))
        + para(run("Call "), run("print()", '<w:rFonts w:ascii="Consolas"/>'), run(" to see it."))
        + para(run("x = 1"), properties='<w:pStyle w:val="Code"/>')
        + para(run("Old "), f'<w:ins w:id="5" w:author="A">{run("new ")}</w:ins>',
               '<w:del w:id="6"><w:r><w:delText>gone</w:delText></w:r></w:del>', run("words"))
        + para(run("With a box"), TEXT_BOX)
        + made.table(("Name", "City"), ("Ada", "12"))
        + para(run("12.5 %"))
    )  # fmt: skip
    return made.docx(path, body, footnotes=f'<w:footnote w:id="2">{made.p("A small note")}</w:footnote>')


TEXTS = [
    "Annual report",
    "Sales grew ⟦1⟧very fast⟦/1⟧.",
    "All bold",
    "See ⟦1⟧our page⟦/1⟧ for more⟦2/⟧.",
    "Page ⟦1/⟧ of the book",
    "Read ⟦1⟧this⟦/1⟧ soon.",
    "First line⟦1/⟧second line",
    "Call ⟦1/⟧ to see it.",
    "x = 1",
    "Old new words",
    "With a box",
    "A quiet lake",
    "In the box",
    "Name",
    "City",
    "Ada",
    "A small note",
]


def test_texts_come_in_reading_order_with_few_marks(tmp_path):
    assert texts_of(rich(tmp_path / "a.docx")) == TEXTS


def test_the_same_texts_give_the_same_file(tmp_path):
    path = rich(tmp_path / "a.docx")
    target, simplified = rewritten(path, lambda text: text)
    assert not simplified
    assert canonical(target) == canonical(path)


def test_other_texts_leave_everything_else_as_it_is(tmp_path):
    path = rich(tmp_path / "a.docx")
    target, simplified = rewritten(path, upper)
    assert not simplified
    assert texts_of(target) == [text.upper() for text in TEXTS]
    kept = (
        "p", "tbl", "tr", "tc", "hyperlink", "footnoteReference", "drawing", "pict", "br", "fldChar",
        "instrText", "bookmarkStart", "bookmarkEnd", "jc", "pStyle", "footnote", "style", "b", "Relationship",
    )  # fmt: skip
    before = counted(path, *kept)
    before["word/document.xml"]["b"] -= 1  # two runs of one look are one
    assert counted(target, *kept) == before
    assert b'r:id="rId9"' in members(target)["word/document.xml"]
    assert b"print()" in members(target)["word/document.xml"]
    text = read_again(target)
    assert "SALES GREW VERY FAST." in text
    assert "gone" not in text


def test_the_look_of_words_goes_with_their_marks(tmp_path):
    path = made.docx(tmp_path / "a.docx", para(run("Sales grew "), run("fast", BOLD + ITALIC)))
    target, _ = rewritten(path, {"Sales grew ⟦1⟧fast⟦/1⟧": "⟦1⟧Schnell⟦/1⟧ wuchs der Umsatz"})
    assert (
        b'<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t xml:space="preserve">Schnell</w:t></w:r>'
        b'<w:r><w:t xml:space="preserve"> wuchs der Umsatz</w:t></w:r>'
    ) in members(target)["word/document.xml"]


def test_a_text_whose_marks_do_not_fit_is_told_and_keeps_its_things(tmp_path):
    path = rich(tmp_path / "a.docx")
    target, simplified = rewritten(path, {TEXTS[3]: "Siehe ⟦1⟧unsere Seite", TEXTS[1]: "Umsatz ⟦1⟧sehr⟦/1⟧"})
    assert simplified == [3]
    assert texts_of(target)[3] == "Siehe unsere Seite"
    assert counted(target, "footnoteReference") == counted(path, "footnoteReference")


def test_both_copies_of_a_text_box_are_translated(tmp_path):
    target, _ = rewritten(rich(tmp_path / "a.docx"), {"In the box": "In der Kiste"})
    content = members(target)["word/document.xml"].decode()
    assert content.count("In der Kiste") == 2
    assert "In the box" not in content


def test_headers_properties_and_charts_are_translated(tmp_path):
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<a:p><a:r><a:t>Growth</a:t></a:r></a:p></c:chartSpace>"
    )
    path = made.docx(tmp_path / "a.docx", made.p("Body"), header=made.p("On top"), footer=made.p("Below"))
    inside = members(path)
    inside["word/_rels/document.xml.rels"] = inside["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", made.relations(c=("chart", "c.xml")).split("?>")[1].partition(">")[2].encode()
    )
    inside["_rels/.rels"] = made.relations(
        r1=("officeDocument", "word/document.xml"), r2=("core-properties", "docProps/core.xml")
    )
    inside["word/c.xml"] = chart
    inside["docProps/core.xml"] = (
        '<a xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The year</dc:title></a>'
    )
    made.zipped(path, inside)
    assert texts_of(path) == ["The year", "Body", "On top", "Below", "Growth"]
    assert texts_of(rewritten(path, upper)[0]) == ["THE YEAR", "BODY", "ON TOP", "BELOW", "GROWTH"]


def test_the_file_says_its_new_language_and_direction(tmp_path):
    path = made.docx(tmp_path / "a.docx", para(run("Good day", '<w:lang w:val="en-US"/>')))
    assert b'<w:lang w:val="de"/>' in members(rewritten(path, upper)[0])["word/document.xml"]
    target, _ = rewritten(path, {"Good day": "يوم سعيد"}, "ar")
    assert (
        b'<w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:val="ar" w:bidi="ar"/></w:rPr>'
    ) in members(target)["word/document.xml"]
    back, _ = rewritten(target, {"يوم سعيد": "Good day"}, "en")
    assert b"bidi/" not in members(back)["word/document.xml"]


def test_a_font_for_code_that_most_of_a_text_has_is_a_matter_of_taste(tmp_path):
    typed = '<w:rFonts w:ascii="Courier New"/>'
    path = made.docx(tmp_path / "a.docx", para(run("Written on a machine.", typed)) + para(run("End")))
    assert texts_of(path) == ["Written on a machine.", "End"]


def test_styles_for_code_leave_their_text_out(tmp_path):
    path = made.docx(tmp_path / "a.docx", para(run("x = y"), properties='<w:pStyle w:val="Src"/>') + para(
        run("Set "), run("x", '<w:rStyle w:val="Zeichen"/>'), run(" first")))  # fmt: skip
    inside = members(path)
    inside["word/styles.xml"] = inside["word/styles.xml"].replace(
        b"</w:styles>",
        b'<w:style w:styleId="Src"><w:name w:val="Source Code"/></w:style>'
        b'<w:style w:styleId="Zeichen"><w:name w:val="Own"/><w:basedOn w:val="Src"/></w:style></w:styles>',
    )
    made.zipped(path, inside)
    assert texts_of(path) == ["Set ⟦1/⟧ first"]


def test_what_is_not_translated_is_noted(tmp_path):
    path = rich(tmp_path / "a.docx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/media/image1.png", b"png")
    assert module_of(path).read(path).notes == (Note.tracked_changes, Note.pictures)


def test_a_table_of_contents_keeps_its_fields(tmp_path):
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    entry = run("Sales") + "<w:r><w:tab/></w:r>" + field("PAGEREF _Toc1", "4")
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    path = made.docx(tmp_path / "a.docx", para(begin, entry) + para(run("People"), end))
    assert texts_of(path) == ["Sales", "People"]
    target, _ = rewritten(path, upper)
    assert texts_of(target) == ["SALES", "PEOPLE"]
    assert counted(target, "fldChar", "instrText", "tab") == counted(path, "fldChar", "instrText", "tab")


def test_two_thousand_paragraphs_take_seconds(tmp_path):
    body = "".join(para(run(f"Sentence {n} is "), run("bold", BOLD), run(" here.")) for n in range(2_000))
    path = made.docx(tmp_path / "a.docx", body)
    start = time.process_time()
    target, simplified = rewritten(path, upper)
    assert time.process_time() - start < 10  # seconds of the processor; 1 s usually
    assert not simplified
    assert len(texts_of(target)) == 2_000


def test_a_table_of_contents_of_one_line_is_translated_too(tmp_path):
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:tab/><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    path = made.docx(tmp_path / "a.docx", para(begin, run("Sales"), end))
    assert texts_of(path) == ["Sales⟦1/⟧1"]
    target, simplified = rewritten(path, upper)
    assert (texts_of(target), simplified) == (["SALES⟦1/⟧1"], [])
    assert counted(target, "fldChar", "instrText", "tab") == counted(path, "fldChar", "instrText", "tab")
