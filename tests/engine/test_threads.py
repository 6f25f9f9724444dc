"""Tests of the number of threads."""

from chatdesk.engine import threads

BIG = 500_000_000


def test_a_small_model_takes_one_thread():
    assert threads.choose(0, 5_000_000) == threads.Threads(reading=1, writing=1)
    assert threads.choose(2, 5_000_000).writing == 2


def test_the_wish_is_followed():
    assert threads.choose(3, BIG) == threads.Threads(reading=3, writing=3)


def test_writing_takes_no_more_threads_than_there_are_cores(monkeypatch):
    monkeypatch.setattr(threads, "_usable", lambda: 8)
    monkeypatch.setattr(threads.psutil, "cpu_count", lambda logical: 4)
    assert threads.choose(0, BIG) == threads.Threads(reading=8, writing=4, adapts=True)


def test_a_process_bound_to_few_processors_uses_no_more(monkeypatch):
    monkeypatch.setattr(threads, "_usable", lambda: 2)
    monkeypatch.setattr(threads.psutil, "cpu_count", lambda logical: 16)
    assert threads.choose(0, BIG) == threads.Threads(reading=2, writing=2, adapts=True)


def test_cores_that_cannot_be_counted_do_no_harm(monkeypatch):
    monkeypatch.setattr(threads.psutil, "cpu_count", lambda logical: None)
    assert threads.choose(0, BIG).writing >= 1
