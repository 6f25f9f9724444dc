"""A page that summarises with a real store and reader, and a model that says what it is told to."""

import json
from pathlib import Path

import pytest

from chatdesk import paths as places
from chatdesk.documents.page_image import PdfPages
from chatdesk.documents.reader import DocumentReader, scan_survey
from chatdesk.documents.scan_marks import ScannedPages
from chatdesk.engine.gguf import GgufFiles
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.page_pictures import PagePictures
from chatdesk.flows.recognition import RecognitionFlow
from chatdesk.flows.recognition_ways import RecognitionWays
from chatdesk.flows.seeing import SeeingModel
from chatdesk.flows.summarize import SummarizeFlow
from chatdesk.flows.summary_queue import SummaryQueueFlow
from chatdesk.paths import find_home
from chatdesk.storage.database import Database
from chatdesk.storage.library import ModelStore
from chatdesk.storage.recognised import RecognisedStore
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.summary_queue import SummaryQueueStore
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.pictures.reading import PictureReader
from chatdesk.ui.summarize.controller import SummarizeController
from chatdesk.ui.summarize.page import SummarizePage
from chatdesk.ui.summarize.rooms import Rooms
from tests.fakes.engine import FakeEngine
from tests.fakes.languages import FakeLanguages

PATIENCE = 20_000  # milliseconds
TEXT = "The harbour opened in 1932 with 14 cranes. It moved 40,000 tons of grain in its first year.\n"
POINTS = json.dumps(
    {
        "points": [
            {"quote": "The harbour opened in 1932 with 14 cranes.", "point": "It opened in 1932."},
            {"quote": "It sank in a storm.", "point": "It sank."},
        ]
    }
)


def long_text(paragraphs=60):
    return "\n\n".join(f"{TEXT.strip()} This was written in report number {n}." for n in range(paragraphs))


class Desk:
    """The page and what stands behind it; `restart` opens it anew on the same files."""

    def __init__(self, qtbot, folder):
        self.qtbot, self.folder = qtbot, folder
        self.engine = FakeEngine(otherwise=POINTS)
        self.languages = FakeLanguages(de="Hafen")
        self.open()

    def open(self):
        find_home().create()
        self.database = Database(find_home().database, find_home().backups)
        records = ModelStore(self.database)
        self.store = SummaryStore(self.database)
        self.store.repair()
        flow = SummarizeFlow(self.engine, self.store, records, self.languages)
        reader = RecognitionFlow(DocumentReader(), scan_survey(), RecognisedStore(self.database))
        self.ocr = None  # a TextRecognition in the place of the one that the extra installs
        pictures = PagePictures(PdfPages(), PictureReader())
        queue = SummaryQueueFlow(SummaryQueueStore(self.database), reader, self.store, flow)
        models = ModelFlow(GgufFiles(), places.starter_model(), records)
        self.settings = CurrentSettings(JsonSettings(find_home().settings))
        self.runners = (JobRunner(2), JobRunner(2))
        ways = RecognitionWays(
            lambda: self.ocr, lambda load: SeeingModel(self.engine, records, load, pictures), models
        )
        rooms = Rooms(
            flow,
            queue,
            reader,
            ways,
            ScannedPages(PdfPages(), reader.lines),
            self.store,
            models,
            self.settings,
            *self.runners,
        )
        self.page = SummarizePage()
        self.page.resize(1000, 700)
        self.qtbot.addWidget(self.page)
        self.controller = SummarizeController(self.page, rooms)
        self.page.show()

    def close(self):
        self.controller.close()
        for runner in self.runners:
            runner.shutdown()
        self.database.close()

    def restart(self):
        self.close()
        self.open()

    def file(self, name="harbour.txt", text=TEXT):
        path = Path(self.folder) / name
        path.write_text(text, encoding="utf-8")
        return path

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def plan(self, path):
        self.controller.take([path])
        self.wait(lambda: self.page.view == "plan" and "token" in self.page.plan.plan.text())

    def run(self, path):
        """Summarise a file to its end; return the summary."""
        self.plan(path)
        self.page.plan.run.click()
        return self.ended()

    def ended(self):
        shown = self.controller.shown
        self.wait(lambda: shown.summary is not None and not self.controller.runs.run(shown.summary.id))
        return shown.summary


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()
