"""Where files are kept, and how the folder is moved."""

import os
from pathlib import Path

import pytest

from chatdesk import paths
from chatdesk.domain.storage_errors import FolderUnusable
from chatdesk.paths import Paths, find_home


def test_the_option_wins_over_the_environment(home, tmp_path):
    assert find_home().home == home.resolve()
    assert find_home(tmp_path / "chosen").home == (tmp_path / "chosen").resolve()


def test_every_file_is_below_the_folder(tmp_path):
    made = Paths(tmp_path / "Ordner ü 日本")
    made.create()
    files = (made.database, made.backups, made.settings, made.window, made.logs, made.lock)
    assert all(file.is_relative_to(made.home) for file in files)
    assert made.logs.is_dir()


def test_a_file_in_the_folders_place_is_told(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(FolderUnusable):
        Paths(tmp_path / "home").create()


@pytest.mark.skipif(os.name == "nt", reason="permissions are another thing on Windows")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    me = os.geteuid()
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    if me == 0:
        os.seteuid(65534)  # the administrator may write everywhere; "nobody" may not
    try:
        with pytest.raises(FolderUnusable):
            Paths(locked / "home").create()
    finally:
        os.seteuid(me)


def test_the_starter_model_is_found():
    assert paths.starter_model().is_file()
    assert Path(paths.assets() / "icons").is_dir()
