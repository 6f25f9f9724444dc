"""Passages of documents as rows, found by SQLite's full-text search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chatdesk.domain.chat import DocumentId
from chatdesk.domain.documents import Document
from chatdesk.domain.passages import Passage
from chatdesk.storage.database import Database
from chatdesk.storage.documents import document_of
from chatdesk.storage.fulltext import near_expressions, spaced
from chatdesk.storage.rows import storable

_OF = "SELECT start, ending, label FROM passage WHERE document = ? ORDER BY number"
_KEEP = "INSERT INTO passage (document, start, ending, label, text) VALUES (?, ?, ?, ?, ?)"
_FIND = """
    SELECT passage.start, passage.ending, passage.label, passage_index.rank AS rank
    FROM passage_index JOIN passage ON passage.number = passage_index.rowid
    WHERE passage_index MATCH :expression AND passage.document = :document
    ORDER BY passage_index.rank, passage.number LIMIT :limit
"""


class PassageStore:
    """The Passages of the port; `home` tells in which database a document is kept."""

    def __init__(self, home: Callable[[DocumentId], Database]) -> None:
        self._home = home

    def whole(self, document: DocumentId, name: str) -> Document | None:
        """Return a document that was attached, with its parts."""
        with self._home(document).reading() as sql:
            row = sql.execute("SELECT text, parts FROM document WHERE id = ?", (document,)).fetchone()
        return document_of(row, name) if row else None

    def passages(self, document: DocumentId) -> list[Passage]:
        """Return those of a document in their order; none where it was not cut yet."""
        with self._home(document).reading() as sql:
            rows = sql.execute(_OF, (document,)).fetchall()
        return [Passage(row["start"], row["ending"], row["label"]) for row in rows]

    def keep(self, document: DocumentId, passages: Sequence[Passage]) -> None:
        """Store the passages of a document once."""
        with self._home(document).writing() as sql:
            row = sql.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
            done = sql.execute("SELECT 1 FROM passage WHERE document = ?", (document,)).fetchone()
            if row is None or done is not None:
                return
            text = row["text"]
            values = [
                (document, each.start, each.end, storable(each.label), spaced(text[each.start : each.end]))
                for each in passages
            ]
            sql.executemany(_KEEP, values)

    def find(self, document: DocumentId, words: str, limit: int) -> list[tuple[Passage, float]]:
        """Return passages with some of the words, the best first, each with its rank: lower is better.

        A longer word stands for those that begin as it does, which its other forms mostly do.
        """
        expression = " OR ".join(near_expressions(words))
        if not expression:
            return []
        values = {"expression": expression, "document": document, "limit": limit}
        with self._home(document).reading() as sql:
            rows = sql.execute(_FIND, values).fetchall()
        return [(Passage(row["start"], row["ending"], row["label"]), row["rank"]) for row in rows]
