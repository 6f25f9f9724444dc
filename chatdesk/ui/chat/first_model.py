"""Leads who has the demonstration alone to a real model: one that is there already, or one to download."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.catalogue import CatalogueModel, Purpose
from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.library import FoundModel
from chatdesk.domain.words import tr, trn
from chatdesk.flows.fits import first_choice, is_tight
from chatdesk.flows.models import Memory, ModelFlow, writes
from chatdesk.ui.chat.first_model_card import FirstModelCard, Offer
from chatdesk.ui.chat.welcome import Welcome
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import Job, JobRunner
from chatdesk.ui.models.downloads.words import Live, arrived_of, file_of, progress_words, state_words
from chatdesk.ui.models.find.recommended import ASSUMED_SPEED, line_words, size_and_time, tight_words

if TYPE_CHECKING:
    from chatdesk.flows.library import LibraryFlow

TICK_MS = 500  # between two looks at a download
_GOES_ON = (DownloadState.waiting, DownloadState.running)


class Fetching(Protocol):
    """What can be recommended for this computer, and the queue of downloads."""

    def catalogue(self) -> Sequence[CatalogueModel]:
        """Return all recommended models; nothing is asked for."""
        ...

    def memory(self, cancel: CancelToken) -> Memory:
        """Return this computer's memory with that of graphics cards; asked in a worker thread."""
        ...

    def fetch(self, model: CatalogueModel) -> None:
        """Ask the Hub for `model` and put it into the queue."""
        ...

    def progress(self, model: CatalogueModel) -> tuple[Download | None, float]:
        """Return its download, if there is one, and the bytes a second of all downloads."""
        ...


@dataclass(frozen=True, slots=True)
class _Looked:
    found: tuple[FoundModel, ...]
    recommended: CatalogueModel | None
    now: Memory


