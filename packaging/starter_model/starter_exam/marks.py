"""Judges answers: for each item what was right, from 0 to 1 by measure."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from starter_exam.items import Item
from starter_net.chrf import chrf
from starter_text.checking import invented_values
from starter_text.small_talk import JOKES


def marks(item: Item, answer: str) -> dict[str, float]:
    """Return the measures of an answer; texts are compared letter by letter."""
    if item.row.startswith(("summarise", "map-reduce", "key points")):
        start, end = item.meta["source"]
        facts = item.meta["facts"]
        return {
            "facts recalled word for word": sum(fact in answer for fact in facts) / len(facts),
            "answers without an invented value": not invented_values(answer, item.question[start:end]),
            "as expected": answer == item.wanted,
        }
    if item.row.startswith("JSON"):
        return _json_marks(item, answer)
    if item.row == "titles":
        return {"as expected": answer == item.wanted, "at most six words": 0 < len(answer.split()) <= 6}
    return {_exact(item.row): _is_right(item, answer)}


def _exact(row: str) -> str:
    return "refused" if row == "out of domain" else "right"


def _is_right(item: Item, answer: str) -> bool:
    """Say whether a fixed answer was given; any joke and any story will do."""
    if item.meta.get("intent") == "joke":
        return answer in JOKES
    if item.meta.get("intent") == "story":
        return answer.startswith("Once there was") and answer.count(".") >= 4
    return answer == item.wanted


def _json_marks(item: Item, answer: str) -> dict[str, float]:
    try:
        value: Any = json.loads(answer)
    except ValueError:
        return {"valid": 0, "all right": 0}
    wanted = item.meta["want"]
    if "sentiment" not in wanted:
        return {"valid": 1, "all right": value == wanted}
    given = value if isinstance(value, dict) else {}
    return {
        "valid": 1,
        "all right": given.get("sentiment") == wanted["sentiment"],
        "reason copied right": given.get("reason") == wanted["reason"],
    }


@dataclass
class Table:
    """What was measured, by row and measure, and the answers that were not wholly right."""

    hits: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(dict))
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[tuple[Item, str]] = field(default_factory=list)

    def note(self, item: Item, answer: str) -> None:
        """Judge an answer and remember it."""
        found = marks(item, answer)
        for measure, hit in found.items():
            self.hits[item.row].setdefault(measure, []).append(float(hit))
        if item.row.startswith("translate"):
            self.pairs[item.row].append((answer, item.wanted))
        if min(found.values()) < 1:
            self.wrong.append((item, answer))

    def figures(self) -> dict[str, dict[str, float]]:
        """Return by row the measures in per cent, chrF from 0 to 100, and the number of items."""
        figures: dict[str, dict[str, float]] = {}
        for row in sorted(self.hits):
            measures = self.hits[row]
            figures[row] = {name: 100 * sum(hits) / len(hits) for name, hits in measures.items()}
            if row in self.pairs:
                figures[row]["chrF"] = chrf(self.pairs[row])
            figures[row]["items"] = max(len(hits) for hits in measures.values())
        return figures

    def lines(self) -> list[str]:
        """Return the table as Markdown."""
        lines = ["| row | result | items |", "|---|---|---|"]
        for row, figures in self.figures().items():
            parts = [
                f"{name} {value:.1f}" + ("" if name == "chrF" else " %")
                for name, value in figures.items()
                if name != "items"
            ]
            lines.append(f"| {row} | {', '.join(parts)} | {figures['items']:.0f} |")
        return lines
