"""Documents that are translated when the application is killed: what was answered is never asked again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.documents.rewrite.rewriter import FileRewriter
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.translations import TranslationState, TranslationWishes
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
from tests.documents import made
from tests.fakes.dictionary import Dictionary, asked_text
from tests.fakes.languages import FakeLanguages

LINES = [f"This is the line with the word {word}." for word in "abcdefghijklmnopqrstuvwxyz"]
OPTIONS = TranslationOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model", None)
ENOUGH = 5  # answers before the process is killed
SCRIPT = """
import sys
from pathlib import Path

if __name__ == "__main__":
    from tests.flows.test_translation_killed import Queue

    queue = Queue(Path(sys.argv[1]), sys.stdout, stays_at=int(sys.argv[2]))
    queue.add(Path(sys.argv[3]))
    queue.run()
"""


class Telling(Dictionary):
    """Prints each text that it has answered, and at some point stays silent for ever."""

    def __init__(self, out, stays_at):
        super().__init__({})
        self._out, self._stays_at = out, stays_at

    def generate(self, batch, cancel):
        for index, event in super().generate(batch, cancel):
            yield index, event
            if type(event).__name__ == "Finished" and self._out is not None:
                print(asked_text(batch.requests[index]), file=self._out, flush=True)
                self._stays_at -= 1
                if not self._stays_at:
                    self.gate.wait()


class Queue:
    """The list of documents of one process."""

    def __init__(self, database, out=None, stays_at=0):
        self.database = Database(database)
        self.translations = TranslationStore(self.database)
        self.engine = Telling(out, stays_at)
        rooms = TranslationRooms(
            SummaryStore(self.database), self.translations, MemoryStore(self.database, likeness),
            GlossaryStore(self.database), FakeLanguages(),
        )  # fmt: skip
        flow = TranslateFlow(self.engine, rooms)
        files = FileTranslationFlow(flow, FileRewriter())
        self.flow = TranslationQueueFlow(TranslationQueueStore(self.database), self.translations, files, flow)

    def add(self, path):
        self.flow.add([path], TranslationWishes("de", "en"))

    def run(self):
        list(self.flow.run(lambda: OPTIONS, CancelToken()))


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
def test_after_kill_9_a_document_goes_on_with_the_paragraphs_that_are_missing(tmp_path):
    letter = made.docx(tmp_path / "letter.docx", "".join(map(made.p, LINES)))
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "a.sqlite"), str(ENOUGH), str(letter)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    answered = [process.stdout.readline().strip() for _ in range(ENOUGH)]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    queue = Queue(tmp_path / "a.sqlite")
    assert queue.flow.files()[0].state is TranslationState.running
    queue.translations.repair()
    queue.flow.repair()
    assert queue.flow.files()[0].state is TranslationState.waiting
    queue.run()
    (file,) = queue.flow.files()
    assert (file.state, file.done) == (TranslationState.done, len(LINES))
    kept = set(answered[:-1])  # the last was not stored yet when it was told
    assert len(kept) == ENOUGH - 1
    assert kept.isdisjoint(queue.engine.asked)
    assert len(queue.engine.asked) <= len(LINES) - len(kept)
    queue.database.close()
