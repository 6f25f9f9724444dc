"""Passages are kept with their documents and found by the words of a question."""

import time

import pytest

from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.domain.passages import Passage
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.passages import PassageStore
from tests.storage.children import ROOT
from tests.storage.test_database import build, spaced_before_14

TEXT = "The harbour opens in May.\n\nThe tower has ninety steps.\n\n港口在五月开放。"


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def store(database):
    return PassageStore(lambda _: database)


@pytest.fixture
def document(database, store):
    ident = ChatStore(database).keep(Document("a.txt", TEXT, (Unit(UnitKind.page, 1, "", 0, 60),))).document
    made = []
    for number, part in enumerate(TEXT.split("\n\n"), 1):
        start = TEXT.index(part)
        made.append(Passage(start, start + len(part), f"page {number}"))
    store.keep(ident, made)
    return ident


def found(store, document, words):
    return [each.label for each, _ in store.find(document, words, 9)]


def test_a_passage_is_found_by_some_of_the_words_and_by_their_other_forms(store, document):
    assert found(store, document, "harbours opening") == ["page 1"]
    assert found(store, document, "step tower harbour")[0] == "page 2"
    assert found(store, document, "nothing of it") == []
    assert found(store, document, "") == []
    assert found(store, document, '" OR * (') == []


def test_a_text_without_spaces_is_found_by_a_part_of_it(store, document):
    assert found(store, document, "港口何时开放") == ["page 3"]


@pytest.mark.parametrize(
    ("text", "words"), [("ท่าเรือเปิดเดือนพฤษภาคม", "เปิดเมื่อไร"), ("みなとはいつ", "いつ"), ("ก", "ก")]
)
def test_a_text_of_letters_without_spaces_is_found_by_two_of_them(store, database, text, words):
    ident = ChatStore(database).keep(Document("b.txt", text)).document
    store.keep(ident, [Passage(0, len(text), "page 1")])
    assert found(store, ident, words) == ["page 1"]
    assert found(store, ident, "ฮฮ ゑゑ") == []


def test_passages_of_an_earlier_version_are_found(tmp_path):
    path = tmp_path / "old" / "chats.sqlite"
    text = "ท่าเรือเปิด"
    script = (ROOT / "tests" / "data" / "chats_v13.sql").read_text(encoding="utf-8")
    before = spaced_before_14(text)
    build(path, f"{script}INSERT INTO passage VALUES (9, 'plan', 0, 5, 'page 2', '{before}');")
    database = Database(path)
    assert found(PassageStore(lambda _: database), "plan", "เปิด") == ["page 2"]
    assert found(PassageStore(lambda _: database), "plan", "milk") == ["page iv"]
    database.close()


def test_other_documents_are_not_found(store, document, database):
    other = ChatStore(database).keep(Document("b.txt", "The harbour is closed.")).document
    store.keep(other, [Passage(0, 22)])
    assert found(store, document, "harbour") == ["page 1"]
    assert found(store, other, "harbour") == [""]


def test_passages_are_stored_once_and_come_in_order(store, document):
    store.keep(document, [Passage(0, 3)])
    assert [each.label for each in store.passages(document)] == ["page 1", "page 2", "page 3"]


def test_a_document_comes_with_its_parts(store, document):
    assert store.whole(document, "x.txt").units[0].kind is UnitKind.page
    assert store.whole("nowhere", "x") is None


def test_passages_go_with_their_document(store, document, database):
    with database.writing() as sql:
        sql.execute("DELETE FROM document")
    assert store.passages(document) == []
    assert found(store, document, "harbour") == []


def test_a_document_of_two_megabytes_is_kept_and_removed_in_seconds(store, database):
    text = "The harbour opens in May. " * 80_000
    ident = ChatStore(database).keep(Document("long.txt", text)).document
    started = time.monotonic()
    store.keep(ident, [Passage(start, start + 1500) for start in range(0, len(text) - 1500, 1500)])
    assert len(store.find(ident, "harbour", 60)) == 60
    with database.writing() as sql:
        sql.execute("DELETE FROM document WHERE id = ?", (ident,))
    assert time.monotonic() - started < 8
