"""What two versions of a text differ in."""

import time

from chatdesk.domain.templates import Change, DiffLine
from chatdesk.tasks.template_diff import diff

SAME, REMOVED, ADDED = Change.same, Change.removed, Change.added


def test_equal_texts_have_no_difference():
    assert diff("a\nb", "a\nb") == (DiffLine(SAME, "a"), DiffLine(SAME, "b"))


def test_a_changed_line_marks_the_words_that_differ():
    assert diff("Dear Ada,\nWrite a short mail.", "Dear Ada,\nWrite a long mail.") == (
        DiffLine(SAME, "Dear Ada,"),
        DiffLine(REMOVED, "Write a short mail.", ((8, 13),)),
        DiffLine(ADDED, "Write a long mail.", ((8, 12),)),
    )


def test_lines_that_came_or_went_have_no_marks():
    assert diff("a\nb\nc", "a\nc\nd") == (
        DiffLine(SAME, "a"),
        DiffLine(REMOVED, "b"),
        DiffLine(SAME, "c"),
        DiffLine(ADDED, "d"),
    )


def test_a_line_that_was_changed_is_marked_although_another_one_came_below_it():
    lines = diff("Keep it short.", "Keep it brief.\nThank you.")
    assert [(line.text, line.marks) for line in lines] == [
        ("Keep it short.", ((8, 13),)),
        ("Keep it brief.", ((8, 13),)),
        ("Thank you.", ()),
    ]


def test_lines_with_little_in_common_are_not_marked():
    assert diff("one two three", "日本語")[0] == DiffLine(REMOVED, "one two three")


def test_both_texts_can_be_put_together_from_the_difference():
    old, new = "x\n\na b c\nd\n", "a b\nd\n\ne\nx"
    lines = diff(old, new)
    assert "\n".join(each.text for each in lines if each.change is not ADDED) == old
    assert "\n".join(each.text for each in lines if each.change is not REMOVED) == new
    assert all(0 <= start < end <= len(each.text) for each in lines for start, end in each.marks)


def test_large_texts_are_compared_in_time():
    begun = time.monotonic()
    diff("\n".join(["", "a"] * 30_000), "\n".join(["a", "", "b"] * 20_000))
    diff("\n".join(["", "a"] * 700), "\n".join(["a", "", "b"] * 450))
    diff("\n".join(["", "a"] * 150), "\n".join(["a", "", "b"] * 100))
    diff("a " * 500_000, "b " * 500_000)
    diff(
        "\n".join("x y " * 90 + str(n) for n in range(150)),
        "\n".join("y x " * 90 + str(n) for n in range(150)),
    )
    assert time.monotonic() - begun < 20
