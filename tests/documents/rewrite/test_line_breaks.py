"""Texts broken into lines: at blanks, and between the signs of scripts that have none."""

import pytest

from chatdesk.documents.rewrite.line_breaks import Fixed, balanced, columns, glue, words, wrapped


def test_lines_are_no_wider_than_asked_for():
    assert wrapped(words(["one two three four"]), 9) == ["one two", "three", "four"]
    assert wrapped(words(["one two three four"]), 9, first=4) == ["one", "two three", "four"]
    assert wrapped(words(["incomprehensible so"]), 5) == ["incomprehensible", "so"]
    assert wrapped([], 5) == []


def test_a_line_never_begins_with_some_words():
    assert wrapped(words(["one two - three"]), 7, never_first=lambda word: word == "-") == [
        "one two -",
        "three",
    ]


def test_parts_that_are_not_broken_belong_to_their_words():
    pieces = ["see ", Fixed("<i>", 0), "the late", Fixed("</i>", 0), ", late news"]
    assert wrapped(words(pieces), 8) == ["see <i>the", "late</i>,", "late", "news"]


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("short", 2, ["short"]),
        ("aaaa bbbb cccc dddd", 2, ["aaaa bbbb", "cccc dddd"]),
        ("aaaa bbbb cccc dddd", 1, ["aaaa bbbb cccc dddd"]),
        ("a bbbbbbbbbbbbbbbbbb", 2, ["a", "bbbbbbbbbbbbbbbbbb"]),
    ],
)
def test_lines_are_of_about_the_same_width(text, most, lines):
    assert balanced(words([text]), most, 10) == lines


def test_chinese_is_broken_anywhere_but_before_its_stops():
    assert wrapped(words(["你好，世界。"]), 4) == ["你", "好，", "世", "界。"]
    assert wrapped(words(["「你好」世界"]), 8) == ["「你好」", "世界"]
    assert wrapped(words(["你好，世界。"], anywhere=False), 4) == ["你好，世界。"]


def test_korean_is_broken_at_its_blanks():
    assert wrapped(words(["안녕하세요 여러분"]), 4) == ["안녕하세요", "여러분"]
    assert glue("안녕", "여러분") == " "


def test_joined_lines_have_a_blank_between_them_but_in_chinese():
    assert (glue("one", "two"), glue("你", "好"), glue("你", "two")) == (" ", "", " ")


def test_wide_signs_take_two_columns_and_marks_over_letters_none():
    assert (columns("ab"), columns("你好"), columns("e\u0301")) == (2, 4, 1)
