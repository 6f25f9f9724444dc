"""Step 3: trains the starter model on the token arrays; can be stopped and resumed.

    python train_model.py FOLDER CHECKPOINT --minutes 45

Conversations of similar length share a batch, so that there is little padding. The loss is taken on the
answers only. AdamW with a warm-up and a cosine that follows the clock. Repeating the command resumes the
run; SIGTERM saves first. Drills (random tokens to repeat) make copying from the context appear early: use
--drill 0.3 or more until their loss has fallen below 1, then a few per cent.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from starter_net.batches import Batch, Conversations, Drills, Ids
from starter_net.decoder import Decoder
from starter_net.schedule import Schedule
from starter_net.shape import Shape
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

_LOG_EVERY = 100


class Run:
    """A model in training: weights, optimizer, and how far it is."""

    def __init__(self, shape: Shape, checkpoint: Path) -> None:
        self.model = Decoder(shape)
        matrices = [p for p in self.model.parameters() if p.dim() == 2]
        gains = [p for p in self.model.parameters() if p.dim() == 1]
        groups = [{"params": matrices, "weight_decay": 0.05}, {"params": gains, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.step, self.tokens, self.seconds = 0, 0, 0.0
        self._checkpoint = checkpoint
        if checkpoint.exists():
            state = torch.load(checkpoint, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.tokens, self.seconds = state["step"], state["tokens"], state["seconds"]

    def save(self) -> None:
        """Write the checkpoint; an interruption leaves the one before."""
        part = self._checkpoint.with_suffix(".part")
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "config": asdict(self.model.shape),
            "step": self.step,
            "tokens": self.tokens,
            "seconds": self.seconds,
        }
        torch.save(state, part)
        part.replace(self._checkpoint)

    def learn(self, batch: Batch, rate: float) -> float:
        """Make one step and return its loss."""
        started = time.monotonic()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = self._loss(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.tokens += batch.ids.size
        self.seconds += time.monotonic() - started
        return float(loss.item())

    def loss_on(self, batches: Sequence[Batch]) -> float:
        """Return the mean loss over the answer tokens of the batches."""
        total, count = 0.0, 0
        with torch.no_grad():
            for batch in batches:
                tokens = int(batch.mask[:, 1:].sum())
                total, count = total + self._loss(batch).item() * tokens, count + tokens
        return total / count

    def _loss(self, batch: Batch) -> Tensor:
        ids, wanted = torch.from_numpy(batch.ids), torch.from_numpy(batch.mask)[:, 1:]
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.model.logits(self.model.hidden(ids[:, :-1])[wanted])
        return functional.cross_entropy(logits.float(), ids[:, 1:][wanted])


class Log:
    """Losses and speed since the last line."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._reset()

    def _reset(self) -> None:
        self._losses: dict[bool, list[float]] = {False: [], True: []}
        self._tokens, self._seconds = self._run.tokens, self._run.seconds

    def note(self, loss: float, is_drill: bool, rate: float) -> None:
        """Remember a loss, and print a line every 100 steps."""
        self._losses[is_drill].append(loss)
        run = self._run
        if run.step % _LOG_EVERY:
            return
        train, copy = (f"{np.mean(losses):.4f}" if losses else "-" for losses in self._losses.values())
        speed = (run.tokens - self._tokens) / (run.seconds - self._seconds)
        print(
            f"step {run.step} min {run.seconds / 60:.1f} tokens {run.tokens / 1e6:.2f}M lr {rate:.1e} "
            f"train {train} copy {copy} tok/s {speed:.0f}",
            flush=True,
        )
        self._reset()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument(
        "--minutes", type=float, default=45, help="training time in all, resumed parts included"
    )
    parser.add_argument("--batch", type=int, default=6144, help="tokens a step")
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--final-lr", type=float, default=0.03, help="share of the peak at the end")
    parser.add_argument("--warmup", type=int, default=100, help="steps")
    parser.add_argument("--drill", type=float, default=0.0, help="share of the steps that are copying drills")
    parser.add_argument(
        "--restart-schedule", action="store_true", help="begin the cosine at the resumed step"
    )
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--every", type=int, default=800, help="steps between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _schedule(args: argparse.Namespace, run: Run) -> Schedule:
    plain = Schedule(args.lr, args.final_lr, args.warmup, args.minutes * 60)
    if not args.restart_schedule:
        return plain
    return Schedule(plain.peak, plain.final_share, plain.warmup_steps, plain.end_s, run.step, run.seconds)


def _train(args: argparse.Namespace, run: Run, stopping: list[int]) -> bool:
    """Train until the time is up; return False when a signal came first."""
    schedule, log = _schedule(args, run), Log(run)
    train = Conversations(args.folder / "train.npz", args.batch, args.seed + run.step)
    held = Conversations(args.folder / "held.npz", args.batch, seed=0)
    probe = [held.batch(group) for group in held.groups()[:24]]
    tokenizer = Tokenizer.from_file(str(args.folder / "tokenizer.json"))
    drills = Drills(train.ids, run.model.shape.vocab, tokenizer, args.batch)
    queue: list[Ids] = []
    while run.seconds < schedule.end_s:
        queue = queue or train.groups()
        rate = schedule.rate(run.step, run.seconds)
        is_drill = bool(train.rng.random() < args.drill)
        batch = drills.batch(train.rng) if is_drill else train.batch(queue.pop())
        log.note(run.learn(batch, rate), is_drill, rate)
        if run.step % args.every == 0 or stopping:
            print(f"step {run.step} held-out loss {run.loss_on(probe):.4f}", flush=True)
            run.save()
        if stopping:
            return False
    loss = run.loss_on([held.batch(group) for group in held.groups()])
    print(f"done: step {run.step}, {run.tokens} tokens, {run.seconds / 60:.1f} min, held-out loss {loss:.4f}")
    return True


def main() -> None:
    """Train or go on training."""
    args = _arguments()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    run = Run(Shape(layers=args.layers), args.checkpoint)
    print(json.dumps({**asdict(run.model.shape), "step": run.step, "minutes": args.minutes}), flush=True)
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
    if _train(args, run, stopping):
        run.save()


if __name__ == "__main__":
    main()
