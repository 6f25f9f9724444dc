"""What is said of documents that were not read whole, or not with certainty."""

from chatdesk.domain.documents import NoteKind, ReadingNote
from chatdesk.ui.chat.reading_notes import notes_sentence


def test_recognised_pages_are_told_together_and_nothing_is_said_to_be_missing():
    notes = [ReadingNote(NoteKind.recognised, page) for page in (1, 2, 3)]
    assert notes_sentence("a.pdf", notes) == (
        "“a.pdf” is attached. The text of 3 pages was recognised in their pictures and may contain errors."
    )


def test_what_is_missing_is_told_beside_what_may_be_wrong():
    notes = [ReadingNote(NoteKind.recognised, 1), ReadingNote(NoteKind.nothing_found, 2)]
    assert notes_sentence("a.pdf", notes) == (
        "“a.pdf” is attached in part. The text of 1 page was recognised in its picture and may contain"
        " errors. No text was recognised on page 2."
    )
