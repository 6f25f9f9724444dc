"""A part that changed in one stretch: the model is asked about the stretch, and the other points stay."""

import json
import random
from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import PartDone, SummaryState, SummaryWishes
from chatdesk.flows.summarize import SummarizeFlow
from chatdesk.storage.database import Database
from chatdesk.storage.summaries import SummaryStore
from tests.flows.test_summarize import ReadingEngine, kinds, run, small

OPTIONS = small(2048)
PARAGRAPHS = 60  # of 100 words, in some ten parts


class PointsEngine(ReadingEngine):
    """Gives as many points as it is asked for: the last sentences of as many paragraphs all over the text."""

    def _answer_to(self, request):
        if request.schema is None or any(words in request.turns[-1].text for words in self.failing):
            return super()._answer_to(request)
        asked = request.turns[-1].text
        paragraphs = text_of(request).split("\n\n")
        wanted = next((count for count in (3, 5, 8) if f"the {count} most" in asked), 1)
        step = max(1, len(paragraphs) // wanted)
        found = [each.split(". ")[-1] for each in paragraphs[::step][:wanted]]
        return json.dumps({"points": [{"quote": each, "point": f"Point: {each}"} for each in found]})


@pytest.fixture
def engine():
    return PointsEngine()


@pytest.fixture
def summaries(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield SummaryStore(database)
    database.close()


@pytest.fixture
def flow(engine, summaries):
    return SummarizeFlow(engine, summaries)


def text_of(request):
    return request.turns[-1].text.split("<text>\n")[1].split("\n</text>")[0]


def paragraph(name):
    return " ".join(f"Sentence {at} of {name} tells what there is to be told of it." for at in range(8))


def book(*edits):
    """Return a long document in which new paragraphs, `edits` by place, stand in place of one each."""
    texts = [[paragraph(f"chapter {number}")] for number in range(PARAGRAPHS)]
    for place, new in edits:
        texts[place] = [paragraph(name) for name in new]
    return Document("book.txt", "\n\n".join(each for group in texts for each in group))


def summarised(flow, engine, document):
    """Return the summary, its parts, and what was asked for points meanwhile."""
    before = len(engine.asked_for_points)
    events = run(flow, document, options=OPTIONS)
    assert events[-1].summary.state is SummaryState.done
    return events[-1].summary, kinds(events, PartDone), engine.asked_for_points[before:]


def quotes(points):
    return [point.quote for point in points]


def middle_of(document, parts):
    """Return the number of a paragraph in the middle of a part in the middle."""
    chunk = parts[len(parts) // 2].chunk
    return document.text[: (chunk.start + chunk.end) // 2].count("\n\n")


def test_only_the_new_paragraph_is_asked_about_and_the_other_points_of_its_part_stay(flow, engine):
    first, parts, asked = summarised(flow, engine, book())
    assert len(asked) == len(parts) > 5
    place = middle_of(book(), parts)
    later, _, asked = summarised(flow, engine, book((place, ["a storm"])))
    (request,) = asked
    assert text_of(request) == paragraph("a storm")
    gone = [each for each in quotes(first.points) if f"chapter {place} " in each]
    new = [each for each in quotes(later.points) if "a storm" in each]
    assert len(new) == max(1, len(gone))
    assert [each for each in quotes(later.points) if each not in new] == [
        each for each in quotes(first.points) if each not in gone
    ]
    assert all(point.passage is not None for point in later.points)
    starts = [point.passage.start for point in later.points]
    assert starts == sorted(starts)
    assert all(quote in engine.requests[-1].turns[-1].text for quote in quotes(later.points))


def test_a_third_version_builds_on_the_second_and_the_same_again_asks_nothing(flow, engine):
    _, parts, _ = summarised(flow, engine, book())
    place = middle_of(book(), parts)
    second, _, _ = summarised(flow, engine, book((place, ["a storm"])))
    again, done, asked = summarised(flow, engine, book((place, ["a storm"])))
    assert asked == []
    assert again.points == second.points
    assert all(part.was_stored for part in done)
    third, _, asked = summarised(flow, engine, book((place, ["a storm"]), (place + 1, ["a calm"])))
    assert [text_of(request) for request in asked] == [paragraph("a calm")]
    assert [each for each in quotes(third.points) if "a storm" in each] == [
        each for each in quotes(second.points) if "a storm" in each
    ]


def test_where_paragraphs_were_only_taken_out_no_part_is_asked_about(flow, engine):
    first, parts, _ = summarised(flow, engine, book())
    place = middle_of(book(), parts)
    later, _, asked = summarised(flow, engine, book((place, [])))
    assert asked == []
    assert quotes(later.points) == [each for each in quotes(first.points) if f"chapter {place} " not in each]


def test_going_on_does_not_ask_about_the_stretch_again(flow, engine):
    _, parts, _ = summarised(flow, engine, book())
    document = book((3, ["a storm"]), (middle_of(book(), parts), ["a calm"]))
    summary = flow.begin(document, SummaryWishes(), OPTIONS)
    cancel, before = CancelToken(), len(engine.asked_for_points)
    for event in flow.summarize(summary, OPTIONS, cancel):
        if isinstance(event, PartDone) and not event.was_stored:
            cancel.cancel()
    half = len(engine.asked_for_points)
    done = kinds(list(flow.summarize(summary, OPTIONS, CancelToken())), PartDone)
    asked = [text_of(request) for request in engine.asked_for_points[half:]]
    assert half - before == 2  # one batch, stopped after the first answer
    assert asked == [paragraph("a calm")]
    assert sum(event.was_stored for event in done) == len(done) - 1


def test_a_stretch_that_says_little_alone_is_read_with_its_part(flow, engine):
    _, parts, _ = summarised(flow, engine, book())
    text = book().text.split("\n\n")
    text.insert(middle_of(book(), parts) + 1, "He agreed.")
    _, _, asked = summarised(flow, engine, replace(book(), text="\n\n".join(text)))
    assert [len(text_of(request).split("\n\n")) > 3 for request in asked] == [True] * len(asked) != []


def test_a_part_of_which_the_model_tells_nothing_new_is_read_as_a_whole(flow, engine):
    _, parts, _ = summarised(flow, engine, book())
    place = middle_of(book(), parts)
    engine.failing = {"a storm": ["", "", "- A storm came.\n- It was over soon."]}
    later, _, _ = summarised(flow, engine, book((place, ["a storm"])))
    assert "A storm came." in [point.text for point in later.points]
    assert len(text_of(engine.requests[-2])) > len(paragraph("a storm"))


def test_a_part_that_was_edited_again_and_again_never_has_more_than_twice_the_points(flow, engine):
    chance = random.Random(1)
    _, parts, _ = summarised(flow, engine, book())
    first = middle_of(book(), parts) - 2
    edits, wholes = {}, 0
    for number in range(25):
        edits[first + chance.randrange(6)] = [f"news {number}"] if chance.random() < 0.7 else []
        summary, done, asked = summarised(flow, engine, book(*edits.items()))
        wholes += sum("\n\n" in text_of(request) for request in asked)
        assert all(len(part.points) <= 6 for part in done)
        assert len(set(quotes(summary.points))) == len(summary.points)
    assert wholes < 10
