"""Answers that arrive in pieces."""

import random
import time

import pytest

from chatdesk.ui.transcript import stream
from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.plain import document_of, plain_text
from chatdesk.ui.transcript.rows import TABLE_ROWS, Code, Plain, Prose, Table
from chatdesk.ui.transcript.stream import RowSplitter, split
from tests.ui.transcript.corpus import ANSWER, BROKEN, cut, long_table


def streamed(pieces, clock=lambda: 0.0):
    splitter = RowSplitter(clock=clock)
    for piece in pieces:
        splitter.feed(piece)
        assert splitter.contents is not None
    splitter.finish()
    return splitter


def seen(contents):
    """What a reader sees: kinds, texts, places of the pieces, and formats."""
    formats = Formats()
    result = []
    for content in contents:
        extra = (content.language, content.continues) if isinstance(content, Code) else ()
        if isinstance(content, Table):
            extra = (content.shares, content.continues, len(content.body))
        html = document_of(content, formats).toHtml() if isinstance(content, Prose | Table) else ""
        result.append((type(content).__name__, plain_text(content), extra, html))
    return result


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 40, 400])
def test_an_answer_is_the_same_streamed_and_whole(qapp, size):
    assert seen(streamed(cut(ANSWER, size)).contents) == seen(split(ANSWER))


@pytest.mark.parametrize("size", [1, 2, 7, 100])
@pytest.mark.parametrize("name", [name for name in BROKEN if name != "references"])
def test_broken_markdown_is_the_same_streamed_and_whole(qapp, name, size):
    assert seen(streamed(cut(BROKEN[name], size)).contents) == seen(split(BROKEN[name]))


def test_shuffled_answers_cut_anywhere_are_the_same_streamed_and_whole(qapp):
    pick = random.Random(11)
    parts = ANSWER.split("\n\n") + list(BROKEN.values())
    for _ in range(12):
        text = "\n\n".join(pick.sample(parts, 8))
        if "]:" in text:
            continue
        pieces = []
        while len("".join(pieces)) < len(text):
            begun = len("".join(pieces))
            pieces.append(text[begun : begun + pick.choice((1, 2, 3, 6, 30))])
        assert seen(streamed(pieces).contents) == seen(split(text))


def test_links_defined_behind_their_use_ask_for_a_second_pass(qapp):
    splitter = streamed(cut(BROKEN["references"], 4))
    assert splitter.needs_second_pass
    html = document_of(split(BROKEN["references"])[0], Formats()).toHtml()
    assert "https://example.org/1" in html
    assert "https://example.org/2" in html


def test_an_answer_without_definitions_needs_no_second_pass():
    assert not streamed([ANSWER]).needs_second_pass


@pytest.mark.parametrize("seed", range(5))
def test_a_slow_machine_shows_the_same_in_the_end(qapp, seed):
    pick = random.Random(seed)
    now = [0.0]

    def clock():
        now[0] += pick.choice((0.0001, 0.0001, 0.05, 1.0))
        return now[0]

    assert seen(streamed(cut(ANSWER, 3), clock).contents) == seen(split(ANSWER))


def test_a_number_that_may_go_on_with_a_list_does_not_end_it():
    splitter = RowSplitter(clock=lambda: 0.0)
    for piece in ("1. one\n2. two\n\n", "3", ". three\n"):
        splitter.feed(piece)
    assert [block.kind for block in splitter.contents[0].blocks] == ["ordered_list_open"]


def test_final_rows_stay_the_same_objects_while_the_answer_grows():
    splitter = RowSplitter()
    splitter.feed("```\ncode\n```\n\nfirst paragraph\n\n")
    before = splitter.contents
    splitter.feed("second paragraph, still open")
    after = splitter.contents
    assert after[0] is before[0]
    assert after[1].blocks[0] is not after[1].blocks[1]
    splitter.feed(" and growing")
    assert splitter.contents[1].blocks[0] is after[1].blocks[0]


def test_an_open_code_block_shows_its_complete_and_its_last_line():
    splitter = RowSplitter()
    splitter.feed("text\n\n```py\na = 1\nb =")
    assert splitter.contents[-1] == Code("py", "a = 1\nb =")


