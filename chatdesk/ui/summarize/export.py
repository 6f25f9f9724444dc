"""Writes a summary into a file, with a receipt of how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QUrl
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument, QTextDocumentWriter

from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Summary
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.summarize.coverage import coverage_sentence, merged
from chatdesk.ui.summarize.docx import write_docx
from chatdesk.ui.summarize.words import wishes_line
from chatdesk.ui.transcript.markdown import parser

PDF_DPI = 300
POINTS = 11
_STYLE = (
    "body { font-family: sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; line-height: 1.5; }"
    " table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: 4px 8px; }"
    " .receipt { color: #555; font-size: 85%; }"
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a summary came about, as lines of (what, value)."""

    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(f"{what}: {value}" for what, value in self.lines)


def receipt_of(summary: Summary, document: Document) -> Receipt:
    """Return file, checksum, model, wishes, coverage and date."""
    lines = [(tr("Document"), summary.name)]
    if summary.path:
        lines.append((tr("File"), summary.path))
    lines += [
        (tr("SHA-256 of its text"), str(summary.document)),
        (tr("Model"), summary.model),
        (tr("Settings"), wishes_line(summary.wishes, summary.language)),
    ]
    if summary.sentences:
        lines.append((tr("Coverage"), coverage_sentence(document, merged(summary.sentences))))
    lines.append((tr("Date"), date_words(summary.created)))
    return Receipt(tuple((what, " ".join(value.split())) for what, value in lines))


def write_summary(path: Path, kind: str, summary: Summary, document: Document) -> None:
    """Write `summary` to `path` as one of FORMATS. Raises OSError."""
    receipt = receipt_of(summary, document)
    match kind:
        case "md":
            path.write_text(markdown_of(summary, receipt), encoding="utf-8")
        case "html":
            path.write_text(html_of(summary, receipt), encoding="utf-8")
        case "docx":
            write_docx(path, summary.name, summary.text, receipt.lines)
        case "odt":
            _try_to_write(path)
            if not QTextDocumentWriter(str(path), b"odf").write(_document(summary, receipt)):
                raise OSError(tr("the disk took only a part of it"))
        case "pdf":
            _write_pdf(path, summary, receipt)
        case _:
            raise ValueError(kind)


def markdown_of(summary: Summary, receipt: Receipt) -> str:
    """Return the summary as Markdown, the receipt below a line."""
    lines = "\n".join(f"- {what}: {value}" for what, value in receipt.lines)
    return f"# {summary.name}\n\n{summary.text.strip()}\n\n---\n\n{lines}\n"


def html_of(summary: Summary, receipt: Receipt) -> str:
    """Return the summary as a page that loads nothing."""
    body = _without_pictures(summary.text.strip())
    lines = "".join(f"<br>{escape(what)}: {escape(value)}" for what, value in receipt.lines)
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f"<title>{escape(summary.name)}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(summary.name)}</h1>\n{body}<hr>"
        f'<p class="receipt">{lines.removeprefix("<br>")}</p></body></html>\n'
    )


def _without_pictures(text: str) -> str:
    """Return Markdown as HTML; a picture would be loaded from the network, so its words stand there."""
    markdown = parser()
    tokens = markdown.parse(text)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                child.type, child.tag, child.children = "text", "", None
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _try_to_write(path: Path) -> None:
    """Raise OSError where Qt's writers would say no more than that it failed."""
    with path.open("wb"):
        pass


class _Document(QTextDocument):
    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002  nothing is ever fetched
        return None


def _document(summary: Summary, receipt: Receipt) -> QTextDocument:
    document = _Document()
    font = document.defaultFont()
    font.setPointSize(POINTS)
    document.setDefaultFont(font)
    document.setHtml(html_of(summary, receipt))
    return document


def _write_pdf(path: Path, summary: Summary, receipt: Receipt) -> None:
    _try_to_write(path)
    writer = QPdfWriter(str(path))
    writer.setResolution(PDF_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())  # the text has its own, of 2 cm
    writer.setTitle(summary.name)
    writer.setCreator("ChatDesk")
    _document(summary, receipt).print_(writer)
