"""The questions that the application's pages ask: its own task files, with their slots filled."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_TASKS = Path(__file__).parents[3] / "assets" / "tasks"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_TASKS / f"{name}.toml").read_text(encoding="utf-8"))


_PROMPTS = {
    name: _read(name)
    for name in ("summarize", "combine", "points", "sentiment", "topics", "entities", "title")
}
_CHOICES: dict[str, dict[str, dict[str, str]]] = _PROMPTS["summarize"]["choices"]
FORMS = tuple(_CHOICES["form"])
LENGTHS = tuple(_CHOICES["length"])
POINT_COUNTS: dict[str, str] = {
    length: words["count"] for length, words in _PROMPTS["points"]["choices"]["length"].items()
}
"""How many points the pages ask for, in words, by length."""
SAME_LANGUAGE: str = _PROMPTS["summarize"]["slots"]["language"]["empty"]
"""What a page writes for the language of the answer when none is chosen."""


def page_prompt(name: str, **slots: str) -> tuple[str, str]:
    """Return the system message, "" where the page sends none, and the question of a task."""
    task = _PROMPTS[name]
    question: str = task["user"]
    for slot, value in slots.items():
        question = question.replace(f"{{{slot}}}", value)
    return task.get("system", ""), question


def summary_form(form: str, length: str) -> str:
    """Return how the pages ask for a form and a length, as in "3 short bullet points"."""
    wording: str = _CHOICES["form"][form]["form"]
    for slot, value in _CHOICES["length"][length].items():
        wording = wording.replace(f"{{{slot}}}", value)
    return wording
