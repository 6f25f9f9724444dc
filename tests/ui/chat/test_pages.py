"""A chat as a file of each kind: formatted, escaped, and with nothing that loads or runs."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from chatdesk.domain.chat import Attachment, Conversation, DocumentId, Message, Role, Source
from chatdesk.domain.chat_archive import ArchivedChat
from chatdesk.ui.chat.pages import Pages, PageWishes, markdown_of, paper_html
from chatdesk.ui.export.formats import FORMATS
from tests.fakes.pictures import png

PICTURE = png(300, 200)
ANSWER = (
    "# Tides\n\nThe **moon** and <script>alert(1)</script> *more* `x < y` ~~not~~ "
    "[here](https://example.org/?a=1&b=2) ![pixel](http://example.org/pixel.png)\n\n"
    "1. one\n2. two\n   - deep\n\n> quoted\n\n```python\nif a < b:\n    print('ä')\n```\n\n"
    "| Fact | Value |\n|---|---|\n| High | 4 m |\n\n[bad](javascript:alert(1))\n\n---\n\n"
    "مرحبا بالعالم\n\n- مرحبا\n- hello\n"
)


@pytest.fixture
def chat():
    question = Message(
        Role.user,
        "Why <b>tides</b>?\nSay & all",
        attachments=(
            Attachment(DocumentId("p"), "boat.png", size=(300, 200)),
            Attachment(DocumentId("d"), "a <1>.pdf", 1234),
        ),
    )
    dropped = Message(Role.assistant, "An older answer", question.id)
    source = Source(DocumentId("d"), "a <1>.pdf", 0, 5, "page 3")
    answer = Message(
        Role.assistant,
        ANSWER,
        question.id,
        thinking="Hm, the sun.",
        model="Model 7B",
        sources=(source, source),
    )
    conversation = Conversation("Tides & <waves>", "Be brief.", head=answer.id)
    return ArchivedChat(conversation, (question, dropped, answer))


def written(chat, kind, **wishes):
    return Pages(kind, PageWishes(**wishes))(chat, {DocumentId("p"): PICTURE})


def docx_tree(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        return archive.namelist(), ElementTree.fromstring(archive.read("word/document.xml"))


@pytest.mark.parametrize("kind", FORMATS)
def test_each_kind_is_written_with_the_shown_branch_alone(kind, chat, qapp):
    data = written(chat, kind)
    assert len(data) > 500
    assert b"An older answer" not in data
    if kind == "pdf":
        assert data.startswith(b"%PDF")
        assert b"/Image" in data
    if kind == "odt":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read("content.xml").decode()
            assert "An older answer" not in content
            assert "print(" in content
            assert any(name.startswith("Pictures/") for name in archive.namelist())


def test_markdown_has_names_attachments_and_sources(chat):
    text = markdown_of(chat, PageWishes(thoughts=True))
    assert text.startswith("# Tides & <waves>\n\n*Chat of ")
    assert "> **System prompt**\n>\n> Be brief." in text
    assert "## You · " in text
    assert "## Model 7B · " in text
    assert "> Hm, the sun." in text
    assert "*Attached: a <1>.pdf (1,234 words)*" in text
    assert text.rstrip().endswith("*From: a <1>.pdf, page 3*")
    assert "Hm, the sun." not in markdown_of(chat, PageWishes())


def test_a_web_page_is_one_file_that_loads_and_runs_nothing(chat):
    text = written(chat, "html").decode()
    assert "<script" not in text
    assert "javascript:" not in text.replace("[bad](javascript:alert(1))", "")
    assert "Why &lt;b&gt;tides&lt;/b&gt;?<br>Say &amp; all" in text
    assert 'src="http' not in text
    assert 'src="data:image/png;base64,' in text
    assert "<link" not in text
    assert "<strong>moon</strong>" in text
    assert '<p dir="rtl">مرحبا' in text
    assert '<li dir="rtl">مرحبا' in text
    assert '<p dir="rtl" align="right">مرحبا' in paper_html(chat, {}, PageWishes())
    assert "<title>Tides &amp; &lt;waves&gt;</title>" in text


def test_word_keeps_lines_of_code_links_tables_and_pictures(chat):
    names, tree = docx_tree(written(chat, "docx", thoughts=True))
    assert "word/media/picture1.png" in names
    kinds = [each.tag.rpartition("}")[2] for each in tree.iter()]
    words = "".join(each.text or "" for each in tree.iter() if each.tag.endswith("}t"))
    assert {"tbl", "br", "strike", "shd", "pBdr", "fldSimple", "drawing", "bidi", "keepNext"} <= set(kinds)
    assert "if a < b:" in words
    assert "<script>alert(1)</script>" in words
    assert "Thoughts" in words
    assert "Hm, the sun." in words


@pytest.mark.parametrize("kind", FORMATS)
def test_odd_characters_and_an_empty_chat_do_no_harm(kind, qapp):
    odd = "\x00\x01\ud83d \ufffe \u202e \u2028 🙂" * 3
    message = Message(Role.assistant, odd, attachments=(Attachment(DocumentId("p"), odd, size=(0, 0)),))
    conversation = Conversation(odd, odd, head=message.id)
    for chat in (ArchivedChat(conversation, (message,)), ArchivedChat(Conversation())):
        data = written(chat, kind)
        if kind == "docx":
            docx_tree(data)
        assert data
