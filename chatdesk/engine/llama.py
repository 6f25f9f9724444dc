"""Run models with llama.cpp: the backend of the child process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from chatdesk.domain.errors import AdapterInvalid, ModelInvalid, ModelTooLarge, PicturesUnseen
from chatdesk.domain.generation import (
    WHOLE_BATCH,
    GenerationBatch,
    GenerationRequest,
    LoadProgress,
    TokenProbability,
    Turn,
)
from chatdesk.domain.models import Gpu, ModelLoad
from chatdesk.domain.words import tr
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.backend import Emit
from chatdesk.engine.bindings import gpus
from chatdesk.engine.constraint import to_gbnf
from chatdesk.engine.likelihood import answer_probabilities, probabilities
from chatdesk.engine.loading import FileVersion, LoadedModel, load_model, load_vocabulary, version_of
from chatdesk.engine.model import LoadStopped, Model
from chatdesk.engine.picture_marks import MarkedPictures
from chatdesk.engine.prompt import FittedPrompt, Tokenise, fit
from chatdesk.engine.sampler import LogitsUnusable
from chatdesk.engine.sequence import ReadFailed, ReadStopped
from chatdesk.engine.sight import SightFailed
from chatdesk.engine.template import TemplateError
from chatdesk.engine.thinking import closing_for
from chatdesk.engine.vocabulary import Vocabulary
from chatdesk.engine.writing import Tell, Writing, cancelled

_NO_MEMORY = -2  # what llama_decode returns


class LlamaBackend:
    """Keeps one model loaded, and beside it the vocabulary of one that only counts tokens."""

    def __init__(self) -> None:
        self._loaded: LoadedModel | None = None
        self._counting: tuple[FileVersion, Model] | None = None

    def generate(self, batch: GenerationBatch, emit: Emit, abort: AbortFlag) -> None:
        """Answer one request after another with the same model; see `Backend`."""
        loaded: LoadedModel | None = None
        try:
            loaded = self._ready(batch.load, emit, abort)
            emit(WHOLE_BATCH, replace(loaded.ready, adapter_problem=_adapt(loaded, batch.load)))
        except LoadStopped:
            pass
        for index, request in enumerate(batch.requests):
            if loaded is None or abort.raised:
                emit(index, cancelled())
            else:
                self._answer(loaded, batch.load, request, partial(emit, index), abort)

    def count_tokens(self, load: ModelLoad, texts: Sequence[str], abort: AbortFlag) -> list[int]:
        """Return the tokens of each text, of fewer texts when aborted; see `Backend`."""
        vocabulary = self._vocabulary(load.model.path)
        counts = []
        for text in texts:
            if abort.raised:
                break
            counts.append(len(vocabulary.text_tokens(text)))
        return counts

    def next_tokens(
        self, load: ModelLoad, request: GenerationRequest, count: int, abort: AbortFlag
    ) -> list[TokenProbability]:
        """Return the likeliest next tokens, none when aborted; see `Backend`."""
        try:
            loaded = self._ready(load, lambda *_: None, abort)
            _adapt(loaded, load)
            with _readable_failures(loaded, load):
                loaded.read.obey(abort)
                loaded.read.read(_prompt(loaded, request, constrained=False).tokens, lambda _: None)
                likely = probabilities(loaded.read.logits())
        except (LoadStopped, ReadStopped):
            return []
        likeliest = np.argsort(-likely, kind="stable")[: max(0, count)]
        words = loaded.model.vocabulary
        return [
            TokenProbability(int(token), words.written(int(token)), float(likely[token]))
            for token in likeliest
        ]

    def rate_answer(
        self, load: ModelLoad, request: GenerationRequest, abort: AbortFlag
    ) -> list[TokenProbability]:
        """Return how likely each token of the last turn is, none when aborted; see `Backend`."""
        asked = replace(request, turns=request.turns[:-1])
        try:
            loaded = self._ready(load, lambda *_: None, abort)
            _adapt(loaded, load)
            with _readable_failures(loaded, load):
                loaded.read.obey(abort)
                prompt = _prompt(loaded, asked, constrained=False).tokens
                loaded.read.read(prompt, lambda _: None)
                answer = loaded.model.vocabulary.text_tokens(request.turns[-1].text)
                room = loaded.read.limit - len(loaded.read)
                return answer_probabilities(loaded.read, answer[:room], loaded.model.vocabulary)
        except (LoadStopped, ReadStopped):
            return []

    def gpus(self) -> list[Gpu]:
        """Return the graphics cards without what the loaded model takes of them; see `Backend`."""
        return list(self._loaded.gpus if self._loaded and self._loaded.gpus else gpus())

    def unload(self) -> None:
        """Give back the memory of the loaded model."""
        if self._loaded:
            self._loaded.close()
        self._loaded = None

    def _answer(
        self, loaded: LoadedModel, load: ModelLoad, request: GenerationRequest, tell: Tell, abort: AbortFlag
    ) -> None:
        grammar = request.grammar or (to_gbnf(request.schema) if request.schema is not None else "")
        device = loaded.ready.device.name
        writing = Writing(loaded.read, loaded.model.vocabulary, request, grammar, device, loaded.pay)
        with _readable_failures(loaded, load):
            writing.run(_prompt(loaded, request, bool(grammar)), tell, abort)

    def _ready(self, load: ModelLoad, emit: Emit, abort: AbortFlag) -> LoadedModel:
        """Return the model loaded as `load` says; what is loaded otherwise is unloaded first."""
        version = version_of(load.model.path)
        if self._loaded and self._loaded.is_for(load, version):
            return self._loaded
        self.unload()
        self._loaded = load_model(
            load, version, lambda fraction: emit(WHOLE_BATCH, LoadProgress(fraction)), abort
        )
        return self._loaded

    def _vocabulary(self, path: Path) -> Vocabulary:
        version = version_of(path)
        if self._loaded and self._loaded.version == version:
            return self._loaded.model.vocabulary
        if self._counting and self._counting[0] != version:
            self._counting[1].close()
            self._counting = None
        if self._counting is None:
            self._counting = version, load_vocabulary(version)
        return self._counting[1].vocabulary


def _adapt(loaded: LoadedModel, load: ModelLoad) -> str:
    """Let the adapters of `load` count from now on; return why some are left out, "" for none."""
    weighted, problem = loaded.adapters.usable(load.adapters)
    with _readable_failures(loaded, load):
        loaded.read.adapt(weighted)
    return problem


def _prompt(loaded: LoadedModel, request: GenerationRequest, constrained: bool) -> FittedPrompt:
    """Return the prompt that fits. Raises MessageTooLong, PicturesUnseen, SightFailed, ModelInvalid."""
    tokenise: Tokenise = loaded.model.vocabulary.prompt_tokens
    if loaded.sight is None:
        request = _told_of_pictures(loaded, request)
    elif any(turn.pictures for turn in request.turns):
        pictures = MarkedPictures(loaded.model.vocabulary, loaded.sight)
        request, tokenise = replace(request, turns=pictures.marked(request.turns)), pictures.tokens

    def render(turns: tuple[Turn, ...]) -> str:
        if not request.framed:
            return loaded.template.unframed(turns)
        thinking = False if constrained else request.thinking
        text = loaded.template.render(turns, thinking, request.continues)
        closing = closing_for(text) if constrained else ""
        return f"{text}\n{closing}\n\n" if closing else text

    try:
        return fit(request, tokenise, render, loaded.read.limit)
    except TemplateError as error:
        reason = tr("its chat template fails: {reason}").format(reason=error.reason)
        raise ModelInvalid(loaded.version.path, reason) from None


def _told_of_pictures(loaded: LoadedModel, request: GenerationRequest) -> GenerationRequest:
    """Return the request for a model that sees nothing. Raises PicturesUnseen where it is asked about a
    picture."""
    if request.asks_about_pictures:
        raise PicturesUnseen(loaded.version.path.stem, loaded.ready.projector_problem)
    return replace(request, turns=tuple(turn.without_pictures for turn in request.turns))


@contextmanager
def _readable_failures(loaded: LoadedModel, load: ModelLoad) -> Iterator[None]:
    path = loaded.version.path
    try:
        yield
    except SightFailed as error:
        problem = tr("Its projector could not look at this one: {reason}.").format(reason=error.reason)
        raise PicturesUnseen(path.stem, problem) from None
    except LogitsUnusable:
        if counting := [adapter for adapter in load.adapters if adapter.counts]:
            reason = tr("with it, the model computes values that are not numbers")
            raise AdapterInvalid(counting[-1].path, reason) from None
        raise ModelInvalid(path, tr("it computes values that are not numbers")) from None
    except ReadFailed as error:
        if error.code == _NO_MEMORY:
            raise ModelTooLarge(path) from None
        reason = tr("llama.cpp cannot compute it (code {code})").format(code=error.code)
        raise ModelInvalid(path, reason) from None
