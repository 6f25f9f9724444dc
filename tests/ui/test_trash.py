"""Files go to the system's trash."""

import sys

import pytest

from chatdesk.domain.errors import ModelNotDeleted
from chatdesk.ui.trash import SystemTrash


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it would be the user's own")
def test_a_file_is_in_the_trash_afterwards(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    file = tmp_path / "größe 🦙.gguf"
    file.write_bytes(b"x")
    SystemTrash().take(file)
    assert not file.exists()
    assert [each.name for each in tmp_path.rglob("*.gguf")] == [file.name]


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ModelNotDeleted) as raised:
        SystemTrash().take(tmp_path / "gone.gguf")
    assert "gone.gguf" in raised.value.sentence
