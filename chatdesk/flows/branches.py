"""What the user does with branches: changes an answer, begins a new chat from a message, deletes, undoes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from chatdesk.domain.chat import (
    Conversation,
    CutOff,
    Message,
    MessageId,
    MessageState,
    Role,
)
from chatdesk.domain.chat_ports import Chats, TemporaryChats
from chatdesk.domain.words import tr


class BranchFlow:
    """Short steps on the trees of messages. All raise StorageError."""

    def __init__(self, chats: Chats, temporary: TemporaryChats) -> None:
        self._chats = chats
        self._temporary = temporary

    def rewrite(self, conversation: Conversation, answer: Message, text: str) -> Message:
        """Store `text` as another version of an answer, which says that the user changed it."""
        written = Message(
            Role.assistant,
            text,
            answer.parent,
            model=answer.model,
            view_start=answer.view_start,
            sources=answer.sources,
            edited=True,
        )
        self._chats.add(conversation.id, written)
        return written

    def fork(self, conversation: Conversation, message: MessageId) -> Conversation | None:
        """Copy the branch up to `message` into a new chat beside the old one, and return it.

        One of a temporary chat is temporary. None: the message is not there any more.
        """
        path = self._chats.path(message)
        if not path:
            return None
        now = datetime.now(UTC)
        copies: list[Message] = []
        ids: dict[MessageId | None, MessageId] = {}
        for old in path:
            state = MessageState.stopped if old.state is MessageState.streaming else old.state
            new = replace(
                Message(old.role, old.text),
                **{name: getattr(old, name) for name in _COPIED},
                state=state,
                parent=ids.get(old.parent),
                view_start=ids.get(old.view_start),
            )
            ids[old.id] = new.id
            copies.append(new)
        note = conversation.note
        if note is not None:
            note = replace(note, until=ids[note.until]) if note.until in ids else None
        title = tr("From “{title}”").format(title=conversation.title or tr("New chat"))
        fork = replace(
            conversation,
            id=Conversation().id,
            title=title,
            note=note,
            pinned=False,
            archived=False,
            origin=conversation.id,
            created=now,
            updated=now,
        )
        if self._temporary.holds(conversation.id):
            self._temporary.hold(fork.id)
        self._chats.insert(fork, copies)
        return replace(fork, head=copies[-1].id)

    def cut(self, message: MessageId) -> CutOff | None:
        """Delete a message with all below it; None when it is not there any more."""
        return self._chats.cut(message)

    def put_back(self, cut: CutOff) -> bool:
        """Undo that; a chat that was taken away because it was empty comes back too. False: not possible."""
        self._chats.restore(cut.conversation)
        return self._chats.put_back(cut)


_COPIED = (
    "thinking",
    "model",
    "error",
    "facts",
    "attachments",
    "pinned",
    "sources",
    "style",
    "edited",
    "created",
)
