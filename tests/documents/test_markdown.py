"""Markdown: sections by headings of both kinds, and what only looks like a heading."""

import pytest

from chatdesk.documents.markdown import read
from chatdesk.documents.parts import Part
from chatdesk.domain.documents import UnitKind


@pytest.fixture
def sections(tmp_path):
    def sections(text):
        path = tmp_path / "a.md"
        path.write_text(text, encoding="utf-8")
        return list(read(path, ""))

    return sections


def test_each_heading_begins_a_section(sections):
    found = sections("Before.\n\n# One #\n\nText.\n\n### Two\nMore.\n")
    assert found == [
        Part(UnitKind.section, "", "Before.\n"),
        Part(UnitKind.section, "One", "# One\n\nText.\n"),
        Part(UnitKind.section, "Two", "### Two\nMore.\n"),
    ]


def test_underlined_headings_get_marks(sections):
    found = sections("One\n===\n\nText.\n\nTwo\n---\nMore.")
    assert [(part.label, part.text.split("\n")[0]) for part in found] == [("One", "# One"), ("Two", "## Two")]


def test_titles_are_without_marks(sections):
    [part] = sections("# The *great* [`start`](http://a.b/c) of **it**")
    assert part.label == "The great start of it"


def test_what_stands_in_code_is_no_heading(sections):
    text = "```sh\n# no heading\n```\n\n~~~~\n# none\n~~~\n# none either\n~~~~\n"
    assert sections(text) == [Part(UnitKind.whole, "", text)]


@pytest.mark.parametrize(
    "text", ["#hashtag", "####### seven", "---\ntitle: a\n---\n", "- item\n---\n", "a | b\n-|-\n1 | 2"]
)
def test_what_only_looks_like_a_heading_is_none(sections, text):
    assert sections(text) == [Part(UnitKind.whole, "", text)]


def test_a_text_without_headings_is_whole(sections):
    assert sections("Only text.") == [Part(UnitKind.whole, "", "Only text.")]
