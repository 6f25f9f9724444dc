"""Stores, flows and workers of the page that translates, real but for the model."""

from contextlib import contextmanager
from pathlib import Path

from chatdesk.documents.exchange.files import ExchangeFiles
from chatdesk.documents.rewrite.rewriter import FileRewriter
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.translations import TranslationWishes
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translate_files import FileTranslationFlow
from chatdesk.flows.translating import TranslationOptions, TranslationRooms
from chatdesk.flows.translation_queue import TranslationQueueFlow
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.memory import MemoryStore
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.translation_queue import TranslationQueueStore
from chatdesk.storage.translations import TranslationStore
from chatdesk.tasks.likeness import likeness
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.translate.document_desk import DocumentDesk
from chatdesk.ui.translate.document_saving import DocumentSaving
from chatdesk.ui.translate.documents import Documents, Workers
from chatdesk.ui.translate.documents_view import DocumentsView
from tests.fakes.dictionary import Dictionary
from tests.fakes.languages import FakeLanguages

PATIENCE = 30_000  # milliseconds
OPTIONS = TranslationOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model", None)


class Desk:
    """What stands behind the page; `restart` opens it anew on the same files."""

    def __init__(self, qtbot, folder):
        self.qtbot, self.folder = qtbot, folder
        self.engine = Dictionary({})
        self.wishes = TranslationWishes("de", "en")
        self.reviewed, self.failures = [], []
        self.open()

    def open(self):
        self.database = Database(self.folder / "desk.sqlite")
        database = self.database
        self.translations = TranslationStore(database)
        self.translations.repair()
        self.memory = MemoryStore(database, likeness)
        self.glossaries = GlossaryStore(database)
        self.exchange = ExchangeFiles()
        self.rooms = TranslationRooms(
            SummaryStore(database),
            self.translations,
            self.memory,
            self.glossaries,
            FakeLanguages(fr="maison"),
        )
        self.flow = TranslateFlow(self.engine, self.rooms)
        self.files = FileTranslationFlow(self.flow, FileRewriter())
        self.queue = TranslationQueueFlow(
            TranslationQueueStore(database), self.translations, self.files, self.flow
        )
        self.workers = Workers(JobRunner(1), JobRunner(2))
        self.view = DocumentsView()
        self.view.resize(900, 560)
        self.qtbot.addWidget(self.view)
        self.documents = Documents(self.view, self.queue, self.workers, lambda: OPTIONS, lambda: self.wishes)
        self.saving = DocumentSaving(self.view, self.files, self.translations, self.workers.looks)
        self.desk = DocumentDesk(self.documents, self.saving, self.queue)
        self.documents.review_requested.connect(self.reviewed.append)
        self.desk.failed.connect(self.failures.append)
        self.documents.begin()
        self.view.show()

    def close(self):
        self.documents.close()
        self.saving.close()
        for runner in (self.workers.runs, self.workers.looks):
            runner.shutdown()
        self.database.close()

    def restart(self):
        self.close()
        self.open()

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    @property
    def shown(self):
        return self.view.model.files

    @property
    def said(self):
        return "" if self.view.notice.isHidden() else self.view.notice.text

    def states(self):
        return [str(file.state) for file in self.shown]

    def add(self, *paths):
        """Put documents in the list and wait for the plan."""
        before = len(self.shown)
        self.documents.add([Path(path) for path in paths])
        self.wait(lambda: len(self.shown) > before)
        self.settle()

    def settle(self):
        self.wait(lambda: self.documents._planning is None and not self.documents.running)

    def run(self):
        self.view.run.click()
        self.wait(lambda: self.documents.running)
        self.wait(lambda: not self.documents.running)

    def choose(self, *rows):
        self.view.table.clearSelection()
        for row in rows:
            self.view.table.selectRow(row)


@contextmanager
def opened(qtbot, folder):
    """A desk for a test, closed after it."""
    desk = Desk(qtbot, folder)
    try:
        yield desk
    finally:
        desk.close()
