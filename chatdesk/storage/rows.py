"""Conversations and messages as rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from chatdesk.domain.chat import (
    Attachment,
    ContextNote,
    Conversation,
    ConversationId,
    DocumentId,
    Folder,
    FolderId,
    Message,
    MessageId,
    MessageState,
    Role,
    Source,
)
from chatdesk.domain.generation import AnswerFacts, Sampling, StopReason

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FACTS = {f.name for f in fields(AnswerFacts)}
_SAMPLING = asdict(Sampling())


def storable(text: str) -> str:
    """Return `text` as UTF-8 can hold it: surrogate pairs joined, a lone surrogate replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def microseconds(moment: datetime) -> int:
    """Return the time since 1970 in UTC."""
    return (moment.astimezone(UTC) - _EPOCH) // _MICROSECOND


def moment(since_epoch: int) -> datetime:
    """Return the moment that many microseconds after 1970, in UTC."""
    return _EPOCH + timedelta(microseconds=since_epoch)


def conversation_values(conversation: Conversation) -> dict[str, object]:
    """Return the columns that a caller may change, without `head`."""
    return {
        "id": conversation.id,
        "title": storable(conversation.title),
        "system": storable(conversation.system),
        "model": storable(conversation.model),
        "preset": storable(conversation.preset),
        "sampling": sampling_value(conversation.sampling),
        "thinking": conversation.thinking,
        "folder": conversation.folder,
        "pinned": conversation.pinned,
        "archived": conversation.archived,
        "tags": storable(json.dumps(conversation.tags, ensure_ascii=False)),
        "note": storable(conversation.note.text) if conversation.note else "",
        "noted_until": conversation.note.until if conversation.note else None,
        "origin": conversation.origin,
        "created": microseconds(conversation.created),
        "updated": microseconds(conversation.updated),
    }


def conversation_of(row: sqlite3.Row) -> Conversation:
    return Conversation(
        title=row["title"],
        system=row["system"],
        model=row["model"],
        preset=row["preset"],
        sampling=sampling_of(row["sampling"]),
        thinking=None if row["thinking"] is None else bool(row["thinking"]),
        folder=row["folder"],
        pinned=bool(row["pinned"]),
        archived=bool(row["archived"]),
        tags=tuple(json.loads(row["tags"])),
        note=ContextNote(row["note"], row["noted_until"]) if row["noted_until"] else None,
        origin=row["origin"],
        head=row["head"],
        id=ConversationId(row["id"]),
        created=moment(row["created"]),
        updated=moment(row["updated"]),
    )


def message_values(message: Message) -> dict[str, object]:
    return {
        "id": message.id,
        "parent": message.parent,
        "role": message.role.value,
        "state": message.state.value,
        "model": storable(message.model),
        "error": storable(message.error),
        "view_start": message.view_start,
        "facts": json.dumps(asdict(message.facts)) if message.facts else None,
        "created": microseconds(message.created),
        "thinking": storable(message.thinking),
        "text": storable(message.text),
        "attachments": attachments_value(message.attachments),
        "pinned": message.pinned,
        "sources": storable(json.dumps([asdict(each) for each in message.sources], ensure_ascii=False))
        if message.sources
        else "",
        "style": storable(message.style),
        "edited": message.edited,
    }


def message_of(row: sqlite3.Row | dict[str, Any]) -> Message:
    return Message(
        role=Role(row["role"]),
        text=row["text"],
        parent=row["parent"],
        state=MessageState(row["state"]),
        thinking=row["thinking"],
        model=row["model"],
        error=row["error"],
        view_start=row["view_start"],
        facts=_facts_of(row["facts"]),
        attachments=attachments_of(row["attachments"]),
        pinned=bool(row["pinned"]),
        sources=tuple(Source(**each) for each in json.loads(row["sources"])) if row["sources"] else (),
        style=row["style"],
        edited=bool(row["edited"]),
        id=MessageId(row["id"]),
        created=moment(row["created"]),
    )


def folder_values(folder: Folder) -> dict[str, object]:
    return {
        "id": folder.id,
        "parent": folder.parent,
        "name": storable(folder.name),
        "system": storable(folder.system),
        "model": storable(folder.model),
        "documents": attachments_value(folder.documents),
        "created": microseconds(folder.created),
    }


def folder_of(row: sqlite3.Row) -> Folder:
    return Folder(
        name=row["name"],
        parent=row["parent"],
        system=row["system"],
        model=row["model"],
        documents=attachments_of(row["documents"]),
        id=FolderId(row["id"]),
        created=moment(row["created"]),
    )


def sampling_value(sampling: Sampling | None) -> str:
    """Return the column's text, "" for none: what differs from the defaults, as an object."""
    if sampling is None:
        return ""
    return storable(json.dumps({k: v for k, v in asdict(sampling).items() if v != _SAMPLING[k]}))


def sampling_of(stored: str) -> Sampling | None:
    """Return it; settings that this version does not know are left out."""
    if not stored:
        return None
    values = {name: value for name, value in json.loads(stored).items() if name in _SAMPLING}
    return Sampling(**{**values, "stop": tuple(values.get("stop", ()))})


def attachments_value(attachments: Sequence[Attachment]) -> str:
    """Return the column's text, "" for none."""
    if not attachments:
        return ""
    return storable(json.dumps([_attachment_value(each) for each in attachments], ensure_ascii=False))


def attachments_of(stored: str) -> tuple[Attachment, ...]:
    if not stored:
        return ()
    return tuple(_attachment_of(each) for each in json.loads(stored))


def _attachment_value(attachment: Attachment) -> dict[str, object]:
    what: dict[str, object] = {"words": attachment.words}
    if attachment.is_picture:
        what = {"size": attachment.size}
    if attachment.passages:
        what["passages"] = True
    return {"document": attachment.document, "name": attachment.name, **what}


def _attachment_of(stored: dict[str, Any]) -> Attachment:
    size = stored.get("size")
    return Attachment(
        DocumentId(stored["document"]),
        stored["name"],
        stored.get("words", 0),
        tuple(size) if size else None,
        bool(stored.get("passages", False)),
    )


def _facts_of(stored: str | None) -> AnswerFacts | None:
    if stored is None:
        return None
    values = {name: value for name, value in json.loads(stored).items() if name in _FACTS}
    return AnswerFacts(**{**values, "reason": StopReason(values["reason"])})
