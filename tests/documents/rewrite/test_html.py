"""Web pages with other texts: the source stays letter for letter but for these."""

import contextlib
import time
from itertools import pairwise

import pytest

from chatdesk.documents.rewrite.html_tokens import tokens
from tests.documents.rewrite.files import read_again, rewritten, texts_of, upper

PAGE = """<!DOCTYPE html>
<html lang='en'>
<head><meta charset="utf-8"><title>Our  year &amp; more</title>
<meta name="description" content="All about us"><style>p > a { color: red }</style>
<script>if (a < b) document.write("<p>Hello</p>")</script></head>
<body class=main>
<!-- a comment <p>here</p> -->
<h1>Annual report</h1>
<p>Sales grew <b>very <i>fast</i></b> in
   2024,<br>as <a href="a.html?x=1&amp;y=2" title='Our page'>we said</a>.</p>
<p><strong>All of it is bold</strong></p>
<p>Call <code>print("<b>")</code> to see &lt;it&gt;, or press <kbd>Ctrl</kbd>.</p>
<pre>Not
  this</pre>
<ul><li>One<li>Two <img src=a.png alt='A quiet lake'> more</ul>
<a href="/big"><div>A block in a link</div></a>
<p translate="no">Brand <b>name</b></p><p>Made by <span class="x notranslate">Acme Corp</span> today</p>
<form><input type=submit value=Send><input placeholder="Your name"><select><option>Red</select></form>
<table><tr><td>12</td><td>Cell&nbsp;text</td></tr></table>
</body></html>
"""
TEXTS = [
    "Our year & more",
    "All about us",
    "Annual report",
    "Sales grew ⟦1⟧very ⟦2⟧fast⟦/2⟧⟦/1⟧ in 2024,⟦3/⟧as ⟦4⟧we said⟦/4⟧.",
    "Our page",
    "All of it is bold",
    "Call ⟦1/⟧ to see <it>, or press ⟦2/⟧.",
    "One",
    "Two ⟦1/⟧ more",
    "A quiet lake",
    "A block in a link",
    "Made by ⟦1/⟧ today",
    "Send",
    "Your name",
    "Red",
    "Cell\xa0text",
]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "a.html"

    def page(source=PAGE, encoding="utf-8"):
        path.write_bytes(source.encode(encoding))
        return path

    return page


def test_texts_come_in_reading_order_with_few_marks(page):
    assert texts_of(page()) == TEXTS


def test_the_same_texts_give_the_same_bytes(page):
    path = page()
    target, simplified = rewritten(path, lambda text: text)
    assert not simplified
    assert target.read_bytes() == path.read_bytes()


def test_other_texts_leave_every_other_letter_of_the_source(page):
    target, simplified = rewritten(page(), upper)
    assert not simplified
    assert texts_of(target) == [text.upper() for text in TEXTS]
    expected = PAGE.replace("'en'", '"de"')
    for old, new in [
        ("Our  year &amp; more", "OUR YEAR &amp; MORE"),
        ('"All about us"', '"ALL ABOUT US"'),
        ("Annual report", "ANNUAL REPORT"),
        (
            "Sales grew <b>very <i>fast</i></b> in\n   2024,<br>as",
            "SALES GREW <b>VERY <i>FAST</i></b> IN 2024,<br>AS",
        ),
        ("title='Our page'>we said", 'title="OUR PAGE">WE SAID'),
        ("All of it is bold", "ALL OF IT IS BOLD"),
        ("Call <code>", "CALL <code>"),
        ("to see &lt;it&gt;, or press", "TO SEE &lt;IT&gt;, OR PRESS"),
        ("<li>One<li>Two", "<li>ONE<li>TWO"),
        ("alt='A quiet lake'> more", 'alt="A QUIET LAKE"> MORE'),
        ("A block in a link", "A BLOCK IN A LINK"),
        ("Made by", "MADE BY"),
        (" today", " TODAY"),
        ("value=Send", 'value="SEND"'),
        ("Your name", "YOUR NAME"),
        ("<option>Red", "<option>RED"),
        ("Cell&nbsp;text", "CELL&nbsp;TEXT"),
    ]:
        expected = expected.replace(old, new)
    assert target.read_text() == expected
    assert "SALES GREW VERY FAST IN 2024," in read_again(target)


def test_a_text_whose_marks_do_not_fit_is_told_and_keeps_its_things(page):
    target, simplified = rewritten(page(), {TEXTS[3]: "Umsatz ⟦1⟧wuchs", TEXTS[6]: "⟦2/⟧ & <dann> ⟦1/⟧"})
    assert simplified == [3]
    source = target.read_text()
    assert "<p>Umsatz wuchs<br></p>" in source
    assert '<p><kbd>Ctrl</kbd> &amp; &lt;dann&gt; <code>print("<b>")</code></p>' in source


