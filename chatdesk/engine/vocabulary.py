"""A model's vocabulary: text to tokens, tokens to bytes, and the tokens that end an answer."""

from __future__ import annotations

import ctypes
from collections.abc import Container
from functools import cached_property
from typing import Any

from chatdesk.engine.bindings import native
from chatdesk.engine.thinking import MARKERS

_PIECE_BYTES = 512


class Vocabulary:
    """Reads the vocabulary of the model at `model`, a llama_model pointer that has to outlive this object."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401  a ctypes pointer
        self.pointer = native.llama_model_get_vocab(model)
        self.size: int = native.llama_vocab_n_tokens(self.pointer)
        self._buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        self._pieces: dict[int, bytes | None] = {}
        self._bos: int = native.llama_vocab_bos(self.pointer)
        self.bos = self.written(self._bos)
        self.eos = self.written(native.llama_vocab_eos(self.pointer))

    def text_tokens(self, text: str) -> list[int]:
        """Return the tokens of plain text; what looks like a special token in it stays text."""
        return self._tokens(text, special=False)

    def prompt_tokens(self, text: str, begins: bool = True) -> list[int]:
        """Return the tokens of a rendered prompt, or of a piece of it; its beginning is begun by the token
        that has to begin it."""
        tokens = self._tokens(text, special=True)
        if begins and native.llama_vocab_get_add_bos(self.pointer) and tokens[:1] != [self._bos]:
            tokens.insert(0, self._bos)
        return tokens

    def piece(self, token: int) -> bytes | None:
        """Return what the token adds to the answer's text, None where it ends the answer.

        The bytes are UTF-8 that may be cut within a character. Special tokens add nothing, except the marks
        around thinking.
        """
        try:
            return self._pieces[token]
        except KeyError:
            text = None if self.ends(token) else self._read_piece(token, special=token in self._marks)
            self._pieces[token] = text
            return text

    def ends(self, token: int) -> bool:
        """Whether the token ends an answer; a model may have several that do."""
        return bool(native.llama_vocab_is_eog(self.pointer, token))

    def written(self, token: int) -> str:
        """Return the token as a chat template writes it; empty when there is no such token."""
        return "" if token < 0 else self._read_piece(token, special=True).decode("utf-8", "replace")

    @cached_property
    def silent(self) -> list[int]:
        """The special tokens that add nothing to a text and do not end it."""
        return [
            token
            for token in range(self.size)
            if native.llama_vocab_is_control(self.pointer, token) and not self.ends(token)
        ]

    @cached_property
    def _marks(self) -> Container[int]:
        alone = (self._tokens(mark, special=True) for mark in MARKERS)
        return frozenset(tokens[0] for tokens in alone if len(tokens) == 1)

    def _tokens(self, text: str, special: bool) -> list[int]:
        encoded = text.encode("utf-8", "replace")
        room = len(encoded) + 16
        tokens = (ctypes.c_int32 * room)()
        count: int = native.llama_tokenize(self.pointer, encoded, len(encoded), tokens, room, False, special)
        if count < 0:
            raise ValueError(f"llama_tokenize returned {count} for {len(encoded)} bytes")
        return tokens[:count]

    def _read_piece(self, token: int, special: bool) -> bytes:
        size: int = native.llama_token_to_piece(self.pointer, token, self._buffer, _PIECE_BYTES, 0, special)
        if size < 0:
            larger = ctypes.create_string_buffer(-size)
            size = native.llama_token_to_piece(self.pointer, token, larger, -size, 0, special)
            return larger.raw[:size]
        return self._buffer.raw[:size]
