"""Listing models, opening a file, forgetting one, and finding the one to use."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.errors import EngineError, ModelInvalid, ModelMissing
from chatdesk.domain.library import ModelRecord
from chatdesk.domain.models import ModelHeader
from chatdesk.domain.settings import Settings
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.models import Memory, ModelFlow, memory, title
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore

HEADER = ModelHeader("Qwen3 4B", "qwen3", "Q4_K_M", 4_000_000_000, 36, 32768, "apache-2.0", True)


@pytest.fixture
def flow(starter):
    return ModelFlow(GgufFiles(), starter)


@pytest.fixture
def records(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield ModelStore(database)
    database.close()


@pytest.fixture
def knowing(starter, records):
    return ModelFlow(GgufFiles(), starter, records)


@pytest.fixture
def real(tmp_path, starter):
    """A model file that is not the starter's, although its bytes are the same."""
    return Path(shutil.copy(starter, tmp_path / "my model.gguf"))


def test_without_any_file_there_is_the_starter(flow, starter):
    (model,) = flow.installed(Settings())
    assert model.path == starter
    assert model.demonstration
    assert model.title == "ChatDesk Starter (demonstration)"
    assert model.bytes == starter.stat().st_size
    assert model.header.architecture == "llama"
    assert model.problem == ""


def test_an_opened_file_is_in_the_list_from_then_on(flow, real):
    settings, model = flow.open_file(Settings(), real)
    assert settings.model_files == (str(real),)
    assert model.path == real
    assert not model.demonstration
    assert flow.installed(settings)[1] == model


def test_the_same_file_is_listed_once_however_it_is_named(flow, real, tmp_path):
    settings, first = flow.open_file(Settings(), real)
    link = tmp_path / "other name.gguf"
    link.symlink_to(real)
    for name in (real, tmp_path / "." / "x" / ".." / real.name, link):
        (tmp_path / "x").mkdir(exist_ok=True)
        again, model = flow.open_file(settings, name)
        assert again == settings
        assert model == first


def test_opening_the_starter_adds_nothing(flow, starter):
    settings, model = flow.open_file(Settings(), starter)
    assert settings == Settings()
    assert model.demonstration


@pytest.mark.parametrize(
    ("name", "bytes_", "error"),
    [
        ("missing.gguf", None, ModelMissing),
        ("empty.gguf", b"", ModelInvalid),
        ("letter.gguf", b"Dear reader, this is a letter.", ModelInvalid),
        ("cut.gguf", b"GGUF\x03\x00\x00\x00" + b"\xff" * 40, ModelInvalid),
    ],
)
def test_what_is_no_model_is_refused_and_not_listed(flow, tmp_path, name, bytes_, error):
    path = tmp_path / name
    if bytes_ is not None:
        path.write_bytes(bytes_)
    with pytest.raises(error) as raised:
        flow.open_file(Settings(), path)
    assert raised.value.sentence
    assert raised.value.hint


def test_a_folder_is_refused(flow, tmp_path):
    (tmp_path / "folder.gguf").mkdir()
    with pytest.raises(EngineError):
        flow.open_file(Settings(), tmp_path / "folder.gguf")


def test_a_file_that_went_away_stays_in_the_list_with_the_reason(flow, real):
    settings, _ = flow.open_file(Settings(), real)
    real.unlink()
    model = flow.installed(settings)[1]
    assert model.title == "my model"
    assert model.bytes == 0
    assert model.header is None
    assert "not there" in model.problem


def test_forgetting_leaves_the_file_and_the_other_models(flow, real, tmp_path):
    other = Path(shutil.copy(real, tmp_path / "other.gguf"))
    settings, _ = flow.open_file(Settings(), real)
    settings, _ = flow.open_file(settings, other)
    settings = replace(settings, default_model=str(real))
    settings = flow.forget(settings, real)
    assert settings.model_files == (str(other),)
    assert settings.default_model == ""
    assert real.exists()
    assert flow.forget(settings, tmp_path / "never opened.gguf") == settings


def test_forgetting_can_be_undone_even_when_the_file_is_gone(flow, real):
    settings, _ = flow.open_file(Settings(), real)
    real.unlink()
    assert flow.remember(flow.forget(settings, real), real) == settings
    assert flow.remember(settings, real) == settings


