"""Builds what speaks with the Hub when it is first needed, and joins it to the rest of the application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk import paths as places
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.ports import Engine
from chatdesk.domain.settings import Settings
from chatdesk.domain.storage_errors import KeyRingUnusable
from chatdesk.domain.words import tr
from chatdesk.paths import Paths
from chatdesk.storage.database import Database
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner

if TYPE_CHECKING:
    from chatdesk.domain.catalogue import CatalogueModel
    from chatdesk.domain.downloads import Download
    from chatdesk.domain.hub import HubAccess, HubAddress, RemoteRepository, Variant
    from chatdesk.flows.downloads import DownloadFlow
    from chatdesk.flows.models import Memory
    from chatdesk.flows.token import TokenFlow
    from chatdesk.hub.client import HubClient
    from chatdesk.ui.models.downloads.controller import DownloadsController
    from chatdesk.ui.models.downloads.view import DownloadsView
    from chatdesk.ui.models.find.controller import FindController
    from chatdesk.ui.models.find.view import FindView
    from chatdesk.ui.settings.token import TokenRow
    from chatdesk.ui.token.controller import TokenController

LOOK_UPS = 2  # questions to the Hub at once, beside the downloads


class HubJoints(QObject):
    """Nothing of the Hub is imported before one of its methods is called."""

    begun = Signal(str)  # the title of a download
    arrived = Signal(object, str)  # Path of a model that was downloaded, its title
    gave_up = Signal(object, str, str)  # Path of a model that was not, its title, why
    use_requested = Signal(object)  # Path of a model
    view_requested = Signal(str)  # of the models page
    settings_requested = Signal()
    link_activated = Signal(str)
    running_changed = Signal(int)
    refused = Signal(str)  # why the download of a recommended model could not begin
    failed = Signal(object)  # the exception
    _troubled = Signal(object)  # the exception, from a worker thread

    def __init__(
        self,
        settings: CurrentSettings,
        database: Database,
        paths: Paths,
        engine: Engine,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._database = database
        self._paths = paths
        self._engine = engine
        self._tokens: TokenController | None = None
        self._token: TokenFlow | None = None
        self._closing = CancelToken()
        self._look_ups: JobRunner | None = None
        self._fetching: JobRunner | None = None
        self._client: HubClient | None = None
        self._find: FindController | None = None
        self._downloads: DownloadsController | None = None
        self._queue: DownloadFlow | None = None
        self._usable = 0
        self._room_with_cards = 0  # bytes of a model's file that are guessed to fit, once cards were found
        self._offline = settings.value.offline
        settings.changed.connect(self._settings_changed)
        self._troubled.connect(self._tell_trouble)

    def find_view(self) -> FindView:
        """Return the view for finding models."""
        return self._finding().view

    def downloads_view(self) -> DownloadsView:
        """Return the view of the downloads."""
        return self._downloading().view()

    def begin(self) -> None:
        """Go on with downloads that the last run of the application left waiting."""
        if not self._settings.value.offline:
            self._downloading().begin()

    def open(self, address: HubAddress) -> None:
        """Show a model of the Hub."""
        self.view_requested.emit("search")
        self._finding().open(address)

    def catalogue(self) -> Sequence[CatalogueModel]:
        """Return the models that come recommended with the application."""
        from chatdesk.hub.catalogue import read_catalogue

        return read_catalogue(places.assets() / "models.toml")

    def fetch(self, model: CatalogueModel) -> None:
        """Download a recommended model; `refused` says why that cannot begin."""
        self._finding().download_recommended(model)

    def progress(self, model: CatalogueModel) -> tuple[Download | None, float]:
        """Return the download of a recommended model, if there is one, and the bytes a second of all."""
        from chatdesk.storage.downloads import DownloadStore

        known = self._queue.queue() if self._queue is not None else DownloadStore(self._database).queue()
        wanted = (model.repository, model.file)
        same = (each for each in known if (each.request.repository, each.request.files[0].path) == wanted)
        return next(same, None), self._queue.total().speed if self._queue is not None else 0.0

    def memory(self, cancel: CancelToken) -> Memory:
        """Return this computer's memory with that of graphics cards; for worker threads, as it takes time."""
        from chatdesk.flows.models import memory_of

        return memory_of(self._engine.machine(self._settings.value.gpu_layers != 0, cancel))

    def tell_beside_search(self, sentence: str) -> bool:
        """Say what became of a download where models are found; False when that is not in sight."""
        if self._find is None or not self._find.view.isVisible():
            return False
        from chatdesk.ui.widgets.banner import Kind

        self._find.view.notice.tell(Kind.error, sentence, tr("Show downloads"))
        return True

    def tell_usable(self, count: int) -> None:
        """Say beside the recommended models how many of other applications can be used already."""
        self._usable = count
        if self._find is not None:
            self._find.view.discover.tell_usable(count)

    def close(self) -> None:
        """Stop all that runs; downloads wait for the next start."""
        self._closing.cancel()
        if self._tokens is not None:
            self._tokens.close()
        if self._downloads is not None:
            self._downloads.close()
        for runner in (self._look_ups, self._fetching):
            if runner is not None:
                runner.shutdown()

    def token_row(self) -> TokenRow:
        """Return the row of the access token for the page of the settings."""
        from chatdesk.ui.settings.token import TokenRow

        tokens, row = self._tokening(), TokenRow()
        tokens.serve(row.field)
        tokens.told.connect(row.show_state)
        row.forget_requested.connect(tokens.forget)
        return row

    def access(self) -> HubAccess:
        """Return how to reach the Hub now; for worker threads, because a key ring may be asked.

        Raises HubOffline, TokenRefused.
        """
        from chatdesk.flows.hub import hub_access

        access = hub_access(self._settings.value)
        try:
            token = self._token_flow().token(access.endpoint, self._closing)
        except KeyRingUnusable as error:
            self._troubled.emit(error)
            return access
        return hub_access(self._settings.value, token)

    def _hub(self) -> HubClient:
        from chatdesk.hub.client import MANY_TRIES, HubClient

        if self._client is None:
            # Nobody has to sit beside the queue, and who does sees why it waits.
            self._client = HubClient(tries=MANY_TRIES)
        return self._client

    def _finding(self) -> FindController:
        if self._find is None:
            from chatdesk.engine.gguf import GgufFiles
            from chatdesk.flows.fits import FitFlow
            from chatdesk.flows.hub import HubFlow, address_of
            from chatdesk.flows.models import memory
            from chatdesk.ui.jobs import Job
            from chatdesk.ui.models.find.controller import FindController
            from chatdesk.ui.models.find.view import FindView

            self._look_ups = JobRunner(LOOK_UPS)
            view = FindView(lambda text: address_of(text, self._settings.value))
            fits = FitFlow(self._hub(), GgufFiles(), self._engine)
            find = self._find = FindController(
                view,
                HubFlow(self._hub()),
                self._look_ups,
                self.access,
                # The engine, which knows the cards, may be busy with a long answer: nobody waits for it here.
                lambda: max(memory().largest_file, self._room_with_cards),
                lambda repository, cancel: fits.for_variants(
                    repository, self._settings.value, self.access(), cancel
                ),
            )
            find.recommend(self.catalogue(), memory(), self._settings.value.line_speed)
            job = Job(lambda cancel: iter([self.memory(cancel)]))  # cards are asked in a process of their own
            job.produced.connect(self._recommend_for)
            self._look_ups.start(job)
            view.discover.tell_usable(self._usable)
            view.discover.found_requested.connect(lambda: self.view_requested.emit("library"))
            find.refused.connect(self.refused)
            find.download_requested.connect(self._download)
            self._tokening().serve(view.detail.terms.token)
            find.settings_requested.connect(self.settings_requested)
            find.downloads_requested.connect(lambda: self.view_requested.emit("downloads"))
            find.link_activated.connect(self.link_activated)
            downloads = self._downloading()
            downloads.queue_changed.connect(find.show_downloads)
            downloads.refresh()
        return self._find

    def _recommend_for(self, now: Memory) -> None:
        self._room_with_cards = now.largest_file if now.gpus else 0
        if now.gpus and self._find is not None:
            self._find.recommend(self.catalogue(), now, self._settings.value.line_speed)

    def _downloading(self) -> DownloadsController:
        if self._downloads is None:
            from chatdesk.domain.hub import HubAddress
            from chatdesk.flows.downloads import DownloadFlow
            from chatdesk.storage.downloads import DownloadStore
            from chatdesk.ui.models.downloads.controller import AT_ONCE, DownloadsController

            self._token_flow()  # made here, because `access` is called by several threads
            self._fetching = JobRunner(AT_ONCE)
            flow = self._queue = DownloadFlow(DownloadStore(self._database), self._hub(), self.access)
            downloads = self._downloads = DownloadsController(flow, self._fetching, self)
            downloads.begun.connect(self.begun)
            downloads.arrived.connect(self.arrived)
            downloads.gave_up.connect(self.gave_up)
            downloads.measured.connect(self._keep_speed)
            downloads.use_requested.connect(self.use_requested)
            downloads.find_requested.connect(lambda: self.view_requested.emit("search"))
            downloads.look_requested.connect(lambda repository: self.open(HubAddress(repository)))
            downloads.running_changed.connect(self.running_changed)
            downloads.failed.connect(self.failed)
        return self._downloads

    def _download(self, repository: RemoteRepository, variant: Variant) -> None:
        from chatdesk.flows.downloads import models_folder, request_for

        folder = models_folder(self._settings.value, self._paths.home)
        request = request_for(repository, variant, folder)
        self._downloading().add(request)
        self._finding().tell_started(request)

    def _keep_speed(self, speed: float) -> None:
        self._settings.change(line_speed=speed)
        if self._find is not None:
            self._find.view.discover.show_speed(speed)

    def _token_flow(self) -> TokenFlow:
        if self._token is None:
            from chatdesk.flows.token import TokenFlow
            from chatdesk.storage.secrets import TokenStore

            self._token = TokenFlow(TokenStore(self._paths.token))
        return self._token

    def _tokening(self) -> TokenController:
        if self._tokens is None:
            from chatdesk.flows.hub import endpoint_of
            from chatdesk.ui.token.controller import TokenController

            tokens = TokenController(self._token_flow(), lambda: endpoint_of(self._settings.value), self)
            tokens.changed.connect(self._ask_again)
            tokens.failed.connect(self._tell_trouble)
            self._tokens = tokens
        return self._tokens

    def _ask_again(self) -> None:
        if self._find is not None:
            self._find.refresh()

    def _tell_trouble(self, error: Exception) -> None:
        """Say what is wrong with the key ring where the user is."""
        if self._closing.cancelled:
            return
        if self._find is not None and self._find.view.isVisible():
            from chatdesk.ui.models.state_panel import failure_words
            from chatdesk.ui.widgets.banner import Kind

            self._find.view.notice.tell(Kind.warning, " ".join(failure_words(error)).strip())
        else:
            self.failed.emit(error)

    def _settings_changed(self, settings: Settings) -> None:
        if self._tokens is not None:
            self._tokens.refresh()
        if settings.offline == self._offline:
            return
        self._offline = settings.offline
        if self._downloads is not None:
            (self._downloads.stop if settings.offline else self._downloads.go_on)()
