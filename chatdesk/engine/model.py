"""A model in memory: its weights, its vocabulary and what it says of itself."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chatdesk.engine.bindings import complaints, native
from chatdesk.engine.vocabulary import Vocabulary


class LoadStopped(Exception):
    """The progress callback has asked to stop."""


class LoadFailed(Exception):
    """`complaints` is what llama.cpp said, oldest first."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


class Model:
    """Loads the file at `path`; `close` gives the memory back.

    `gpu_layers` counts from the last layer down, 0 keeps everything off the graphics card. With
    `vocabulary_only` there are no weights, which is enough to count tokens. `progress` gets fractions from
    0 to 1 and returns False to stop; what it raises ends the load too. Raises LoadStopped, LoadFailed.
    """

    def __init__(
        self,
        path: Path,
        gpu_layers: int = 0,
        vocabulary_only: bool = False,
        progress: Callable[[float], bool] | None = None,
    ) -> None:
        complaints.clear()
        listener = _Listener(progress)
        parameters = native.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers
        parameters.vocab_only = vocabulary_only
        parameters.progress_callback = listener.callback
        no_devices = (ctypes.c_void_p * 1)(None)
        if gpu_layers == 0:
            # Without this, graphics cards still take part in reading prompts, and hold memory.
            parameters.devices = ctypes.cast(no_devices, ctypes.c_void_p)
        self.pointer = native.llama_model_load_from_file(os.fsencode(path), parameters)
        listener.raise_what_was_raised()
        if not self.pointer:
            raise LoadStopped if listener.stopped else LoadFailed(tuple(complaints))
        self.vocabulary = Vocabulary(self.pointer)
        self.on_gpu = gpu_layers != 0

    def close(self) -> None:
        if self.pointer:
            native.llama_model_free(self.pointer)
            self.pointer = None

    @property
    def chat_template(self) -> str | None:
        template: bytes | None = native.llama_model_chat_template(self.pointer, None)
        return None if template is None else template.decode("utf-8", "replace")

    @property
    def writes_text(self) -> bool:
        """Whether it continues a text; others make embeddings, transform whole texts or fill gaps."""
        return not (
            native.llama_model_has_encoder(self.pointer)
            or native.llama_model_is_diffusion(self.pointer)
            or self._says("attention.causal") == "false"
        )

    @property
    def window(self) -> int:
        """How many tokens back the layers with a sliding window see; 0 without such layers."""
        return int(native.llama_model_n_swa(self.pointer))

    def _says(self, key: str) -> str:
        return self._value(f"{self._value('general.architecture')}.{key}")

    def _value(self, key: str) -> str:
        buffer = ctypes.create_string_buffer(256)
        size = native.llama_model_meta_val_str(self.pointer, key.encode(), buffer, len(buffer))
        return "" if size < 0 else buffer.value.decode("utf-8", "replace")


class _Listener:
    """The native progress callback: no error may pass through native code, so it waits here."""

    def __init__(self, progress: Callable[[float], bool] | None) -> None:
        self.stopped = False
        self._progress = progress
        self._error: BaseException | None = None
        self.callback: Any = native.llama_progress_callback(self._hear)

    def _hear(self, fraction: float, _: object) -> bool:
        try:
            self.stopped = self._progress is not None and not self._progress(fraction)
        except BaseException as error:  # noqa: BLE001  raised again after the native call
            self._error, self.stopped = error, True
        return not self.stopped

    def raise_what_was_raised(self) -> None:
        if self._error is not None:
            raise self._error