def test_a_chat_gets_its_own_model_while_it_can_be_used(flow, real, tmp_path, starter):
    other = Path(shutil.copy(real, tmp_path / "default.gguf"))
    settings = Settings(default_model=str(other))
    assert flow.choose(settings, str(real)).path == real
    assert flow.choose(settings, real).path == real
    real.unlink()
    assert flow.choose(settings, str(real)).path == other
    assert flow.choose(settings, "").path == other
    other.write_bytes(b"no model any more")
    assert flow.choose(settings, "").path == starter
    assert flow.choose(Settings(), "").demonstration


def test_a_file_is_read_again_only_when_it_changed(real, starter):
    class Counting(GgufFiles):
        read = 0

        def header(self, path):
            self.read += 1
            return super().header(path)

    files = Counting()
    flow = ModelFlow(files, starter)
    settings, _ = flow.open_file(Settings(), real)
    first = flow.installed(settings)
    count = files.read
    assert flow.installed(settings) == first
    assert flow.choose(settings, real).path == real
    assert files.read == count
    real.write_bytes(b"overwritten")
    assert flow.installed(settings)[1].problem


def test_a_starter_that_is_missing_is_said_and_not_hidden(tmp_path):
    flow = ModelFlow(GgufFiles(), tmp_path / "starter.gguf")
    model = flow.choose(Settings(), "")
    assert model.demonstration
    assert model.problem


@pytest.mark.parametrize(
    ("name", "quantisation", "file", "expected"),
    [
        ("Qwen3 4B", "Q4_K_M", "x.gguf", "Qwen3 4B · Q4_K_M"),
        ("Qwen3 4B q4_k_m", "Q4_K_M", "x.gguf", "Qwen3 4B q4_k_m"),
        ("", "Q8_0", "gemma-3-4b-it.gguf", "gemma-3-4b-it · Q8_0"),
        ("", "Q4_K_M", "gemma-Q4_K_M.gguf", "gemma-Q4_K_M"),
        ("Model", "", "phi.gguf", "phi"),
        ("/home/me/train/out", "", "phi.gguf", "phi"),
        ("C:\\models\\out", "", "phi.gguf", "phi"),
        ("8f3a9c0d1e2b4f5a6b7c", "", "phi.gguf", "phi"),
        ("42", "", "phi.gguf", "phi"),
        ("x" * 500, "", "phi.gguf", "phi"),
        ("two\nlines\x00 and\ta tab", "", "phi.gguf", "two lines and a tab"),
        ("日本語モデル", "F16", "x.gguf", "日本語モデル · F16"),
    ],
)
def test_a_title_is_what_a_person_would_call_it(name, quantisation, file, expected):
    assert title(Path(file), replace(HEADER, name=name, quantisation=quantisation)) == expected


def test_about_two_thirds_of_the_free_memory_fit():
    assert Memory(total=16_000, free=9_000).largest_file == 6_000
    now = memory()
    assert 0 < now.free <= now.total


def test_a_model_whose_disk_is_away_keeps_its_name_and_facts(knowing, records, real):
    settings, model = knowing.open_file(Settings(), real)
    records.save(ModelRecord(real, "My model"))
    assert knowing.installed(settings)[1].title == "My model"
    real.rename(real.with_name("away"))
    away = knowing.installed(settings)[1]
    assert away.away
    assert away.problem
    assert (away.title, away.bytes, away.header) == ("My model", model.bytes, model.header)
    real.with_name("away").rename(real)
    assert not knowing.installed(settings)[1].problem


def test_favourites_come_first_and_the_others_keep_their_order(knowing, records, real, starter):
    other = Path(shutil.copy(real, real.with_name("other.gguf")))
    settings = Settings(model_files=(str(real), str(other)))
    records.save(ModelRecord(other, favourite=True))
    assert [model.path for model in knowing.installed(settings)] == [other, starter, real]


def test_what_is_taken_out_of_the_list_is_noted_and_undone(knowing, records, real):
    settings = knowing.remember(Settings(), real)
    settings = knowing.forget(settings, real)
    assert records.record(real).left_out
    knowing.remember(settings, real)
    assert not records.record(real).left_out


def test_the_size_of_a_split_model_is_that_of_all_its_parts(flow, tmp_path):
    for number in (1, 2):
        (tmp_path / f"m-0000{number}-of-00002.gguf").write_bytes(b"x" * 10)
    assert flow.model(tmp_path / "m-00001-of-00002.gguf").bytes == 20
