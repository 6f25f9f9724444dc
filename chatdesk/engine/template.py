"""Render a conversation with a model's own chat template, or with a sensible other one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chatdesk.domain.generation import Turn
from chatdesk.domain.words import tr
from chatdesk.engine import thinking as thinking_marks
from chatdesk.engine.chat_formats import PLAIN, format_for

if TYPE_CHECKING:
    from jinja2 import Template

    from chatdesk.engine.template_sandbox import MeteredEnvironment

_STARTED = datetime.now().astimezone()
_PROBE = "The seven grey geese"
_SAMPLES: Sequence[tuple[Turn, ...]] = (
    (Turn("user", _PROBE),),
    (Turn("system", "Be brief."), Turn("user", "Hello"), Turn("assistant", "Hello!"), Turn("user", _PROBE)),
)
# What stands between a prompt's end and an answer that is continued, by how the prompt ends.
_CONTINUATIONS = (("<|start|>assistant", "<|channel|>final<|message|>"),)

Messages = list[dict[str, str]]


class TemplateError(Exception):
    """`reason` is a part of a sentence: "it takes too long"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChatTemplate:
    """A Jinja2 chat template, compiled at its first use.

    The names that templates expect are those of the transformers library: `messages`,
    `add_generation_prompt`, `bos_token`, `eos_token`, `tools`, `documents`, `raise_exception`,
    `strftime_now`, and for thinking `enable_thinking` (Qwen), `thinking` (DeepSeek, Granite),
    `reasoning_effort` (gpt-oss, Mistral).
    """

    def __init__(self, source: str, bos: str, eos: str) -> None:
        self.source = source
        self._tokens = {"bos_token": bos, "eos_token": eos}
        self._compiled: tuple[MeteredEnvironment, Template] | None = None

    def render(self, turns: Sequence[Turn], thinking: bool | None, continues: bool) -> str:
        """Return the prompt for the next answer; with `continues` it ends with the last turn's text as it
        stands.

        Where the template refuses a system turn, its text goes to the first user turn; where it demands that
        turns alternate, neighbours of one role become one. Raises TemplateError.
        """
        prompt = self._render_any(turns[:-1] if continues else turns, thinking)
        return _continued(prompt, turns[-1].text) if continues else prompt

    def unframed(self, turns: Sequence[Turn]) -> str:
        """Return the turns' texts as they stand, after the token that begins every prompt."""
        return self._tokens["bos_token"] + "".join(turn.text for turn in turns)

    @cached_property
    def switches_thinking(self) -> bool:
        """Whether thinking can be turned off and on."""
        if not re.search(r"\b(?:enable_thinking|thinking|reasoning_effort)\b", self.source):
            return False
        if _quietest_effort(self.source) == "low" and not re.search(r"\b(?:enable_)?thinking\b", self.source):
            return False  # "low" is less thinking, not none
        try:
            return self.render(_SAMPLES[0], True, False) != self.render(_SAMPLES[0], False, False)
        except TemplateError:
            return False

    def _render_any(self, turns: Sequence[Turn], thinking: bool | None) -> str:
        problem: TemplateError | None = None
        for change in self._changes(turns):
            for switches in self._switches(thinking):
                try:
                    return self._render(change(_messages(turns)), switches)
                except _RefusedByTemplate as error:
                    problem = problem or TemplateError(error.reason)
        raise problem or TemplateError(tr("it renders nothing"))

    def _changes(self, turns: Sequence[Turn]) -> Iterator[Callable[[Messages], Messages]]:
        if not (any(turn.role == "system" for turn in turns) and self._loses_system):
            yield lambda messages: messages
            yield _alternating
        yield _without_system
        yield lambda messages: _alternating(_without_system(messages))

    def _switches(self, thinking: bool | None) -> Iterator[dict[str, Any]]:
        if thinking is None:
            yield {}
            return
        switches: dict[str, Any] = {"enable_thinking": thinking, "thinking": thinking}
        if not thinking and "reasoning_effort" in self.source:
            yield switches | {"reasoning_effort": _quietest_effort(self.source)}
        yield switches

    @cached_property
    def _loses_system(self) -> bool:
        """Whether the template silently leaves out what a system turn says."""
        try:
            return _PROBE not in self._render(_messages((Turn("system", _PROBE), Turn("user", "Hello"))), {})
        except TemplateError:
            return False

    def _render(self, messages: Messages, switches: dict[str, Any]) -> str:
        from jinja2 import TemplateError as JinjaError

        from chatdesk.engine.template_sandbox import Refused

        environment, template = self._compile()
        names = {"add_generation_prompt": True, "tools": None, "documents": None, **self._tokens, **switches}
        environment.begin(sum(4 * len(message["content"]) for message in messages))
        try:
            return template.render(messages=messages, **names)
        except Refused as error:
            raise _RefusedByTemplate(tr("it says “{message}”").format(message=error)) from None
        except (RecursionError, MemoryError):
            raise TemplateError(tr("it is nested too deeply")) from None
        except JinjaError as error:
            raise TemplateError(_part_of_sentence(error)) from None
        except Exception as error:  # noqa: BLE001  a template can provoke any error of the values it handles
            raise TemplateError(f"{type(error).__name__}: {_part_of_sentence(error)}") from None
        finally:
            environment.begin(0)  # which frees what the rendering has made

    def _compile(self) -> tuple[MeteredEnvironment, Template]:
        if self._compiled is None:
            from jinja2 import TemplateError as JinjaError

            from chatdesk.engine.template_sandbox import SOURCE_CHARACTERS, MeteredEnvironment

            if len(self.source) > SOURCE_CHARACTERS:
                raise TemplateError(tr("it is too long"))
            environment = MeteredEnvironment(_STARTED)
            try:
                self._compiled = environment, environment.from_string(self.source)
            except JinjaError as error:
                raise TemplateError(_part_of_sentence(error)) from None
            except (RecursionError, MemoryError, SyntaxError):
                raise TemplateError(tr("it is nested too deeply")) from None
            except ValueError as error:  # a number that Python refuses to read
                raise TemplateError(_part_of_sentence(error)) from None
        return self._compiled


