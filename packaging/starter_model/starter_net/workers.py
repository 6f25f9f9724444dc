"""Several processes that train one model: each takes its own batches, all take the same step.

On a busy machine two processes of one thread are faster than one process of two threads: threads wait for
each other at every operation, processes once a step.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
import torch.distributed
from torch import Tensor

_NUMBER = "STARTER_WORKER"
"""Environment variable that tells a process which worker it is."""


class Worker:
    """One of `count` processes, with its number; number 0 decides, writes and speaks."""

    def __init__(self, number: int, count: int) -> None:
        self.number = number
        self.count = count

    def mean(self, gradients: Sequence[Tensor], weight: float) -> None:
        """Replace gradients, sums over `weight` tokens, by the mean over the tokens of all workers."""
        total = gradients[0].new_tensor([weight])
        self.sum([*gradients, total])
        for gradient in gradients:
            gradient.div_(total)

    def sum(self, tensors: Sequence[Tensor]) -> None:
        """Replace tensors by the sums of those of all workers."""
        if self.count == 1:
            return
        flat = torch.cat([tensor.reshape(-1) for tensor in tensors])
        torch.distributed.all_reduce(flat)
        for tensor, summed in zip(tensors, flat.split([tensor.numel() for tensor in tensors]), strict=True):
            tensor.copy_(summed.view_as(tensor))

    def told(self, values: list[float]) -> list[float]:
        """Return the values of worker 0."""
        if self.count == 1:
            return values
        tensor = torch.tensor(values, dtype=torch.float64)
        torch.distributed.broadcast(tensor, 0)
        return [float(value) for value in tensor]


def start(work: Callable[[Worker], None], count: int, meeting: Path) -> None:
    """Run `work` here and in `count - 1` more processes, which run this same command and meet at a file."""
    if count == 1:
        work(Worker(0, 1))
        return
    number = int(os.environ.get(_NUMBER, "0"))
    others: list[subprocess.Popen[bytes]] = []
    if number == 0:
        meeting.unlink(missing_ok=True)
        command = [sys.executable, *sys.argv]
        others = [
            subprocess.Popen(command, env=os.environ | {_NUMBER: str(other)}) for other in range(1, count)
        ]
    torch.distributed.init_process_group(
        "gloo", init_method=meeting.resolve().as_uri(), rank=number, world_size=count
    )
    work(Worker(number, count))
    torch.distributed.destroy_process_group()
    for process in others:
        process.wait()
