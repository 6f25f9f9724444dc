"""Tests of models that look at pictures, with tiny projectors and real models."""

import threading

import pytest

from chatdesk.domain.errors import MessageTooLong, PicturesUnseen
from chatdesk.domain.generation import (
    GenerationBatch,
    GenerationRequest,
    ModelReady,
    Sampling,
    StopReason,
    TextDelta,
    Turn,
)
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.pictures import Picture
from chatdesk.engine import sight
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.llama import LlamaBackend
from tests.fakes import projectors
from tests.fakes.gguf_models import make
from tests.fakes.pictures import picture

RED, GREEN = picture("red.png", seed=1), picture("green.png", seed=2)
TOKENS = 16  # of a picture, with the projector "mlp"


class Seeing:
    """A backend with one model and one projector; keeps what was told last."""

    def __init__(self, model, projector, **how):
        self.backend = LlamaBackend()
        self.load = ModelLoad(LocalModel(model), threads=1, projector=projector, **how)
        self.told = []

    def ask(self, *turns, abort=None):
        """Return the answer to turns: texts, or (text, *pictures)."""
        roles = ("user", "assistant")
        told = [(turn,) if isinstance(turn, str) else turn for turn in turns]
        turns = [Turn(roles[i % 2], text, tuple(pictures)) for i, (text, *pictures) in enumerate(told)]
        request = GenerationRequest(tuple(turns), Sampling(temperature=0, answer_tokens=10))
        self.told = []
        batch = GenerationBatch(self.load, (request,))
        self.backend.generate(batch, lambda _, event: self.told.append(event), abort or AbortFlag())
        return "".join(event.text for event in self.told if isinstance(event, TextDelta))

    def afresh(self, *turns):
        self.backend.unload()
        answer = self.ask(*turns)
        assert self.facts.reused_tokens == 0
        return answer

    @property
    def facts(self):
        return self.told[-1].facts

    @property
    def ready(self):
        return next(event for event in self.told if isinstance(event, ModelReady))

    @property
    def problem(self):
        return self.ready.projector_problem


@pytest.fixture
def seeing(tmp_path, request):
    """Return a model with a projector; made by architecture and kind of projector."""

    def seeing(architecture="llama", kind="mlp", projector=None, **how):
        path = projector or projectors.make(tmp_path / "mmproj.gguf", kind=kind)
        made = Seeing(make(tmp_path / "model.gguf", architecture), path, **how)
        request.addfinalizer(made.backend.unload)
        return made

    return seeing


def test_a_picture_is_part_of_the_prompt_and_decides_the_answer(seeing):
    model = seeing()
    plain = model.ask("What is this?")
    words = model.facts.prompt_tokens
    red = model.ask(("What is this?", RED))
    assert model.facts.prompt_tokens == words + TOKENS + 1  # and the new line after it
    green = model.ask(("What is this?", GREEN))
    assert len({plain, red, green}) == 3
    assert model.ask(("What is this?", RED)) == red
    assert model.ask("What is this?") == plain
    assert not model.problem


def test_the_starter_model_sees_with_a_projector_of_its_width(starter, tmp_path, request):
    model = Seeing(starter, projectors.make(tmp_path / "mmproj.gguf", width=256))
    request.addfinalizer(model.backend.unload)
    words = model.ask("What do you see?")
    assert model.ask(("What do you see?", RED)) != words


@pytest.mark.parametrize(
    ("architecture", "kind"), [("llama", "mlp"), ("gemma2", "mlp"), ("qwen2vl", "qwen2vl_merger")]
)
def test_a_chat_about_a_picture_goes_on_as_if_read_afresh(seeing, architecture, kind):
    model = seeing(architecture, kind)
    large = picture("large.png", 280, 140)
    first = model.ask(("What is this?", large))
    second = model.ask(("What is this?", large), first, "And now?")
    assert model.facts.reused_tokens > TOKENS
    third = model.ask(("What is this?", large), first, "Or then?")
    assert model.facts.reused_tokens > TOKENS
    assert second == model.afresh(("What is this?", large), first, "And now?")
    assert third == model.afresh(("What is this?", large), first, "Or then?")


def test_positions_with_rows_and_columns_count_fewer_than_tokens(seeing):
    model = seeing("qwen2vl", "qwen2vl_merger")
    model.ask(("What is this?", picture("large.png", 280, 140)))
    tokens = model.facts.prompt_tokens
    assert tokens > 10 * 5  # 28 pixels a token
    part = model.backend._loaded.sight.part(-1)
    assert (part.tokens, part.positions) == (50, 10)


def test_equal_and_different_pictures_beside_each_other_are_told_apart(seeing):
    model = seeing()
    answers = [
        model.ask(("Look", *pictures)) for pictures in ((RED,), (RED, RED), (RED, GREEN), (GREEN, RED))
    ]
    again = [
        model.afresh(("Look", *pictures)) for pictures in ((RED,), (RED, RED), (RED, GREEN), (GREEN, RED))
    ]
    assert answers == again
    assert len(set(answers)) == 4


def test_the_beginning_is_kept_up_to_the_first_picture_that_differs(seeing):
    model = seeing()
    model.ask(("Look", RED, GREEN))
    model.ask(("Look", RED, RED))
    assert model.facts.reused_tokens == 1 + TOKENS + 1  # the user's mark, the picture, the new line


def test_what_looks_like_a_mark_for_a_picture_is_text(seeing):
    model = seeing()
    model.ask(("[picture-0] <__media__> <image>", RED))
    assert model.facts.prompt_tokens == 2 + TOKENS + 1 + 31 + 1


