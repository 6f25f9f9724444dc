"""Electronic books: chapters, order, copy protection, and broken ones."""

import pytest

from chatdesk.documents.epub import read
from chatdesk.documents.parts import Expected, Part, Refusal, Refused
from chatdesk.domain.documents import UnitKind
from tests.documents import made
from tests.documents.made import link, page


@pytest.fixture
def chapters(tmp_path):
    def chapters(pages, contents="", **more):
        pieces = list(read(made.epub(tmp_path / "a.epub", pages, contents, **more), ""))
        assert {part.kind for part in pieces[1:]} <= {UnitKind.chapter}
        return [(part.label, part.text) for part in pieces[1:]]

    return chapters


def refusal(path):
    with pytest.raises(Refused) as caught:
        list(read(path, ""))
    return caught.value.code


def test_chapters_come_in_reading_order_with_the_titles_of_the_contents(tmp_path):
    pages = {"z.xhtml": page("<p>first text</p>"), "a.xhtml": page("<h1>Second</h1><p>more</p>")}
    contents = link("z.xhtml", "The <i>first</i> one") + link("a.xhtml", "The second one")
    assert list(read(made.epub(tmp_path / "a.epub", pages, contents), "")) == [
        Expected(2),
        Part(UnitKind.chapter, "The first one", "# The first one\n\nfirst text"),
        Part(UnitKind.chapter, "The second one", "# Second\n\nmore"),
    ]


def test_without_contents_each_page_is_a_chapter(chapters):
    pages = {"1.xhtml": page("<h2>One</h2><p>a</p>"), "2.xhtml": page("<p>b</p>")}
    assert chapters(pages) == [("One", "## One\n\na"), ("", "b")]


def test_pages_that_the_contents_do_not_name_go_on_with_the_chapter(chapters):
    pages = {f"{n}.xhtml": page(f"<p>text {n}</p>") for n in range(4)}
    assert chapters(pages, link("1.xhtml", "A") + link("3.xhtml", "B")) == [
        ("", "text 0"),
        ("A", "# A\n\ntext 1\n\ntext 2"),
        ("B", "# B\n\ntext 3"),
    ]


def test_chapters_may_begin_in_the_middle_of_a_page(chapters):
    body = '<p>end of one</p><h2 id="two">Two</h2><p>b</p><p><a id="three"/>c</p>'
    contents = link("1.xhtml", "One") + link("2.xhtml#two", "Second") + link("2.xhtml#three", "Third")
    assert chapters({"1.xhtml": page("<p>a</p>"), "2.xhtml": page(body)}, contents) == [
        ("One", "# One\n\na\n\nend of one"),
        ("Second", "## Two\n\nb"),
        ("Third", "# Third\n\nc"),
    ]


def test_sections_inside_a_page_are_no_chapters_and_parts_have_some(chapters):
    pages = {"p.xhtml": page("<p>part</p>"), "1.xhtml": page('<p>a</p><p id="s">b</p>')}
    contents = link("p.xhtml", "Part", link("1.xhtml", "One", link("1.xhtml#s", "Section")))
    assert [label for label, _ in chapters(pages, contents)] == ["Part", "One"]


def test_the_old_form_of_the_contents_is_known(chapters):
    ncx = (
        "<navPoint><navLabel><text>Old</text></navLabel><content src='1.xhtml'/>"
        "<navPoint><navLabel><text>Inner</text></navLabel><content src='2.xhtml'/></navPoint></navPoint>"
    )
    pages = {"1.xhtml": page("<p>a</p>"), "2.xhtml": page("<p>b</p>")}
    assert [label for label, _ in chapters(pages, ncx=ncx)] == ["Old", "Inner"]


def test_names_may_be_written_with_percent_signs(chapters):
    pages = {"chap one.xhtml": page("<p>a</p>")}
    assert chapters(pages, link("chap%20one.xhtml", "One")) == [("One", "# One\n\na")]


def test_pages_that_are_nearly_xml_are_read(chapters):
    sloppy = "<html><head><title/></head><body><p>caf&eacute;&nbsp;one<br>two & three</body></html>"
    assert chapters({"1.xhtml": sloppy}) == [("", "café one\ntwo & three")]


def test_entities_of_the_standard_are_known(chapters):
    head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://example.org/xhtml11.dtd">'
    assert chapters({"1.xhtml": f"{head}<html><body><p>caf&eacute;&nbsp;one</p></body></html>"}) == [
        ("", "café one")
    ]


def encrypted(algorithm):
    method = f'<EncryptionMethod Algorithm="{algorithm}"/>'
    return {"META-INF/encryption.xml": f"<encryption><EncryptedData>{method}</EncryptedData></encryption>"}


def test_copy_protection_is_refused_and_scrambled_fonts_are_not(tmp_path, chapters):
    pages = {"1.xhtml": page("<p>a</p>")}
    assert chapters(pages, **encrypted("http://www.idpf.org/2008/embedding")) == [("", "a")]
    path = made.epub(tmp_path / "b.epub", pages, **encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert refusal(path) == Refusal.locked


def test_missing_pages_and_loops_are_passed_over(tmp_path):
    items = "".join(
        f'<item id="{name}" href="{href}" media-type="application/xhtml+xml"/>'
        for name, href in (
            ("a", "a.xhtml"),
            ("gone", "gone.xhtml"),
            ("out", "../../../etc/passwd"),
            ("me", "b.opf"),
        )
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in ("a", "gone", "out", "a", "nothing", "a"))
    members = {
        "META-INF/container.xml": '<container><rootfile full-path="b.opf"/></container>',
        "b.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
        "a.xhtml": page("<p>once</p>"),
    }
    path = made.zipped(tmp_path / "a.epub", members)
    assert [part.text for part in list(read(path, ""))[1:]] == ["once"]


def test_a_book_without_a_container_is_found(tmp_path):
    with made.zipfile.ZipFile(made.epub(tmp_path / "a.epub", {"1.xhtml": page("<p>a</p>")})) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if "container" not in name}
    assert [part.text for part in list(read(made.zipped(tmp_path / "b.epub", members), ""))[1:]] == ["a"]


@pytest.mark.parametrize(
    "members",
    [
        {"a": "b"},
        {"META-INF/container.xml": "no xml"},
        {"META-INF/container.xml": '<c><rootfile full-path="gone.opf"/></c>'},
        {"book.opf": "<package/>"},
        {"book.opf": "<package><manifest/><spine/></package>"},
    ],
)
def test_broken_books_are_damaged(tmp_path, members):
    assert refusal(made.zipped(tmp_path / "a.epub", members)) == Refusal.damaged
