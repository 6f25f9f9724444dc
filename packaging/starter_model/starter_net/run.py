"""A model in training: weights, optimizers, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from starter_net.batches import Batch
from starter_net.decoder import Decoder
from starter_net.muon import Muon
from starter_net.shape import Shape
from starter_net.workers import Worker
from torch import Tensor
from torch.nn import functional


class Run:
    """Weights, optimizers, and the steps, tokens and seconds so far; `copy_loss` is that of recent drills."""

    def __init__(self, shape: Shape, device: str, precision: torch.dtype = torch.bfloat16) -> None:
        self.model = Decoder(shape, precision).to(device)
        self.device = device
        self.parameters = list(self.model.parameters())
        matrices = [p for name, p in self.model.named_parameters() if p.dim() == 2 and name != "embed"]
        rest = [p for name, p in self.model.named_parameters() if p.dim() == 1 or name == "embed"]
        self.muon = Muon(matrices, precision)
        self.adam = torch.optim.AdamW(rest, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
        self.step, self.tokens, self.seconds, self.copy_loss = 0, 0, 0.0, 10.0

    def load(self, path: Path) -> None:
        """Take the state of a checkpoint."""
        state = torch.load(path, weights_only=True, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.adam.load_state_dict(state["adam"])
        self.muon.load(state["muon"])
        self.step, self.tokens = state["step"], state["tokens"]
        self.seconds, self.copy_loss = state["seconds"], state["copy_loss"]

    def save(self, path: Path) -> None:
        """Write a checkpoint; an interruption leaves the one before."""
        part = path.with_suffix(".part")
        state = {
            "model": self.model.state_dict(),
            "adam": self.adam.state_dict(),
            "muon": self.muon.state(),
            "config": asdict(self.model.shape),
            "step": self.step,
            "tokens": self.tokens,
            "seconds": self.seconds,
            "copy_loss": self.copy_loss,
        }
        torch.save(state, part)
        part.replace(path)

    def loss(self, batch: Batch) -> tuple[Tensor, int]:
        """Return the sum of the losses of a batch, and over how many tokens."""
        ids = torch.from_numpy(batch.ids).to(self.device)
        wanted = torch.from_numpy(batch.mask).to(self.device)[:, 1:]
        logits = self.model.logits(self.model.hidden(ids[:, :-1])[wanted])
        return functional.cross_entropy(logits.float(), ids[:, 1:][wanted], reduction="sum"), len(logits)

    def learn(self, batch: Batch, worker: Worker, muon_rate: float, adam_rate: float) -> float:
        """Make one step together with the other workers and return the loss of our batch."""
        loss, count = self.loss(batch)
        loss.backward()
        worker.mean([parameter.grad for parameter in self.parameters], count)
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.muon.step(muon_rate, worker)
        for group in self.adam.param_groups:
            group["lr"] = adam_rate
        self.adam.step()
        self.model.zero_grad(set_to_none=False)
        self.step += 1
        self.tokens += batch.ids.size * worker.count
        return float(loss.item()) / count

    @torch.no_grad()  # type: ignore[untyped-decorator]  # torch is not there where mypy runs
    def mean_loss(self, batches: Sequence[Batch]) -> float:
        """Return the mean loss over the answer tokens of the batches."""
        sums = [self.loss(batch) for batch in batches]
        return sum(float(loss.item()) for loss, _ in sums) / sum(count for _, count in sums)
