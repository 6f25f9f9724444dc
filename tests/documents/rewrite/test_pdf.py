"""The texts of a PDF, written as a text file page by page."""

import pytest

from chatdesk.documents.parts import Refused
from chatdesk.documents.rewrite.pdf import read, write
from tests.documents.pdf_files import column, document
from tests.documents.rewrite.files import texts_of

PAGES = [
    column(["Sales grew by twelve percent in Geneva."]),
    column(["12345"]),
    column(["The end is near."], size=20) + column(["And so it goes on.", "- a point"], top=600),
]


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(document(PAGES))
    return path


def test_texts_come_page_by_page(report):
    file = read(report)
    assert [(one.text, one.key.partition("#")[0]) for one in file.texts] == [
        ("Sales grew by twelve percent in Geneva.", "page 1"),
        ("The end is near.", "page 3"),
        ("And so it goes on.", "page 3"),
        ("a point", "page 3"),
    ]
    assert file.notes == ("pdf_as_text",)


def test_pages_are_written_with_their_names(report, tmp_path):
    target = tmp_path / "report.de.txt"
    texts = ["Der Umsatz stieg.", "Das Ende ist nah.", None, "ein Punkt ⟦1/⟧"]
    assert list(write(report, texts, target, "de")) == [3]
    text = target.read_text("utf-8")
    assert [line for line in text.split("\n") if line] == [
        "[Page 1]", "Der Umsatz stieg.", "[Page 2]", "12345", "[Page 3]", "# Das Ende ist nah.",
        "And so it goes on.", "- ein Punkt",
    ]  # fmt: skip
    assert texts_of(target)[:2] == ["[Page 1]", "Der Umsatz stieg."]


def test_torn_files_are_refused(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(document(PAGES)[:300])
    with pytest.raises(Refused):
        texts_of(path)
