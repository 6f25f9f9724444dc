"""Takes a message with all below it out of a chat into the bin, and puts it back as it was."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any

from chatdesk.domain.chat import ConversationId, CutOff, Deleted, MessageId
from chatdesk.storage.rows import message_of, message_values, microseconds, moment

_BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT id FROM message WHERE id = ?
        UNION ALL
        SELECT message.id FROM message JOIN below ON message.parent = below.id
    )
    SELECT message.* FROM below JOIN message USING (id) ORDER BY number
"""
# The version before it, else the one after it.
_NEAREST = """
    SELECT id FROM message WHERE conversation = :conversation AND parent IS :parent AND id <> :id
    ORDER BY number > :number, abs(number - :number) LIMIT 1
"""
# The youngest descendant is a leaf: a message is always stored after its parent.
SHOW = """
    WITH RECURSIVE below (id, number) AS (
        SELECT id, number FROM message WHERE id = :message AND conversation = :conversation
        UNION ALL
        SELECT message.id, message.number FROM message JOIN below ON message.parent = below.id
    )
    UPDATE conversation SET head = (SELECT id FROM below ORDER BY number DESC LIMIT 1)
    WHERE id = :conversation AND EXISTS (SELECT 1 FROM below)
"""
_PUT_BACK = """
    INSERT INTO message (number, id, conversation, parent, role, state, model, error, view_start, facts,
        created, thinking, text, attachments, pinned, sources, style, edited)
    VALUES (:number, :id, :conversation, :parent, :role, :state, :model, :error, :view_start, :facts,
        :created, :thinking, :text, :attachments, :pinned, :sources, :style, :edited)
"""
_KEEP = """
    INSERT INTO deleted_message (id, conversation, head, messages, deleted)
    VALUES (:id, :conversation, :head, :messages, :deleted)
"""
_KEPT = """
    SELECT deleted_message.*, conversation.title
    FROM deleted_message JOIN conversation ON conversation.id = deleted_message.conversation
"""
# What messages in the bin have attached, each as a JSON object in `value`.
ATTACHED = """
    deleted_message, json_each(deleted_message.messages) AS one,
    json_each(nullif(json_extract(one.value, '$.attachments'), '')) AS attached
"""


def cut(sql: sqlite3.Connection, message: MessageId) -> CutOff | None:
    """Remove a message with all below it and move the head where it was among them; None: not there."""
    rows = sql.execute(_BELOW, (message,)).fetchall()
    if not rows:
        return None
    first = rows[0]
    conversation = ConversationId(first["conversation"])
    (head,) = sql.execute("SELECT head FROM conversation WHERE id = ?", (conversation,)).fetchone()
    sql.executemany("DELETE FROM message WHERE id = ?", [(row["id"],) for row in reversed(rows)])
    if head in {row["id"] for row in rows}:
        nearest = sql.execute(_NEAREST, dict(first)).fetchone()
        sql.execute("UPDATE conversation SET head = ? WHERE id = ?", (first["parent"], conversation))
        if nearest is not None:
            sql.execute(SHOW, {"conversation": conversation, "message": nearest["id"]})
    values = {"id": message, "conversation": conversation, "head": head}
    kept = json.dumps([dict(row) for row in rows], ensure_ascii=False)
    sql.execute(_KEEP, {**values, "messages": kept, "deleted": microseconds(datetime.now(UTC))})
    return CutOff(conversation, head, tuple(map(message_of, rows)), tuple(row["number"] for row in rows))


def kept(sql: sqlite3.Connection) -> list[Deleted]:
    """Return what was cut off and can come back."""
    return [
        Deleted(_cut_of(row, json.loads(row["messages"])), moment(row["deleted"]), row["title"])
        for row in sql.execute(_KEPT)
    ]


def remove(sql: sqlite3.Connection, cut: CutOff) -> bool:
    """Take what was cut off out of the bin; return whether it was there."""
    first = cut.messages[0].id
    return sql.execute("DELETE FROM deleted_message WHERE id = ?", (first,)).rowcount > 0


def put_back(sql: sqlite3.Connection, cut: CutOff) -> bool:
    """Store the messages again and show them; False when they, their chat or their parent are gone."""
    parent = cut.messages[0].parent
    there = sql.execute("SELECT 1 FROM conversation WHERE id = ?", (cut.conversation,)).fetchone()
    below = parent is None or sql.execute("SELECT 1 FROM message WHERE id = ?", (parent,)).fetchone()
    if not there or not below or not remove(sql, cut):
        return False
    for number, message in zip(_free(sql, cut.numbers), cut.messages, strict=True):
        values = {**message_values(message), "conversation": cut.conversation, "number": number}
        sql.execute(_PUT_BACK, values)
    back = sql.execute("SELECT 1 FROM message WHERE id = ?", (cut.head,)).fetchone()
    shown = cut.head if back else cut.messages[0].id
    sql.execute(SHOW, {"conversation": cut.conversation, "message": shown})
    return True


def _cut_of(row: sqlite3.Row, messages: list[dict[str, Any]]) -> CutOff:
    return CutOff(
        ConversationId(row["conversation"]),
        row["head"],
        tuple(map(message_of, messages)),
        tuple(each["number"] for each in messages),
    )


def _free(sql: sqlite3.Connection, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers as they were, or new ones when a message has got one of them since."""
    taken = sql.execute(
        "SELECT 1 FROM message JOIN json_each(?) ON message.number = json_each.value", (json.dumps(numbers),)
    ).fetchone()
    if not taken:
        return numbers
    (last,) = sql.execute("SELECT max(number) FROM message").fetchone()
    return tuple(range(last + 1, last + 1 + len(numbers)))
