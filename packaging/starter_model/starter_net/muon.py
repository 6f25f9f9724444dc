"""Muon: momentum whose matrix is made orthogonal before it is applied.

After Jordan and others, "Muon: An optimizer for hidden layers in neural networks" (2024): Nesterov momentum,
then five Newton-Schulz steps of degree five, which push all singular values near 1 without computing them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import torch
from starter_net.workers import Worker
from torch import Tensor

_A, _B, _C = 3.4445, -4.7750, 2.0315
_STEPS = 5


def orthogonal(stack: Tensor, precision: torch.dtype = torch.bfloat16) -> Tensor:
    """Return matrices [count, rows, columns] with singular values between about 0.7 and 1.2."""
    x = stack.to(precision)
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(_STEPS):
        gram = x @ x.mT
        x = _A * x + (_B * gram + _C * gram @ gram) @ x
    return x.mT if tall else x


class Muon:
    """The optimizer of the matrices between embedding and output; matrices of one shape go together."""

    def __init__(
        self,
        matrices: Iterable[Tensor],
        precision: torch.dtype = torch.bfloat16,
        momentum: float = 0.95,
        decay: float = 0.01,
    ) -> None:
        self._precision = precision
        self._momentum = momentum
        self._decay = decay
        self._stacks: dict[tuple[int, ...], list[Tensor]] = defaultdict(list)
        for matrix in matrices:
            self._stacks[tuple(matrix.shape)].append(matrix)
        self._speeds = {
            size: torch.zeros(len(stack), *size, device=stack[0].device)
            for size, stack in self._stacks.items()
        }

    @torch.no_grad()  # type: ignore[untyped-decorator]  # torch is not there where mypy runs
    def step(self, rate: float, worker: Worker) -> None:
        """Move every matrix by its update, which has the size of `rate` in every direction."""
        updates = self._updates(worker)
        for size, stack in self._stacks.items():
            scale = rate * max(1.0, size[0] / size[1]) ** 0.5
            for matrix, update in zip(stack, updates[size], strict=True):
                matrix.mul_(1 - rate * self._decay).add_(update, alpha=-scale)

    def _updates(self, worker: Worker) -> dict[tuple[int, ...], Tensor]:
        """Return the updates by the size of the matrices; each worker works out its share of them."""
        updates = {}
        for size, stack in self._stacks.items():
            gradient, speed = torch.stack([matrix.grad for matrix in stack]), self._speeds[size]
            speed.lerp_(gradient, 1 - self._momentum)
            ahead = gradient.lerp_(speed, self._momentum)[worker.number :: worker.count]
            updates[size] = torch.zeros_like(speed)
            updates[size][worker.number :: worker.count] = orthogonal(ahead, self._precision).float()
        worker.sum(list(updates.values()))
        return updates

    def state(self) -> list[Tensor]:
        """Return the momenta, in a fixed order."""
        return list(self._speeds.values())

    def load(self, state: Iterable[Tensor]) -> None:
        """Take the momenta that `state` returned."""
        for speed, saved in zip(self._speeds.values(), state, strict=True):
            speed.copy_(saved)
