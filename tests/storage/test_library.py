"""What is known of models, stored and read again."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.domain.chat import Conversation
from chatdesk.domain.downloads import Download
from chatdesk.domain.hub import DownloadRequest
from chatdesk.domain.library import ModelRecord, OwnSettings
from chatdesk.domain.models import Adapter, ModelHeader
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
from chatdesk.storage.fulltext import spaced
from chatdesk.storage.library import ModelStore
from tests.storage.children import ROOT

HEADER = ModelHeader("Qwen3 4B", "qwen3", "Q4_K_M", 4_000_000_000, 36, 32768, "apache-2.0", True)
PATH = Path("/models/größe 🦙.gguf")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def models(database):
    return ModelStore(database)


def test_of_an_unknown_model_nothing_is_known(models):
    assert models.record(PATH) == ModelRecord(PATH)
    assert models.records() == {}


@pytest.mark.parametrize(
    "record",
    [
        ModelRecord(PATH),
        ModelRecord(Path("/models/\udcff.gguf"), "日本語", favourite=True),
        ModelRecord(PATH, application="Ollama", left_out=True, bytes=5_000_000_000, header=HEADER),
        ModelRecord(PATH, checksums=(("a.gguf", "ab" * 32), ("b.gguf", "cd" * 32))),
        ModelRecord(PATH, own=OwnSettings("precise", 0.0, 1.0, 1.1, False, "", 0, 4096, -1, 2)),
        ModelRecord(PATH, adapters=(Adapter(Path("/größe/\udcff.gguf"), "日本語", 0.35, on=False),)),
        ModelRecord(
            PATH, own=OwnSettings(threads=2), adapters=(Adapter(Path("a"), "a"), Adapter(Path("b"), "b", 0.0))
        ),
    ],
)
def test_a_record_comes_back_as_it_was(record, models, database, path):
    models.save(record)
    database.close()
    again = Database(path)
    assert ModelStore(again).record(record.path) == record
    assert ModelStore(again).records() == {record.path: record}
    again.close()


def test_use_is_counted_and_the_speeds_are_slow_means(models):
    models.note_use(PATH, NOW, 10.0, 100.0)
    models.note_use(PATH, NOW, 20.0, 200.0)
    models.note_use(PATH, NOW, 0.0)
    record = models.record(PATH)
    assert (record.times_used, record.last_used) == (3, NOW)
    assert (record.speed, record.reading) == (pytest.approx(13.0), pytest.approx(130.0))


def test_use_and_everything_else_do_not_disturb_each_other(models):
    models.note_use(PATH, NOW, 8.0)
    old = models.record(PATH)
    models.note_use(PATH, NOW, 8.0)
    models.save(replace(old, title="mine"))
    assert models.record(PATH).times_used == 2
    models.note_use(PATH, NOW, 0.0)
    assert models.record(PATH).title == "mine"


def test_what_is_removed_is_not_known_any_more(models):
    models.save(ModelRecord(PATH, "mine"))
    models.remove(PATH)
    assert models.record(PATH) == ModelRecord(PATH)


def test_stored_settings_of_another_version_are_used_as_far_as_they_can_be(models, database):
    stored = {"threads": 10**9, "preset": "wild", "temperature": -4, "thinking": "yes", "later": 1}
    with database.writing() as sql:
        sql.execute(
            "INSERT INTO model (path, own) VALUES (?, ?)", (json.dumps(str(PATH)), json.dumps(stored))
        )
    assert models.record(PATH).own == OwnSettings(preset="balanced", temperature=0.0, threads=256)


def test_a_folder_that_moves_takes_records_chats_and_downloads_along(models, store, database):
    old, new, other = Path("/old/größe"), Path("/new/models"), Path("/old/größe2/a.gguf")
    for path in (old / "x" / "a.gguf", other):
        models.save(ModelRecord(path, path.parent.name))
        models.note_use(path, NOW, 5.0)
        store.save(Conversation(path.parent.name, model=str(path)))
    downloads = DownloadStore(database)
    for folder in (old / "x", Path("/elsewhere")):
        downloads.add(Download(DownloadRequest("owner/x", "abc", (), folder)))
    models.move(old, new)
    assert {path: record.title for path, record in models.records().items()} == {
        new / "x" / "a.gguf": "x",
        other: "größe2",
    }
    assert models.record(new / "x" / "a.gguf").speed == 5.0
    assert {chat.title: chat.model for chat in store.conversations()} == {
        "x": str(new / "x" / "a.gguf"),
        "größe2": str(other),
    }
    assert {each.request.folder for each in downloads.queue()} == {new / "x", Path("/elsewhere")}


def test_adapters_in_a_folder_that_moves_are_found_again_wherever_their_model_is(models):
    old, new = Path("/old"), Path("/new")
    inside, outside = (
        Adapter(old / "lora" / "a.gguf", "a", 0.5),
        Adapter(Path("/older/b.gguf"), "b", on=False),
    )
    for path in (old / "m.gguf", Path("/elsewhere/m.gguf")):
        models.save(ModelRecord(path, adapters=(inside, outside)))
    models.move(old, new)
    moved = (replace(inside, path=new / "lora" / "a.gguf"), outside)
    assert {path: record.adapters for path, record in models.records().items()} == {
        new / "m.gguf": moved,
        Path("/elsewhere/m.gguf"): moved,
    }


def test_records_of_an_older_version_are_read(path):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function("spaced", 1, spaced, deterministic=True)
        connection.executescript((ROOT / "tests" / "data" / "chats_v4.sql").read_text(encoding="utf-8"))
    database = Database(path)
    record = ModelStore(database).record(Path("/models/größe.gguf"))
    assert (record.title, record.favourite, record.times_used, record.speed) == ("Größe", True, 3, 12.5)
    assert record.header == ModelHeader("g", "llama", "Q8_0", 7, 2, 512, "", True)
    assert record.checksums == (("größe.gguf", "ab"),)
    assert record.own == OwnSettings(temperature=0.5, threads=4)
    database.close()
