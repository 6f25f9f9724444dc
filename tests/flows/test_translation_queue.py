"""A list of documents that are translated one after the other."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.documents.rewrite.rewriter import FileRewriter
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.translations import TranslationState, TranslationWishes
from chatdesk.flows.summary_queue import FilesAdded
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translate_files import FileTranslationFlow
from chatdesk.flows.translating import TranslationOptions
from chatdesk.flows.translation_queue import FilePlanned, TranslationQueueFlow
from chatdesk.storage.translation_queue import TranslationQueueStore
from tests.documents import made
from tests.fakes.dictionary import Dictionary, in_another_language

GERMAN = TranslationWishes("de", "en")
OPTIONS = TranslationOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model", None)


@pytest.fixture
def engine():
    return Dictionary({})


@pytest.fixture
def store(translation_database):
    return TranslationQueueStore(translation_database)


@pytest.fixture
def queue(engine, rooms, store):
    flow = TranslateFlow(engine, rooms)
    return TranslationQueueFlow(store, rooms.translations, FileTranslationFlow(flow, FileRewriter()), flow)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    for name in ("one", "two"):
        made.docx(folder / f"{name}.docx", made.p(f"This is letter {name}.") + made.p("It is short."))
    (folder / "notes.unknown").write_text("x")
    return folder


def run(queue, cancel=None):
    return list(queue.run(lambda: OPTIONS, cancel or CancelToken()))


def states(queue):
    return [file.state for file in queue.files()]


def test_the_documents_of_a_folder_are_translated_one_after_the_other(queue, rooms, folder):
    assert queue.add([folder], GERMAN) == FilesAdded(2, 2)
    run(queue)
    assert states(queue) == [TranslationState.done] * 2
    first = queue.files()[0]
    assert (first.name, first.done, first.total) == ("one.docx", 2, 2)
    assert (
        in_another_language("This is letter one.") in rooms.translations.translation(first.translation).text
    )


def test_what_waits_already_is_not_added_twice(queue, folder):
    queue.add([folder], GERMAN)
    assert queue.add([folder / "one.docx"], GERMAN) == FilesAdded(1, 0)
    assert queue.add([folder / "one.docx"], TranslationWishes("fr")) == FilesAdded(1, 1)


def test_a_damaged_document_fails_alone_and_may_be_tried_again(queue, folder):
    (folder / "bad.docx").write_bytes(b"no zip at all")
    queue.add([folder], GERMAN)
    run(queue)
    bad, *others = queue.files()
    assert bad.state is TranslationState.failed
    assert bad.error
    assert {file.state for file in others} == {TranslationState.done}
    made.docx(folder / "bad.docx", made.p("Mended."))
    queue.retry()
    run(queue)
    assert states(queue) == [TranslationState.done] * 3


def test_a_stopped_document_waits_and_is_gone_on_with(queue, engine, folder):
    queue.add([folder / "one.docx"], GERMAN)
    cancel = CancelToken()
    for change in queue.run(lambda: OPTIONS, cancel):
        if change.file.done == 1:
            cancel.cancel()
    assert states(queue) == [TranslationState.waiting]
    run(queue)
    assert states(queue) == [TranslationState.done]
    assert engine.asked.count("This is letter one.") == 1


def test_after_a_crash_those_that_were_running_wait_again(queue, store, folder):
    queue.add([folder], GERMAN)
    store.update(replace(store.files()[0], state=TranslationState.running))
    queue.repair()
    assert states(queue) == [TranslationState.waiting] * 2


def test_removed_documents_can_be_put_back(queue, folder):
    queue.add([folder], GERMAN)
    gone = queue.remove([queue.files()[0].id])
    assert len(queue.files()) == 1
    queue.restore(gone)
    assert len(queue.files()) == 2


def test_where_a_document_was_saved_is_kept(queue, folder):
    queue.add([folder / "one.docx"], GERMAN)
    queue.saved(queue.files()[0], folder / "one.de.docx")
    assert queue.files()[0].target == str(folder / "one.de.docx")


def test_a_plan_tells_what_each_waiting_document_will_take(queue, engine, folder):
    (folder / "bad.docx").write_bytes(b"no zip at all")
    queue.add([folder], GERMAN)
    plans = [each for each in queue.plan(OPTIONS, CancelToken()) if isinstance(each, FilePlanned)]
    assert [(each.file.name, each.plan.segments, each.plan.known) for each in plans] == [
        ("one.docx", 2, 0),
        ("two.docx", 2, 0),
    ]
    assert states(queue) == [TranslationState.failed, *[TranslationState.waiting] * 2]
    assert not engine.requests
    run(queue)
    assert [file.translation for file in queue.files()][1:] == [each.file.translation for each in plans]


def test_a_document_that_is_held_is_left_out_until_it_is_tried_again(queue, folder):
    queue.add([folder], GERMAN)
    first = queue.files()[0].id
    queue.hold([first])
    run(queue)
    assert states(queue) == [TranslationState.stopped, TranslationState.done]
    queue.retry([first])
    run(queue)
    assert states(queue) == [TranslationState.done] * 2


def test_a_document_that_has_changed_is_translated_anew(queue, folder):
    queue.add([folder / "one.docx"], GERMAN)
    run(queue)
    before = queue.files()[0]
    made.docx(folder / "one.docx", made.p("Other words."))
    queue.afresh(before.id)
    run(queue)
    after = queue.files()[0]
    assert (after.total, after.state) == (1, TranslationState.done)
    assert after.translation != before.translation
