"""Presentations: order, titles, bullets, tables, notes, and broken ones."""

import pytest

from chatdesk.documents.parts import Expected, Noted, Part, Refusal, Refused
from chatdesk.documents.pptx import read
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind
from tests.documents import made
from tests.documents.made import grid, shape


def slides(path):
    return [piece for piece in read(path, "") if isinstance(piece, Part)]


def test_slides_come_in_the_order_in_which_they_are_shown(tmp_path):
    pages = [shape(f"Slide {number}", kind="title") for number in (1, 2, 3)]
    pieces = list(read(made.pptx(tmp_path / "a.pptx", pages), ""))
    assert pieces[0] == Expected(3)
    assert [(part.kind, part.label) for part in pieces[1:]] == [
        (UnitKind.slide, f"Slide {number}") for number in (1, 2, 3)
    ]


def test_a_slide_has_title_bullets_table_and_notes(tmp_path):
    page = (
        shape("first", "second", kind="")
        + shape("Our plan", kind="title")
        + grid(("Name", "City"), ("Ada", "Lyon"))
        + shape("a remark")
        + shape("12", kind="sldNum")
        + shape("Company Ltd", kind="ftr")
    )
    path = made.pptx(tmp_path / "a.pptx", [page], {1: "Say hello."})
    assert slides(path)[0].text == (
        "# Our plan\n\n- first\n- second\n\n| Name | City |\n| Ada | Lyon |\n\na remark\n\n"
        "Speaker notes:\n\nSay hello."
    )


def test_bullets_stand_as_deep_as_they_are_and_may_be_switched_off(tmp_path):
    deep = '<a:p><a:pPr lvl="1"/><a:r><a:t>deep</a:t></a:r></a:p>'
    plain = "<a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>plain</a:t></a:r></a:p>"
    path = made.pptx(tmp_path / "a.pptx", [shape("top", kind="body", inside=deep + plain)])
    assert slides(path)[0].text == "- top\n  - deep\n\nplain"


def test_the_second_copy_of_a_drawing_is_left_out(tmp_path):
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{shape('once')}</mc:Choice><mc:Fallback>{shape('once')}</mc:Fallback>"
    page = f"<mc:AlternateContent {space}>{both}</mc:AlternateContent>"
    assert slides(made.pptx(tmp_path / "a.pptx", [page]))[0].text == "once"


def test_shapes_in_groups_are_read(tmp_path):
    page = f"<p:grpSp><p:grpSp>{shape('inside')}</p:grpSp></p:grpSp>"
    assert slides(made.pptx(tmp_path / "a.pptx", [page]))[0].text == "inside"


def test_a_slide_without_text_keeps_its_number(tmp_path):
    path = made.pptx(tmp_path / "a.pptx", [shape("one"), "", shape("three")])
    assert [part.text for part in slides(path)] == ["one", "", "three"]


def test_a_presentation_may_be_empty(tmp_path):
    assert list(read(made.pptx(tmp_path / "a.pptx", []), "")) == [Expected(0)]


def test_a_slide_that_is_missing_is_empty(tmp_path):
    path = made.pptx(tmp_path / "a.pptx", [shape("one")])
    with made.zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if "slide1.xml" not in name}
    assert [part.text for part in slides(made.zipped(tmp_path / "b.pptx", members))] == [""]


def test_embedded_files_are_counted(tmp_path):
    path = made.pptx(tmp_path / "a.pptx", [shape("one")])
    with made.zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ppt/embeddings/a.xlsx", b"PK")
    assert Noted(ReadingNote(NoteKind.left_out, 1)) in list(read(path, ""))


@pytest.mark.parametrize(
    "members",
    [{"a": "b"}, {"ppt/presentation.xml": "<a/>"}, {"ppt/presentation.xml": "<presentation>"}],
)
def test_what_is_no_presentation_is_damaged(tmp_path, members):
    with pytest.raises(Refused) as caught:
        list(read(made.zipped(tmp_path / "a.pptx", members), ""))
    assert caught.value.code == Refusal.damaged
