"""Reading the points that a model has written as JSON, whole or not."""

import pytest

from chatdesk.tasks.points import FoundPoint, as_bullets, points_answer, read_lines, read_points

ONE = FoundPoint("Milk is bought.", "Buy milk.")
WHOLE = '{"points": [{"quote": "Buy milk.", "point": "Milk is bought."}]}'


def test_points_are_read_with_their_quotations():
    assert read_points(WHOLE) == (ONE,)
    assert read_points(points_answer([ONE, FoundPoint('Ä " \n', "")])) == (ONE, FoundPoint('Ä "', ""))


@pytest.mark.parametrize(
    "answer",
    [
        f"```json\n{WHOLE}\n```",
        f"Here they are: {WHOLE} I hope this helps.",
        WHOLE[10:-1],
        WHOLE[:-2],
        WHOLE[:-2] + ', {"quote": "Cut off',
        WHOLE[:-2] + ', {"quote": "Cut off", "point": "wi',
        WHOLE[:-2] + ", 7, null, {}]}",
        WHOLE[:-2] + ', {"quote": "Other words.", "point": "MILK is bought."}]}',
        WHOLE.replace("Buy milk", "Buy\n  milk"),
    ],
)
def test_complete_points_are_read_whatever_stands_around_them(answer):
    assert read_points(answer) == (ONE,)


@pytest.mark.parametrize(
    "answer",
    ["", "No.", "{", "[" * 5000, '{"points": []}', '{"points": [{"point": 3, "quote": null}]}', "{}"],
)
def test_what_holds_no_point_gives_none(answer):
    assert read_points(answer) == ()


def test_one_of_both_is_enough():
    assert read_points('[{"point": "a"}, {"quote": "b"}]') == (FoundPoint("a", ""), FoundPoint("b", "b"))


def test_lines_lose_their_marks():
    answer = "# Title\n\n- one\n* two\n3. three\n\n| a | b |\n|---|:-:|\n**four** words\n- one\n"
    assert read_lines(answer) == ("one", "two", "three", "| a | b |", "four words")
    assert as_bullets(["one", "two\nlines"]) == "- one\n- two lines"
