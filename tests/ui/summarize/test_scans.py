"""Scanned documents on the page that summarises: offered, recognised, stopped, gone on with."""

import threading

import pytest
from PySide6.QtGui import QGuiApplication

from chatdesk import paths as places
from chatdesk.documents.recogniser import OcrRecognition
from chatdesk.domain.recognition import RecognisedPage, TextLine
from chatdesk.ui.summarize.notes import page_list
from tests.documents.pdf_files import PICTURE, column, document
from tests.fakes import projectors
from tests.fakes.pictures import png


class Recogniser:
    """Waits at page `hold` until it is cancelled, once."""

    def __init__(self, hold=0):
        self.hold, self.asked, self.holding = hold, [], threading.Event()

    def pages(self, path, numbers, password, cancel):
        for number in numbers:
            self.asked.append(number)
            if number == self.hold:
                self.hold = 0
                self.holding.set()
                while not cancel.wait(0.05):
                    pass
                return
            text = f"The harbour opened in 1932 with 14 cranes. It is told on page {number}."
            yield RecognisedPage(number, text, (TextLine(text, 0.1, 0.1, 0.5, 0.02),))


@pytest.fixture
def scan(tmp_path):
    def write(*pages, name="scan.pdf"):
        path = tmp_path / name
        path.write_bytes(document(list(pages)))
        return path

    return write


def seeing_model(tmp_path, desk):
    folder = tmp_path / "models"
    folder.mkdir()
    projectors.make(folder / "mmproj-F16.gguf", width=256)
    model = folder / "seeing.gguf"
    model.symlink_to(places.starter_model())
    desk.settings.change(model_files=(str(model),))


def test_a_scan_is_recognised_and_planned_and_the_page_says_so(desk, scan):
    desk.ocr = Recogniser()
    offer = desk.page.start.scan
    desk.controller.take([scan(PICTURE, PICTURE)])
    desk.wait(offer.isVisible)
    assert "are pictures without text" in offer.accessibleName()
    assert "Text recognition (OCR) can read the pictures" in offer.how.text()
    assert not offer.ways.isVisible()
    desk.wait(offer.recognise.hasFocus)
    offer.recognise.click()
    desk.wait(lambda: desk.page.view == "plan" and "token" in desk.page.plan.plan.text())
    notes = desk.page.plan.document.findChildren(object)
    told = " ".join(each.text() for each in notes if hasattr(each, "text"))
    assert "The text of pages 1–2 was recognised in their pictures and may contain errors." in told
    assert not desk.page.plan.scan.isVisible()
    desk.page.plan.run.click()
    summary = desk.ended()
    assert desk.store.document(summary.document, "scan.pdf").unit_at(80).number == 2
    first = next(n for n, sentence in enumerate(summary.sentences) if sentence.passages)
    desk.page.result.text.sentence_chosen.emit(first)
    desk.wait(lambda: desk.page.result.source.page._marks)


def test_it_is_known_the_next_time_and_nothing_is_recognised_again(desk, scan):
    desk.ocr = Recogniser()
    path = scan(PICTURE)
    desk.controller.take([path])
    desk.wait(desk.page.start.scan.isVisible)
    desk.page.start.scan.recognise.click()
    desk.wait(lambda: desk.page.view == "plan")
    desk.restart()
    desk.plan(path)
    assert not desk.page.plan.scan.isVisible()


def test_of_a_mixed_document_only_the_pictures_are_recognised(desk, scan):
    desk.ocr = Recogniser()
    desk.plan(scan(column(["A page with words."]), PICTURE, column(["More words."]), PICTURE))
    offer = desk.page.plan.scan
    assert offer.isVisible()
    assert "2 pages of this document are pictures without text." in offer.accessibleName()
    offer.recognise.click()
    desk.wait(lambda: desk.page.view == "plan" and not offer.isVisible())
    assert desk.ocr.asked == [2, 4]
    assert desk.controller.planning.document.text.startswith(
        "A page with words.\n\nThe harbour opened in 1932"
    )


def test_a_stopped_recognition_is_offered_again_and_goes_on(desk, scan):
    desk.ocr = Recogniser(hold=2)
    desk.controller.take([scan(PICTURE, PICTURE, PICTURE)])
    offer = desk.page.start.scan
    desk.wait(offer.isVisible)
    offer.recognise.click()
    assert not offer.recognise.isEnabled()
    desk.wait(lambda: "1 of 3 pages are done" in desk.page.start._progress.text())
    desk.page.start.stop.click()
    assert offer.recognise.isEnabled()
    offer.recognise.click()
    desk.wait(lambda: desk.page.view == "plan")
    assert desk.ocr.asked == [1, 2, 2, 3]


def test_the_user_chooses_between_two_ways(desk, scan, tmp_path):
    desk.ocr = Recogniser()
    seeing_model(tmp_path, desk)
    desk.engine.answers = ["Written by a model."]
    desk.controller.take([scan(PICTURE)])
    offer = desk.page.start.scan
    desk.wait(offer.isVisible)
    assert offer.ways.isVisible()
    titles = [offer.ways.itemText(place) for place in range(offer.ways.count())]
    assert titles[0] == "Text recognition (OCR)"
    assert len(titles) == 2
    offer.ways.setCurrentIndex(1)
    offer.recognise.click()
    desk.wait(lambda: desk.page.view == "plan")
    assert desk.controller.planning.document.text == "Written by a model."
    assert desk.ocr.asked == []


def test_a_picture_is_read_by_a_model_that_sees(desk, tmp_path):
    seeing_model(tmp_path, desk)
    desk.engine.answers = ["Words of a photo."]
    path = tmp_path / "photo.png"
    path.write_bytes(png())
    desk.controller.take([path])
    desk.wait(desk.page.start.scan.isVisible)
    desk.page.start.scan.recognise.click()
    desk.wait(lambda: desk.page.view == "plan")
    assert desk.controller.planning.document.text == "Words of a photo."


def test_without_a_way_the_page_says_how_to_get_one(desk, scan, qtbot):
    desk.controller.take([scan(PICTURE)])
    offer = desk.page.start.scan
    desk.wait(offer.isVisible)
    assert not offer.recognise.isVisible()
    assert offer.command.text().endswith('-m pip install "chatdesk[ocr]"')
    offer.copy.click()
    assert QGuiApplication.clipboard().text() == offer.command.text()
    with qtbot.waitSignal(desk.controller.models_page_requested):
        offer.models.click()


def test_what_goes_wrong_is_told_and_the_offer_stays(desk, scan):
    desk.ocr = OcrRecognition(recogniser="tests.fakes.missing")
    desk.controller.take([scan(PICTURE)])
    offer = desk.page.start.scan
    desk.wait(offer.isVisible)
    offer.recognise.click()
    desk.wait(desk.page.start.notice.isVisible)
    assert offer.isVisible()
    assert offer.recognise.isEnabled()
    desk.controller.take([desk.file()])
    desk.wait(lambda: desk.page.view == "plan")
    assert not desk.page.plan.scan.isVisible()


def test_numbers_in_a_row_are_told_together():
    assert page_list([7, 1, 2, 3]) == "1–3, 7"
    assert page_list([4]) == "4"
    assert page_list([]) == ""
