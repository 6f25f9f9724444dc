"""A page that translates with a real store, and a model that says what it is told to."""

from chatdesk import paths as places
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translating import TranslationRooms
from chatdesk.flows.translation_edits import TranslationEdits
from chatdesk.hub.catalogue import read_catalogue
from chatdesk.paths import find_home
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.library import ModelStore
from chatdesk.storage.memory import MemoryStore
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.translations import TranslationStore
from chatdesk.tasks.likeness import likeness
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.translate.controller import TranslateController
from chatdesk.ui.translate.page import TranslatePage
from chatdesk.ui.translate.rooms import Rooms
from tests.fakes.engine import FakeEngine
from tests.fakes.languages import FakeLanguages

PATIENCE = 20_000  # milliseconds


class TextDesk:
    """The page and what stands behind it; `restart` opens it anew on the same files."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.engine = FakeEngine(otherwise="Der Hafen ist offen.")
        self.languages = FakeLanguages("en", de="Hafen")
        self.open()

    def open(self):
        find_home().create()
        self.database = Database(find_home().database, find_home().backups)
        records = ModelStore(self.database)
        self.store = TranslationStore(self.database)
        self.store.repair()
        self.memory = MemoryStore(self.database, likeness)
        glossaries = GlossaryStore(self.database)
        parts = TranslationRooms(
            SummaryStore(self.database), self.store, self.memory, glossaries, self.languages, records
        )
        self.settings = CurrentSettings(JsonSettings(find_home().settings))
        self.runners = (JobRunner(2), JobRunner(2))
        rooms = Rooms(
            TranslateFlow(self.engine, parts),
            TranslationEdits(self.engine, parts),
            self.store,
            self.memory,
            glossaries,
            self.languages,
            ModelFlow(GgufFiles(), places.starter_model(), records),
            read_catalogue(places.assets() / "models.toml"),
            self.settings,
            *self.runners,
        )
        self.page = TranslatePage()
        self.page.resize(1000, 700)
        self.qtbot.addWidget(self.page)
        self.control = TranslateController(self.page, rooms)
        self.page.show()
        self.page.to.show_language("de")

    def close(self):
        self.control.close()
        for runner in self.runners:
            runner.shutdown()
        self.database.close()

    def restart(self):
        self.close()
        self.open()

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def write(self, text):
        """Replace the source, and wait until it is cut."""
        self.page.source.selectAll()
        self.page.source.insertPlainText(text)
        self.wait(lambda: not self.control.reading.reading)

    def run(self):
        """Translate to the end; return the translations."""
        self.page.run.click()
        self.wait(lambda: not self.control.run.busy)
        return self.texts

    def settle(self):
        """Wait until what was written is stored."""
        self.control.paragraphs.keep()
        self.wait(lambda: not any(runner._alive for runner in self.runners))

    @property
    def texts(self):
        return self.page.target.pieces.texts

    @property
    def states(self):
        return [segment.state for segment in self.control.shown.segments]

    def asked(self):
        return len(self.engine.requests)
