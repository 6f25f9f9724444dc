"""OpenDocument files with other texts: everything but the texts stays as it is."""

import pytest

from chatdesk.documents.parts import Refused
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

STYLES = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-weight="bold" rsid="7"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties fo:language="en"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>'
)
NOTE = (
    '<text:note text:id="n1"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>A small note</text:p></text:note-body></text:note>"
)
BODY = (
    '<text:h text:outline-level="1">Annual report</text:h>'
    '<text:p>Sales <text:span text:style-name="T3">grew </text:span>'
    '<text:span text:style-name="T1">very</text:span>'
    '<text:span text:style-name="T2"> fast</text:span>.\n   Indeed.<text:soft-page-break/></text:p>'
    f'<text:p>See <text:a href="https://example.org">our page</text:a>{NOTE} and more.</text:p>'
    '<text:p>First<text:line-break/>second<text:s/> third<text:s text:c="9"/>last</text:p>'
    "<text:p>Page <text:page-number>3</text:page-number> of "
    '<text:span text:style-name="Source_20_Text">x</text:span>'
    "<text:tab/></text:p>"
    '<text:p text:style-name="P1">x = y</text:p>'
    '<text:p>Old <text:change-start text:change-id="c"/>new<text:change-end text:change-id="c"/></text:p>'
    "<text:p><draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box>"
    '<svg:desc xmlns:svg="urn:s">'
    "A lake</svg:desc></draw:frame>Beside</text:p>"
    f"<table:table><table:table-row>{made.cells('Name', '12')}</table:table-row></table:table>"
)
TEXTS = [
    "Annual report",
    "Sales grew ⟦1⟧very fast⟦/1⟧. Indeed.",
    "See ⟦1⟧our page⟦/1⟧⟦2/⟧ and more.",
    "A small note",
    "First⟦1/⟧second third⟦2/⟧last",
    "Page ⟦1/⟧ of ⟦2/⟧",
    "Old ⟦1/⟧new",
    "Beside",
    "In the box",
    "A lake",
    "Name",
]  # fmt: skip
CHANGED = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
)
DEFAULTS = (
    '<x xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
    '<style:default-style style:family="paragraph"><style:paragraph-properties/>'
    '<style:text-properties fo:language="en" fo:country="US"/></style:default-style>'
    "<office:master-styles><style:header><text:p>On top</text:p></style:header></office:master-styles></x>"
)


def rich(path):
    meta = '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The year</dc:title></m>'
    return made.opendocument(
        path,
        "text",
        CHANGED + BODY,
        STYLES,
        **{"styles.xml": DEFAULTS, "meta.xml": meta, "Pictures/a.png": "a"},
    )


def test_texts_come_in_reading_order_with_few_marks(tmp_path):
    path = rich(tmp_path / "a.odt")
    assert texts_of(path) == ["The year", *TEXTS, "On top"]
    assert module_of(path).read(path).notes == (Note.tracked_changes, Note.pictures)


def test_the_same_texts_give_the_same_file(tmp_path):
    path = rich(tmp_path / "a.odt")
    target, simplified = rewritten(path, lambda text: text)
    assert not simplified
    assert canonical(target) == canonical(path)
    assert target.read_bytes()[30:38] == b"mimetype"


def test_other_texts_leave_everything_else_as_it_is(tmp_path):
    path = rich(tmp_path / "a.odt")
    target, simplified = rewritten(path, upper)
    assert not simplified
    assert texts_of(target) == [text.upper() for text in ("The year", *TEXTS, "On top")]
    kept = (
        "p",
        "h",
        "a",
        "note",
        "line-break",
        "tab",
        "page-number",
        "frame",
        "table-cell",
        "change-start",
        "style",
    )
    assert counted(target, *kept) == counted(path, *kept)
    inside = members(target)["content.xml"].decode()
    assert '<text:span text:style-name="T1">VERY FAST</text:span>.' in inside
    assert '<text:a href="https://example.org">OUR PAGE</text:a>' in inside
    assert "gone" in inside
    assert "SALES GREW VERY FAST." in read_again(target)


def test_slides_are_translated_with_their_notes(tmp_path):
    frame = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    notes = f"<presentation:notes>{frame.format('Speak slowly')}</presentation:notes>"
    path = made.opendocument(
        tmp_path / "a.odp", "presentation", f"<draw:page>{frame.format('On the slide')}{notes}</draw:page>"
    )
    assert texts_of(path) == ["On the slide", "Speak slowly"]
    assert texts_of(rewritten(path, upper)[0]) == ["ON THE SLIDE", "SPEAK SLOWLY"]


def test_a_text_whose_marks_do_not_fit_is_told_and_keeps_its_things(tmp_path):
    path = rich(tmp_path / "a.odt")
    target, simplified = rewritten(path, {TEXTS[2]: "Siehe ⟦1⟧unsere Seite"})
    assert simplified == [3]
    assert texts_of(target)[3] == "Siehe unsere Seite"
    assert counted(target, "note") == counted(path, "note")


def test_the_file_says_its_new_language_and_direction(tmp_path):
    path = rich(tmp_path / "a.odt")
    german = members(rewritten(path, upper, "de-AT")[0])["styles.xml"]
    assert b'fo:language="de" fo:country="AT"' in german
    hebrew = members(rewritten(path, upper, "he")[0])["styles.xml"]
    assert b'style:language-complex="he"' in hebrew
    assert b'style:writing-mode="rl-tb"' in hebrew


def test_a_file_of_another_sort_is_refused(tmp_path):
    path = made.opendocument(tmp_path / "a.odt", "drawing", "")
    with pytest.raises(Refused):
        texts_of(path)
