"""Batches of conversations and of copying drills, as arrays of token ids and of the loss mask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from starter_net.chatml import END, SPECIAL, START

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ids = NDArray[np.int64]
_POOL = 4096
"""Conversations that are sorted by length together."""


@dataclass(frozen=True)
class Batch:
    """Token ids and, in the same shape [rows, width], whether a token counts in the loss."""

    ids: Ids
    mask: NDArray[np.bool_]


class Conversations:
    """The conversations of an encoded corpus file, in batches."""

    def __init__(self, path: Path, seed: int) -> None:
        arrays = np.load(path)
        self.ids: NDArray[np.uint16] = arrays["ids"]
        self._rng = np.random.default_rng(seed)
        self._mask: NDArray[np.bool_] = arrays["mask"]
        self._offsets: Ids = arrays["offsets"]
        self._lengths: Ids = np.diff(self._offsets)

    def groups(self, budget: int, longest: int = 2048) -> list[Ids]:
        """Return one pass over the data: conversations of similar length together, groups in random order.

        A group has about `budget` tokens; conversations of more than `longest` tokens are left out.
        """
        order = self._rng.permutation(len(self._lengths))
        order = order[self._lengths[order] <= longest]
        groups: list[Ids] = []
        for unsorted in np.array_split(order, max(1, len(order) // _POOL)):
            pool = unsorted[np.argsort(self._lengths[unsorted], kind="stable")]
            groups += self._cut(pool, budget)
        return [groups[i] for i in self._rng.permutation(len(groups))]

    def _cut(self, pool: Ids, budget: int) -> list[Ids]:
        groups, start = [], 0
        for end in range(1, len(pool) + 1):
            if end == len(pool) or self._lengths[pool[end]] * (end + 1 - start) > budget:
                groups.append(pool[start:end])
                start = end
        return groups

    def batch(self, group: Ids, questions: float = 0.0) -> Batch:
        """Return the conversations of a group, padded with zeros to the longest.

        `questions` is the share of the tokens outside the answers that count in the loss too.
        """
        width = int(self._lengths[group].max())
        ids, mask = np.zeros((len(group), width), np.int64), np.zeros((len(group), width), np.bool_)
        for row, conversation in enumerate(group):
            start, end = self._offsets[conversation], self._offsets[conversation + 1]
            ids[row, : end - start] = self.ids[start:end]
            drawn = self._rng.random(int(end - start)) < questions
            mask[row, : end - start] = self._mask[start:end] | drawn
        return Batch(ids, mask)


class Drills:
    """Random tokens that the answer repeats: only looking them up helps, so that copying is learnt early."""

    def __init__(self, corpus_ids: NDArray[np.uint16], vocab: int, tokenizer: Tokenizer, seed: int) -> None:
        weights = np.sqrt(np.bincount(corpus_ids, minlength=vocab))
        weights[: len(SPECIAL)] = 0
        self._weights = weights / weights.sum()
        self._rng = np.random.default_rng(seed)
        start, end = (tokenizer.token_to_id(mark) for mark in (START, END))
        newline = tokenizer.encode("\n").ids
        self._head = [start, *tokenizer.encode("user\n").ids]
        self._middle = [end, *newline, start, *tokenizer.encode("assistant\n").ids]
        self._end = [end]

    def batch(self, budget: int, longest: int = 20) -> Batch:
        """Return rows of 2 to `longest` random tokens, frequent ones more often, and their repetition.

        Short rows are as likely as long ones, on a logarithmic scale.
        """
        length = int(2 * (longest / 2) ** self._rng.random())
        marks = len(self._head) + len(self._middle) + len(self._end)
        rows = max(1, budget // (2 * length + marks))
        drawn = self._rng.choice(len(self._weights), (rows, length), p=self._weights)
        head, middle, end = (
            np.tile(np.array(part), (rows, 1)) for part in (self._head, self._middle, self._end)
        )
        ids = np.concatenate([head, drawn, middle, drawn, end], axis=1)
        mask = np.zeros(ids.shape, np.bool_)
        mask[:, len(self._head) + length + len(self._middle) :] = True
        return Batch(ids, mask)
