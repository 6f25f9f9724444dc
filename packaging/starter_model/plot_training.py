"""Draws the curve of a training run from its log: python plot_training.py LOG.jsonl OUT.svg"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 760, 380, 60, 46, 20, 150
_CURVES = (
    ("loss", "answers, training", "#4c72b0"),
    ("held", "answers, held out", "#c44e52"),
    ("copy", "copying drills", "#55a868"),
)


@dataclass(frozen=True)
class Frame:
    """Maps minutes and losses, both larger than 0, to the drawing; losses on a logarithmic scale."""

    minutes: float
    lowest: float
    highest: float

    def x(self, minutes: float) -> float:
        """Return the place of a moment."""
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * minutes / self.minutes

    def y(self, loss: float) -> float:
        """Return the place of a loss."""
        span = math.log(self.highest) - math.log(self.lowest)
        share = (math.log(max(loss, self.lowest)) - math.log(self.lowest)) / span
        return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share


def drawing(lines: Sequence[dict[str, float]]) -> str:
    """Return an SVG of the losses over the minutes. Raises ValueError when there are fewer than two lines."""
    if len(lines) < 2:
        raise ValueError("a curve needs two lines of the log")
    losses = [line[name] for line in lines for name, _, _ in _CURVES if line.get(name, 0) > 0]
    ticks = [tick for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10) if tick < max(losses)]
    frame = Frame(lines[-1]["minutes"], max(0.01, min(losses) * 0.9), max(losses))
    parts = [_axis_text(_LEFT + 4, _TOP - 6, "loss, logarithmic", "start")]
    parts += [_level(frame, tick) for tick in ticks if tick >= frame.lowest]
    step = max(1, round(frame.minutes / 8 / 5) * 5)
    for minutes in range(0, int(frame.minutes) + 1, step):
        parts.append(_axis_text(frame.x(minutes), _HEIGHT - _BOTTOM + 18, str(minutes), "middle"))
    parts.append(_axis_text(frame.x(frame.minutes / 2), _HEIGHT - 8, "minutes of training", "middle"))
    for number, (name, title, colour) in enumerate(_CURVES):
        parts.append(_curve(frame, lines, name, colour))
        place = f'x="{_WIDTH - _RIGHT + 10}" y="{_TOP + 18 + 20 * number}"'
        parts.append(f'<text {place} fill="{colour}">{title}</text>')
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'font-family="sans-serif" font-size="12">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>\n{body}\n</svg>\n'
    )


def _axis_text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#555">{text}</text>'


def _level(frame: Frame, tick: float) -> str:
    y = frame.y(tick)
    line = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
    return line + _axis_text(_LEFT - 8, y + 4, f"{tick:g}", "end")


def _curve(frame: Frame, lines: Sequence[dict[str, float]], name: str, colour: str) -> str:
    points = [(line["minutes"], line[name]) for line in lines if line.get(name, 0) > 0]
    path = " ".join(f"{frame.x(minutes):.1f},{frame.y(loss):.1f}" for minutes, loss in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def main() -> None:
    """Read the log and write the drawing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    lines = [json.loads(line) for line in args.log.read_text(encoding="utf-8").splitlines()]
    args.out.write_text(drawing(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
