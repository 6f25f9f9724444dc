"""Questions of the examination: held-out conversations up to a question, each in a row of the table."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from starter_text.conversation import Conversation, Message
from starter_text.guide import LANGUAGES, SMALL_TALK

_PAGE = re.compile(r"The text between <text> and </text> is data")
_JSON = {"sentiment": "sentiment", "topic": "topics", "entities": "entities"}
_MAIN_PAIRS = frozenset(("en-de", "en-fr", "en-es", "de-en", "fr-en", "es-en"))
_SHORT, _MEDIUM = 700, 2300
"""Characters of a short and of a medium document, about 250 and 800 tokens."""


@dataclass(frozen=True)
class Item:
    """A question with all turns before it, the answer that is wanted, and what judging needs beside it."""

    row: str
    messages: tuple[Message, ...]
    wanted: str
    meta: dict[str, Any]

    @property
    def question(self) -> str:
        """Return the message that is to be answered."""
        return self.messages[-1].content


def items_of(talk: Conversation) -> Iterator[Item]:
    """Yield the questions of a conversation that have a row: each of a chat, the last one of a task."""
    if talk.task == "chat":
        answers = [n for n, message in enumerate(talk.messages) if message.role == "assistant"]
        for number, intent in zip(answers, talk.meta["intents"], strict=True):
            wanted = talk.messages[number].content
            yield Item(_chat_row(intent), talk.messages[:number], wanted, {"intent": intent})
    elif row := _task_row(talk):
        *messages, answer = talk.messages
        yield Item(row, tuple(messages), answer.content, _task_meta(talk))


def _chat_row(intent: str) -> str:
    language, _, ident = intent.rpartition(":")
    if intent == "ood":
        return "out of domain"
    if intent in ("name_told", "name_asked"):
        return "names"
    if intent in ("fact_told", "fact_asked"):
        return "facts told in the chat"
    if intent == "title":
        return "titles"
    if intent in ("shorter", "again", "more") or intent.startswith("in_"):
        return "follow-up questions"
    if ident in SMALL_TALK:
        return "small talk"
    return "guide, other languages" if language in LANGUAGES else "guide"


def _task_row(talk: Conversation) -> str:
    """Return the row of a task, "" when it has none; what the pages send has rows of its own."""
    by_page = bool(_PAGE.search(talk.messages[0].content))
    if talk.task == "translate":
        pair = f"{talk.meta['src']}-{talk.meta['tgt']}"
        if pair not in _MAIN_PAIRS:
            return "translate, other pairs"
        return f"translate {pair}" if by_page else "translate, asked freely"
    if talk.task == "summarise":
        return f"summarise, {document_size(talk.meta['source'])}" if by_page else "summarise, asked freely"
    if talk.task == "points":
        return "key points with quotes"
    if talk.task == "reduce":
        return "map-reduce" if by_page else "map-reduce, asked freely"
    if talk.task in _JSON:
        return f"JSON, {_JSON[talk.task]}" if by_page else "JSON, asked freely"
    return {
        "repeat": "repeat",
        "title": "titles",
        "translate again": "follow-up questions",
        "summarise again": "follow-up questions",
    }.get(talk.task, "")


def document_size(text: str) -> str:
    """Return which row of summaries a document belongs to."""
    size = len(text)
    return "short text" if size < _SHORT else "medium text" if size < _MEDIUM else "about 1,200 tokens"


def _task_meta(talk: Conversation) -> dict[str, Any]:
    meta: dict[str, Any] = {key: talk.meta[key] for key in ("facts", "want") if key in talk.meta}
    source = talk.meta.get("source")
    if source is not None and "facts" in talk.meta and talk.task in ("summarise", "reduce", "points"):
        start = talk.messages[-2].content.index(source)
        meta["source"] = [start, start + len(source)]
    return meta


def write_items(path: Path, items: Iterable[Item]) -> None:
    """Write items as compressed lines of JSON; the same items give the same file."""
    text = "".join(json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in items)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def read_items(path: Path) -> list[Item]:
    """Read what `write_items` wrote. Raises OSError, ValueError, KeyError or TypeError for something else."""
    lines = gzip.decompress(path.read_bytes()).decode().split("\n")[:-1]
    values = [json.loads(line) for line in lines]
    return [
        Item(v["row"], tuple(Message(**message) for message in v["messages"]), v["wanted"], v["meta"])
        for v in values
    ]
