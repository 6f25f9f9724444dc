"""The numbers of lists and headings in OpenDocument texts: what a reader sees stands in the text."""

import pytest

from chatdesk.documents.opendocument import read
from tests.documents import made


def level(place, kind, inside='style:num-suffix="."'):
    return f'<text:list-level-style-number text:level="{place}" style:num-format="{kind}" {inside}/>'


STYLES = (
    '<text:list-style style:name="L1">'
    + level(1, "1")
    + level(2, "a", 'style:num-suffix=")"')
    + level(3, "i", 'style:num-prefix="(" style:num-suffix=")"')
    + level(4, "1", 'text:display-levels="2"')
    + '</text:list-style><text:list-style style:name="L2">'
    + level(1, "A", 'text:start-value="27" style:num-letter-sync="true"')
    + '</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/>'
    + "</text:list-style>"
)


def entry(*inside, start=""):
    begins = f' text:start-value="{start}"' if start else ""
    texts = "".join(one if one.startswith("<") else f"<text:p>{one}</text:p>" for one in inside)
    return f"<text:list-item{begins}>{texts}</text:list-item>"


def listed(*items, style="", more=""):
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named} {more}>{''.join(items)}</text:list>"


@pytest.fixture
def text(tmp_path):
    def text(body, styles=STYLES, **members):
        path = made.opendocument(tmp_path / "a.odt", "text", body, styles, **members)
        return "\n\n".join(part.text for part in read(path, ""))

    return text


def test_nested_levels_count_in_their_own_signs(text):
    deepest = listed(entry(listed(entry("d", listed(entry("e"))))))
    body = listed(entry("a", listed(entry("b"), entry("c"), entry(deepest))), entry("f"), style="L1")
    assert text(body).startswith("1. a\n  a) b\n  b) c\n")
    assert text(body).endswith("\n2. f")
    inner = listed(entry("b", listed(entry("c", listed(entry("d"))))))
    assert text(listed(entry("a", inner), style="L1")) == "1. a\n  a) b\n    (i) c\n      i.1 d"


def test_a_list_begins_again_unless_it_goes_on(text):
    body = (
        listed(entry("a"), entry("b"), style="L1")
        + "<text:p>between</text:p>"
        + listed(entry("c"), style="L1", more='text:continue-numbering="true"')
        + "<text:p>between</text:p>"
        + listed(entry("d"), style="L1")
    )
    assert text(body) == "1. a\n2. b\n\nbetween\n\n3. c\n\nbetween\n\n1. d"


def test_a_list_and_an_item_may_have_a_number_of_their_own(text):
    body = listed(entry("a"), entry("b"), style="L2") + listed(entry("c", start=5), entry("d"), style="L1")
    assert text(body) == "AA a\nBB b\n5. c\n6. d"


def test_only_the_first_paragraph_of_an_item_has_its_mark(text):
    header = "<text:list-header><text:p>above</text:p></text:list-header>"
    assert text(listed(header, entry("a", "more"), entry("b"), style="L1")) == "above\n\n1. a\n\nmore\n\n2. b"
    assert text(listed(entry("a"), style="B") + listed(entry("b"), style="unknown")) == "- a\n- b"


def test_headings_keep_the_numbers_of_their_outline(text):
    levels = "".join(
        f'<text:outline-level-style text:level="{n}" style:num-format="1" text:display-levels="{n}"/>'
        for n in (1, 2)
    )
    outline = (
        f"<office:styles {made._SPACES}><text:outline-style>{levels}</text:outline-style></office:styles>"
    )

    def head(place, words, more=""):
        return f'<text:h text:outline-level="{place}" {more}>{words}</text:h>'

    body = (
        head(1, "Scope") + head(2, "Terms") + head(2, "Dates")
        + head(1, "Preface", 'text:is-list-header="true"')
        + head(1, "End")
    )  # fmt: skip
    assert text(body, **{"styles.xml": outline}).replace("\n\n", "|") == (
        "# 1 Scope|## 1.1 Terms|## 1.2 Dates|# Preface|# 2 End"
    )


def test_styles_that_cannot_be_read_leave_the_text(text):
    assert text(listed(entry("a"), style="X"), **{"styles.xml": "<broken"}) == "- a"


def test_strange_values_harm_nobody(text):
    huge = (
        f'<text:list-style style:name="H">{level(1, "a", "text:start-value=" + chr(34) + "9" * 99 + chr(34))}'
    )
    assert text(listed(entry("a", start="-4"), style="L1")) == "0. a"
    assert text(listed(entry("a"), style="H"), styles=huge + "</text:list-style>") == "2147483648 a"
