"""What a model has read: a context that keeps the tokens of one sequence and reads more of them."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

import numpy as np
import numpy.typing as npt

from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.adapters import Weighted
from chatdesk.engine.bindings import logits_address, native, stop_when_not_empty
from chatdesk.engine.earlier_readings import WORTH, EarlierReadings, common_beginning
from chatdesk.engine.model import Model
from chatdesk.engine.pace import Pace
from chatdesk.engine.sight import ABORTED, Sight
from chatdesk.engine.threads import Threads

Logits = npt.NDArray[np.float32]

_CHUNK = 512  # tokens read at once: the fastest, and short enough to show progress
_OUTPUTS = 16  # positions whose logits are kept; _CHUNK, the default, takes 260 MB for a large vocabulary
_NO_ROOM = 1  # what llama_decode returns
_SEQUENCE = 0


class ContextFailed(Exception):
    """There is not enough memory for a context of this length."""


class ReadStopped(Exception):
    """The abort flag was raised; what had been read before this call is kept where the model allows it."""


class ContextFull(Exception):
    """No room for another token."""


class ReadFailed(Exception):
    """llama_decode has returned `code`, below 0, or no logits (code 0)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class ReadTokens:
    """The tokens that `model` has read, at most `limit` of them, and the logits for the next one.

    Negative ones stand for pictures, see `Sight`; they are read with `sight`, once that is set.
    Raises ContextFailed. `model` has to outlive this object.
    """

    sight: Sight | None = None

    def __init__(self, model: Model, limit: int, threads: Threads) -> None:
        self._held: list[int] = []
        self._adapters: list[tuple[int | None, float]] = []
        self._saved = 0  # positions that pictures take less than they have tokens
        self._window = max(1, model.window)
        self._vocabulary_size = model.vocabulary.size
        self._context = self._open(model, limit, threads)
        self._reading_threads = threads.reading
        self._pace = Pace(threads.writing) if threads.adapts else None
        self._memory = native.llama_get_memory(self._context)
        self._earlier = EarlierReadings(self._context, _SEQUENCE)
        self._abort: AbortFlag | None = None
        self.limit: int = native.llama_n_ctx_seq(self._context)
        self._batch = native.llama_batch_init(_CHUNK, 0, 1)
        self._tokens = _array(self._batch.token, ctypes.c_int32)
        self._positions = _array(self._batch.pos, ctypes.c_int32)
        self._wants_logits = _array(self._batch.logits, ctypes.c_int8)
        for place in range(_CHUNK):
            self._batch.n_seq_id[place] = 1
            self._batch.seq_id[place][0] = _SEQUENCE
        # On the processor llama_decode returns when it is done, and single tokens leave their logits in one
        # place: asking for them again would be a call for nothing at each token.
        self._waits_for_nothing = not model.on_gpu
        self._appended = self._logits_stay = False
        self._logits_address = 0
        self._logits: Logits = np.empty(0, np.float32)

    @staticmethod
    def _open(model: Model, limit: int, threads: Threads) -> Any:  # noqa: ANN401  a ctypes pointer
        parameters = native.llama_context_default_params()
        parameters.n_ctx = limit
        parameters.n_batch = parameters.n_ubatch = min(_CHUNK, limit)
        parameters.n_seq_max = 1
        parameters.n_outputs_max = _OUTPUTS
        parameters.n_threads, parameters.n_threads_batch = threads.writing, threads.reading
        parameters.no_perf = True
        parameters.swa_full = False
        context = native.llama_init_from_model(model.pointer, parameters)
        if not context:
            raise ContextFailed
        if not native.llama_get_memory(context):
            native.llama_free(context)
            raise ContextFailed
        return context

    def close(self) -> None:
        if self._context:
            self._earlier.forget()
            native.llama_free(self._context)
            native.llama_batch_free(self._batch)
            self._context = None

    def __len__(self) -> int:
        return len(self._held)

    def adapt(self, adapters: Sequence[Weighted]) -> None:
        """Let exactly `adapters` change what is computed, from now on. Raises ReadFailed.

        What was read with others is forgotten: its keys and values would be wrong with these.
        """
        wanted = [(ctypes.cast(pointer, ctypes.c_void_p).value, weight) for pointer, weight in adapters]
        if wanted == self._adapters:
            return
        pointers = (native.llama_adapter_lora_p_ctypes * len(adapters))(*(each for each, _ in adapters))
        weights = (ctypes.c_float * len(adapters))(*(weight for _, weight in adapters))
        self._cut(0)
        self._earlier.forget()
        self._appended = self._logits_stay = False
        if code := native.llama_set_adapters_lora(self._context, pointers, len(adapters), weights):
            raise ReadFailed(code)
        self._adapters = wanted

    def obey(self, abort: AbortFlag) -> None:
        """End reading when `abort` is raised, from now on."""
        self._abort, self._stops = abort, stop_when_not_empty()
        if self.sight:
            self.sight.obey(abort)
        native.llama_set_abort_callback(self._context, self._stops, abort.address)

    def read(self, tokens: Sequence[int], progress: Callable[[int], None]) -> int:
        """Make `tokens`, at least one, what has been read; return how many of them were there already.

        `progress` gets the number of tokens that stand there, again and again. The last one is no picture's.
        Raises ReadStopped, ContextFull, ReadFailed, SightFailed.
        """
        self._change_to(tokens)
        kept = start = self._keep_beginning_of(tokens)
        while start < len(tokens):
            # Graphics cards do not ask the native callback.
            if self._abort and self._abort.raised:
                raise ReadStopped
            progress(start)
            if tokens[start] < 0:
                start += self._look(tokens[start])
                continue
            chunk = tokens[start : start + _CHUNK]
            if self.sight:
                chunk = list(takewhile(lambda token: token >= 0, chunk))
            start += len(chunk)
            self._decode(chunk, outputs=int(start >= len(tokens)))
        progress(len(tokens))
        return kept

    def try_out(self) -> None:
        """Read one token and forget it: shows whether the device works. Raises as `append` does."""
        self.append(0)
        self._cut(0)

    def append(self, token: int) -> None:
        """Read one token more. Raises ReadStopped, ContextFull, ReadFailed."""
        place = len(self._held)
        if place >= self.limit:
            raise ContextFull
        self._tokens[0] = token
        self._positions[0] = place - self._saved
        if not self._appended:
            self._wants_logits[0] = 1
            self._batch.n_tokens = 1
        started = time.perf_counter() if self._pace else 0.0
        code = native.llama_decode(self._context, self._batch)
        if code:
            self._give_up(code)
        self._held.append(token)
        self._appended = True
        if self._pace and self._pace.took(time.perf_counter() - started):
            native.llama_set_n_threads(self._context, self._pace.threads, self._reading_threads)

    def append_all(self, tokens: Sequence[int]) -> None:
        """Read several tokens more, 16 at most; `logits_at` has those of each. Raises as `append` does."""
        self._decode(tokens, outputs=len(tokens))

    def can_forget(self, count: int) -> bool:
        """Whether there is room for `count` tokens more, and they could be forgotten again."""
        length = len(self._held)
        return length + count <= self.limit and self._remembers(length - self._saved - count)

    def forget(self, count: int) -> None:
        """Forget the last `count` tokens. Raises ReadStopped, ReadFailed."""
        kept = self._held[: len(self._held) - count]
        if not self._cut(len(kept)):
            self.read(kept, lambda _: None)

    def logits(self) -> Logits:
        """Return the logits for the token after the last one, one for each token of the vocabulary.

        The array is overwritten by the next `append` or `read`. Raises ReadFailed.
        """
        if self._logits_stay:
            return self._logits
        logits = self.logits_at(-1)
        self._logits_stay = self._appended and self._waits_for_nothing
        return logits

    def logits_at(self, place: int) -> Logits:
        """Return the logits for what follows the token at `place` of those that `append_all` has read.

        They stay until the next call that reads. Raises ReadFailed.
        """
        address = logits_address(self._context, place)
        if not address:
            raise ReadFailed(0)
        if address != self._logits_address:
            self._logits_address = address
            values = (ctypes.c_float * self._vocabulary_size).from_address(address)
            self._logits = np.ctypeslib.as_array(values)
        return self._logits

    def _change_to(self, tokens: Sequence[int]) -> None:
        """Keep what is held for later where it is worth it, and take up what begins `tokens` better."""
        if self.sight:  # the next pictures may have the numbers of these
            return
        same = common_beginning(self._held, tokens)
        if len(self._held) - same >= WORTH:
            self._earlier.keep(self._held)
        found = self._earlier.best(tokens, same + WORTH)
        if found is None:
            return
        self._cut(0)
        self._appended = self._logits_stay = False
        if self._earlier.restore(found):
            self._held.extend(found.tokens)
        else:
            native.llama_memory_clear(self._memory, False)

    def _keep_beginning_of(self, tokens: Sequence[int]) -> int:
        """Forget what does not begin `tokens`; return how many are left. The last one is always read again,
        because its logits are needed."""
        same = common_beginning(self._held, tokens[:-1])
        if self.sight:
            same = self.sight.whole(tokens, same)
        if not self._cut(same):
            self._cut(0)
        return len(self._held)

    def _cut(self, length: int) -> bool:
        """Forget all from `length` on; False when this kind of model cannot, and then nothing has changed."""
        if length >= len(self._held):
            return True
        if length == 0:
            native.llama_memory_clear(self._memory, False)
        elif not self._removes_from(length):
            return False
        self._saved = self._saved_before(length)
        del self._held[length:]
        return True

    def _saved_before(self, length: int) -> int:
        return self.sight.saved(self._held[:length]) if self.sight else 0

    def _removes_from(self, length: int) -> bool:
        position = length - self._saved_before(length)
        remembers = self._remembers(position)
        return remembers and bool(native.llama_memory_seq_rm(self._memory, _SEQUENCE, position, -1))

    def _remembers(self, position: int) -> bool:
        """Whether all is still there that the token at `position` looks back to.

        Sliding windows drop what lies behind them, and a recurrent state knows its last position only.
        """
        oldest: int = native.llama_memory_seq_pos_min(self._memory, _SEQUENCE)
        return 0 <= oldest <= max(0, position - self._window)

    def _look(self, number: int) -> int:
        """Read the part of a picture that `number` stands for; return how many tokens it takes."""
        assert self.sight is not None
        part = self.sight.part(number)
        if len(self._held) + part.tokens > self.limit:
            raise ContextFull
        self._appended = self._logits_stay = False
        position = len(self._held) - self._saved
        code = self.sight.read(number, self._context, _SEQUENCE, position, min(_CHUNK, self.limit))
        if code:
            self._give_up(code)
        self._held.extend([number] * part.tokens)
        self._saved += part.tokens - part.positions
        return part.tokens

    def _decode(self, tokens: Sequence[int], outputs: int) -> None:
        """Read `tokens`, and keep the logits of the last `outputs` of them."""
        count, start = len(tokens), len(self._held)
        if start + count > self.limit:
            raise ContextFull
        self._tokens[:count] = tokens
        self._positions[:count] = range(start - self._saved, start - self._saved + count)
        ctypes.memset(self._wants_logits, 0, count)
        self._wants_logits[count - outputs : count] = [1] * outputs
        self._batch.n_tokens = count
        self._appended = self._logits_stay = False
        code = native.llama_decode(self._context, self._batch)
        if code:
            self._give_up(code)
        self._held.extend(tokens)

    def _give_up(self, code: int) -> None:
        """Forget what a failed call may have left behind, and raise."""
        self._appended = self._logits_stay = False
        if not self._removes_from(len(self._held)):
            native.llama_memory_clear(self._memory, False)
            self._held.clear()
            self._saved = 0
        if code == ABORTED:
            raise ReadStopped
        if code == _NO_ROOM:
            raise ContextFull
        raise ReadFailed(code)


def _array(pointer: Any, kind: Any) -> Any:  # noqa: ANN401  ctypes
    return ctypes.cast(pointer, ctypes.POINTER(kind * _CHUNK)).contents