class _RefusedByTemplate(TemplateError):
    """Raised by the template's own `raise_exception`: other messages may do."""


def choose(source: str | None, bos: str, eos: str, architecture: str, name: str) -> tuple[ChatTemplate, str]:
    """Return a template that works for the model called `name`, and what is wrong with its own, readable.

    The sentence is empty when the file's own template is used. Without one, the format is guessed from
    `architecture` and from the marks in `source` and in the tokens `bos` and `eos`.
    """
    problem = tr("it has none")
    if source:
        own = ChatTemplate(source, bos, eos)
        try:
            _try(own)
        except TemplateError as error:
            problem = error.reason
        else:
            return own, ""
    known = format_for(f"{source or ''} {bos} {eos}", architecture)
    sentence = tr(
        "The chat template of “{name}” cannot be used: {problem}. The format “{format}” is used instead;"
        " answers may be worse."
    )
    if known is PLAIN:
        sentence = tr(
            "The chat template of “{name}” cannot be used: {problem}. Plain lines that begin with “User:” and"
            " “Assistant:” are used instead; the model may not be made for chats."
        )
    return ChatTemplate(known.source, bos, eos), sentence.format(
        name=name, problem=problem, format=known.name
    )


def _try(template: ChatTemplate) -> None:
    for sample in _SAMPLES:
        if _PROBE not in template.render(sample, None, False):
            raise TemplateError(tr("it leaves out what the user wrote"))


def _part_of_sentence(error: Exception) -> str:
    return str(error)[:300].rstrip(" .")


def _quietest_effort(source: str) -> str:
    return "none" if re.search(r"""["']none["']""", source) else "low"


def _messages(turns: Sequence[Turn]) -> Messages:
    return [{"role": turn.role, "content": turn.text} for turn in turns]


def _without_system(messages: Messages) -> Messages:
    system = "\n\n".join(message["content"] for message in messages if message["role"] == "system")
    rest = [dict(message) for message in messages if message["role"] != "system"]
    if not system:
        return rest
    first = next((message for message in rest if message["role"] == "user"), None)
    if first is None:
        return [{"role": "user", "content": system}, *rest]
    first["content"] = f"{system}\n\n{first['content']}"
    return rest


def _alternating(messages: Messages) -> Messages:
    merged: Messages = []
    for message in messages:
        if merged and merged[-1]["role"] == message["role"]:
            merged[-1]["content"] += f"\n\n{message['content']}"
        else:
            merged.append(dict(message))
    return merged


def _continued(prompt: str, text: str) -> str:
    closing = thinking_marks.closing_for(prompt)
    if closing:
        return f"{prompt.rstrip()}\n{closing}\n\n{text}"
    between = next((middle for end, middle in _CONTINUATIONS if prompt.endswith(end)), "")
    return prompt + between + text
