"""The queue of downloads."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from chatdesk.domain.downloads import Download, DownloadId, DownloadState
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.storage.database import Database
from chatdesk.storage.rows import storable

_ADD = """
    INSERT INTO download (id, place, repository, revision, files, folder, state, problem, arrived)
    VALUES (:id, (SELECT coalesce(max(place), 0) + 1 FROM download),
        :repository, :revision, :files, :folder, :state, :problem, :arrived)
"""
_UPDATE = "UPDATE download SET state = :state, problem = :problem, arrived = :arrived WHERE id = :id"


class DownloadStore:
    """The Downloads of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self) -> list[Download]:
        """Return all of them in their order."""
        with self._database.reading() as sql:
            return [_download_of(row) for row in sql.execute("SELECT * FROM download ORDER BY place, number")]

    def download(self, download: DownloadId) -> Download | None:
        with self._database.reading() as sql:
            row = sql.execute("SELECT * FROM download WHERE id = ?", (download,)).fetchone()
        return _download_of(row) if row else None

    def add(self, download: Download) -> None:
        """Store it at the end of the queue."""
        with self._database.writing() as sql:
            sql.execute(_ADD, _values(download))

    def update(self, download: Download) -> None:
        """Store its state, problem and arrived bytes; nothing happens when it is not there any more."""
        with self._database.writing() as sql:
            sql.execute(_UPDATE, _values(download))

    def remove(self, download: DownloadId) -> None:
        with self._database.writing() as sql:
            sql.execute("DELETE FROM download WHERE id = ?", (download,))

    def arrange(self, order: Sequence[DownloadId]) -> None:
        """Bring the queue into this order; those that are not named come last."""
        with self._database.writing() as sql:
            sql.execute("UPDATE download SET place = place + ?", (len(order),))
            places = [(place, ident) for place, ident in enumerate(order)]
            sql.executemany("UPDATE download SET place = ? WHERE id = ?", places)


def _values(download: Download) -> dict[str, object]:
    request = download.request
    return {
        "id": download.id,
        "repository": storable(request.repository),
        "revision": storable(request.revision),
        "files": storable(json.dumps([asdict(file) for file in request.files], ensure_ascii=False)),
        "folder": json.dumps(str(request.folder)),
        "state": download.state,
        "problem": storable(download.problem),
        "arrived": download.arrived,
    }


def _download_of(row: sqlite3.Row) -> Download:
    files = tuple(RemoteFile(**each) for each in json.loads(row["files"]))
    request = DownloadRequest(row["repository"], row["revision"], files, Path(json.loads(row["folder"])))
    return Download(
        request, DownloadState(row["state"]), row["problem"], row["arrived"], DownloadId(row["id"])
    )
