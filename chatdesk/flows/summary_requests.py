"""Words what a model is asked for a summary, from the task files and the user's wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatdesk import paths
from chatdesk.domain.generation import GenerationRequest
from chatdesk.domain.summaries import Form, Length, SummaryWishes
from chatdesk.domain.tasks import TaskSpec
from chatdesk.languages.table import same_language
from chatdesk.tasks.points import as_bullets
from chatdesk.tasks.reading import read_task
from chatdesk.tasks.wording import request_for

POINTS: Mapping[Length, int] = {Length.line: 1, Length.short: 3, Length.medium: 5, Length.detailed: 8}
FEW_PARTS = 4  # of so many, each gives as many points as the whole is to have
_LONGEST_POINT = 250  # tokens of a point with its quotation
_FEWER = {Length.detailed: Length.medium, Length.medium: Length.short}

# What the tasks `summarize` and `combine` can word; other forms and wishes are worded by `write_up`.
_PLAIN_FORMS = frozenset({Form.bullets, Form.paragraph, Form.table, Form.chapters})
# What the points of the parts have to concern for a form, unless the user says what they have to.
_LOOKS_FOR = {
    Form.minutes: "topics, decisions, and actions with who does them",
    Form.timeline: "events with their dates",
}


def asked_of(wishes: SummaryWishes, language: str) -> SummaryWishes:
    """Return what the model is asked for a document in `language`, a code or "".

    A summary that is wished in the document's own language is that of the document as it is: nothing is
    translated, and what was done without such a wish counts.
    """
    return replace(wishes, language="") if same_language(wishes.language, language) else wishes


class SummaryRequests:
    """The requests of one summary. Raises TaskInvalid when a task file cannot be used."""

    def __init__(self, wishes: SummaryWishes) -> None:
        self._wishes = wishes
        self._language = {"language": wishes.language}
        self._tasks: dict[str, TaskSpec] = {}

    @property
    def plain(self) -> bool:
        """Whether bullet points can be taken from the parts as they are."""
        return not (self._wishes.audience.strip() or self._wishes.instruction.strip())

    @property
    def takes_points(self) -> bool:
        """Whether the points of a document that is read at once are its summary."""
        return self.plain and self._wishes.form in (Form.bullets, Form.chapters)

    def part_length(self, parts: int) -> Length:
        """Return how many points are asked for of each of so many parts."""
        length = self._wishes.length
        return length if parts <= FEW_PARTS else _FEWER.get(length, length)

    def points(self, text: str, length: Length) -> GenerationRequest:
        """Ask for points with quotations, in JSON."""
        focus = self._wishes.focus.strip() or _LOOKS_FOR.get(self._wishes.form, "")
        values = {"text": text, "focus": focus, **self._language}
        request = request_for(self._task("points"), values, {"length": length.value})
        # A model that finds no end is cut off: the points that are complete are read all the same.
        enough = POINTS[length] * _LONGEST_POINT
        limit = min(request.sampling.answer_tokens, enough)
        return replace(request, sampling=replace(request.sampling, answer_tokens=limit))

    def bullets(self, text: str, length: Length) -> GenerationRequest:
        """Ask for a part's points without quotations, of a model that cannot write JSON."""
        return self._plain_request("summarize", text, length, Form.bullets)

    def whole(self, text: str) -> GenerationRequest:
        """Ask for the summary of a text that is read at once."""
        return self._written("summarize", "write_up", text, self._wishes.form)

    def joined(self, notes: Sequence[str], form: Form) -> GenerationRequest:
        """Ask for the summary of the parts' points."""
        return self._written("combine", "write_up_parts", numbered(notes), form)

    def shortened(self, notes: Sequence[str]) -> GenerationRequest:
        """Ask for fewer points of several parts, before all are joined."""
        return self._plain_request("combine", numbered(notes), Length.detailed, Form.bullets)

    def _written(self, plain_task: str, task: str, text: str, form: Form) -> GenerationRequest:
        wishes = self._wishes
        if self.plain and not wishes.focus.strip() and form in _PLAIN_FORMS:
            return self._plain_request(plain_task, text, wishes.length, form)
        values = {
            "text": text,
            "focus": wishes.focus,
            "audience": wishes.audience,
            "instruction": wishes.instruction,
            **self._language,
        }
        return request_for(self._task(task), values, {"length": wishes.length.value, "form": form.value})

    def _plain_request(self, task: str, text: str, length: Length, form: Form) -> GenerationRequest:
        known = Form.bullets if form is Form.chapters else form
        chosen = {"length": length.value, "form": known.value}
        return request_for(self._task(task), {"text": text, **self._language}, chosen)

    def _task(self, name: str) -> TaskSpec:
        if name not in self._tasks:
            self._tasks[name] = read_task(paths.task_file(name))
        return self._tasks[name]


def numbered(notes: Sequence[str]) -> str:
    """Return the notes of several parts as one text."""
    return "\n\n".join(f"Part {number}:\n{note}" for number, note in enumerate(notes, start=1))


def note_of(points: Sequence[str]) -> str:
    return as_bullets(points)
