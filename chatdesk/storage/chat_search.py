"""The search over all chats: their titles, their messages, and what they are called and lie in."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import PurePath
from typing import NamedTuple

from chatdesk.domain.chat import ConversationId, SearchHit
from chatdesk.domain.chat_query import ChatNames, ChatQuery, Place
from chatdesk.storage import fulltext
from chatdesk.storage.database import Database
from chatdesk.storage.rows import microseconds, moment

_RANKED = 1000  # places that are sorted by how well they fit
_CHAT = """
    SELECT id AS conversation, title, folder, tags, archived, NULL AS message, updated AS moment,
        title AS text
"""
_CHATS = _CHAT + "FROM conversation WHERE {chats} AND {times} ORDER BY updated DESC, number DESC LIMIT :limit"
_TITLES = (
    _CHAT
    + """
    FROM title_index CROSS JOIN conversation ON conversation.number = title_index.rowid
    WHERE title_index MATCH :expression AND {chats} AND {times}
    ORDER BY bm25(title_index), updated DESC, conversation.number DESC LIMIT :limit
"""
)
# Messages are met from the newest to the oldest, and where each stands is read from an index that leaves out
# the texts. The plus keeps SQLite from going through all chats for every message.
_NEWEST = """
    SELECT message.number AS number
    FROM message_index CROSS JOIN message INDEXED BY message_place ON message.number = message_index.rowid
    WHERE message_index MATCH :expression AND {messages}
        AND +message.conversation IN (SELECT id FROM conversation WHERE {chats})
    ORDER BY message_index.rowid DESC LIMIT :most
"""
# The stored order is mostly that of the days: of a frequent word most messages are not met at all.
_FIRST = """
    SELECT ifnull(min(number), 9223372036854775807) FROM message INDEXED BY message_place
    WHERE created >= :after
"""
_LAST = "SELECT ifnull(max(number), 0) FROM message INDEXED BY message_place WHERE created < :before"
_BEST = """
    SELECT rowid AS number FROM message_index
    WHERE message_index MATCH :expression AND +rowid IN (SELECT value FROM json_each(:numbers))
    ORDER BY bm25(message_index), rowid DESC
"""
_FOUND = """
    SELECT conversation, title, folder, tags, archived, message.id AS message, message.created AS moment, text
    FROM json_each(:numbers) AS chosen
    JOIN message ON message.number = chosen.value
    JOIN conversation ON conversation.id = message.conversation
    ORDER BY chosen.key
"""
_IN_FOLDERS = """
    folder IN (
        SELECT within.id FROM folder_inside AS within JOIN json_each(:{name}) AS listed ON top = listed.value
    )
"""
_HAS_TAG = """
    EXISTS (
        SELECT 1 FROM json_each(tags) AS own JOIN json_each(:{name}) AS listed ON own.value = listed.value
    )
"""
_HAS_MODEL = """
    (model IN (SELECT listed.value FROM json_each(:{name}) AS listed) OR id IN (
        SELECT conversation FROM message
        WHERE model <> '' AND model IN (SELECT listed.value FROM json_each(:{name}) AS listed)
    ))
"""
_TAGS = """
    SELECT DISTINCT own.value FROM conversation, json_each(tags) AS own WHERE tags <> '[]' AND deleted IS NULL
"""


class ChatSearch:
    """The ChatSearch of the ports, in a database. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, query: ChatQuery, limit: int = 50) -> list[SearchHit]:
        """Find titles, then messages, best first; where nothing is better, newest first.

        Of more than 1,000 messages that fit, those stored last are found, newest first: sorting by how well
        they fit would take as long as reading all of them. The same is done with words in writing without
        spaces, which are found by any part of them. Titles take at most two fifths of `limit` where messages
        are looked for too. Without words the chats are found that the rest of the query is true of, last
        updated first. Signs and emoji are not looked for. Deleted chats are not found.
        """
        expression = fulltext.match_expression(query.words, query.open_end, query.without)
        if query.empty or (query.words and not expression):
            return []
        with self._database.reading() as sql:
            scope = _scope(sql, query)
            if not query.words:
                rows = sql.execute(
                    _CHATS.format(**scope.conditions), {**scope.values, "limit": limit}
                ).fetchall()
            else:
                scope.values["expression"] = expression
                rows = _rows(sql, scope, query, limit)
            paths = _folder_paths(sql)
        return [_hit(row, query, paths) for row in rows]

    def names(self) -> ChatNames:
        """Return what can be looked for by its name."""
        with self._database.reading() as sql:
            known = _known(sql)
        return ChatNames(*(tuple(sorted(set(each.values()), key=str.casefold)) for each in known))


class _Scope(NamedTuple):
    """Where a query looks, as SQL with its values."""

    conditions: dict[str, str]
    values: dict[str, object]


class _Known(NamedTuple):
    """What is stored of folders, tags and models, with what people call it."""

    folders: dict[str, str]
    tags: dict[str, str]
    models: dict[str, str]