class FirstModel(QObject):
    """Puts a card into the welcome while there is no real model. By itself it asks the network nothing."""

    models_requested = Signal(str)  # the view of the models page to show
    use_requested = Signal(object)  # Path
    settings_requested = Signal()
    counted = Signal(int)  # models of other applications that can be used
    failed = Signal(object)  # ChatDeskError

    def __init__(
        self,
        welcome: Welcome,
        models: ModelFlow,
        library: Callable[[], LibraryFlow],
        hub: Fetching,
        settings: CurrentSettings,
        jobs: JobRunner,
    ) -> None:
        super().__init__(welcome)
        self._welcome = welcome
        self._models = models
        self._library = library
        self._hub = hub
        self._settings = settings
        self._jobs = jobs
        self._card: FirstModelCard | None = None
        self._stopped = False
        self._looking = False
        self._looked: _Looked | None = None
        self._fetching = False  # the download was begun, here or before the last start
        self._begun = False  # it is in the queue
        self._refusal = ""
        self._act: Callable[[], None] = lambda: None
        self._other: Callable[[], None] = lambda: None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.refresh)
        welcome.model_shown.connect(self.refresh)
        settings.changed.connect(lambda _: self.refresh())
        self.refresh()

    @property
    def card(self) -> FirstModelCard | None:
        """The card, once there was something to show on it."""
        return self._card

    def refresh(self) -> None:
        """Show what is to be offered now, or nothing; look for it first if that was not done."""
        if self._stopped:
            return
        if not self._is_wanted():
            self._tick.stop()
            if self._card is not None:
                self._card.hide()
        elif self._looked is not None:
            self._show(self._looked)
        elif not self._looking:
            self._look()

    def stop(self) -> None:
        """Look at nothing any more: the store is about to close."""
        self._stopped = True
        self._tick.stop()

    def take(self, path: Path) -> bool:
        """Show that the model at `path` has arrived; False when the card is of another, or not in sight."""
        self.refresh()
        known = self._looked.recommended if self._looked is not None else None
        if known is None or self._card is None or not self._card.isVisible():
            return False
        download, _ = self._hub.progress(known)
        return download is not None and file_of(download) == path

    def show_refusal(self, sentence: str) -> None:
        """Say why a download could not begin, if that is the one of the card."""
        if self._fetching and not self._begun:
            self._refusal = sentence
            self.refresh()

    def _is_wanted(self) -> bool:
        model, settings = self._welcome.model, self._settings.value
        if model is None or not model.demonstration or not settings.offer_model:
            return False
        return self._fetching or not any(
            not each.demonstration and not each.problem and each.header is not None and writes(each.header)
            for each in self._models.installed(settings)
        )

    def _look(self) -> None:
        self._looking = True
        settings = self._settings.value

        def flow(cancel: CancelToken) -> Iterator[_Looked]:
            found = tuple(self._library().find(settings, cancel))
            chats = [model for model in self._hub.catalogue() if model.purpose is Purpose.chat]
            if not cancel.cancelled:
                now = self._hub.memory(cancel)
                yield _Looked(found, first_choice(chats, now), now)

        job = Job(flow)
        job.produced.connect(self._take_look)
        self._jobs.start(job)

    def _take_look(self, looked: _Looked) -> None:
        if self._stopped:
            return
        self._looked = looked
        self.counted.emit(len(looked.found))
        if looked.recommended is not None:
            download, _ = self._hub.progress(looked.recommended)
            self._fetching = download is not None and download.state is not DownloadState.done
        self.refresh()

    def _show(self, looked: _Looked) -> None:
        offer = self._offer(looked)
        if offer is None:
            return
        if self._card is None:
            self._card = FirstModelCard()
            self._card.acted.connect(self._press)
            self._card.other_requested.connect(self._press_other)
            self._card.put_away.connect(lambda: self._settings.change(offer_model=False))
            self._welcome.add(self._card)
        self._card.show_offer(offer)
        self._card.show()

    def _offer(self, looked: _Looked) -> Offer | None:
        model = looked.recommended
        if self._fetching and model is not None:
            download, speed = self._hub.progress(model)
            if download is not None or not self._begun:
                return self._progress(model, download, speed)
            self._fetching = self._begun = False  # the user has taken it out of the queue
            self._tick.stop()
        if looked.found:
            self._act = lambda: self._use_found(looked.found)
            words = trn("{count} usable model", "{count} usable models", len(looked.found))
            return Offer(
                tr("You already have {models} on this computer.").format(models=words),
                tr("They stay where they are: nothing is copied, moved or deleted."),
                action=tr("Use one of them"),
            )
        if model is None:
            return None
        self._other = lambda: self.models_requested.emit("search")
        title = tr("A real model for this computer: {title}").format(title=model.title)
        if self._settings.value.offline:
            self._act = self.settings_requested.emit
            offline = tr("ChatDesk is in offline mode, so it cannot be downloaded now.")
            return Offer(title, model.good_at, offline, tr("Open settings"))
        self._act = lambda: self._fetch(model)
        speed = self._settings.value.line_speed or ASSUMED_SPEED
        facts = [
            size_and_time(model.bytes, speed),
            tr("on a line of {line}").format(line=line_words(speed)),
        ]
        licence = tr("Licence: {name}").format(name=model.licence)
        lines = [" ".join(facts) + f" · {licence}"]
        if is_tight(model, looked.now):
            lines.append(tight_words(looked.now))
        return Offer(title, model.good_at, "\n".join(lines), tr("Download"), tr("Other models"))

    def _progress(self, model: CatalogueModel, download: Download | None, speed: float) -> Offer:
        """Return how far the download is; look again while that changes by itself."""
        self._begun = download is not None
        waits = download is None or download.state in _GOES_ON
        self._other = lambda: self.models_requested.emit("downloads")
        show = tr("Show downloads")
        if self._refusal or not waits:
            self._tick.stop()
        else:
            self._tick.start()
        if self._refusal:
            self._act = lambda: self._fetch(model)
            self._other = lambda: self.models_requested.emit("search")
            return Offer(model.title, self._refusal, action=tr("Try again"), other=tr("Other models"))
        if download is None:
            asking = tr("Asking for {name}…").format(name=model.title)
            return Offer(model.title, facts=asking, other=show, progress=0.0, can_wait=False)
        if download.state is DownloadState.done:
            self._act = lambda: self.use_requested.emit(file_of(download))
            return Offer(tr("“{title}” is ready.").format(title=model.title), action=tr("Use it"))
        live = Live(download.arrived, speed)
        facts = f"{state_words(download, live)} · {progress_words(download, live)}"
        arrived = arrived_of(download, live) / max(1, download.total)
        if waits:
            return Offer(model.title, facts=facts, other=show, progress=arrived, can_wait=False)
        self._act = lambda: self._fetch(model)
        again = tr("Try again") if download.state is DownloadState.failed else tr("Resume")
        return Offer(model.title, download.problem, facts, again, show, arrived)

    def _fetch(self, model: CatalogueModel) -> None:
        self._fetching, self._begun, self._refusal = True, False, ""
        self._hub.fetch(model)
        self.refresh()

    def _press(self) -> None:
        self._act()

    def _press_other(self) -> None:
        self._other()

    def _use_found(self, found: Sequence[FoundModel]) -> None:
        try:
            self._settings.put(self._library().use(self._settings.value, found))
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        self.counted.emit(0)
        self.models_requested.emit("library")
