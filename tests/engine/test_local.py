"""The local engine with real child processes and a scripted backend."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import EngineCrashed, EngineError, MessageTooLong, ModelInvalid
from chatdesk.domain.generation import (
    WHOLE_BATCH,
    Finished,
    GenerationBatch,
    GenerationRequest,
    LoadProgress,
    ModelReady,
    StopReason,
    TextDelta,
    ThinkingDelta,
    Turn,
)
from chatdesk.domain.models import Gpu, LocalModel, ModelLoad
from chatdesk.engine import machine
from chatdesk.engine.local import EngineBug, LocalEngine

SCRIPTED = "tests.fakes.backends:Scripted"
LOAD = ModelLoad(LocalModel(Path("модель ä.gguf")))
PATIENCE = 0.3


@pytest.fixture
def engine():
    engine = LocalEngine(SCRIPTED, patience=PATIENCE)
    yield engine
    engine.close()


def batch(*texts, load=LOAD):
    return GenerationBatch(load, tuple(GenerationRequest((Turn("user", text),)) for text in texts))


def ask(engine, *texts, cancel=None, load=LOAD):
    return engine.generate(batch(*texts, load=load), cancel or CancelToken())


def texts_of(events, index=0):
    return [event.text for i, event in events if i == index and isinstance(event, TextDelta)]


def reasons_of(events):
    return {index: event.facts.reason for index, event in events if isinstance(event, Finished)}


def until_first_text(events):
    seen = []
    for index, event in events:
        seen.append((index, event))
        if isinstance(event, TextDelta):
            return seen
    raise AssertionError("no text came")


def answers_well(engine):
    events = list(ask(engine, "fine again"))
    return texts_of(events) == ["fine", "again"] and reasons_of(events) == {0: StopReason.end}


def wait_until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def on_a_thread(work):
    """Start `work`; the future's `result(seconds)` is what it returns."""
    executor = ThreadPoolExecutor(1)
    future = executor.submit(work)
    executor.shutdown(wait=False)
    return future


def until_error(events):
    seen = []
    try:
        for each in events:
            seen.append(each)
    except EngineError as error:
        return seen, error
    raise AssertionError("no error came")


def test_an_answer_streams_in_order_after_the_load(engine):
    events = list(ask(engine, "hello there you"))
    assert [event for index, event in events if index == WHOLE_BATCH][:4] == [
        LoadProgress(step / 4) for step in (1, 2, 3, 4)
    ]
    assert isinstance(events[4][1], ModelReady)
    assert texts_of(events) == ["hello", "there", "you"]
    assert reasons_of(events) == {0: StopReason.end}
    assert isinstance(events[-1][1], Finished)


def test_the_second_call_finds_the_model_loaded(engine):
    list(ask(engine, "one"))
    pid = engine.pid
    events = list(ask(engine, "two"))
    assert not [event for _, event in events if isinstance(event, LoadProgress)]
    assert isinstance(events[0][1], ModelReady)
    assert engine.pid == pid


def test_a_batch_of_three_arrives_interleaved_and_each_is_finished(engine):
    events = list(ask(engine, "a b c", "d", "think about it"))
    assert texts_of(events, 0) == ["a", "b", "c"]
    assert texts_of(events, 1) == ["d"]
    assert texts_of(events, 2) == ["yes"]
    assert (2, ThinkingDelta("hm ")) in events
    assert reasons_of(events) == dict.fromkeys(range(3), StopReason.end)
    order = [index for index, event in events if isinstance(event, TextDelta | ThinkingDelta)]
    assert order[:3] == [0, 1, 2]


def test_nothing_starts_before_the_first_event_is_asked_for(engine):
    ask(engine, "hello").close()
    assert engine.pid is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signals")
@pytest.mark.parametrize(
    ("text", "code"), [("crash", -signal.SIGSEGV), ("kill", -signal.SIGKILL), ("abort", -signal.SIGABRT)]
)
def test_a_crash_keeps_what_had_arrived_and_the_next_request_is_answered(engine, text, code):
    seen, error = until_error(ask(engine, text))
    assert isinstance(error, EngineCrashed)
    assert error.exit_code == code
    assert texts_of(seen) == ["half "]
    assert engine.pid is None
    assert answers_well(engine)


