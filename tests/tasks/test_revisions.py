"""What is new in a part of a later version, and which points of the earlier one stay."""

import random

import pytest

from chatdesk.domain.documents import Document
from chatdesk.tasks.chunks import Sizes, chunks_of
from chatdesk.tasks.points import FoundPoint
from chatdesk.tasks.revisions import revisions
from chatdesk.tasks.tracing import verified

FIRST = "Sun is warm.\n\nRain is wet.\n\nSnow is cold."
SECOND = "Bread is dear.\n\nMilk is cheap.\n\nSalt is old."


def point(words):
    return FoundPoint(f"It says: {words}", words)


def said(*sentences):
    """Return what tells the points of a part: those of the sentences that stand in it."""
    return lambda text: verified([point(each) for each in sentences if each in text], text)


def new_in(part, revision):
    return part[revision.start : revision.end].strip()


def quotes(points):
    return [each.quote for each in points]


def test_a_new_paragraph_is_found_and_the_points_of_the_others_stay_around_it():
    part = FIRST.replace("Rain is wet.", "Hail is hard.")
    found = revisions([part, SECOND], [FIRST, SECOND], said("Snow is cold.", "Rain is wet.", "Sun is warm."))
    assert list(found) == [0]
    assert new_in(part, found[0]) == "Hail is hard."
    assert found[0].before == (point("Sun is warm."),)
    assert found[0].behind == (point("Snow is cold."),)


def test_a_stretch_over_two_parts_is_new_at_the_end_of_one_and_the_beginning_of_the_other():
    parts = [
        FIRST.replace("Snow is cold.", "Hail is hard."),
        SECOND.replace("Bread is dear.", "Oil is thick."),
    ]
    found = revisions(parts, [FIRST, SECOND], said("Sun is warm.", "Snow is cold.", "Salt is old."))
    assert [new_in(part, found[place]) for place, part in enumerate(parts)] == [
        "Hail is hard.",
        "Oil is thick.",
    ]
    assert (quotes(found[0].before), quotes(found[1].behind)) == (["Sun is warm."], ["Salt is old."])


def test_where_a_paragraph_was_taken_out_nothing_is_new():
    part = FIRST.replace("Rain is wet.\n\n", "")
    (found,) = revisions([part], [FIRST], said("Sun is warm.", "Rain is wet.", "Snow is cold.")).values()
    assert (found.start, found.end) == (0, 0)
    assert quotes([*found.before, *found.behind]) == ["Sun is warm.", "Snow is cold."]


def test_paragraphs_that_come_to_lie_in_another_part_take_their_points_along():
    moved = f"{FIRST}\n\nBread is dear.\n\nWater is clear."
    rest = SECOND.partition("\n\n")[2]
    found = revisions([moved, rest], [FIRST, SECOND], said("Sun is warm.", "Bread is dear.", "Salt is old."))
    assert quotes(found[0].before) == ["Sun is warm.", "Bread is dear."]
    assert new_in(moved, found[0]) == "Water is clear."
    assert quotes(found[1].behind) == ["Salt is old."]


def test_a_paragraph_is_read_with_the_heading_above_it():
    part = "Sun.\n\n## Rain\n\nIt is wet.\n\nSnow."
    (found,) = revisions([part], [part.replace("wet", "dry")], said()).values()
    assert new_in(part, found) == "## Rain\n\nIt is wet."


def test_the_words_of_a_point_have_to_stand_where_they_stood():
    part = FIRST.replace("Rain is wet.", "Hail is hard. Sun is warm.")
    before = FIRST.replace("Sun is warm.", "Moon is far.").replace(
        "Rain is wet.", "Rain is wet. Sun is warm."
    )
    found = revisions([part.replace("Sun is warm.\n", "Moon is far.\n")], [before], said("Sun is warm."))
    assert found[0].before == found[0].behind == ()


def test_a_point_that_rests_on_nothing_does_not_stay():
    part = FIRST.replace("Rain is wet.", "Hail is hard.")
    unproved = verified([FoundPoint("Cows fly.", "Cows can fly in the sky.")], FIRST)
    (found,) = revisions([part], [FIRST], lambda _: unproved).values()
    assert found.before == found.behind == ()


@pytest.mark.parametrize(
    ("parts", "earlier"),
    [
        ([FIRST, SECOND], [FIRST, SECOND]),
        ([SECOND], [FIRST]),
        ([FIRST], []),
        ([], [FIRST]),
        ([SECOND, FIRST], [FIRST, SECOND]),
        ([FIRST.replace("Sun", "Moon"), SECOND], [SECOND, FIRST]),
        ([FIRST, FIRST], [FIRST]),
    ],
    ids=["the same", "another text", "no version", "no text", "moved", "moved and changed", "twice"],
)
def test_parts_of_which_all_or_nothing_is_new_are_left_out(parts, earlier):
    assert revisions(parts, earlier, said("Sun is warm.")) == {}


def test_a_part_whose_earlier_points_are_not_known_is_left_out():
    parts = [FIRST.replace("Snow", "Hail"), SECOND.replace("Bread", "Oil")]

    def points_of(text):
        return None if text == FIRST else ()

    assert list(revisions(parts, [FIRST, SECOND], points_of)) == [1]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_edited_no_point_of_what_stays_is_lost_or_doubled(seed):
    chance = random.Random(seed)
    paragraphs = [f"Paragraph {n} says {chance.randrange(10**9)} and {chance.random()}." for n in range(120)]
    quoted = [each for each in paragraphs if chance.random() < 0.3]

    def cut(texts, earlier=()):
        text = "\n\n".join(texts)
        chunks = chunks_of(
            Document("", text), lambda each: [len(one.split()) for one in each], Sizes(40, 80), (), earlier
        )
        return [text[chunk.start : chunk.end] for chunk in chunks]

    for _ in range(20):
        parts = cut(paragraphs)
        begin = chance.randrange(len(paragraphs))
        end = min(len(paragraphs), begin + chance.randrange(8))
        put_in = [f"New {chance.random()} is here." for _ in range(chance.randrange(8))]
        later = [*paragraphs[:begin], *put_in, *paragraphs[end:]]
        now = cut(later, parts)
        found = revisions(now, parts, said(*quoted))
        for place, part in enumerate(now):
            if part in parts:
                continue
            fresh = [each for each in put_in if each in part]
            if place not in found:
                assert fresh  # all of it is new
                continue
            stays = part[: found[place].start] + part[found[place].end :]
            assert "\n\n".join(fresh) == new_in(part, found[place])
            assert quotes([*found[place].before, *found[place].behind]) == [
                each for each in paragraphs if each in quoted and each in stays
            ]
