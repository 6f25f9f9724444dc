"""The queue of downloads, stored and read again."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
from chatdesk.storage.fulltext import spaced
from tests.storage.children import ROOT


@pytest.fixture
def downloads(database):
    return DownloadStore(database)


def download(name="größe 🦙.gguf", folder=Path("/models/owner/model"), **facts):
    files = (RemoteFile(name, 5_000_000_000, "ab" * 32), RemoteFile("second.gguf", 7))
    return Download(DownloadRequest("owner/model", "abc", files, folder), **facts)


def added(downloads, *names):
    made = [download(name) for name in names]
    for each in made:
        downloads.add(each)
    return made


def order(downloads):
    return [each.request.files[0].path for each in downloads.queue()]


def test_an_empty_queue(downloads):
    assert downloads.queue() == []
    assert downloads.download("none") is None


@pytest.mark.parametrize(
    "one",
    [
        download(),
        download(folder=Path("/models/日本語/\udcff")),
        download(state=DownloadState.failed, problem="“x” is not there.", arrived=4_900_000_000),
    ],
)
def test_a_download_comes_back_as_it_was(one, downloads, database, path):
    downloads.add(one)
    database.close()
    again = Database(path)
    assert DownloadStore(again).queue() == [one]
    assert DownloadStore(again).download(one.id) == one
    again.close()


def test_the_queue_keeps_its_order(downloads):
    added(downloads, "a", "b", "c")
    assert order(downloads) == ["a", "b", "c"]


def test_the_order_can_be_changed_and_new_ones_come_last(downloads):
    a, b, c = added(downloads, "a", "b", "c")
    downloads.arrange([c.id, a.id, b.id])
    assert order(downloads) == ["c", "a", "b"]
    downloads.arrange([b.id, "gone"])
    assert order(downloads) == ["b", "c", "a"]
    added(downloads, "d")
    assert order(downloads) == ["b", "c", "a", "d"]


def test_state_problem_and_bytes_are_updated_and_nothing_else(downloads):
    (a,) = added(downloads, "a")
    changed = replace(a, state=DownloadState.paused, problem="p", arrived=9, request=download("x").request)
    downloads.update(changed)
    assert downloads.queue() == [replace(changed, request=a.request)]


def test_what_is_removed_stays_away(downloads):
    a, b = added(downloads, "a", "b")
    downloads.remove(a.id)
    downloads.update(replace(a, arrived=5))
    assert downloads.queue() == [b]


def test_a_queue_of_an_older_version_is_read(path):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("spaced", 1, spaced, deterministic=True)
        connection.executescript((ROOT / "tests" / "data" / "chats_v3.sql").read_text(encoding="utf-8"))
    database = Database(path)
    (one,) = DownloadStore(database).queue()
    assert one.request.files == (RemoteFile("größe.gguf", 5),)
    assert (one.state, one.arrived, one.total) == (DownloadState.paused, 3, 5)
    assert one.request.folder == Path("/models/owner/model")
    database.close()
