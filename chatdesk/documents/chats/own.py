"""ChatDesk's own files of chats: JSON that holds all of them and loses nothing (docs/chat-archive.md)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chatdesk import __version__
from chatdesk.documents.chats.json_items import JsonText
from chatdesk.documents.chats.plain import Misshapen, from_plain, to_plain
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.domain.chat import Attachment, DocumentId, Draft, Folder
from chatdesk.domain.chat_archive import (
    ArchivedChat,
    ArchivedDocument,
    ArchivedPicture,
    ArchiveItem,
    ChatSource,
    Found,
    LeftOut,
    Unclear,
)
from chatdesk.domain.documents import Document

SOURCE = ChatSource.chatdesk
FORMAT = "chatdesk-chats"
VERSION = 1
_KINDS: dict[type, str] = {
    Folder: "folder",
    ArchivedDocument: "document",
    ArchivedPicture: "picture",
    ArchivedChat: "chat",
}


class TooNew(Exception):
    """The file has a version that is not known here."""


def beginning() -> str:
    """Return what stands before the items."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "application": f"ChatDesk {__version__}",
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(head)[:-1] + ', "items": [\n'


def ending(items: int) -> str:
    """Return what stands behind the items: without it the file is incomplete."""
    return f'\n], "count": {items}}}\n'


def encoded(item: ArchiveItem) -> str:
    """Return an item as a line of JSON."""
    if isinstance(item, ArchivedPicture):
        plain: dict[str, object] = {"id": item.id, "data": base64.b64encode(item.data).decode()}
        if item.preview not in (b"", item.data):
            plain["preview"] = base64.b64encode(item.preview).decode()
    else:
        made = to_plain(item)
        assert isinstance(made, dict)
        plain = made
    if isinstance(item, ArchivedChat) and item.draft == Draft():
        del plain["draft"]
    return json.dumps({"kind": _KINDS[type(item)], **plain}, ensure_ascii=False)


def begins_so(head: str) -> bool:
    """Whether a file that begins with `head` is one of these."""
    return head.lstrip("\ufeff \t\r\n").startswith("{") and f'"{FORMAT}"' in head


def read(text: JsonText) -> Iterator[Found]:
    """Yield the items. Raises Refused, TooNew; the items before are whole."""
    if not text.skip("{"):
        raise Refused(Refusal.damaged, "no object")
    reading = _Reading()
    while True:
        name = text.value()
        if not text.skip(":"):
            raise Refused(Refusal.damaged, "no value")
        if name == "items":
            for item in text.items():
                yield from reading.found(item)
        else:
            value = text.value()
            if name == "version" and (not isinstance(value, int) or value > VERSION):
                raise TooNew
        if text.skip("}"):
            return
        if not text.skip(","):
            raise Refused(Refusal.damaged, "no end")


class _Reading:
    """Checks items: what is attached has to be what its id says, and messages need their parents."""

    def __init__(self) -> None:
        self._renamed: dict[DocumentId, DocumentId] = {}

    def found(self, item: object) -> Iterator[Found]:
        unknown: list[str] = []
        kind = item.get("kind") if isinstance(item, Mapping) else None
        try:
            assert isinstance(item, Mapping)
            made = self._made(str(kind), {k: v for k, v in item.items() if k != "kind"}, unknown)
        except (Misshapen, AssertionError, binascii.Error, RecursionError) as error:
            yield Unclear(LeftOut.damaged_chat if kind == "chat" else LeftOut.unknown, str(error))
            return
        yield made
        yield from (Unclear(LeftOut.unknown, name) for name in sorted(set(unknown)))

    def _made(self, kind: str, plain: Mapping[str, Any], unknown: list[str]) -> ArchiveItem:
        match kind:
            case "document":
                document = from_plain(ArchivedDocument, plain, unknown)
                return self._named_by_content(document)
            case "picture":
                data = base64.b64decode(str(plain.get("data")), validate=True)
                preview = base64.b64decode(str(plain.get("preview", "")), validate=True)
                key = DocumentId(hashlib.sha256(data).hexdigest())
                self._renamed[DocumentId(str(plain.get("id")))] = key
                return ArchivedPicture(key, data, preview or data)
            case "folder":
                folder = from_plain(Folder, plain, unknown)
                return replace(folder, documents=self._attachments(folder.documents))
            case "chat":
                return self._checked(from_plain(ArchivedChat, plain, unknown))
        raise Misshapen(kind)

    def _named_by_content(self, archived: ArchivedDocument) -> ArchivedDocument:
        text = archived.document.text
        key = DocumentId(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
        self._renamed[archived.id] = key
        length = len(text)
        if any(not 0 <= unit.start <= unit.end <= length for unit in archived.document.units):
            return ArchivedDocument(key, Document("", text, notes=archived.document.notes))
        return replace(archived, id=key)

    def _checked(self, chat: ArchivedChat) -> ArchivedChat:
        seen: set[str] = set()
        for each in chat.messages:
            if not each.id or each.id in seen or (each.parent is not None and each.parent not in seen):
                raise Misshapen("chat.messages")
            seen.add(each.id)
        if not chat.conversation.id or chat.conversation.head not in {None, *seen}:
            raise Misshapen("chat.conversation")
        messages = tuple(
            replace(
                each,
                attachments=self._attachments(each.attachments),
                sources=tuple(
                    replace(source, document=self._renamed.get(source.document, source.document))
                    for source in each.sources
                ),
            )
            for each in chat.messages
        )
        draft = replace(chat.draft, attachments=self._attachments(chat.draft.attachments))
        return replace(chat, messages=messages, draft=draft)

    def _attachments(self, attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
        return tuple(
            replace(each, document=self._renamed.get(each.document, each.document)) for each in attachments
        )
