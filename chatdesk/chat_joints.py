"""Where the parts around a chat meet: folders and bin, branches, context, attachments, templates, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.storage.folders import FolderStore

if TYPE_CHECKING:
    from chatdesk.app import App


class ChatJoints(QObject):
    """Builds each part and joins it with the chat page."""

    def __init__(self, app: App) -> None:
        super().__init__(app.window)
        self._app = app
        self.folders = FolderStore(app.database)
