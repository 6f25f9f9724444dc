"""Comparing the points of two versions of a document."""

from chatdesk.domain.summaries import Differences, Passage, Point
from chatdesk.tasks.versions import differences


def points(*texts):
    return tuple(Point(text, text, Passage(0, 1)) for text in texts)


def texts(found: Differences):
    return (
        [point.text for point in found.new],
        [point.text for point in found.gone],
        [(before.text, after.text) for before, after in found.changed],
    )


def test_new_gone_and_changed_points_are_told_apart():
    before = points(
        "The bridge costs 3 million euros.", "The council met in May.", "Anna Lopez voted against it."
    )
    after = points(
        "Anna Lopez voted against it!", "The bridge costs 4 million euros.", "A tunnel is built as well."
    )
    assert texts(differences(before, after)) == (
        ["A tunnel is built as well."],
        ["The council met in May."],
        [("The bridge costs 3 million euros.", "The bridge costs 4 million euros.")],
    )


def test_the_order_and_small_changes_of_the_wording_do_not_count():
    long = "The council of the town decided after a long debate to build a new bridge over the small river."
    other = long.replace("small river", "little river")
    before, after = points(long, "It rained."), points("It rained.", other)
    assert texts(differences(before, after)) == ([], [], [])


def test_a_point_said_twice_is_new_the_second_time():
    assert texts(differences(points("It rained."), points("It rained.", "It rained."))) == (
        ["It rained."],
        [],
        [],
    )


def test_without_points_everything_is_new_or_gone():
    assert texts(differences((), points("a"))) == (["a"], [], [])
    assert texts(differences(points("a"), ())) == ([], ["a"], [])


def test_many_points_are_compared_in_seconds():
    many = points(
        *(f"Number {n} of the list says that house {n * 7} is sold to family {n}." for n in range(300))
    )
    found = differences(many, many[5:])
    assert len(found.gone) == 5
    assert (found.new, found.changed) == ((), ())
