"""Step 3: trains the starter model on the token arrays; can be stopped and resumed.

    python train_model.py FOLDER CHECKPOINT --minutes 80

Reads train-*.npz of FOLDER one after the other, again from the first after the last; files that appear during
the training are read too. The rate is constant until it falls to zero at the end; the state from before the
fall is kept in a second file, *.undecayed.pt, which can go on for longer. The matrices are trained with Muon,
embedding and gains with AdamW. Repeating the command resumes the run; SIGTERM saves first. `--steps` instead
of `--minutes` makes a run repeatable. `--from` begins with the weights of a GGUF file; the corpus must have
been encoded with its tokenizer.
"""

from __future__ import annotations

import argparse
import functools
import json
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from starter_net import schedule
from starter_net.batches import Conversations
from starter_net.gguf_file import read_gguf
from starter_net.run import Run
from starter_net.shape import Shape
from starter_net.supply import Supply
from starter_net.workers import Worker, start

_LOG_EVERY = 50
_PROBES = 16
"""Batches of held-out texts whose loss is measured at every checkpoint."""


class Log:
    """Losses and speed since the last line, as lines of JSON."""

    def __init__(self, run: Run, path: Path) -> None:
        self._run = run
        self._path = path
        self._losses: list[float] = []
        self._tokens, self._seconds = run.tokens, run.seconds

    def note(self, loss: float) -> None:
        """Remember the loss of a batch that was no drill."""
        self._losses.append(loss)

    def write(self, rate: float, held: float | None) -> None:
        """Write a line, with the held-out loss where there is one."""
        run = self._run
        line: dict[str, Any] = {
            "step": run.step,
            "minutes": round(run.seconds / 60, 2),
            "tokens": run.tokens,
            "loss": round(float(np.mean(self._losses or [0.0])), 4),
            "copy": round(run.copy_loss, 4),
            "rate": round(rate, 6),
            "speed": round((run.tokens - self._tokens) / max(1e-6, run.seconds - self._seconds)),
        }
        if held is not None:
            line["held"] = round(held, 4)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)
        self._losses, self._tokens, self._seconds = [], run.tokens, run.seconds


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float, help="training time in all, resumed parts included")
    length.add_argument("--steps", type=int)
    parser.add_argument("--from", type=Path, dest="origin", help="a GGUF file to begin with")
    parser.add_argument("--batch", type=int, default=3072, help="tokens a step and worker")
    parser.add_argument("--muon-rate", type=float, default=0.01)
    parser.add_argument("--adam-rate", type=float, default=0.0025)
    parser.add_argument(
        "--decay-from",
        type=float,
        default=schedule.DECAY_FROM,
        help="progress, 0 to 1, at which the rate begins to fall",
    )
    parser.add_argument("--every", type=int, default=100, help="steps between checkpoints")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument(
        "--precision",
        choices=("bfloat16", "float32"),
        default="bfloat16",
        help="of states and products; float32 is faster on a processor that has no matrix instructions",
    )
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Training:
    """One worker's part in a run, from its first step here to its end."""

    def __init__(self, args: argparse.Namespace, worker: Worker) -> None:
        self._args = args
        self._worker = worker
        self._plan = schedule.Schedule(decay_from=args.decay_from)
        self._run = _begun(args)
        self._log = Log(self._run, args.checkpoint.with_suffix(".jsonl"))
        self._supply = Supply(
            args.folder, worker, self._run.model.shape.vocab, args.seed * 1_000_000 + self._run.step
        )
        held = Conversations(args.folder / "held.npz", seed=0)
        self._held = [held.batch(group) for group in held.groups(args.batch)]
        self._stopping: list[int] = []
        signal.signal(signal.SIGTERM, lambda number, _: self._stopping.append(number))

    def complete(self) -> None:
        """Train until the run is over or a signal comes, and save."""
        run, before = self._run, time.monotonic()
        while True:
            now = time.monotonic()
            run.seconds, before = run.seconds + now - before, now
            progress, run.copy_loss, stops = self._worker.told(
                [self._progress(), run.copy_loss, float(bool(self._stopping))]
            )
            if progress >= 1 or stops:
                break
            self._step(progress)
        if self._worker.number == 0:
            self._log.write(self._plan.rate(run.step, progress), run.mean_loss(self._held))
            run.save(self._args.checkpoint)

    def _progress(self) -> float:
        args, run = self._args, self._run
        return float(run.step / args.steps if args.steps else run.seconds / (args.minutes * 60))

    def _step(self, progress: float) -> None:
        args, run = self._args, self._run
        rate = self._plan.rate(run.step, progress)
        # Weights that were trained before need no short texts first.
        read = max(progress, schedule.ALL_FROM) if args.origin else progress
        batch, is_drill = self._supply.next(read, args.batch, run.copy_loss)
        loss = run.learn(batch, self._worker, args.muon_rate * rate, args.adam_rate * rate)
        if is_drill:
            run.copy_loss += 0.1 * (loss - run.copy_loss)
        else:
            self._log.note(loss)
        if self._worker.number == 0 and run.step % _LOG_EVERY == 0:
            self._report(rate, progress)

    def _report(self, rate: float, progress: float) -> None:
        """Write a line of the log, and a checkpoint when it is time."""
        args, run = self._args, self._run
        saves = run.step % args.every == 0
        self._log.write(rate, run.mean_loss(self._held[:_PROBES]) if saves else None)
        if saves:
            run.save(args.checkpoint)
            if progress < self._plan.decay_from:
                run.save(args.checkpoint.with_suffix(".undecayed.pt"))


def _begun(args: argparse.Namespace) -> Run:
    """Return the run of the checkpoint, or a new one with the weights of a GGUF file or with random ones."""
    torch.manual_seed(args.seed)
    precision = torch.float32 if args.precision == "float32" else torch.bfloat16
    if args.checkpoint.exists():
        run = Run(Shape(**torch.load(args.checkpoint, weights_only=True)["config"]), args.device, precision)
        run.load(args.checkpoint)
        return run
    if not args.origin:
        return Run(Shape(), args.device, precision)
    shape, weights, _ = read_gguf(args.origin)
    run = Run(shape, args.device, precision)
    run.model.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()})
    run.copy_loss = 0.0
    return run


def _train(args: argparse.Namespace, worker: Worker) -> None:
    torch.set_num_threads(1)
    Training(args, worker).complete()


def main() -> None:
    """Train or go on training."""
    args = _arguments()
    start(functools.partial(_train, args), args.workers, args.checkpoint.with_suffix(".meeting"))


if __name__ == "__main__":
    main()
