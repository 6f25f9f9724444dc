"""A fake of the Engine port that answers in this process, for tests of flows and of the window."""

import re
import threading
from dataclasses import replace
from itertools import zip_longest

from chatdesk.domain.generation import (
    WHOLE_BATCH,
    AnswerFacts,
    Finished,
    ModelReady,
    StopReason,
    TextDelta,
    ThinkingDelta,
    TokenProbability,
)
from chatdesk.domain.models import DeviceReport, Machine


class FakeEngine:
    """Says what it was told to say, and remembers what it was asked.

    Each request takes the next of `answers`: a text, streamed word by word; an exception, raised after half
    an answer ("half "); or a sequence of events in which an exception is raised where it stands. The fake
    finishes a text, and a sequence without `Finished`. When all are used up, `otherwise` is the answer.

    `hold_after=n` stops each answer of more than n words (or events of a sequence) there: `holding` is set,
    and the call goes on when the test sets `gate`, or when it is cancelled.
    """

    def __init__(
        self,
        *answers,
        otherwise="Fine.",
        thinking_switch=False,
        template_problem="",
        device=DeviceReport("CPU", 4, 0, ""),  # noqa: B008  frozen
        context_tokens=8192,
        hold_after=None,
    ):
        self.answers = list(answers)
        self.otherwise = otherwise
        self.ready = ModelReady(device, context_tokens, thinking_switch, template_problem)
        self.hold_after = hold_after
        self.gate = threading.Event()
        self.holding = threading.Event()
        self.batches = []  # every GenerationBatch
        self.counted = []  # every (load, texts)
        self.candidates = []  # what next_tokens answers, one list a call
        self.unsure = {}  # words and the probabilities that rate_answer gives them
        self.asked_next = []  # every (load, request, count)
        self.left_early = 0  # how many batches were closed before their end
        self.unloads = 0
        self.closed = False
        self.memory = Machine(16 << 30, 32 << 30)  # what machine answers
        self.idle = None  # what seconds_idle answers

    @property
    def requests(self):
        """Every request of every batch, in order."""
        return [request for batch in self.batches for request in batch.requests]

    def generate(self, batch, cancel):
        self.batches.append(batch)
        answers = [self._next_answer() for _ in batch.requests]
        unfinished = dict.fromkeys(range(len(answers)), 0)  # index: tokens so far
        try:
            yield WHOLE_BATCH, self.ready
            for index, step in self._steps(answers):
                if not self._may_go_on(cancel):
                    break
                if isinstance(step, Exception):
                    raise step
                if step is _HOLD:
                    self._hold(cancel)
                    continue
                if isinstance(step, Finished):
                    del unfinished[index]
                elif isinstance(step, TextDelta | ThinkingDelta):
                    unfinished[index] += 1
                yield index, step
            for index, tokens in unfinished.items():
                reason = StopReason.end if self._may_go_on(cancel) else StopReason.cancelled
                yield index, Finished(self._facts(batch.requests[index], tokens, reason))
        except GeneratorExit:
            self.left_early += 1
            raise

    def count_tokens(self, load, texts, cancel):
        """One token a word."""
        self.counted.append((load, tuple(texts)))
        return [] if cancel.cancelled else [len(text.split()) for text in texts]

    def next_tokens(self, load, request, count, cancel):
        self.asked_next.append((load, request, count))
        return [] if cancel.cancelled else list(self.candidates.pop(0))[:count]

    def rate_answer(self, load, request, cancel):
        """Each word of the answer is certain, but for those that `unsure` tells the probability of."""
        words = re.findall(r"\s*\S+\s*", request.turns[-1].text)
        return [TokenProbability(0, word, self.unsure.get(word.strip(), 1.0)) for word in words]

    def machine(self, with_gpus, cancel):
        return self.memory if with_gpus else replace(self.memory, gpus=())

    def unload(self):
        self.unloads += 1

    def close(self):
        self.closed = True
        self.gate.set()

    def seconds_idle(self):
        return self.idle

    def _next_answer(self):
        return self.answers.pop(0) if self.answers else self.otherwise

    def _steps(self, answers):
        """Yield (index, event, exception or _HOLD), the answers of a batch in turns."""
        for round_ in zip_longest(*map(self._script, answers)):
            yield from ((index, step) for index, step in enumerate(round_) if step is not None)

    def _script(self, answer):
        if isinstance(answer, Exception):
            steps = [TextDelta("half "), answer]
        elif isinstance(answer, str):
            steps = [TextDelta(word) for word in re.findall(r"\s*\S+\s*", answer) or [answer] if word]
        else:
            steps = list(answer)
        if self.hold_after is not None and len(steps) > self.hold_after:
            steps.insert(self.hold_after, _HOLD)
        return steps

    def _may_go_on(self, cancel):
        return not cancel.cancelled and not self.closed

    def _hold(self, cancel):
        self.holding.set()
        while self._may_go_on(cancel) and not self.gate.wait(0.005):
            pass

    def _facts(self, request, tokens, reason):
        prompt = sum(len(turn.text.split()) for turn in request.turns)
        return AnswerFacts(reason, prompt, 0, tokens, 0.1, 0.1 + tokens / 50, self.ready.device.name)


_HOLD = object()
