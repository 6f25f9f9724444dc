"""Subtitles with other texts: times, numbers, settings, notes and tags stay."""

import pytest

from chatdesk.documents.parts import Refused
from tests.documents.rewrite.files import read_again, rewritten, texts_of, upper

SRT = """\
1
00:00:01,000 --> 00:00:02,500
Good evening, and welcome
to the <i>late</i> news.

2
00:00:03,000 --> 00:00:04,000
{\\an8}<i>Rain is expected</i>
<i>in the north.</i>

3
00:00:05,000 --> 00:00:06,000
- Who is there?
- It's me,
and my dog.

4
00:00:07,000 --> 00:00:08,000
♪ ♪
5
00:00:09,000 --> 00:00:10,000
One line

a second part
"""
SRT_TEXTS = [
    "Good evening, and welcome to the ⟦1⟧late⟦/1⟧ news.",
    "Rain is expected in the north.",
    "Who is there?",
    "It's me, and my dog.",
    "One line",
    "a second part",
]
VTT = """\
WEBVTT - a film
Kind: captions
Language: en

NOTE this is
a note

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start position:10%
<v Ann Lee>Fish &amp; chips <00:01.500>tonight

00:03.000 --> 00:04.000
<c.loud>What?</c>
"""


@pytest.fixture
def file(tmp_path):
    def file(text, name="a.srt", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return file


def test_each_speaker_of_a_cue_is_a_text(file):
    assert texts_of(file(SRT)) == SRT_TEXTS
    assert texts_of(file(VTT, "a.vtt")) == ["Fish & chips ⟦1/⟧tonight", "What?"]


@pytest.mark.parametrize(("text", "name"), [(SRT, "a.srt"), (VTT, "a.vtt")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_texts_give_the_same_bytes(file, text, name, end):
    path = file("\ufeff" + text.replace("\n", end), name)
    target, simplified = rewritten(path, lambda text: text)
    assert (target.read_bytes(), simplified) == (path.read_bytes(), [])


def test_other_texts_are_broken_into_as_many_lines_again(file):
    target, simplified = rewritten(file(SRT.replace("\n", "\r\n")), upper)
    assert not simplified
    assert target.read_bytes().decode() == (
        SRT.replace("Good evening, and welcome", "GOOD EVENING, AND WELCOME")
        .replace("to the <i>late</i> news.", "TO THE <i>LATE</i> NEWS.")
        .replace("<i>Rain is expected</i>\n<i>in the north.</i>", "<i>RAIN IS EXPECTED IN THE NORTH.</i>")
        .replace("Who is there?", "WHO IS THERE?")
        .replace("It's me,\nand my dog.", "IT'S ME, AND MY DOG.")
        .replace("One line", "ONE LINE")
        .replace("a second part", "A SECOND PART")
        .replace("\n", "\r\n")
    )  # fmt: skip
    assert texts_of(target) == [text.upper() for text in SRT_TEXTS]
    assert "WHO IS THERE?" in read_again(target)


def test_a_long_translation_has_two_lines_of_about_the_same_length(file):
    long = "Guten Abend und herzlich willkommen zu den ⟦1⟧allerletzten⟦/1⟧ Nachrichten"
    target, simplified = rewritten(file(SRT), {SRT_TEXTS[0]: long, SRT_TEXTS[4]: "Eine Zeile, " * 9 + "lang"})
    lines = target.read_text().split("\n")
    assert lines[2:5] == [
        "Guten Abend und herzlich willkommen",
        "zu den <i>allerletzten</i> Nachrichten",
        "",
    ]
    assert "Eine Zeile, " * 9 + "lang" in lines
    assert not simplified


def test_japanese_lines_are_broken_without_blanks(file):
    path = file("1\n00:00:01,000 --> 00:00:02,000\nGood evening\nto all of you\n")
    target, _ = rewritten(
        path, lambda _: "皆様、こんばんは。今夜のニュースをお伝えします。よろしくお願いします。"
    )
    said = target.read_text().rstrip().split("\n")[2:]
    assert len(said) == 2
    assert all(not line.startswith(("、", "。")) for line in said)


def test_web_subtitles_are_escaped_and_say_their_language(file):
    target, simplified = rewritten(
        file(VTT, "a.vtt"), {"Fish & chips ⟦1/⟧tonight": "Fisch < & ⟦1/⟧heute"}, "de"
    )
    expected = VTT.replace("Fish &amp; chips <00:01.500>tonight", "Fisch &lt; &amp; <00:01.500>heute")
    assert target.read_text() == expected.replace("Language: en", "Language: de")
    assert not simplified


def test_a_text_whose_marks_do_not_fit_is_told(file):
    target, simplified = rewritten(file(SRT), {SRT_TEXTS[0]: "Guten ⟦1⟧Abend"})
    assert simplified == [0]
    assert target.read_text().startswith("1\n00:00:01,000 --> 00:00:02,500\nGuten Abend\n\n2")


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "1\n00:00:01,000 -> 00:00:02\nHello\n", "00:99:99 --> \nHello\n",
        "1\n2\n3\n00:00:01,000 --> 00:00:02,000", "x\n00:00:01,000-->00:00:02,000\n<i>Hello\n<b></i>you</b>",
        "00:01 --> 00:02\nHello\n00:03 --> 00:04\nyou\n", "WEBVTT", "WEBVTT\nno blank line\n",
        "00:01 --> 00:02\n" + "<i>" * 5_000 + "Hello" + "<" * 5_000,
    ],
)  # fmt: skip
def test_torn_files_are_read_and_stay(file, text):
    path = file(text)
    texts = texts_of(path)
    assert rewritten(path, lambda text: text)[0].read_bytes() == path.read_bytes()
    target, _ = rewritten(path, lambda text: f"{text} plus")
    assert target.read_text().count("plus") == len(texts)


def test_a_text_without_times_is_none(file):
    with pytest.raises(Refused):
        texts_of(file("Dear Sir,\nhello.\n"))
