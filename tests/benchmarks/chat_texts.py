"""Generates chats for measurements: 100,000 messages of several languages in 2,000 chats."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from chatdesk.domain.chat import Conversation, ConversationId, Folder, FolderId, Message, MessageId, Role
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore

CHATS, MESSAGES_EACH, LONG_CHAT = 1999, 49, 2049  # 100,000 messages in all
FOLDERS = 40
FIRST_DAY = datetime(2023, 11, 1, tzinfo=UTC)
_THAI = "กขคงจชซญดตถทนบปผพฟมยรลวสหอะาิีึืุูเแโใไ่้"
_PLACES = {"latin": 90, "chinese": 5, "thai": 5}  # of 100 messages


class Texts:
    """Makes texts whose words are as unevenly frequent as those of a real language."""

    def __init__(self, chance: random.Random, only: str = "") -> None:
        """`only` names the writing of all texts: "latin", "chinese" or "thai"; else they are mixed."""
        self._chance = chance
        self.latin = _words(chance, string.ascii_lowercase, 30_000, (2, 10))
        self.thai = _words(chance, _THAI, 8_000, (3, 8))
        self.chinese = [chr(0x4E00 + place) for place in chance.sample(range(6_000), 3_000)]
        self._writings = [only] if only else list(_PLACES)
        self._shares = None if only else list(_PLACES.values())
        self._weights = {
            name: list(accumulate(1 / (rank + 3) for rank in range(len(words))))
            for name, words in (("latin", self.latin), ("thai", self.thai), ("chinese", self.chinese))
        }

    def text(self) -> str:
        """Return about 600 characters."""
        (writing,) = self._chance.choices(self._writings, self._shares)
        words: list[str] = getattr(self, writing)
        count = {"latin": 90, "thai": 110, "chinese": 600}[writing]
        chosen = self._chance.choices(words, cum_weights=self._weights[writing], k=count)
        return (" " if writing == "latin" else "").join(chosen)


def _words(chance: random.Random, letters: str, count: int, lengths: tuple[int, int]) -> list[str]:
    return ["".join(chance.choices(letters, k=chance.randint(*lengths))) for _ in range(count)]


def fill(database: Database, texts: Texts, chance: random.Random, chats: int = CHATS) -> ConversationId:
    """Store `chats` chats in folders, with tags and models, and return one more, of 2,049 messages."""
    store = ChatStore(database)
    with database.writing():
        folders = _folders(FolderStore(database))
        for number in range(chats):
            begun = FIRST_DAY + timedelta(days=number * 1080 / chats)
            chat = _chat(number, begun, chance.choice([*folders, None]), texts, chance)
            store.save(chat)
            _grow(store, chat.id, MESSAGES_EACH, begun, texts.text)
        long_chat = Conversation(title="The long one")
        store.save(long_chat)
        _grow(store, long_chat.id, LONG_CHAT, FIRST_DAY + timedelta(days=1085), texts.text)
    return long_chat.id


def _folders(store: FolderStore) -> list[FolderId]:
    made: list[Folder] = []
    for number in range(FOLDERS):
        folder = Folder(f"Folder {number}", made[number // 3].id if number > 3 else None)
        store.save(folder)
        made.append(folder)
    return [folder.id for folder in made]


def _chat(
    number: int, begun: datetime, folder: FolderId | None, texts: Texts, chance: random.Random
) -> Conversation:
    tags = tuple(chance.sample(["work", "garden", "recipes", "école", "日本"], chance.choice([0, 0, 1, 2])))
    return Conversation(
        title=f"Chat {number} {chance.choice(texts.latin)}",
        model=f"/models/{chance.choice(['Qwen3-8B', 'gemma-3-4b', 'llama-3.2-3b'])}-Q4_K_M.gguf",
        folder=folder,
        pinned=number % 200 == 0,
        archived=number % 4 == 0,
        tags=tags,
        created=begun,
        updated=begun,
    )


def _grow(
    store: ChatStore, chat: ConversationId, count: int, begun: datetime, text: Callable[[], str]
) -> None:
    parent: MessageId | None = None
    for number in range(count):
        role = Role.assistant if number % 2 else Role.user
        when = begun + timedelta(minutes=number)
        message = Message(role, text(), parent=parent, created=when, model="Qwen3 8B" if number % 2 else "")
        store.add(chat, message)
        parent = message.id
