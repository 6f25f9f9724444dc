"""The child process as its pipe shows it."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest

from chatdesk.domain.errors import MessageTooLong
from chatdesk.domain.generation import (
    Finished,
    GenerationBatch,
    GenerationRequest,
    ModelReady,
    StopReason,
    TextDelta,
    Turn,
)
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.engine import child, wire

LOAD = ModelLoad(LocalModel(Path("модель ä.gguf")))


class Child:
    """A real child, driven message by message."""

    def __init__(self, log=None, backend="tests.fakes.backends:Scripted"):
        context = multiprocessing.get_context("spawn")
        self.pipe, far_end = context.Pipe()
        self.process = context.Process(target=child.main, args=(far_end, backend, log), daemon=True)
        self.process.start()
        far_end.close()

    def ask(self, *texts):
        requests = tuple(GenerationRequest((Turn("user", text),)) for text in texts)
        self.pipe.send(wire.Generate(GenerationBatch(LOAD, requests)))

    def next(self):
        assert self.pipe.poll(10), "the child does not answer"
        return self.pipe.recv()

    def until_first_text(self):
        while not isinstance(getattr(self.next(), "event", None), TextDelta):
            pass

    def rest(self):
        """Every report up to the one that ends the call."""
        reports = [self.next()]
        while isinstance(reports[-1], wire.Partial):
            reports.append(self.next())
        return reports

    def exit_code(self, seconds=5):
        self.process.join(seconds)
        return self.process.exitcode

    def end(self):
        self.pipe.close()
        self.process.kill()
        self.process.join(5)


@pytest.fixture
def start():
    children = []

    def start_child(*args, **kwargs):
        children.append(Child(*args, **kwargs))
        return children[-1]

    yield start_child
    for each in children:
        each.end()


def test_a_call_ends_with_done(start):
    running = start()
    running.ask("hello there")
    reports = running.rest()
    assert reports[-1] == wire.Done()
    events = [report.event for report in reports[:-1]]
    assert [event.text for event in events if isinstance(event, TextDelta)] == ["hello", "there"]
    assert isinstance(events[-1], Finished)


def test_errors_and_bugs_end_their_call_only(start):
    running = start()
    running.ask("raise")
    assert isinstance(running.rest()[-1].error, MessageTooLong)
    running.ask("bug")
    assert "a bug in the backend" in running.rest()[-1].traceback
    running.ask("hello")
    assert running.rest()[-1] == wire.Done()


def test_a_cancel_that_comes_too_late_does_not_stop_the_next_call(start):
    running = start()
    running.ask("hello")
    running.rest()
    running.pipe.send(wire.Cancel())
    running.ask("one two three")
    assert running.rest()[-2].event.facts.reason is StopReason.end


def test_a_cancel_ends_the_call_with_finished_for_every_index(start):
    running = start()
    running.ask("long", "long")
    running.until_first_text()
    running.pipe.send(wire.Cancel())
    finished = [report for report in running.rest() if isinstance(getattr(report, "event", None), Finished)]
    assert {report.index for report in finished} == {0, 1}
    assert all(report.event.facts.reason is StopReason.cancelled for report in finished)


def test_something_unreadable_in_the_pipe_is_answered_as_a_bug(start):
    running = start()
    running.pipe.send_bytes(b"garbage")
    assert isinstance(running.rest()[-1], wire.Broken)
    running.ask("hello")
    assert running.rest()[-1] == wire.Done()


def test_a_backend_that_cannot_be_imported_is_reported_at_each_call(start):
    running = start(backend="tests.fakes.nowhere:Nothing")
    for _ in range(2):
        running.ask("hello")
        assert "tests.fakes.nowhere" in running.rest()[-1].traceback


@pytest.mark.parametrize("text", ["", "long", "hang", "flood 100000"])
def test_the_process_ends_by_itself_when_the_pipe_is_closed(start, text):
    running = start()
    if text:
        running.ask(text)
        running.until_first_text()
    else:
        running.ask("hello")
        running.rest()
    running.pipe.close()
    assert running.exit_code(2) == 0


def test_output_goes_to_the_log_and_never_into_the_pipe(start, tmp_path, capfd):
    log = tmp_path / "ä модель" / "engine.log"
    running = start(log)
    running.ask("noise")
    assert running.rest()[-1] == wire.Done()
    text = log.read_text(encoding="utf-8")
    assert "printed by Python: ä🦙" in text
    for line in ("to stderr", "written by native code", "native code on stderr"):
        assert line in text
    assert capfd.readouterr() == ("", "")


def test_without_a_log_output_is_dropped(start, capfd):
    running = start()
    running.ask("noise")
    assert running.rest()[-1] == wire.Done()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signals")
def test_a_crash_leaves_its_trace_in_the_log(start, tmp_path):
    log = tmp_path / "engine.log"
    running = start(log)
    running.ask("crash")
    assert running.exit_code() == -signal.SIGSEGV
    assert "Segmentation fault" in log.read_text(encoding="utf-8")


def test_a_log_that_has_grown_large_is_put_aside(start, tmp_path):
    log = tmp_path / "engine.log"
    log.write_text("old\n" * 300_000)
    running = start(log)
    running.ask("noise")
    running.rest()
    assert log.stat().st_size < 1000
    assert log.with_name("engine.log.old").stat().st_size == 1_200_000


def test_a_log_that_cannot_be_written_does_not_keep_the_model_from_running(start, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    running = start(in_the_way / "engine.log")
    running.ask("hello")
    assert running.rest()[-1] == wire.Done()


def test_an_abort_in_native_code_starts_no_debugger(start):
    running = start()
    running.ask("environment GGML_NO_BACKTRACE")
    assert TextDelta("1") in [getattr(report, "event", None) for report in running.rest()]


def test_only_what_the_child_needs_is_imported(start):
    running = start()
    running.ask("modules")
    [modules] = [r.event.text for r in running.rest() if isinstance(getattr(r, "event", None), TextDelta)]
    loaded = {
        name for name in modules.split() if name.startswith(("chatdesk.", "PySide6", "llama_cpp", "numpy"))
    }
    assert loaded == {
        "chatdesk.children",
        "chatdesk.domain",
        "chatdesk.domain.errors",
        "chatdesk.domain.generation",
        "chatdesk.domain.models",
        "chatdesk.domain.pictures",
        "chatdesk.domain.words",
        "chatdesk.engine",
        "chatdesk.engine.abort",
        "chatdesk.engine.backend",
        "chatdesk.engine.child",
        "chatdesk.engine.wire",
    }


def test_the_model_stays_loaded_from_call_to_call(start):
    running = start()
    running.ask("one")
    assert len(running.rest()) == 8
    running.ask("two")
    reports = running.rest()
    assert isinstance(reports[0].event, ModelReady)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs a way to see the threads")
def test_a_waiting_child_uses_no_processor_time(start):
    running = start()
    running.ask("hello")
    running.rest()
    import psutil

    process = psutil.Process(running.process.pid)
    before = sum(process.cpu_times()[:2])
    running.process.join(0.3)
    assert sum(process.cpu_times()[:2]) - before <= 0.02
