"""Where pages meet: what one part of the window does reaches the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from chatdesk import paths as places
from chatdesk.comfort_joints import ComfortJoints
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.settings import Density, Settings
from chatdesk.domain.words import tr
from chatdesk.key_joints import KeyJoints
from chatdesk.palette_joints import PaletteJoints
from chatdesk.ui.jobs import Job
from chatdesk.ui.shortcuts import use_keys
from chatdesk.ui.widgets.banner import Kind

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.domain.documents import Document
    from chatdesk.ui.chat.first_model import FirstModel

OFFER_MS = 400  # not before the first window stands
IDLE_CHECK_MS = 15_000
DOWNLOADS_MS = 3_000  # not while the window opens
FIRST_BACKUP_MS = 30_000  # not while the user begins to work
BACKUP_CHECK_MS = 3_600_000


class Joints(QObject):
    """Models, documents and settings reach the pages that are concerned."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self._first: FirstModel | None = None
        self._idle = self._every(IDLE_CHECK_MS, self.unload_when_idle)
        self._backups = self._every(BACKUP_CHECK_MS, self.back_up_daily)
        QTimer.singleShot(OFFER_MS, self, self.offer_model)
        QTimer.singleShot(FIRST_BACKUP_MS, self, self.back_up_daily)
        QTimer.singleShot(DOWNLOADS_MS, self, self.go_on_downloading)
        self.comfort, self.palette = ComfortJoints(app), PaletteJoints(app)
        self._keys = KeyJoints(app, self)
        self._connect()

    def close(self) -> None:
        """Stop what looks at the store by itself."""
        self.comfort.close()
        self._idle.stop()
        self._backups.stop()
        if self._first is not None:
            self._first.stop()

    def use_model(self, path: Path) -> None:
        """Use a model from now on, and show the open chat unless a summary or translation is at hand."""
        self._app.chat.pick_model(path)
        if self._app.window.page_name not in ("summarize", "translate"):  # there it is used just as well
            self._app.window.show_page("chat")

    def follow_models(self, places: Mapping[Path, Path]) -> None:
        """Let the open chat use its model where that has been moved to."""
        chat = self._app.chat.chat
        if place := places.get(Path(chat.conversation.model)):
            chat.choose(model=str(place))

    def show_models(self, view: str = "") -> None:
        """Show the models page, on the given view or where it suits: who has no real model needs one."""
        self._app.window.show_page("models")
        if not view and self._app.chat.chat.model_path() == places.starter_model():
            view = "search"
        if view:
            self._app.models.show_view(view)

    def open_target(self, text: str) -> None:
        """Show the model that a start of the application was asked to open: a file, or one on the Hub.

        Or translate what was copied, or ask a quick question, where it was asked for that.
        """
        from chatdesk.flows.opening import CLIPBOARD, QUICK_ASK, target_of

        if text == QUICK_ASK:
            self.comfort.quick_ask()
            return
        if text == CLIPBOARD:
            self._keys.translate_clipboard()
            return
        target = target_of(text, self._app.settings.value)
        if isinstance(target, Path):
            self._app.models.open_file(target)
        elif target is not None:
            self._app.hub.open(target)

    def offer_model(self) -> None:
        """Offer a real model to who has none."""
        app = self._app
        if app.closed:
            return
        from chatdesk.ui.chat.first_model import FirstModel

        first = FirstModel(
            app.chat.page.welcome, app.model_flow, app.library, app.hub, app.settings, app.jobs
        )
        self._first = first
        first.models_requested.connect(self.show_models)
        first.use_requested.connect(self.use_model)
        first.settings_requested.connect(lambda: app.window.show_page("settings"))
        first.failed.connect(app.chat.show_error)
        first.counted.connect(app.hub.tell_usable)
        app.hub.refused.connect(first.show_refusal)

    def go_on_downloading(self) -> None:
        """Let downloads run that an earlier start has left waiting."""
        if not self._app.closed:
            self._app.hub.begin()

    def take_model(self, path: Path, title: str) -> None:
        """Put a model that was downloaded into the list, and say so."""
        app = self._app
        try:
            app.library().keep_checksums(path)
            app.settings.put(app.model_flow.remember(app.settings.value, path))
        except ChatDeskError as error:
            app.chat.show_error(error)
            return
        QApplication.alert(app.window)
        if self._first is not None and self._first.take(path):
            return
        sentence = tr("“{title}” is ready.").format(title=title)
        app.chat.notify(Kind.info, sentence, tr("Use it"), lambda: self.use_model(path))

    def tell_given_up(self, path: Path, title: str, why: str) -> None:
        """Say that a download has ended without its model, unless the card of the first model does."""
        if self._first is not None and self._first.take(path):
            return
        sentence = tr("“{title}” was not downloaded: {why}").format(title=title, why=why)
        if self._app.hub.tell_beside_search(sentence):
            return
        self._app.chat.notify(
            Kind.error, sentence, tr("Show downloads"), lambda: self.show_models("downloads")
        )

    def ask_about(self, document: Document) -> None:
        """Begin a chat that has a document attached."""
        chat = self._app.chat
        try:
            attachment = self._app.chats.keep(document)
        except ChatDeskError as error:
            chat.show_error(error)
            return
        self._keys.on_chat(chat.new)
        chat.page.composer.add_attachment(attachment)

    def unload_when_idle(self) -> None:
        """Give the model's memory back when nobody has used it for as long as the settings say."""
        minutes = self._app.settings.value.idle_unload_minutes
        idle = self._app.engine.seconds_idle()
        if minutes and idle is not None and idle >= minutes * 60:
            self._app.engine.unload()
            self._app.chat.model.unloaded()

    def back_up_daily(self) -> None:
        """Copy the store into the folder of backups, unless that was done within the last day."""

        if self._app.closed:
            return

        def flow(_: CancelToken) -> Iterator[object]:
            yield self._app.database.back_up(timedelta(days=1), self._app.settings.value.backups_kept)

        job = Job(flow)
        job.failed.connect(self._app.chat.show_error)
        self._app.jobs.start(job)

    def _every(self, milliseconds: int, step: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(step)
        timer.start()
        return timer

    def _connect(self) -> None:
        app = self._app
        app.settings.changed.connect(self._settings_changed)
        app.settings.failed.connect(app.chat.show_error)
        app.chat.models_page_requested.connect(self.show_models)
        app.chat.model_file_requested.connect(app.models.ask_for_file)
        app.chat.chat.changed.connect(lambda _: app.models.refresh())
        app.chat.page.link_activated.connect(self._open_link)
        app.chat.actions.document_requested.connect(app.attaching.show_document)
        app.attaching.failed.connect(app.chat.show_error)
        app.attaching.told.connect(lambda sentence: app.chat.notify(Kind.warning, sentence))
        app.attaching.model_files.connect(lambda paths: app.models.open_file(paths[-1]))
        self._settings_changed(app.settings.value)
        app.window.rail.help_requested.connect(self._keys.show_shortcuts)
        app.models.chosen.connect(self.use_model)
        app.models.moved.connect(self.follow_models)
        app.models.failed.connect(app.chat.show_error)
        app.models.changed.connect(app.chat.model.refresh)
        self._connect_hub()
        app.summarize.ask_requested.connect(self.ask_about)
        app.summarize.models_page_requested.connect(self.show_models)
        app.summarize.model_file_requested.connect(app.models.ask_for_file)
        app.summarize.failed.connect(app.chat.show_error)
        app.translate.models_page_requested.connect(self.show_models)
        app.translate.model_file_requested.connect(app.models.ask_for_file)
        app.translate.failed.connect(app.chat.show_error)

    def _connect_hub(self) -> None:
        app, hub = self._app, self._app.hub
        hub.arrived.connect(self.take_model)
        hub.gave_up.connect(self.tell_given_up)
        hub.use_requested.connect(app.models.open_file)
        hub.view_requested.connect(self.show_models)
        hub.settings_requested.connect(lambda: app.window.show_page("settings"))
        hub.link_activated.connect(self._open_card_link)
        hub.running_changed.connect(app.models.set_running)
        hub.failed.connect(app.chat.show_error)

    def _settings_changed(self, settings: Settings) -> None:
        use_keys(settings.keys)
        compact = settings.density is Density.compact
        self._app.themes.apply(settings.theme, settings.text_size, settings.text_font, compact=compact)
        self._app.chat.page.set_text_size(settings.text_size)
        self._app.chat.page.set_reading(settings.reading)

    def _open_link(self, address: str) -> None:
        from chatdesk.ui.links import ask_and_open

        ask_and_open(address, self._app.window)

    def _open_card_link(self, address: str) -> None:
        from chatdesk.ui.links import ask_and_open

        question = tr("The model's makers gave this link. Open it outside ChatDesk?")
        ask_and_open(address, self._app.window, question)
