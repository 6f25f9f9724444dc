"""Documents whose pages are pictures: recognised page by page, kept, put together with the rest."""

import threading
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.documents.page_image import PdfPages
from chatdesk.documents.reader import DocumentReader, scan_survey
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentEmpty, DocumentHasNoText, DocumentUnsupported
from chatdesk.domain.documents import Document, NoteKind, PageImage, ReadingNote
from chatdesk.domain.errors import EngineCrashed
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.pictures import LONGEST_SIDE, Picture
from chatdesk.domain.recognition import RecognisedPage, Recognising
from chatdesk.flows.page_pictures import PagePictures, picture_of
from chatdesk.flows.recognition import RecognitionFlow
from chatdesk.flows.seeing import SeeingModel, without_fence
from chatdesk.storage.database import Database
from chatdesk.storage.recognised import RecognisedStore
from tests.documents.pdf_files import PICTURE, column, document
from tests.fakes.engine import FakeEngine
from tests.fakes.pictures import png

LOAD = ModelLoad(LocalModel(Path("m.gguf")), projector=Path("mmproj.gguf"))


class Recogniser:
    """Says "Page n", or what it is told to; stops the run behind a page if so wished."""

    def __init__(self, stop_after=0, **texts):
        self.asked, self.stop_after, self.texts = [], stop_after, texts

    def pages(self, path, numbers, password, cancel):
        for number in numbers:
            self.asked.append(number)
            yield RecognisedPage(number, self.texts.get(f"page{number}", f"Page {number}"))
            if number == self.stop_after:
                cancel.cancel()
                return


class Pictures:
    def takes(self, path):
        return path.suffix == ".png"

    def read(self, path):
        return Picture(path.name, path.read_bytes(), 64, 48)


@pytest.fixture
def store(tmp_path):
    with closing(Database(tmp_path / "chats.sqlite", tmp_path / "backups")) as database:
        yield RecognisedStore(database)


@pytest.fixture
def flow(store):
    return RecognitionFlow(DocumentReader(), scan_survey(), store)


@pytest.fixture
def pdf(tmp_path):
    def write(*pages):
        path = tmp_path / "scan.pdf"
        path.write_bytes(document(list(pages)))
        return path

    return write


def read(flow, path):
    return list(flow.read(path, "", CancelToken()))[-1]


def recognise(flow, path, recogniser):
    return list(flow.recognise(path, "", recogniser, CancelToken()))


def test_only_the_pages_without_text_are_recognised_and_the_document_says_which(flow, pdf):
    path, recogniser = pdf(column(["First"]), PICTURE, column(["Third"]), PICTURE), Recogniser()
    *progress, found = recognise(flow, path, recogniser)
    assert recogniser.asked == [2, 4]
    assert progress == [Recognising(0, 2), Recognising(1, 2), Recognising(2, 2)]
    assert found.text == "First\n\nPage 2\n\nThird\n\nPage 4"
    assert [found.text[unit.start : unit.end] for unit in found.units] == [
        "First",
        "Page 2",
        "Third",
        "Page 4",
    ]
    assert found.notes == (ReadingNote(NoteKind.recognised, 2), ReadingNote(NoteKind.recognised, 4))


def test_what_was_recognised_is_known_when_the_file_is_read_again_under_any_name(flow, pdf):
    path = pdf(PICTURE, PICTURE)
    with pytest.raises(DocumentHasNoText):
        read(flow, path)
    *_, found = recognise(flow, path, Recogniser())
    moved = path.rename(path.with_name("other.pdf"))
    assert read(flow, moved).text == found.text == "Page 1\n\nPage 2"
    again = Recogniser()
    assert recognise(flow, moved, again)[-1].text == found.text
    assert again.asked == []
    with pytest.raises(DocumentHasNoText):
        read(flow, pdf(PICTURE))  # another one


