"""Measures 100,000 messages in 2,000 chats: search, the list of chats, opening and starting the window.

Usage: python -m tests.benchmarks.bench_chats [folder] [latin|chinese|thai]
A folder is kept for the next time, and filled where it is empty, which takes minutes; a writing is that of
all texts, else they are mixed. Prints medians and the worst in milliseconds, of the clock and of this thread.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from chatdesk.domain.chat import ConversationId
from chatdesk.paths import Paths
from chatdesk.storage.chat_search import ChatSearch
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.tasks.chat_query import parse
from tests.benchmarks.chat_texts import Texts, fill

TODAY = date(2026, 11, 21)
CONDITIONS = (
    *("in:title", "in:text", 'folder:"Folder 1"', "tag:garden", "pinned:yes", "archived:no", "model:qwen"),
    *("before:2024", "after:last week", "after:2024 before:2026 -tag:work", "-folder:1"),
)
WINDOW = """
import gc, json, sys, time
begun = time.perf_counter(), time.process_time()
gc.disable()
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from chatdesk import app
from chatdesk.paths import Paths
built = app.build(Paths(Path(sys.argv[1])))
built.window.show()
application.processEvents()
found = {"start": [(time.perf_counter() - begun[0], time.process_time() - begun[1])]}
def measure(name, work):
    begun = time.perf_counter(), time.thread_time()
    work()
    application.processEvents()
    found.setdefault(name, []).append((time.perf_counter() - begun[0], time.thread_time() - begun[1]))
chats = built.chats.conversations()
for chat in chats[1:400:40]:
    measure("open a chat of 49 messages", lambda: built.chat.open(chat.id))
    measure("open the chat of 2,049 messages", lambda: built.chat.open(sys.argv[2]))
view = built.chat.page.sidebar.list
bar = view.verticalScrollBar()
for place in range(0, bar.maximum(), max(1, bar.maximum() // 60)):
    measure("scroll the list", lambda: (bar.setValue(place), view.viewport().repaint()))
print(json.dumps(found))
built.close()
"""


def report(name: str, times: list[tuple[float, float]]) -> None:
    """Print medians and the worst of (seconds of the clock, seconds of the processor)."""
    clock, busy = zip(*times, strict=True)
    print(
        f"{name:44} median {statistics.median(clock) * 1000:7.1f} worst {max(clock) * 1000:7.1f} ms"
        f"   processor {statistics.median(busy) * 1000:7.1f} {max(busy) * 1000:7.1f}"
    )


def measure(name: str, work: Callable[[], object], rounds: int = 5) -> None:
    times = []
    for _ in range(rounds):
        clock, busy = time.perf_counter(), time.thread_time()
        work()
        times.append((time.perf_counter() - clock, time.thread_time() - busy))
    report(name, times)


def questions(texts: Texts, only: str) -> dict[str, str]:
    """Return what is searched for, by its name."""
    if only in ("chinese", "thai"):
        words = getattr(texts, only)
        return {
            "one character": words[0][0],
            "a frequent word": words[0],
            "a rare word": words[-1],
            "two rare words": f"{words[-1]} {words[-2]}",
            "a frequent and a rare word in a row": words[1] + words[-1],
        }
    latin = texts.latin
    return {
        "the most frequent word": latin[0],
        "two frequent words": f"{latin[0]} {latin[1]}",
        "a rare word": latin[-1],
        "a frequent and a rare word": f"{latin[-1]} {latin[0]}",
        "a frequent word without another": f"{latin[0]} -{latin[1]}",
        "one letter": "a",
        "two letters": "ab",
        "two words in a row": f'"{latin[0]} {latin[1]}"',
        "one Chinese character": texts.chinese[0],
        "two Chinese characters": texts.chinese[0] + texts.chinese[1],
        "a Thai word": texts.thai[10],
        "half a Thai word": texts.thai[10][1:],
        "no such word": "zzzzzzzz",
    }


def measure_store(home: Paths, long_chat: ConversationId, texts: Texts, only: str) -> None:
    database = Database(home.database)
    store, search, folders = ChatStore(database), ChatSearch(database), FolderStore(database)

    def look(typed: str) -> None:
        measure(f"search: {typed[:34]}", lambda: search.search(parse(typed, TODAY)))

    for name, typed in questions(texts, only).items():
        print(name)
        look(typed)
    frequent, rare = (texts.latin[0], texts.latin[-1]) if not only else (getattr(texts, only)[0], "zzz")
    for condition in CONDITIONS:
        for typed in (condition, f"{frequent} {condition}", f"{rare} {condition}", f"{condition} a"):
            look(typed)
    measure("names for prefixes", search.names)
    measure("list of chats", store.conversations)
    measure("list of folders", folders.folders)
    measure("messages of the long chat", lambda: store.branch(long_chat))
    database.close()


def measure_window(home: Paths, long_chat: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(3):
        command = [sys.executable, "-c", WINDOW, str(home.home), long_chat]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        for name, times in json.loads(done.stdout).items():
            found.setdefault(name, []).extend(times)
    for name, times in found.items():
        report(name, times)


def main() -> None:
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    with tempfile.TemporaryDirectory() as spare:
        home = Paths(Path(sys.argv[1] if len(sys.argv) > 1 else spare))
        home.create()
        chance = random.Random(1)
        texts = Texts(chance, only)
        database = Database(home.database)
        store = ChatStore(database)
        if not store.conversations():
            fill(database, texts, chance)
        long_chat = next(chat.id for chat in store.conversations() if chat.title == "The long one")
        database.close()
        measure_store(home, long_chat, texts, only)
        measure_window(home, long_chat)


if __name__ == "__main__":
    main()
