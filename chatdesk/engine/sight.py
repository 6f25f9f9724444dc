"""How a model sees: a projector turns pictures into what stands for them in a prompt."""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chatdesk.domain.words import tr
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.bindings import complaints, hear_log, native
from chatdesk.engine.gguf import projector_problem
from chatdesk.engine.model import Model

ABORTED = 2  # what llama_decode returns
_TEXT = 0  # mtmd_input_chunk_type
_AT_ONCE = 512  # tokens that a context reads at once; llama.cpp ends the process above it
_KINDS = (b"\x89PNG\r\n", b"\xff\xd8\xff")
_LOOKED_AT = 4  # steps of the projector between two looks at the abort flag
_OTHER_MODEL = re.compile(r"mismatch between text model")
_WHY = re.compile(r"(?:failed to load model|error|failed)[^:]*: (?:'.*?': )?(.+)")


class SightFailed(Exception):
    """`reason` is a part of a sentence: "it belongs to another model"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Part:
    """What the model sees of a picture at once: all of it, or a tile of a large one."""

    picture: bytes  # PNG or JPEG
    chunk: int  # its place in what the projector makes of the picture
    tokens: int  # how much of the context it takes
    positions: int  # how far the positions advance; fewer where a position has rows and columns


class Sight:
    """The projector in the file at `path`, for `model`, which has to outlive this object; on the graphics
    card where `on_gpu` says so.

    In a prompt each part of a picture has a negative number of its own, which stands there as often as the
    part has tokens; equal pictures have equal numbers as long as this object lives. Raises SightFailed.
    """

    def __init__(self, model: Model, path: Path, threads: int, on_gpu: bool = False) -> None:
        self._abort: AbortFlag | None = None
        self._step = 0
        self._parts: list[Part] = []
        self._known: dict[bytes, list[int]] = {}
        if problem := projector_problem(path):
            raise SightFailed(problem)
        complaints.clear()
        mtmd = _mtmd()
        parameters = mtmd.mtmd_context_params_default()
        parameters.use_gpu = on_gpu
        parameters.n_threads = threads
        parameters.print_timings = parameters.warmup = False
        self._stop = native.ggml_backend_sched_eval_callback(self._look_at_flag)
        parameters.cb_eval = self._stop
        self._pointer = mtmd.mtmd_init_from_file(os.fsencode(path), model.pointer, parameters)
        if not self._pointer:
            raise SightFailed(_reason(list(complaints)))
        if not mtmd.mtmd_support_vision(self._pointer):
            self.close()
            raise SightFailed(tr("it is made for sounds, not for pictures"))

    def close(self) -> None:
        if self._pointer:
            _mtmd().mtmd_free(self._pointer)
            self._pointer = None

    def obey(self, abort: AbortFlag) -> None:
        """End looking at a picture when `abort` is raised, from now on."""
        self._abort = abort

    def numbers(self, picture: bytes) -> list[int]:
        """Return what stands for a PNG or JPEG in a prompt: tokens, and the numbers of its parts.

        Raises SightFailed.
        """
        key = hashlib.sha256(picture).digest()
        if key not in self._known:
            with _Chunks(self._pointer, picture) as chunks:
                self._known[key] = self._number(picture, chunks)
        return self._known[key]

    def part(self, number: int) -> Part:
        return self._parts[-1 - number]

    def whole(self, tokens: Sequence[int], length: int) -> int:
        """Return `length`, or less where a cut there would go through a part of a picture."""
        if length == 0 or tokens[length - 1] >= 0:
            return length
        number, begin = tokens[length - 1], length
        while begin > 0 and tokens[begin - 1] == number:
            begin -= 1
        return length - (length - begin) % self.part(number).tokens

    def saved(self, tokens: Sequence[int]) -> int:
        """Return how many positions fewer than tokens these take; pictures are in them as a whole."""
        counts = Counter(token for token in tokens if token < 0)
        parts = ((self.part(number), count) for number, count in counts.items())
        return sum((part.tokens - part.positions) * (count // part.tokens) for part, count in parts)

    def read(self, number: int, context: Any, sequence: int, position: int, batch: int) -> int:  # noqa: ANN401
        """Let the model of the llama.cpp `context` look at a part; return the code of llama_decode.

        Raises SightFailed.
        """
        mtmd, part = _mtmd(), self.part(number)
        with _Chunks(self._pointer, part.picture) as chunks:
            chunk = chunks.chunk(part.chunk)
            self._step = 0
            if mtmd.mtmd_encode_chunk(self._pointer, chunk):
                raise SightFailed(_reason(list(complaints)))
            if self._abort and self._abort.raised:
                return ABORTED
            seen, after = mtmd.mtmd_get_output_embd(self._pointer), ctypes.c_int32()
            unheard = mtmd.mtmd_helper_post_decode_callback()
            code: int = mtmd.mtmd_helper_decode_image_chunk(
                self._pointer,
                context,
                chunk,
                seen,
                position,
                sequence,
                batch,
                ctypes.byref(after),
                unheard,
                None,
            )
            return code

    def _number(self, picture: bytes, chunks: _Chunks) -> list[int]:
        mtmd, numbers = _mtmd(), []
        for place in range(len(chunks)):
            chunk = chunks.chunk(place)
            count = mtmd.mtmd_input_chunk_get_n_tokens(chunk)
            if mtmd.mtmd_input_chunk_get_type(chunk) == _TEXT:
                size = ctypes.c_size_t()
                numbers += mtmd.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(size))[:count]
            else:
                if count > _AT_ONCE and mtmd.mtmd_decode_use_non_causal(self._pointer, chunk):
                    raise SightFailed(tr("it looks at more at once than ChatDesk can"))
                self._parts.append(Part(picture, place, count, mtmd.mtmd_input_chunk_get_n_pos(chunk)))
                numbers += [-len(self._parts)] * count
        return numbers

    def _look_at_flag(self, _: object, asks: bool, __: object) -> bool:
        """Tell llama.cpp after which steps to ask whether to go on, and then whether."""
        if asks:
            self._step += 1
            return self._step % _LOOKED_AT == 0
        return not (self._abort and self._abort.raised)


class _Chunks:
    """What the projector of the mtmd `context` makes of a picture, before it is computed."""

    def __init__(self, context: Any, picture: bytes) -> None:  # noqa: ANN401
        mtmd = _mtmd()
        complaints.clear()
        if not picture.startswith(_KINDS):  # others would be given to programs for sounds and films
            raise SightFailed(tr("the picture is damaged"))
        buffer = (ctypes.c_uint8 * len(picture)).from_buffer_copy(picture)
        bitmap = mtmd.mtmd_helper_bitmap_init_from_buf(context, buffer, len(picture), False)
        if not bitmap:
            raise SightFailed(tr("the picture is damaged"))
        try:
            marker = mtmd.mtmd_default_marker()
            text = mtmd.mtmd_input_text(marker, len(marker), False, True)
            self._pointer = mtmd.mtmd_input_chunks_init()
            bitmaps = (ctypes.c_void_p * 1)(bitmap)
            code = mtmd.mtmd_tokenize(context, self._pointer, ctypes.byref(text), bitmaps, 1)
        finally:
            mtmd.mtmd_bitmap_free(bitmap)
        if code:
            self.close()
            raise SightFailed(_reason(list(complaints)))

    def __enter__(self) -> _Chunks:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return int(_mtmd().mtmd_input_chunks_size(self._pointer))

    def chunk(self, place: int) -> Any:  # noqa: ANN401
        return _mtmd().mtmd_input_chunks_get(self._pointer, place)

    def close(self) -> None:
        _mtmd().mtmd_input_chunks_free(self._pointer)


@cache
def _mtmd() -> Any:  # noqa: ANN401
    """Return the functions of mtmd.h. Raises SightFailed."""
    try:
        mtmd = importlib.import_module("llama_cpp.mtmd_cpp")
    except (ImportError, OSError, RuntimeError, AttributeError):
        raise SightFailed(tr("this build of llama.cpp has no part for pictures")) from None
    mtmd.mtmd_log_set(hear_log, None)
    mtmd.mtmd_helper_log_set(hear_log, None)
    return mtmd


def _reason(said: list[str]) -> str:
    """Return why llama.cpp refused, as a part of a sentence."""
    if any(_OTHER_MODEL.search(line) for line in said):
        return tr("it belongs to another model")
    causes = [match[1] for line in said if (match := _WHY.search(line))]
    cause = (causes[0] if causes else "").rstrip(" .\n")
    return tr("llama.cpp cannot use it: {cause}").format(cause=cause or tr("it does not say why"))
