"""The text that was recognised in pages of files, kept so that it is not done twice."""

from __future__ import annotations

import json

from chatdesk.domain.recognition import RecognisedPage, TextLine
from chatdesk.storage.database import Database
from chatdesk.storage.rows import storable


class RecognisedStore:
    """The RecognisedPages of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pages(self, file: str) -> dict[int, RecognisedPage]:
        """Return the pages of the file with this SHA-256, by their numbers."""
        with self._database.reading() as sql:
            rows = sql.execute("SELECT * FROM recognised_page WHERE file = ?", (file,)).fetchall()
        return {
            row["number"]: RecognisedPage(
                row["number"], row["text"], tuple(TextLine(*line) for line in json.loads(row["lines"]))
            )
            for row in rows
        }

    def keep(self, file: str, page: RecognisedPage) -> None:
        """Store a page in place of the one that was there."""
        lines = [(line.text, line.left, line.top, line.width, line.height) for line in page.lines]
        values = (file, page.number, storable(page.text), storable(json.dumps(lines, ensure_ascii=False)))
        with self._database.writing() as sql:
            sql.execute("INSERT OR REPLACE INTO recognised_page VALUES (?, ?, ?, ?)", values)