def test_a_cancelled_run_keeps_its_pages_and_the_next_one_goes_on(flow, pdf):
    path = pdf(PICTURE, PICTURE, PICTURE)
    events = recognise(flow, path, Recogniser(stop_after=1))
    assert events == [Recognising(0, 3), Recognising(1, 3)]
    with pytest.raises(DocumentHasNoText):
        read(flow, path)
    rest = Recogniser()
    assert recognise(flow, path, rest)[0] == Recognising(1, 3)
    assert rest.asked == [2, 3]


def test_pages_in_which_nothing_is_found_are_told_and_a_document_of_them_is_empty(flow, pdf):
    path = pdf(column(["First"]), PICTURE)
    *_, found = recognise(flow, path, Recogniser(page2=""))
    assert found.notes == (ReadingNote(NoteKind.nothing_found, 2),)
    assert read(flow, path) == found
    with pytest.raises(DocumentEmpty):
        recognise(flow, pdf(PICTURE), Recogniser(page1=""))


def test_documents_with_text_are_read_as_ever(flow, pdf, tmp_path):
    path = pdf(column(["First"]), b"")
    assert read(flow, path) == list(DocumentReader().read(path, "", CancelToken()))[-1]


def test_a_model_is_shown_each_page_and_asked_for_its_text(flow, pdf):
    engine = FakeEngine("# One\n\nfirst\0", "```text\nsecond \n```")
    seeing = SeeingModel(engine, None, LOAD, PagePictures(PdfPages(), Pictures()))
    *_, found = recognise(flow, pdf(PICTURE, column(["Text"]), PICTURE), seeing)
    assert isinstance(found, Document)
    assert found.text == "# One\n\nfirst\n\nText\n\nsecond"
    assert [len(batch.requests) for batch in engine.batches] == [1, 1]
    question = engine.requests[0].turns[-1]
    assert "text in this picture" in question.text
    (picture,) = question.pictures
    assert picture.data.startswith(b"\x89PNG")
    assert max(picture.width, picture.height) <= LONGEST_SIDE
    assert engine.requests[0].sampling.temperature == 0


def test_a_model_reads_a_picture_and_no_other_file(tmp_path):
    path = tmp_path / "page.png"
    path.write_bytes(png())
    seeing = SeeingModel(FakeEngine("words"), None, LOAD, PagePictures(PdfPages(), Pictures()))
    assert list(seeing.pages(path, [1], "", CancelToken())) == [RecognisedPage(1, "words")]
    with pytest.raises(DocumentUnsupported):
        list(seeing.pages(path.rename(path.with_suffix(".tif")), [1], "", CancelToken()))


def test_a_half_written_page_is_not_kept(flow, store, pdf):
    cancel, engine = CancelToken(), FakeEngine("one two three", hold_after=1)
    seeing = SeeingModel(engine, None, LOAD, PagePictures(PdfPages(), Pictures()))
    run = flow.recognise(pdf(PICTURE), "", seeing, cancel)
    assert next(run) == Recognising(0, 1)
    stopper = threading.Thread(target=lambda: engine.holding.wait(30) and cancel.cancel())
    stopper.start()
    assert list(run) == []
    stopper.join()
    assert engine.holding.is_set()
    failing = SeeingModel(FakeEngine(EngineCrashed(3)), None, LOAD, PagePictures(PdfPages(), Pictures()))
    with pytest.raises(EngineCrashed):
        recognise(flow, pdf(PICTURE), failing)
    with pytest.raises(DocumentHasNoText):
        read(flow, pdf(PICTURE))


def test_a_page_becomes_a_picture_with_its_colours():
    pixels = bytes([1, 2, 3, 0, 4, 5, 6, 0])  # blue, green, red, unused
    made = picture_of(PageImage(1, 1, 2, pixels), "a.pdf")
    start = made.data.index(b"IDAT") + 4
    assert zlib.decompressobj().decompress(made.data[start:]) == b"\0\3\2\1\0\6\5\4"
    assert (made.width, made.height) == (1, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ""), (" a \n b ", "a\n b"), ("```\na\n```", "a"), ("```md\na", "a"), ("```", "```")],
)
def test_the_marks_of_a_block_around_a_text_are_taken_off(text, expected):
    assert without_fence(text) == expected
