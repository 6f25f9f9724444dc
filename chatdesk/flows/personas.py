"""Begins a chat with a persona."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chatdesk.domain.chat import Conversation, Message, MessageId, Role
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.templates import Persona


def conversation_with(
    persona: Persona, conversation: Conversation, models: Sequence[Path] = ()
) -> Conversation:
    """Return the conversation as the persona wants it; nothing is stored.

    `models` are the model files there are: a persona from another computer names its model without a folder.
    """
    model = next((str(path) for path in models if str(path) == persona.model), "")
    if not model and persona.model:
        model = next((str(path) for path in models if path.name == Path(persona.model).name), persona.model)
    return replace(
        conversation,
        system=persona.system or conversation.system,
        model=model or conversation.model,
        preset=persona.preset or conversation.preset,
        sampling=persona.sampling if persona.sampling is not None else conversation.sampling,
        thinking=persona.thinking if persona.thinking is not None else conversation.thinking,
    )


def begin(chats: Chats, conversation: Conversation, persona: Persona) -> MessageId | None:
    """Store a chat with the persona's starting messages; return the last of them, below which the first
    question goes, None where there is none. Raises StorageError.
    """
    chats.save(conversation)
    parent: MessageId | None = None
    for each in persona.messages:
        message = Message(Role(each.role), each.text, parent=parent)
        chats.add(conversation.id, message)
        parent = message.id
    return parent
