"""The step of the schema that brings folders, tags, notes, waiting questions, templates and passages."""

from __future__ import annotations

# Of a conversation `tags` is a JSON list of texts; `note` and `noted_until` tell what a model wrote down of
# the messages up to that one, or are empty; `sampling` is an object of the settings that are its own, or
# empty; `origin` is the chat that it was begun from, which may be gone. `folder_inside` tells which folders
# lie in which, each in itself too. `documents` of a folder are JSON as the attachments of a message,
# `sources` of an answer a list of {document, name, start, end, label}.
# `message_place` tells the search where and when a message stands without reading its text; the index of
# words is made anew because finding all words that begin with one letter takes 36 ms without `prefix`.
# A question in `waiting` is sent when the answers before it are written.
# `source` of a template or persona is its TOML text; `builtin` names the shipped one that it stands for.
# Each earlier text stays in `template_version`.
# A passage is a stretch of a document's text, `start` to `ending` in characters. Its `text` stands here once
# more, as it is indexed: to take each stretch out of a long document again takes minutes.
CONVERSATIONS = """
    CREATE TABLE folder (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        parent TEXT REFERENCES folder (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        system TEXT NOT NULL,
        model TEXT NOT NULL,
        documents TEXT NOT NULL,
        created INTEGER NOT NULL,
        deleted INTEGER
    ) STRICT;
    CREATE INDEX folder_parent ON folder (parent);

    CREATE VIEW folder_inside AS
        WITH RECURSIVE inside (top, id) AS (
            SELECT id, id FROM folder
            UNION
            SELECT inside.top, folder.id FROM folder JOIN inside ON folder.parent = inside.id
        )
        SELECT top, id FROM inside;

    ALTER TABLE conversation ADD COLUMN folder TEXT REFERENCES folder (id) ON DELETE SET NULL;
    ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE conversation ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE conversation ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE conversation ADD COLUMN note TEXT NOT NULL DEFAULT '';
    ALTER TABLE conversation ADD COLUMN noted_until TEXT;
    ALTER TABLE conversation ADD COLUMN sampling TEXT NOT NULL DEFAULT '';
    ALTER TABLE conversation ADD COLUMN origin TEXT;
    CREATE INDEX conversation_folder ON conversation (folder) WHERE folder IS NOT NULL;

    ALTER TABLE message ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE message ADD COLUMN sources TEXT NOT NULL DEFAULT '';
    ALTER TABLE message ADD COLUMN style TEXT NOT NULL DEFAULT '';
    ALTER TABLE message ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;

    CREATE INDEX message_place ON message (number, conversation, created);
    CREATE INDEX message_model ON message (model, conversation) WHERE model <> '';

    DROP TABLE message_index;
    CREATE VIRTUAL TABLE message_index USING fts5 (
        text, content = 'message_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2',
        prefix = '1'
    );
    INSERT INTO message_index (message_index) VALUES ('rebuild');

    CREATE TABLE waiting (
        number INTEGER PRIMARY KEY,
        conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        attachments TEXT NOT NULL
    ) STRICT;
    CREATE INDEX waiting_conversation ON waiting (conversation);

    CREATE TABLE template (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        folder TEXT NOT NULL,
        builtin TEXT NOT NULL,
        source TEXT NOT NULL,
        used INTEGER NOT NULL,
        created INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        deleted INTEGER
    ) STRICT;

    CREATE TABLE template_version (
        number INTEGER PRIMARY KEY,
        template TEXT NOT NULL REFERENCES template (id) ON DELETE CASCADE,
        source TEXT NOT NULL,
        written INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX template_version_template ON template_version (template);

    CREATE TABLE passage (
        number INTEGER PRIMARY KEY,
        document TEXT NOT NULL,
        start INTEGER NOT NULL,
        ending INTEGER NOT NULL,
        label TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX passage_document ON passage (document);
    CREATE VIRTUAL TABLE passage_index USING fts5 (
        text, content = 'passage', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN
        INSERT INTO passage_index (rowid, text) VALUES (new.number, new.text);
    END;
    CREATE TRIGGER passage_removed BEFORE DELETE ON passage BEGIN
        INSERT INTO passage_index (passage_index, rowid, text) VALUES ('delete', old.number, old.text);
    END;
    CREATE TRIGGER document_leaves BEFORE DELETE ON document BEGIN
        DELETE FROM passage WHERE document = old.id;
    END;
"""
