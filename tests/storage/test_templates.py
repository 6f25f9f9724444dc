"""Templates in the store: their texts, versions, and the way back from a deletion."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.domain.templates import TemplateId, TemplateRecord, WordingKind
from chatdesk.storage.database import Database
from chatdesk.storage.templates import VERSIONS_KEPT, TemplateStore

FIRST = TemplateRecord(WordingKind.template, 'title = "Ünï 名前 𝄞"', "Mail/Work")
SECOND = TemplateRecord(WordingKind.persona, 'kind = "persona"')


@pytest.fixture
def templates(database):
    return TemplateStore(database)


def sources(templates, record):
    return [each.source for each in templates.versions(record.id)]


def test_what_is_saved_is_there_in_the_order_in_which_it_came(templates):
    templates.save([SECOND, FIRST])
    assert templates.records() == [SECOND, FIRST]
    assert templates.record(FIRST.id) == FIRST
    assert templates.record(TemplateId("other")) is None


def test_it_outlives_the_program(templates, database, path):
    templates.save([FIRST])
    templates.save([replace(FIRST, source="b")])
    database.close()
    again = Database(path)
    assert TemplateStore(again).record(FIRST.id).source == "b"
    assert sources(TemplateStore(again), FIRST) == [FIRST.source]
    again.close()


def test_each_save_keeps_the_text_from_before(templates):
    later = FIRST.updated + timedelta(hours=1)
    templates.save([FIRST])
    templates.save([replace(FIRST, source="b", updated=later)])
    templates.save([replace(FIRST, source="c", updated=later)])
    assert sources(templates, FIRST) == ["b", FIRST.source]
    assert templates.versions(FIRST.id)[1].written == later
    assert templates.record(FIRST.id).source == "c"


def test_saving_the_same_text_again_makes_no_version(templates):
    templates.save([FIRST])
    templates.save([replace(FIRST, folder="Other")])
    assert sources(templates, FIRST) == []
    assert templates.record(FIRST.id).folder == "Other"


def test_the_oldest_versions_make_room(templates):
    for number in range(VERSIONS_KEPT + 5):
        templates.save([replace(FIRST, source=str(number))])
    kept = sources(templates, FIRST)
    assert len(kept) == VERSIONS_KEPT
    assert kept[0] == str(VERSIONS_KEPT + 3)


def test_several_are_saved_all_or_none(templates):
    broken = replace(SECOND, used=None)
    with pytest.raises(Exception, match="NOT NULL"):
        templates.save([FIRST, broken])
    assert templates.records() == []


def test_uses_are_counted_whatever_is_saved_meanwhile(templates):
    templates.note_use(FIRST)
    templates.note_use(FIRST)
    templates.save([replace(FIRST, source="b", used=0)])
    assert templates.record(FIRST.id).used == 2


def test_a_move_is_no_change_of_the_text(templates):
    templates.save([FIRST])
    templates.move([replace(FIRST, folder="Else", source="ignored"), replace(SECOND, folder="New")])
    assert templates.record(FIRST.id) == replace(FIRST, folder="Else")
    assert templates.record(SECOND.id).folder == "New"


def test_a_deleted_one_comes_back_with_its_versions(templates):
    templates.save([FIRST, SECOND])
    templates.save([replace(FIRST, source="b")])
    templates.delete([FIRST])
    assert templates.record(FIRST.id).deleted is not None
    assert templates.record(SECOND.id).deleted is None
    templates.restore([FIRST.id])
    assert templates.record(FIRST.id).deleted is None
    assert sources(templates, FIRST) == [FIRST.source]


def test_saving_a_deleted_one_brings_it_back(templates):
    templates.save([FIRST])
    templates.delete([FIRST])
    templates.save([FIRST])
    assert templates.record(FIRST.id).deleted is None


def test_a_built_in_one_can_be_hidden_before_it_was_ever_kept(templates):
    shipped = TemplateRecord(WordingKind.template, "", "Mail", "reply")
    templates.delete([shipped])
    assert templates.record(shipped.id).deleted is not None


def test_purging_removes_the_users_own_and_leaves_hidden_built_in_ones(templates):
    shipped = TemplateRecord(WordingKind.template, "", "Mail", "reply")
    templates.save([FIRST, SECOND, shipped])
    templates.save([replace(FIRST, source="b")])
    templates.delete([FIRST, shipped])
    assert templates.purge(datetime.now(UTC) - timedelta(days=1)) == 0
    assert templates.purge(datetime.now(UTC) + timedelta(days=1)) == 1
    assert [each.id for each in templates.records()] == [SECOND.id, shipped.id]
    assert templates.versions(FIRST.id) == []


def test_letters_that_no_file_can_hold_are_replaced(templates):
    templates.save([replace(FIRST, folder="a\ud800b")])
    assert templates.record(FIRST.id).folder == "a\ufffdb"
