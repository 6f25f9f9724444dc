"""Where export, import, printing, backup and restore meet the window and the store."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.banner import Kind

if TYPE_CHECKING:
    from chatdesk.app import App
    from chatdesk.domain.chat_archive import Backup
    from chatdesk.flows.chat_export import ChatExport
    from chatdesk.flows.chat_import import ChatImport
    from chatdesk.storage.chat_archive import ArchiveStore
    from chatdesk.ui.chat.chat_drag import Chosen
    from chatdesk.ui.chat.exporting import Exporting
    from chatdesk.ui.chat.importing import Importing
    from chatdesk.ui.settings.keeping import KeepingRow
    from chatdesk.ui.settings.restoring import Restoring


class KeepingJoints(QObject):
    """Builds these parts when they are first used."""

    def __init__(self, app: App, backups: Path) -> None:
        """`backups` is the folder of the copies of the store."""
        super().__init__(app.window)
        self._app = app
        self._backups = backups
        self.backup_to_restore: Path | None = None  # read by whoever starts the window again
        self._row: KeepingRow | None = None
        self._connect()

    @cached_property
    def exporting(self) -> Exporting:
        """What writes chats to files and onto paper."""
        from chatdesk.ui.chat.exporting import Exporting

        exporting = Exporting(self._app.window, self._export_flow, self._archive, self._app.jobs)
        exporting.told.connect(self._tell)
        exporting.failed.connect(self._fail)
        return exporting

    @cached_property
    def importing(self) -> Importing:
        """What brings chats from files."""
        from chatdesk.ui.chat.importing import Importing

        importing = Importing(self._app.window, self._import_flow, self._app.jobs)
        importing.imported.connect(self._app.chat.list.refresh)
        return importing

    @cached_property
    def restoring(self) -> Restoring:
        """What makes copies of the store and puts one back."""
        from chatdesk.ui.settings.restoring import BackupWays, Restoring

        ways = BackupWays(self._backups, self._back_up, self._listed, self._is_whole)
        restoring = Restoring(self._app.window, ways, self._app.jobs)
        restoring.told.connect(lambda sentence: self._tell(sentence, None))
        restoring.failed.connect(self._fail)
        restoring.restore_requested.connect(self.restore)
        return restoring

    def row(self) -> KeepingRow:
        """Return the buttons for the page of settings."""
        from chatdesk.ui.settings.keeping import KeepingRow

        self._row = row = KeepingRow()
        row.export_requested.connect(self.exporting.export_everything)
        row.import_requested.connect(self.importing.open)
        row.backup_requested.connect(self.restoring.back_up)
        row.restore_requested.connect(self.restoring.ask)
        return row

    def export_open_chat(self) -> None:
        """Let the user export the chat that is shown."""
        self.exporting.export_chat(self._app.chat.chat.conversation.id)

    def print_open_chat(self) -> None:
        """Let the user print the chat that is shown."""
        self.exporting.print_chat(self._app.chat.chat.conversation.id)

    def import_chats(self) -> None:
        """Let the user choose a file with chats."""
        self.importing.open()

    def restore(self, backup: Path) -> None:
        """Close the window; who started it puts the backup into its place and opens it again."""
        self.backup_to_restore = backup
        self._app.window.quit()

    def _connect(self) -> None:
        chat, window = self._app.chat, self._app.window
        menu = chat.page.header.menu_button.menu()
        *_, deleting = menu.actions()
        for title, shortcut, act in (
            (tr("Export…"), "export-chat", self.export_open_chat),
            (tr("Print…"), "print-chat", self.print_open_chat),
        ):
            action = QAction(title, menu)
            action.setObjectName(shortcut)
            action.triggered.connect(lambda _checked=False, act=act: act())
            menu.insertAction(deleting, action)
            window.bind(shortcut, act)
        menu.insertSeparator(deleting)
        window.bind("import-chats", self.import_chats)
        self._app.chat_joints.arranging.export_requested.connect(self._export)

    def _tell(self, sentence: str, path: Path | None) -> None:
        """Say it where the user is: on the page of settings, else above the chat."""
        if self._row is not None and self._app.window.page_name == "settings":
            self._row.tell(sentence)
            return
        if path is None:
            self._app.chat.notify(Kind.info, sentence)
            return
        folder = path.parent
        self._app.chat.notify(Kind.info, sentence, tr("Open folder"), lambda: _open_folder(folder))

    def _fail(self, error: Exception) -> None:
        self._app.chat.show_error(error)
        if self._row is not None and self._app.window.page_name == "settings":
            self._row.tell(f"{error} {getattr(error, 'hint', '')}".strip())

    def _export(self, chosen: Chosen) -> None:
        if chosen.folders:
            self.exporting.export_folder(chosen.folders[0])
        else:
            self.exporting.export_chats(chosen.chats)

    def _archive(self) -> ArchiveStore:
        from chatdesk.storage.chat_archive import ArchiveStore

        return ArchiveStore(self._app.database)

    def _export_flow(self) -> ChatExport:
        from chatdesk.documents.chats.files import ChatFileRoom
        from chatdesk.flows.chat_export import ChatExport
        from chatdesk.ui.pictures.reading import PictureReader

        return ChatExport(ChatFileRoom(PictureReader().decode), self._archive())

    def _import_flow(self) -> ChatImport:
        from chatdesk.documents.chats.files import ChatFileRoom
        from chatdesk.flows.chat_import import ChatImport
        from chatdesk.ui.pictures.reading import PictureReader

        return ChatImport(ChatFileRoom(PictureReader().decode), self._archive())

    def _back_up(self) -> Path | None:
        return self._app.database.back_up(kept=self._app.settings.value.backups_kept)

    def _listed(self) -> list[Backup]:
        from chatdesk.storage.backups import listed

        return listed(self._backups)

    def _is_whole(self, backup: Path) -> bool:
        from chatdesk.storage.backups import is_readable

        return is_readable(backup)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
