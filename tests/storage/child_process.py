"""A second process for the tests: `python -m tests.storage.child_process JOB DATABASE` reports on stdout."""

import resource
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

from chatdesk.domain.chat import Conversation, ConversationId, Message, MessageState, Role
from chatdesk.domain.errors import ChatDeskError
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database


def say(text):
    print(text, flush=True)


def write_for_ever(path):
    """Say `add ID` and `update ID LENGTH` after each has been stored."""
    store = ChatStore(Database(path))
    chat = Conversation(title="from the child")
    store.save(chat)
    say(f"chat {chat.id}")
    parent = None
    while True:
        question = Message(Role.user, "a question", parent=parent)
        store.add(chat.id, question)
        say(f"add {question.id}")
        answer = Message(Role.assistant, "", parent=question.id, state=MessageState.streaming)
        store.add(chat.id, answer)
        say(f"add {answer.id}")
        for count in range(1, 30):
            answer = replace(answer, text="word " * count * 100)
            store.update(answer)
            say(f"update {answer.id} {len(answer.text)}")
        store.update(replace(answer, state=MessageState.complete))
        parent = answer.id


def write_thirty(path):
    store = ChatStore(Database(path))
    say("ready")
    sys.stdin.readline()
    chat = Conversation(title="thirty")
    store.save(chat)
    parent = None
    for number in range(30):
        message = Message(Role.user, f"message {number}", parent=parent)
        store.add(chat.id, message)
        parent = message.id
    say(f"chat {chat.id}")


def open_at_once(path):
    say("ready")
    sys.stdin.readline()
    Database(path).close()
    say("opened")


def hold(path):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    say("held")
    sys.stdin.readline()


def write_in_little_room(path):
    """The system refuses to let any file grow beyond what the database has already."""
    store = ChatStore(Database(path))
    chat = ConversationId("chat")
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        for number in range(1000):
            store.add(chat, Message(Role.user, f"{number} " * 5000))
            say("added")
    except ChatDeskError as error:
        say(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]))
