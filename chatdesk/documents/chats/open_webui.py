"""Chats as Open WebUI exports them: a list of rows of its database, each with a tree of messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any

from chatdesk.documents.chats.pictures import Pictures
from chatdesk.documents.chats.spoken import Spoken, attached, grown, moment_of, text_of, title_of
from chatdesk.domain.chat import Conversation, ConversationId, MessageState, Role
from chatdesk.domain.chat_archive import ArchivedDocument, ChatSource, Found, LeftOut, Unclear

SOURCE = ChatSource.open_webui
_ROLES = {"user": Role.user, "assistant": Role.assistant}
_DETAILS = re.compile(r'<details type="(\w+)"[^>]*>\n?(.*?)\n?</details>\n?', re.DOTALL)
_SUMMARY = re.compile(r"<summary>.*?</summary>\n?", re.DOTALL)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)


def is_one(item: object) -> bool:
    """Whether `item` is a chat in this format, alone or as a row."""
    body = item.get("chat", item) if isinstance(item, Mapping) else None
    if not isinstance(body, Mapping):
        return False
    history = body.get("history")
    return isinstance(history, Mapping) and isinstance(history.get("messages"), Mapping)


def read(item: Mapping[str, Any], pictures: Pictures) -> Iterator[Found]:
    """Yield the chat behind its attachments, and what of it was left out."""
    row: Mapping[str, Any] = item if "chat" in item else {"chat": item}
    body = row["chat"]
    facts = row.get("meta") if isinstance(row.get("meta"), Mapping) else {}
    title = title_of(row.get("title") or body.get("title"))
    created = moment_of(row.get("created_at") or body.get("timestamp")) or datetime.now(UTC)
    settings = body.get("params") if isinstance(body.get("params"), Mapping) else {}
    chat = Conversation(
        title,
        text_of(settings.get("system") or body.get("system")),
        archived=row.get("archived") is True,
        pinned=row.get("pinned") is True,
        tags=_tags((facts or {}).get("tags") or body.get("tags")),
        id=ConversationId(str(row.get("id") or body.get("id") or f"{title}{created}")),
        created=created,
        updated=moment_of(row.get("updated_at")) or created,
    )
    history = body["history"]
    unclear: list[Unclear] = []
    documents: list[ArchivedDocument] = []
    spoken = [
        _spoken(str(key), each, pictures, documents, unclear) for key, each in history["messages"].items()
    ]
    head = history.get("currentId")
    archived = grown(SOURCE, chat, spoken, head if isinstance(head, str) else None)
    yield from pictures.taken()
    yield from documents
    yield from unclear
    yield archived if archived is not None else Unclear(LeftOut.empty_chat, title)


def _tags(value: object) -> tuple[str, ...]:
    """Return tags, which were objects with a name once."""
    found = []
    for each in value if isinstance(value, list) else ():
        name = each.get("name") if isinstance(each, Mapping) else each
        if (tag := title_of(name)) and tag not in found:
            found.append(tag)
    return tuple(found)


def _spoken(
    key: str,
    message: object,
    pictures: Pictures,
    documents: list[ArchivedDocument],
    unclear: list[Unclear],
) -> Spoken:
    if not isinstance(message, Mapping):
        unclear.append(Unclear(LeftOut.unknown))
        return Spoken(key, None, None)
    parent = message.get("parentId")
    made = Spoken(key, parent if isinstance(parent, str) else None, _ROLES.get(str(message.get("role"))))
    made.created = moment_of(message.get("timestamp"))
    made.model = text_of(message.get("modelName") or message.get("model"))
    made.text, made.thinking = _apart(text_of(message.get("content")), unclear)
    if isinstance(message.get("error"), Mapping):
        made.state = MessageState.failed
    elif message.get("done") is False:
        made.state = MessageState.stopped
    for file in message.get("files") or ():
        _take_file(made, file, pictures, documents, unclear)
    return made


def _apart(content: str, unclear: list[Unclear]) -> tuple[str, str]:
    """Return the words of an answer and its thoughts, which stand folded within it."""
    thoughts = []

    def take(match: re.Match[str]) -> str:
        kind, inside = match[1], _SUMMARY.sub("", match[2])
        if kind == "reasoning":
            thoughts.append(unescape(_QUOTED.sub("", inside)).strip())
        else:
            unclear.append(Unclear(LeftOut.tool, kind))
        return ""

    text = _DETAILS.sub(take, content)
    return text.strip() if thoughts else text, "\n\n".join(thoughts)


def _take_file(
    made: Spoken,
    file: object,
    pictures: Pictures,
    documents: list[ArchivedDocument],
    unclear: list[Unclear],
) -> None:
    if not isinstance(file, Mapping):
        unclear.append(Unclear(LeftOut.file))
        return
    name = title_of(file.get("name")) or "picture"
    if file.get("type") == "image":
        picture = pictures.inline(file.get("url"), name)
        if picture is None:
            unclear.append(Unclear(LeftOut.picture))
        else:
            made.attachments.append(picture)
        return
    inner = file.get("file")
    data = inner.get("data") if isinstance(inner, Mapping) else None
    text = text_of(data.get("content")) if isinstance(data, Mapping) else ""
    if not text.strip():
        unclear.append(Unclear(LeftOut.file))
        return
    attachment, document = attached(name, text)
    made.attachments.append(attachment)
    documents.append(document)
