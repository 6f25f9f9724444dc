"""A summary while it is written and afterwards: its parts, its text, and the document's text beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.documents import Document
from chatdesk.domain.summaries import Passage, Point, Summary, SummaryState
from chatdesk.domain.words import tr, trn
from chatdesk.ui.summarize.actions import SummaryActions
from chatdesk.ui.summarize.coverage import CoverageStrip
from chatdesk.ui.summarize.parts_view import PartsView
from chatdesk.ui.summarize.run_bar import RunBar
from chatdesk.ui.summarize.source_view import SourceView
from chatdesk.ui.summarize.summary_view import SummaryView
from chatdesk.ui.summarize.words import wishes_line
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.banner import Banner, Kind
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.elided import ElidedLabel
from chatdesk.ui.widgets.tabs import Tabs
from chatdesk.ui.widgets.wrapping_row import WrappingRow

BESIDE = 760  # pixels: in a narrower view the document's text stands below the summary
MARGIN = 24
HALF = 10_000  # pixels, more than there are: both halves get the same share


class ResultView(QWidget):
    """Asks by signals; whoever owns it shows what became of it."""

    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summarize-result")
        self._summary: Summary | None = None
        self._document = Document("", "")
        self._parts_wanted = 0
        self._shared = False  # whether the document's text has been beside the summary before
        self.notice = Banner()
        self.title = ElidedLabel(14, bold=True, middle=True)
        self.wishes = ElidedLabel(9.5, tone="muted")
        self.run = RunBar()
        self.coverage = CoverageStrip()
        self._covered = ElidedLabel(9, tone="muted")
        self.tabs = Tabs("result-views", tr("Views of the summary"))
        self.text = SummaryView()
        self.editor = QPlainTextEdit()
        self.parts = PartsView()
        self.source = SourceView()
        self._stack = QStackedWidget()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self.acts = SummaryActions()
        self._editing = WrappingRow()
        self._make_editing()
        self._arrange()
        self._connect()
        follow(self, self._restyle)

    @property
    def summary(self) -> Summary | None:
        return self._summary

    @property
    def editing(self) -> bool:
        return self._stack.currentWidget() is self.editor

    def show_summary(self, summary: Summary, document: Document) -> None:
        """Show a summary as it is stored."""
        fresh = self._summary is None or self._summary.id != summary.id
        self._summary, self._document = summary, document
        self.title.tell(summary.name)
        self.wishes.tell(f"{wishes_line(summary.wishes, summary.language)} · {summary.model}")
        if fresh:
            self.notice.dismiss()
            self.parts.clear_parts()
            self.source.hide()
            self.source.show_document(document)
            self._stop_editing()
        self._show_state(summary)
        done = summary.state is SummaryState.done
        self.text.show_summary(summary.text, summary.sentences, checked=done and bool(summary.sentences))
        self._show_coverage(summary)

    def show_running(self, parts: int) -> None:
        """Show that it runs, in `parts` parts."""
        self._parts_wanted = parts
        self.notice.dismiss()
        several = parts > 1
        self.tabs.setVisible(several)
        self.tabs.setCurrentIndex(1 if several else 0)
        self.run.show_running(parts)
        for other in (self.acts, self.coverage, self._covered):
            other.hide()
        self.count_parts()

    def count_parts(self) -> None:
        """Say how many parts are done."""
        done = self.parts.done
        if self._parts_wanted > 1:
            self.run.count(done)
            self.tell(tr("{done} of {count} parts read").format(done=done, count=self._parts_wanted))

    def tell(self, sentence: str) -> None:
        """Say what happens now."""
        self.run.tell(sentence)

    def show_writing(self) -> None:
        """The final text begins: show it in place of the parts."""
        self.tabs.setCurrentIndex(0)
        self.tell(tr("Writing the summary…"))

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Open the document's text beside the summary, with `passages` marked."""
        self._open_source()
        self.source.show_passages(passages)

    def take_focus(self) -> None:
        """Give the keyboard to what comes next when the button that had it is gone."""
        held = self.window().focusWidget()
        if held is None or not held.isVisible() or self.isAncestorOf(held):
            next_one = self.text if self.run.resume.isHidden() else self.run.resume
            next_one.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_source(self) -> bool:
        """Close the document's text; return whether it was open."""
        was_open = not self.source.isHidden()
        self.source.hide()
        self.text.choose(-1)
        if was_open:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    def edit(self) -> None:
        """Let the user change the text."""
        if self._summary is not None:
            self.tabs.setCurrentIndex(0)
            self.editor.setPlainText(self._summary.text)
            self._stack.setCurrentWidget(self.editor)
            self.acts.hide()
            self._editing.show()
            self.editor.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = Qt.Orientation.Horizontal if self.width() >= BESIDE else Qt.Orientation.Vertical
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)

    def _show_state(self, summary: Summary) -> None:
        state = summary.state
        self.run.show_state(state)
        self.parts.settle()
        if summary.error:
            failed = state is SummaryState.failed
            self.notice.tell(Kind.error if failed else Kind.warning, summary.error)
        self.acts.setVisible(bool(summary.text) and not self.editing)
        has_parts = self.parts.topLevelItemCount() > 1
        self.tabs.setVisible(has_parts)
        self.tabs.setCurrentIndex(1 if has_parts and not summary.text else 0)

    def _show_coverage(self, summary: Summary) -> None:
        shown = summary.state is SummaryState.done and bool(summary.sentences)
        self.coverage.setVisible(shown)
        self._covered.setVisible(shown)
        if shown:
            self.coverage.show_coverage(self._document, summary.sentences)
            bare = sum(not sentence.passages for sentence in summary.sentences)
            words = self.coverage.sentence
            if bare:  # first: the rest is cut off where the window is narrow
                missing = trn(
                    "{count} sentence was not found in the document.",
                    "{count} sentences were not found in the document.",
                    bare,
                )
                words = f"{missing} {words}"
            self._covered.tell(words)

    def _choose_sentence(self, number: int) -> None:
        passages = self._summary.sentences[number].passages if self._summary is not None else ()
        if passages:
            self.text.choose(number)
            self.show_passages(passages)

    def _choose_point(self, point: Point) -> None:
        if point.passage is not None:
            self.show_passages((point.passage,))

    def _look_at(self, place: int) -> None:
        self._open_source()
        self.source.show_passages(())
        self.source.go_to(place)

    def _open_source(self) -> None:
        self.source.show()
        if not self._shared:  # later the halves are as the user has left them
            self._shared = True
            self._split.setSizes([HALF, HALF])

    def _stop_editing(self) -> None:
        self._stack.setCurrentWidget(self.text)
        self._editing.hide()
        self.acts.setVisible(self._summary is not None and bool(self._summary.text))

    def _keep_edited(self) -> None:
        text = self.editor.toPlainText()
        self._stop_editing()
        if self._summary is not None and text != self._summary.text:
            self.edited.emit(text)

    def _make_editing(self) -> None:
        keep = push_button("keep-edited", tr("Keep the changes"), "primary")
        keep.clicked.connect(self._keep_edited)
        drop = push_button("drop-edited", tr("Cancel"))
        drop.clicked.connect(self._stop_editing)
        self._editing.add(keep)
        self._editing.add(drop)
        self._editing.hide()

    def _arrange(self) -> None:
        self.editor.setObjectName("summary-editor")
        self.editor.setAccessibleName(tr("Text of the summary"))
        self.editor.setTabChangesFocus(True)
        self.tabs.add(tr("Summary"), tr("Summary"))
        self.tabs.add(tr("Parts"), tr("Parts"))
        self.tabs.hide()
        for view in (self.text, self.parts, self.editor):
            self._stack.addWidget(view)
        near = QWidget()
        column = QVBoxLayout(near)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(14)
        self._split.addWidget(near)
        self._split.addWidget(self.source)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        self.source.hide()
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, 16, MARGIN, 14)
        outer.setSpacing(8)
        outer.addLayout(top)
        for part in (self.wishes, self.notice, self.run, self.coverage, self._covered):
            outer.addWidget(part)
        outer.addWidget(self._split, 1)
        outer.addWidget(self.acts)
        outer.addWidget(self._editing)

    def _connect(self) -> None:
        self.run.pause.clicked.connect(self.pause_requested)
        self.run.resume.clicked.connect(self.resume_requested)
        self.run.stop.clicked.connect(self.stop_requested)
        self.tabs.currentChanged.connect(self._show_tab)
        self.text.sentence_chosen.connect(self._choose_sentence)
        self.parts.point_chosen.connect(self._choose_point)
        self.coverage.asked.connect(self._look_at)
        self.coverage.named.connect(self._covered.tell)
        self.source.closed.connect(self.close_source)
        self.acts.edit_requested.connect(self.edit)

    def _show_tab(self, tab: int) -> None:
        if not self.editing:
            self._stack.setCurrentWidget(self.parts if tab else self.text)

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(f"""
QSplitter::handle {{ background: transparent; }}
QTextBrowser {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 12px;
    padding: 10px 14px; }}
QTextBrowser:focus {{ border: 2px solid {c.accent}; padding: 9px 13px; }}
""")
