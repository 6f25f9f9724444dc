"""Measures the store on 100,000 messages in 5,000 chats; prints medians in milliseconds.

Searching is measured by bench_chats.

Usage: python -m tests.benchmarks.bench_storage
"""

from __future__ import annotations

import random
import statistics
import string
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from chatdesk.domain.chat import Conversation, ConversationId, Message, MessageId, MessageState, Role
from chatdesk.storage import backups
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database

CHATS, MESSAGES_EACH, LONG_CHAT = 5000, 20, 2000


def median_ms(work: Callable[[], object], rounds: int = 15) -> float:
    """Return the median duration of `work` in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def vocabulary(chance: random.Random) -> list[str]:
    return ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 10))) for _ in range(30_000)]


def text(chance: random.Random, words: list[str]) -> str:
    """Return about 600 characters whose words are as unevenly frequent as in a real language."""
    return " ".join(words[min(int(chance.paretovariate(0.5)) - 1, len(words) - 1)] for _ in range(90))


def fill(store: ChatStore, chance: random.Random, words: list[str]) -> ConversationId:
    """Store all chats and return the long one."""
    for number in range(CHATS):
        chat = Conversation(title=f"Chat {number} {chance.choice(words)}")
        store.save(chat)
        grow(store, chat.id, MESSAGES_EACH, chance, words)
    long_chat = Conversation(title="The long one")
    store.save(long_chat)
    grow(
        store,
        long_chat.id,
        LONG_CHAT,
        chance,
        [*words, "今日は天気がいいですね"],
    )
    return long_chat.id


def grow(store: ChatStore, chat: ConversationId, count: int, chance: random.Random, words: list[str]) -> None:
    parent: MessageId | None = None
    for number in range(count):
        role = Role.assistant if number % 2 else Role.user
        message = Message(role, text(chance, words), parent=parent)
        store.add(chat, message)
        parent = message.id


def main() -> None:
    chance = random.Random(1)
    words = vocabulary(chance)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chats.sqlite"
        database = Database(path)
        store = ChatStore(database)
        start = time.perf_counter()
        with database.writing():
            long_chat = fill(store, chance, words)
        print(f"stored in {time.perf_counter() - start:.1f} s")
        database.close()
        database = Database(path)
        measure(ChatStore(database), long_chat)
        database.close()
        print(f"{path.stat().st_size / 1e6:.0f} MB")
        print(f"opening                       {median_ms(lambda: Database(path).close()):8.2f} ms")
        database = Database(path, Path(folder) / "backups")
        with database.reading() as sql:
            print(f"integrity check               {median_ms(lambda: backups.check(sql), 5):8.2f} ms")
        print(f"backup, checked               {median_ms(database.back_up, 3):8.2f} ms")
        database.close()


def measure(store: ChatStore, long_chat: ConversationId) -> None:
    print(f"list of {CHATS} chats            {median_ms(store.conversations):8.2f} ms")
    print(f"branch of {LONG_CHAT} messages      {median_ms(lambda: store.branch(long_chat)):8.2f} ms")
    answer = Message(
        Role.assistant, "", state=MessageState.streaming, parent=store.branch(long_chat)[-1].message.id
    )
    store.add(long_chat, answer)
    letters = iter(range(1000))
    for length in (2_000, 20_000, 200_000):
        took = median_ms(
            lambda length=length: store.update(replace(answer, text=f"{next(letters):04} " * (length // 5)))
        )
        print(f"update of {length:7} characters  {took:8.2f} ms while streaming")
    took = median_ms(
        lambda: store.update(replace(answer, text=f"{next(letters):04} " * 4000, state=MessageState.complete))
    )
    print(f"update of   20000 characters  {took:8.2f} ms when complete")


if __name__ == "__main__":
    main()
