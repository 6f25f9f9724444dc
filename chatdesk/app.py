"""Builds everything and joins it: the only file that knows all rooms."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

import chatdesk.ui  # noqa: F401  before the others: it makes their import cheaper
from chatdesk import paths as places
from chatdesk.chat_joints import ChatJoints
from chatdesk.documents.reader import DocumentReader, scan_survey
from chatdesk.domain.words import tr
from chatdesk.engine.gguf import GgufFiles
from chatdesk.engine.local import LocalEngine
from chatdesk.flows.chat import ChatFlow
from chatdesk.flows.documents import DocumentFlow
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.passages import PassageFlow
from chatdesk.flows.recognition import RecognitionFlow
from chatdesk.hub_joints import HubJoints
from chatdesk.joints import Joints
from chatdesk.keeping_joints import KeepingJoints
from chatdesk.languages.detector import LanguageDetector
from chatdesk.paths import Paths
from chatdesk.storage.database import Database
from chatdesk.storage.folders import FolderStore
from chatdesk.storage.library import ModelStore
from chatdesk.storage.passages import PassageStore
from chatdesk.storage.settings_file import JsonSettings
from chatdesk.storage.temporary import AllChats, RecognisedForChats
from chatdesk.summarize_joints import SummarizeJoints
from chatdesk.template_joints import TemplateJoints
from chatdesk.text_rooms import TextRooms
from chatdesk.translate_joints import TranslateJoints
from chatdesk.ui.chat.answers import Answers
from chatdesk.ui.chat.attaching import Attaching
from chatdesk.ui.chat.choosing import Choosing
from chatdesk.ui.chat.controller import ChatController
from chatdesk.ui.chat.open_chat import OpenChat
from chatdesk.ui.chat.page import ChatPage
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.main_window import MainWindow, RailEntry
from chatdesk.ui.models.controller import ModelsController
from chatdesk.ui.pictures.reading import PictureReader
from chatdesk.ui.theme import Themes

if TYPE_CHECKING:
    from chatdesk.flows.library import LibraryFlow

log = logging.getLogger(__name__)

JOBS = 4  # answers that may wait for the model at once
BIN_DAYS = 30  # deleted chats are kept this long
BUSY_SECONDS = 1.5  # the window waits this long for another program that holds the store


@dataclass(eq=False)
class App:
    """The running application; `close` ends it in order."""

    window: MainWindow
    chat: ChatController
    attaching: Attaching
    models: ModelsController
    model_flow: ModelFlow
    library: Callable[[], LibraryFlow]
    hub: HubJoints
    summarize: SummarizeJoints
    translate: TranslateJoints
    languages: LanguageDetector
    engine: LocalEngine
    settings: CurrentSettings
    themes: Themes
    chats: AllChats
    chat_flow: ChatFlow
    database: Database
    jobs: JobRunner
    answers: Answers
    chat_joints: ChatJoints = field(init=False)
    templates: TemplateJoints = field(init=False)
    keeping: KeepingJoints = field(init=False)
    joints: Joints = field(init=False)
    closed: bool = False

    def join(self, backups: Path) -> None:
        """Let the parts meet once all of them are there; `backups` is the folder of the store's copies."""
        self.chat_joints = ChatJoints(self)
        self.templates = TemplateJoints(self)
        self.keeping = KeepingJoints(self, backups)
        self.joints = Joints(self)

    def close(self) -> None:
        """Stop answers (what has arrived is stored), end the model's process, close the store."""
        if self.closed:
            return
        self.closed = True
        self.joints.close()
        self.chat_joints.close()
        self.templates.close()
        self.themes.stop()
        self.chat.drafts.store()
        self.answers.close()
        self.jobs.shutdown()
        self.models.close()
        self.hub.close()
        self.summarize.close()
        self.translate.close()
        self.languages.close()
        self.engine.close()
        self.chats.close()
        self.database.close()


def build(
    paths: Paths, backend: str = "chatdesk.engine.llama:LlamaBackend", database: Database | None = None
) -> App:
    """Make all parts and join them; the window is not shown yet. Raises ChatDeskError."""
    paths.create()
    database = database or Database(paths.database, paths.backups, BUSY_SECONDS)
    chats = AllChats(database)
    chats.repair()
    chats.purge(datetime.now(UTC) - timedelta(days=BIN_DAYS))
    engine = LocalEngine(backend, paths.logs / "engine.log")
    settings = CurrentSettings(JsonSettings(paths.settings))
    themes = Themes(settings)
    themes.apply(settings.value.theme, settings.value.text_size)
    jobs = JobRunner(JOBS)
    records = ModelStore(database)
    flow = ChatFlow(chats, engine, records, PassageFlow(PassageStore(chats.home), engine))
    models = ModelFlow(GgufFiles(), places.starter_model(), records)
    page = ChatPage()
    page.set_previews(partial(chats.picture, preview=True))
    answers = Answers(flow, jobs, page)
    choosing = Choosing(models, FolderStore(database), settings)
    open_chat = OpenChat(page, chats, flow, choosing, answers)
    reader = RecognitionFlow(DocumentReader(), scan_survey(), RecognisedForChats(database, chats))
    attaching = Attaching(page.composer, DocumentFlow(reader, PictureReader(), chats), chats, jobs)
    chat = ChatController(page, chats, open_chat, answers, models, settings)
    hub = HubJoints(settings, database, paths, engine, page)
    languages = LanguageDetector()
    texts = TextRooms(settings, database, engine, models, records, languages)
    summarize = SummarizeJoints(texts, page)
    translate = TranslateJoints(texts, page)
    views = {"search": hub.find_view, "downloads": hub.downloads_view}
    library = partial(_library, models, records, database, paths.home)
    model_list = ModelsController(models, library, settings, open_chat.model_path, views, page)

    def templates_page() -> QWidget:
        return app.templates.page()

    def keeping() -> QWidget:
        return app.keeping.row()

    make_settings = partial(_settings_page, settings, paths, hub, keeping)
    entries = [
        RailEntry("chat", tr("Chat"), "message-square", "chat-page", lambda: page),
        RailEntry("summarize", tr("Summarise"), "file-text", "summarize-page", summarize.page),
        RailEntry("translate", tr("Translate"), "translate", "translate-page", translate.page),
        RailEntry("templates", tr("Templates"), "layout-template", "templates-page", templates_page),
        RailEntry("models", tr("Models"), "boxes", "models-page", model_list.page),
        RailEntry("settings", tr("Settings"), "settings", "settings", make_settings),
    ]
    window = MainWindow(entries, paths.window)
    app = App(
        window,
        chat,
        attaching,
        model_list,
        models,
        library,
        hub,
        summarize,
        translate,
        languages,
        engine,
        settings,
        themes,
        chats,
        flow,
        database,
        jobs,
        answers,
    )
    app.join(paths.backups)
    window.closing.connect(app.close)
    chat.start()
    return app


def _library(models: ModelFlow, records: ModelStore, database: Database, home: Path) -> LibraryFlow:
    from chatdesk.flows.library import LibraryFlow
    from chatdesk.hub.elsewhere import Elsewhere
    from chatdesk.storage.downloads import DownloadStore

    return LibraryFlow(models, records, Elsewhere(), DownloadStore(database), home)


def _settings_page(
    settings: CurrentSettings, paths: Paths, hub: HubJoints, keeping: Callable[[], QWidget]
) -> QWidget:
    from chatdesk.ui.settings.page import SettingsPage

    page = SettingsPage(settings.value, paths.home, hub.token_row(), keeping())
    page.changed.connect(settings.put)
    settings.changed.connect(page.show_settings)
    return page
