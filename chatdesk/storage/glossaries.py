"""The user's glossaries, each with all its terms in one row."""

from __future__ import annotations

import json
import sqlite3

from chatdesk.domain.glossaries import Glossary, GlossaryId, Term
from chatdesk.storage.database import Database
from chatdesk.storage.rows import storable

_SAVE = """
    INSERT INTO glossary (id, name, source, target, terms) VALUES (:id, :name, :source, :target, :terms)
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, source = excluded.source, target = excluded.target, terms = excluded.terms
"""


class GlossaryStore:
    """The Glossaries of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def glossaries(self) -> list[Glossary]:
        """Return all of them with their terms, by name; of one name the older first."""
        with self._database.reading() as sql:
            rows = sql.execute("SELECT * FROM glossary ORDER BY number").fetchall()
        return sorted(map(_glossary_of, rows), key=lambda glossary: glossary.name.casefold())

    def glossary(self, glossary: GlossaryId) -> Glossary | None:
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM glossary WHERE id = ?", (glossary,)).fetchone()
        return _glossary_of(row) if row else None

    def save(self, glossary: Glossary) -> None:
        """Insert or update it; a deleted one comes back."""
        terms = [(term.source, term.target, term.note) for term in glossary.terms]
        values = {
            "id": glossary.id,
            "name": storable(glossary.name),
            "source": storable(glossary.source),
            "target": storable(glossary.target),
            "terms": storable(json.dumps(terms, ensure_ascii=False)),
        }
        with self._database.writing() as sql:
            sql.execute(_SAVE, values)

    def delete(self, glossary: GlossaryId) -> None:
        with self._database.writing() as sql:
            sql.execute("DELETE FROM glossary WHERE id = ?", (glossary,))


def _glossary_of(row: sqlite3.Row) -> Glossary:
    terms = tuple(Term(*term) for term in json.loads(row["terms"]))
    return Glossary(row["name"], row["source"], row["target"], terms, GlossaryId(row["id"]))
