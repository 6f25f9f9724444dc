"""Chats as LM Studio keeps them: one file for each, its messages in a row, every one in versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from chatdesk.documents.chats.spoken import Spoken, as_it_stands, grown, moment_of, text_of, title_of
from chatdesk.domain.chat import Conversation, ConversationId, Role
from chatdesk.domain.chat_archive import ChatSource, Found, LeftOut, Unclear

SOURCE = ChatSource.lm_studio
SUFFIX = ".conversation.json"
_ROLES = {"user": Role.user, "assistant": Role.assistant, "tool": Role.assistant}
_PROMPT = "llm.prediction.systemPrompt"
_QUIET = {"debugInfoBlock", "status"}


def is_one(item: object) -> bool:
    """Whether `item` is a chat in this format."""
    messages = item.get("messages") if isinstance(item, Mapping) else None
    if not isinstance(messages, list) or "name" not in item or "createdAt" not in item:  # type: ignore[operator]
        return False
    return all(isinstance(each, Mapping) and isinstance(each.get("versions"), list) for each in messages)


def read(item: Mapping[str, Any], name: str) -> Iterator[Found]:
    """Yield the chat, and what of it was left out; `name` is that of its file."""
    unclear: list[Unclear] = []
    title = title_of(item.get("name"))
    created = moment_of(item.get("createdAt")) or datetime.now(UTC)
    used = item.get("lastUsedModel")
    model = text_of(used.get("identifier")) if isinstance(used, Mapping) else ""
    spoken, head = _spoken(item["messages"], model, unclear)
    chat = Conversation(
        title,
        _system(item),
        pinned=item.get("pinned") is True,
        id=ConversationId(name.removesuffix(SUFFIX) or f"{title}{created}"),
        created=created,
        updated=moment_of(item.get("assistantLastMessagedAt") or item.get("userLastMessagedAt")) or created,
    )
    archived = grown(SOURCE, chat, spoken, head)
    yield from unclear
    yield archived if archived is not None else Unclear(LeftOut.empty_chat, title)


def _system(item: Mapping[str, Any]) -> str:
    settings = item.get("perChatPredictionConfig")
    fields = settings.get("fields") if isinstance(settings, Mapping) else None
    for each in fields if isinstance(fields, list) else ():
        if isinstance(each, Mapping) and each.get("key") == _PROMPT:
            return text_of(each.get("value"))
    return text_of(item.get("systemPrompt"))


def _spoken(messages: list[Any], model: str, unclear: list[Unclear]) -> tuple[list[Spoken], str | None]:
    """Return all versions and the last one that is shown: what follows belongs to the chosen version."""
    found: list[Spoken] = []
    before: str | None = None
    for place, message in enumerate(messages):
        versions = message["versions"]
        chosen = message.get("currentlySelected")
        if not isinstance(chosen, int) or not 0 <= chosen < len(versions):
            chosen = len(versions) - 1
        found += [_version(f"{place}.{n}", before, each, model, unclear) for n, each in enumerate(versions)]
        if versions:
            before = f"{place}.{chosen}"
    return found, before


def _version(key: str, before: str | None, version: object, model: str, unclear: list[Unclear]) -> Spoken:
    version = version if isinstance(version, Mapping) else {}
    made = Spoken(key, before, _ROLES.get(str(version.get("role"))))
    texts: list[str] = [_text(version.get("content"), unclear)]
    thoughts: list[str] = []
    steps = version.get("steps")
    for step in steps if isinstance(steps, list) else ():
        kind = str(step.get("type")) if isinstance(step, Mapping) else ""
        if kind != "contentBlock":
            if kind not in _QUIET:
                texts.append(_not_understood(step, kind, unclear))
            continue
        style = step.get("style")
        is_thought = isinstance(style, Mapping) and style.get("type") == "thinking"
        (thoughts if is_thought else texts).append(_text(step.get("content"), unclear))
        facts = step.get("genInfo")
        if isinstance(facts, Mapping):
            made.model = text_of(facts.get("identifier")) or made.model
    sender = version.get("senderInfo")
    if isinstance(sender, Mapping) and not made.model:
        made.model = text_of(sender.get("senderName"))
    if made.role is Role.assistant:
        made.model = made.model or model
    made.text = "\n\n".join(filter(None, texts)).strip("\n")
    made.thinking = "\n\n".join(filter(None, thoughts)).strip("\n")
    return made


def _text(content: object, unclear: list[Unclear]) -> str:
    if isinstance(content, str):
        return text_of(content)
    found = []
    for part in content if isinstance(content, list) else ():
        kind = str(part.get("type")) if isinstance(part, Mapping) else ""
        if kind == "text":
            # Marks around a thought are no words of it.
            found.append("" if part.get("isStructural") is True else text_of(part.get("text")))
        elif kind == "file":
            is_picture = part.get("fileType") == "image"
            unclear.append(Unclear(LeftOut.picture if is_picture else LeftOut.file))
        else:
            found.append(_not_understood(part, kind, unclear))
    return "".join(found)


def _not_understood(part: object, kind: str, unclear: list[Unclear]) -> str:
    """Return what is kept of a part of another kind: nothing of the use of a tool, else all of it."""
    is_tool = "tool" in kind.casefold()
    unclear.append(Unclear(LeftOut.tool if is_tool else LeftOut.unknown, kind))
    return "" if is_tool else f"\n\n{as_it_stands(part)}\n\n"
