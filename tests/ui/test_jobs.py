"""Jobs: events of worker threads arrive in the main thread, in order, and nothing is lost at the end."""

import threading

import pytest

from chatdesk.domain.errors import EngineCrashed
from chatdesk.ui.jobs import Job, JobRunner


@pytest.fixture
def runner(qapp):
    runner = JobRunner(2)
    yield runner
    runner.shutdown()


def test_events_arrive_in_order_in_the_main_thread(qtbot, runner):
    seen = []
    job = Job(lambda cancel: iter("abc"))
    job.produced.connect(
        lambda item: seen.append((item, threading.current_thread() is threading.main_thread()))
    )
    with qtbot.waitSignal(job.finished, timeout=3000):
        runner.start(job)
    assert seen == [("a", True), ("b", True), ("c", True)]


def test_an_exception_becomes_failed_then_finished(qtbot, runner):
    def flow(cancel):
        yield 1
        raise EngineCrashed(-11)

    order = []
    job = Job(flow)
    job.produced.connect(lambda _: order.append("event"))
    job.failed.connect(lambda error: order.append(type(error).__name__))
    with qtbot.waitSignal(job.finished, timeout=3000):
        runner.start(job)
    assert order == ["event", "EngineCrashed"]


def test_cancel_reaches_the_flow(qtbot, runner):
    started = threading.Event()

    def flow(cancel):
        while not cancel.wait(0.01):
            started.set()
            yield "tick"

    job = Job(flow)
    runner.start(job)
    assert started.wait(2)
    with qtbot.waitSignal(job.finished, timeout=3000):
        job.cancel()


def test_shutdown_waits_until_each_flow_has_cleaned_up(qapp):
    runner = JobRunner(1)
    started, cleaned = threading.Event(), threading.Event()

    def flow(cancel):
        started.set()
        try:
            while not cancel.wait(0.01):
                yield "tick"
        finally:
            cleaned.set()

    runner.start(Job(flow))
    assert started.wait(2)
    runner.shutdown()
    assert cleaned.is_set()


def test_a_thousand_events_are_all_delivered(qtbot, runner):
    seen = []
    job = Job(lambda cancel: iter(range(1000)))
    job.produced.connect(seen.append)
    with qtbot.waitSignal(job.finished, timeout=5000):
        runner.start(job)
    assert seen == list(range(1000))
