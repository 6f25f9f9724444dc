"""Why a template cannot be used: leaves of the tree in errors.py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.templates import ValueProblem
from chatdesk.domain.words import tr


class TemplateInvalid(ChatDeskError):
    """`name` is its title or the name of its file, `reason` a part of a sentence that names line or key."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            tr("The template “{name}” cannot be used: {reason}.").format(name=name, reason=reason),
            tr("Correct it at that place and try again."),
        )
        self.reason = reason


class FolderImpossible(ChatDeskError):
    """`reason` is a part of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            tr("The folder cannot be called so: {reason}.").format(reason=reason),
            tr("Give it fewer or shorter names."),
        )


class TemplateFileUnreadable(ChatDeskError):
    """`reason` is a part of a sentence."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("“{name}” cannot be read: {reason}.").format(name=path.name, reason=reason),
            tr("Check that you may read {path} and that its disk is connected.").format(path=path),
        )


class TemplateFileTooLarge(ChatDeskError):
    """`most` is in megabytes."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(
            tr("“{name}” is too large for a template: it has more than {most} MB.").format(
                name=path.name, most=most
            ),
            tr("Attach a long text as a document, and keep only the wording in the template."),
        )


class TemplateNotFilled(ChatDeskError):
    """Values are missing or cannot be used; the sentence says the first of `problems`."""

    def __init__(self, title: str, problems: Sequence[ValueProblem]) -> None:
        super().__init__(
            tr("“{title}” cannot be filled: {problem}").format(title=title, problem=problems[0].sentence),
            tr("Fill in that field and try again."),
        )
        self.problems = tuple(problems)


class NoSuchTemplate(ChatDeskError):
    """`names` are those of templates that there are."""

    def __init__(self, name: str, names: Sequence[str] = ()) -> None:
        hint = tr("Open the page “Templates” to see which there are.")
        if names:
            hint = tr("There are: {names}.").format(names=", ".join(names))
        super().__init__(tr("There is no template “{name}”.").format(name=name), hint)
