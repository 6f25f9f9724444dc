"""Pictures as rows of the database, each once however often it is attached."""

from __future__ import annotations

import sqlite3

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.pictures import Picture
from chatdesk.storage.branches import ATTACHED

UNUSED = f"""
DELETE FROM picture WHERE id NOT IN (
    SELECT json_extract(value, '$.document') FROM message, json_each(message.attachments)
    WHERE message.attachments <> ''
    UNION
    SELECT json_extract(value, '$.document') FROM draft, json_each(draft.attachments)
    WHERE draft.attachments <> ''
    UNION
    SELECT json_extract(value, '$.document') FROM folder, json_each(folder.documents)
    WHERE folder.documents <> ''
    UNION
    SELECT json_extract(value, '$.document') FROM waiting, json_each(waiting.attachments)
    WHERE waiting.attachments <> ''
    UNION
    SELECT json_extract(attached.value, '$.document') FROM {ATTACHED}
)
"""  # noqa: S608


def keep_picture(sql: sqlite3.Connection, picture: Picture) -> DocumentId:
    """Store a picture with its preview, and return the id by which they are found."""
    import hashlib  # here and not above: a window opens before it keeps pictures

    ident = DocumentId(hashlib.sha256(picture.data).hexdigest())
    values = (ident, picture.data, picture.preview)
    sql.execute("INSERT OR IGNORE INTO picture (id, data, preview) VALUES (?, ?, ?)", values)
    return ident


def picture_data(sql: sqlite3.Connection, ident: DocumentId, preview: bool) -> bytes | None:
    """Return the picture, or the preview that was stored with it."""
    column = "preview" if preview else "data"
    row = sql.execute(f"SELECT {column} AS data FROM picture WHERE id = ?", (ident,)).fetchone()  # noqa: S608
    return row["data"] if row else None
