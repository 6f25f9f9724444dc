"""What a user should know of a file whose texts are translated; the child process sends it by its name."""

from __future__ import annotations

from enum import StrEnum

from chatdesk.domain.words import tr


class Note(StrEnum):
    """Modules of formats give these as the notes of a MarkedFile."""

    tracked_changes = "tracked_changes"
    pictures = "pictures"
    embedded = "embedded"
    charts = "charts"
    sheet_names = "sheet_names"
    formula_words = "formula_words"
    comments = "comments"
    macros = "macros"
    signature = "signature"
    pdf_as_text = "pdf_as_text"
    pages_without_text = "pages_without_text"
    damaged_pages = "damaged_pages"


def sentence(note: str) -> str:
    """Return what to tell the user; a note that has no sentence here is one."""
    return _sentences().get(note, note)


def _sentences() -> dict[str, str]:
    return {
        Note.tracked_changes: tr(
            "Tracked changes are translated as if they had been accepted: insertions as text, deletions not."
        ),
        Note.pictures: tr("Words in pictures are not translated."),
        Note.embedded: tr("Files inside this file are not translated."),
        Note.charts: tr("Words in charts that come from a table of numbers are not translated."),
        Note.sheet_names: tr("Sheets keep their names where formulas refer to them."),
        Note.formula_words: tr("Cells keep words that formulas, filters or pivot tables look for."),
        Note.comments: tr("Comments are not translated."),
        Note.signature: tr("The digital signature of this file does not hold for its translation."),
        Note.macros: tr("Macros are kept as they are, with the words in them."),
        Note.pdf_as_text: tr("The translation of a PDF is a text file with its pages one after the other."),
        Note.pages_without_text: tr("Pages that are pictures are not translated."),
        Note.damaged_pages: tr("Damaged pages are left out."),
    }
