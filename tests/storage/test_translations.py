"""Translations, glossaries and the list of documents in a real database."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatdesk.domain.glossaries import Glossary, Term
from chatdesk.domain.translation_queue import QueuedTranslation
from chatdesk.domain.translations import (
    Finding,
    FindingKind,
    Origin,
    Segment,
    SegmentState,
    Tone,
    Translation,
    TranslationId,
    TranslationState,
    TranslationWishes,
)
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.memory import MemoryStore
from chatdesk.storage.translation_queue import TranslationQueueStore
from chatdesk.storage.translations import TranslationStore
from tests.storage.children import ROOT
from tests.storage.test_database import build

WISHES = TranslationWishes("pt-BR", "en", Tone.formal, "law", "Be kind.", "glossary")
SEGMENTS = (
    Segment(0, "Good morning.", "Bom dia.", SegmentState.confirmed, Origin.user),
    Segment(
        1, "It is 5 o'clock.", "", SegmentState.failed, findings=(Finding(FindingKind.empty),), error="no"
    ),
    Segment(2, "Kühe in Zürich", "Vacas", SegmentState.done, Origin.memory),
)
GAPS = ("", "\n\n", "\n", " \n")


@pytest.fixture
def translations(database):
    return TranslationStore(database)


def made(translations, *texts, **how):
    segments = tuple(Segment(number, *pair) for number, pair in enumerate(texts))
    translation = Translation(TranslationWishes("de"), "Starter", segments, ("",) * (len(texts) + 1), **how)
    translations.save(translation)
    return translation


def ids(found):
    return [one.translation for one in found]


def test_a_translation_comes_back_as_it_was(translations):
    how = {"language": "en", "state": TranslationState.paused, "name": "a.docx", "path": "/ä/\udcff.docx"}
    kept = Translation(WISHES, "Starter", SEGMENTS, GAPS, error="half", **how)
    translations.save(kept)
    assert translations.translation(kept.id) == kept
    assert translations.translation(kept.id).source.startswith("Good morning.\n\nIt is")
    assert translations.translation(TranslationId("nothing")) is None


def test_a_translation_that_changed_is_replaced(translations):
    kept = Translation(WISHES, "Starter", SEGMENTS, GAPS)
    translations.save(kept)
    findings = (Finding(FindingKind.term, 2, 5, "vaca \udcff"), Finding(FindingKind.length))
    shorter = (SEGMENTS[0], replace(SEGMENTS[2], number=1, findings=findings))
    again = replace(kept, segments=shorter, gaps=GAPS[1:], wishes=TranslationWishes("de"), model="Other")
    translations.save(again)
    wanted = replace(findings[0], wanted="vaca \ufffd")
    mended = replace(shorter[1], findings=(wanted, findings[1]))
    assert translations.translation(kept.id) == replace(again, segments=(shorter[0], mended))
    assert translations.search("o'clock") == []


def test_one_segment_is_saved_by_itself(translations):
    kept = Translation(WISHES, "Starter", SEGMENTS, GAPS)
    translations.save(kept)
    done = replace(SEGMENTS[1], translation="São 5 horas.", state=SegmentState.done, findings=(), error="")
    translations.save_segments(kept.id, [done])
    assert translations.translation(kept.id) == replace(kept, segments=(SEGMENTS[0], done, SEGMENTS[2]))
    assert [entry.done for entry in translations.translations()] == [3]
    assert ids(translations.search("horas")) == [kept.id]


def test_segments_that_are_not_there_any_more_are_passed_over(translations):
    kept = made(translations, ("one", ""))
    translations.save_segments(kept.id, [Segment(1, "two", "zwei")])
    assert translations.translation(kept.id) == kept
    translations.delete([kept.id])
    translations.save_segments(kept.id, [Segment(0, "one", "eins")])
    assert translations.translations() == []
    assert translations.search("eins") == []


def test_nothing_is_written_for_a_segment_that_has_not_changed(translations, database):
    kept = Translation(WISHES, "Starter", SEGMENTS, GAPS)
    translations.save(kept)
    with database.writing() as sql:
        before = sql.execute("SELECT total_changes()").fetchone()[0]
        translations.save(replace(kept, state=TranslationState.done))
        changes = sql.execute("SELECT total_changes()").fetchone()[0] - before
    assert changes == 2  # the translation, and how many of its segments are done


def test_the_list_has_the_newest_first_and_tells_how_each_begins(translations):
    old = made(translations, ("a" * 300, "b" * 300), ("", ""), created=datetime(2026, 1, 1, tzinfo=UTC))
    new = made(translations, name="empty.txt")
    first, second = translations.translations()
    assert (first.id, first.name, first.source_start, first.segments) == (new.id, "empty.txt", "", 0)
    assert (second.id, second.wishes, second.model) == (old.id, old.wishes, "Starter")
    assert (second.source_start, second.start) == ("a" * 200, "b" * 200)
    assert (second.segments, second.done, second.created) == (2, 0, old.created)


def test_a_deleted_translation_can_be_saved_again(translations):
    kept, other = made(translations, ("milk", "Milch")), made(translations, ("milk", "leite"))
    translations.delete([kept.id])
    assert ids(translations.search("milk")) == [other.id]
    translations.save(kept)
    assert set(ids(translations.search("milk"))) == {kept.id, other.id}
    translations.delete([kept.id, other.id, kept.id])
    assert translations.translations() == []


def test_what_a_dead_process_left_running_is_stopped(translations):
    running = made(translations, ("one", "eins"), state=TranslationState.running)
    paused = made(translations, state=TranslationState.paused)
    assert translations.repair() == 1
    assert translations.translation(running.id) == replace(running, state=TranslationState.stopped)
    assert translations.translation(paused.id) == paused
    assert translations.repair() == 0


def test_words_are_found_in_both_languages_and_in_different_paragraphs(translations):
    kept = made(translations, ("The cows are here.", "Die Kühe sind hier."), ("In summer", "Im Sommer"))
    assert ids(translations.search("kuhe summ")) == [kept.id]
    assert ids(translations.search("cows SOMMER")) == [kept.id]
    assert translations.search("kuh sommer") == []
    assert translations.search("...") == translations.search("") == []
    (hit,) = translations.search("sommer")
    assert hit.snippet == "In summer Im Sommer"
    assert [hit.snippet[slice(*mark)] for mark in hit.marks] == ["Sommer"]
    assert hit.when == kept.created


@pytest.mark.parametrize(
    ("source", "words"),
    [("今日は天気がいいですね", "天気"), ("วันนี้อากาศดีมาก", "อากาศ"), ("오늘은 날씨가 좋네요", "날씨")],
)
def test_words_are_found_without_spaces_between_them(translations, source, words):
    there = made(translations, (source, ""))
    made(translations, ("", "Anderes"))
    back = made(translations, ("weather", source))
    hits = translations.search(words)
    assert ids(hits) == [back.id, there.id]
    assert all(hit.snippet[slice(*hit.marks[0])] == words for hit in hits)


def test_the_newest_hits_come_first_and_only_so_many(translations):
    made_ones = [made(translations, ("milk", str(number))) for number in range(5)]
    assert ids(translations.search("milk", 2)) == [made_ones[4].id, made_ones[3].id]


def test_glossaries_are_kept_by_name(database):
    glossaries = GlossaryStore(database)
    terms = (Term("board", "Vorstand", "never Brett"), Term("ChatDesk", "ChatDesk"), Term("a \udcff", ""))
    law = Glossary("recht", "en", "de-CH", terms)
    house = Glossary("Haus", "en", "de")
    glossaries.save(law)
    glossaries.save(house)
    mended = replace(law, terms=(*terms[:2], Term("a \ufffd", "")))
    assert glossaries.glossaries() == [house, mended]
    assert glossaries.glossary(law.id) == mended
    glossaries.save(replace(law, name="Amt", terms=terms[:1]))
    assert [each.name for each in glossaries.glossaries()] == ["Amt", "Haus"]
    glossaries.delete(law.id)
    assert glossaries.glossary(law.id) is None


def test_the_list_of_documents_keeps_its_order_and_what_has_come_of_each(database):
    queue = TranslationQueueStore(database)
    first, second = (QueuedTranslation(f"/\udcff/{name}", name, WISHES) for name in ("a.docx", "b.srt"))
    queue.add([first, second])
    done = replace(first, state=TranslationState.done, done=3, total=3, target="/\udcff/a.de.docx")
    done = replace(done, translation=TranslationId("there"), wishes=TranslationWishes("fr"), error="")
    queue.update(done)
    assert queue.files() == [done, second]
    queue.remove([second.id])
    queue.update(replace(second, error="late"))
    assert queue.files() == [done]


def test_what_the_newest_released_version_kept_is_read(path, backups):
    newest = max((ROOT / "tests" / "data").glob("chats_v*.sql"), key=lambda file: int(file.stem[7:]))
    build(path, newest.read_text(encoding="utf-8"))
    database = Database(path, backups)
    translations = TranslationStore(database)
    assert translations.repair() == 1
    kept = translations.translation(TranslationId("translation"))
    assert (kept.wishes.tone, kept.wishes.glossary) == (Tone.formal, "words")
    assert (kept.path, kept.text) == ("/home/größe/plan.md", "Compre leite.\n\n\n")
    assert kept.segments[0].findings == (Finding(FindingKind.number, wanted="2"),)
    assert ids(translations.search("天気 leite")) == [kept.id]
    (glossary,) = GlossaryStore(database).glossaries()
    assert glossary.terms == (Term("milk", "leite"), Term("whey", "soro", "never serum"))
    memory = MemoryStore(database, lambda one, other: 1.0)
    assert memory.exact(["Buy  milk."], "en", "pt-BR")["Buy  milk."].target == "Compre leite."
    assert [match.pair.source_language for match in memory.matches("Buy milk", "en", "pt-BR")] == ["en-GB"]
    assert len(memory.pairs("leite")) == 1
    (file,) = TranslationQueueStore(database).files()
    assert (file.state, file.translation, file.total) == (TranslationState.paused, kept.id, 2)
    database.close()
