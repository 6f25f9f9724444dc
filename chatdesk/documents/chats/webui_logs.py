"""Chats as text-generation-webui saves them: pairs of question and answer, with versions beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from chatdesk.documents.chats.spoken import Spoken, attached, grown, text_of, title_of
from chatdesk.domain.chat import Conversation, ConversationId, Role
from chatdesk.domain.chat_archive import ArchivedDocument, ChatSource, Found, LeftOut, Unclear

SOURCE = ChatSource.text_generation_webui
_GREETING = "<|BEGIN-VISIBLE-CHAT|>"  # stands in place of the question before the character's first words
_NAMED = re.compile(r"(\d{4})(\d\d)(\d\d)-(\d\d)-(\d\d)-(\d\d)")
_SIDES = ((Role.user, "user", 0), (Role.assistant, "assistant", 1))


def is_one(item: object) -> bool:
    """Whether `item` is a chat in this format, of today or as it was in 2023."""
    if not isinstance(item, Mapping):
        return False
    pairs = _pairs(item)
    return pairs is not None and all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)


def read(item: Mapping[str, Any], name: str) -> Iterator[Found]:
    """Yield the chat behind its attachments, and what of it was left out; `name` is that of its file."""
    unclear: list[Unclear] = []
    documents: list[ArchivedDocument] = []
    facts = item.get("metadata")
    pairs = _pairs(item) or []
    created = _named_time(name) or datetime.now(UTC)
    spoken: list[Spoken] = []
    before: str | None = None
    for place, pair in enumerate(pairs):
        for role, side, column in _SIDES:
            told = facts.get(f"{side}_{place}") if isinstance(facts, Mapping) else None
            told = told if isinstance(told, Mapping) else {}
            words = text_of(pair[column])
            found, before = _versions(f"{place}.{side}", before, role, words, told)
            found[-1].attachments += _attachments(told, documents, unclear)
            spoken += found
    first = next((each.text for each in spoken if each.role is Role.user and each.text.strip()), "")
    stem = name.rpartition("/")[2].removesuffix(".json")
    chat = Conversation(
        title_of(first)[:60] or title_of(stem),
        id=ConversationId(f"{stem}\n{first}"),
        created=created,
        updated=spoken[-1].created or created if spoken else created,
    )
    archived = grown(SOURCE, chat, spoken, before)
    yield from documents
    yield from unclear
    yield archived if archived is not None else Unclear(LeftOut.empty_chat, stem)


def _pairs(item: Mapping[str, Any]) -> list[Any] | None:
    """Return the pairs as the model has them: those for the page are HTML."""
    for key, beside in (("internal", "visible"), ("data", "data_visible")):
        if isinstance(item.get(key), list) and isinstance(item.get(beside), list):
            return list(item[key])
    return None


def _versions(
    key: str, before: str | None, role: Role, words: str, facts: Mapping[str, Any]
) -> tuple[list[Spoken], str]:
    """Return the earlier versions and the one that is shown, which comes last."""
    kept = facts.get("versions")
    versions = [each for each in kept if isinstance(each, Mapping)] if isinstance(kept, list) else []
    made = []
    for number, version in enumerate(versions):
        text = text_of(version.get("content"))
        if text != words:
            made.append(Spoken(f"{key}.{number}", before, role, text, created=_told_time(version)))
    shown = Spoken(key, before, None if words == _GREETING else role, words, created=_told_time(facts))
    if role is Role.assistant:
        shown.model = text_of(facts.get("model_name"))
    return [*made, shown], key


def _attachments(
    facts: Mapping[str, Any], documents: list[ArchivedDocument], unclear: list[Unclear]
) -> Iterator[Any]:
    files = facts.get("attachments")
    for each in files if isinstance(files, list) else ():
        text = text_of(each.get("content")) if isinstance(each, Mapping) else ""
        if "image" in str(each.get("type") if isinstance(each, Mapping) else ""):
            unclear.append(Unclear(LeftOut.picture))
        elif not text.strip():
            unclear.append(Unclear(LeftOut.file))
        else:
            attachment, document = attached(title_of(each.get("name")) or "file", text)
            documents.append(document)
            yield attachment


def _told_time(facts: Mapping[str, Any]) -> datetime | None:
    """Return a time such as "May 20, 2025 14:30", which is the local one."""
    try:
        return datetime.strptime(text_of(facts.get("timestamp")), "%b %d, %Y %H:%M").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _named_time(name: str) -> datetime | None:
    """Return when a chat began, which its file is named by."""
    match = _NAMED.search(name)
    try:
        return datetime(*map(int, match.groups())).astimezone(UTC) if match else None  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
