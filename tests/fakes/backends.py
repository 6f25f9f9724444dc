"""A backend that does what the last turn's text says, for tests with real child processes."""

import os
import signal
import sys
import time
from pathlib import Path

from chatdesk.domain.errors import MessageTooLong, ModelInvalid, ModelTooLarge
from chatdesk.domain.generation import (
    WHOLE_BATCH,
    AnswerFacts,
    Finished,
    LoadProgress,
    ModelReady,
    StopReason,
    TextDelta,
    ThinkingDelta,
    TokenProbability,
)
from chatdesk.domain.models import DeviceReport, Gpu

READY = ModelReady(DeviceReport("CPU", 2, 0, ""), 4096, True, memory_factor=1.2)


class Scripted:
    """Streams the words of a text, unless its first word names one of the scripts below."""

    def __init__(self):
        self._loaded = None

    def generate(self, batch, emit, abort):
        _check_imports()
        if not self._load(batch.load, emit, abort):
            for index in range(len(batch.requests)):
                emit(index, Finished(AnswerFacts(StopReason.cancelled, 0, 0, 0, 0.0, 0.0)))
            return
        scripts = [self._script(request.turns[-1].text) for request in batch.requests]
        counts = [0] * len(scripts)
        running = dict(enumerate(scripts))
        deaf = any(request.turns[-1].text == "hang" for request in batch.requests)
        while running:
            for index, script in list(running.items()):
                event = None if abort.raised and not deaf else next(script, None)
                if event is not None:
                    counts[index] += 1
                    emit(index, event)
                    continue
                reason = StopReason.cancelled if abort.raised else StopReason.end
                emit(index, Finished(AnswerFacts(reason, 1, 0, counts[index], 0.0, 0.0, "CPU")))
                del running[index]

    def count_tokens(self, load, texts, abort):
        _check_imports()
        if texts and texts[0] in _DEATHS:
            _DEATHS[texts[0]]()
        if texts and texts[0] == "wait":
            while not abort.raised:
                time.sleep(0.002)
            return []
        return [len(text.split()) for text in texts]

    def next_tokens(self, load, request, count, abort):
        _check_imports()
        words = request.turns[-1].text.split()
        return [TokenProbability(i, word, 1 / (i + 2)) for i, word in enumerate(words)][:count]

    def rate_answer(self, load, request, abort):
        return [TokenProbability(0, word, 0.5) for word in request.turns[-1].text.split()]

    def gpus(self):
        return [Gpu("Card of the child", 3, 4)]

    def _load(self, load, emit, abort):
        """Return whether the model is loaded; "slow.gguf" takes 20 s, "crash.gguf" ends the process.

        "card.gguf" ends it only when it is put onto a graphics card, "blind.gguf" only with a projector.
        "large.gguf" has to be wanted anyway.
        """
        if load.model.path.name == "large.gguf" and load != self._loaded and not load.anyway:
            raise ModelTooLarge(load.model.path, 9 * 10**9, 4 * 10**9)
        if load != self._loaded:
            steps = 10_000 if load.model.path.name == "slow.gguf" else 4
            for step in range(1, steps + 1):
                emit(WHOLE_BATCH, LoadProgress(step / steps))
                if steps > 4:
                    time.sleep(0.002)
                if abort.raised:
                    return False
                name = load.model.path.name
                if name == "crash.gguf" or (name == "card.gguf" and load.gpu_layers):
                    _DEATHS["crash"]()
                if name == "blind.gguf" and load.projector:
                    _DEATHS["crash"]()
            self._loaded = load
        emit(WHOLE_BATCH, READY)
        return True

    def _script(self, text):
        name = text.split(" ", 1)[0]
        script = getattr(self, f"_do_{name}", None)
        if script is not None:
            yield from script(text)
        elif name in _DEATHS:
            yield TextDelta("half ")
            _DEATHS[name]()
        else:
            yield from (TextDelta(word) for word in text.split())

    def _do_raise(self, text):
        yield TextDelta("half ")
        raise MessageTooLong(9000, 4096)

    def _do_invalid(self, text):
        raise ModelInvalid(Path("ä/модель 🦙.gguf"), "it is a picture")
        yield

    def _do_bug(self, text):
        yield TextDelta("half ")
        raise ValueError("a bug in the backend")

    def _do_hang(self, text):
        yield TextDelta("half ")
        time.sleep(60)

    def _do_long(self, text):
        for number in range(10_000):
            time.sleep(0.002)
            yield TextDelta(f"{number} ")

    def _do_flood(self, text):
        for number in range(int(text.split()[1])):
            yield TextDelta(f"{number} ")

    def _do_think(self, text):
        yield ThinkingDelta("hm ")
        yield TextDelta("yes")

    def _do_noise(self, text):
        print("printed by Python: ä🦙\udc80")
        print("to stderr", file=sys.stderr)
        os.write(1, b"written by native code\n")
        os.write(2, b"native code on stderr\n")
        yield TextDelta("quiet")

    def _do_length(self, text):
        yield TextDelta(str(len(text)))

    def _do_modules(self, text):
        yield TextDelta(" ".join(sorted(sys.modules)))

    def _do_environment(self, text):
        yield TextDelta(os.environ.get(text.split()[1], ""))


def _check_imports():
    heavy = {"PySide6", "llama_cpp", "numpy", "huggingface_hub"} & sys.modules.keys()
    assert not heavy, f"the child must not import {heavy}"


def _signal(number):
    return lambda: (os.kill(os.getpid(), number), time.sleep(5))


_DEATHS = {
    "crash": _signal(signal.SIGSEGV),
    "kill": _signal(signal.SIGKILL),
    "abort": os.abort,
    "exit": lambda: os._exit(3),
}