def _rows(sql: sqlite3.Connection, scope: _Scope, query: ChatQuery, limit: int) -> list[sqlite3.Row]:
    rows: list[sqlite3.Row] = []
    if query.place is not Place.text:
        most = limit if query.place is Place.title else max(1, limit * 2 // 5)
        rows = sql.execute(_TITLES.format(**scope.conditions), {**scope.values, "limit": most}).fetchall()
    if query.place is Place.title or len(rows) >= limit:
        return rows
    is_ranked = not fulltext.has_unspaced(query.words)
    most = _RANKED + 1 if is_ranked else limit - len(rows)
    chosen = sql.execute(_NEWEST.format(**scope.conditions), {**scope.values, "most": most})
    numbers = [row["number"] for row in chosen]
    if is_ranked and len(numbers) <= _RANKED:
        ranked = {"expression": scope.values["expression"], "numbers": json.dumps(numbers)}
        numbers = [row["number"] for row in sql.execute(_BEST, ranked)]
    shown = json.dumps(numbers[: limit - len(rows)])
    return rows + sql.execute(_FOUND, {"numbers": shown}).fetchall()


def _scope(sql: sqlite3.Connection, query: ChatQuery) -> _Scope:
    chats, times, messages, values = ["deleted IS NULL"], ["TRUE"], ["TRUE"], dict[str, object]()
    for name in ("pinned", "archived"):
        if (wanted := getattr(query, name)) is not None:
            chats.append(f"{name} = :{name}")
            values[name] = wanted
    if query.after is not None:
        times.append("updated >= :after")
        messages.append(f"message.created >= :after AND message_index.rowid >= ({_FIRST})")
        values["after"] = _begins(query.after)
    if query.before is not None:
        times.append("conversation.created < :before")
        messages.append(f"message.created < :before AND message_index.rowid <= ({_LAST})")
        values["before"] = _begins(query.before)
    if query.folders or query.tags or query.models or query.not_folders or query.not_tags or query.not_models:
        _add_names(_known(sql), query, chats, values)
    conditions = {"chats": chats, "times": times, "messages": messages}
    return _Scope({name: " AND ".join(each) for name, each in conditions.items()}, values)


def _add_names(known: _Known, query: ChatQuery, chats: list[str], values: dict[str, object]) -> None:
    def add(condition: str, stored: dict[str, str], wanted: Sequence[str]) -> None:
        name = f"names{len(values)}"
        chats.append(condition.format(name=name))
        values[name] = json.dumps(sorted({each for one in wanted for each in _called(stored, one)}))

    if query.folders:
        add(_IN_FOLDERS, known.folders, query.folders)
    if query.not_folders:
        add(f"NOT coalesce({_IN_FOLDERS}, 0)", known.folders, query.not_folders)
    for tag in query.tags:
        add(_HAS_TAG, known.tags, [tag])
    if query.not_tags:
        add(f"NOT {_HAS_TAG}", known.tags, query.not_tags)
    if query.models:
        add(_HAS_MODEL, known.models, query.models)
    if query.not_models:
        add(f"NOT {_HAS_MODEL}", known.models, query.not_models)


def _known(sql: sqlite3.Connection) -> _Known:
    folders = sql.execute("SELECT id, name FROM folder WHERE deleted IS NULL")
    tags = sql.execute(_TAGS)
    titles = sql.execute("SELECT DISTINCT model FROM message WHERE model <> ''")
    files = sql.execute("SELECT DISTINCT model FROM conversation WHERE model <> ''")
    models = {title: title for (title,) in titles} | {path: PurePath(path).stem for (path,) in files}
    return _Known(dict(map(tuple, folders)), {tag: tag for (tag,) in tags}, models)


def _called(stored: dict[str, str], wanted: str) -> list[str]:
    """Return what is called so; else that of whose name a word begins so."""
    sought = fulltext.folded(wanted)
    begins = re.compile(rf"(?<![^\W_]){re.escape(sought)}")
    names = {key: fulltext.folded(name) for key, name in stored.items()}
    exact = [key for key, name in names.items() if name == sought]
    return exact or [key for key, name in names.items() if begins.search(name)]


def _folder_paths(sql: sqlite3.Connection) -> dict[str, str]:
    """Return for each folder its name behind those of the folders that it lies in."""
    rows = {row["id"]: row for row in sql.execute("SELECT id, parent, name FROM folder")}

    def path(folder: str) -> str:
        above = rows[folder]["parent"]
        name: str = rows[folder]["name"]
        return f"{path(above)} / {name}" if above in rows else name

    return {folder: path(folder) for folder in rows}


def _begins(day: date) -> int:
    return microseconds(datetime.combine(day, time()).astimezone())


def _hit(row: sqlite3.Row, query: ChatQuery, paths: dict[str, str]) -> SearchHit:
    snippet, marks = fulltext.snippet(row["text"], query.words, query.open_end)
    return SearchHit(
        conversation=ConversationId(row["conversation"]),
        title=row["title"],
        message=row["message"],
        snippet=snippet,
        marks=marks,
        when=moment(row["moment"]),
        folder=paths.get(row["folder"], ""),
        tags=tuple(json.loads(row["tags"])),
        archived=bool(row["archived"]),
    )
