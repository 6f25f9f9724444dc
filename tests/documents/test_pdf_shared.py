"""Long PDF files, which two processes read: the same text as from one, and its limits for both together."""

import multiprocessing
import re

import psutil
import pytest

from chatdesk.documents import pdf_shared
from chatdesk.documents.reader import DocumentReader, Limits, scan_survey
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document, NoteKind, Reading
from tests.documents.pdf_files import PICTURE, column, document, line

pytestmark = pytest.mark.skipif(not pdf_shared.may_share(), reason="one process reads the whole file here")

PAGES = 107
TEXT = "the ferry leaves the harbour at seven and reaches the island be-\nfore noon when the market opens."
LABELS = b"/PageLabels<</Nums[0<</S/r>>9<</S/D>>]>>"


def page(number):
    if number % 11 == 10:
        return PICTURE
    running = line(56, 815, f"Chapter {number // 9}", 8) + line(290, 24, f"- {number} -", 8)
    heading = line(56, 780, f"Day {number}", 10 + number % 8)
    return running + heading + column(TEXT.split("\n") * (1 + number % 5), top=755)


def book(pages=PAGES, password=""):
    return document([page(number) for number in range(1, pages + 1)], LABELS, password)


@pytest.fixture
def read(tmp_path):
    def read(content, extractor="", password="", cancel=None, **limits):
        path = tmp_path / "book.pdf"
        path.write_bytes(content)
        return DocumentReader(Limits(**limits), extractor).read(path, password, cancel or CancelToken())

    return read


@pytest.fixture
def read_by(read):
    def read_by(extractor, content=None, **limits):
        *_, found = read(content or book(), f"tests.fakes.extractors:{extractor}", **limits)
        return found.text

    return read_by


def damaged(content, numbers):
    for number in numbers:
        entry = b"\n%d 0 obj\n<</Type/" % (2 + 2 * number)
        content = content.replace(entry + b"Page/", entry + b"Xxxx/")
    return content


def test_the_document_is_the_one_that_one_process_reads(read):
    content = damaged(book(), (13, 14, 40))
    *_, alone = read(content, "chatdesk.documents.pdf:read")
    *readings, both = read(content)
    assert isinstance(both, Document)
    assert both == alone
    assert [unit.label for unit in both.units[7:11]] == ["viii", "ix", "1", "2"]
    assert [note.kind for note in both.notes] == [NoteKind.damaged_page] * 3 + [NoteKind.no_text_on]
    assert "Chapter" not in both.text
    assert all(one.total == PAGES for one in readings)


def test_two_processes_take_turns(read_by):
    found = set(re.findall(r"the (?:first|other)", read_by("who_reads")))
    assert found == {"the first", "the other"}


def test_a_short_document_is_read_by_one_process(read_by):
    assert "the other" not in read_by("who_reads", book(pdf_shared.FEWEST - 1))


def test_a_file_that_may_need_all_the_memory_is_read_by_one_process(read_by):
    content = book() + b"\n%" + b" " * pdf_shared.LARGEST
    assert "the other" not in read_by("who_reads", content)


def test_pictures_among_the_pages_are_found(tmp_path):
    path = tmp_path / "book.pdf"
    path.write_bytes(book())
    *_, found = scan_survey().read(path, "", CancelToken())
    assert [note.number for note in found.notes] == [10, 21, 32, 43, 54, 65, 76, 87, 98]


def test_the_password_opens_the_file_for_both(read):
    content = book(password="geheim")
    with pytest.raises(errors.DocumentEncrypted):
        list(read(content))
    *_, found = read(content, password="geheim")
    assert found.text.count("Day ") == 98


def test_both_together_keep_the_limits_of_one(read_by):
    text = read_by("limits_of_both", memory=1_200_000_000, seconds=100)
    half = "[(600000000, 600000000), (50, 50), (0, 0)]"
    assert set(re.findall(r"(?:True|False) \[.*?\]", text)) == {f"True {half}", f"False {half}"}


def test_the_other_process_holds_no_pipe_to_the_application(read_by):
    standard, pipe, file, the_list_itself = 3, 1, 1, 1
    found = set(re.findall(r"open: (\d+)", read_by("open_files_of_the_other")))
    assert found == {str(standard + pipe + file + the_list_itself)}


@pytest.mark.parametrize("extractor", ["first_dies", "other_dies"])
def test_a_process_that_dies_is_an_error_that_says_so(read_by, extractor):
    with pytest.raises(errors.DocumentReaderFailed):
        read_by(extractor)


def test_what_fails_in_the_other_process_means_a_damaged_document(read_by):
    with pytest.raises(errors.DocumentDamaged):
        read_by("other_fails")


def test_the_other_process_cannot_take_more_than_half_of_the_memory(read_by):
    with pytest.raises(errors.DocumentTooLarge):
        read_by("other_is_greedy", memory=800_000_000)


def test_a_file_with_many_damaged_pages_is_refused(read):
    with pytest.raises(errors.DocumentDamaged):
        list(read(damaged(book(), range(20, 41))))


@pytest.mark.parametrize("ending", ["cancelled", "closed", "timed out"])
def test_a_reading_that_ends_early_ends_both_processes(read, ending):
    cancel = CancelToken()
    limits = {"silence": 3.0} if ending == "timed out" else {}
    events = read(book(), "tests.fakes.extractors:both_hang", cancel=cancel, **limits)
    assert isinstance(next(one for one in events if one.done), Reading)
    [first] = multiprocessing.active_children()
    both = [psutil.Process(first.pid), *psutil.Process(first.pid).children()]
    assert len(both) == 2
    if ending == "closed":
        events.close()
    elif ending == "cancelled":
        cancel.cancel()
        assert list(events) == []
    else:
        with pytest.raises(errors.DocumentTimedOut):
            list(events)
    _, alive = psutil.wait_procs(both, timeout=20)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
