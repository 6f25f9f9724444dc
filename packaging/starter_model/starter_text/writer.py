"""Words instructions and questions for one side of the split between training and held-out sentences."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from starter_text.patterns import expand
from starter_text.split import is_held


class Writer:
    """Draws wordings that belong to one side of the split."""

    def __init__(self, rng: random.Random, held: bool) -> None:
        self.rng = rng
        self._held = held

    def keep(self, sentence: str) -> bool:
        """Say whether a sentence is on this writer's side."""
        return is_held(sentence) == self._held

    def draw(self, make: Callable[[], str]) -> str | None:
        """Draw until the text is on our side; None when that seems impossible."""
        for _ in range(60):
            text = make()
            if self.keep(text):
                return text
        return None

    def instruction(self, patterns: Sequence[str], **slots: str) -> str:
        """Return one wording of a task with its slots filled, mostly with capital and mark."""
        rng = self.rng
        text = expand(rng, rng.choice(patterns))
        for _ in range(199):
            if self.keep(text):
                break
            text = expand(rng, rng.choice(patterns))
        for key, value in slots.items():
            text = text.replace(key, value)
        polish = rng.random()
        if polish < 0.75:
            text = text[0].upper() + text[1:]
        if polish < 0.6 and text[-1] not in ".?!)":
            text += "?" if text.lower().startswith(("what", "which", "how")) else "."
        return text

    def follow_up(self, pattern: str, **slots: str) -> str:
        """Return a short question that refers to the turn before, on our side when it has a wording there."""

        def make() -> str:
            text = expand(self.rng, pattern)
            for key, value in slots.items():
                text = text.replace(key, value)
            return text

        return self.draw(make) or make()

    def layout(self, task: str, text: str) -> str:
        """Put an instruction and its text together in one of several layouts."""
        kind = self.rng.random()
        if kind < 0.42:
            return f"{task.rstrip('.')}:\n\n{text}" if self.rng.random() < 0.6 else f"{task}\n\n{text}"
        if kind < 0.56:
            return f"{task.rstrip('.?')}: {text}"
        for share, pattern in (
            (0.66, "{task}\n\n<text>\n{text}\n</text>"),
            (0.74, '{task}\n\n"""\n{text}\n"""'),
            (0.82, "{task}\n\nText:\n{text}"),
            (0.9, "{task}\n{text}"),
            (0.95, "{task}\n\n---\n{text}\n---"),
        ):
            if kind < share:
                return pattern.format(task=task, text=text)
        return f"{text}\n\n{task}"
