"""A later version of a document: cut where the earlier one was, so that only what changed is asked again."""

import random
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.summaries import Form, JoiningStarted, PartDone, SummaryState, SummaryWishes
from chatdesk.flows.summarize import SummarizeFlow
from chatdesk.storage.database import Database
from chatdesk.storage.summaries import SummaryStore
from tests.flows.test_summarize import ReadingEngine, kinds, long_document, run, small

OPTIONS = small(2048)


@pytest.fixture
def engine():
    return ReadingEngine()


@pytest.fixture
def summaries(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield SummaryStore(database)
    database.close()


@pytest.fixture
def flow(engine, summaries):
    return SummarizeFlow(engine, summaries)


def changed(document, chance, paragraphs):
    """Return the document with so many paragraphs in one place written anew."""
    texts = document.text.split("\n\n")
    place = chance.randrange(len(texts) - paragraphs)
    for at in range(place, place + paragraphs):
        texts[at] = texts[at].replace("Sentence", f"Verse {chance.randrange(1000)}")
    return replace(document, text="\n\n".join(texts))


def asked_anew(engine, flow, document, options=OPTIONS, **how):
    before = len(engine.asked_for_points)
    events = run(flow, document, options=options, **how)
    assert events[-1].summary.state is SummaryState.done
    return len(engine.asked_for_points) - before, len(kinds(events, PartDone))


def test_a_twentieth_changed_asks_for_two_parts_of_many_version_after_version(engine, flow):
    chance = random.Random(1)
    document = long_document(20)
    _, parts = asked_anew(engine, flow, document, small(4096))
    asked = []
    for _ in range(8):
        document = changed(document, chance, 8)
        anew, now = asked_anew(engine, flow, document, small(4096))
        asked.append(anew)
        assert now <= 1.1 * parts
    assert parts > 15
    assert median(asked) == 2
    assert max(asked) <= 3


def test_the_plan_of_a_later_version_counts_what_is_not_asked_again(engine, flow):
    document = long_document(12)
    run(flow, document, options=OPTIONS)
    later = changed(document, random.Random(2), 3)
    (plan,) = flow.plan(later, SummaryWishes(), OPTIONS, CancelToken())
    assert (plan.parts - plan.stored_parts, plan.parts) == asked_anew(engine, flow, later)
    assert plan.stored_parts >= plan.parts - 2


def test_going_on_with_a_later_version_finds_the_parts_that_were_done(engine, flow, summaries):
    document = long_document(12)
    run(flow, document, options=OPTIONS)
    later = changed(document, random.Random(3), 24)
    cancel = CancelToken()
    summary = flow.begin(later, SummaryWishes(), OPTIONS)
    stopped = []
    for event in flow.summarize(summary, OPTIONS, cancel):
        stopped += [event.chunk] if isinstance(event, PartDone) else []
        if stopped and isinstance(event, PartDone) and not event.was_stored:
            cancel.cancel()
    done = kinds(list(flow.summarize(summary, OPTIONS, CancelToken())), PartDone)
    assert len(done) > len(stopped) > 0
    assert not {event.chunk for event in done if not event.was_stored} & set(stopped)


def test_another_model_and_other_borders_are_cut_by_themselves(engine, flow):
    text = long_document(12).text.split("\n\n")
    document = replace(
        long_document(12), text="\n\n".join(f"# Part {at}\n\n{each}" for at, each in enumerate(text))
    )
    by_chapters = asked_anew(engine, flow, document, wishes=SummaryWishes(form=Form.chapters))
    assert by_chapters == (96, 96)
    asked, parts = asked_anew(engine, flow, document)
    assert asked == parts < 24
    other = replace(OPTIONS, load=ModelLoad(LocalModel(Path("/models/b.gguf"))))
    events = run(flow, document, options=other)
    assert not any(event.was_stored for event in kinds(events, PartDone))


def test_one_changed_part_joins_its_own_group_again_and_those_above_it(engine, flow):
    document = long_document(40)
    levels = kinds(run(flow, document, options=OPTIONS), JoiningStarted)
    before = len(engine.requests)
    run(flow, changed(document, random.Random(4), 1), options=OPTIONS)
    joined = [request for request in engine.requests[before:] if request.schema is None]
    assert len(levels) == 2
    assert levels[0].groups > 3
    assert len(joined) <= 2
