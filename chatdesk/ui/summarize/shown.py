"""The summary that the page shows: it follows the run that makes it, and what the user does with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.summaries import Chunk, Passage, Sentence, Summary, SummaryState
from chatdesk.domain.summary_ports import Summaries
from chatdesk.domain.words import tr
from chatdesk.ui.summarize.parts_view import PartState
from chatdesk.ui.summarize.result_view import ResultView
from chatdesk.ui.summarize.running import Part, Run, Runs
from chatdesk.ui.widgets.banner import Kind


class ShownSummary(QObject):
    """Joins the view of a summary with the run that makes it."""

    changed = Signal()  # it is stored otherwise than before
    failed = Signal(object)  # ChatDeskError

    def __init__(self, view: ResultView, runs: Runs, summaries: Summaries) -> None:
        super().__init__(view)
        self._view = view
        self._runs = runs
        self._summaries = summaries
        self._document = Document("", "")
        runs.changed.connect(self._tell)
        runs.part_changed.connect(self._part)
        runs.grew.connect(self._grow)
        runs.ended.connect(self._end)
        view.edited.connect(self._edit)
        view.acts.copy_requested.connect(self._copy)

    @property
    def summary(self) -> Summary | None:
        return self._view.summary

    @property
    def document(self) -> Document:
        return self._document

    def show(self, summary: Summary, document: Document) -> None:
        """Show a stored summary; one that is being made goes on before the eyes."""
        self._document = document
        run = self._runs.run(summary.id)
        if run is None:
            if summary.state is SummaryState.running:  # deleted meanwhile and brought back
                summary = replace(summary, state=SummaryState.stopped)
            self._view.show_summary(summary, document)
            self._view.acts.compare.setVisible(self._has_earlier(summary))
            return
        self._view.show_summary(replace(summary, state=SummaryState.running), document)
        self._view.text.show_summary(run.text)
        self._begin(run)
        if run.text:
            self._view.show_writing()

    def _begin(self, run: Run) -> None:
        view = self._view
        if run.total > 1:
            for number in range(1, run.total + 1):
                part = run.parts.get(number) or Part(Chunk(number, 0, 0), PartState.waiting)
                self._show(part)
        view.show_running(run.total)
        view.tell(run.told)

    def _is_shown(self, run: Run) -> bool:
        shown = self._view.summary
        return shown is not None and shown.id == run.summary.id

    def _tell(self, run: Run) -> None:
        if self._is_shown(run):
            if run.total > 1 and self._view.parts.topLevelItemCount() < run.total:
                self._begin(run)
            self._view.tell(run.told)

    def _part(self, run: Run, part: Part) -> None:
        if self._is_shown(run):
            if run.total > 1:
                self._show(part)
            self._view.count_parts()

    def _show(self, part: Part) -> None:
        self._view.parts.show_part(part.chunk, part.state, part.points, part.problem)

    def _grow(self, run: Run, text: str) -> None:
        if self._is_shown(run):
            if len(run.text) == len(text):
                self._view.show_writing()
            self._view.text.grow(text)

    def _end(self, run: Run, summary: Summary) -> None:
        if self._is_shown(run):
            self._view.show_summary(summary, run.document)
            self._view.take_focus()
            self._announce(summary)
            self._view.acts.compare.setVisible(self._has_earlier(summary))
        QApplication.alert(self._view.window())
        self.changed.emit()

    def _announce(self, summary: Summary) -> None:
        """Tell screen readers that it has ended."""
        done = summary.state is SummaryState.done
        words = tr("The summary is done.") if done else tr("The summary has stopped.")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def _has_earlier(self, summary: Summary) -> bool:
        try:
            return summary.state is SummaryState.done and self._summaries.earlier(summary) is not None
        except ChatDeskError:
            return False

    def _copy(self) -> None:
        if self.summary is not None:
            QGuiApplication.clipboard().setText(self.summary.text)
            self._view.notice.tell(Kind.info, tr("The summary is on the clipboard."), seconds=4)

    def _edit(self, text: str) -> None:
        if self.summary is None:
            return
        sentences = kept_sentences(self.summary.text, self.summary.sentences, text)
        edited = replace(self.summary, text=text, sentences=sentences)
        try:
            self._summaries.save(edited)
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self._view.show_summary(edited, self._document)
        self.changed.emit()


def kept_sentences(old: str, sentences: Sequence[Sentence], new: str) -> tuple[Sentence, ...]:
    """Return those sentences of the text `old` that stand unchanged in `new`, at their new places."""
    kept = []
    at = 0
    for sentence in sentences:
        words = old[sentence.start : sentence.end]
        found = new.find(words, at) if words else -1
        if found < 0:
            continue
        at = found + len(words)
        moved = found - sentence.start
        strangers = tuple(Passage(each.start + moved, each.end + moved) for each in sentence.strangers)
        kept.append(replace(sentence, start=found, end=at, strangers=strangers))
    return tuple(kept)
