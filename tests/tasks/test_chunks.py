"""Cutting documents into parts: at good places, never in a sentence, and alike after an edit."""

import random
import time
from statistics import mean

import pytest

from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.tasks.chunks import Sizes, chunks_of
from chatdesk.tasks.pieces import chapters_of, pieces_of, sentences_of

SIZES = Sizes(800, 1600)
WORDS = ("the", "sun", "moon", "over", "land", "sea", "bird", "flies", "home", "small", "Anna", "12", "cold")


def words(texts):
    return [len(text.split()) for text in texts]


def characters(texts):
    return [len(text) for text in texts]


def cut(text, measure=words, sizes=SIZES, **how):
    document = Document("a.txt", text, **how)
    chunks = chunks_of(document, measure, sizes)
    return chunks, [text[chunk.start : chunk.end] for chunk in chunks]


def sentence(chance):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(5, 25))).capitalize() + "."


def paragraph(chance):
    return " ".join(sentence(chance) for _ in range(chance.randrange(1, 9)))


def essay(chance, paragraphs):
    return [paragraph(chance) for _ in range(paragraphs)]


def test_a_short_text_is_one_part():
    chunks, texts = cut("\n\n A sentence. \n")
    assert texts == ["A sentence."]
    assert (chunks[0].number, chunks[0].title) == (1, "")


@pytest.mark.parametrize("separator", ["\n\n", "\n", " "], ids=["paragraphs", "lines", "one line"])
def test_nothing_is_lost_and_every_part_is_neither_too_small_nor_too_large(separator):
    text = separator.join(essay(random.Random(1), 300))
    chunks, texts = cut(text)
    assert " ".join(text.split()) == " ".join(" ".join(texts).split())
    assert [chunk.number for chunk in chunks] == list(range(1, len(chunks) + 1))
    assert all(750 <= size <= 1600 for size in words(texts))  # a sentence may lie over 800


def test_parts_begin_at_sentences_even_where_lines_are_wrapped():
    lines = "\n".join(" ".join(essay(random.Random(2), 200)).replace(" the ", "\nthe ").split(" \n"))
    _, texts = cut(lines)
    assert len(texts) > 5
    assert all(text.endswith(".") for text in texts)


def test_a_paragraph_is_cut_only_where_none_ends_within_the_sizes():
    paragraphs = set(essay(random.Random(3), 400))
    _, texts = cut("\n\n".join(sorted(paragraphs)))
    whole = [text.split("\n\n")[0] in paragraphs for text in texts]
    assert sum(whole) > 0.7 * len(whole)


def test_a_heading_stays_with_what_follows_it_and_names_the_parts_behind_it():
    chance = random.Random(4)
    sections = [f"# Part {number}\n\n" + "\n\n".join(essay(chance, 14)) for number in range(9)]
    text = "\n\n".join(sections)
    chunks, texts = cut(text)
    assert all(part.startswith("# Part") for part in texts)
    assert chunks[0].title == "Part 0"
    assert chunks[-1].title == texts[-1].split("\n")[0].removeprefix("# ")


