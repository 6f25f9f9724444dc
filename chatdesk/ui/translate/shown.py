"""The translation that the page shows: its paragraphs follow the source, and a run that is under way."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.glossaries import Term
from chatdesk.domain.translations import (
    FindingKind,
    Origin,
    Segment,
    SegmentState,
    Translation,
    TranslationState,
    TranslationWishes,
)
from chatdesk.flows.translating import TranslationOptions
from chatdesk.tasks.segments import Segments, align, taken_over
from chatdesk.ui.translate.looks import Looks
from chatdesk.ui.translate.panes import Panes
from chatdesk.ui.translate.pieces import Pieces

Pairs = Sequence[tuple[str, str]]

_LIKE = 0.4  # of the words of a paragraph that an edit has left


class Shown(QObject):
    """Numbers are those of the paragraphs as the source has them now."""

    changed = Signal(int)  # the paragraph that has changed, -1 for all

    def __init__(self, panes: Panes) -> None:
        super().__init__(panes)
        self._panes = panes
        self.looks = Looks(panes.target)
        self.translation: Translation | None = None  # as it was stored last
        self.segments: tuple[Segment, ...] = ()
        self.gaps: tuple[str, ...] = ("",)
        self.language = ""  # code of the one that the source was found to be in
        self.run_translation: Translation | None = None  # that of the run that is under way
        self._run: tuple[Segment, ...] = ()  # its paragraphs
        self._other: tuple[Translation, tuple[Segment, ...]] | None = None  # with the wishes before these
        self._places: dict[int, list[int]] = {}  # where those of the run stand now
        self._turned: Pairs = ()  # of a text turned round: its paragraphs, and what they are translations of

    @property
    def done(self) -> int:
        """How many paragraphs are translated."""
        return sum(segment.state in (SegmentState.done, SegmentState.confirmed) for segment in self.segments)

    def base(self, wishes: TranslationWishes, options: TranslationOptions) -> Translation | None:
        """Return the translation with the paragraphs as they are now; None for an empty text."""
        if not self.segments:
            return None
        if self.translation is None:
            self.translation = Translation(wishes, options.model_title, language=wishes.source)
        known = self.translation.language or self.language
        return replace(self.translation, segments=self.segments, gaps=self.gaps, language=known)

    def earlier(self) -> Translation | None:
        """Return what a new run takes over; None where the text is another one altogether."""
        kept = self.translation
        if kept is None or not self._goes_on():
            return None
        return replace(kept, segments=self.segments, gaps=self.gaps)

    def draft(self, wishes: TranslationWishes, options: TranslationOptions) -> Translation | None:
        """Return what is to be stored of a text that has changed, None where there is nothing new."""
        sources = [segment.source for segment in self.segments]
        kept = self.translation
        if not sources or (kept is not None and sources == [segment.source for segment in kept.segments]):
            return None
        if kept is not None and not self._goes_on():
            self.translation = None
        draft = self.base(wishes, options)
        if draft is not None and draft.state is TranslationState.done:
            draft = replace(draft, state=TranslationState.stopped)
        self.translation = draft
        return draft

    def _goes_on(self) -> bool:
        """Whether the text is the one of the translation, changed, and not another one."""
        kept = self.translation
        untouched = kept is not None and not any(segment.translation for segment in kept.segments)
        return bool(self.done or self.looks.stale or untouched)

    def drop(self, turned: Pairs = ()) -> None:
        """The text is about to be another one; of one turned round, what `turned` gives stands beside it."""
        self.translation = self.run_translation = None
        self._other = None
        self._run, self._places = (), {}
        self.segments = ()
        self.looks.stale = {}
        self._turned = turned

    def turned(self) -> tuple[str, Pairs]:
        """Return the text the other way round: each paragraph as it is translated, or as it is.

        With it come those that are translated, and what they were before; turned once more they are that.
        """
        before = _in_order(self._turned)
        pairs = [(each.translation or before(each.source), each.source) for each in self.segments]
        whole = Pieces(self.gaps, [translation or source for translation, source in pairs]).whole
        return whole, [pair for pair in pairs if pair[0]]

    def outdate(self, wishes: TranslationWishes) -> None:
        """Show what was translated with other wishes as out of date; with the same ones again, as it was."""
        if self._other is not None and _alike(self._other[0].wishes, wishes):
            translation, segments = self._other
            self._other = None
            if [each.source for each in segments] == [each.source for each in self.segments]:
                self.translation, self.segments = translation, segments
                self.looks.stale = {}
                self._draw()
            return
        if self.translation is None or _alike(self.translation.wishes, wishes) or self._run:
            return
        self._other = (self.translation, self.segments)
        texts = self._panes.target.pieces.texts
        self.looks.stale = {
            each.number: text for each, text in zip(self.segments, texts, strict=False) if text
        }
        self.translation = None
        self.segments = tuple(Segment(each.number, each.source) for each in self.segments)
        self._draw()

    def show(self, translation: Translation) -> None:
        """Show a stored translation, whose source the source's pane shows."""
        self.translation = translation
        self.segments, self.gaps = translation.segments, translation.gaps
        again = (each for each in self.segments if each.state is SegmentState.waiting)
        self.looks.stale = {each.number: each.translation for each in again if each.translation}
        self.looks.again = {}
        self._draw()
        for number in self.looks.stale:  # its text is as before, its look is not
            self._panes.target.restyle(number)

    def follow(self, cuts: Segments) -> None:
        """Show the paragraphs of the source as it is now; what was translated stays beside its source."""
        old = self.segments
        taken = align(old, cuts.texts)
        self.segments = taken_over(old, cuts.texts)
        self.gaps = cuts.gaps
        self._keep_stale(old, taken)
        if self._turned and not old:
            before = map(_in_order(self._turned), cuts.texts)
            self.looks.stale = {number: text for number, text in enumerate(before) if text}
        self._place_run()
        self._draw()

    # -- a run ----------------------------------------------------------------------------------------------

    def begin(self, translation: Translation) -> None:
        """Follow a run, unless quite another text stands here by now."""
        self._run = translation.segments
        self._place_run()
        if translation.segments and not self._places:
            self._run = ()
            return
        self.run_translation = self.translation = translation
        self._other = None
        if [each.source for each in self.segments] == [each.source for each in translation.segments]:
            self.segments, self.gaps = translation.segments, translation.gaps
            self._draw()

    def name(self, names: tuple[Term, ...]) -> None:
        """The run has fixed how the names of the text are written."""
        if self.run_translation is not None and self.translation is not None:
            self.translation = replace(self.translation, names=names)

    def grow(self, number: int, text: str) -> None:
        """Add to a paragraph of the run what has come of it."""
        for place in self._open(number):
            grown = ("" if place in self.looks.stale else self._panes.target.pieces.texts[place]) + text
            self.looks.stale.pop(place, None)
            self.looks.again.pop(place, None)
            self._panes.set_text(place, grown)

    def again(self, number: int, kind: FindingKind) -> None:
        """What has come of a paragraph of the run does not count."""
        for place in self._open(number):
            self.looks.again[place] = kind
            self._panes.set_text(place, "")
            self.changed.emit(place)

    def take(self, segment: Segment) -> None:
        """Take a finished paragraph of the run."""
        for place in self._open(segment.number):
            self.put(replace(segment, number=place))

    def end(self, translation: Translation) -> None:
        """The run has ended."""
        if self.run_translation is not None and self.run_translation.id == translation.id:
            self.translation = translation
            for number in range(len(self.segments)):  # halves of what was stopped do not stand for a whole
                shown = self._panes.target.pieces.texts[number]
                if shown != self.segments[number].translation and number not in self.looks.stale:
                    self._panes.set_text(number, self.segments[number].translation)
        self._run, self._places = (), {}
        self.run_translation = None
        self.looks.again = {}
        self.changed.emit(-1)

    def number_in_run(self, number: int) -> int:
        """Return the number that a paragraph has in the run, -1 where it has none."""
        return next((run for run, places in self._places.items() if number in places), -1)

    # -- paragraphs -----------------------------------------------------------------------------------------

    def put(self, segment: Segment) -> None:
        """Show a paragraph as it is now."""
        number = segment.number
        self.segments = (*self.segments[:number], segment, *self.segments[number + 1 :])
        self.looks.segments = self.segments
        self.looks.stale.pop(number, None)
        self.looks.again.pop(number, None)
        self._panes.set_text(number, segment.translation)
        self._panes.target.restyle(number)
        self.changed.emit(number)

    def written(self, number: int, text: str) -> None:
        """Take what the user has written, which stands in the pane already."""
        state = SegmentState.confirmed if text.strip() else SegmentState.waiting
        segment = replace(
            self.segments[number], translation=text, state=state, origin=Origin.user, findings=(), error=""
        )
        self.put(segment)

    def stored(self, translation: Translation) -> None:
        """The translation was stored like this."""
        self.translation = translation

    def place(self, source: str, number: int) -> int:
        """Return where a paragraph that was at `number` is now, -1 where it is gone."""
        if number < len(self.segments) and self.segments[number].source == source:
            return number
        return next((each.number for each in self.segments if each.source == source), -1)

    def _open(self, number: int) -> list[int]:
        """Return the places of a paragraph of the run that the user has not written himself meanwhile."""
        places = self._places.get(number, [])
        return [each for each in places if self.segments[each].state is not SegmentState.confirmed]

    def _place_run(self) -> None:
        self._places = {}
        if not self._run:
            return
        for place, segment in enumerate(align(self._run, [each.source for each in self.segments])):
            if segment is not None:
                self._places.setdefault(segment.number, []).append(place)

    def _keep_stale(self, old: Sequence[Segment], taken: Sequence[Segment | None]) -> None:
        """Show beside a changed paragraph what it was translated as before."""
        texts = self._panes.target.pieces.texts
        before = {number: text for number, text in enumerate(texts) if text and number < len(old)}
        used = {segment.number for segment in taken if segment is not None}
        self.looks.stale = {}
        last = -1
        for number, segment in enumerate(taken):
            if segment is not None:
                last = segment.number
            elif last + 1 < len(old) and last + 1 not in used:
                last += 1
                if last in before and _is_like(old[last].source, self.segments[number].source):
                    self.looks.stale[number] = before[last]

    def _draw(self) -> None:
        texts = [self.looks.stale.get(each.number, each.translation) for each in self.segments]
        self.looks.segments = self.segments
        self._panes.show_pieces(self.gaps, [each.source for each in self.segments], texts)
        self.changed.emit(-1)


def _alike(one: TranslationWishes, other: TranslationWishes) -> bool:
    return replace(one, source="") == replace(other, source="")


def _is_like(old: str, new: str) -> bool:
    """Whether a paragraph may have become another by an edit."""
    before, after = set(old[:2000].split()), set(new[:2000].split())
    if len(before) < 2 or len(after) < 2:
        return old[:3] == new[:3] or old[-3:] == new[-3:]
    return len(before & after) >= _LIKE * min(len(before), len(after))


def _in_order(pairs: Pairs) -> Callable[[str], str]:
    """Return what gives for a first text its second, for one that is there often one after the other."""
    waiting: dict[str, deque[str]] = defaultdict(deque)
    for one, other in pairs:
        waiting[one].append(other)

    def take(text: str) -> str:
        left = waiting.get(text)
        return "" if not left else left.popleft() if len(left) > 1 else left[0]

    return take
