"""Write one answer: read the prompt, choose tokens, tell the events, and say why it ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import closing

from chatdesk.domain.generation import (
    AnswerFacts,
    EngineEvent,
    Finished,
    GenerationRequest,
    PromptProgress,
    StopReason,
    ViewStarts,
)
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.ahead import Ahead
from chatdesk.engine.answer import AnswerText
from chatdesk.engine.draft_pay import DraftPay
from chatdesk.engine.drafts import Copies
from chatdesk.engine.prompt import FittedPrompt
from chatdesk.engine.sampler import NothingToChoose, Sampler
from chatdesk.engine.sequence import ContextFull, ReadStopped, ReadTokens
from chatdesk.engine.thinking import ThinkingSplitter, opens_thinking
from chatdesk.engine.vocabulary import Vocabulary

_PROGRESS_SECONDS = 0.1

Tell = Callable[[EngineEvent], None]


def cancelled(device: str = "") -> Finished:
    """Return the end of an answer that was never begun."""
    return Finished(AnswerFacts(StopReason.cancelled, 0, 0, 0, 0.0, 0.0, device))


class Writing:
    """One answer of a model that has `read` something before and has `vocabulary`.

    A `grammar` binds the answer, which then has no thinking; empty: none. `device` is for the facts. With
    `pay`, tokens that probably follow are read ahead where that is faster.
    """

    def __init__(
        self,
        read: ReadTokens,
        vocabulary: Vocabulary,
        request: GenerationRequest,
        grammar: str,
        device: str,
        pay: DraftPay | None = None,
    ) -> None:
        self._started = time.perf_counter()
        self._read = read
        self._vocabulary = vocabulary
        self._request = request
        self._grammar = grammar
        self._device = device
        self._pay = pay
        self._reused_tokens = 0
        self._answer_tokens = 0
        self._first_token = 0.0

    def run(self, prompt: FittedPrompt, tell: Tell, abort: AbortFlag) -> None:
        """Tell all events of the answer, Finished at the end.

        Raises ConstraintInvalid, LogitsUnusable, ReadFailed.
        """
        self._read.obey(abort)
        splitter = None if self._grammar else ThinkingSplitter(opens_thinking(prompt.text))
        text = AnswerText(self._request.sampling.stop, splitter)
        with closing(Sampler(self._request.sampling, self._vocabulary, self._grammar)) as sampler:
            if prompt.first_turn:
                tell(ViewStarts(prompt.first_turn))
            try:
                self._read_prompt(prompt.tokens, tell)
                reason = self._write(self._ahead(prompt.tokens), sampler, text, tell, abort)
            except ReadStopped:
                reason = StopReason.cancelled
            except ContextFull:
                reason = StopReason.context
        for delta in text.finish():
            tell(delta)
        tell(Finished(self._facts(StopReason.stop if text.stopped else reason, len(prompt.tokens))))

    def _read_prompt(self, tokens: list[int], tell: Tell) -> None:
        last = self._started

        def progress(read: int) -> None:
            nonlocal last
            now = time.perf_counter()
            if now - last >= _PROGRESS_SECONDS:
                last = now
                tell(PromptProgress(read, len(tokens)))

        self._reused_tokens = self._read.read(tokens, progress)

    def _ahead(self, prompt: list[int]) -> Ahead | ReadTokens:
        if self._pay is None:
            return self._read
        likely = self._vocabulary.text_tokens(self._request.likely_answer)
        return Ahead(self._read, Copies(prompt, likely), self._pay)

    def _write(
        self, read: Ahead | ReadTokens, sampler: Sampler, text: AnswerText, tell: Tell, abort: AbortFlag
    ) -> StopReason:
        longest = self._request.sampling.answer_tokens or sys.maxsize
        piece_of, flag = self._vocabulary.piece, abort.view
        while not flag[0]:
            try:
                token = sampler.choose(read.logits())
            except NothingToChoose:
                return StopReason.end
            piece = piece_of(token)
            if piece is None:
                return StopReason.end
            self._answer_tokens += 1
            if self._answer_tokens == 1:
                self._first_token = time.perf_counter()
            for delta in text.add(piece):
                tell(delta)
            if text.stopped:
                return StopReason.stop
            if self._answer_tokens >= longest:
                return StopReason.length
            read.append(token)
        return StopReason.cancelled

    def _facts(self, reason: StopReason, prompt_tokens: int) -> AnswerFacts:
        now = time.perf_counter()
        return AnswerFacts(
            reason=reason,
            prompt_tokens=prompt_tokens,
            reused_tokens=self._reused_tokens,
            answer_tokens=self._answer_tokens,
            first_token_seconds=(self._first_token or now) - self._started,
            seconds=now - self._started,
            device=self._device,
        )
