"""Whoever waits can leave at once."""

import gc
import threading
import time
import weakref
from contextlib import suppress

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.waiting import wait_for


def test_what_the_work_returns_or_raises_comes_back():
    assert wait_for(lambda: 3, CancelToken()) == 3
    with pytest.raises(ZeroDivisionError):
        wait_for(lambda: 1 // 0, CancelToken())


def test_what_failing_work_held_is_let_go_of_with_its_error():
    held = []

    class Line:
        """Something that wants to be closed."""

    def work():
        line = Line()
        held.append(weakref.ref(line))
        raise OSError

    gc.disable()
    try:
        with suppress(OSError):
            wait_for(work, CancelToken())
        assert held[0]() is None
    finally:
        gc.enable()


def test_a_cancellation_is_followed_at_once_though_the_work_goes_on():
    cancel, started, end = CancelToken(), threading.Event(), threading.Event()

    def work():
        started.set()
        cancel.cancel()
        return end.wait(30)

    began = time.monotonic()
    assert wait_for(work, cancel) is None
    assert time.monotonic() - began < 5
    assert started.is_set()
    end.set()


def test_nothing_begins_after_a_cancellation():
    cancel = CancelToken()
    cancel.cancel()
    begun = []
    assert wait_for(lambda: begun.append(1), cancel) is None
    assert begun == []


def test_work_that_takes_too_long_is_left():
    end = threading.Event()
    with pytest.raises(TimeoutError):
        wait_for(lambda: end.wait(30), CancelToken(), seconds=0.05)
    end.set()


def test_the_token_of_the_caller_stays_as_it_was():
    cancel = CancelToken()
    wait_for(lambda: None, cancel)
    assert not cancel.cancelled