def test_a_process_that_ends_by_itself_is_a_crash_too(engine):
    with pytest.raises(EngineCrashed) as caught:
        list(ask(engine, "exit"))
    assert caught.value.exit_code == 3


def test_a_crash_while_loading_is_reported_and_another_model_can_be_used(engine):
    with pytest.raises(EngineCrashed):
        list(ask(engine, "hello", load=ModelLoad(LocalModel(Path("crash.gguf")))))
    assert answers_well(engine)


def test_a_driver_that_ends_the_process_is_left_alone_from_then_on(engine):
    load = ModelLoad(LocalModel(Path("card.gguf")))
    for _ in range(2):
        events = list(ask(engine, "hello there", load=load))
        (ready,) = [event for _, event in events if isinstance(event, ModelReady)]
        assert ready.device.name == "CPU"
        assert "driver" in ready.device.reason
        assert texts_of(events) == ["hello", "there"]
        assert [index for index, event in events if isinstance(event, Finished)] == [0]
    assert engine.count_tokens(load, ["a b"], CancelToken()) == [2]


def test_a_projector_that_ends_the_process_is_left_out_from_then_on(engine):
    load = ModelLoad(LocalModel(Path("blind.gguf")), projector=Path("mmproj.gguf"))
    for _ in range(2):
        events = list(ask(engine, "hello there", load=load))
        (ready,) = [event for _, event in events if isinstance(event, ModelReady)]
        assert "“mmproj.gguf” cannot be used: it ended the model's process" in ready.projector_problem
        assert not ready.device.reason
        assert texts_of(events) == ["hello", "there"]


def test_a_driver_that_fails_does_not_cost_the_projector(engine):
    load = ModelLoad(LocalModel(Path("card.gguf")), projector=Path("mmproj.gguf"))
    (ready,) = [event for _, event in ask(engine, "hello", load=load) if isinstance(event, ModelReady)]
    assert "driver" in ready.device.reason
    assert not ready.projector_problem


def test_a_model_that_always_crashes_is_reported_after_all_other_ways(engine):
    load = ModelLoad(LocalModel(Path("crash.gguf")), projector=Path("mmproj.gguf"))
    with pytest.raises(EngineCrashed):
        list(ask(engine, "hello", load=load))
    assert answers_well(engine)


def test_a_model_that_crashes_without_a_card_is_not_tried_again(engine):
    with pytest.raises(EngineCrashed):
        list(ask(engine, "hello", load=ModelLoad(LocalModel(Path("crash.gguf")), gpu_layers=0)))


def test_a_crash_while_counting_is_reported(engine):
    with pytest.raises(EngineCrashed):
        engine.count_tokens(LOAD, ["crash"], CancelToken())
    assert engine.count_tokens(LOAD, ["a b", ""], CancelToken()) == [2, 0]


def test_a_process_killed_between_calls_is_replaced_silently(engine):
    list(ask(engine, "hello"))
    psutil.Process(engine.pid).kill()
    wait_until(lambda: engine.pid is None)
    assert answers_well(engine)


def test_errors_arrive_with_their_sentence_hint_and_attributes(engine):
    with pytest.raises(MessageTooLong) as caught:
        list(ask(engine, "raise"))
    original = MessageTooLong(9000, 4096)
    assert (caught.value.needed, caught.value.available) == (9000, 4096)
    assert (str(caught.value), caught.value.hint) == (str(original), original.hint)
    pid = engine.pid
    with pytest.raises(ModelInvalid, match="модель 🦙"):
        list(ask(engine, "invalid"))
    assert answers_well(engine)
    assert engine.pid == pid


def test_a_bug_in_the_backend_is_logged_with_its_traceback_and_is_no_user_error(engine, caplog):
    with pytest.raises(EngineBug, match="a bug in the backend"):
        list(ask(engine, "bug"))
    assert "_do_bug" in caplog.text
    pid = engine.pid
    assert answers_well(engine)
    assert engine.pid == pid