def test_letters_that_the_encoding_lacks_become_references(page):
    source = '<meta charset="iso-8859-1"><p title="Tür">Müll \x80</p>'
    path = page(source, "latin-1")
    assert texts_of(path) == ["Tür", "Müll €"]
    target, _ = rewritten(path, {"Müll €": "Müll 垃圾 €", "Tür": "门"}, "zh")
    expected = source.replace("Müll \x80", "Müll &#22403;&#22334; \x80").replace("Tür", "&#38376;")
    assert target.read_bytes() == expected.encode("latin-1")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_bytes_that_are_no_letters_stay(tmp_path, mark):
    path = tmp_path / "a.html"
    path.write_bytes(mark + b'<meta charset="utf-8"><p>Good\xff</p><p>day</p>')
    target, _ = rewritten(path, {"day": "Tag"})
    assert target.read_bytes() == path.read_bytes().replace(b"day", b"Tag")


def test_utf_16_stays_utf_16(page):
    path = page("\ufeff<p>Good day</p>", "utf-16-le")
    target, _ = rewritten(path, {"Good day": "Guten Tag"})
    assert target.read_bytes().decode("utf-16") == "<p>Guten Tag</p>"


def test_words_written_from_the_right_say_so_once(page):
    target, _ = rewritten(page("<html><p>Good day</p></html>"), {"Good day": "شالوم"}, "ar")
    assert target.read_text().startswith('<html lang="ar" dir="rtl"><p>')
    back, _ = rewritten(target, {"شالوم": "Good day"}, "en")
    assert back.read_text().startswith('<html lang="en" dir="ltr"><p>')


@pytest.mark.parametrize(
    "source",
    [
        "", "<", "a < b > c", "<p", "<p>x<b>y<i>z</b>w</i>", "</p></b>text</i>", "<p title='x>y'>z",
        "<!-- open <p>x", "<script>x", "<a href=\"x>y", "<p>&unknown; &#0; &amp &lt</p>",
        "<p translate=no>One<p>Two",
        "<![CDATA[x]]>y", "<b><div>x</b></div>", "<code>never closed<p>text</p>", "<p>⟦1⟧ ⟦ and ⟧</p>",
        "<svg><text>x</text></svg>y",
        "<p>a<!-- c -->b</p>", "<math><mi>x</mi></math> is it",
        "<title>x <b> y</title>z", "<P CLASS=x>UP</P>",
    ],
)  # fmt: skip
def test_torn_pages_are_read_and_stay(page, source):
    path = page(source)
    texts = texts_of(path)
    assert rewritten(path, lambda text: text)[0].read_bytes() == path.read_bytes()
    target, simplified = rewritten(path, lambda text: f"{text} plus")
    assert not simplified
    assert target.read_text().count("plus") == len(texts)


def test_tokens_are_all_of_the_source():
    found = list(tokens(PAGE))
    assert found[0].start == 0
    assert found[-1].end == len(PAGE)
    assert all(one.end == other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "source",
    [
        "<a<" * 300_000,
        '<a "' * 300_000,
        "<b>" * 100_000 + "</i>" * 100_000 + "seen",
        "<div>" * 300_000 + "seen",
    ],
)
def test_pages_made_to_take_long_are_read_or_refused_in_time(page, source):
    start = time.process_time()
    path = page(source)
    with contextlib.suppress(RecursionError):  # which the process tells as a damaged file
        texts_of(path)
    assert time.process_time() - start < 20  # 3 s usually


RUNS = (
    '<p><span class="s1">The </span><span class="s2">old</span><span class="s1"> house</span><br>'
    '<span class="s1">is <i>big</i> <kbd>X</kbd>.</span></p>'
)


def test_an_element_around_every_run_is_no_mark(page):
    path = page(RUNS)
    assert texts_of(path) == ["The ⟦1⟧old⟦/1⟧ house⟦2/⟧is ⟦3⟧big⟦/3⟧ ⟦4/⟧."]
    target, simplified = rewritten(path, {texts_of(path)[0]: "Das ⟦1⟧alte⟦/1⟧ Haus⟦2/⟧ist ⟦3⟧groß⟦/3⟧ ⟦4/⟧."})
    assert simplified == []
    assert target.read_text("utf-8") == (
        '<p><span class="s1">Das </span><span class="s2">alte</span><span class="s1"> Haus</span><br>'
        '<span class="s1">ist </span><span class="s1"><i>groß</i></span> <span class="s1"><kbd>X</kbd></span>'
        '<span class="s1">.</span></p>'
    )


def test_elements_with_a_name_of_their_own_stay_marks(page):
    runs = '<p><span id="a">One</span> <span id="b">two</span> <b>three</b></p>'
    assert texts_of(page(runs)) == ["⟦1⟧One⟦/1⟧ ⟦2⟧two⟦/2⟧ ⟦3⟧three⟦/3⟧"]


def test_page_numbers_of_office_programs_stand_in_their_sentence(page):
    footer = "<p>Page <sdfield type=PAGE>1</sdfield> of <sdfield type=DOCSTAT>9</sdfield> pages</p>"
    assert texts_of(page(footer)) == ["Page ⟦1/⟧ of ⟦2/⟧ pages"]
