"""With which model and how an answer is written: what chat, model and settings say, in this order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from chatdesk.domain.chat import Attachment, Conversation
from chatdesk.domain.generation import Sampling, preset
from chatdesk.domain.library import OwnSettings
from chatdesk.domain.models import AUTOMATIC_TOKENS, Adapter, InstalledModel, LocalModel, ModelLoad
from chatdesk.domain.settings import Settings
from chatdesk.flows.folders import Inherited

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """With which model and how an answer is written."""

    load: ModelLoad
    model_title: str
    sampling: Sampling = field(default_factory=Sampling)
    thinking: bool | None = None
    system: str | None = None  # what the model is told before the chat; None: as the chat says
    documents: tuple[Attachment, ...] = ()  # of the chat's folder: the model is told them before the chat
    style: str = ""  # name of the preset, as it is kept with the answer
    context_tokens: int = AUTOMATIC_TOKENS  # as many as the model will have, or fewer where memory is short


def options_for(
    conversation: Conversation, settings: Settings, model: InstalledModel, around: Inherited | None = None
) -> AnswerOptions:
    """Return how the chat is to be answered: its own choices first, then those of the folders `around` it,
    then the model's, then the settings."""
    around = around or Inherited()
    own = _own(model)
    load = ModelLoad(
        LocalModel(model.path),
        _first(own.context_tokens, settings.context_tokens),
        _first(own.gpu_layers, settings.gpu_layers),
        _first(own.threads, settings.threads),
        model.projector,
        adapters=_adapters(model),
    )
    return AnswerOptions(
        load, model.title, _sampling(conversation, settings, model, own),
        thinking_of(conversation, settings, model),
        # A new chat begins with the general prompt: only another one is the user's choice for this chat.
        (around.system or own.system_prompt) if conversation.system in ("", settings.system_prompt) else None,
        around.documents, preset_of(conversation, settings, model),
        context_tokens=context_of(load, model),
    )  # fmt: skip


def context_of(load: ModelLoad, model: InstalledModel) -> int:
    """Return how many tokens of context the model will have; fewer where memory turns out to be short."""
    trained = model.header.context_tokens if model.header is not None else 0
    return load.context_tokens or min(trained or AUTOMATIC_TOKENS, AUTOMATIC_TOKENS)


def preset_of(conversation: Conversation, settings: Settings, model: InstalledModel) -> str:
    """Return the style of answers that counts in the chat."""
    return conversation.preset or _first(_own(model).preset, settings.preset)


def thinking_of(conversation: Conversation, settings: Settings, model: InstalledModel) -> bool:
    """Return whether the model may think in the chat."""
    return _first(conversation.thinking, _own(model).thinking, settings.thinking)


def _own(model: InstalledModel) -> OwnSettings:
    return model.record.own if model.record is not None else OwnSettings()


def _adapters(model: InstalledModel) -> tuple[Adapter, ...]:
    known = model.record.adapters if model.record is not None else ()
    return tuple(adapter for adapter in known if adapter.counts)


def _sampling(
    conversation: Conversation, settings: Settings, model: InstalledModel, own: OwnSettings
) -> Sampling:
    length = _first(own.answer_tokens, settings.answer_tokens)
    if conversation.sampling is not None:
        return replace(conversation.sampling, answer_tokens=conversation.sampling.answer_tokens or length)
    sampling = preset(preset_of(conversation, settings, model), answer_tokens=length)
    if conversation.preset:
        return sampling
    if model.demonstration and own.preset is None:
        # The starter model knows little: its likeliest words are right more often than any others.
        sampling = replace(sampling, temperature=0.0)
    return replace(
        sampling,
        temperature=_first(own.temperature, sampling.temperature),
        top_p=_first(own.top_p, sampling.top_p),
        repeat_penalty=_first(own.repeat_penalty, sampling.repeat_penalty),
    )


def _first(*choices: T | None) -> T:
    return next(choice for choice in choices if choice is not None)
