"""What the user does with glossaries: write, import, export, rename, duplicate, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.exchange import GlossaryFile
from chatdesk.domain.glossaries import Glossary, GlossaryId
from chatdesk.domain.translation_ports import Glossaries, TermExchange
from chatdesk.domain.words import tr, trn
from chatdesk.flows.chat import readable
from chatdesk.tasks.joined_terms import joined, joined_words
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.translate.glossaries_view import GlossariesView
from chatdesk.ui.translate.import_question import ImportQuestion
from chatdesk.ui.translate.language_pair import fits
from chatdesk.ui.translate.sheet import ask_open, ask_save
from chatdesk.ui.widgets.banner import Kind

UNDO_SECONDS = 15


@dataclass(frozen=True, slots=True)
class _Imported:
    path: Path
    file: GlossaryFile | None
    error: str = ""


class GlossaryControl(QObject):
    """Each change is stored at once. `changed` comes when a glossary was written, came or went."""

    changed = Signal()
    failed = Signal(object)  # exception that is no ChatDeskError

    def __init__(
        self,
        view: GlossariesView,
        glossaries: Glossaries,
        exchange: TermExchange,
        looks: JobRunner,
        pair: Callable[[], tuple[str, str]],
    ) -> None:
        """`pair` gives the codes of the languages that are chosen on the page, "" for one that is not."""
        super().__init__(view)
        self.view = view
        self._glossaries = glossaries
        self._exchange = exchange
        self._looks = looks
        self._pair = pair
        self._current: Glossary | None = None
        self._read_files: list[_Imported] = []  # that wait for an answer where they go
        self._closed = False
        view.chosen.connect(self.choose)
        view.new_requested.connect(self.make)
        view.duplicate_requested.connect(self.duplicate)
        view.delete_requested.connect(self.delete)
        view.import_requested.connect(self._ask_import)
        view.export_requested.connect(self._ask_export)
        view.dropped.connect(self.take_in)
        view.named.connect(self.rename)
        view.languages_chosen.connect(self._set_languages)
        view.terms.changed.connect(self._written)

    def show(self, chosen: GlossaryId | None = None) -> None:
        """Open the sheet."""
        self.refresh(chosen)
        self.view.show()
        self.view.activateWindow()
        self.view.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, chosen: GlossaryId | None = None) -> None:
        """Show the glossaries as they are stored; the chosen one, else the one before, else the first."""
        every: list[Glossary] = []
        if not self._done(lambda: every.extend(self._glossaries.glossaries())):
            return
        wanted = chosen or (self._current.id if self._current is not None else None)
        self._current = next((each for each in every if each.id == wanted), every[0] if every else None)
        self.view.show_glossaries(every, self._current)

    def choose(self, glossary: str) -> None:
        """Show the terms of another glossary."""
        self.refresh(GlossaryId(glossary))

    def make(self) -> None:
        """Begin an empty glossary for the languages of the page; its name is to be written."""
        source, target = self._pair()
        self._add(Glossary(tr("New glossary"), source, target))
        self.view.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.name.selectAll()

    def duplicate(self) -> None:
        """Add a copy of the chosen glossary."""
        if self._current is not None:
            name = tr("{name} (copy)").format(name=self._current.name)
            now = self._current
            self._add(Glossary(name, now.source, now.target, now.terms))

    def rename(self, name: str) -> None:
        """Give the chosen glossary another name; an empty one is none."""
        shown = " ".join(name.split())
        if self._current is None or shown == self._current.name:
            return
        if not shown:
            self.view.name.setText(self._current.name)
            return
        self._store(replace(self._current, name=shown))

    def delete(self) -> None:
        """Delete the chosen glossary; it can be undone."""
        gone = self._current
        if gone is None or not self._done(lambda: self._glossaries.delete(gone.id)):
            return
        self._current = None
        self.refresh()
        self.changed.emit()
        words = tr("“{name}” is deleted.").format(name=gone.name)
        self.view.tell(Kind.info, words, tr("Undo"), lambda: self._add(gone), UNDO_SECONDS)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Import files; where a glossary of their languages is there, the user says where the terms go."""
        source, target = self._pair()
        self.view.tell(Kind.info, tr("Reading…"))

        def work(cancel: CancelToken) -> Iterator[object]:
            for path in paths:
                yield from self._read(path, source, target, cancel)

        job = Job(work, self)
        job.produced.connect(self._imported)
        job.failed.connect(self._fail)
        job.finished.connect(job.deleteLater)
        self._looks.start(job)

    def export(self, path: Path) -> None:
        """Write the chosen glossary as a file, CSV or TBX by its name."""
        now = self._current
        if now is None:
            return
        try:
            self._exchange.write_glossary(now, path)
        except ChatDeskError as error:
            self.view.tell(Kind.error, readable(error))
            return
        self.view.tell(Kind.info, tr("Saved as {path}.").format(path=path), seconds=8)

    def close(self) -> None:
        """Let nothing reach the sheet any more; the store is about to close."""
        self._closed = True

    def _read(self, path: Path, source: str, target: str, cancel: CancelToken) -> Iterator[_Imported]:
        try:
            for event in self._exchange.read_glossary(path, source, target, cancel):
                if isinstance(event, GlossaryFile):
                    yield _Imported(path, event)
        except ChatDeskError as error:
            yield _Imported(path, None, readable(error))

    def _imported(self, event: object) -> None:
        if self._closed or not isinstance(event, _Imported):
            return
        if event.file is None:
            self.view.tell(Kind.error, event.error)
            return
        if not event.file.terms:
            words = tr("There is no term in “{name}”.").format(name=event.path.name)
            self.view.tell(Kind.warning, words)
            self.view.show_problems(event.file.problems)
            return
        self._read_files.append(event)
        if len(self._read_files) == 1:
            self._ask_where()

    def _ask_where(self) -> None:
        """Ask about the first of the files that were read, if there is a choice."""
        event = self._read_files[0]
        made = self._made_of(event)
        there: list[Glossary] = []
        if not self._done(lambda: there.extend(self._glossaries.glossaries())):
            self._read_files.clear()
            return
        fitting = [each for each in there if fits(each.source, each.target, (made.source, made.target))]
        if not fitting:
            self._take(event, None, replacing=False)
            return
        self.view.notice.dismiss()
        question = ImportQuestion(made.name, made.terms, fitting, self.view)
        question.answered.connect(lambda where, replacing: self._take(event, where, replacing=replacing))
        question.rejected.connect(self._next_file)
        question.open()

    def _take(self, event: _Imported, where: Glossary | None, *, replacing: bool) -> None:
        """Store the terms of a file in a glossary, in one of their own where there is none."""
        if self._closed:
            return
        made = self._made_of(event)
        problems = event.file.problems if event.file is not None else ()
        seconds = 0 if problems else UNDO_SECONDS
        if where is None:
            self._add(made)
            words = trn("{count} term is imported.", "{count} terms are imported.", len(made.terms))
            self.view.tell(Kind.info, words, seconds=seconds)
        else:
            both = joined(where.terms, made.terms, replacing=replacing)
            self._add(replace(where, terms=both.terms))
            words = f"“{where.name}”: {joined_words(both, replacing=replacing)}"
            self.view.tell(Kind.info, words, tr("Undo"), lambda: self._add(where), seconds)
        self.view.show_problems(problems)
        self._next_file()

    def _next_file(self) -> None:
        del self._read_files[:1]
        if self._read_files:
            self._ask_where()

    def _made_of(self, event: _Imported) -> Glossary:
        source, target = self._pair()
        file = event.file or GlossaryFile(())
        return Glossary(event.path.stem, file.source or source, file.target or target, file.terms)

    def _ask_import(self) -> None:
        filters = tr("Glossaries (*.csv *.tsv *.txt *.tbx)")
        ask_open(self.view, tr("Import glossaries"), filters, self.take_in)

    def _ask_export(self) -> None:
        if self._current is not None:
            filters = ";;".join((tr("Table (*.csv)"), tr("Terms for other programs (*.tbx)")))
            ask_save(self.view, self._current.name, filters, self.export)

    def _set_languages(self, source: str, target: str) -> None:
        if self._current is not None:
            self._store(replace(self._current, source=source, target=target))

    def _written(self) -> None:
        """Store what the user has written into the table, and leave the table as it stands."""
        if self._current is None:
            return
        now = replace(self._current, terms=self.view.terms.terms)
        if self._done(lambda: self._glossaries.save(now)):
            self._current = now
            self.view.refresh_line(now)
            self.changed.emit()

    def _store(self, glossary: Glossary) -> None:
        if self._done(lambda: self._glossaries.save(glossary)):
            self._current = glossary
            self.refresh()
            self.changed.emit()

    def _add(self, glossary: Glossary) -> None:
        self.view.show_problems(())
        self._store(glossary)

    def _fail(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(error)

    def _done(self, step: Callable[[], object]) -> bool:
        """Whether a step could be done; where not, the user is told why."""
        try:
            step()
        except ChatDeskError as error:
            self.view.tell(Kind.error, readable(error))
            return False
        return True