def test_units_are_cut_at_but_pages_are_not():
    chance = random.Random(5)
    text = "\n".join(essay(chance, 200))
    middle = text.index("\n", len(text) // 2) + 1
    units = [(0, middle, "one"), (middle, len(text), "two")]

    def with_units(kind):
        return cut(text, units=tuple(Unit(kind, n, label, a, b) for n, (a, b, label) in enumerate(units, 1)))

    chunks, _ = with_units(UnitKind.chapter)
    assert middle in [chunk.start for chunk in chunks]
    assert {chunk.title for chunk in chunks} == {"one", "two"}
    assert with_units(UnitKind.page)[0] == cut(text)[0]


def test_parts_do_not_reach_over_borders():
    text = "\n\n".join(essay(random.Random(6), 40))
    border = text.index("\n\n", 500) + 2
    chunks = chunks_of(Document("a", text), words, SIZES, [border])
    assert chunks[0].end <= border
    assert chunks[1].start == border


@pytest.mark.parametrize(
    "text",
    ["x" * 50_000, "今日は天気がいい" * 4000, "word " * 10_000, "\n".join("a,b;c" * 9 for _ in range(900))],
    ids=["no break at all", "no punctuation", "no sentence ends", "rows"],
)
def test_a_giant_sentence_is_cut_at_a_space_or_anywhere(text):
    _, texts = cut(text, characters)
    assert "".join("".join(texts).split()) == "".join(text.split())
    assert max(characters(texts)) <= 1700
    assert all(text in ("x" * len(text), text) for text in texts)
    if " " in text:
        assert all(part.split(" ")[-1] == "word" for part in texts)


def test_chinese_is_cut_behind_its_full_stops():
    _, texts = cut("今天天气很好，我们去公园散步。" * 600, characters)
    assert len(texts) > 5
    assert all(text.endswith("。") for text in texts)


@pytest.mark.parametrize("seed", range(3))
def test_an_edit_changes_its_own_part_and_rarely_more_than_its_neighbours(seed):
    chance = random.Random(seed)
    paragraphs = essay(chance, 200)
    before = set(cut("\n\n".join(paragraphs))[1])
    changed = []
    for _ in range(25):
        edited = list(paragraphs)
        place = chance.randrange(len(edited))
        edited[place : place + chance.randrange(2)] = [paragraph(chance)] * chance.randrange(2)
        changed.append(len(set(cut("\n\n".join(edited))[1]) - before))
    assert mean(changed) < 2
    assert sum(count > 3 for count in changed) <= 2
    assert max(changed) <= 7


def test_another_word_changes_one_part():
    paragraphs = essay(random.Random(7), 200)
    before = set(cut("\n\n".join(paragraphs))[1])
    counts = []
    for place in range(0, 200, 9):
        edited = list(paragraphs)
        edited[place] = edited[place].replace("moon", "star")
        counts.append(len(set(cut("\n\n".join(edited))[1]) - before))
    assert max(counts) <= 2


def test_no_sizes_give_no_parts():
    assert cut("A sentence. Another one.", lambda texts: [])[0] == ()


def test_five_megabytes_are_cut_in_seconds():
    text = "\n\n".join(essay(random.Random(8), 1000))
    text = (text * (5_000_000 // len(text) + 1))[:5_000_000]
    start = time.process_time()
    chunks, _ = cut(text)
    assert len(chunks) > 500
    assert time.process_time() - start < 20


def test_a_text_that_repeats_itself_is_cut_in_seconds():
    start = time.process_time()
    chunks, _ = cut("今日は天気がいい。" * 50_000, characters)
    assert len(chunks) > 250
    assert time.process_time() - start < 12


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith came. He left.", 2),
        ("It costs 3.5 million. Why?", 2),
        ("Am 5. Mai kam z. B. Anna. Sie ging.", 2),
        ("“Is it?” She nodded. (Twice.) Good!", 4),
        ("好。不好！为什么？", 3),
        ("- one\n- two\n| a | b |\n| c | d |", 4),
        ("one line\nthat goes on\nand on.", 1),
        ("", 0),
    ],
)
def test_sentences(text, count):
    found = [text[start:end] for start, end in sentences_of(text)]
    assert len(found) == count, found
    assert all(each == each.strip() for each in found)


def test_pieces_stand_side_by_side():
    text = "\n\n".join(essay(random.Random(9), 20)) + "\n\n"
    pieces = pieces_of(Document("a", text))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text


def test_chapters_are_named_units_or_else_the_highest_headings_that_come_again():
    text = "# Book\n\n## One\n\nText.\n\n## Two\n\nText.\n"
    assert [title for _, title in chapters_of(Document("a.md", text))] == ["One", "Two"]
    units = (Unit(UnitKind.chapter, 1, "Start", 0, 8), Unit(UnitKind.chapter, 2, "", 8, len(text)))
    assert chapters_of(Document("a.epub", text, units)) == [(0, "Start"), (8, "")]
    assert chapters_of(Document("a.txt", "# Only one\n\nText.")) == []
