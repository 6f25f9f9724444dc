"""How paragraphs of the translation look: doubts underlined, marks in the margin, reasons in their place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout

from chatdesk.domain.translations import DoubtfulWord, FindingKind, Segment, SegmentState
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import colours, scaled
from chatdesk.ui.translate.layout import MARGIN
from chatdesk.ui.translate.mark_looks import mark_ranges
from chatdesk.ui.translate.pieces import qt_length
from chatdesk.ui.translate.target_pane import TargetPane
from chatdesk.ui.translate.words import again_sentence, finding_sentence, unsure_sentence

SIGN, LARGEST_SIGN = 13, 17  # pixels at 100 % text size, and where the margin has no room for more
EDGE = 4  # pixels beside the mark of a row; a sign stands in the middle between it and the text


class Looks:
    """Paints for a pane; `segments` are what it shows, `stale` those whose source has changed since."""

    def __init__(self, pane: TargetPane) -> None:
        self.segments: Sequence[Segment] = ()
        self.stale: dict[int, str] = {}
        self.again: dict[int, FindingKind] = {}
        self.unsure: dict[int, tuple[str, Sequence[DoubtfulWord]]] = {}  # of a paragraph with that text
        self._pane = pane
        pane.ranges = self._ranges
        pane.tooltip = self._tooltip
        pane.lines.above = self._paint

    def _ranges(self, number: int) -> Sequence[QTextLayout.FormatRange]:
        if number >= len(self.segments):
            return ()
        if number in self.stale:
            form = QTextCharFormat()
            form.setForeground(QColor(colours().muted))
            return (_range(0, qt_length(self.stale[number]), form),)
        segment = self.segments[number]
        marked = mark_ranges(self._pane.pieces.texts[number])
        if self._pane.pieces.texts[number] != segment.translation:
            return marked
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(QColor(colours().warning))
        text = segment.translation
        return [
            *marked,
            *self._unsure_ranges(number, text),
            *(
                _range(qt_length(text[: each.start]), qt_length(text[each.start : each.end]), form)
                for each in segment.findings
                if each.end > each.start
            ),
        ]

    def _unsure_ranges(self, number: int, text: str) -> list[QTextLayout.FormatRange]:
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        form.setUnderlineColor(QColor(colours().accent))
        return [
            _range(qt_length(text[: each.start]), qt_length(text[each.start : each.end]), form)
            for each in self._unsure_words(number, text)
        ]

    def _unsure_words(self, number: int, text: str) -> Sequence[DoubtfulWord]:
        of, words = self.unsure.get(number, ("", ()))
        return words if of == text else ()

    def _tooltip(self, number: int, place: int) -> str:
        if number >= len(self.segments):
            return ""
        segment = self.segments[number]
        text = segment.translation
        here, whole = [], []
        for each in segment.findings:
            start, end = qt_length(text[: each.start]), qt_length(text[: each.end])
            if each.end <= each.start:
                whole.append(finding_sentence(each))
            elif start <= place <= end:
                here.append(finding_sentence(each))
        for word in self._unsure_words(number, text):
            if qt_length(text[: word.start]) <= place <= qt_length(text[: word.end]):
                here.append(unsure_sentence(text[word.start : word.end], word.probability))
        return "\n".join(dict.fromkeys(here or whole))

    def _paint(self, painter: QPainter, row: int, rect: QRectF) -> None:
        for number in self._pane.pieces.of_row(row):
            if number < len(self.segments):
                self._paint_sign(painter, number)
                self._paint_words(painter, number, rect)

    def _paint_sign(self, painter: QPainter, number: int) -> None:
        c = colours()
        segment = self.segments[number]
        sign, colour = "", ""
        confirmed = segment.state is SegmentState.confirmed
        if segment.state is SegmentState.failed:
            sign, colour = "triangle-alert", c.danger
        elif number in self.stale:
            return
        elif any(each.kind is FindingKind.tag or not confirmed for each in segment.findings):
            sign, colour = "triangle-alert", c.warning
        elif confirmed:
            sign, colour = "check", c.accent
        if sign:
            start, _ = self._pane.pieces.span(number)
            block = self._pane.document().findBlock(start)
            top = round(self._pane.lines.blockBoundingRect(block).top())
            size = min(round(scaled(SIGN)), LARGEST_SIGN)
            below = max(0, (painter.fontMetrics().height() - size) // 2)
            place = QRect((round(MARGIN) + EDGE - size) // 2, top + below, size, size)
            icon(sign, colour, size).paint(painter, place)

    def _paint_words(self, painter: QPainter, number: int, rect: QRectF) -> None:
        """Say why there is no translation, where it would stand."""
        segment = self.segments[number]
        if self._pane.pieces.texts[number]:
            return
        words, colour = "", colours().muted
        if segment.state is SegmentState.failed:
            words, colour = segment.error, colours().danger
        elif number in self.again:
            words = again_sentence(self.again[number])
        if words:
            painter.save()
            painter.setPen(QColor(colour))
            room = rect.adjusted(MARGIN, 0, -MARGIN, 0)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignTop, shown)
            painter.restore()


def _range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, form
    return found
