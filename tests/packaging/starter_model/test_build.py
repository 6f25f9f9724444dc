"""The one entry of the recipe: what is done is not done again, what has changed is."""

import argparse
import sys
from pathlib import Path

import build
import pytest
from build import Build, Step, run, stamp


@pytest.fixture
def made():
    return []


def steps_of(made, source, names=("first", "second")):
    return [Step(name, [source, "a setting"], lambda name=name: made.append(name)) for name in names]


def test_steps_are_done_once_in_their_order(tmp_path, made):
    source = tmp_path / "source.txt"
    source.write_text("words")
    for _ in range(2):
        run(steps_of(made, source), tmp_path / "work")
    assert made == ["first", "second"]


def test_a_step_is_done_again_when_what_it_is_made_from_has_changed(tmp_path, made):
    source = tmp_path / "source.txt"
    for words in ("words", "other words"):
        source.write_text(words)
        run(steps_of(made, source, ["first"]), tmp_path / "work")
    assert made == ["first", "first"]


def test_a_step_that_failed_is_tried_again(tmp_path, made):
    def fail():
        raise ValueError

    work, first = tmp_path / "work", Step("first", ["a setting"], lambda: made.append("first"))
    with pytest.raises(ValueError):
        run([first, Step("second", [], fail)], work)
    run([first, Step("second", [], lambda: made.append("second"))], work)
    assert made == ["first", "second"]


def test_a_stamp_follows_names_and_contents_but_no_caches(tmp_path):
    (tmp_path / "a.txt").write_text("1")
    before = stamp([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("2")
    assert stamp([tmp_path]) == before
    (tmp_path / "a.txt").write_text("3")
    assert stamp([tmp_path]) != before
    assert stamp(["1 minute"]) != stamp(["2 minutes"])


@pytest.fixture
def options(tmp_path):
    return argparse.Namespace(
        work=tmp_path, minutes=1.0, steps=None, device="cpu", origin=None,
        workers=1, files=1, train=10, held=5, seed=1, limit=None, environment=None,
        average=False,
    )  # fmt: skip


@pytest.mark.parametrize("averages", [False, True])
def test_every_step_names_scripts_and_files_of_the_recipe_that_exist(
    options, monkeypatch, tmp_path, averages
):
    called = []
    if averages:
        options.average, options.origin = True, tmp_path / "origin.gguf"
    monkeypatch.setattr(Build, "_call", lambda _, *command: called.append([str(word) for word in command]))
    monkeypatch.setattr(build.venv, "create", lambda *_, **__: None)
    (tmp_path / "corpus").mkdir()
    steps = Build(options).steps()
    for step in steps:
        step.make()
    scripts = [Path(word) for command in called for word in command if word.endswith(".py")]
    assert len(scripts) >= 7
    assert all(script.is_file() for script in scripts)
    inputs = [path for step in steps for path in step.inputs if isinstance(path, Path)]
    assert all(path.exists() or tmp_path in path.parents for path in inputs)
    assert called[-1][0] == sys.executable
    exported = next(command for command in called if "write" in command)
    assert exported[3].endswith("averaged.pt" if averages else "starter.pt")


def test_an_environment_that_is_there_is_used_and_none_is_made(options, monkeypatch, tmp_path):
    called = []
    monkeypatch.setattr(Build, "_call", lambda _, *command: called.append(command[0]))
    monkeypatch.setattr(build.venv, "create", lambda *_, **__: pytest.fail("an environment was made"))
    options.environment = tmp_path / "mine"
    steps = {step.name: step for step in Build(options).steps()}
    steps["environment"].make()
    assert called == []
    steps["training"].make()
    assert options.environment in called[0].parents


def test_more_minutes_go_on_from_before_the_fall_of_the_rate(options, monkeypatch, tmp_path):
    monkeypatch.setattr(Build, "_call", lambda *_: None)
    (tmp_path / "starter.pt").write_text("at the end")
    (tmp_path / "starter.undecayed.pt").write_text("before the fall")
    training = next(step for step in Build(options).steps() if step.name == "training")
    training.make()
    assert (tmp_path / "starter.pt").read_text() == "at the end"
    (tmp_path / "training.stamp").write_text("of fewer minutes")
    training.make()
    assert (tmp_path / "starter.pt").read_text() == "before the fall"


def test_other_texts_start_a_new_run(options, monkeypatch, tmp_path):
    monkeypatch.setattr(Build, "_call", lambda *_: None)
    (tmp_path / "starter.pt").write_text("of other texts")
    tokens = next(step for step in Build(options).steps() if step.name == "tokens")
    tokens.make()
    assert not (tmp_path / "starter.pt").exists()
