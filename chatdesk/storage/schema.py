"""The tables of the database, as numbered steps from an empty file to today's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from chatdesk.storage.schema_conversations import CONVERSATIONS
from chatdesk.storage.schema_search import SEARCH
from chatdesk.storage.schema_translation import TRANSLATION

# Step n brings a database from version n - 1 to version n. A step that was released is never changed.
#
# Times are microseconds since 1970 in UTC. `number` is the order of creation.
# The full-text tables keep no text of their own: they read it through the views, and the triggers tell them
# of changes. A message is indexed once it is no longer streaming: a growing answer costs nothing there.
# `spaced` is chatdesk.storage.fulltext.spaced: when its result changes, a new step must rebuild all of them.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE conversation (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        system TEXT NOT NULL,
        model TEXT NOT NULL,
        preset TEXT NOT NULL,
        thinking INTEGER,
        head TEXT,
        created INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        deleted INTEGER
    ) STRICT;

    CREATE TABLE message (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
        parent TEXT REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED,
        role TEXT NOT NULL,
        state TEXT NOT NULL,
        model TEXT NOT NULL,
        error TEXT NOT NULL,
        view_start TEXT,
        facts TEXT,
        created INTEGER NOT NULL,
        thinking TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX message_conversation ON message (conversation);
    CREATE INDEX message_parent ON message (parent);
    CREATE INDEX message_streaming ON message (state) WHERE state = 'streaming';

    CREATE TABLE draft (
        conversation TEXT PRIMARY KEY,
        text TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW title_text AS SELECT number, spaced(title) AS text FROM conversation;
    CREATE VIRTUAL TABLE title_index USING fts5 (
        text, content = 'title_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER title_added AFTER INSERT ON conversation BEGIN
        INSERT INTO title_index (rowid, text) VALUES (new.number, spaced(new.title));
    END;
    CREATE TRIGGER title_leaves BEFORE UPDATE OF title ON conversation WHEN old.title <> new.title BEGIN
        INSERT INTO title_index (title_index, rowid, text) VALUES ('delete', old.number, spaced(old.title));
    END;
    CREATE TRIGGER title_comes AFTER UPDATE OF title ON conversation WHEN old.title <> new.title BEGIN
        INSERT INTO title_index (rowid, text) VALUES (new.number, spaced(new.title));
    END;
    CREATE TRIGGER title_removed BEFORE DELETE ON conversation BEGIN
        INSERT INTO title_index (title_index, rowid, text) VALUES ('delete', old.number, spaced(old.title));
    END;

    CREATE VIEW message_text AS
        SELECT number, spaced(text) AS text FROM message WHERE state <> 'streaming';
    CREATE VIRTUAL TABLE message_index USING fts5 (
        text, content = 'message_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.state <> 'streaming' BEGIN
        INSERT INTO message_index (rowid, text) VALUES (new.number, spaced(new.text));
    END;
    CREATE TRIGGER message_leaves BEFORE UPDATE OF text, state ON message
    WHEN old.state <> 'streaming' AND (new.state = 'streaming' OR old.text <> new.text) BEGIN
        INSERT INTO message_index (message_index, rowid, text)
        VALUES ('delete', old.number, spaced(old.text));
    END;
    CREATE TRIGGER message_comes AFTER UPDATE OF text, state ON message
    WHEN new.state <> 'streaming' AND (old.state = 'streaming' OR old.text <> new.text) BEGIN
        INSERT INTO message_index (rowid, text) VALUES (new.number, spaced(new.text));
    END;
    CREATE TRIGGER message_removed BEFORE DELETE ON message WHEN old.state <> 'streaming' BEGIN
        INSERT INTO message_index (message_index, rowid, text)
        VALUES ('delete', old.number, spaced(old.text));
    END;
    """,
    # `id` is the SHA-256 of the text. `attachments` is a JSON list of {document, name, words}, or empty.
    """
    CREATE TABLE document (
        id TEXT PRIMARY KEY,
        text TEXT NOT NULL
    ) STRICT;
    ALTER TABLE message ADD COLUMN attachments TEXT NOT NULL DEFAULT '';
    ALTER TABLE draft ADD COLUMN attachments TEXT NOT NULL DEFAULT '';
    CREATE INDEX message_attachments ON message (attachments) WHERE attachments <> '';
    """,
    # `place` is the order in the queue. `files` is a JSON list of {path, bytes, sha256}; `folder` is a
    # JSON string, in which a path that is no UTF-8 finds room.
    """
    CREATE TABLE download (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        place INTEGER NOT NULL,
        repository TEXT NOT NULL,
        revision TEXT NOT NULL,
        files TEXT NOT NULL,
        folder TEXT NOT NULL,
        state TEXT NOT NULL,
        problem TEXT NOT NULL,
        arrived INTEGER NOT NULL
    ) STRICT;
    """,
    # `path` is a JSON string, as `folder` above. `header` (a ModelHeader, or empty), `own` (an object of
    # settings) and `checksums` (a list of [file name, SHA-256]) are JSON; `speed` is tokens a second.
    """
    CREATE TABLE model (
        path TEXT PRIMARY KEY,
        title TEXT NOT NULL DEFAULT '',
        favourite INTEGER NOT NULL DEFAULT 0,
        application TEXT NOT NULL DEFAULT '',
        left_out INTEGER NOT NULL DEFAULT 0,
        times_used INTEGER NOT NULL DEFAULT 0,
        last_used INTEGER,
        speed REAL NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        header TEXT NOT NULL DEFAULT '',
        checksums TEXT NOT NULL DEFAULT '[]',
        own TEXT NOT NULL DEFAULT '{}'
    ) STRICT, WITHOUT ROWID;
    """,
    # `parts` is JSON: {units: [[kind, number, label, start, end]], notes: [[kind, number]]}, or empty.
    # `reading` is tokens a second. Of a summary `path` is a JSON string; `wishes` is an object, `points` a
    # list of [text, quote, [start, end] or null], `sentences` one of [start, end, passages, strangers]. It is
    # searched once it is no longer running. `finished` keeps answers of models under a hash of what decided
    # them.
    """
    ALTER TABLE document ADD COLUMN parts TEXT NOT NULL DEFAULT '';
    ALTER TABLE model ADD COLUMN reading REAL NOT NULL DEFAULT 0;

    CREATE TABLE summary (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL REFERENCES document (id),
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        wishes TEXT NOT NULL,
        model TEXT NOT NULL,
        state TEXT NOT NULL,
        text TEXT NOT NULL,
        points TEXT NOT NULL,
        sentences TEXT NOT NULL,
        error TEXT NOT NULL,
        created INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX summary_document ON summary (document);
    CREATE INDEX summary_name ON summary (name);

    CREATE VIEW summary_text AS
        SELECT number, spaced(name || char(10) || text) AS text FROM summary WHERE state <> 'running';
    CREATE VIRTUAL TABLE summary_index USING fts5 (
        text, content = 'summary_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER summary_added AFTER INSERT ON summary WHEN new.state <> 'running' BEGIN
        INSERT INTO summary_index (rowid, text) VALUES (new.number, spaced(new.name || char(10) || new.text));
    END;
    CREATE TRIGGER summary_leaves BEFORE UPDATE ON summary WHEN old.state <> 'running' BEGIN
        INSERT INTO summary_index (summary_index, rowid, text)
        VALUES ('delete', old.number, spaced(old.name || char(10) || old.text));
    END;
    CREATE TRIGGER summary_comes AFTER UPDATE ON summary WHEN new.state <> 'running' BEGIN
        INSERT INTO summary_index (rowid, text) VALUES (new.number, spaced(new.name || char(10) || new.text));
    END;
    CREATE TRIGGER summary_removed BEFORE DELETE ON summary WHEN old.state <> 'running' BEGIN
        INSERT INTO summary_index (summary_index, rowid, text)
        VALUES ('delete', old.number, spaced(old.name || char(10) || old.text));
    END;

    CREATE TABLE finished (
        key TEXT PRIMARY KEY,
        answer TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        used INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX finished_used ON finished (used DESC, key, bytes);
    """,
    # `id` is the SHA-256 of `data`, a PNG or JPEG as `preview` is. An attachment that is a picture is
    # {document, name, size}, its size being [width, height].
    """
    CREATE TABLE picture (
        id TEXT PRIMARY KEY,
        data BLOB NOT NULL,
        preview BLOB NOT NULL
    ) STRICT;
    """,
    # `path` is a JSON string and `wishes` an object, as of a summary; `summary` is empty before the file is
    # read, and need not be there any more.
    """
    CREATE TABLE queued_file (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        wishes TEXT NOT NULL,
        state TEXT NOT NULL,
        problem TEXT NOT NULL,
        summary TEXT NOT NULL,
        line TEXT NOT NULL,
        points INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        created INTEGER NOT NULL
    ) STRICT;
    """,
    # The text that was recognised in pages that are pictures. `file` is its SHA-256, `number` that of the
    # page from 1; `lines` are [text, left, top, width, height] with shares of the page, and may be none.
    """
    CREATE TABLE recognised_page (
        file TEXT NOT NULL,
        number INTEGER NOT NULL,
        text TEXT NOT NULL,
        lines TEXT NOT NULL,
        PRIMARY KEY (file, number)
    ) STRICT, WITHOUT ROWID;
    """,
    # `language` is a code (BCP 47) of the one that the document is in, empty where that is not known.
    """
    ALTER TABLE summary ADD COLUMN language TEXT NOT NULL DEFAULT '';
    ALTER TABLE queued_file ADD COLUMN language TEXT NOT NULL DEFAULT '';
    """,
    TRANSLATION,
    # `names` is a list of [source, target].
    """
    ALTER TABLE translation ADD COLUMN names TEXT NOT NULL DEFAULT '[]';
    """,
    CONVERSATIONS,
    # A message that was deleted with all below it. `id` is its own, `head` the leaf that was shown before,
    # `messages` a JSON list of the rows as they were: a step that changes `message` has to change these too.
    """
    CREATE TABLE deleted_message (
        id TEXT PRIMARY KEY,
        conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
        head TEXT,
        messages TEXT NOT NULL,
        deleted INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deleted_message_conversation ON deleted_message (conversation);
    """,
    SEARCH,
)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script one by one; triggers stay whole."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
