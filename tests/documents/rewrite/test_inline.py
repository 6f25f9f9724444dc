"""Marks: as few as say the same, and a text with them becomes the same pieces again."""

import pytest

from chatdesk.documents.rewrite.inline import Paragraph, Span, Thing
from chatdesk.documents.rewrite.marks import has_words, without_marks


def told(nodes):
    """Return nodes as lists and texts that can be compared."""
    return [
        node
        if isinstance(node, str)
        else (node.key, told(node.nodes))
        if isinstance(node, Span)
        else told(node.parts)
        for node in nodes
        if node != ""
    ]


def test_formatting_and_things_are_marks_in_reading_order():
    nodes = ["One ", Span("b", ["bold", Thing(["br"]), Span("i", ["both"])]), " word", Thing(["note"]), "."]
    paragraph = Paragraph(nodes)
    assert paragraph.text == "One ⟦1⟧bold⟦2/⟧⟦3⟧both⟦/3⟧⟦/1⟧ word⟦4/⟧."
    assert paragraph.with_text(paragraph.text)[1]


def test_a_paragraph_of_one_look_has_no_marks():
    paragraph = Paragraph([" ", Span("b", [" all"]), Span("b", [" of it "])])
    assert paragraph.text == "all of it"
    nodes, fits = paragraph.with_text("alles")
    assert (told(nodes), fits) == (["  ", ("b", ["alles"]), " "], True)


def test_looks_in_looks_of_all_the_text_have_no_marks():
    assert Paragraph([Span(object(), [Span(object(), ["all"]), " "])]).text == "all"


def test_neighbours_of_one_look_are_joined_over_white_space():
    nodes = ["a ", Span("b", ["one"]), " ", Span("b", ["two "]), Span("b", ["three"]), Span(object(), ["d"])]
    assert Paragraph(nodes).text == "a ⟦1⟧one two three⟦/1⟧⟦2⟧d⟦/2⟧"


def test_things_at_the_ends_stand_outside_but_words_do_not():
    paragraph = Paragraph([Thing(["tab"]), " Text", Thing(["note"])])
    assert paragraph.text == "Text"
    assert told(paragraph.with_text("Wort")[0]) == [["tab"], " ", "Wort", ["note"]]
    assert Paragraph([Thing(["code"], is_word=True), " runs"]).text == "⟦1/⟧ runs"


def test_brackets_of_the_text_are_no_marks():
    paragraph = Paragraph(["see ⟦1⟧ there"])
    assert paragraph.text == "see ⟦1/⟧1⟦2/⟧ there"
    nodes, fits = paragraph.with_text("dort ⟦1/⟧1⟦2/⟧ [sic] ⟦x⟧")
    assert (told(nodes), fits) == (["dort ", ["⟦"], "1", ["⟧"], " [sic] ⟦x⟧"], True)


def test_moved_marks_fit():
    paragraph = Paragraph(["a ", Span("b", ["b"]), " ", Span("c", ["c"]), Thing(["n"]), " d"])
    assert paragraph.text == "a ⟦1⟧b⟦/1⟧ ⟦2⟧c⟦/2⟧⟦3/⟧ d"
    nodes, fits = paragraph.with_text("⟦2⟧C⟦/2⟧ x ⟦1⟧B⟦3/⟧⟦/1⟧")
    assert (told(nodes), fits) == ([("c", ["C"]), " x ", ("b", ["B", ["n"]])], True)


@pytest.mark.parametrize(
    "text",
    [
        "x ⟦1⟧b⟦/1⟧",  # ⟦2/⟧ is missing
        "x ⟦1⟧b⟦2/⟧",  # not closed
        "x ⟦1⟧b⟦/1⟧⟦2/⟧⟦2/⟧",  # twice
        "x ⟦1⟧b⟦/1⟧⟦2/⟧⟦3/⟧",  # unknown
        "x ⟦1/⟧b⟦2⟧c⟦/2⟧",  # of the other sort
        "x ⟦/1⟧b⟦1⟧⟦2/⟧",  # closed before
        "x ⟦2/⟧b",
        "nothing",
    ],
)
def test_a_text_whose_marks_do_not_fit_loses_its_formatting_and_keeps_its_things(text):
    paragraph = Paragraph(["a ", Span("b", ["b"]), Thing(["n"]), " c"])
    nodes, fits = paragraph.with_text(text)
    assert not fits
    assert told(nodes) == [without_marks(text), ["n"]]


def test_links_that_would_stand_in_each_other_do_not_fit():
    paragraph = Paragraph(["a ", Span(object(), ["b"]), " ", Span(object(), ["c"])])
    assert not paragraph.with_text("⟦1⟧b ⟦2⟧c⟦/2⟧⟦/1⟧")[1]


def test_spans_without_text_are_things():
    key = object()
    assert Paragraph(["a", Span(key, [Thing(["img"])]), "b"]).text == "a⟦1/⟧b"
    assert Paragraph(["a", Span("b", [" "]), "b"]).text == "a b"
    assert Paragraph(["a", Span("u", [" " * 20]), "b"]).text == "a⟦1/⟧b"


def test_white_space_may_collapse():
    assert Paragraph(["\n a\n  b ", Span("b", [" c\t"]), "d\n"], collapses=True).text == "a b ⟦1⟧c⟦/1⟧ d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word", True), ("字", True), ("12.5 %", False), ("", False),
        ("⟦1⟧3⟦/1⟧", False), ("⟦1/⟧ – ⟦2/⟧", False),
        ("https://example.org/a", False), ("a@example.org", False), ("see https://example.org", True),
    ],
)  # fmt: skip
def test_only_what_has_words_is_to_be_translated(text, expected):
    assert has_words(text) is expected


def test_looks_around_the_same_words_are_one_pair_of_marks():
    link = Span("a", [Span("sup", [Span("b", ["1"])])])
    paragraph = Paragraph(["See ", link, " there."])
    assert paragraph.text == "See ⟦1⟧1⟦/1⟧ there."
    nodes, fits = paragraph.with_text("Dort ⟦1⟧eins⟦/1⟧.")
    assert fits
    (outer,) = [node for node in nodes if isinstance(node, Span)]
    assert (outer.key, outer.nodes[0].key, outer.nodes[0].nodes[0].key) == ("a", "sup", "b")
    assert outer.nodes[0].nodes[0].nodes == ["eins"]
