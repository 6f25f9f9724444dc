"""What the user has written into the translation, to be taken back and done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Texts of paragraphs before and after, by their numbers."""

    before: Mapping[int, str]
    after: Mapping[int, str]
    typed: bool = False  # one sign that is no space: goes together with those typed before


class Undoing:
    """Changes in their order; those that were taken back can be done again until there is a new one."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def add(self, change: Change) -> None:
        """Note a change that was made."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and last.typed and change.typed and last.after == change.before:
            change = Change(last.before, change.after, typed=True)
            self._done.pop()
        self._done.append(change)

    def undo(self) -> Mapping[int, str]:
        """Take back the last change: return which paragraphs get which texts."""
        if not self._done:
            return {}
        change = self._done.pop()
        self._undone.append(change)
        return change.before

    def redo(self) -> Mapping[int, str]:
        """Make the change again that was taken back last."""
        if not self._undone:
            return {}
        change = self._undone.pop()
        self._done.append(change)
        return change.after

    def forget(self) -> None:
        """Forget all: the numbers mean other paragraphs now."""
        self._done.clear()
        self._undone.clear()
