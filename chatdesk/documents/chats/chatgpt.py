"""Chats as ChatGPT exports them: conversations.json, a list of trees of messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from chatdesk.documents.chats.pictures import Pictures
from chatdesk.documents.chats.spoken import (
    Spoken,
    as_it_stands,
    fenced,
    grown,
    moment_of,
    text_of,
    title_of,
)
from chatdesk.domain.chat import Conversation, ConversationId, Role
from chatdesk.domain.chat_archive import ChatSource, Found, LeftOut, Unclear

SOURCE = ChatSource.chatgpt
_ROLES = {"user": Role.user, "assistant": Role.assistant, "tool": Role.assistant}
_QUIET = {"model_editable_context", "app_pairing_content", "system_error"}  # nothing that anyone has said
_ASSETS = ("file-service://", "sediment://")


def is_one(item: object) -> bool:
    """Whether `item` is a chat in this format."""
    return isinstance(item, Mapping) and isinstance(item.get("mapping"), Mapping)


def read(item: Mapping[str, Any], pictures: Pictures) -> Iterator[Found]:
    """Yield the chat behind its pictures, and what of it was left out."""
    reading = _Reading(pictures)
    title = title_of(item.get("title"))
    spoken = [reading.spoken(str(key), node) for key, node in item["mapping"].items()]
    created = moment_of(item.get("create_time")) or datetime.now(UTC)
    chat = Conversation(
        title,
        "\n\n".join(reading.system),
        archived=item.get("is_archived") is True,
        pinned=item.get("is_starred") is True,
        id=ConversationId(str(item.get("conversation_id") or item.get("id") or f"{title}{created}")),
        created=created,
        updated=moment_of(item.get("update_time")) or created,
    )
    head = item.get("current_node")
    archived = grown(SOURCE, chat, spoken, head if isinstance(head, str) else None)
    yield from pictures.taken()
    for unclear, count in reading.unclear.items():
        yield from [unclear] * count
    yield archived if archived is not None else Unclear(LeftOut.empty_chat, title)


class _Reading:
    """One chat while it is read."""

    def __init__(self, pictures: Pictures) -> None:
        self.system: list[str] = []
        self.unclear: Counter[Unclear] = Counter()
        self._pictures = pictures

    def spoken(self, key: str, node: object) -> Spoken:
        node = node if isinstance(node, Mapping) else {}
        parent = node.get("parent")
        made = Spoken(key, parent if isinstance(parent, str) else None, None)
        message = node.get("message")
        if not isinstance(message, Mapping):
            return made
        author, content, facts = (
            value if isinstance(value, Mapping) else {}
            for value in (message.get("author"), message.get("content"), message.get("metadata"))
        )
        made.created = moment_of(message.get("create_time"))
        made.model = text_of(facts.get("model_slug"))
        role = _ROLES.get(str(author.get("role")))
        if role is None or facts.get("is_visually_hidden_from_conversation") is True:
            self._take_system(content, facts)
            return made
        made.role = role
        self._take(made, content, str(message.get("recipient") or "all"), str(author.get("name") or ""))
        for each in facts.get("attachments") or ():
            kind = text_of(each.get("mime_type")) if isinstance(each, Mapping) else ""
            if not kind.startswith("image/"):
                self.unclear[Unclear(LeftOut.file)] += 1
        return made

    def _take_system(self, content: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        """Keep what the user has told the model before the chat; its own settings are nobody's words."""
        told = [content.get("user_profile"), content.get("user_instructions")]
        data = facts.get("user_context_message_data")
        if isinstance(data, Mapping) and not any(told):
            told = [data.get("about_user_message"), data.get("about_model_message")]
        self.system += [text for each in told if (text := text_of(each).strip()) and text not in self.system]

    def _take(self, made: Spoken, content: Mapping[str, Any], recipient: str, author: str) -> None:
        kind = str(content.get("content_type") or "")
        match kind:
            case "text" | "multimodal_text":
                if recipient != "all" or (author and kind == "text"):
                    self._leave(made, Unclear(LeftOut.tool, author or recipient))
                    return
                self._take_parts(made, content.get("parts"))
            case "code" if recipient in ("all", "python"):
                made.text = fenced(text_of(content.get("text")), text_of(content.get("language")))
            case "execution_output":
                made.text = fenced(text_of(content.get("text")))
            case "code":
                self._leave(made, Unclear(LeftOut.tool, recipient))
            case "thoughts":
                thoughts = [each for each in content.get("thoughts") or () if isinstance(each, Mapping)]
                made.thinking = "\n\n".join(filter(None, (text_of(t.get("content")) for t in thoughts)))
            case "reasoning_recap":
                made.role = None
            case _ if kind in _QUIET:
                made.role = None
            case "tether_quote" | "tether_browsing_display":
                self._leave(made, Unclear(LeftOut.tool, author or kind))
            case _:
                text = text_of(content.get("text")) or text_of(content.get("result"))
                made.text = text or as_it_stands(content)
                self.unclear[Unclear(LeftOut.unknown, kind)] += 1

    def _leave(self, made: Spoken, unclear: Unclear) -> None:
        made.role = None
        self.unclear[unclear] += 1

    def _take_parts(self, made: Spoken, parts: object) -> None:
        texts = []
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, str):
                texts.append(text_of(part))
                continue
            kind = str(part.get("content_type")) if isinstance(part, Mapping) else ""
            if kind == "image_asset_pointer":
                self._take_picture(made, str(part.get("asset_pointer") or ""))
            elif kind == "audio_transcription":
                texts.append(text_of(part.get("text")))
            elif "audio" in kind or "video" in kind:
                self.unclear[Unclear(LeftOut.sound)] += 1
            else:
                texts.append(as_it_stands(part))
                self.unclear[Unclear(LeftOut.unknown, kind)] += 1
        made.text = "\n\n".join(filter(None, texts))

    def _take_picture(self, made: Spoken, pointer: str) -> None:
        asset = next((pointer.removeprefix(start) for start in _ASSETS if pointer.startswith(start)), "")
        found = self._pictures.beside(asset) if asset else None
        if found is None:
            self.unclear[Unclear(LeftOut.picture)] += 1
        else:
            made.attachments.append(found)