def test_a_request_that_cannot_be_sent_does_not_block_the_next(engine):
    request = GenerationRequest((Turn("user", "x"),), schema={"no": lambda: None})
    with pytest.raises(Exception, match="pickle"):
        list(engine.generate(GenerationBatch(LOAD, (request,)), CancelToken()))
    assert answers_well(engine)


@pytest.mark.parametrize("text", ["x" * 5_000_000, "é\0🦙\ud800" * 1_000_000])
def test_five_megabytes_of_text_pass_unharmed(engine, text):
    assert texts_of(ask(engine, "length " + text)) == [str(len(text) + 7)]


def test_many_small_events_all_arrive(engine):
    assert len(texts_of(ask(engine, "flood 20000"))) == 20_000


def test_tokens_are_counted_and_candidates_named(engine):
    assert engine.count_tokens(LOAD, ("one", "two words"), CancelToken()) == [1, 2]
    request = GenerationRequest((Turn("user", "yes no maybe"),))
    candidates = engine.next_tokens(LOAD, request, 2, CancelToken())
    assert [candidate.text for candidate in candidates] == ["yes", "no"]
    assert [token.text for token in engine.rate_answer(LOAD, request, CancelToken())] == [
        "yes",
        "no",
        "maybe",
    ]


def test_a_cancel_between_tokens_is_quick_and_keeps_the_process(engine):
    cancel = CancelToken()
    events = ask(engine, "long", "long", cancel=cancel)
    until_first_text(events)
    pid = engine.pid
    cancel.cancel()
    began = time.monotonic()
    assert reasons_of(list(events)) == {0: StopReason.cancelled, 1: StopReason.cancelled}
    assert time.monotonic() - began < 0.5
    assert answers_well(engine)
    assert engine.pid == pid


def test_a_cancel_in_a_hanging_native_call_kills_the_process(engine):
    cancel = CancelToken()
    events = ask(engine, "hang", "hello", cancel=cancel)
    seen = until_first_text(events)
    pid = engine.pid
    cancel.cancel()
    began = time.monotonic()
    seen += events
    assert PATIENCE <= time.monotonic() - began < PATIENCE + 1
    assert reasons_of(seen) == {0: StopReason.cancelled, 1: StopReason.cancelled}
    assert is_gone(pid)
    assert answers_well(engine)


def test_a_cancelled_load_finishes_every_index(engine):
    cancel = CancelToken()
    events = ask(engine, "a", "b", cancel=cancel, load=ModelLoad(LocalModel(Path("slow.gguf"))))
    assert isinstance(next(events)[1], LoadProgress)
    cancel.cancel()
    assert reasons_of(list(events)) == {0: StopReason.cancelled, 1: StopReason.cancelled}


def test_a_call_that_was_cancelled_before_starts_nothing(engine):
    cancel = CancelToken()
    cancel.cancel()
    assert reasons_of(list(ask(engine, "a", "b", cancel=cancel))) == dict.fromkeys(
        (0, 1), StopReason.cancelled
    )
    assert engine.count_tokens(LOAD, ["a"], cancel) == []
    assert engine.pid is None


def test_a_crash_after_the_cancel_counts_as_cancelled(engine):
    cancel = CancelToken()
    events = ask(engine, "hang", cancel=cancel)
    until_first_text(events)
    cancel.cancel()
    psutil.Process(engine.pid).kill()
    assert reasons_of(list(events)) == {0: StopReason.cancelled}


def test_a_cancelled_count_returns_and_keeps_the_process(engine):
    list(ask(engine, "hello"))
    pid = engine.pid
    cancel = CancelToken()
    counting = on_a_thread(lambda: engine.count_tokens(LOAD, ["wait"], cancel))
    wait_until(lambda: engine.seconds_idle() is None)
    cancel.cancel()
    assert counting.result(10) == []
    assert answers_well(engine)
    assert engine.pid == pid


def test_calls_of_several_threads_wait_for_each_other(engine):
    running = [on_a_thread(lambda n=n: list(ask(engine, f"{n} " * 50))) for n in range(4)]
    for n, each in enumerate(running):
        assert texts_of(each.result(10)) == [str(n)] * 50


