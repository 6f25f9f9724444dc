"""Shows a summary: Markdown whose sentences lead to the passages that they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from chatdesk.domain.summaries import Sentence
from chatdesk.domain.words import tr
from chatdesk.ui.summarize.places import Places, align, shown_span
from chatdesk.ui.theme import Colours, colours, follow, scaled
from chatdesk.ui.transcript.decorations import paint_decorations
from chatdesk.ui.transcript.formats import Formats, fitting
from chatdesk.ui.transcript.markdown import clean, definitions, parse
from chatdesk.ui.transcript.render import BlockWriter

REDRAW_MS = 100  # while the text grows
SEEN_AROUND = 6  # pixels above and below the chosen sentence
_SENTENCE = "sentence"


class SummaryView(QTextBrowser):
    """Tab goes from sentence to sentence, Enter or a click shows what one rests on."""

    sentence_chosen = Signal(int)  # its place in the summary's sentences

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summarize-output")
        self.setAccessibleName(tr("Summary"))
        self.setPlaceholderText(tr("The summary will stand here."))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(4)
        self._formats = Formats()
        self._source = ""
        self._sentences: Sequence[Sentence] = ()
        self._checked = False  # whether its sentences have been looked for in the document
        self._spans: dict[int, tuple[int, int]] = {}
        self._chosen = -1
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self.anchorClicked.connect(self._follow)
        follow(self, self._restyle)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002  nothing is ever fetched
        return None

    def grow(self, text: str) -> None:
        """Append to a text that is being written."""
        self._source += text
        if not self._redraw.isActive():
            self._redraw.start()

    def show_summary(self, text: str, sentences: Sequence[Sentence] = (), *, checked: bool = False) -> None:
        """Show a whole text; a `checked` one tells which sentences the document does not bear out."""
        self._redraw.stop()
        self._source = clean(text) if len(clean(text)) == len(text) else text
        self._sentences = sentences
        self._checked = checked
        self._chosen = -1
        self._draw()
        self.verticalScrollBar().setValue(0)

    def choose(self, number: int) -> None:
        """Mark a sentence as the one whose passages are shown; -1 marks none."""
        self._chosen = number
        selections = []
        if number in self._spans:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(*self._spans[number])
            form = QTextCharFormat()
            form.setBackground(QColor(colours().info_background))
            selection.format = form
            selections.append(selection)
        self.setExtraSelections(selections)

    def span_of(self, number: int) -> tuple[int, int]:
        """Return where a sentence is shown, as positions of the text document. Raises KeyError."""
        return self._spans[number]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Lines break elsewhere now; the document has its new size after this event.
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Scroll no further than it takes to see the chosen sentence."""
        if self._chosen not in self._spans:
            return
        start, end = self._spans[self._chosen]
        top = self.cursorRect(self._cursor(start, start)).top() - SEEN_AROUND
        bottom = self.cursorRect(self._cursor(end, end)).bottom() + SEEN_AROUND
        below = max(0, bottom - self.viewport().height())
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + min(top, below) if top < 0 or below else bar.value())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = QRectF(event.rect()).translated(0, self.verticalScrollBar().value())
        paint_decorations(painter, self.document(), seen, self._formats)
        painter.end()
        super().paintEvent(event)

    def _draw(self) -> None:
        bar = self.verticalScrollBar()
        place, at_end = bar.value(), bar.value() >= bar.maximum() - 4
        document = self.document()
        document.clear()
        if not self._source:  # the parser need not be imported for nothing
            return
        document.setIndentWidth(self._formats.indent)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        writer = BlockWriter(self._formats, cursor, empty=True)
        for block in parse(clean(self._source), definitions(self._source)):
            writer.write(block)
        self._link_sentences()
        cursor.endEditBlock()
        cursor.setPosition(0)
        self.setTextCursor(cursor)
        self.choose(self._chosen)
        bar.setValue(bar.maximum() if at_end else place)

    def _link_sentences(self) -> None:
        self._spans = {}
        shown = self.document().toRawText()
        places, qt = align(self._source, shown), Places(shown)
        moved = 0  # by the words that have been put in
        for number, sentence in enumerate(self._sentences):
            span = shown_span(places, sentence.start, sentence.end)
            if span is None:
                continue
            start, end = qt.to_qt(span[0]) + moved, qt.to_qt(span[1]) + moved
            self._spans[number] = (start, end)
            self._format(number, sentence, start, end)
            for stranger in sentence.strangers:
                inside = shown_span(places, stranger.start, stranger.end)
                if inside is not None:
                    self._underline(qt.to_qt(inside[0]) + moved, qt.to_qt(inside[1]) + moved)
            if self._checked and not sentence.passages:
                moved += self._sign(end)

    def _format(self, number: int, sentence: Sentence, start: int, end: int) -> None:
        form = QTextCharFormat()
        if sentence.passages:
            form.setAnchor(True)
            form.setAnchorHref(f"{_SENTENCE}:{number}")
            form.setToolTip(tr("Show what this rests on"))
        elif self._checked:
            form.setToolTip(tr("No passage of the document was found that bears this out."))
        self._cursor(start, end).mergeCharFormat(form)

    def _underline(self, start: int, end: int) -> None:
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        form.setUnderlineColor(QColor(colours().warning))
        form.setToolTip(tr("This does not occur in the document. Check it."))
        self._cursor(start, end).mergeCharFormat(form)

    def _sign(self, end: int) -> int:
        """Put a sign and words behind a sentence without a passage; return how many positions they take."""
        form = QTextCharFormat(self._formats.base)
        form.setForeground(QColor(colours().warning))
        form.setFontPointSize(self._formats.small_points)
        words = "\u2002⚠\u00a0" + tr("not found in the document").replace(" ", "\u00a0")
        self._cursor(end, end).insertText(words, form)
        return len(words)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == _SENTENCE:
            self.sentence_chosen.emit(int(url.path()))

    def _restyle(self, c: Colours) -> None:
        self._formats = Formats(fitting(c), round(scaled(100)))
        self._draw()
