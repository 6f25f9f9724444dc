"""Where what makes the window comfortable meets it: notices, the tray and quick ask."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Conversation
from chatdesk.domain.settings import Settings
from chatdesk.domain.words import tr
from chatdesk.flows.chat import AnswerDone, ChatFlow
from chatdesk.flows.options import options_for
from chatdesk.storage.library import ModelStore
from chatdesk.ui.jobs import Job
from chatdesk.ui.notices import Notices, Tell
from chatdesk.ui.widgets.banner import Kind

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.languages.spelling import Dictionaries
    from chatdesk.ui.global_keys import GlobalKeys
    from chatdesk.ui.quick_ask import QuickAsk
    from chatdesk.ui.spelling import Spelling
    from chatdesk.ui.summarize.controller import SummarizeController
    from chatdesk.ui.translate.desk import DeskControl
    from chatdesk.ui.tray import Tray


class ComfortJoints(QObject):
    """Each part is made when it is first used."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self._tray: Tray | None = None
        self._quick: QuickAsk | None = None
        self._spelling: Spelling | None = None
        self._spelling_sought = False
        self.notices = Notices(app.window, lambda: app.settings.value.tell_when_done, self._tell)
        app.answers.busy_changed.connect(self._answers_run)
        app.answers.done.connect(self._answered)
        app.summarize.made.connect(self._follow_summaries)
        app.translate.made.connect(self._follow_translations)
        self._follow_downloads()
        app.settings.changed.connect(self._settings_changed)
        self._global_keys: GlobalKeys | None = None
        app.window.stays_open = self._stays_open
        app.chat.page.composer.box.textChanged.connect(self._seek_spelling)
        self._settings_changed(app.settings.value)

    def quick_ask(self) -> None:
        """Show the small window that asks one question."""
        if self._app.closed:
            return
        if self._quick is None:
            self._quick = self._make_quick_ask()
        self._quick.come_forward()

    def close(self) -> None:
        """Hide what would outlive the window."""
        if self._quick is not None:
            self._quick.deleteLater()
            self._quick = None
        if self._tray is not None:
            self._tray.set_shown(False)
        if self._global_keys is not None:
            self._global_keys.close()

    # Notices and the tray

    def _open_chat(self, conversation: str) -> None:
        self._app.window.show_page("chat")
        self._app.chat.open(conversation)

    def _answers_run(self, busy: frozenset[str]) -> None:
        for conversation in busy:
            self.notices.begin(conversation)

    def _answered(self, event: AnswerDone) -> None:
        chat = self._app.chats.conversation(event.conversation)
        title = chat.title if chat is not None else ""
        text = " ".join(event.shown.message.text.split())[:140] or event.shown.message.error
        self.notices.end(
            event.conversation,
            title or tr("Answer complete"),
            text,
            partial(self._come_to, event.conversation),
        )

    def _come_to(self, conversation: str) -> None:
        self._open_chat(conversation)
        self._app.window.come_forward()

    def _come_to_page(self, name: str) -> None:
        self._app.window.show_page(name)
        self._app.window.come_forward()

    def _follow_summaries(self, controller: SummarizeController) -> None:
        notices, show = self.notices, partial(self._come_to_page, "summarize")
        words = tr("The summary has ended.")
        controller.runs.changed.connect(lambda run: notices.begin(run.summary.id))
        controller.runs.ended.connect(
            lambda run, _: notices.end(run.summary.id, tr("Summarise"), words, show)
        )
        many = tr("The list of documents is done.")

        def queue_changed() -> None:
            if controller.queue.running:
                notices.begin("summaries")
            else:
                notices.end("summaries", tr("Summarise"), many, show)

        controller.queue.changed.connect(queue_changed)

    def _follow_translations(self, desk: DeskControl) -> None:
        notices, show = self.notices, partial(self._come_to_page, "translate")
        words, many = tr("The translation has ended."), tr("The list of documents is done.")
        desk.controller.run.begun.connect(lambda _: notices.begin("translation"))
        desk.controller.run.ended.connect(lambda _: notices.end("translation", tr("Translate"), words, show))

        def documents_changed() -> None:
            if desk.documents.running:
                notices.begin("translations")
            else:
                notices.end("translations", tr("Translate"), many, show)

        desk.documents.changed.connect(documents_changed)

    def _follow_downloads(self) -> None:
        notices, hub, show = self.notices, self._app.hub, partial(self._come_to_page, "models")

        def end(title: str, sentence: str) -> None:
            notices.end(f"download {title}", tr("Downloads"), sentence.format(title=title), show)

        hub.begun.connect(lambda title: notices.begin(f"download {title}"))
        hub.arrived.connect(lambda _, title: end(title, tr("“{title}” is ready.")))
        hub.gave_up.connect(lambda _, title, __: end(title, tr("“{title}” could not be downloaded.")))

    def _tell(self) -> Tell | None:
        from chatdesk.ui.tray import has_tray

        return self._made_tray().tell if has_tray() else None

    def _made_tray(self) -> Tray:
        if self._tray is None:
            from chatdesk.ui.tray import Tray

            self._tray = tray = Tray(self._app.window)
            tray.toggle_requested.connect(self._toggle_window)
            tray.new_chat_requested.connect(self._new_chat)
            tray.ask_requested.connect(self.quick_ask)
            tray.quit_requested.connect(self._app.window.quit)
        return self._tray

    def _toggle_window(self) -> None:
        window = self._app.window
        if window.isVisible() and not window.isMinimized():
            window.hide()
        else:
            window.come_forward()

    def _new_chat(self) -> None:
        self._app.window.show_page("chat")
        self._app.chat.new()
        self._app.window.come_forward()

    def _seek_spelling(self) -> None:
        """Underline misspelt words from the first one on, where there is something to look them up in."""
        if self._spelling_sought or not self._app.settings.value.check_spelling:
            return
        self._spelling_sought = True

        def flow(_: CancelToken) -> Iterator[object]:
            from chatdesk.languages.spelling import installed

            yield installed()  # takes a moment that nobody should wait for who types

        job = Job(flow)
        job.produced.connect(self._take_speller)
        self._app.jobs.start(job)

    def _take_speller(self, speller: Dictionaries | None) -> None:
        if speller is not None and not self._app.closed:
            from chatdesk.ui.spelling import Spelling

            self._spelling = Spelling(self._app.chat.page.composer.box, speller)
            self._spelling.learned.connect(self._learn)
            self._show_spelling(self._app.settings.value)

    def _learn(self, word: str) -> None:
        self._app.settings.change(own_words=(*self._app.settings.value.own_words, word))

    def _show_spelling(self, settings: Settings) -> None:
        if self._spelling is not None:
            self._spelling.set_state(settings.check_spelling, frozenset(settings.own_words))

    def _settings_changed(self, settings: Settings) -> None:
        self._show_spelling(settings)
        self._follow_keys(settings)
        if not settings.tray and self._tray is None:
            return
        from chatdesk.ui.tray import has_tray

        if settings.tray and not has_tray():
            self._app.chat.notify(Kind.info, tr("This desktop has no tray, so that there is no icon in it."))
            return
        self._made_tray().set_shown(settings.tray)

    def _follow_keys(self, settings: Settings) -> None:
        """Have the keys that open quick ask from every application, from the first time on that there are."""
        if self._global_keys is None:
            if not settings.quick_ask_keys:
                return
            from chatdesk.ui.global_keys import GlobalKeys, permitted

            if not permitted():
                return
            self._global_keys = GlobalKeys(parent=self)
            self._global_keys.pressed.connect(self.quick_ask)
            self._global_keys.refused.connect(lambda told: self._app.chat.notify(Kind.warning, told))
        self._global_keys.follow(settings)

    def _stays_open(self) -> bool:
        """Whether closing the window only hides it; said once."""
        settings = self._app.settings.value
        if not (settings.tray and settings.close_to_tray and self._tray is not None):
            return False
        if not settings.tray_told:
            self._app.settings.change(tray_told=True)
            words = tr("Its icon in the tray brings it back; Quit in the icon's menu ends it.")
            self._tray.tell(tr("ChatDesk goes on in the tray"), words, self._app.window.come_forward)
        return True

    # Quick ask

    def _make_quick_ask(self) -> QuickAsk:
        from chatdesk.ui.quick_ask import QuickAsk

        app = self._app

        def begin() -> Conversation:
            settings = app.settings.value
            return Conversation(system=settings.system_prompt, model=settings.default_model)

        flow = ChatFlow(app.chats, app.engine, ModelStore(app.database))
        quick = QuickAsk(
            app.chats,
            flow,
            app.answers,
            begin,
            lambda chat: options_for(
                chat, app.settings.value, app.model_flow.choose(app.settings.value, chat.model)
            ),
        )
        quick.asked.connect(app.chat.chat.asked)
        quick.opened.connect(self._come_to)
        quick.closed.connect(self._quick_closed)
        quick.transcript.link_activated.connect(app.chat.page.link_activated)
        return quick

    def _quick_closed(self) -> None:
        # Where it was opened by a command of the desktop alone, there is no window to come back to.
        hidden = not self._app.window.isVisible() and not self._app.settings.value.tray
        if hidden and self._quick is not None and not self._app.closed:
            QTimer.singleShot(0, self, self._end_when_unused)

    def _end_when_unused(self) -> None:
        """End the application unless a window came forward meanwhile, as “Open as chat” lets one."""
        if not self._app.closed and not self._app.window.isVisible():
            self._app.window.quit()
            QApplication.quit()
