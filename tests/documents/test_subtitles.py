"""Subtitles: what is said without numbers and marks, in sections of a minute."""

import pytest

from chatdesk.documents.parts import Part
from chatdesk.documents.subtitles import read, seconds_of
from chatdesk.domain.documents import UnitKind


@pytest.fixture
def sections(tmp_path):
    def sections(text):
        path = tmp_path / "a.srt"
        path.write_bytes(text.encode())
        return list(read(path, ""))

    return sections


def test_cues_of_a_minute_make_a_section_with_its_time(sections):
    found = sections(
        "1\r\n00:00:01,000 --> 00:00:03,500\r\nGood <i>morning</i>,\r\nall of you.\r\n\r\n"
        "2\r\n00:00:59,000 --> 00:01:02,000\r\n{\\an8}The year was\r\n1984\r\n\r\n"
        "3\r\n00:01:05,000 --> 00:01:07,000\r\nThe end.\r\n"
    )
    assert found == [
        Part(UnitKind.section, "00:00:01", "Good morning,\nall of you.\nThe year was\n1984"),
        Part(UnitKind.section, "00:01:05", "The end."),
    ]


def test_web_subtitles_lose_their_head_notes_and_settings_and_keep_who_speaks(sections):
    found = sections(
        "WEBVTT - a talk\nKind: captions\n\nNOTE not said\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n00:02.000 --> 00:05.000 align:start position:0%\n"
        "<v.loud Ada>Fish &amp; <00:03.000><c>chips</c>\n"
    )
    assert found == [Part(UnitKind.section, "00:02", "Ada: Fish & chips")]


def test_rolling_captions_say_each_line_once(sections):
    found = sections(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nthe ferry\n\n00:02.000 --> 00:03.000\nthe ferry\nleaves\n\n"
        "00:03.000 --> 00:04.000\nleaves\nat seven\n"
    )
    assert found[0].text == "the ferry\nleaves\nat seven"


def test_cues_without_empty_lines_between_them_are_parted(sections):
    found = sections("1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n")
    assert found[0].text == "One.\nTwo."


def test_a_text_without_times_is_whole(sections):
    assert sections("no cue here") == [Part(UnitKind.whole, "", "no cue here")]


@pytest.mark.parametrize(("time", "seconds"), [("02:03", 123), ("1:02:03", 3723), ("100:00:00", 360_000)])
def test_times_are_seconds(time, seconds):
    assert seconds_of(time) == seconds
