"""Leads each sentence of a summary back to the points and passages that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chatdesk.domain.summaries import Passage, Point, Sentence
from chatdesk.tasks.passages import Resemblance, find_quote, joined
from chatdesk.tasks.pieces import sentences_of
from chatdesk.tasks.points import FoundPoint
from chatdesk.tasks.strangers import Source, strangers
from chatdesk.tasks.word_index import WordIndex

RESTS = 0.4  # share of a sentence's words, rare ones counting more, that what it rests on has
_NEARLY_AS_MUCH = 0.85  # of the best: a sentence can rest on several points
_MOST = 3
_NO_STATEMENT = re.compile(r"#{1,6}\s.*|[\s|:-]*|\|\s*Fact\s*\|\s*Value\s*\|", re.IGNORECASE)


def verified(
    found: Sequence[FoundPoint], text: str, start: int = 0, end: int | None = None
) -> tuple[Point, ...]:
    """Return points with the passages between `start` and `end` of `text` that their quotations stand in.

    A point without a quotation gets the sentence that has most of its words.
    """
    index = WordIndex(text, start, end)
    sentences = list(sentences_of(text, start, end))
    candidates: Resemblance | None = None
    points = []
    for each in found:
        quote, passage = each.quote, find_quote(each.quote, index) if each.quote else None
        if not each.quote:
            candidates = candidates or Resemblance([text[first:last] for first, last in sentences])
            if best := candidates.best(each.text, RESTS):
                first, last = sentences[best[0][0]]
                quote, passage = text[first:last], Passage(first, last)
        points.append(Point(each.text, quote, passage))
    return tuple(points)


def borrowed(summary: str, text: str) -> tuple[Point, ...]:
    """Return the sentences of a summary as points, each with the sentence of `text` that it is most like.

    For a summary that was not made of points.
    """
    places = list(sentences_of(text))
    resemblance = Resemblance([text[start:end] for start, end in places])
    points = []
    for start, end in _statements(summary):
        for at, _ in resemblance.best(summary[start:end], RESTS)[:1]:
            passage = Passage(*places[at])
            points.append(Point(summary[start:end], text[passage.start : passage.end], passage))
    return tuple(points)


def traced(
    summary: str, points: Sequence[Point], source: Source, *, translated: bool = False
) -> tuple[Sentence, ...]:
    """Return the sentences of a summary with the passages of the points that they rest on.

    `source` tells which numbers and names are strangers; `translated`: the summary is in another language.
    Headings and rules of tables are no sentences.
    """
    resemblance = Resemblance([f"{point.text} {point.quote}" for point in points])
    unknown = strangers(summary, source, translated=translated)
    sentences = []
    for start, end in _statements(summary):
        best = resemblance.best(summary[start:end], RESTS)[:_MOST]
        rests_on = [points[at].passage for at, share in best if share >= _NEARLY_AS_MUCH * best[0][1]]
        passages = joined(passage for passage in rests_on if passage is not None)
        inside = tuple(each for each in unknown if start <= each.start and each.end <= end)
        sentences.append(Sentence(start, end, passages, inside))
    return tuple(sentences)


def _statements(summary: str) -> Iterator[tuple[int, int]]:
    return (place for place in sentences_of(summary) if not _NO_STATEMENT.fullmatch(summary, *place))


def without_unverified(summary: str, sentences: Sequence[Sentence]) -> str:
    """Return a summary without the sentences that no passage bears out; "" where that is all of them."""
    if not any(sentence.passages for sentence in sentences):
        return ""
    lines, start = [], 0
    for line in summary.split("\n"):
        kept = line
        for sentence in reversed(sentences):
            first, last = max(sentence.start - start, 0), min(sentence.end - start, len(line))
            if not sentence.passages and first < last:
                kept = kept[:first] + kept[last:]
        if kept == line or kept.strip(" \t-*+•"):
            lines.append(kept.rstrip())
        start += len(line) + 1
    return "\n".join(lines).strip()
