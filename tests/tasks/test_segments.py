"""Texts cut into paragraphs, and paragraphs found again after an edit."""

import time
from dataclasses import replace

import pytest

from chatdesk.domain.translations import Segment, SegmentState
from chatdesk.tasks.segments import align, cut, is_translatable, taken_over

SENTENCE = "The quick brown fox number {} jumps over the lazy dog near the river bank. "


def joined(segments):
    parts = [segments.gaps[0]]
    for text, gap in zip(segments.texts, segments.gaps[1:], strict=True):
        parts += [text, gap]
    return "".join(parts)


def done(*sources):
    return [Segment(n, source, source.upper(), SegmentState.done) for n, source in enumerate(sources)]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("", ()),
        (" \r\n\t ", ()),
        ("One line", ("One line",)),
        ("One\nTwo\n\nThree", ("One", "Two", "Three")),
        ("\ufeff  One\r\n\r\n\tTwo \t\r\n", ("One", "Two")),
        ("- one\n  * two\n\t1. three", ("- one", "* two", "1. three")),
        ("a\rb\u2028c\u2029d\x85e\vf\fg", tuple("abcdefg")),
        ("مرحبا بالعالم\nثانيا", ("مرحبا بالعالم", "ثانيا")),
        ("こんにちは。\n\u3000世界。", ("こんにちは。", "世界。")),
        ("tab\tin the line", ("tab\tin the line",)),
    ],
)
def test_each_line_is_a_paragraph_and_nothing_is_lost(text, texts):
    assert cut(text).texts == texts
    assert joined(cut(text)) == text


def test_lines_that_a_program_has_broken_stay_together():
    text = (
        "The committee has looked at all the proposals that were sent in\r\n"
        "before the end of March and has chosen three of them. Those who\r\n"
        "sent them will hear from us in the next few weeks.\r\n"
        "\r\n"
        "Kind regards"
    )
    assert [part.count("\n") for part in cut(text).texts] == [2, 0]
    assert joined(cut(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:",
        "A rather long heading that does not end with a full stop here\nand a line\nthen a longer line",
        "Milk\nbread\nbutter",
        "Things that are needed for the journey to the north of the land\n- warm clothes\n- shoes",
    ],
)
def test_lines_that_were_meant_stay_apart(text):
    assert cut(text).texts == tuple(text.split("\n"))


def test_a_long_paragraph_is_cut_where_sentences_end():
    text = "".join(SENTENCE.format(n) for n in range(100)).strip()
    parts = cut(text).texts
    assert joined(cut(text)) == text
    assert len(parts) > 4
    assert all(part.endswith("bank.") and len(part) <= 1500 for part in parts)
    assert all(len(part) >= 600 for part in parts[:-1])


def test_a_long_paragraph_is_not_cut_behind_an_abbreviation():
    text = (
        "We met Dr. Smith and Mr. Jones at St. Mary's, cf. Fig. 3, and went home on the 3. of May. " * 30
    ).strip()
    assert all(part.startswith("We met") and part.endswith("May.") for part in cut(text).texts)


def test_chinese_and_japanese_are_cut_behind_their_full_stops():
    text = "これは長い文章です。本当ですか？はい！" * 200
    parts = cut(text).texts
    assert joined(cut(text)) == text
    assert all(part[-1] in "。？！" and len(part) <= 1500 for part in parts)


def test_a_paragraph_without_sentences_is_cut_only_after_thousands_of_characters():
    words = ("word " * 700).strip()
    assert cut(words).texts == (words,)
    long = "word " * 3000
    parts = cut(long).texts
    assert joined(cut(long)) == long
    assert all(1500 < len(part) <= 4000 and not part.startswith("ord") for part in parts[:-1])
    assert {len(part) for part in cut("x" * 10_000).texts} == {4000, 2000}


def test_an_edit_in_a_long_paragraph_leaves_most_of_its_parts():
    text = "".join(SENTENCE.format(n) for n in range(200)).strip()
    edited = text.replace("number 20 ", "number twenty and a half ")
    old, new = cut(text).texts, cut(edited).texts
    assert len(set(old) & set(new)) > len(old) * 0.6


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 14_000,
        (SENTENCE * 3 + "\n") * 5_000,
        " " * 1_000_000,
        "\n" * 1_000_000,
        "a\n" * 300_000,
        "." * 1_000_000,
        "これは文です。" * 140_000,
    ],
    ids=["one line", "lines", "spaces", "breaks", "short lines", "dots", "japanese"],
)
def test_a_megabyte_takes_well_under_a_second(text):
    start = time.process_time()
    segments = cut(text)
    assert time.process_time() - start < 2
    assert joined(segments) == text


def test_an_edited_paragraph_alone_is_new():
    old = done("one", "two", "three")
    assert align(old, ["one", "zwei", "three"]) == (old[0], None, old[2])


def test_inserted_deleted_and_moved_paragraphs_leave_the_others():
    old = done("one", "two", "three", "four")
    assert align(old, ["zero", "one", "two", "three", "four"]) == (None, *old)
    assert align(old, ["one", "three", "four"]) == (old[0], old[2], old[3])
    assert align(old, ["three", "one", "two", "four"]) == (old[2], old[0], old[1], old[3])
    assert align(old, []) == ()
    assert align([], ["one"]) == (None,)


def test_the_same_paragraph_several_times_keeps_its_own_translations():
    old = [
        replace(segment, translation=str(segment.number)) for segment in done("yes", "no", "yes", "so", "yes")
    ]
    assert [each and each.translation for each in align(old, ["yes", "no", "yes", "but", "yes"])] == [
        "0", "1", "2", None, "4",
    ]  # fmt: skip


def test_a_copy_takes_the_translation_of_what_was_copied():
    old = [Segment(0, "one"), *done("one", "two")]
    again = align(old, ["one", "one", "two", "one"])
    assert again[3] is old[1]


def test_new_segments_are_numbered_anew():
    old = done("one", "two")
    new = taken_over(old, ["zero", "two", "one"])
    assert [each.number for each in new] == [0, 1, 2]
    assert new[0] == Segment(0, "zero")
    assert [each.translation for each in new] == ["", "TWO", "ONE"]


def test_two_thousand_paragraphs_are_aligned_in_milliseconds():
    old = done(*(f"Paragraph {n % 1500}" for n in range(2000)))
    new = [f"Paragraph {n % 1500}" if n % 7 else f"New {n}" for n in range(2000)]
    start = time.process_time()
    align(old, new)
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    "text",
    ["", "12", "1,234.50 €", "***", "— 3 —", "https://example.org/a?b=c", "anna@example.org", "example.org/a",
     "A4", "AB-12/3F", "⟦1/⟧", "⟦1⟧12⟦/1⟧", "x", "(a)", "☺ 👍", "10:30", "report.pdf"],
)  # fmt: skip
def test_a_text_without_words_is_copied(text):
    assert not is_translatable(text)


@pytest.mark.parametrize(
    "text",
    ["Yes", "10 kg", "See https://example.org", "⟦1⟧Hello⟦/1⟧", "水", "3rd", "м", "AB-12 is red", "z. B. so",
     "COVID"],
)  # fmt: skip
def test_a_text_with_words_is_translated(text):
    assert is_translatable(text)


@pytest.mark.parametrize("text", ["a", "1", "a.", "A-", "@", "⟦", "a@", "://"])
def test_a_long_text_without_spaces_takes_little_time(text):
    start = time.process_time()
    is_translatable(text * 100_000)
    assert time.process_time() - start < 2
