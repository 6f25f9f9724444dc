"""What a user should know of how a document was read, in as few sentences as that takes."""

from __future__ import annotations

from collections.abc import Sequence

from chatdesk.domain.documents import NoteKind, ReadingNote
from chatdesk.domain.words import tr
from chatdesk.ui.summarize.words import note_sentence


def note_sentences(notes: Sequence[ReadingNote]) -> list[str]:
    """Return a sentence for each note; pages whose text was recognised have one together."""
    recognised = [note for note in notes if note.kind is NoteKind.recognised]
    others = [note_sentence(note) for note in notes if note.kind is not NoteKind.recognised]
    if len(recognised) < 2:
        return [*map(note_sentence, recognised), *others]
    pages = page_list([note.number for note in recognised])
    together = tr("The text of pages {pages} was recognised in their pictures and may contain errors.")
    return [together.format(pages=pages), *others]


def page_list(pages: Sequence[int]) -> str:
    """Return numbers of pages with those in a row together: "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(pages):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
