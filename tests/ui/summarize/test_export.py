"""A summary as a file of each kind, with a receipt of how it came about."""

import zipfile
from xml.etree import ElementTree

import pytest

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.document_errors import DocumentNotSaved
from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.domain.summaries import Form, Passage, Sentence, Summary, SummaryState, SummaryWishes
from chatdesk.ui.export.formats import FORMATS
from chatdesk.ui.summarize.export import receipt_of, write_summary

TEXT = (
    "# Title\n\n- The **harbour** opened <b>1932</b> & more.\n- Second\n  1. deep\n\n"
    "| Fact | Value |\n|---|---|\n| Cranes | 14 |\n\n![x](http://example.org/a.png)\n"
)
DOCUMENT = Document(
    "plan <1>.pdf", "words " * 50, (Unit(UnitKind.page, 1, "", 0, 150), Unit(UnitKind.page, 2, "", 150, 300))
)
SUMMARY = Summary(
    DocumentId("ab" * 32),
    DOCUMENT.name,
    SummaryWishes(form=Form.table),
    "Model 7B",
    "/papers/plan <1>.pdf",
    state=SummaryState.done,
    text=TEXT,
    sentences=(Sentence(0, 5, (Passage(0, 10),)),),
    language="de",
)


def words_of_docx(path):
    with zipfile.ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read("word/document.xml"))
    return "".join(each.text or "" for each in tree.iter() if each.tag.endswith("}t"))


def test_the_receipt_says_file_checksum_model_settings_coverage_and_date():
    lines = dict(receipt_of(SUMMARY, DOCUMENT).lines)
    assert lines["File"] == "/papers/plan <1>.pdf"
    assert lines["SHA-256 of its text"] == "ab" * 32
    assert lines["Model"] == "Model 7B"
    assert lines["Settings"] == "Medium · Key facts · in German, as the document"
    assert "None rests on page 2." in lines["Coverage"]
    assert lines["Date"]


@pytest.mark.parametrize("kind", FORMATS)
def test_each_kind_of_file_is_written(kind, tmp_path, qapp):
    path = tmp_path / f"out.{kind}"
    write_summary(path, kind, SUMMARY, DOCUMENT)
    content = path.read_bytes()
    assert len(content) > 200
    if kind == "pdf":
        assert content.startswith(b"%PDF")
    if kind == "odt":
        with zipfile.ZipFile(path) as archive:
            assert b"harbour" in archive.read("content.xml")
    with pytest.raises(DocumentNotSaved):
        write_summary(tmp_path / "missing" / f"out.{kind}", kind, SUMMARY, DOCUMENT)


def test_a_web_page_shows_markup_as_text_and_loads_nothing(tmp_path):
    path = tmp_path / "out.html"
    write_summary(path, "html", SUMMARY, DOCUMENT)
    page = path.read_text(encoding="utf-8")
    assert "&lt;b&gt;1932&lt;/b&gt;" in page
    assert "<h1>plan &lt;1&gt;.pdf</h1>" in page
    assert "<img" not in page


def test_a_word_document_has_marks_tables_and_the_receipt(tmp_path):
    path = tmp_path / "out.docx"
    write_summary(path, "docx", SUMMARY, DOCUMENT)
    words = words_of_docx(path)
    assert "•\u2002The harbour opened <b>1932</b> & more." in words
    assert "1.\u2002deep" in words
    assert "Cranes14" in words
    assert "Model: Model 7B" in words


def test_a_word_document_is_read_again_by_the_reader(tmp_path):
    from chatdesk.documents.reader import DocumentReader
    from chatdesk.domain.cancel import CancelToken

    path = tmp_path / "out.docx"
    write_summary(path, "docx", SUMMARY, DOCUMENT)
    *_, document = DocumentReader().read(path, "", CancelToken())
    assert "harbour opened" in document.text
