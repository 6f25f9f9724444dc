"""The rewriter: what arrives from its process, its limits, and that a file appears whole or not at all."""

import multiprocessing
import os
import sys
import time

import pytest

from chatdesk.documents.rewrite.rewriter import FileRewriter, Limits
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Reading
from chatdesk.domain.markup import MarkedFile, MarkedText, Rewritten


@pytest.fixture(autouse=True)
def _nothing_stays(tmp_path):
    yield
    assert not multiprocessing.active_children()
    assert not list(tmp_path.glob(".*"))


@pytest.fixture
def file(tmp_path):
    def file(order, *lines):
        path = tmp_path / "report.own"
        path.write_text("\n".join([order, *lines]))
        return path

    return file


def rewriter(**limits):
    return FileRewriter(Limits(**limits), "tests.fakes.rewriting")


def written(path, texts, target, cancel=None, sources=(), **limits):
    return rewriter(**limits).write(path, texts, target, "de", cancel or CancelToken(), sources=sources)


def test_the_texts_of_a_file_arrive_in_their_order(file):
    lines = [f"line {number}" for number in range(1_200)]
    *readings, found = rewriter().read(file("plain", *lines), CancelToken())
    assert found == MarkedFile(tuple(MarkedText(line, str(place)) for place, line in enumerate(lines)))
    assert readings[0] == Reading(0, 0)
    assert readings[-1] == Reading(1_200, 0)


def test_notes_are_sentences(file):
    *_, found = rewriter().read(file("notes"), CancelToken())
    assert found.notes == ("Words in pictures are not translated.", "Own words.")


def test_half_characters_are_replaced_in_what_is_read(file):
    *_, found = rewriter().read(file("half"), CancelToken())
    assert found.texts[0].text == "a\ufffdb"


def test_a_file_is_written_with_other_texts(file, tmp_path):
    path = file("plain", "one", "two", "three", "four")
    target = tmp_path / "report.de.own"
    *_, end = written(
        path, ["eins\x00\ud800", None, " ", "odd"], target, sources=["one", "two", "three", "four"]
    )
    assert target.read_text() == "de\neins\ufffd\ntwo\nthree\nodd"
    assert end == Rewritten((3,))


def test_the_written_file_takes_the_place_of_another_and_can_be_changed(file, tmp_path):
    path = file("plain", "one")
    path.chmod(0o444)
    target = tmp_path / "report.de.own"
    target.write_text("old")
    list(written(path, ["eins"], target))
    assert target.read_text() == "de\neins"
    assert os.access(target, os.W_OK)
    path.chmod(0o644)


@pytest.mark.parametrize("sources", [(), ["one", "2"]])
def test_a_file_with_other_texts_than_were_read_is_not_written(file, tmp_path, sources):
    path = file("plain", "one", "two")
    target = tmp_path / "target.own"
    target.write_text("old")
    with pytest.raises(errors.DocumentChanged):
        list(written(path, ["eins", "zwei"] if sources else ["eins"], target, sources=sources))
    assert target.read_text() == "old"


@pytest.mark.parametrize(
    ("order", "error"),
    [
        ("full", errors.DocumentDiskFull),
        ("forbidden", errors.DocumentNotSaved),
        ("touched", errors.DocumentChanged),
    ],
)
def test_a_file_that_cannot_be_finished_does_not_appear(file, tmp_path, order, error):
    target = tmp_path / "target.own"
    with pytest.raises(error):
        list(written(file(order, "one"), ["eins"], target, size=1_000_000))
    assert not target.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_grows_too_large_does_not_appear(file, tmp_path):
    target = tmp_path / "target.own"
    with pytest.raises(errors.DocumentTooLarge):
        list(written(file("big", "one"), ["eins"], target, size=1_000_000))
    assert not target.exists()


def test_a_folder_that_is_not_there_or_cannot_be_written_says_so(file, tmp_path):
    path = file("plain", "one")
    with pytest.raises(errors.DocumentNotSaved):
        list(written(path, ["eins"], tmp_path / "missing" / "target.own"))
    (tmp_path / "folder").mkdir()
    with pytest.raises(errors.DocumentNotSaved):
        list(written(path, ["eins"], tmp_path / "folder"))


def test_a_cancelled_writing_leaves_nothing(file, tmp_path):
    cancel = CancelToken()
    target = tmp_path / "target.own"
    events = written(file("slow", "one"), ["eins"], target, cancel)
    next(events)
    cancel.cancel()
    start = time.monotonic()
    assert list(events) == []
    assert time.monotonic() - start < 5
    assert not target.exists()


@pytest.mark.parametrize(
    ("order", "error", "limits"),
    [
        ("locked", errors.DocumentLocked, {}),
        ("hang", errors.DocumentTimedOut, {"seconds": 1.0}),
        ("abort", errors.DocumentReaderFailed, {}),
        ("plain", errors.DocumentTooLarge, {"characters": 3}),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(file, order, error, limits):
    with pytest.raises(error):
        list(rewriter(**limits).read(file(order, "one", "two"), CancelToken()))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems set no limit; memory is watched there")
def test_a_file_that_wants_too_much_memory_is_too_large(file):
    with pytest.raises(errors.DocumentTooLarge):
        list(rewriter(memory=700_000_000).read(file("greedy"), CancelToken()))


def test_missing_files_start_no_process(tmp_path):
    with pytest.raises(errors.DocumentMissing):
        next(rewriter().read(tmp_path / "missing.own", CancelToken()))


def test_a_file_of_another_kind_is_not_taken(tmp_path):
    path = tmp_path / "a.own"
    path.write_text("x")
    assert not FileRewriter().takes(path)
    with pytest.raises(errors.DocumentUnsupported):
        list(FileRewriter().read(path, CancelToken()))
