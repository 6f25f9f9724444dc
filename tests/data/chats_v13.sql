-- A database as version 13 left it. Never changed; each later version gets a file of its own.

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

CREATE TABLE document (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
ALTER TABLE message ADD COLUMN attachments TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN attachments TEXT NOT NULL DEFAULT '';
CREATE INDEX message_attachments ON message (attachments) WHERE attachments <> '';

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
    text, content = 'message_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2',
    prefix = '1'
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

CREATE TABLE picture (
    id TEXT PRIMARY KEY,
    data BLOB NOT NULL,
    preview BLOB NOT NULL
) STRICT;

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

CREATE TABLE recognised_page (
    file TEXT NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (file, number)
) STRICT, WITHOUT ROWID;

ALTER TABLE summary ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE queued_file ADD COLUMN language TEXT NOT NULL DEFAULT '';

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
ALTER TABLE translation ADD COLUMN names TEXT NOT NULL DEFAULT '[]';
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

CREATE TABLE deleted_message (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    head TEXT,
    messages TEXT NOT NULL,
    deleted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deleted_message_conversation ON deleted_message (conversation);
INSERT INTO conversation (id, title, system, model, preset, thinking, created, updated)
VALUES ('chat', 'Weather in Zürich', 'Be brief.', '/models/a.gguf', 'precise', 1, 1767225600000000, 1767225603000000);
INSERT INTO message (id, conversation, parent, role, state, model, error, created, thinking, text)
VALUES ('question', 'chat', NULL, 'user', 'complete', '', '', 1767225601000000, '', '今日は天気がいいですね');
INSERT INTO message (id, conversation, parent, role, state, model, error, view_start, facts, created, thinking, text)
VALUES ('answer', 'chat', 'question', 'assistant', 'complete', 'Starter', '', 'question',
    '{"reason": "end", "prompt_tokens": 9, "reused_tokens": 0, "answer_tokens": 3, "first_token_seconds": 0.5, "seconds": 1.0, "device": "CPU"}',
    1767225602000000, 'hm', 'Yes, it is.');
UPDATE conversation SET head = 'answer';
INSERT INTO document (id, text, parts)
VALUES ('plan', 'Buy milk.', '{"units": [["page", 1, "iv", 0, 9]], "notes": [["no_text_on", 2]]}');
UPDATE message SET attachments = '[{"document": "plan", "name": "plan.md", "words": 2}, {"document": "sun", "name": "Sonne.png", "size": [640, 480]}]'
WHERE id = 'question';
INSERT INTO draft (conversation, text) VALUES ('chat', 'half a thought');
INSERT INTO download (id, place, repository, revision, files, folder, state, problem, arrived)
VALUES ('fetch', 1, 'owner/model', 'abc', '[{"path": "größe.gguf", "bytes": 5, "sha256": ""}]', '"/models/owner/model"',
    'paused', '', 3);
INSERT INTO model (path, title, favourite, times_used, last_used, speed, bytes, header, checksums, own)
VALUES ('"/models/gr\u00f6\u00dfe.gguf"', 'Größe', 1, 3, 1767225603000000, 12.5, 70,
    '{"name": "g", "architecture": "llama", "quantisation": "Q8_0", "parameters": 7, "layers": 2, "context_tokens": 512, "licence": "", "has_template": true}',
    '[["größe.gguf", "ab"]]', '{"temperature": 0.5, "threads": 4}');
INSERT INTO summary (id, document, name, path, wishes, model, state, text, points, sentences, error, created, language)
VALUES ('summary', 'plan', 'plan.md', '"/home/gr\u00f6\u00dfe/plan.md"',
    '{"length": "short", "form": "table", "language": "de", "audience": "", "instruction": "", "focus": "", "drops_unverified": true}',
    'Starter', 'stopped', 'Milch kaufen.', '[["Milch kaufen.", "Buy milk.", [0, 9]], ["?", "", null]]',
    '[[0, 13, [[0, 9]], [[0, 5]]]]', '', 1767225604000000, 'en');
INSERT INTO finished (key, answer, bytes, used) VALUES ('key', 'answer', 6, 1767225604000000);
INSERT INTO picture (id, data, preview) VALUES ('sun', x'89504e470d0a', x'ffd8ff');
INSERT INTO queued_file (id, path, wishes, state, problem, summary, line, points, pages, created, language)
VALUES ('queued', '"/home/gr\u00f6\u00dfe/plan.md"', '{"length": "short", "form": "table", "language": "de"}', 'done', '',
    'summary', 'Milch kaufen.', 2, 1, 1767225605000000, 'en');
INSERT INTO recognised_page (file, number, text, lines)
VALUES ('scan', 2, 'Milch kaufen.', '[["Milch kaufen.", 0.1, 0.1, 0.5, 0.02]]');
INSERT INTO translation (id, wishes, model, language, state, name, path, error, created, segments, done, gaps, names)
VALUES ('translation', '{"target": "pt-BR", "source": "", "tone": "formal", "domain": "", "instruction": "", "glossary": "words"}',
    'Starter', 'en', 'running', 'plan.md', '"/home/gr\u00f6\u00dfe/plan.md"', '', 1767225606000000, 2, 1, '["", "\n\n", "\n"]',
    '[["Zürich", "Zurique"]]');
INSERT INTO segment (translation, number, source, text, state, origin, findings, error)
VALUES ('translation', 0, 'Buy 2 pints of milk.', 'Compre leite.', 'confirmed', 'user', '[["number", 0, 0, "2"]]', ''),
    ('translation', 1, '今日は天気がいいですね', '', 'waiting', 'model', '', '');
INSERT INTO glossary (id, name, source, target, terms)
VALUES ('words', 'Küche', 'en', 'pt-BR', '[["milk", "leite", ""], ["whey", "soro", "never serum"]]');
INSERT INTO pair (key, languages, source_language, target_language, confirmed, source, target)
VALUES (x'94a18295d9fe54d1742526e30fdb948c', 'le11dc5d38dc652ec', 'en-GB', 'pt-BR', 1767225607000000, 'Buy milk.', 'Compre leite.');
INSERT INTO queued_translation (id, path, name, wishes, state, done, total, target, error, translation, added)
VALUES ('wanted', '"/home/gr\u00f6\u00dfe/plan.md"', 'plan.md', '{"target": "pt-BR", "tone": "neutral"}', 'paused', 1, 2, '""', '',
    'translation', 1767225608000000);
INSERT INTO folder (id, parent, name, system, model, documents, created)
VALUES ('work', NULL, 'Büro', 'Write letters.', '/models/b.gguf', '[{"document": "plan", "name": "plan.md", "words": 2}]', 1767225609000000),
    ('mail', 'work', 'Post', '', '', '', 1767225609000001);
UPDATE conversation SET folder = 'mail', pinned = 1, tags = '["Wetter", "天気"]', note = 'Talk of the weather.',
    noted_until = 'question', sampling = '{"temperature": 0.1}', origin = 'gone';
UPDATE message SET sources = '[{"document": "plan", "name": "plan.md", "start": 0, "end": 9, "label": "page iv"}]', pinned = 1,
    style = 'precise', edited = 1
WHERE id = 'answer';
INSERT INTO waiting (conversation, text, attachments)
VALUES ('chat', 'And tomorrow?', '[{"document": "plan", "name": "plan.md", "words": 2}]');
INSERT INTO template (id, kind, folder, builtin, source, used, created, updated)
VALUES ('letter', 'template', 'Büro', '', 'name = "Brief"', 2, 1767225610000000, 1767225611000000);
INSERT INTO template_version (template, source, written) VALUES ('letter', 'name = "Letter"', 1767225610000000);
INSERT INTO passage (document, start, ending, label, text) VALUES ('plan', 0, 9, 'page iv', 'Buy milk.');
INSERT INTO deleted_message (id, conversation, head, messages, deleted)
VALUES ('thanks', 'chat', 'thanks', '[{"number": 3, "id": "thanks", "conversation": "chat", "parent": "answer", "role": "user", "state": "complete", "model": "", "error": "", "view_start": null, "facts": null, "created": 1767225611000000, "thinking": "", "text": "Thanks", "attachments": "", "pinned": 0, "sources": "", "style": "", "edited": 0}]', 4000000000000000);
PRAGMA user_version = 13;
