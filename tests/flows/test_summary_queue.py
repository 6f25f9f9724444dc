"""A list of files that are summarised one after the other."""

import json
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentDamaged
from chatdesk.domain.documents import Document, Reading, Unit, UnitKind
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.summaries import Length, SummaryState, SummaryWishes
from chatdesk.flows.summarize import SummarizeFlow, SummaryOptions
from chatdesk.flows.summary_queue import FilesAdded, SummaryQueueFlow, documents_among, first_line
from chatdesk.storage.database import Database
from chatdesk.storage.summaries import SummaryStore
from chatdesk.storage.summary_queue import SummaryQueueStore
from tests.fakes.engine import FakeEngine
from tests.fakes.languages import FakeLanguages

ANSWER = json.dumps({"points": [{"quote": "It rained.", "point": "It rained."}]})
OPTIONS = SummaryOptions(ModelLoad(LocalModel(Path("a.gguf"))), "Model", 8192)


class Texts:
    """Reads a file as its own text; those whose name begins with "bad" are damaged."""

    def __init__(self):
        self.read_files = []

    def read(self, path, password, cancel):
        self.read_files.append(path.name)
        if path.name.startswith("bad"):
            raise DocumentDamaged(path)
        yield Reading(1, 1)
        text = path.read_text(encoding="utf-8")
        yield Document(path.name, text, (Unit(UnitKind.page, 1, "", 0, len(text)),))


