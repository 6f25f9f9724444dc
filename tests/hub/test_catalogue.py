"""The catalogue of recommended models: what ships is sound, and mistakes in it are named."""

import pytest

from chatdesk import paths
from chatdesk.domain.catalogue import Purpose, suited
from chatdesk.hub.catalogue import read_catalogue

GB = 1_000_000_000
GOOD = """
[[models]]
repository = "owner/name"
file = "a.gguf"
title = "A"
purpose = "chat"
memory = 4
bytes = 500
licence = "MIT"
languages = "English"
good_at = "Tests."
"""


@pytest.fixture(scope="module")
def shipped():
    return read_catalogue(paths.assets() / "models.toml")


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "models.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_the_file_that_ships_can_be_read(shipped):
    assert len(shipped) >= 12
    assert all(model.good_at.endswith(".") for model in shipped)


@pytest.mark.parametrize("memory", [4, 8, 16, 24])
def test_each_class_of_machine_has_a_model_of_its_own_to_chat_with(shipped, memory):
    # A machine of 16 GB reports somewhat less.
    best = next(m for m in suited(shipped, round(memory * 0.95 * GB)) if m.purpose is Purpose.chat)
    assert best.memory == memory
    assert best.bytes < memory * 0.75 * GB


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_is_served_on_a_small_machine(shipped, purpose):
    assert any(model.purpose is purpose for model in suited(shipped, 4 * GB))


def test_nothing_is_recommended_for_a_machine_that_is_too_small(shipped):
    assert suited(shipped, 2 * GB) == []


def test_the_first_of_a_class_stays_the_first(shipped):
    eight = [m for m in shipped if m.memory == 8]
    assert [m for m in suited(shipped, 8 * GB) if m.memory == 8] == eight


def test_a_good_file_becomes_values(written):
    (model,) = read_catalogue(written(GOOD))
    assert (model.repository, model.file, model.purpose, model.bytes) == (
        "owner/name",
        "a.gguf",
        Purpose.chat,
        500,
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('title = "A"', 'title = "A"\nstars = 5'), "unknown key stars"),
        (('title = "A"', ""), "title is missing"),
        (('title = "A"', 'title = ""'), "title is missing"),
        (("memory = 4", 'memory = "4"'), "memory is missing or not a int"),
        (("memory = 4", "memory = -4"), "cannot be negative"),
        (('"chat"', '"poetry"'), "no purpose poetry"),
        (('"owner/name"', '"name"'), "owner/name"),
        (('"a.gguf"', '"a.bin"'), "GGUF"),
        (("[[models]]", "[models]"), "[[models]] and nothing else"),
        (("[[models]]", "version = 2\n[[models]]"), "[[models]] and nothing else"),
        (("[[models]]", "models = [1]\n[x]"), "[[models]] and nothing else"),
    ],
)
def test_a_mistake_is_named(written, change, named):
    with pytest.raises(ValueError, match=named.replace("[", r"\[").replace("]", r"\]")):
        read_catalogue(written(GOOD.replace(*change)))


def test_the_same_file_cannot_stand_in_it_twice(written):
    with pytest.raises(ValueError, match="twice"):
        read_catalogue(written(GOOD + GOOD))
