"""The batches that one worker learns from, file after file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from starter_net import schedule
from starter_net.batches import Batch, Conversations, Drills, Ids
from starter_net.workers import Worker
from tokenizers import Tokenizer

_QUESTIONS = 0.12
"""Share of the tokens of questions in the loss: it makes copying appear earlier."""


class Supply:
    """The conversations of the files train-*.npz in a folder, in turn, and copying drills between them."""

    def __init__(self, folder: Path, worker: Worker, vocab: int, seed: int) -> None:
        self._folder = folder
        self._worker = worker
        self._seed = seed
        self._opened = 0
        self._groups: list[Ids] = []
        self._cut = (0, 0)
        self._data = self._open()
        own = seed * 10 + worker.number
        self._rng = np.random.default_rng(own)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._drills = Drills(self._data.ids, vocab, tokenizer, own)

    def _open(self) -> Conversations:
        files = sorted(self._folder.glob("train-*.npz"))
        self._opened += 1
        return Conversations(files[(self._opened - 1) % len(files)], self._seed + self._opened)

    def next(self, progress: float, full: int, copy_loss: float) -> tuple[Batch, bool]:
        """Return a batch of at most about `full` tokens, and whether it is a drill."""
        budget = schedule.budget(progress, full)
        if self._rng.random() < schedule.drill_share(copy_loss):
            return self._drills.batch(budget, schedule.drill_length(copy_loss)), True
        cut = (budget, schedule.longest(progress))
        if cut != self._cut or not self._groups:
            self._data, self._cut = self._open(), cut
            # All workers draw the same groups in the same order, and each takes its share of them.
            self._groups = self._data.groups(*cut)[self._worker.number :: self._worker.count]
        return self._data.batch(self._groups.pop(), _QUESTIONS), False
