"""PDF: the text of each page as it is read, without what is printed on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from chatdesk.documents.parts import Expected, Noted, Part, Piece, Refusal, Refused
from chatdesk.documents.pdf_columns import in_reading_order
from chatdesk.documents.pdf_lines import Page, page_of
from chatdesk.documents.pdf_paragraphs import joined
from chatdesk.documents.pdf_running import without_running_lines
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind

MOST_DAMAGED = 20  # pages; with more of them the file is refused

Sheets = Callable[[PdfDocument], Iterator[Page | None]]
"""document -> its pages in their order, None for a damaged one. Raises Refused."""


def one_by_one(document: PdfDocument) -> Iterator[Page | None]:
    """The Sheets that are read in this process."""
    return (sheet(document, number) for number in range(len(document)))


def read(path: Path, password: str, sheets: Sheets = one_by_one) -> Iterator[Piece]:
    """Yield a part for each page, named as the document names it."""
    without_text = total = 0
    for piece in survey(path, password, sheets):
        match piece:
            case Expected(total):
                yield piece
            case Noted(ReadingNote(NoteKind.picture)):
                without_text += 1
            case _:
                yield piece
    if without_text == total:
        raise Refused(Refusal.no_text)
    if without_text:
        yield Noted(ReadingNote(NoteKind.no_text_on, without_text))


def survey(path: Path, password: str, sheets: Sheets = one_by_one) -> Iterator[Piece]:
    """Yield a part for each page, and a note for each one that is a picture without text."""
    document = opened(path, password)
    total = len(document)
    if not total:
        raise Refused(Refusal.damaged, "no pages")
    yield Expected(total)
    pages = _Pages(total)
    for number, page in enumerate(without_running_lines(pages.read(sheets(document)))):
        for damaged in pages.new_damage():
            yield Noted(ReadingNote(NoteKind.damaged_page, damaged))
        text = joined(in_reading_order(page), pages.body)
        if not text and number + 1 not in pages.damaged and _has_picture(document, number):
            yield Noted(ReadingNote(NoteKind.picture, number + 1))
        yield Part(UnitKind.page, document.get_page_label(number) or str(number + 1), text)


def opened(path: Path, password: str) -> PdfDocument:
    """Raises Refused."""
    try:
        return PdfDocument(path, password=password or None)
    except PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Refused(Refusal.wrong_password if password else Refusal.encrypted) from error
        locked = error.err_code == pdfium.FPDF_ERR_SECURITY
        raise Refused(Refusal.locked if locked else Refusal.damaged, str(error)) from error


def sheet(document: PdfDocument, number: int) -> Page | None:
    """Read page `number`, from 0; None where it is damaged."""
    try:
        page = document[number]
        found = page_of(page)
        page.close()
    except PdfiumError:
        return None
    return found


class _Pages:
    """Counts the damaged pages and learns from the others how large the letters of the text are."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._sizes: Counter[float] = Counter()
        self.damaged: set[int] = set()  # numbers of pages, from 1
        self._untold: list[int] = []

    @property
    def body(self) -> float:
        """The size of most letters so far, in points; 0 where there are none."""
        return self._sizes.most_common(1)[0][0] if self._sizes else 0.0

    def new_damage(self) -> list[int]:
        untold, self._untold = self._untold, []
        return untold

    def read(self, sheets: Iterator[Page | None]) -> Iterator[Page]:
        """Yield the pages; one that is damaged is empty. Raises Refused when too many are."""
        for number, page in enumerate(sheets, 1):
            if page is None:
                self.damaged.add(number)
                self._untold.append(number)
                if len(self.damaged) > MOST_DAMAGED or len(self.damaged) == self._total:
                    raise Refused(Refusal.damaged, "pages cannot be read")
                yield Page(0, 0, [])
                continue
            letters: dict[float, int] = {}
            for line in page.lines:
                letters[line.size] = letters.get(line.size, 0) + len(line.text)
            for size, count in letters.items():
                self._sizes[round(size * 2) / 2] += count
            yield page


def _has_picture(document: PdfDocument, number: int) -> bool:
    page = document[number]
    kinds = {one.type for one in page.get_objects(max_depth=2)}
    page.close()
    return bool(kinds & {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING})
