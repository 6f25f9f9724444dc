"""Writes a summary into a file, with a receipt of how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Summary
from chatdesk.domain.whole_file import whole_file
from chatdesk.domain.words import tr
from chatdesk.ui.export.docx import WordDocument
from chatdesk.ui.export.html import STYLE, page
from chatdesk.ui.export.html import html_of as html_of_markdown
from chatdesk.ui.export.paper import odt_of, pdf_of
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.summarize.coverage import coverage_sentence, merged
from chatdesk.ui.summarize.words import wishes_line

_STYLE = STYLE + " .receipt { color: #555; font-size: 85%; }"
_TITLE_POINTS, _SMALL_POINTS = 18, 8


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
    """Write `summary` to `path` as one of FORMATS. Raises DocumentNotSaved and DocumentDiskFull."""
    receipt = receipt_of(summary, document)
    with whole_file(path) as file:
        file.write(_content(kind, summary, receipt))


def _content(kind: str, summary: Summary, receipt: Receipt) -> bytes:
    match kind:
        case "md":
            return markdown_of(summary, receipt).encode()
        case "html":
            return html_of(summary, receipt).encode()
        case "docx":
            return docx_of(summary, receipt)
        case "odt":
            return odt_of(html_of(summary, receipt))
        case "pdf":
            return pdf_of(html_of(summary, receipt), summary.name)
    raise ValueError(kind)


def markdown_of(summary: Summary, receipt: Receipt) -> str:
    """Return the summary as Markdown, the receipt below a line."""
    lines = "\n".join(f"- {what}: {value}" for what, value in receipt.lines)
    return f"# {summary.name}\n\n{summary.text.strip()}\n\n---\n\n{lines}\n"


def html_of(summary: Summary, receipt: Receipt) -> str:
    """Return the summary as a page that loads nothing."""
    lines = "".join(f"<br>{escape(what)}: {escape(value)}" for what, value in receipt.lines)
    body = (
        f"<h1>{escape(summary.name)}</h1>\n{html_of_markdown(summary.text.strip())}<hr>"
        f'<p class="receipt">{lines.removeprefix("<br>")}</p>'
    )
    return page(summary.name, body, _STYLE)


def docx_of(summary: Summary, receipt: Receipt) -> bytes:
    """Return the summary as a Word document."""
    document = WordDocument()
    document.heading(summary.name, _TITLE_POINTS)
    document.markdown(summary.text)
    document.text("")
    for what, value in receipt.lines:
        document.text(f"{what}: {value}", _SMALL_POINTS)
    return document.data()
