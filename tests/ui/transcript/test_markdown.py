"""Blocks, links and characters of Markdown."""

import pytest

from chatdesk.ui.transcript.markdown import RAW, Block, clean, definitions, is_link, lines_of, parse


@pytest.mark.parametrize("address", ["http://a.b", "HTTPS://a.b/c", "mailto:a@b.c"])
def test_web_and_mail_addresses_are_links(address):
    assert is_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//host/share",
        "ftp://a.b",
        "page.html",
        "",
        "\\\\host\\x",
    ],
)
def test_nothing_else_is_a_link(address):
    assert not is_link(address)


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "[x](data:text/html,y)",
        "main.py and a@b.c",
        "ftp://a.b",
    ],
)
def test_what_may_not_be_a_link_stays_text(text):
    (block,) = parse(text, {})
    assert all(child.type == "text" for child in block.tokens[1].children)


def test_bare_addresses_become_links():
    (block,) = parse("see https://example.org/a_b.", {})
    assert [c.attrGet("href") for c in block.tokens[1].children if c.type == "link_open"] == [
        "https://example.org/a_b"
    ]


def test_html_is_text():
    (block,) = parse("<b>x</b> <!-- c --> &amp;", {})
    assert "".join(child.content for child in block.tokens[1].children) == "<b>x</b> <!-- c --> &"


def test_blocks_know_their_source_and_their_line():
    blocks = parse("# a\n\npara\nmore\n\n- x\n- y\n", {})
    assert [(block.kind, block.line) for block in blocks] == [
        ("heading_open", 0),
        ("paragraph_open", 2),
        ("bullet_list_open", 5),
    ]
    assert blocks[1].source == "para\nmore\n"


def test_a_block_without_tokens_is_raw():
    assert Block((), "text").kind == RAW


def test_clean_leaves_one_kind_of_line_end_and_no_unfit_character():
    assert clean("a\r\nb\rc\u2029d\x00\ud800\ufffc") == "a\nb\nc\nd\ufffd\ufffd\ufffd"


def test_lines_end_at_line_feeds_only():
    assert lines_of("a\u2028b\x1cc\nd") == ["a\u2028b\x1cc\n", "d"]


def test_definitions_are_found_wherever_they_stand():
    assert (
        definitions("text [a]\n\n[a]: https://example.org\n")["references"]["A"]["href"]
        == "https://example.org"
    )
    assert definitions("no definition") == {}
