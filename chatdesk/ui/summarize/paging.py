"""Fetches the pictures of the pages that the user wants to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from chatdesk.domain.document_errors import DocumentTimedOut
from chatdesk.domain.documents import PageImage
from chatdesk.domain.ports import PageImages
from chatdesk.domain.words import tr
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.summarize.source_view import SourceView

WIDTH = 1_400  # pixels of a page: sharp in half a window, also on dense screens


class Paging(QObject):
    """One page at a time; the next wish takes the place of the one before."""

    def __init__(
        self, view: SourceView, images: PageImages, runner: JobRunner, passwords: Mapping[str, str]
    ) -> None:
        """`passwords` are those that were entered, by the path of the document."""
        super().__init__(view)
        self._view = view
        self._images = images
        self._runner = runner
        self._passwords = passwords
        self._path = ""
        self._job: Job | None = None
        view.page_wanted.connect(self._fetch)

    def show_document(self, path: str) -> None:
        """Offer the pages of the document at `path`, where it has any."""
        self._path = path
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._view.offer_pages(bool(path) and self._images.draws(Path(path)))

    def _fetch(self, number: int, passages: Sequence[str]) -> None:
        if self._job is not None:
            self._job.cancel()
        path, password = Path(self._path), self._passwords.get(self._path, "")
        job = self._job = Job(
            lambda cancel: self._images.draw(path, number, WIDTH, password, cancel, passages), self
        )
        job.produced.connect(lambda image: self._take(job, image))
        job.failed.connect(lambda error: self._fail(job, error))
        if self._view.page.number != number:  # else it stays until it comes with other marks
            self._view.page.tell(tr("Drawing page {number}…").format(number=number))
        self._runner.start(job)

    def _take(self, job: Job, image: object) -> None:
        if job is self._job and isinstance(image, PageImage):
            self._view.page.show_page(image)

    def _fail(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self._view.tell_trouble(self._sentence(error))

    def _sentence(self, error: Exception) -> str:
        path = Path(self._path)
        if not self._images.draws(path):
            words = tr("“{name}” is not where it was, so its pages cannot be shown. Its text was kept.")
            return words.format(name=path.name)
        if isinstance(error, DocumentTimedOut):
            return error.sentence
        return tr("The pages of “{name}” cannot be drawn. Its text was kept.").format(name=path.name)
