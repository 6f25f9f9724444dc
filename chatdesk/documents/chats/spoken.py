"""The messages of another application's chat, grown into the tree that ChatDesk keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from chatdesk.domain.chat import (
    Attachment,
    Conversation,
    ConversationId,
    DocumentId,
    Message,
    MessageId,
    MessageState,
    Role,
)
from chatdesk.domain.chat_archive import ArchivedChat, ArchivedDocument, ChatSource
from chatdesk.domain.documents import Document

_LONGEST_TITLE = 200
_LONGEST_PART = 20_000  # characters of a part that is not understood: it may be a picture in letters
_MILLISECONDS = 100_000_000_000  # a number above is no time in seconds: that would be the year 5138
_LATEST = 253_402_300_799  # the end of the year 9999


@dataclass(slots=True)
class Spoken:
    """One message as another application has it."""

    ident: str
    parent: str | None
    role: Role | None  # None: nothing of it is shown, and what follows belongs to what is before it
    text: str = ""
    thinking: str = ""
    model: str = ""
    created: datetime | None = None
    state: MessageState = MessageState.complete
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        return self.role is not None and bool(self.text.strip() or self.thinking.strip() or self.attachments)


def ident(source: ChatSource, *parts: str) -> str:
    """Return an id that is the same whenever the same thing is imported."""
    joined = "\0".join((source.value, *parts))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def moment_of(value: object) -> datetime | None:
    """Return a time that is written as seconds or milliseconds since 1970 or as ISO 8601; None for none."""
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            return None
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = value / 1000 if value > _MILLISECONDS else value
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < _LATEST else None


def text_of(value: object) -> str:
    """Return a text as it may be kept, "" for what is none."""
    return value.replace("\0", "") if isinstance(value, str) else ""


def title_of(value: object) -> str:
    return " ".join(text_of(value).split())[:_LONGEST_TITLE]


def fenced(text: str, language: str = "") -> str:
    """Return a text as Markdown shows code."""
    if not text.strip():
        return ""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language if language.isalnum() and language != 'unknown' else ''}\n{text}\n{fence}"


def as_it_stands(part: object) -> str:
    """Return a part that is not understood as the file has it, as code; a very long one loses its end."""
    plain = text_of(json.dumps(part, ensure_ascii=False, indent=1))
    return fenced(plain if len(plain) <= _LONGEST_PART else plain[:_LONGEST_PART] + "…", "json")


def attached(name: str, text: str) -> tuple[Attachment, ArchivedDocument]:
    """Return a text that was attached, and what is stored of it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    key = DocumentId(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
    return Attachment(key, name, len(text.split())), ArchivedDocument(key, Document("", text))


def grown(
    source: ChatSource, chat: Conversation, spoken: Sequence[Spoken], head: str | None
) -> ArchivedChat | None:
    """Return the chat with its messages, the branch of `head` shown; None when nothing is said in it.

    Answers that follow one another, as those with tools do, become one, and what has no parent or goes in a
    circle begins a branch of its own. `chat.id` is the other application's.
    """
    foreign = chat.id
    kept = _Tree(source, foreign, chat.created)
    for each, alone in _parents_first(spoken):
        kept.add(each, alone)
    if not kept.messages:
        return None
    shown = kept.stands_for.get(head) if head is not None else None
    conversation = replace(
        chat, id=ConversationId(ident(source, foreign)), head=_leaf(shown, kept.messages.values())
    )
    return ArchivedChat(conversation, tuple(kept.messages.values()))


class _Tree:
    def __init__(self, source: ChatSource, foreign: str, began: datetime) -> None:
        self.messages: dict[MessageId, Message] = {}
        self.stands_for: dict[str, MessageId | None] = {}  # foreign id -> the message that has its words
        self._source = source
        self._foreign = foreign
        self._last_time = began

    def add(self, each: Spoken, alone: bool) -> None:
        """Take the next one; `alone` tells that nothing else follows what is before it."""
        parent = self.stands_for.get(each.parent) if each.parent is not None else None
        if not each.says_something:
            self.stands_for[each.ident] = parent
            return
        assert each.role is not None
        before = self.messages.get(parent) if parent else None
        if before is not None and alone and before.role is each.role is Role.assistant:
            self.messages[before.id] = _joined(before, each)
            self.stands_for[each.ident] = before.id
            return
        key = MessageId(ident(self._source, self._foreign, each.ident))
        self._last_time = each.created or self._last_time
        self.messages[key] = Message(
            each.role,
            each.text,
            parent,
            each.state,
            each.thinking,
            each.model,
            attachments=tuple(each.attachments),
            id=key,
            created=self._last_time,
        )
        self.stands_for[each.ident] = key


def _joined(before: Message, each: Spoken) -> Message:
    return replace(
        before,
        text="\n\n".join(filter(None, (before.text, each.text))),
        thinking="\n\n".join(filter(None, (before.thinking, each.thinking))),
        model=each.model or before.model,
        state=each.state,
        attachments=(*before.attachments, *each.attachments),
    )


def _parents_first(spoken: Sequence[Spoken]) -> Iterator[tuple[Spoken, bool]]:
    """Yield each behind its parent, and whether nothing else follows what is before it."""
    by_ident = {each.ident: each for each in spoken}
    below: dict[str | None, list[Spoken]] = {}
    for each in by_ident.values():
        below.setdefault(each.parent if each.parent in by_ident else None, []).append(each)
    waiting = [(each, False) for each in reversed(below.pop(None, []))]
    while waiting or below:
        if not waiting:  # a circle: it is opened at its first message
            _, (first, *rest) = next(iter(below.items()))
            below[first.parent] = rest
            waiting.append((replace(first, parent=None), False))
        each, alone = waiting.pop()
        yield each, alone
        following = below.pop(each.ident, [])
        only = len(following) == 1 and (each.says_something or alone)
        waiting += [(one, only) for one in reversed(following)]


def _leaf(shown: MessageId | None, messages: Iterable[Message]) -> MessageId | None:
    """Return the youngest message below `shown`; without that, the youngest of all."""
    newest: dict[MessageId | None, MessageId] = {}
    for each in messages:
        newest[each.parent] = each.id
    while shown in newest:
        shown = newest[shown]
    return shown
