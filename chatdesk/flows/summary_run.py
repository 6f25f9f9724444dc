"""Makes one summary: reads the parts, joins their points, writes the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.generation import GenerationRequest, LoadProgress, ModelReady, PromptProgress, TextDelta
from chatdesk.domain.summaries import (
    Chunk,
    Form,
    JoiningStarted,
    Length,
    PartDone,
    PartFailed,
    PartStarted,
    Point,
    SummaryEvent,
    SummaryGrew,
    SummaryWishes,
)
from chatdesk.domain.summary_errors import NoSummary, NothingBorneOut
from chatdesk.domain.words import tr
from chatdesk.flows.asking import Answered, Asking, AskingEvent, Told, Unanswered
from chatdesk.flows.summary_layout import Layout
from chatdesk.flows.summary_parts import EarlierVersion, asked_parts
from chatdesk.flows.summary_requests import POINTS, SummaryRequests, note_of
from chatdesk.tasks.chunks import Measure
from chatdesk.tasks.groups import groups_of
from chatdesk.tasks.points import FoundPoint, points_answer, read_lines, read_points
from chatdesk.tasks.tracing import verified


class ShorterContext(Exception):
    """The model was loaded with a context of so many tokens, fewer than were counted on."""

    def __init__(self, tokens: int) -> None:
        super().__init__(tokens)
        self.tokens = tokens


def part_requests(requests: SummaryRequests, document: Document, layout: Layout) -> list[GenerationRequest]:
    """Return what is asked of each part, in order; the whole is one where it is read at once."""
    texts = [document.text[chunk.start : chunk.end] for chunk in layout.chunks]
    if layout.at_once and not requests.takes_points:
        return [requests.whole(texts[0])]
    return [requests.points(text, requests.part_length(len(texts))) for text in texts]


class SummaryRun:
    """One run; afterwards `points` and `problem` tell what was found and what is missing."""

    def __init__(
        self,
        document: Document,
        wishes: SummaryWishes,
        layout: Layout,
        asking: Asking,
        measure: Measure,
        earlier: EarlierVersion = EarlierVersion(),  # noqa: B008  frozen
    ) -> None:
        self.points: tuple[Point, ...] = ()
        self.problem = ""  # readable: which parts are missing
        self.complete = False  # the text has come to its end
        self._document = document
        self._wishes = wishes
        self._layout = layout
        self._asking = asking
        self._measure = measure
        self._earlier = earlier
        self._requests = SummaryRequests(wishes)
        self._found: dict[int, tuple[Point, ...]] = {}  # points by the place of the part
        self._failed: dict[int, ChatDeskError] = {}

    def events(self, context_tokens: int, cancel: CancelToken) -> Iterator[SummaryEvent]:
        """Yield what happens; without an error it is `complete` then, or was cancelled.

        `context_tokens` are counted on. Raises ShorterContext, EngineError, TaskInvalid, StorageError.
        """
        self._context_tokens = context_tokens
        if self._layout.at_once and not self._requests.takes_points:
            chunk = self._layout.chunks[0]
            yield PartStarted(chunk)
            (asked,) = part_requests(self._requests, self._document, self._layout)
            yield from self._streamed(asked, cancel)
            return
        yield from self._read_parts(cancel)
        if len(self._found) + len(self._failed) < len(self._layout.chunks):
            return
        self._conclude()
        if self._layout.chapters:
            yield from self._write_chapters(cancel)
        elif self._layout.at_once and len(self._kept(0)) <= POINTS[self._wishes.length]:
            yield SummaryGrew(self._note(0))
            self.complete = True
        else:
            notes = [self._note(place) for place in sorted(self._found) if self._kept(place)]
            yield from self._write(notes, self._wishes.form, cancel)

    def _read_parts(self, cancel: CancelToken) -> Iterator[SummaryEvent]:
        """Ask for the points of every part in one batch, and of those without points as plain text."""
        length = self._requests.part_length(len(self._layout.chunks))
        texts = [self._text(chunk) for chunk in self._layout.chunks]
        parts = asked_parts(self._requests, self._asking, texts, self._earlier.parts, length)
        asked = [part.asked for part in parts]
        without: list[int] = []
        started: set[int] = set()
        for event in self._asking.answers(asked, lambda text: bool(read_points(text)), cancel):
            if isinstance(event, Answered) and not event.usable:
                without.append(event.index)
            elif isinstance(event, Answered):
                part = parts[event.index]
                found = part.points(event.text)
                if part.asked is not part.whole:
                    self._asking.keep(part.whole, points_answer(found))
                yield self._part_done(event.index, found, event.was_stored)
            else:
                yield from self._part_event(event, started)
        plain = [self._requests.bullets(self._text(self._layout.chunks[place]), length) for place in without]
        for event in self._asking.answers(plain, lambda text: bool(read_lines(text)), cancel):
            place = without[event.index] if event.index >= 0 else event.index
            if isinstance(event, Answered):
                lines = islice(read_lines(event.text), POINTS[length])
                found = tuple(FoundPoint(line, "") for line in lines)
                if found:
                    self._asking.keep(parts[place].whole, points_answer(found))
                    yield self._part_done(place, found, was_stored=False)
                else:
                    yield self._part_failed(place, NoSummary())
            elif isinstance(event, Unanswered):
                yield self._part_failed(place, event.error)

    def _part_event(self, event: AskingEvent, started: set[int]) -> Iterator[SummaryEvent]:
        if isinstance(event, Unanswered):
            yield self._part_failed(event.index, event.error)
        elif isinstance(event, Told):
            if event.index >= 0 and event.index not in started:
                started.add(event.index)
                yield PartStarted(self._layout.chunks[event.index])
            yield from self._of_the_model(event)

    def _part_done(self, place: int, found: Sequence[FoundPoint], was_stored: bool) -> PartDone:
        chunk = self._layout.chunks[place]
        self._found[place] = verified(found, self._document.text, chunk.start, chunk.end)
        return PartDone(chunk, self._found[place], was_stored)

    def _part_failed(self, place: int, error: ChatDeskError) -> PartFailed:
        self._failed[place] = error
        return PartFailed(self._layout.chunks[place], f"{error.sentence} {error.hint}".strip())

    def _conclude(self) -> None:
        """Set what was found; without anything, the summary has failed."""
        self.points = tuple(point for place in sorted(self._found) for point in self._found[place])
        if self._failed:
            error = next(iter(self._failed.values()))
            if not self._found:
                raise error
            numbers = ", ".join(str(place + 1) for place in sorted(self._failed))
            self.problem = tr("These parts are missing: {numbers}. {reason}").format(
                numbers=numbers, reason=error.sentence
            )
        if not any(self._kept(place) for place in self._found):
            raise NothingBorneOut

    def _kept(self, place: int) -> list[str]:
        points = self._found.get(place, ())
        return [point.text for point in points if point.passage or not self._wishes.drops_unverified]

    def _note(self, place: int) -> str:
        return note_of(self._kept(place))

    def _write_chapters(self, cancel: CancelToken) -> Iterator[SummaryEvent]:
        places = iter(range(len(self._layout.chunks)))
        gap = ""
        for title, parts in self._layout.chapters:
            notes = [self._note(place) for place in islice(places, parts) if self._kept(place)]
            if not notes:
                continue
            yield SummaryGrew(f"{gap}## {' '.join(title.split())}\n\n")
            gap = "\n\n"
            self.complete = False
            points = [point for note in notes for point in note.split("\n")]
            if self._requests.plain and len(points) <= POINTS[self._wishes.length]:
                yield SummaryGrew("\n".join(points))
                self.complete = True
            else:
                yield from self._write(notes, Form.chapters, cancel)
            if not self.complete:
                return

    def _write(self, notes: Sequence[str], form: Form, cancel: CancelToken) -> Iterator[SummaryEvent]:
        """Join notes level by level until they fit into one request, then write the text."""
        level = 1
        groups = self._grouped(notes)
        while len(groups) > 1 and not cancel.cancelled:
            yield JoiningStarted(level, len(groups))
            joined: list[str] = []
            yield from self._shorten(groups, joined, cancel)
            level += 1
            groups = self._grouped(joined)
        if groups and not cancel.cancelled:
            yield JoiningStarted(level, 1)
            yield from self._streamed(self._requests.joined(groups[0], form), cancel)

    def _grouped(self, notes: Sequence[str]) -> list[list[str]]:
        """Return neighbours together, as many as fit into one request, two at least."""
        sizes = self._measure(list(notes))
        # A measure that was cancelled counts nothing.
        return groups_of(notes[: len(sizes)], sizes, self._layout.room)

    def _shorten(
        self, groups: Sequence[Sequence[str]], joined: list[str], cancel: CancelToken
    ) -> Iterator[SummaryEvent]:
        """Ask for fewer points of each group, and put them into `joined` in order."""
        asked = [self._requests.shortened(group) for group in groups]
        texts: dict[int, str] = {}
        for event in self._asking.answers(asked, lambda text: bool(read_lines(text)), cancel):
            if isinstance(event, Unanswered):
                raise event.error
            if isinstance(event, Answered):
                if not event.usable:
                    raise NoSummary
                lines = read_lines(event.text)[: POINTS[Length.detailed]]
                texts[event.index] = note_of(lines)
            elif isinstance(event, Told):
                yield from self._of_the_model(event)
        joined += [texts[index] for index in sorted(texts)]

    def _streamed(self, request: GenerationRequest, cancel: CancelToken) -> Iterator[SummaryEvent]:
        grew = False
        request = replace(request, likely_answer=self._earlier.summary)  # nearly the same
        for event in self._asking.answers([request], lambda text: bool(text.strip()), cancel):
            if isinstance(event, Unanswered):
                raise event.error
            if isinstance(event, Answered):
                if not event.usable:
                    raise NoSummary
                if not grew:
                    yield SummaryGrew(event.text)
                self.complete = True
            elif isinstance(event.event, TextDelta):
                grew = grew or bool(event.event.text.strip())
                yield SummaryGrew(event.event.text)
            else:
                yield from self._of_the_model(event)

    def _of_the_model(self, event: Told) -> Iterator[SummaryEvent]:
        if isinstance(event.event, ModelReady) and event.event.context_tokens < self._context_tokens:
            raise ShorterContext(event.event.context_tokens)
        if isinstance(event.event, LoadProgress | ModelReady | PromptProgress):
            yield event.event

    def _text(self, chunk: Chunk) -> str:
        return self._document.text[chunk.start : chunk.end]
