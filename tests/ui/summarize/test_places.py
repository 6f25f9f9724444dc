"""The same place in a text as Python counts it, as Qt counts it, and as Markdown is shown."""

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from chatdesk.ui.summarize.places import Places, align, shown_span
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.markdown import parse
from chatdesk.ui.transcript.render import BlockWriter


@pytest.mark.parametrize("text", ["", "plain", "größe", "a🦙b🦙🦙c", "🏗️ crane"])
def test_qt_counts_wide_characters_twice_and_comes_back(text):
    places = Places(text)
    for place in range(len(text) + 1):
        position = places.to_qt(place)
        assert position == len(text[:place].encode("utf-16-le")) // 2
        assert places.from_qt(position) == place


MARKDOWN = (
    "- The **harbour** opened in 1932.\n- It cost [40,000](https://example.org/a.b) crowns & more 🏗️.\n\n"
    "| Fact | Value |\n|---|---|\n| Cranes | 14 of `them` |\n\n2. Second thing\n3. Third thing\n"
)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("The **harbour** opened in 1932.", "The harbour opened in 1932."),
        ("It cost [40,000](https://example.org/a.b) crowns & more 🏗️.", "It cost 40,000 crowns & more 🏗️."),
        ("14 of `them`", "14 of them"),
        ("Third thing", "Third thing"),
    ],
)
def test_a_span_of_markdown_is_found_where_it_is_shown(words, shown, qapp):
    document = QTextDocument()
    writer = BlockWriter(Formats(), QTextCursor(document), empty=True)
    for block in parse(MARKDOWN, {}):
        writer.write(block)
    text = document.toRawText()
    start = MARKDOWN.index(words)
    found = shown_span(align(MARKDOWN, text), start, start + len(words))
    assert found is not None
    assert text[found[0] : found[1]] == shown


def test_what_is_not_shown_has_no_span():
    assert shown_span(align("a b", "a b"), 10, 12) is None
    assert shown_span(align("", "words"), 0, 5) is None
