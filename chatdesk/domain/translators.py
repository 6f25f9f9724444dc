"""What is known about models that translate: how each family is asked, and which languages it knows."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.tasks import TaskSpec


@dataclass(frozen=True, slots=True)
class Translator:
    """A family of models, read from its file in `assets/translators`."""

    name: str
    title: str
    names: tuple[str, ...]  # parts of a model's or its file's name, small letters joined with "-"
    languages: tuple[str, ...]  # codes
    task: TaskSpec | None = None  # its own wording; None: that of the translation tasks
    framed: bool = True  # with its chat template around the prompt
    needs_source: bool = False  # whether it has to be told which language the text is in
    plain: bool = False  # told the text, the languages and the tone, and nothing else

    @property
    def takes_terms(self) -> bool:
        """Whether it can be told how words are to be translated."""
        if self.task is not None:
            return any(slot.name == "terms" for slot in self.task.slots)
        return not self.plain

    @property
    def uses_context(self) -> bool:
        """Whether it can be told what stands before the text."""
        if self.task is not None:
            return any(slot.name == "before" for slot in self.task.slots)
        return not self.plain
