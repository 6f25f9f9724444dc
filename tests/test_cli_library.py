"""The list of models in a terminal tells what the window knows of them."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from chatdesk import cli
from chatdesk.domain.library import ModelRecord
from chatdesk.domain.settings import Settings
from chatdesk.paths import find_home
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore
from chatdesk.storage.settings_file import JsonSettings
from tests.fakes.gguf_models import make


@pytest.fixture
def model(tmp_path):
    paths = find_home()
    path = make(tmp_path / "tiny.gguf")
    JsonSettings(paths.settings).save(Settings(model_files=(str(path),)))
    with closing(Database(paths.database)) as database:
        records = ModelStore(database)
        records.save(ModelRecord(path, "Für Briefe", favourite=True, application="LM Studio"))
        records.note_use(path, datetime.now(UTC), 12.5)
    return path


def record(path):
    with closing(Database(find_home().database)) as database:
        return ModelStore(database).record(path)


def test_names_stars_and_speeds_are_listed(model, capsys):
    assert cli.run(["models", "list"]) == 0
    first = capsys.readouterr().out.splitlines()[:2]
    assert first == ["★ Für Briefe  0.4 MB  12.5 tokens a second", f"  {model}"]


def test_a_model_is_removed_by_the_name_that_the_user_gave_and_not_found_again(model, capsys):
    assert cli.run(["models", "remove", "Für Briefe"]) == 0
    assert JsonSettings(find_home().settings).load().model_files == ()
    assert record(model).left_out
    assert model.exists()


def test_a_model_that_is_away_is_listed_with_its_name(model, capsys):
    cli.run(["models", "list"])
    model.rename(model.with_name("away"))
    capsys.readouterr()
    assert cli.run(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert "Für Briefe" in out
    assert "not there any more" in out
