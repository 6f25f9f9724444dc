"""The kinds of files that readers can be given, and how they are called."""

from __future__ import annotations

from chatdesk.domain.words import tr

FORMATS = ("md", "html", "docx", "odt", "pdf")


def format_title(kind: str) -> str:
    """Return how a kind of files is called. Raises KeyError for an unknown one."""
    return {
        "md": tr("Markdown"),
        "html": tr("Web page (HTML)"),
        "docx": tr("Word (DOCX)"),
        "odt": tr("OpenDocument (ODT)"),
        "pdf": tr("PDF"),
    }[kind]