def test_a_waiting_call_can_be_cancelled_without_harm_to_the_running_one(engine):
    events = ask(engine, "long")
    until_first_text(events)
    cancel = CancelToken()
    waiting = on_a_thread(lambda: list(ask(engine, "hello", cancel=cancel)))
    counting = on_a_thread(lambda: engine.count_tokens(LOAD, ["hello"], cancel))
    cancel.cancel()
    began = time.monotonic()
    assert reasons_of(waiting.result(10)) == {0: StopReason.cancelled}
    assert counting.result(10) == []
    assert time.monotonic() - began < 0.5
    assert texts_of([next(events)])
    events.close()


def test_a_thread_is_told_when_it_would_wait_for_itself(engine):
    events = ask(engine, "long")
    until_first_text(events)
    with pytest.raises(RuntimeError, match="wait for itself"):
        engine.count_tokens(LOAD, ["hello"], CancelToken())
    events.close()


def test_closing_the_generator_early_keeps_the_process(engine):
    events = ask(engine, "long")
    until_first_text(events)
    pid = engine.pid
    events.close()
    assert answers_well(engine)
    assert engine.pid == pid


def test_closing_right_after_the_last_event_is_quick_and_keeps_the_process(engine):
    events = ask(engine, "hello")
    while not isinstance(next(events)[1], Finished):
        pass
    pid = engine.pid
    began = time.monotonic()
    events.close()
    assert time.monotonic() - began < 0.25
    assert engine.pid == pid


@pytest.mark.parametrize("text", ["hang", "flood 100000"])
def test_closing_the_generator_early_never_takes_longer_than_patience(engine, text):
    events = ask(engine, text)
    until_first_text(events)
    began = time.monotonic()
    events.close()
    assert time.monotonic() - began < PATIENCE + 1
    assert answers_well(engine)


@pytest.mark.parametrize("text", ["raise", "bug", "crash"])
def test_an_error_after_the_generator_was_closed_is_not_raised(engine, text):
    events = ask(engine, text)
    until_first_text(events)
    events.close()
    assert answers_well(engine)


def test_a_generator_can_be_closed_by_another_thread(engine):
    events = ask(engine, "long")
    until_first_text(events)
    on_a_thread(events.close).result(10)
    assert answers_well(engine)


def test_unloading_ends_the_process_and_the_next_call_starts_another(engine):
    list(ask(engine, "hello"))
    pid = engine.pid
    engine.unload()
    assert is_gone(pid)
    assert engine.pid is None
    assert answers_well(engine)
    assert engine.pid != pid


def test_unloading_without_a_process_does_nothing(engine):
    engine.unload()
    assert engine.pid is None


def test_unloading_never_cuts_an_answer(engine):
    events = ask(engine, "long")
    until_first_text(events)
    pid = engine.pid
    engine.unload()
    on_a_thread(engine.unload).result(10)
    assert texts_of([next(events)])
    assert engine.pid == pid
    events.close()


def test_idle_time_is_known_only_while_a_loaded_process_rests(engine):
    assert engine.seconds_idle() is None
    events = ask(engine, "long")
    until_first_text(events)
    assert engine.seconds_idle() is None
    events.close()
    assert 0 <= engine.seconds_idle() < 5
    engine.unload()
    assert engine.seconds_idle() is None


def test_closing_the_engine_ends_a_running_answer_as_cancelled(engine):
    running = on_a_thread(lambda: list(ask(engine, "long")))
    wait_until(lambda: engine.pid is not None)
    engine.close()
    assert reasons_of(running.result(10)) == {0: StopReason.cancelled}
    assert engine.pid is None


@pytest.mark.parametrize("text", ["hang", "long"])
def test_closing_the_engine_does_not_wait_for_a_generator_that_nobody_reads(engine, text):
    events = ask(engine, text)
    until_first_text(events)
    pid = engine.pid
    began = time.monotonic()
    engine.close()
    assert time.monotonic() - began < 1
    assert is_gone(pid)
    assert reasons_of(list(events)) == {0: StopReason.cancelled}


