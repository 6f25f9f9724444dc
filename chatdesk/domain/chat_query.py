"""What a user looks for in all chats, and the names that can be looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Place(Enum):
    title = "title"
    text = "text"


@dataclass(frozen=True, slots=True)
class ChatQuery:
    """All of it must be true of a place that is found. Names count from their beginning, in any case."""

    words: tuple[str, ...] = ()  # words, or several that follow each other
    open_end: bool = True  # the last word may be the beginning of a longer one
    without: tuple[str, ...] = ()  # words that must not stand there
    place: Place | None = None  # None: both
    folders: tuple[str, ...] = ()  # one of these, or a folder inside
    tags: tuple[str, ...] = ()  # each of these
    models: tuple[str, ...] = ()  # one of these has written in the chat or is chosen for it
    not_folders: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    not_models: tuple[str, ...] = ()
    pinned: bool | None = None
    archived: bool | None = None
    before: date | None = None  # local days: earlier than the beginning of this one
    after: date | None = None  # from the beginning of this one on

    @property
    def empty(self) -> bool:
        return self == ChatQuery(words=(), open_end=self.open_end, without=self.without)

    @property
    def narrowed(self) -> bool:
        """Whether it asks for more than words."""
        return self != ChatQuery(words=self.words, open_end=self.open_end, without=self.without)


@dataclass(frozen=True, slots=True)
class ChatNames:
    """What folders, tags and models of chats are called, each once, in alphabetical order."""

    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