def test_a_line_that_may_close_the_fence_is_not_shown_as_code():
    splitter = RowSplitter()
    splitter.feed("```\na\n``")
    assert splitter.contents == [Code("", "a")]
    splitter.feed("x\n")
    assert splitter.contents == [Code("", "a\n``x")]


def test_code_is_cut_into_pieces_that_join_to_it():
    code = "".join(f"line {number}\n" for number in range(1000)) + "x" * 50_000
    pieces = split(f"```\n{code}\n```")
    assert len(pieces) > 4
    assert "".join(piece.text for piece in pieces) == code
    assert [piece.continues for piece in pieces] == [False] + [True] * (len(pieces) - 1)


@pytest.mark.parametrize("size", [3, 50, 5000])
def test_a_long_table_is_cut_into_pieces_with_the_same_columns(qapp, size):
    text = f"before\n\n{long_table(100)}\nafter"
    whole = split(text)
    tables = [one for one in whole if isinstance(one, Table)]
    assert [len(one.body) for one in tables] == [TABLE_ROWS] * 4 + [100 - 4 * TABLE_ROWS]
    assert len({one.shares for one in tables}) == 1
    assert seen(streamed(cut(text, size)).contents) == seen(whole)


def test_a_growing_table_is_parsed_from_its_last_piece_on(monkeypatch):
    lengths = []
    real = stream.parse
    monkeypatch.setattr(stream, "parse", lambda text, refs: (lengths.append(len(text)), real(text, refs))[1])
    streamed(cut(long_table(400), 60))
    assert max(lengths) < 3000


@pytest.mark.parametrize("size", [700, 9000, 10**6])
def test_a_block_that_never_ends_becomes_plain_up_to_the_next_empty_line(qapp, size):
    text = f"# Title\n\n{'word ' * 9000}\n  \nnext *paragraph*\n"
    whole = split(text)
    assert [type(one) for one in whole[:2]] == [Prose, Plain]
    assert isinstance(whole[-1], Prose)
    assert "".join(one.text for one in whole if isinstance(one, Plain)) == "word " * 9000
    still = streamed(cut(text, size), clock=lambda: 0.0)
    assert seen(still.contents) == seen(whole)


def test_a_heavy_block_is_read_again_only_after_a_pause(monkeypatch):
    now = [0.0]
    calls = []
    real = stream.parse
    monkeypatch.setattr(stream, "parse", lambda text, refs: (calls.append(1), real(text, refs))[1])
    splitter = RowSplitter(clock=lambda: now[0])
    splitter.feed("word " * 1500)
    calls.clear()
    for _ in range(10):
        splitter.feed("*more* ")
    assert not calls
    assert plain_text(splitter.contents[-1]).endswith("*more* ")
    now[0] += 1.0
    splitter.feed("x")
    assert len(calls) == 1
    assert plain_text(splitter.contents[-1]).endswith("more more x")


def test_a_slow_block_is_read_again_only_after_a_pause(monkeypatch):
    now = [0.0]
    real = stream.parse

    def slow(text, references):
        now[0] += 0.02
        return real(text, references)

    monkeypatch.setattr(stream, "parse", slow)
    splitter = RowSplitter(clock=lambda: now[0])
    splitter.feed("a few words ")
    at = now[0]
    splitter.feed("more ")
    assert now[0] > at
    splitter.feed("word " * 300)
    at = now[0]
    splitter.feed("**b**")
    assert now[0] == at
    splitter.finish()
    assert plain_text(splitter.contents[0]).endswith("word b")


@pytest.mark.parametrize(
    "text", ["[" * 40_000, "*a **b " * 5000, ">" * 40_000, "`" * 40_001, "- " * 20_000, "|" * 40_000]
)
def test_hostile_input_is_split_within_a_second(text):
    start = time.thread_time()
    split(text)
    assert time.thread_time() - start < 1.5


def quickest(text):
    """The CPU seconds of the best of three runs: the others may hold a pass of the garbage collector."""
    times = []
    for _ in range(3):
        start = time.thread_time()
        split(text)
        times.append(time.thread_time() - start)
    return min(times)


def test_a_megabyte_is_split_in_a_time_that_grows_with_its_length():
    assert quickest(ANSWER * 120) < 10 * quickest(ANSWER * 30)
