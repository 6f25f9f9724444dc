"""What the page that summarises does: everything that the user does on it arrives here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.document_errors import DocumentEncrypted, DocumentHasNoText
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.summaries import Summary, SummaryId, SummaryWishes
from chatdesk.domain.words import tr
from chatdesk.flows.recognition import RecognitionWay
from chatdesk.flows.summarize import SummaryOptions, summary_options
from chatdesk.ui.summarize.choosing import choose_documents
from chatdesk.ui.summarize.history_list import HistoryControl
from chatdesk.ui.summarize.notices import Notices
from chatdesk.ui.summarize.opening import Opening
from chatdesk.ui.summarize.page import SummarizePage, View
from chatdesk.ui.summarize.paging import Paging
from chatdesk.ui.summarize.planning import Planning
from chatdesk.ui.summarize.queueing import Queueing
from chatdesk.ui.summarize.rooms import Rooms
from chatdesk.ui.summarize.running import Runs
from chatdesk.ui.summarize.saving import Saving
from chatdesk.ui.summarize.scans import Scans
from chatdesk.ui.summarize.shown import ShownSummary
from chatdesk.ui.widgets.banner import Kind

UNDO_SECONDS = 15
PASTED = 40  # characters of a pasted text that name it


class SummarizeController(QObject):
    """Joins the page with documents, summaries, models and settings."""

    ask_requested = Signal(object)  # Document to ask about in a chat
    models_page_requested = Signal()
    model_file_requested = Signal()
    failed = Signal(object)  # exception that is no ChatDeskError

    def __init__(self, page: SummarizePage, rooms: Rooms) -> None:
        super().__init__(page)
        self.page = page
        self._rooms = rooms
        self._path = ""  # of the file that is being read
        self._passwords: dict[str, str] = {}  # those that were entered, by path; never stored
        self.notices = Notices(page.notice)
        self.opening = Opening(rooms.reader, rooms.looks, self)
        self.scans = Scans(page, rooms.reader, self._ways, self.opening, self._passwords)
        self.runs = Runs(rooms.flow, rooms.summaries, rooms.runs, self)
        self.planning = Planning(page.plan, rooms.flow, rooms.looks, self.options, lambda: self.runs.busy)
        self.shown = ShownSummary(page.result, self.runs, rooms.summaries)
        self.history = HistoryControl(
            page.sidebar, rooms.summaries, lambda each: self.runs.run(each) is not None
        )
        self.queue = Queueing(
            page.queue, page.queue.wishes, rooms.queue, rooms.runs, rooms.looks, self.options
        )
        self.paging = Paging(page.result.source, rooms.pages, rooms.looks, self._passwords)
        self.saving = Saving(page)
        self._connect_page()
        self._connect_parts()
        self._show_models()
        self.history.refresh()
        self._show_usual_wishes()
        self.queue.begin()

    # -- documents ------------------------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Take in what was dropped or chosen: one file is opened, several become a list."""
        if len(paths) == 1 and not paths[0].is_dir():
            self.open(paths[0])
        elif paths:
            self.queue.add(paths)
            self.show_queue()

    def open(self, path: Path, password: str = "") -> None:
        """Read a document; its plan follows."""
        self._path = str(path)
        self._passwords[self._path] = password
        self.page.show_view(View.start)
        self.page.start.notice.dismiss()
        self.scans.dismiss()
        self.page.start.ask_password("")
        self.opening.open(path, password)

    def use_text(self, text: str) -> None:
        """Summarise a text that was pasted."""
        cleaned = text.replace("\0", "").replace("\r\n", "\n")
        first = " ".join(cleaned.split())
        name = f"{first[:PASTED].rstrip()}…" if len(first) > PASTED else first
        self.page.start.paste.clear()
        self._opened(Document(name, cleaned), "")

    def search(self) -> None:
        """Let the user search all summaries."""
        self.page.sidebar.show()
        self.page.sidebar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.sidebar.search.selectAll()

    def show_queue(self) -> None:
        """Show the list of files."""
        self.page.show_view(View.queue)
        self.history.refresh("")
        self.page.queue.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_anew(self) -> None:
        """Show the empty page; what runs goes on."""
        self.opening.stop()
        self.page.show_view(View.start)
        self.history.refresh("")
        self.page.start.drop_area.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- plan and run ---------------------------------------------------------------------------------------

    def options(self) -> SummaryOptions:
        """Return with which model summaries are made now."""
        settings = self._rooms.settings.value
        return summary_options(settings, self._rooms.models.choose(settings, ""))

    def resume(self) -> None:
        """Go on with the summary that is shown."""
        summary = self.shown.summary
        if summary is not None:
            self._make(summary, self.shown.document)

    def escape(self) -> None:
        """What Esc does: close the document's text, give up reading, or stop the summary."""
        if self.page.view is View.result and self.page.result.close_source():
            return
        if self.opening.reading:
            self.opening.stop()
        elif self.page.view is View.result and self.shown.summary is not None:
            self.runs.stop(self.shown.summary.id)

    def show(self, summary: str) -> None:
        """Show a stored summary, finished or not."""
        try:
            stored = self._rooms.summaries.summary(SummaryId(summary))
            document = self._rooms.summaries.document(stored.document, stored.name) if stored else None
        except ChatDeskError as error:
            self.notices.tell_error(error)
            return
        if stored is None or document is None:
            self.history.refresh()
            return
        self._show(stored, document)
        self.page.result.take_focus()
        self.history.refresh(stored.id)

    def close(self) -> None:
        """Let nothing reach the page any more; what is done is stored."""
        self.history.close()
        self.runs.close()
        self.queue.close()

    def _make(self, summary: Summary, document: Document) -> None:
        self.runs.start(summary, document, self.options())
        self._show(summary, document)
        self.page.result.run.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.history.refresh(summary.id)

    def _show(self, summary: Summary, document: Document) -> None:
        self.shown.show(summary, document)
        self.paging.show_document(summary.path)
        self.page.show_view(View.result)

    def _opened(self, document: Document, path: str) -> None:
        self.page.show_view(View.plan)
        self.planning.show(document, path)
        self.scans.offer_rest(document, path)
        self.history.refresh("")

    def _not_opened(self, error: Exception, path: str) -> None:
        self._path = path
        if isinstance(error, DocumentEncrypted):
            self.page.start.ask_password(error.sentence)
        elif isinstance(error, DocumentHasNoText):
            self.scans.offer_whole(error, path)
        elif isinstance(error, ChatDeskError):
            self.page.start.notice.tell(Kind.error, f"{error.sentence} {error.hint}".strip())
        else:
            self.notices.tell_error(error)

    def _show_usual_wishes(self) -> None:
        """Begin with what was wished the last time."""
        try:
            newest = next(iter(self._rooms.summaries.summaries()), None)
        except ChatDeskError as error:
            self.notices.tell_error(error)
            return
        wishes = newest.wishes if newest is not None else SummaryWishes()
        for form in (self.page.plan.wishes, self.page.queue.wishes):
            form.show_wishes(SummaryWishes(wishes.length, wishes.form, wishes.language))

    # -- the rest -------------------------------------------------------------------------------------------

    def _another(self) -> None:
        """Plan another summary of the document that is shown."""
        summary = self.shown.summary
        if summary is not None:
            self.page.plan.wishes.show_wishes(summary.wishes)
            self._opened(self.shown.document, summary.path)

    def _save(self, kind: str) -> None:
        if self.shown.summary is not None:
            self.saving.save_summary(self.shown.summary, self.shown.document, kind)

    def _compare(self) -> None:
        from chatdesk.ui.summarize.differences import DifferencesDialog

        if self.shown.summary is None:
            return
        try:
            found = self._rooms.flow.differences(self.shown.summary)
        except ChatDeskError as error:
            self.notices.tell_error(error)
            return
        DifferencesDialog(self.shown.summary.name, found, self.page.window()).open()

    def _deleted(self, summary: Summary) -> None:
        self.runs.set_deleted(summary.id, True)
        shown = self.shown.summary
        if self.page.view is View.result and shown is not None and shown.id == summary.id:
            self.page.show_view(View.start)
        sentence = tr("The summary of “{name}” is deleted.").format(name=summary.name)
        self.notices.tell(Kind.info, sentence, tr("Undo"), self.history.undo, UNDO_SECONDS)

    def _restored(self, summary: str) -> None:
        self.page.notice.dismiss()
        self.runs.set_deleted(SummaryId(summary), False)
        self.show(summary)

    def _ways(self) -> list[RecognitionWay]:
        return self._rooms.ways.ways(self._rooms.settings.value)

    def _show_models(self) -> None:
        settings = self._rooms.settings.value
        chosen = self._rooms.models.choose(settings, "")
        self.page.picker.show_models(self._rooms.models.installed(settings), chosen)

    def _settings_changed(self) -> None:
        self._show_models()
        if self.page.view is View.plan:
            self.planning.plan()

    def _connect_page(self) -> None:
        page = self.page
        page.dropped.connect(self.take)
        page.sidebar.queue_requested.connect(self.show_queue)
        page.sidebar.new_requested.connect(self.start_anew)
        page.sidebar.list.opened.connect(self.show)
        page.picker.picked.connect(lambda path: self._rooms.settings.change(default_model=str(path)))
        page.picker.open_requested.connect(self.model_file_requested)
        page.picker.page_requested.connect(self.models_page_requested)
        page.start.choose_requested.connect(lambda: choose_documents(page, self.take))
        page.start.folder_requested.connect(lambda: choose_documents(page, self.take, folder=True))
        page.start.text_given.connect(self.use_text)
        page.start.password_given.connect(lambda password: self.open(Path(self._path), password))
        page.start.stop_requested.connect(self.opening.stop)
        page.plan.other_requested.connect(self.start_anew)
        result = page.result
        result.pause_requested.connect(lambda: self._stop(pause=True))
        result.stop_requested.connect(lambda: self._stop(pause=False))
        result.resume_requested.connect(self.resume)
        result.acts.again_requested.connect(self._another)
        result.acts.save_requested.connect(self._save)
        result.acts.compare_requested.connect(self._compare)
        result.acts.ask_requested.connect(lambda: self.ask_requested.emit(self.shown.document))

    def _connect_parts(self) -> None:
        self.opening.progressed.connect(self.page.start.show_reading)
        self.opening.opened.connect(self._opened)
        self.scans.models_requested.connect(self.models_page_requested)
        self.opening.failed.connect(self._not_opened)
        self.planning.begun.connect(self._make)
        self.planning.failed.connect(self.failed)
        self.notices.failed.connect(self.failed)
        self.runs.failed.connect(self.notices.tell_error)
        self.shown.changed.connect(self.history.refresh)
        self.shown.failed.connect(self.notices.tell_error)
        self.history.deleted.connect(self._deleted)
        self.history.restored.connect(self._restored)
        self.history.failed.connect(self.notices.tell_error)
        self.queue.changed.connect(self.page.sidebar.show_queued)
        self.queue.summary_made.connect(self.history.refresh_soon)
        self.queue.opened.connect(self.show)
        self.queue.open_requested.connect(self.open)
        self.queue.export_requested.connect(self.saving.save_table)
        self.queue.failed.connect(self.notices.tell_error)
        self.saving.saved.connect(
            lambda path: self.notices.tell(Kind.info, tr("Saved as {path}.").format(path=path), seconds=8)
        )
        self.saving.failed.connect(self.notices.tell_error)
        self._rooms.settings.changed.connect(lambda _: self._settings_changed())

    def _stop(self, *, pause: bool) -> None:
        if self.shown.summary is not None:
            self.runs.stop(self.shown.summary.id, pause=pause)
