"""Model cards as Markdown that can be read, from authors that nobody vouches for."""

import time

import pytest

from chatdesk.domain.hub import HubAccess
from chatdesk.hub.card import LARGEST, readable
from chatdesk.hub.client import HubClient
from tests.fakes.hub import FakeHub

CLIENT = HubClient(30)


@pytest.fixture
def hub():
    with FakeHub() as hub:
        yield hub


def card(hub, content):
    found = hub.add("org/m", {"m.gguf": b"GGUF"} | ({"README.md": content} if content is not None else {}))
    return CLIENT.card("org/m", found.revision, HubAccess(hub.url))


def test_the_card_is_read_without_its_head(hub):
    text = "---\nlicense: mit\ntags:\n- gguf\n---\n# Title\n\nText with ümlauts, 模型 and 🦙.\n"
    assert card(hub, text.encode()) == "# Title\n\nText with ümlauts, 模型 and 🦙."


def test_without_a_card_there_is_no_text(hub):
    assert card(hub, None) == ""
    assert card(hub, b"") == ""
    assert card(hub, b"---\nlicense: mit\n---") == ""


def test_bytes_that_are_no_text_and_very_long_cards_are_read_as_far_as_they_go(hub):
    assert "caf" in card(hub, b"\xff\xfe\x00caf\xe9 \x00")
    text = card(hub, b"x" * (LARGEST * 3))
    assert len(text) == LARGEST


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a <b>bold</b> word", "a bold word"),
        ("<h2 align='center'>Title</h2>text", "## Title\ntext"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("line<br/>line<br>line", "line\nline\nline"),
        (
            'see <a class="x" href="https://a.example/b">this <b>page</b></a>.',
            "see [this page](https://a.example/b).",
        ),
        ("<a href='javascript:alert(1)'>press</a>", "press"),
        ("<a>no address</a>", "no address"),
        ("</a>text</a>", "text"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("![alt](https://x.example/p.png) text", "text"),
        ("![alt][ref] text", "text"),
        ("[![badge](https://x.example/p.png)](https://y.example) text", "text"),
        ('<a href="https://y.example"><img src="https://x.example/p.png"/></a> text', "text"),
        ("<picture><source srcset='x'><img src='y'></picture>text", "text"),
        ("<script>alert('x < y')</script>text", "text"),
        ("<STYLE>p { color: red }</STYLE >text", "text"),
        ("<svg><path d='M0'/><text>hidden</text></svg>text", "text"),
        ("a<!-- hidden <b> -->b", "ab"),
        (
            "[kept](https://a.example) and <https://b.example>",
            "[kept](https://a.example) and <https://b.example>",
        ),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("it thinks in <think> tags, <|im_end|> ends", "it thinks in <think> tags, <|im_end|> ends"),
        ("use `<s>` and `<b>`", "use `<s>` and `<b>`"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("    <div>\n        <p>indented</p>\n    </div>", "indented"),
        ("a\r\n\r\nb", "a\n\nb"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\ufeff---\nx: y\n---\ntext", "text"),
        ("---\nno end\ntext", "---\nno end\ntext"),
        ("text\n---\nmore", "text\n---\nmore"),
        ("unclosed <!-- comment", "unclosed <!-- comment"),
        ("unclosed <script> tag", "unclosed  tag"),
    ],
)
def test_html_and_pictures_go_and_words_stay(text, read):
    assert [line.strip() for line in readable(text).splitlines()] == read.splitlines()


def test_blocks_of_code_stay_as_they_are():
    for fence in ("```", "````", "~~~"):
        code = f"{fence}html\n<b>kept</b> <!-- kept -->\n![kept](x)\n\n\n{fence}"
        assert readable(f"<b>x</b>\n\n{code}\n\n<i>y</i>") == f"x\n\n{code}\n\ny".replace("\n\n\n", "\n\n")
    assert readable("```\n<b>never closed</b>") == "```\n<b>never closed</b>"
    assert readable("````\n```\n<b>kept</b>\n````\n<b>x</b>") == "````\n```\n<b>kept</b>\n````\nx"


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<script>",
        "<a href=",
        "![",
        "[](",
        "[]",
        "`",
        "```\n",
        "<",
        "<b",
        "    <",
        "---\n",
        "<a >",
        "\n",
    ],
)
def test_hostile_cards_are_read_in_no_time(piece):
    text = piece * (LARGEST // len(piece))
    began = time.thread_time()
    readable(text)
    assert time.thread_time() - began < 3
