"""Documents as rows of the database, each text once."""

from __future__ import annotations

import json
import sqlite3

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.documents import Document, NoteKind, ReadingNote, Unit, UnitKind
from chatdesk.storage.rows import storable

# What was attached to a chat first has no parts yet.
_KEEP = """
    INSERT INTO document (id, text, parts) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET parts = excluded.parts WHERE document.parts = '' AND excluded.parts <> ''
"""


def keep_document(sql: sqlite3.Connection, document: Document) -> DocumentId:
    """Store a document's text, units and notes, and return the id by which they are found."""
    import hashlib  # here and not above: a window opens before it keeps documents

    text = storable(document.text)
    ident = DocumentId(hashlib.sha256(text.encode()).hexdigest())
    sql.execute(_KEEP, (ident, text, _parts_value(document)))
    return ident


def document_of(row: sqlite3.Row, name: str) -> Document:
    parts = json.loads(row["parts"] or "{}")
    units = (
        Unit(UnitKind(kind), number, label, start, end)
        for kind, number, label, start, end in parts.get("units", ())
    )
    notes = (ReadingNote(NoteKind(kind), number) for kind, number in parts.get("notes", ()))
    return Document(name, row["text"], tuple(units), tuple(notes))


def _parts_value(document: Document) -> str:
    """Return the column's text, "" where there are none."""
    if not document.units and not document.notes:
        return ""
    units = [(unit.kind.value, unit.number, unit.label, unit.start, unit.end) for unit in document.units]
    notes = [(note.kind.value, note.number) for note in document.notes]
    return storable(json.dumps({"units": units, "notes": notes}, ensure_ascii=False))
