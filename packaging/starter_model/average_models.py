"""Step 3b: the mean of a run's weights and of those that it went on from.

    python average_models.py CHECKPOINT ORIGIN.gguf OUT.pt

Two ends of one line of training are often right at different places, and their mean at most of both; after
Izmailov and others, "Averaging weights leads to wider optima and better generalization" (2018). Needs torch.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from starter_net.gguf_file import read_gguf


def average(checkpoint: Path, origin: Path, out: Path) -> None:
    """Write the checkpoint with the mean weights; what belongs to the optimizers stays that of the run."""
    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    _, weights, _ = read_gguf(origin)
    for name, array in weights.items():
        state["model"][name].lerp_(torch.from_numpy(array), 0.5)
    torch.save(state, out)


def main() -> None:
    """Average two models."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("checkpoint", "origin", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    average(args.checkpoint, args.origin, args.out)


if __name__ == "__main__":
    main()
