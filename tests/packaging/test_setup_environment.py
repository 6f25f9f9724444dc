"""When an installation counts as done."""

from pathlib import Path

import pytest


@pytest.fixture
def environment(scripts):
    return scripts["environment"]


def _project(**changes):
    project = {
        "project": {"dependencies": ["llama-cpp-python>=0.3.36,<0.4"]},
        "dependency-groups": {"dev": ["a"]},
    }
    return project | changes


def test_the_stamp_changes_with_all_that_an_installation_depends_on(environment):
    def key(project=None, root="/a", version=(3, 11, 7)):
        return environment.stamp_key(project or _project(), Path(root), version)

    assert key() == key()
    others = [
        key(_project(project={"dependencies": []})),
        key(_project(**{"dependency-groups": {"dev": ["b"]}})),
        key(root="/moved"),
        key(version=(3, 12, 0)),
    ]
    assert len({key(), *others}) == 5
    assert key(_project(tool={"ruff": {"line-length": 9}})) == key()


def test_a_stamp_for_the_window_is_not_enough_for_the_tests(environment, tmp_path):
    stamp = tmp_path / "stamp"
    assert not environment.is_ready(stamp, "k", "run")
    environment._write_stamp(stamp, "k", "run")
    assert environment.is_ready(stamp, "k", "run")
    assert not environment.is_ready(stamp, "k", "test")
    environment._write_stamp(stamp, "k", "test")
    assert environment.is_ready(stamp, "k", "run")
    assert environment.is_ready(stamp, "k", "test")
    assert not environment.is_ready(stamp, "other", "test")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"key": "k"}', "\0"])
def test_a_damaged_stamp_counts_as_none(environment, tmp_path, text):
    stamp = tmp_path / "stamp"
    stamp.write_text(text)
    assert not environment.is_ready(stamp, "k", "test")
