"""Presentations with other texts: everything but the texts stays as it is."""

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

DIAGRAM = (
    '<dgm:x xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<a:p><a:r><a:t>First step</a:t></a:r></a:p><a:p><a:r><a:t>Second step</a:t></a:r></a:p></dgm:x>"
)

BOLD = 'b="1"'


def lines(*runs):
    properties = '<p:nvSpPr><p:cNvPr id="2" name="x" descr="A lake"/></p:nvSpPr>'
    return f"<p:sp>{properties}<p:txBody>{''.join(runs)}</p:txBody></p:sp>"


def run(text, look=""):
    return f'<a:r><a:rPr lang="en-US" {look} dirty="0"/><a:t>{text}</a:t></a:r>'


def rich(path):
    mixed = (
        f"<a:p><a:pPr lvl='1'/>{run('Sales ')}{run('grew ')}{run('fast', BOLD)}"
        f"<a:br><a:rPr lang='en-US'/></a:br>{run('again')}<a:endParaRPr lang='en-US'/></a:p>"
    )
    page = f"<a:p>{run('Page ')}<a:fld id='1' type='slidenum'><a:t>3</a:t></a:fld>{run(' of many')}</a:p>"
    made.pptx(
        path,
        [
            made.shape("Our year", kind="title") + lines(mixed, page),
            made.shape("Cities", kind="title") + made.grid(("Name", "City"), ("Ada", "12")),
        ],
        {1: "Speak slowly"},
    )
    inside = members(path)
    inside["ppt/slides/_rels/slide1.xml.rels"] = made.relations(
        d=("diagramData", "../diagrams/data1.xml"), e=("diagramDrawing", "../diagrams/drawing1.xml")
    )
    return made.zipped(
        path,
        {
            **inside,
            "ppt/diagrams/data1.xml": DIAGRAM,
            "ppt/diagrams/drawing1.xml": DIAGRAM,
            "ppt/media/a.png": b"a",
        },
    )


TEXTS = [
    "Our year",
    "Sales grew ⟦1⟧fast⟦/1⟧⟦2/⟧again",
    "Page ⟦1/⟧ of many",
    "A lake",
    "Speak slowly",
    "Cities",
    "Name",
    "City",
    "Ada",
    "First step",
    "Second step",
]


def test_texts_come_slide_by_slide_with_few_marks(tmp_path):
    path = rich(tmp_path / "a.pptx")
    assert texts_of(path) == TEXTS
    assert module_of(path).read(path).notes == (Note.pictures,)


def test_the_same_texts_give_the_same_file(tmp_path):
    path = rich(tmp_path / "a.pptx")
    target, simplified = rewritten(path, lambda text: text)
    assert not simplified
    assert canonical(target) == canonical(path)


def test_other_texts_leave_everything_else_as_it_is(tmp_path):
    path = rich(tmp_path / "a.pptx")
    target, simplified = rewritten(path, upper)
    assert not simplified
    assert texts_of(target) == [text.upper() for text in TEXTS]
    kept = ("p", "tbl", "tr", "tc", "br", "fld", "pPr", "endParaRPr", "sp", "ph", "Relationship", "sldId")
    assert counted(target, *kept) == counted(path, *kept)
    assert members(target)["ppt/media/a.png"] == b"a"
    text = read_again(target)
    assert "SALES GREW FAST\nAGAIN" in text
    assert "SPEAK SLOWLY" in text
    assert b'lang="de" b="1"' in members(target)["ppt/slides/slide2.xml"]
    assert b"en-US" not in members(target)["ppt/slides/slide2.xml"]


def test_the_drawn_form_of_a_diagram_shows_the_same(tmp_path):
    target, _ = rewritten(rich(tmp_path / "a.pptx"), {"Second step": "Zweiter Schritt"})
    inside = members(target)
    for name in ("data1", "drawing1"):
        assert "Zweiter Schritt" in inside[f"ppt/diagrams/{name}.xml"].decode()


def test_a_text_whose_marks_do_not_fit_is_told_and_keeps_its_things(tmp_path):
    path = rich(tmp_path / "a.pptx")
    target, simplified = rewritten(path, {TEXTS[2]: "Viele Seiten", TEXTS[1]: "⟦1⟧Schnell⟦2/⟧⟦/1⟧"})
    assert simplified == [2]
    assert counted(target, "fld", "br") == counted(path, "fld", "br")
    assert "Viele Seiten" in read_again(target)


def test_words_written_from_the_right_say_so(tmp_path):
    target, _ = rewritten(rich(tmp_path / "a.pptx"), {"Our year": "عامنا"}, "ar")
    assert b'<a:pPr rtl="1"/>' in members(target)["ppt/slides/slide2.xml"]
