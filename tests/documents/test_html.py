"""Web pages: what is content, structure, encodings, and pages that are too deep."""

import contextlib

import pytest

from chatdesk.documents.html import read, text_of
from chatdesk.documents.parts import Part, Refused
from chatdesk.domain.documents import UnitKind


@pytest.fixture
def parts(tmp_path):
    def parts(content):
        path = tmp_path / "a.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read(path, ""))

    return parts


@pytest.fixture
def text(parts):
    def text(content):
        return "\n\n".join(part.text for part in parts(content))

    return text


def test_headings_lists_and_tables_are_kept(parts):
    page = (
        "<!doctype html><title>T</title><h1>Top</h1><h2>One</h2><p>caf&eacute; &amp; <b>co</b><br>line</p>"
        "<ul><li>a<li><p>b</p><ol><li>deep</ol></ul><h2>Two</h2>"
        "<table><tr><th>x<th>y<tr><td colspan=2>wide<tr><td rowspan=2>tall<td>1<tr><td>2</table>"
    )
    assert parts(page) == [
        Part(UnitKind.section, "One", "# Top\n\n## One\n\ncafé & co\nline\n\n- a\n- b\n  1. deep"),
        Part(UnitKind.section, "Two", "## Two\n\n| x | y |\n| wide |  |\n| tall | 1 |\n|  | 2 |"),
    ]


def test_what_is_no_content_is_left_out(text):
    page = (
        "<head><script>var x</script><style>y</style></head><body><nav>menu</nav>"
        "<div role=navigation>menu</div><aside>beside</aside><p>seen<span hidden> hidden</span>"
        "<span style='display: none'> styled</span><span class='sr-only'> aloud</span> text</p>"
        "<noscript>n</noscript><template><p>t</p></template><svg><text>s</text></svg><iframe>i</iframe>"
        "<button>press</button><select><option>o</select><!-- comment --><footer>foot</footer>"
    )
    assert text(page) == "seen text"


def test_the_main_part_of_a_page_is_enough(text):
    story = "A long story. " * 20
    frame = "<div>Frame of the site</div>"
    for inside in (
        f"<main><p>{story}</main>",
        f"<div role=main>{story}</div>",
        f"<article>{story}</article>",
    ):
        assert text(frame + inside + frame) == story.strip()


def test_an_empty_main_part_is_passed_over(text):
    assert text("<main></main><div>the text</div>") == "the text"


def test_several_articles_are_all_read(text):
    long = "words " * 60
    assert text(f"<article>one {long}</article><article>two {long}</article>").count("words") == 120


def test_the_title_stands_above_a_page_without_headings(parts):
    assert parts("<title>My page</title><p>text") == [Part(UnitKind.section, "My page", "# My page\n\ntext")]


def test_signs_behind_headings_are_left_out(text):
    page = (
        "<h1>Top<a class=headerlink href=#t>¶</a></h1><h2>Life<span class='mw-editsection'>[edit]</span></h2>"
    )
    assert text(page) == "# Top\n\n## Life"


def test_elements_closed_at_once_hold_nothing(parts):
    assert parts("<title/><script src='x'/><p>one<a name='here'/> two</p>") == [
        Part(UnitKind.whole, "", "one two")
    ]


def test_code_keeps_its_lines(text):
    assert text("<pre>if x:\n    y()</pre><p>a\n   b</p>") == "if x:\n    y()\n\na b"


def test_tables_that_place_things_are_no_tables(text):
    inner = "<table><tr><td>a<td>b</table>"
    assert text(f"<table><tr><td><p>menu</p><td>{inner}</table>") == "menu\n\n| a | b |"
    assert text("<table role=presentation><tr><td>one<td>two</table>") == "one\n\ntwo"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<meta charset=utf-8>é".encode(), "é"),
        ("<meta charset='iso-8859-1'>“é”".encode("cp1252"), "“é”"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">\xcf\xf0', "Пр"),
        ("\ufeff<p>é".encode("utf-16"), "é"),
        ("\ufeffé".encode(), "é"),
        ("<meta charset=utf-8>é".encode("cp1252"), "é"),
        (b"<meta charset=nothing>\xc3\xa9", "é"),
        ("é".encode(), "é"),
        ('<?xml version="1.0" encoding="shift_jis"?><p>日本'.encode("shift_jis"), "日本"),
    ],
)
def test_pages_are_read_in_the_encoding_that_they_have(content, found):
    assert found in text_of(content)


def test_a_hundred_thousand_wrappers_are_seen_through(text):
    assert text("<div>" * 100_000 + "deep" + "</div>" * 100_000) == "deep"


@pytest.mark.parametrize(
    "content", ["", "   ", "<", "<!doctype html>", "<table><td><tr></table></td>x", "<li>" * 3_000, "\0<p>\0"]
)
def test_no_page_is_too_strange(parts, content):
    with contextlib.suppress(Refused):
        parts(content)


@pytest.mark.parametrize(
    "piece", ["<ul><li>", "<table><tr><td>", "<b><i>", "<a ", "<p a='", "</p>", "<!--", "&#"]
)
def test_a_hundred_thousand_pieces_that_are_never_closed_are_read_or_refused(parts, piece):
    with contextlib.suppress(Refused):
        assert len(parts("text" + piece * 100_000)) == 1


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ol type=a><li>a<li>b<ol type=I><li>c</ol><li>d</ol>", "a. a\nb. b\n  I. c\nc. d"),
        ("<ol><li value=7>a<li>b</ol><ol><li>c</ol>", "7. a\n8. b\n1. c"),
        ("<ol reversed><li>a<li>b<li>c</ol>", "3. a\n2. b\n1. c"),
        ("<ol style='list-style-type: upper-alpha'><li>a</ol>", "A. a"),
        ("<ol style='list-style: none'><li>a</ol><ul style='list-style: decimal'><li>b</ul>", "- a\n1. b"),
        ("<ol><li><p>a</p><p>more</p><li><h3>b</h3></ol>", "1. a\n\nmore\n\n### 2. b"),
        ("<table><tr><td><ol><li>a<li>b</ol><td>x</table>", "| 1. a 2. b | x |"),
        ("<ol start=99999999999999999999999><li>a</ol><li>b", "2147483648. a\n- b"),
        ("<ol><li>a<li hidden>b<li>c</ol>", "1. a\n2. c"),
    ],
)
def test_numbered_lists_keep_their_numbers(text, page, expected):
    assert text(page) == expected
