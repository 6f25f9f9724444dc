"""Words what is asked about each part of a document: about all of it, or about what is new in a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.generation import GenerationRequest
from chatdesk.domain.summaries import Length, Point
from chatdesk.flows.asking import Asking
from chatdesk.flows.summary_requests import POINTS, SummaryRequests
from chatdesk.tasks.points import FoundPoint, points_answer, read_points
from chatdesk.tasks.revisions import Revision, revisions
from chatdesk.tasks.tracing import verified

_FEWEST_CHARACTERS = 200  # a shorter stretch is hard to understand alone: its part is read as a whole


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """What is known of an earlier version of a document: the texts of its parts in order, and its summary."""

    parts: Sequence[str] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part, and what the model is `asked` for it; `before` and `behind` that stand points that stay."""

    whole: GenerationRequest  # what the points are stored under
    asked: GenerationRequest
    before: tuple[FoundPoint, ...] = ()
    behind: tuple[FoundPoint, ...] = ()

    def points(self, answer: str) -> tuple[FoundPoint, ...]:
        """Return the points of the part where that was the answer to what was asked."""
        return read_points(points_answer((*self.before, *read_points(answer), *self.behind)))


def asked_parts(
    requests: SummaryRequests, asking: Asking, texts: Sequence[str], earlier: Sequence[str], length: Length
) -> list[AskedPart]:
    """Return what is asked about parts with these texts, for the points of each.

    `earlier` are the texts of the parts of an earlier version. A part of which one stretch is new keeps the
    points of the rest, and the model is asked about the stretch; where nothing is new, its points are stored
    at once. Raises TaskInvalid, StorageError.
    """

    def points_of(text: str) -> Sequence[Point] | None:
        answers = asking.stored([requests.points(text, length)])
        return verified(read_points(answers[0]), text) if answers else None

    parts = [AskedPart(whole, whole) for whole in (requests.points(text, length) for text in texts)]
    stored = asking.stored([part.whole for part in parts])
    for place, revision in revisions(texts, earlier, points_of).items():
        wanted = _wanted(revision, len(texts[place]), POINTS[length])
        if place in stored or wanted is None:
            continue
        whole, before, behind = parts[place].whole, revision.before, revision.behind
        if wanted:
            enough = next(each for each in Length if POINTS[each] >= wanted)
            new = texts[place][revision.start : revision.end].strip()
            parts[place] = AskedPart(whole, requests.points(new, enough), before, behind)
        else:
            asking.keep(whole, points_answer((*before, *behind)))
    return parts


def _wanted(revision: Revision, characters: int, most: int) -> int | None:
    """Return how many points the new stretch of a part has to have; None: the whole part is read again.

    As many as the part is short of, and no fewer than its share of `most`, which a whole part has; none where
    nothing is new. A part can so come to have more, up to twice as many: then it is read again.
    """
    kept = len(revision.before) + len(revision.behind)
    new = revision.end - revision.start
    if 0 < new < _FEWEST_CHARACTERS:
        return None
    wanted = max(1, most - kept, round(most * new / characters)) if new else 0
    return wanted if 0 < kept + wanted <= 2 * most else None
