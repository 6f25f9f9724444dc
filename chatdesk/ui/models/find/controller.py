"""What the view for finding models does: recommends, searches, opens a repository, asks for a download."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.catalogue import CatalogueModel
from chatdesk.domain.downloads import Download
from chatdesk.domain.hub import (
    DownloadRequest,
    Fit,
    HubAccess,
    HubAddress,
    HubQuery,
    RemoteModel,
    RemoteRepository,
    Variant,
)
from chatdesk.domain.hub_errors import HubOffline, TermsNotAccepted
from chatdesk.domain.words import tr
from chatdesk.flows.fits import advice_after
from chatdesk.flows.hub import CardRead, HubFlow, RepositoryRead
from chatdesk.flows.models import Memory
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.models.downloads.words import title_of
from chatdesk.ui.models.find.latest import Latest
from chatdesk.ui.models.find.view import FindView
from chatdesk.ui.models.state_panel import failure_words
from chatdesk.ui.widgets.banner import Kind

MORE = 2  # times as many results as before
MOST_RESULTS = 500
PAUSE_MS = 180  # at one row of the list, after which its model is asked for
Fits = Callable[[RemoteRepository, CancelToken], Iterator[tuple[Variant, Fit]]]


def _no_fits(_: RemoteRepository, __: CancelToken) -> Iterator[tuple[Variant, Fit]]:
    return iter(())


class FindController(QObject):
    """Each method is what a user does; answers that nobody waits for any more are dropped.

    `access` tells how to reach the Hub and may raise HubError, `room` how many bytes a model's file may have
    on this machine, `fits` whether the variants of a model run here; all are called in a worker thread.
    """

    download_requested = Signal(object, object)  # RemoteRepository, Variant
    refused = Signal(str)  # why the download of a recommended model could not begin
    settings_requested = Signal()
    downloads_requested = Signal()  # show them
    link_activated = Signal(str)

    def __init__(
        self,
        view: FindView,
        flow: HubFlow,
        runner: JobRunner,
        access: Callable[[], HubAccess],
        room: Callable[[], int],
        fits: Fits = _no_fits,
    ) -> None:
        super().__init__(view)
        self.view = view
        self._flow = flow
        self._access = access
        self._room = room
        self._fits_of = fits
        self._query = HubQuery()
        self._found: tuple[RemoteModel, ...] = ()
        self._address = HubAddress("")  # of the repository that is shown or asked for
        self._wanted: CatalogueModel | None = None
        self._read: RepositoryRead | None = None
        self._judged: list[tuple[Variant, Fit]] = []  # of what was read
        self._retry: Callable[[], None] = lambda: None
        self._search = self._latest(runner, self._show_found, self._search_failed)
        self._look = self._latest(runner, self._looked, self._look_failed)
        self._fits = self._latest(runner, self._show_fit, lambda _: None)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._fetch = self._latest(runner, self._take_recommended, self._recommended_failed)
        self._connect()

    def recommend(self, models: Sequence[CatalogueModel], memory: Memory, speed: float = 0.0) -> None:
        """Recommend what suits `memory`; `speed` in bytes a second, 0 if it was never measured."""
        self.view.discover.show_models(models, memory, speed)

    def search(self, query: HubQuery) -> None:
        """Search the Hub; the list is replaced."""
        self._query = query
        self.view.state.wait(tr("Searching…"))
        self.view.show_state()
        self._search.start(lambda cancel: self._flow.search(query, self._access(), cancel))

    def search_more(self) -> None:
        """Add to the list what follows."""
        limit = min(MOST_RESULTS, self._query.limit * MORE)
        self._query = query = replace(self._query, limit=limit)
        self._search.start(lambda cancel: self._flow.search(query, self._access(), cancel))

    def open(self, address: HubAddress) -> None:
        """Show a repository that stands in no list."""
        self._search.stop()
        self.view.bar.name(address.repository)
        self._found = ()
        self.view.list.show_results([])
        self._show(address)
        self._ask()
        self.view.hide_list()

    def choose(self, name: str) -> None:
        """Show the repository called "owner/name", which stands in the list."""
        self._show(HubAddress(name))

    def download_recommended(self, model: CatalogueModel) -> None:
        """Ask the Hub for a recommended model, then for its download."""
        self._wanted = model
        self.view.notice.tell(Kind.info, tr("Asking for {name}…").format(name=model.title))
        address = HubAddress(model.repository, model.file)
        # The first answer is enough: nobody reads the card.
        self._fetch.start(
            lambda cancel: islice(self._flow.look(address, self._room(), self._access(), cancel), 1)
        )

    def tell_started(self, request: DownloadRequest) -> None:
        """Say that a download has been taken into the queue."""
        title = title_of(request)
        self.view.notice.tell(
            Kind.info,
            tr("“{title}” is in the queue of downloads.").format(title=title),
            tr("Show downloads"),
            8,
        )

    def show_downloads(self, downloads: Sequence[Download]) -> None:
        """Let the buttons say what became of the downloads that they began."""
        known = {(each.request.repository, each.request.files[0].path): each for each in downloads}
        self.view.detail.show_downloads(known)
        self.view.discover.show_downloads(known)

    def refresh(self) -> None:
        """Ask again for what is shown: the settings or the token have changed."""
        if self.view.searching and self._address.repository:
            self._show(self._address)

    def _show(self, address: HubAddress) -> None:
        """Make room for a model, which is asked for by `_ask`, or after a pause."""
        self._address = address
        self._look.stop()
        self._fits.stop()
        self.view.detail.show_waiting(address.repository)
        self.view.show_details()
        self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        address = self._address
        self._look.start(lambda cancel: self._flow.look(address, self._room(), self._access(), cancel))

    def _latest(
        self, runner: JobRunner, show: Callable[..., None], fail: Callable[[Exception], None]
    ) -> Latest:
        latest = Latest(runner, self)
        latest.produced.connect(show)
        latest.failed.connect(fail)
        return latest

    def _connect(self) -> None:
        view = self.view
        view.bar.searched.connect(self.search)
        view.bar.named.connect(self.open)
        view.more_requested.connect(self.search_more)
        view.list.chosen.connect(self.choose)
        view.discover.popular_requested.connect(lambda: self.search(view.bar.query))
        view.discover.details_requested.connect(lambda name: self.open(HubAddress(name)))
        view.discover.download_requested.connect(self.download_recommended)
        view.notice.action.connect(self.downloads_requested)
        view.state.acted.connect(self._try_again)
        view.detail.state.acted.connect(self._try_again)
        view.detail.download_requested.connect(self.download_requested)
        view.detail.link_activated.connect(self.link_activated)

    def _show_found(self, models: list[RemoteModel]) -> None:
        self._found = tuple(models)
        if not models:
            self.view.state.tell(
                "search",
                tr("No model on the Hub has these words."),
                tr("Check the spelling, or search for fewer words."),
            )
            self.view.show_state()
            return
        self.view.list.show_results(models, self._address.repository)
        self.view.show_list(more=self._query.limit <= len(models) < MOST_RESULTS)

    def _search_failed(self, error: Exception) -> None:
        self._tell(self.view.state.tell, error, lambda: self.search(self._query))
        self.view.show_state()

    def _looked(self, event: RepositoryRead | CardRead) -> None:
        if isinstance(event, CardRead):
            self.view.detail.show_card(event.text)
        else:
            repository = event.repository
            self._read, self._judged = event, []
            self.view.detail.show_repository(event)
            self._fits.start(lambda cancel: self._fits_of(repository, cancel))

    def _show_fit(self, found: tuple[Variant, Fit]) -> None:
        variant, fit = found
        self.view.detail.show_fit(variant.first.path, fit)
        self._judged.append(found)
        if self._read is not None:
            read = self._read
            self.view.detail.show_advice(advice_after(read.repository, self._judged, read.room))

    def _look_failed(self, error: Exception) -> None:
        address = self._address
        self._tell(self.view.detail.show_state, error, lambda: self._show(address))

    def _take_recommended(self, event: RepositoryRead | CardRead) -> None:
        wanted = self._wanted
        if wanted is None or isinstance(event, CardRead):
            return
        self._wanted = None
        if event.named is not None:
            self.view.notice.dismiss()
            # What was offered is a model for texts, of the size that was told.
            self.download_requested.emit(replace(event.repository, projectors=()), event.named)
            return
        self.open(HubAddress(wanted.repository))
        gone = tr("The recommended file is not there any more; choose another one below.")
        self.view.notice.tell(Kind.warning, gone)
        self.refused.emit(tr("The recommended file is not there any more; choose another model."))

    def _recommended_failed(self, error: Exception) -> None:
        wanted, self._wanted = self._wanted, None
        if isinstance(error, TermsNotAccepted) and wanted is not None:
            self.open(HubAddress(wanted.repository))
        why = " ".join(failure_words(error)).strip()
        self.view.notice.tell(Kind.error, why)
        self.refused.emit(why)

    def _try_again(self) -> None:
        self._retry()

    def _tell(
        self, tell: Callable[[str, str, str, str], None], error: Exception, again: Callable[[], None]
    ) -> None:
        offline = isinstance(error, HubOffline)
        self._retry = self.settings_requested.emit if offline else again
        sentence, hint = failure_words(error)
        action = tr("Open settings") if offline else tr("Try again")
        tell("info" if offline else "triangle-alert", sentence, hint, action)
