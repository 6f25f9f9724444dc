"""The step of the schema that brings translations, glossaries, the memory and the list of documents."""

from __future__ import annotations

# Of a translation `path` is a JSON string, `wishes` an object and `gaps` a list of texts; `done` counts its
# segments with a translation. `findings` is a list of [kind, start, end, wanted], or empty. Each segment is
# searched by itself, so that one that changes costs no more than its own text.
# `terms` is a list of [source, target, note]. Of the list of documents `path` and `target` are JSON strings;
# `translation` is empty before the file is read, and need not be there any more.
# Of a pair `key` is a hash of `languages` and the source with its white space made alike, `languages` one of
# the language of the source without its variant and of the target with it: one word of the index. A pair is
# never changed, but removed and added anew: `number` is the order in which they were confirmed.
TRANSLATION = """
    CREATE TABLE translation (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        wishes TEXT NOT NULL,
        model TEXT NOT NULL,
        language TEXT NOT NULL,
        state TEXT NOT NULL,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        error TEXT NOT NULL,
        created INTEGER NOT NULL,
        segments INTEGER NOT NULL,
        done INTEGER NOT NULL,
        gaps TEXT NOT NULL
    ) STRICT;
    CREATE INDEX translation_running ON translation (state) WHERE state = 'running';

    CREATE TABLE segment (
        row INTEGER PRIMARY KEY,
        translation TEXT NOT NULL REFERENCES translation (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        source TEXT NOT NULL,
        text TEXT NOT NULL,
        state TEXT NOT NULL,
        origin TEXT NOT NULL,
        findings TEXT NOT NULL,
        error TEXT NOT NULL,
        UNIQUE (translation, number)
    ) STRICT;

    CREATE VIEW segment_text AS SELECT row, spaced(source || char(10) || text) AS text FROM segment;
    CREATE VIRTUAL TABLE segment_index USING fts5 (
        text, content = 'segment_text', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER segment_added AFTER INSERT ON segment BEGIN
        INSERT INTO segment_index (rowid, text) VALUES (new.row, spaced(new.source || char(10) || new.text));
    END;
    CREATE TRIGGER segment_leaves BEFORE UPDATE ON segment
    WHEN old.source <> new.source OR old.text <> new.text BEGIN
        INSERT INTO segment_index (segment_index, rowid, text)
        VALUES ('delete', old.row, spaced(old.source || char(10) || old.text));
    END;
    CREATE TRIGGER segment_comes AFTER UPDATE ON segment
    WHEN old.source <> new.source OR old.text <> new.text BEGIN
        INSERT INTO segment_index (rowid, text) VALUES (new.row, spaced(new.source || char(10) || new.text));
    END;
    CREATE TRIGGER segment_removed BEFORE DELETE ON segment BEGIN
        INSERT INTO segment_index (segment_index, rowid, text)
        VALUES ('delete', old.row, spaced(old.source || char(10) || old.text));
    END;

    CREATE TABLE glossary (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        terms TEXT NOT NULL
    ) STRICT;

    CREATE TABLE pair (
        number INTEGER PRIMARY KEY,
        key BLOB NOT NULL UNIQUE,
        languages TEXT NOT NULL,
        source_language TEXT NOT NULL,
        target_language TEXT NOT NULL,
        confirmed INTEGER NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL
    ) STRICT;

    CREATE VIEW pair_text AS
        SELECT number, spaced(source) AS source, spaced(target) AS target, languages FROM pair;
    CREATE VIRTUAL TABLE pair_index USING fts5 (
        source, target, languages,
        content = 'pair_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER pair_added AFTER INSERT ON pair BEGIN
        INSERT INTO pair_index (rowid, source, target, languages)
        VALUES (new.number, spaced(new.source), spaced(new.target), new.languages);
    END;
    CREATE TRIGGER pair_removed BEFORE DELETE ON pair BEGIN
        INSERT INTO pair_index (pair_index, rowid, source, target, languages)
        VALUES ('delete', old.number, spaced(old.source), spaced(old.target), old.languages);
    END;

    CREATE TABLE queued_translation (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        wishes TEXT NOT NULL,
        state TEXT NOT NULL,
        done INTEGER NOT NULL,
        total INTEGER NOT NULL,
        target TEXT NOT NULL,
        error TEXT NOT NULL,
        translation TEXT NOT NULL,
        added INTEGER NOT NULL
    ) STRICT;
"""
