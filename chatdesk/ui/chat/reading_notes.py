"""What a user should know of a document that was not read whole, in words."""

from __future__ import annotations

from collections.abc import Sequence

from chatdesk.domain.documents import NoteKind, ReadingNote
from chatdesk.domain.words import tr, trn

_MOST = 3  # sentences; more would fill the window


def notes_sentence(name: str, notes: Sequence[ReadingNote]) -> str:
    """Return what is missing of a document or may be wrong in it, in a sentence or a few."""
    recognised = sum(note.kind is NoteKind.recognised for note in notes)
    found = [_sentence(note) for note in notes if note.kind is not NoteKind.recognised]
    doubt = trn(
        "The text of {count:,} page was recognised in its picture and may contain errors.",
        "The text of {count:,} pages was recognised in their pictures and may contain errors.",
        recognised,
    )
    if not found:
        return tr("“{name}” is attached.").format(name=name) + " " + doubt
    if recognised:
        found.insert(0, doubt)
    if len(found) > _MOST:
        found[_MOST - 1 :] = [tr("Other parts are missing too.")]
    return tr("“{name}” is attached in part.").format(name=name) + " " + " ".join(found)


def _sentence(note: ReadingNote) -> str:
    count = note.number
    match note.kind:
        case NoteKind.no_text_on:
            return trn(
                "{count:,} page holds a picture and no text.",
                "{count:,} pages hold pictures and no text.",
                count,
            )
        case NoteKind.cut:
            return tr("It is very long: only its first {count:,} characters were read.").format(count=count)
        case NoteKind.damaged_page:
            return tr("Page {count:,} is damaged.").format(count=count)
        case NoteKind.picture:
            return tr("Page {count:,} holds a picture and no text.").format(count=count)
        case NoteKind.nothing_found:
            return tr("No text was recognised on page {count:,}.").format(count=count)
        case NoteKind.recognised:
            return tr("The text of page {count:,} was recognised in its picture.").format(count=count)
        case NoteKind.left_out:
            return trn(
                "{count:,} file inside it was not read.", "{count:,} files inside it were not read.", count
            )
