"""Summaries, their documents and finished answers in a real database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.domain.chat import Conversation, Draft
from chatdesk.domain.documents import Document, NoteKind, ReadingNote, Unit, UnitKind
from chatdesk.domain.summaries import (
    Form,
    Length,
    Passage,
    Point,
    Sentence,
    Summary,
    SummaryState,
    SummaryWishes,
)
from chatdesk.storage.database import Database
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.summary_queue import SummaryQueueStore
from tests.storage.children import ROOT
from tests.storage.test_database import build

DOCUMENT = Document(
    "plan.pdf",
    "Buy milk.\fThen rest.",
    (Unit(UnitKind.page, 1, "iv", 0, 10), Unit(UnitKind.page, 2, "", 10, 20)),
    (ReadingNote(NoteKind.no_text_on, 2),),
)
WISHES = SummaryWishes(Length.short, Form.table, "de", "children", "Be kind.", "milk", True)


@pytest.fixture
def summaries(database):
    return SummaryStore(database)


def made(summaries, text="Milk is bought.", document=DOCUMENT, **how):
    summary = Summary(summaries.keep(document), document.name, WISHES, "Starter", text=text, **how)
    summaries.save(summary)
    return summary


def test_a_summary_comes_back_as_it_was(summaries):
    points = (Point("Milk is bought.", "Buy milk.", Passage(0, 9)), Point("Cows \udcff sing.", "?"))
    sentences = (Sentence(0, 15, (Passage(0, 9), Passage(10, 20)), (Passage(0, 4),)), Sentence(15, 16))
    how = {"path": "/größe/\udcff.pdf", "error": "no", "language": "de"}
    kept = made(summaries, points=points[:1], sentences=sentences, **how)
    assert summaries.summary(kept.id) == kept
    again = replace(kept, state=SummaryState.done, text="", points=points, wishes=SummaryWishes())
    summaries.save(replace(again, language="fr"))
    assert summaries.summary(kept.id).language == "fr"
    assert summaries.summary(kept.id).points[1].text == "Cows \ufffd sing."
    assert [summary.state for summary in summaries.summaries()] == [SummaryState.done]


def test_a_document_keeps_its_units_and_takes_the_name_that_it_is_asked_by(summaries):
    ident = summaries.keep(DOCUMENT)
    assert summaries.keep(replace(DOCUMENT, name="copy.pdf")) == ident
    assert summaries.document(ident, "copy.pdf") == replace(DOCUMENT, name="copy.pdf")
    assert summaries.document("nothing", "") is None


def test_a_text_that_was_attached_to_a_chat_gets_its_units_when_it_is_summarised(summaries, store):
    attachment = store.keep(replace(DOCUMENT, units=(), notes=()))
    summaries.keep(DOCUMENT)
    assert summaries.document(attachment.document, "plan.pdf") == DOCUMENT
    store.keep(replace(DOCUMENT, units=(), notes=()))
    assert summaries.document(attachment.document, "plan.pdf") == DOCUMENT
    assert store.document(attachment.document) == DOCUMENT.text


def test_a_document_stays_while_a_summary_or_a_chat_needs_it(summaries, store):
    kept = made(summaries)
    store.purge(datetime.now(UTC))
    assert summaries.document(kept.document, kept.name) is not None
    chat = Conversation()
    store.save(chat)
    store.save_draft(chat.id, Draft("", (store.keep(DOCUMENT),)))
    summaries.delete(kept.id)
    store.purge(datetime.now(UTC))
    assert summaries.document(kept.document, kept.name) is not None
    store.save_draft(chat.id, Draft())
    store.purge(datetime.now(UTC))
    assert summaries.document(kept.document, kept.name) is None


def test_a_deleted_summary_can_be_saved_again(summaries):
    kept = made(summaries)
    summaries.delete(kept.id)
    assert summaries.summaries() == []
    assert summaries.search("milk") == []
    summaries.save(kept)
    assert [hit.summary for hit in summaries.search("milk")] == [kept.id]


def test_the_newest_summary_comes_first(summaries):
    first, second = made(summaries), made(summaries)
    assert [summary.id for summary in summaries.summaries()] == [second.id, first.id]


def test_a_summary_that_a_dead_process_left_running_is_stopped_and_keeps_its_text(summaries):
    running = made(summaries, "half", state=SummaryState.running)
    paused = made(summaries, state=SummaryState.paused)
    assert summaries.search("half") == []
    assert summaries.repair() == 1
    assert summaries.summary(running.id) == replace(running, state=SummaryState.stopped)
    assert summaries.summary(paused.id).state is SummaryState.paused
    assert [hit.summary for hit in summaries.search("half")] == [running.id]


def test_words_are_found_in_names_and_texts_also_without_spaces_between_them(summaries):
    german = made(summaries, "Über Kühe in Zürich", replace(DOCUMENT, name="bericht.docx"))
    japanese = made(summaries, "今日は天気がいいですね")
    assert [hit.summary for hit in summaries.search("kuh zurich")] == []
    assert [hit.summary for hit in summaries.search("zurich kuhe")] == [german.id]
    (hit,) = summaries.search("天気")
    assert (hit.summary, hit.name) == (japanese.id, "plan.pdf")
    assert hit.snippet[slice(*hit.marks[0])] == "天気"
    assert [hit.summary for hit in summaries.search("bericht")] == [german.id]
    assert summaries.search("...") == []


def test_the_earlier_summary_is_of_another_text_with_the_same_name(summaries):
    days = (datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 9))
    done = {"state": SummaryState.done}
    other = replace(DOCUMENT, text="Buy bread.")
    older = made(summaries, document=other, created=next(days), **done)
    same_file = made(summaries, document=other, path="/a/plan.pdf", created=next(days), **done)
    newest = made(summaries, document=other, created=next(days), **done)
    made(summaries, document=other, created=next(days))
    made(summaries, document=replace(other, name="note.txt"), created=next(days), **done)
    made(summaries, created=next(days), **done)
    now = made(summaries, created=next(days), **done)
    made(summaries, document=other, created=next(days), **done)
    assert summaries.earlier(now) == newest
    assert summaries.earlier(replace(now, path="/a/plan.pdf")) == same_file
    assert summaries.earlier(older) is None


def test_finished_answers_are_found_by_their_keys_and_replaced(summaries):
    summaries.finish("a", "one")
    summaries.finish("b", "two \udcff")
    summaries.finish("a", "three")
    assert summaries.finished(["a", "b", "c", "a"]) == {"a": "three", "b": "two \ufffd"}
    assert summaries.finished([]) == {}


def test_the_answers_used_longest_ago_make_room(database):
    summaries = SummaryStore(database, largest=10)
    for key in "abc":
        summaries.finish(key, "four")
        assert summaries.finished("a")
    assert set(summaries.finished("abc")) == {"a", "c"}
    summaries.finish("large", "x" * 11)
    assert summaries.finished("abc") == {}


def test_answers_that_nobody_used_for_half_a_year_go(database):
    SummaryStore(database).finish("old", "answer")
    with database.writing() as sql:
        sql.execute(
            "UPDATE finished SET used = used - ?", (timedelta(days=181) // timedelta(microseconds=1),)
        )
    later = SummaryStore(database)
    later.finish("new", "answer")
    assert set(later.finished(["old", "new"])) == {"new"}


def test_summaries_of_the_newest_released_version_are_read(path, backups):
    newest = max((ROOT / "tests" / "data").glob("chats_v*.sql"), key=lambda file: int(file.stem[7:]))
    build(path, newest.read_text(encoding="utf-8"))
    database = Database(path, backups)
    summaries = SummaryStore(database)
    (summary,) = summaries.summaries()
    assert summary.wishes == SummaryWishes(Length.short, Form.table, "de", drops_unverified=True)
    assert (summary.path, summary.language) == ("/home/größe/plan.md", "en")
    assert summary.points == (Point("Milch kaufen.", "Buy milk.", Passage(0, 9)), Point("?", ""))
    assert summary.sentences == (Sentence(0, 13, (Passage(0, 9),), (Passage(0, 5),)),)
    assert summaries.document(summary.document, "plan.md").units == (Unit(UnitKind.page, 1, "iv", 0, 9),)
    assert summaries.finished(["key"]) == {"key": "answer"}
    assert [hit.summary for hit in summaries.search("milch")] == ["summary"]
    (file,) = SummaryQueueStore(database).files()
    assert (file.path, file.line, file.language) == ("/home/größe/plan.md", "Milch kaufen.", "en")
    database.close()
