"""The reader: what arrives from its process, its limits, and that nothing of it stays."""

import errno
import multiprocessing
import os
import sys
import time
from types import SimpleNamespace

import psutil
import pytest

from chatdesk.documents.parts import Refusal
from chatdesk.documents.reader import DocumentReader, Limits
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document, NoteKind, Reading, ReadingNote, Unit, UnitKind


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("text")
    return path


@pytest.fixture
def read(file):
    def read(extractor="", path=file, password="", cancel=None, **limits):
        reader = DocumentReader(Limits(**limits), extractor and f"tests.fakes.extractors:{extractor}")
        return reader.read(path, password, cancel or CancelToken())

    return read


@pytest.fixture(autouse=True)
def _nothing_stays():
    yield
    assert not multiprocessing.active_children()


def test_parts_become_one_text_with_units(read):
    *readings, document = read("three_pages")
    assert document == Document(
        "report.txt",
        "  One\nis here.\n\nThree �end",
        (
            Unit(UnitKind.page, 1, "i", 0, 14),
            Unit(UnitKind.page, 2, "", 14, 14),
            Unit(UnitKind.page, 3, "iii", 16, 26),
        ),
        (ReadingNote(NoteKind.no_text_on, 1),),
    )
    assert readings[0] == Reading(0, 3)
    assert all(one.total == 3 for one in readings)
    assert document.unit_at(20).label == "iii"


def test_a_real_file_is_read_by_its_content(read):
    *_, document = read()
    assert document == Document("report.txt", "text", (Unit(UnitKind.whole, 1, "", 0, 4),))


def test_the_password_reaches_the_extractor(read):
    *_, document = read("told_password", password="geheim ü")
    assert document.text == "geheim ü"


def test_what_a_library_prints_is_seen_nowhere(read, capfd):
    *_, document = read("talkative")
    assert document.text == "text"
    assert capfd.readouterr() == ("", "")


def test_a_cancelled_document_ends_at_once_with_its_process(read):
    cancel = CancelToken()
    events = read("hang", cancel=cancel)
    next(events)
    assert multiprocessing.active_children()
    start = time.monotonic()
    cancel.cancel()
    assert list(events) == []
    assert time.monotonic() - start < 1.5  # 0.1 s on a machine that does nothing else
    assert not multiprocessing.active_children()


def test_a_reading_that_nobody_wants_any_more_ends_its_process(read):
    events = read("hang")
    next(events)
    events.close()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("extractor", "limits"),
    [("hang", {"silence": 0.4}), ("endless", {"seconds": 1.5})],
)
def test_a_document_that_takes_too_long_is_ended(read, extractor, limits):
    with pytest.raises(errors.DocumentTimedOut):
        list(read(extractor, **limits))


@pytest.mark.parametrize("extractor", ["abort", "killed"])
def test_a_process_that_dies_is_an_error_that_says_so(read, extractor):
    with pytest.raises(errors.DocumentReaderFailed):
        list(read(extractor))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems set no limit; memory is watched there")
def test_a_document_that_wants_too_much_memory_is_too_large(read):
    with pytest.raises(errors.DocumentTooLarge):
        list(read("greedy", memory=700_000_000))


def test_memory_is_watched_where_the_system_sets_no_limit(read, monkeypatch):
    monkeypatch.setattr(psutil.Process, "memory_info", lambda self: SimpleNamespace(rss=2_000_000_000))
    with pytest.raises(errors.DocumentTooLarge):
        list(read("hang"))


def test_a_failing_extractor_means_a_damaged_document(read):
    with pytest.raises(errors.DocumentDamaged):
        list(read("broken"))


def test_a_process_that_says_nonsense_has_failed(read):
    with pytest.raises(errors.DocumentReaderFailed):
        list(read("nonsense"))


def test_too_long_a_text_is_cut_and_says_so(read):
    *_, document = read("much", characters=120)
    assert document.text == "a" * 90 + "\n\n" + "b" * 30
    assert document.notes == (ReadingNote(NoteKind.cut, 120),)


def test_a_text_that_just_fits_is_not_cut(read):
    *_, document = read("much", characters=270)
    assert document.notes == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_the_process_cannot_write_files(read):
    *_, document = read("writer")
    assert document.text == f"refused: {errno.EFBIG}"


def test_an_encrypted_document_asks_for_its_password(read, file):
    with pytest.raises(errors.DocumentEncrypted) as caught:
        list(read("encrypted"))
    assert (caught.value.path, caught.value.wrong) == (file, False)
    with pytest.raises(errors.DocumentEncrypted) as caught:
        list(read("encrypted", password="x"))
    assert caught.value.wrong


@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_refusal_is_a_sentence_with_a_hint(read, file, refusal):
    file.write_text(refusal.value)
    with pytest.raises(errors.DocumentError) as caught:
        list(read("refused"))
    assert "report.txt" in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    assert caught.value.hint.endswith(".")


def test_a_document_of_blanks_is_empty(read):
    with pytest.raises(errors.DocumentEmpty):
        list(read("blank"))


def test_missing_files_and_folders_start_no_process(read, tmp_path):
    for path in (tmp_path / "missing.txt", tmp_path):
        with pytest.raises(errors.DocumentMissing):
            next(read(path=path))
    with pytest.raises(errors.DocumentUnreadable):
        next(read(path=tmp_path / ("x" * 300)))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(read, file):
    file.chmod(0)
    with pytest.raises(errors.DocumentUnreadable):
        list(read())


def test_only_what_the_process_needs_is_imported(read):
    *_, document = read("modules")
    loaded = set(document.text.split())
    heavy = ("PySide6", "numpy", "llama_cpp", "huggingface_hub", "lxml", "pypdfium2", "python_calamine")
    assert not loaded.intersection(heavy)
    assert {name for name in loaded if name.startswith("chatdesk.")} == {
        "chatdesk.children",
        "chatdesk.documents",
        "chatdesk.documents.child",
        "chatdesk.documents.formats",
        "chatdesk.documents.parts",
        "chatdesk.domain",
        "chatdesk.domain.documents",
    }
