"""What the models page does: opens files, forgets them, and says which model was chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.settings import Settings
from chatdesk.flows.models import ModelFlow
from chatdesk.ui.current_settings import CurrentSettings

if TYPE_CHECKING:
    from chatdesk.ui.models.page import ModelsPage


class ModelsController(QObject):
    """Makes the page when it is first shown, and keeps it as the settings and the files are."""

    chosen = Signal(object)  # Path of the model to use in the chat that is open
    failed = Signal(object)  # ChatDeskError that the page cannot show, because it is not in sight

    def __init__(
        self,
        flow: ModelFlow,
        settings: CurrentSettings,
        in_use: Callable[[], Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._settings = settings
        self._in_use = in_use
        self._page: ModelsPage | None = None
        settings.changed.connect(lambda _: self.refresh())

    def page(self) -> ModelsPage:
        """Return the page, made at the first call."""
        if self._page is None:
            from chatdesk.ui.models.page import ModelsPage

            page = self._page = ModelsPage()
            page.use_requested.connect(self.chosen)
            page.open_requested.connect(self.open_file)
            page.forget_requested.connect(lambda path: self._change(self._flow.forget, path))
            page.restore_requested.connect(lambda path: self._change(self._flow.remember, path))
            self.refresh()
        return self._page

    def refresh(self) -> None:
        """Show the models as they are now."""
        if self._page is not None:
            self._page.show_models(self._flow.installed(self._settings.value), self._in_use())

    def open_file(self, path: Path) -> None:
        """Add a model file to the list and choose it."""
        try:
            settings, model = self._flow.open_file(self._settings.value, path)
        except ChatDeskError as error:
            if self._page is not None and self._page.isVisible():
                self._page.show_problem(error.sentence, error.hint)
            else:
                self.failed.emit(error)
            return
        self._settings.put(settings)
        self.chosen.emit(model.path)

    def ask_for_file(self) -> None:
        """Let the user choose a model file from disk."""
        self.page().ask_for_file()

    def _change(self, step: Callable[[Settings, Path], Settings], path: Path) -> None:
        self._settings.put(step(self._settings.value, path))