def test_after_closing_every_call_counts_as_cancelled(engine):
    engine.close()
    engine.close()
    assert reasons_of(list(ask(engine, "hello"))) == {0: StopReason.cancelled}
    assert engine.count_tokens(LOAD, ["a"], CancelToken()) == []
    assert engine.pid is None


def start_parent(script):
    """Run `script` in a process of its own group, with `engine`, `ask` and `pid` at hand."""
    head = """
import os, signal, sys, threading
from pathlib import Path
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.generation import GenerationBatch, GenerationRequest, TextDelta, Turn
from chatdesk.domain.models import Gpu, LocalModel, ModelLoad
from chatdesk.engine import machine
from chatdesk.engine.local import LocalEngine

engine = LocalEngine("tests.fakes.backends:Scripted")

def ask(text):
    request = GenerationRequest((Turn("user", text),))
    load = ModelLoad(LocalModel(Path("m.gguf")))
    for _, event in engine.generate(GenerationBatch(load, (request,)), CancelToken()):
        if isinstance(event, TextDelta):
            yield event.text

def say(*words):
    print(*words, flush=True)
"""
    return subprocess.Popen(
        [sys.executable, "-c", head + script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize("text", ["hello", "long", "hang"])
def test_no_process_is_left_when_the_window_is_killed(text):
    script = f"""
answer = ask({text!r})
next(answer)
say(engine.pid)
signal.pause() if hasattr(signal, "pause") else threading.Event().wait()
"""
    with start_parent(script) as parent:
        pid = int(parent.stdout.readline())
        assert not is_gone(pid)
        parent.kill()
        parent.wait()
        wait_until(lambda: is_gone(pid), 2)


@pytest.mark.parametrize("text", ["hello", "long", "hang"])
def test_no_process_is_left_when_the_interpreter_ends_without_close(text):
    with start_parent(f"answer = ask({text!r}); next(answer); say(engine.pid)") as parent:
        pid = int(parent.stdout.readline())
        began = time.monotonic()
        assert parent.wait(10) == 0
        assert time.monotonic() - began < 4
        assert parent.stderr.read() == ""
        wait_until(lambda: is_gone(pid), 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups of this kind")
def test_ctrl_c_reaches_the_window_and_never_the_model():
    script = """
signal.signal(signal.SIGINT, lambda *_: None)
over = threading.Event()

def press_ctrl_c():
    while not over.wait(0.001):
        os.killpg(0, signal.SIGINT)

thread = threading.Thread(target=press_ctrl_c)
thread.start()
for _ in range(3):
    say(*ask("all is well"))
    engine.unload()
over.set()
thread.join()
engine.close()
"""
    with start_parent(script) as parent:
        out, err = parent.communicate(timeout=30)
    assert (out, err) == ("all is well\n" * 3, "")


@pytest.mark.skipif(os.name != "posix", reason="POSIX keyboards only")
def test_ctrl_c_that_raises_in_the_reader_leaves_no_process():
    script = """
answer = ask("long")
try:
    next(answer)
    say(engine.pid)
    for _ in answer:
        pass
except KeyboardInterrupt:
    say("stopped")
"""
    with start_parent(script) as parent:
        pid = int(parent.stdout.readline())
        os.killpg(parent.pid, signal.SIGINT)
        out, err = parent.communicate(timeout=10)
    assert (out, err) == ("stopped\n", "")
    assert is_gone(pid)


def test_the_memory_of_graphics_cards_comes_from_the_child(engine, monkeypatch):
    monkeypatch.setattr(machine, "made_for_gpus", lambda: True)
    card = Gpu("Card of the child", 3, 4)
    assert engine.machine(True, CancelToken()).gpus == (card,)
    assert engine.machine(False, CancelToken()).gpus == ()
    running = ask(engine, "one two three")
    next(running)
    assert engine.machine(True, CancelToken()).gpus == (card,)  # and nobody waits for the answer's end


def test_without_a_build_for_graphics_cards_no_process_is_started(engine, monkeypatch):
    monkeypatch.setattr(machine, "made_for_gpus", lambda: False)
    now = engine.machine(True, CancelToken())
    assert 0 < now.free <= now.total
    assert engine.pid is None
