"""Choose the next token: llama.cpp's sampler chain, fed with the few tokens that can still win."""

from __future__ import annotations

import ctypes
import secrets

import numpy as np
import numpy.typing as npt

from chatdesk.domain.errors import ConstraintInvalid
from chatdesk.domain.generation import Sampling
from chatdesk.domain.words import tr
from chatdesk.engine.bindings import native
from chatdesk.engine.vocabulary import Vocabulary

PENALISED_TOKENS = 64  # how far back the penalties look in the answer
_FEW = 128  # up to here, finding the likeliest tokens is faster than giving all of them to the chain
_BLOCK = 64
_NEUTRAL = np.zeros(1, np.float32)
_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])  # llama_token_data


class NothingToChoose(Exception):
    """The grammar allows no token of the vocabulary."""


class LogitsUnusable(Exception):
    """The model computes values that are not numbers."""


class Sampler:
    """Chooses tokens of one answer. Raises ConstraintInvalid for a grammar that llama.cpp does not take.

    The chain is penalties, top-k, top-p, min-p, temperature, chance. Where its first pruning step is a small
    top-k and penalties only lower logits, no token can win that is not among the top_k + PENALISED_TOKENS
    likeliest: the chain gets those alone, and chooses what it would have chosen from all.

    With a grammar the token is first chosen freely, as checking one is cheap and most models mostly follow
    the form; only one that is not allowed is chosen again, from all that are.
    """

    def __init__(self, sampling: Sampling, vocabulary: Vocabulary, grammar: str = "") -> None:
        self._size = vocabulary.size
        self._silent = frozenset(vocabulary.silent if grammar else ())
        self._ids_of_silent = list(self._silent)
        self._grammar = _grammar(vocabulary, grammar) if grammar else None
        self._chain = _chain(sampling, vocabulary.size)
        self._likeliest_only = sampling.temperature <= 0 and not _penalises(sampling)
        self._few = _sufficient(sampling)
        self._ids: npt.NDArray[np.int32] = np.arange(self._size, dtype=np.int32)
        self._buffer = (native.llama_token_data * self._size)()
        self._candidates = np.frombuffer(self._buffer, dtype=_CANDIDATE)
        self._array = native.llama_token_data_array(data=self._buffer, size=0, selected=-1, sorted=False)
        self._reference = ctypes.byref(self._array)

    def close(self) -> None:
        for sampler in (self._chain, self._grammar):
            if sampler:
                native.llama_sampler_free(sampler)
        self._chain = self._grammar = None

    def choose(self, logits: npt.NDArray[np.float32]) -> int:
        """Return the next token; `logits` has one value for each token of the vocabulary.

        Raises NothingToChoose, LogitsUnusable.
        """
        if self._likeliest_only:
            token = _likeliest_of(logits)
        else:
            self._fill(logits, self._few)
            token = self._run_chain()
        if self._grammar and not self._allows(token):
            self._fill(logits, 0)
            self._keep_allowed()
            token = self._run_chain()
        native.llama_sampler_accept(self._chain, token)
        if self._grammar:
            native.llama_sampler_accept(self._grammar, token)
        return token

    def _run_chain(self) -> int:
        self._array.selected = -1
        native.llama_sampler_apply(self._chain, self._reference)
        token: int = self._array.data[self._array.selected].id
        return token

    def _fill(self, logits: npt.NDArray[np.float32], few: int) -> None:
        """Make the `few` likeliest tokens the candidates, or all where it is 0."""
        ids = _likeliest(logits, few) if few else self._ids
        if not len(ids) or (few == 0 and np.isnan(logits.max())):
            raise LogitsUnusable
        self._put(ids, logits[ids] if few else logits)

    def _put(self, ids: npt.NDArray[np.int32], logits: npt.NDArray[np.float32]) -> None:
        count = len(ids)
        self._candidates["id"][:count] = ids
        self._candidates["logit"][:count] = logits
        self._array.data = self._buffer
        self._array.size = count
        self._array.sorted = False

    def _allows(self, token: int) -> bool:
        if token in self._silent:
            return False
        self._put(self._ids[token : token + 1], _NEUTRAL)
        native.llama_sampler_apply(self._grammar, self._reference)
        return bool(self._candidates["logit"][0] == 0)

    def _keep_allowed(self) -> None:
        """Leave the tokens that may follow; llama.cpp would end the process if another were accepted."""
        self._candidates["logit"][self._ids_of_silent] = -np.inf
        native.llama_sampler_apply(self._grammar, self._reference)
        allowed = self._candidates[self._candidates["logit"] > -np.inf]
        if not len(allowed):
            raise NothingToChoose
        self._put(allowed["id"], allowed["logit"])


def _likeliest_of(logits: npt.NDArray[np.float32]) -> int:
    token = int(logits.argmax())
    if np.isnan(logits[token]):
        raise LogitsUnusable
    return token


def _likeliest(logits: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int32]:
    """Return the ids, ascending, of at least the `count` largest logits; fewer where some are not numbers.

    The maxima of blocks bound the smallest of them from below: `count` blocks reach it. One pass over the
    logits, where sorting them takes many.
    """
    block = _BLOCK if len(logits) >= 2 * count * _BLOCK else 1
    blocks = len(logits) // block
    maxima = logits[: blocks * block].reshape(block, blocks).max(axis=0)
    count = min(count, blocks)
    bound = np.partition(maxima, blocks - count)[blocks - count]
    return np.nonzero(logits >= bound)[0].astype(np.int32)


def _penalises(sampling: Sampling) -> bool:
    return sampling.repeat_penalty != 1 or sampling.presence_penalty != 0 or sampling.frequency_penalty != 0


def _sufficient(sampling: Sampling) -> int:
    """Return how many of the likeliest tokens suffice for the chain; 0 when it needs all."""
    kept = sampling.top_k if sampling.temperature > 0 else 1
    if not _penalises(sampling):
        return kept if kept <= _FEW else 0
    only_lowered = (
        sampling.repeat_penalty >= 1 and sampling.presence_penalty >= 0 and sampling.frequency_penalty >= 0
    )
    return kept + PENALISED_TOKENS if 0 < kept <= _FEW and only_lowered else 0


def _chain(sampling: Sampling, vocabulary_size: int) -> object:
    chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
    steps = []
    if _penalises(sampling):
        steps.append(
            native.llama_sampler_init_penalties(
                vocabulary_size,
                PENALISED_TOKENS,
                sampling.repeat_penalty,
                sampling.frequency_penalty,
                sampling.presence_penalty,
            )
        )
    if sampling.temperature <= 0:
        steps.append(native.llama_sampler_init_greedy())
    else:
        steps += [
            native.llama_sampler_init_top_k(sampling.top_k),
            native.llama_sampler_init_top_p(sampling.top_p, 1),
            native.llama_sampler_init_min_p(sampling.min_p, 1),
            native.llama_sampler_init_temp(sampling.temperature),
            native.llama_sampler_init_dist(_seed(sampling.seed)),
        ]
    for step in steps:
        native.llama_sampler_chain_add(chain, step)
    return chain


def _seed(wanted: int | None) -> int:
    """Return a seed of 32 bits; the largest would mean a random one to llama.cpp."""
    return secrets.randbelow(2**32 - 1) if wanted is None else wanted % (2**32 - 1)


def _grammar(vocabulary: Vocabulary, grammar: str) -> object:
    text = grammar.encode("utf-8", "replace")
    sampler = None if b"\0" in text else native.llama_sampler_init_grammar(vocabulary.pointer, text, b"root")
    if not sampler:
        raise ConstraintInvalid(tr("its grammar has an error"))
    return sampler