@pytest.fixture
def store(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def engine():
    return FakeEngine(otherwise=ANSWER)


@pytest.fixture
def texts():
    return Texts()


@pytest.fixture
def flow(store, engine, texts):
    summaries = SummaryStore(store)
    making = SummarizeFlow(engine, summaries, languages=FakeLanguages("en"))
    return SummaryQueueFlow(SummaryQueueStore(store), texts, summaries, making)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "papers"
    (made / "deeper").mkdir(parents=True)
    for name in ("b.txt", "a.md", "deeper/c.txt", ".hidden.txt", "photo.jpg", "model.gguf"):
        (made / name).write_text(f"It rained. This is {name}.", encoding="utf-8")
    return made


def run(flow, cancel=None):
    return list(flow.run(lambda: OPTIONS, cancel or CancelToken()))


def names(files):
    return [Path(file.path).name for file in files]


def test_a_folder_gives_its_documents_sorted_without_hidden_files_pictures_and_models(folder):
    assert [path.name for path in documents_among([folder])] == ["a.md", "b.txt", "c.txt"]


def test_files_are_summarised_in_order_and_say_what_came_of_them(flow, folder):
    assert flow.add([folder], SummaryWishes()) == FilesAdded(3, 3)
    states = [(Path(event.file.path).name, event.file.state.value) for event in run(flow)]
    assert states[0] == ("a.md", "running")
    assert [each for each in states if each[1] == "done"] == [(n, "done") for n in ("a.md", "b.txt", "c.txt")]
    first = flow.files()[0]
    assert (first.line, first.points, first.pages, first.language) == ("It rained.", 1, 1, "en")
    assert first.summary is not None


def test_a_folder_that_leads_in_a_circle_or_may_not_be_read_is_no_trouble(folder):
    (folder / "deeper" / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "locked").mkdir(mode=0)
    assert [path.name for path in documents_among([folder])] == ["a.md", "b.txt", "c.txt"]
    (folder / "locked").chmod(0o700)


def test_a_search_through_folders_that_is_given_up_adds_nothing(flow, folder):
    cancel = CancelToken()
    cancel.cancel()
    assert flow.add([folder], SummaryWishes(), cancel) == FilesAdded(0, 0)
    assert flow.files() == []


def test_other_wishes_count_for_the_files_that_wait_and_not_for_what_is_done(flow, folder):
    flow.add([folder / "a.md"], SummaryWishes())
    run(flow)
    flow.add([folder], SummaryWishes())
    flow.wish(SummaryWishes(Length.short))
    assert [file.wishes.length for file in flow.files()] == [Length.medium, Length.short, Length.short]
    run(flow)
    assert {file.state for file in flow.files()} == {SummaryState.done}


def test_what_has_failed_is_tried_again(flow, folder, engine):
    (folder / "bad.pdf").write_text("x", encoding="utf-8")
    flow.add([folder / "bad.pdf"], SummaryWishes())
    run(flow)
    flow.retry()
    assert [(file.state, file.problem) for file in flow.files()] == [(SummaryState.waiting, "")]


def test_adding_the_same_again_changes_nothing(flow, folder):
    flow.add([folder], SummaryWishes())
    run(flow)
    before = flow.files()
    assert flow.add([folder, folder / "a.md", folder / "a.md"], SummaryWishes()) == FilesAdded(5, 0)
    assert flow.files() == before


def test_a_file_that_cannot_be_read_says_why_and_the_rest_go_on(flow, folder, tmp_path):
    (folder / "bad.pdf").write_text("x", encoding="utf-8")
    flow.add([folder / "bad.pdf", folder / "a.md"], SummaryWishes())
    run(flow)
    bad, good = flow.files()
    assert (bad.state, good.state) == (SummaryState.failed, SummaryState.done)
    assert "bad.pdf" in bad.problem
    assert flow.add([folder / "bad.pdf"], SummaryWishes()).new == 0
    assert flow.files()[0].state is SummaryState.waiting


def test_a_cancelled_file_waits_and_is_gone_on_with_without_reading_it_again(flow, folder, engine, texts):
    flow.add([folder / "a.md", folder / "b.txt"], SummaryWishes())
    cancel = CancelToken()
    for event in flow.run(lambda: OPTIONS, cancel):
        if event.file.summary is not None:
            cancel.cancel()
    assert [file.state for file in flow.files()] == [SummaryState.waiting] * 2
    run(flow)
    assert [file.state for file in flow.files()] == [SummaryState.done] * 2
    assert texts.read_files == ["a.md", "b.txt"]


def test_what_a_killed_process_left_running_waits(flow, folder, store):
    flow.add([folder / "a.md"], SummaryWishes())
    (file,) = flow.files()
    SummaryQueueStore(store).update(replace(file, state=SummaryState.running))
    flow.repair()
    assert flow.files() == [file]


def test_files_are_removed_and_come_back(flow, folder):
    flow.add([folder], SummaryWishes())
    gone = flow.remove([flow.files()[1].id])
    assert names(gone) == ["b.txt"]
    assert names(flow.files()) == ["a.md", "c.txt"]
    flow.restore(gone)
    flow.restore(gone)
    assert names(flow.files()) == ["a.md", "c.txt", "b.txt"]


@pytest.mark.timeout(180)  # each state is written to the disk for good
def test_two_hundred_documents_do_not_pile_up_in_memory(flow, engine, tmp_path):
    paths = []
    for number in range(200):
        path = tmp_path / f"{number:03}.txt"
        path.write_text(f"It rained in week {number}.\n\n{'a' * 100_000}", encoding="utf-8")
        paths.append(path)
    flow.add(paths, SummaryWishes())
    done, sizes = 0, {}
    process = psutil.Process()
    for event in flow.run(lambda: OPTIONS, CancelToken()):
        engine.batches.clear()  # the fake remembers what it is asked
        engine.counted.clear()
        if event.file.state is SummaryState.done:
            done += 1
            sizes[done] = process.memory_info().rss
    assert done == 200
    assert sizes[200] - sizes[50] < 8_000_000  # their texts alone are 15 MB


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- **One** thing\n- two", "One thing"),
        ("## Title\n\nWords", "Title"),
        ("| Fact | Value |", "Fact  Value"),
        ("\n\n---\n3. Third", "Third"),
        ("", ""),
    ],
)
def test_the_first_words_stand_without_marks(text, line):
    assert first_line(text) == line
