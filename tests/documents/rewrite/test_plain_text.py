"""Plain texts with other paragraphs: encoding, line ends and what stands around them stay."""

import codecs

import pytest

from tests.documents.rewrite.files import read_again, rewritten, texts_of, upper

WRAPPED = """\
A letter to all
===============

This paragraph was broken into lines by a program, each time because the
next word had no place any more, and so it is one text for whoever is to
translate it.

  * A point that is long enough to be broken into lines as well, with its
    second line further in
  * Another one

> Some words that were quoted and broken into lines by a program for mail, so
> that every line has a sign before it.

Roses are red,
violets are blue.
12345
"""
TEXTS = [
    "A letter to all",
    "This paragraph was broken into lines by a program, each time because the next word had no place any "
    "more, and so it is one text for whoever is to translate it.",
    "A point that is long enough to be broken into lines as well, with its second line further in",
    "Another one",
    "Some words that were quoted and broken into lines by a program for mail, so that every line has a sign "
    "before it.",
    "Roses are red,",
    "violets are blue.",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"

    def file(text, encoding="utf-8"):
        path.write_bytes(text.encode(encoding))
        return path

    return file


def test_lines_are_texts_and_those_a_program_broke_are_one(file):
    assert texts_of(file(WRAPPED)) == TEXTS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_same_texts_give_the_same_bytes(file, end):
    path = file(WRAPPED.replace("\n", end))
    target, simplified = rewritten(path, lambda text: text)
    assert (target.read_bytes(), simplified) == (path.read_bytes(), [])


def test_other_texts_stand_where_the_old_ones_did(file):
    target, simplified = rewritten(file(WRAPPED.replace("\n", "\r\n")), upper)
    assert not simplified
    assert target.read_bytes().decode() == WRAPPED.upper().replace("\n", "\r\n")
    assert "ROSES ARE RED," in read_again(target)


def test_a_longer_text_gets_more_lines(file):
    target, _ = rewritten(file(WRAPPED), {TEXTS[2]: "Ein Punkt, " + "der länger wird, " * 9 + "und endet"})
    lines = target.read_text().split("\n")
    first = next(place for place, line in enumerate(lines) if "Ein Punkt" in line)
    assert lines[first].startswith("  * Ein Punkt")
    assert lines[first + 1].startswith("    ")
    assert all(len(line) <= 71 for line in lines[first : first + 4])
    assert lines[first + 3] == "  * Another one"


def test_chinese_lines_are_joined_without_blanks_and_broken_without_them(file):
    line = "我们今天去公园看花因为天气很好所以大家都很高兴而且还带了很多好吃的东西"
    path = file(f"{line}\n{line}\n")
    assert texts_of(path) == [line + line]
    target, _ = rewritten(path, lambda text: text[::-1])
    assert target.read_text() == f"{line[::-1]}\n{line[::-1]}\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE), ("utf-16-le", b""),
    ],
)  # fmt: skip
def test_unicode_keeps_its_form_and_its_mark(tmp_path, encoding, mark):
    path = tmp_path / "a.txt"
    path.write_bytes(mark + "Good day\r\n\r\nGood night\r\n".encode(encoding))
    target, _ = rewritten(path, {"Good night": "Gute Nacht 你好"})
    assert target.read_bytes() == mark + "Good day\r\n\r\nGute Nacht 你好\r\n".encode(encoding)


def test_an_old_encoding_is_kept_as_long_as_it_has_all_letters(file):
    path = file("Müller grüßt schön aus Köln\n\nEin Gruß\n", "cp1252")
    target, _ = rewritten(path, {"Ein Gruß": "Señor €"})
    assert target.read_bytes() == "Müller grüßt schön aus Köln\n\nSeñor €\n".encode("cp1252")
    target, _ = rewritten(path, {"Ein Gruß": "Привет"})
    assert target.read_bytes() == "Müller grüßt schön aus Köln\n\nПривет\n".encode()


def test_bytes_that_are_no_letters_stay(tmp_path):
    path = tmp_path / "a.txt"
    apples = "Äpfel und Öl, Käse und Brötchen für Übermorgen, " * 3 + "ähnlich"
    path.write_bytes(apples.encode() + b"\n\nGood \xff\nday \xfe\xff\x81\n")
    target, _ = rewritten(path, {apples: "Ἄpples"})
    assert target.read_bytes() == path.read_bytes().replace(apples.encode(), "Ἄpples".encode())


def test_brackets_of_the_text_are_no_marks_and_marks_are_told(file):
    path = file("See ⟦1⟧ there\n\nPlain\n")
    target, simplified = rewritten(path, {"Plain": "⟦1⟧Einfach⟦/1⟧"})
    assert simplified == [1]
    assert target.read_text() == "See ⟦1⟧ there\n\nEinfach\n"
    target, simplified = rewritten(path, upper)
    assert (target.read_text(), simplified) == ("SEE ⟦1⟧ THERE\n\nPLAIN\n", [])
