"""Chats as Jan keeps them: a folder each, with thread.json and a line of messages.jsonl for each message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from chatdesk.documents.chats.pictures import Pictures
from chatdesk.documents.chats.spoken import Spoken, as_it_stands, grown, moment_of, text_of, title_of
from chatdesk.domain.chat import Conversation, ConversationId, MessageState, Role
from chatdesk.domain.chat_archive import ChatSource, Found, LeftOut, Unclear

SOURCE = ChatSource.jan
THREAD, MESSAGES = "thread.json", "messages.jsonl"
_ROLES = {"user": Role.user, "assistant": Role.assistant, "tool": Role.assistant}
_STATES = {"error": MessageState.failed, "stopped": MessageState.stopped, "pending": MessageState.stopped}
_THOUGHT = re.compile(r"\A\s*<think>(.*?)</think>\s*", re.DOTALL)


def read(thread: Mapping[str, Any], lines: Iterable[str], name: str, pictures: Pictures) -> Iterator[Found]:
    """Yield the chat behind its pictures, and what of it was left out; `name` is that of its folder."""
    unclear: list[Unclear] = []
    spoken: list[Spoken] = []
    for line in lines:
        if line.strip():
            before = spoken[-1].ident if spoken else None
            spoken.append(_spoken(f"{len(spoken)}", before, _parsed(line), pictures, unclear))
    title = title_of(thread.get("title") or thread.get("summary"))
    created = moment_of(thread.get("created") or thread.get("created_at")) or datetime.now(UTC)
    assistants = thread.get("assistants")
    assistant = assistants[0] if isinstance(assistants, list) and assistants else {}
    facts = thread.get("metadata")
    chat = Conversation(
        title or title_of(facts.get("title") if isinstance(facts, Mapping) else None),
        text_of(assistant.get("instructions")) if isinstance(assistant, Mapping) else "",
        pinned=thread.get("isFavorite") is True
        or (isinstance(facts, Mapping) and facts.get("is_favorite") is True),
        id=ConversationId(str(thread.get("id") or name)),
        created=created,
        updated=moment_of(thread.get("updated") or thread.get("updated_at")) or created,
    )
    archived = grown(SOURCE, chat, spoken, spoken[-1].ident if spoken else None)
    yield from pictures.taken()
    yield from unclear
    yield archived if archived is not None else Unclear(LeftOut.empty_chat, title)


def _parsed(line: str) -> Mapping[str, Any]:
    try:
        found = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, Mapping) else {}


def _spoken(
    key: str, before: str | None, message: Mapping[str, Any], pictures: Pictures, unclear: list[Unclear]
) -> Spoken:
    made = Spoken(str(message.get("id") or key), before, _ROLES.get(str(message.get("role"))))
    if not message:
        unclear.append(Unclear(LeftOut.unknown))
        return made
    made.created = moment_of(message.get("created_at"))
    made.state = _STATES.get(str(message.get("status")), MessageState.complete)
    facts = message.get("metadata")
    if isinstance(facts, Mapping) and made.role is Role.assistant:
        made.model = text_of(facts.get("modelId") or facts.get("model"))
    content = message.get("content")
    texts, thoughts = [], []
    for part in content if isinstance(content, list) else [{"type": "text", "text": content}]:
        kind = str(part.get("type")) if isinstance(part, Mapping) else ""
        value = part.get("text") if isinstance(part, Mapping) else None
        words = text_of(value.get("value") if isinstance(value, Mapping) else value)
        match kind:
            case "text":
                texts.append(words)
            case "reasoning":
                thoughts.append(words)
            case "image_url":
                address = part.get("image_url")
                found = pictures.inline(address.get("url") if isinstance(address, Mapping) else "", "picture")
                if found is None:
                    unclear.append(Unclear(LeftOut.picture))
                else:
                    made.attachments.append(found)
            case "tool_call":
                unclear.append(Unclear(LeftOut.tool, title_of(part.get("tool_name"))))
            case _:
                texts.append(words or as_it_stands(part))
                unclear.append(Unclear(LeftOut.unknown, kind))
    unclear += [Unclear(LeftOut.file)] * len(message.get("attachments") or ())
    made.text = "\n\n".join(filter(None, texts))
    if match_ := _THOUGHT.match(made.text):
        thoughts.append(match_[1].strip())
        made.text = made.text[match_.end() :]
    made.thinking = "\n\n".join(filter(None, thoughts))
    return made
