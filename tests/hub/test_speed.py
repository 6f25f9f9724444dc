"""Speeds are smoothed, and reports come at intervals."""

import pytest

from chatdesk.hub.speed import Speed, Ticker


def test_a_steady_stream_has_its_speed_from_the_first_look():
    speed = Speed(100.0)
    for number in range(1, 50):
        speed.add(1000)
        assert speed.measure(100 + number / 10) == pytest.approx(10_000)


def test_a_jump_arrives_within_seconds_and_not_at_once():
    speed = Speed(0.0)
    speed.add(10_000)
    speed.measure(10.0)
    speed.add(1000)
    assert 1000 < speed.measure(10.1) < 2000
    speed.add(190_000)
    assert speed.measure(29.1) == pytest.approx(10_000, rel=0.01)


def test_without_bytes_it_falls_towards_nothing():
    speed = Speed(0.0)
    speed.add(1000)
    first = speed.measure(1.0)
    assert 0 < speed.measure(10.0) < first / 10


def test_no_time_no_speed():
    speed = Speed(5.0)
    assert speed.measure(5.0) == 0
    speed.add(1000)
    assert speed.measure(5.0) == 0
    assert speed.measure(6.0) == 1000


def test_a_ticker_is_due_at_first_and_then_at_intervals():
    ticker = Ticker(0.1)
    assert [ticker.due(now) for now in (0.0, 0.05, 0.09, 0.11, 0.15, 0.22)] == [
        True,
        False,
        False,
        True,
        False,
        True,
    ]