def test_older_pictures_are_named_to_a_model_that_cannot_see(seeing):
    model = seeing()
    model.load = ModelLoad(model.load.model, threads=1)
    assert model.ask(("Look", RED), "Nice.", "Why?") == model.ask(
        "[Here is the picture “red.png”, which you cannot see.]\nLook", "Nice.", "Why?"
    )


def test_a_question_about_a_picture_is_refused_without_a_projector(seeing):
    model = seeing()
    model.load = ModelLoad(model.load.model, threads=1)
    with pytest.raises(PicturesUnseen) as caught:
        model.ask("Hello", "Hi.", ("Look", RED))
    assert "no projector (mmproj file) lies beside it" in caught.value.sentence
    assert caught.value.hint


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: projectors.make(path, width=128), "it belongs to another model"),
        (lambda path: path.write_bytes(path.read_bytes()[:-5000]), "it is not complete"),
        (lambda path: path.write_bytes(path.read_bytes()[:300]), "it ends within its header"),
        (lambda path: path.write_bytes(b"<html>no such file"), "it is a web page"),
        (lambda path: path.unlink(), "it cannot be read"),
        (make, "it is another kind of file"),
        (lambda path: projectors.make(path, **{"clip.projector_type": "strange"}), "unknown projector type"),
        (lambda path: projectors.make(path, **{"clip.vision.patch_size": 0}), "patch_size"),
        (lambda path: projectors.make(path, **{"clip.vision.block_count": 9}), "unable to find tensor"),
    ],
)
def test_a_projector_that_cannot_be_used_leaves_the_model_to_texts(seeing, tmp_path, spoil, reason):
    path = projectors.make(tmp_path / "spoilt-mmproj.gguf")
    spoil(path)
    model = seeing(projector=path)
    assert model.ask("Hello")
    assert "“spoilt-mmproj.gguf”" in model.problem
    assert reason in model.problem
    with pytest.raises(PicturesUnseen, match="spoilt-mmproj") as caught:
        model.ask(("Look", RED))
    assert reason in caught.value.sentence
    assert model.ask("Hello")


def test_a_projector_that_was_replaced_is_loaded_anew(seeing, tmp_path):
    path = tmp_path / "mmproj.gguf"
    path.write_bytes(b"nothing yet")
    model = seeing(projector=path)
    model.ask("Hello")
    assert model.problem
    projectors.make(path)
    model.ask(("Look", RED))
    assert not model.problem


def test_a_projector_for_which_there_is_no_memory_is_left_out(seeing, monkeypatch):
    model = seeing()
    monkeypatch.setattr("chatdesk.engine.placement.memory_of", lambda path: 1 << 60 if path else 0)
    assert model.ask("Hello")
    assert "memory" in model.problem


@pytest.mark.parametrize("data", [b"", b"no picture", picture().data[:60], b"\xff\xd8\xff broken"])
def test_a_broken_picture_is_refused_and_the_model_goes_on(seeing, data):
    model = seeing()
    with pytest.raises(PicturesUnseen, match="damaged"):
        model.ask(("Look", Picture("broken.png", data, 1, 1)))
    assert model.ask(("Look", RED))


def test_a_picture_with_impossible_sizes_of_the_projector_is_refused(seeing, tmp_path):
    path = projectors.make(tmp_path / "mmproj.gguf", **{"clip.vision.image_size": 0})
    model = seeing(projector=path)
    with pytest.raises(PicturesUnseen):
        model.ask(("Look", RED))
    assert model.ask("Hello")


def test_pictures_that_exceed_the_context_are_refused_with_their_tokens(seeing):
    model = seeing(context_tokens=256)
    with pytest.raises(MessageTooLong) as caught:
        model.ask(("Look", *(picture(seed=seed) for seed in range(20))))
    assert caught.value.needed > 20 * TOKENS


def test_older_pictures_are_left_out_where_the_context_is_short(seeing):
    model = seeing(context_tokens=256)
    turns = []
    for seed in range(20):
        turns += [("Look", picture(seed=seed)), "Nice."]
    model.ask(*turns, "And now?")
    assert model.facts.prompt_tokens <= 256


def test_looking_at_a_picture_can_be_stopped_and_the_model_goes_on(seeing, tmp_path):
    path = projectors.make(tmp_path / "mmproj.gguf", kind="qwen2vl_merger", layers=60)
    model = seeing("qwen2vl", projector=path)
    answer = model.ask("Hello")
    abort = AbortFlag()
    timer = threading.Timer(0.3, abort.set)
    timer.start()
    assert model.ask(("Look", picture("huge.png", 840, 840)), abort=abort) == ""
    timer.join()
    assert model.facts.reason is StopReason.cancelled
    assert model.facts.seconds < 10
    assert model.ask("Hello") == answer


def test_a_missing_library_leaves_the_model_to_texts(seeing, monkeypatch):
    def fail(name):
        raise OSError(name)

    model = seeing()
    sight._mtmd.cache_clear()
    monkeypatch.setattr(sight.importlib, "import_module", fail)
    assert model.ask("Hello")
    assert "this build of llama.cpp has no part for pictures" in model.problem


def test_the_estimate_is_measured_without_the_projector(seeing):
    model = seeing()
    model.ask("Hello")
    measured = model.ready.memory_factor
    model.load = ModelLoad(model.load.model, threads=1)
    model.ask("Hello")
    assert model.ready.memory_factor == measured
