"""Width, density, font of code and time of messages are chosen, and the transcript follows at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel

from chatdesk.domain.settings import Density, Reading, ReadingWidth, Settings, Stamps
from chatdesk.ui.transcript.entries import stamp_words
from chatdesk.ui.transcript.footer_row import FooterRow
from chatdesk.ui.transcript.formats import Formats

LONG = "Some words of a long paragraph that is broken into lines. " * 20


@pytest.fixture
def chat(view, shown):
    view.resize(1200, 700)
    view.show_messages([shown("user", "A question"), shown("assistant", f"{LONG}\n\n{LONG}")])
    return view


def stamps(view):
    rows = [row.widget for row in view.live_rows() if isinstance(row.widget, FooterRow)]
    return [row.findChild(QLabel, "stamp") for row in rows]


@pytest.mark.parametrize(("width", "pixels"), [("narrow", 620), ("normal", 780), ("wide", 1040)])
def test_the_column_is_as_wide_as_was_chosen(chat, width, pixels):
    chat.set_reading(Settings(reading_width=ReadingWidth(width)).reading)
    assert chat.column_width() == pixels
    chat.set_text_size(70)
    assert chat.column_width() == round(pixels * 0.7)


def test_the_whole_window_is_used_where_that_was_chosen(chat):
    chat.set_reading(Settings(reading_width=ReadingWidth.full).reading)
    assert chat.column_width() > 1100
    chat.resize(700, 600)
    assert chat.column_width() < 700


def test_a_compact_chat_takes_less_height(chat):
    before = sum(entry.height + entry.gap for entry in chat.entries)
    chat.set_reading(Settings(density=Density.compact).reading)
    assert sum(entry.height + entry.gap for entry in chat.entries) < before * 0.93
    chat.set_reading(Reading())
    assert sum(entry.height + entry.gap for entry in chat.entries) == before


def test_code_is_written_in_the_font_that_was_chosen():
    formats = Formats(reading=Reading(code_font="Some Mono"))
    assert formats.code_font().families()[0] == "Some Mono"
    assert formats.code.fontFamilies()[0] == "Some Mono"
    assert "Some Mono" not in Formats().code_font().families()


def test_times_show_always_near_the_pointer_or_never(chat):
    chat.set_reading(Reading(stamps=Stamps.always))
    assert all(stamp.isVisible() and stamp.text() for stamp in stamps(chat))
    chat.set_reading(Reading(stamps=Stamps.near))
    assert [stamp.isVisible() for stamp in stamps(chat)] == [
        False,
        True,
    ]  # the last answer shows all of its row
    chat.set_reading(Reading(stamps=Stamps.off))
    assert not any(stamp.isVisible() or stamp.text() for stamp in stamps(chat))


def test_another_look_keeps_text_size_and_colours(chat):
    chat.set_text_size(150)
    chat.set_reading(Reading(compact=True))
    assert (chat.formats.percent, chat.formats.reading.compact) == (150, True)
    chat.set_colours(replace(chat.formats.colours, dark=True))
    assert chat.formats.reading.compact


def test_a_message_of_today_has_its_hour_and_an_older_one_its_day():
    now = datetime.now(UTC)
    assert len(stamp_words(now)) < len(stamp_words(now - timedelta(days=400)))
    assert f"{(now - timedelta(days=400)).astimezone():%y}" in stamp_words(now - timedelta(days=400))
