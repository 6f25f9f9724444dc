"""Shows which parts of a document its summary rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from chatdesk.domain.documents import Document, Unit, UnitKind
from chatdesk.domain.summaries import Passage, Sentence
from chatdesk.domain.unit_names import unit_name
from chatdesk.domain.words import tr
from chatdesk.ui.theme import colours, follow, scaled

SLICES = 20  # parts that a document without units is looked at in
LEAST_SLICE = 40  # characters of such a part
NAMED = 6  # units without a sentence that are named before "and 12 more"
LEAST = 3.0  # pixels of the shortest mark


def merged(sentences: Iterable[Sentence]) -> list[Passage]:
    """Return the passages of all sentences in order, those that touch joined."""
    result: list[Passage] = []
    for passage in sorted((p for s in sentences for p in s.passages), key=lambda p: (p.start, p.end)):
        if result and passage.start <= result[-1].end:
            result[-1] = Passage(result[-1].start, max(result[-1].end, passage.end))
        else:
            result.append(passage)
    return result


def regions(document: Document) -> Sequence[Unit]:
    """Return the parts that coverage is told for: the units, else slices of equal length."""
    if len(document.units) > 1:
        return document.units
    length = len(document.text)
    count = max(1, min(SLICES, length // LEAST_SLICE))
    cuts = [length * number // count for number in range(count + 1)]
    return tuple(
        Unit(UnitKind.whole, number + 1, "", cuts[number], cuts[number + 1]) for number in range(count)
    )


def bare(parts: Sequence[Unit], passages: Sequence[Passage]) -> list[Unit]:
    """Return the parts that no passage reaches into; `passages` as from `merged`."""
    starts = [passage.start for passage in passages]

    def touched(part: Unit) -> bool:
        place = bisect_right(starts, part.end - 1)
        return place > 0 and passages[place - 1].end > part.start

    return [part for part in parts if not touched(part)]


def coverage_sentence(document: Document, passages: Sequence[Passage]) -> str:
    """Return in words how much of a document the summary rests on."""
    if len(document.units) <= 1:
        resting = sum(passage.end - passage.start for passage in passages)
        percent = round(100 * resting / max(1, len(document.text)))
        return tr("The sentences rest on {percent} % of the text.").format(percent=percent)
    parts = document.units
    without = bare(parts, passages)
    if not without:
        return tr("Every part of the document has a sentence that rests on it.")
    names = ", ".join(unit_name(part) for part in without[:NAMED])
    if len(without) > NAMED:
        names = tr("{names} and {count} more").format(names=names, count=len(without) - NAMED)
    return tr("{covered} of {count} parts have a sentence that rests on them. None rests on {names}.").format(
        covered=len(parts) - len(without), count=len(parts), names=names
    )


class CoverageStrip(QWidget):
    """The document from its beginning to its end; what sentences rest on is filled.

    A click shows that place; the arrow keys go from part to part, Enter shows the one that is named.
    """

    named = Signal(str)  # what there is to say of the part that the keyboard has come to
    asked = Signal(int)  # the place in the document that was clicked, in characters

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coverage")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._document = Document("", "")
        self._passages: list[Passage] = []
        self._parts: Sequence[Unit] = ()
        self._at = -1  # the part that the keyboard is on
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(self, lambda _: self.updateGeometry())

    def show_coverage(self, document: Document, sentences: Sequence[Sentence]) -> None:
        """Show what `sentences` rest on in `document`."""
        self._document = document
        self._passages = merged(sentences)
        self._parts = regions(document)
        self._at = -1
        words = coverage_sentence(document, self._passages)
        self.setAccessibleName(tr("What the summary rests on"))
        self.setAccessibleDescription(words)
        self.update()

    @property
    def sentence(self) -> str:
        """What the strip shows, in words."""
        return coverage_sentence(self._document, self._passages)

    def sizeHint(self) -> QSize:
        return QSize(200, round(scaled(14)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect()).adjusted(0.5, 2.5, -0.5, -2.5)
        painter.setPen(QColor(c.outline))
        painter.setBrush(QColor(c.pressed))
        painter.drawRoundedRect(track, 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        for passage in self._passages:
            left, right = self._x(passage.start), self._x(passage.end)
            if right - left < LEAST:
                left, right = (left + right - LEAST) / 2, (left + right + LEAST) / 2
            painter.drawRect(
                QRectF(min(left, right), track.top(), abs(right - left) or LEAST, track.height())
            )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
            if self._at >= 0:
                part = self._parts[self._at]
                left, right = sorted((self._x(part.start), self._x(part.end)))
                painter.setPen(QPen(QColor(c.text), 2))
                painter.drawRect(QRectF(left + 1, 1, max(LEAST, right - left - 2), self.height() - 2))
        if 1 < len(self._document.units) <= self.width() / 8:
            painter.setPen(QColor(c.base))
            for unit in self._document.units[1:]:
                x = self._x(unit.start)
                painter.drawLine(QPointF(x, track.top() + 1), QPointF(x, track.bottom() - 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit(self.place_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        steps = {Qt.Key.Key_Right: -1 if mirrored else 1, Qt.Key.Key_Left: 1 if mirrored else -1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and self._parts:
            self._at = min(max(self._at + step, 0), len(self._parts) - 1)
            words = self._words_of(self._parts[self._at])
            self.setAccessibleDescription(words)
            self.named.emit(words)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._at < len(self._parts):
            self.asked.emit(self._parts[self._at].start)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def place_at(self, x: float) -> int:
        """Return the character of the document that stands at `x` pixels."""
        share = min(max(x / max(1, self.width()), 0.0), 1.0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        return round(share * len(self._document.text))

    def words_at(self, x: float) -> str:
        """Return what the tooltip says at `x` pixels."""
        place = self.place_at(x)
        starts = [part.start for part in self._parts]
        number = bisect_right(starts, place) - 1
        if number < 0:
            return self.sentence
        return self._words_of(self._parts[number])

    def _words_of(self, part: Unit) -> str:
        named = len(self._document.units) > 1
        name = unit_name(part) if named else tr("part {number}").format(number=part.number)
        if bare([part], self._passages):
            return tr("{name}: no sentence rests on it").format(name=name)
        return tr("{name}: a sentence rests on it").format(name=name)

    def _x(self, place: int) -> float:
        share = place / max(1, len(self._document.text))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        return share * self.width()
