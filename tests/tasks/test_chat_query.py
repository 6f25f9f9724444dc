"""What is typed into the search over chats."""

from datetime import date

import pytest

from chatdesk.domain.chat_query import ChatNames, ChatQuery, Place
from chatdesk.tasks.chat_query import Suggestion, completed, parse, suggestions

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", ChatQuery()),
        ("red apples", ChatQuery(("red", "apples"))),
        ('"red apples" pie', ChatQuery(("red apples", "pie"))),
        ('pie "red apples"', ChatQuery(("pie", "red apples"), open_end=False)),
        ('pie "red app', ChatQuery(("pie", "red app"), open_end=False)),
        ("pie -apple", ChatQuery(("pie",), open_end=False, without=("apple",))),
        ('pie -"red apples"', ChatQuery(("pie",), open_end=False, without=("red apples",))),
        ("-5 degrees", ChatQuery(("-5", "degrees"))),
        ("in:title pie", ChatQuery(("pie",), place=Place.title)),
        ("pie IN:text", ChatQuery(("pie",), place=Place.text)),
        ('folder:"Summer trip" pie', ChatQuery(("pie",), folders=("Summer trip",))),
        ("tag:a tag:b -tag:c", ChatQuery(tags=("a", "b"), not_tags=("c",))),
        ("-folder:old -model:gpt", ChatQuery(not_folders=("old",), not_models=("gpt",))),
        ("model:qwen", ChatQuery(models=("qwen",))),
        ("pinned:yes archived:no", ChatQuery(pinned=True, archived=False)),
        ("after:yesterday", ChatQuery(after=date(2026, 11, 20))),
        ("after:last week pie", ChatQuery(("pie",), after=date(2026, 11, 9))),
        ('before:"last month"', ChatQuery(before=date(2026, 10, 1))),
        ("before:1.3.2026", ChatQuery(before=date(2026, 3, 1))),
        ("folder: tag: before: in:", ChatQuery()),
        ("标签:天气 天气", ChatQuery(("标签:天气", "天气"))),
        ("author:me", ChatQuery(("author:me",))),
        ("http://x.org/a:b", ChatQuery(("http://x.org/a:b",))),
        ("in:margin", ChatQuery(("in:margin",))),
        ("pinned:perhaps", ChatQuery(("pinned:perhaps",))),
        ("before:soon", ChatQuery(("before:soon",))),
        ("- : \" ' --", ChatQuery(("-", ":", " ' --"), open_end=False)),
    ],
)
def test_it_is_read(typed, query):
    assert parse(typed, TODAY) == query


@pytest.mark.parametrize(
    "typed", ["x" * 1_000_000, '"' * 9999, "-" * 9999, ":" * 9999, "a:" * 9999, "-a:" * 999, "\0"]
)
def test_nothing_is_an_error(typed):
    assert isinstance(parse(typed, TODAY), ChatQuery)
    assert isinstance(suggestions(typed, ChatNames()), list)


def test_prefixes_are_suggested_where_a_part_begins():
    assert "folder:" in [each.text for each in suggestions("", ChatNames())]
    assert [each.text for each in suggestions("pie f", ChatNames())] == ["folder:"]
    assert [each.text for each in suggestions("pie in", ChatNames())] == ["in:title", "in:text"]
    assert suggestions("pie", ChatNames()) == []
    assert len(suggestions("pie ", ChatNames())) == len(suggestions("", ChatNames()))


def test_names_that_are_there_are_suggested():
    names = ChatNames(("Summer trip", "Work"), ("garden",), ("Qwen3 8B",))
    assert [each.text for each in suggestions("folder:", names)] == ['folder:"Summer trip"', "folder:Work"]
    assert [each.text for each in suggestions("x -folder:w", names)] == ["-folder:Work"]
    assert suggestions("tag:garden", names) == []
    assert [each.text for each in suggestions("model:q", names)] == ['model:"Qwen3 8B"']
    assert [each.text for each in suggestions("before:y", names)] == ["before:yesterday"]


def test_a_suggestion_takes_the_place_of_the_last_part():
    assert completed("pie fo", Suggestion("folder:")) == "pie folder:"
    assert completed("pie folder:wo", Suggestion("folder:Work")) == "pie folder:Work "
    assert completed("pie ", Suggestion("tag:")) == "pie tag:"
    assert completed("", Suggestion("in:title")) == "in:title "
