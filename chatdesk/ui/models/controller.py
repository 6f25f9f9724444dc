"""What the models page does: opens files, forgets them, and says which model was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.settings import Settings
from chatdesk.flows.models import ModelFlow
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chatdesk.flows.library import LibraryFlow
    from chatdesk.ui.models.folder_controller import FolderController
    from chatdesk.ui.models.library import LibraryView
    from chatdesk.ui.models.page import ModelsPage

JOBS = 4  # a search for models, a check of a file, a count and a move of the folder


class ModelsController(QObject):
    """Makes the page when it is first shown, and keeps its library as the settings and the files are.

    `library` and `views` make what the views need, by their names; each is called when it is first shown.
    """

    chosen = Signal(object)  # Path of the model to use in the chat that is open
    changed = Signal()  # a model has another name, place or settings of its own
    moved = Signal(object)  # Mapping of old Paths of models to new ones, before the settings name these
    failed = Signal(object)  # ChatDeskError that the page cannot show, because it is not in sight

    def __init__(
        self,
        flow: ModelFlow,
        library: Callable[[], LibraryFlow],
        settings: CurrentSettings,
        in_use: Callable[[], Path],
        views: Mapping[str, Callable[[], QWidget]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._make_flow = library
        self._runner: JobRunner | None = None
        self._settings = settings
        self._in_use = in_use
        self._views = views
        self._page: ModelsPage | None = None
        self._library: LibraryView | None = None
        self._folder: FolderController | None = None
        self._running = 0
        settings.changed.connect(lambda _: self.refresh())

    def page(self) -> ModelsPage:
        """Return the page, made at the first call."""
        if self._page is None:
            from chatdesk.ui.models.page import ModelsPage, View

            others = {View(name): make for name, make in self._views.items()}
            page = self._page = ModelsPage({View.library: self._make_library, **others})
            page.open_requested.connect(self.open_file)
            page.set_running(self._running)
            self.refresh()
        return self._page

    def show_view(self, name: str) -> None:
        """Show one of the page's views: "library", "search" or "downloads"."""
        from chatdesk.ui.models.page import View

        self.page().show_view(View(name))

    def set_running(self, count: int) -> None:
        """Show on the page how many downloads run."""
        self._running = count
        if self._page is not None:
            self._page.set_running(count)

    def refresh(self) -> None:
        """Show the models as they are now."""
        if self._library is not None:
            self._library.show_models(self._flow.installed(self._settings.value), self._in_use())

    def open_file(self, path: Path) -> None:
        """Add a model file to the list and choose it."""
        try:
            settings, model = self._flow.open_file(self._settings.value, path)
        except ChatDeskError as error:
            if self._page is not None and self._library is not None and self._page.isVisible():
                self.show_view("library")
                self._library.show_problem(error.sentence, error.hint)
            else:
                self.failed.emit(error)
            return
        self._settings.put(settings)
        self.chosen.emit(model.path)

    def close(self) -> None:
        """Stop what runs."""
        if self._folder is not None:
            self._folder.close()
        if self._runner is not None:
            self._runner.shutdown()

    def ask_for_file(self) -> None:
        """Let the user choose a model file from disk."""
        self.page().ask_for_file()

    def _make_library(self) -> LibraryView:
        from chatdesk.ui.models.folder_controller import FolderController
        from chatdesk.ui.models.library import LibraryView
        from chatdesk.ui.models.library_controller import LibraryController
        from chatdesk.ui.trash import SystemTrash

        view = self._library = LibraryView()
        view.shown.connect(self._settings.read_again)  # a terminal may have downloaded a model
        view.shown.connect(self.refresh)
        view.use_requested.connect(self.chosen)
        view.find_requested.connect(lambda: self.show_view("search"))
        view.forget_requested.connect(lambda path: self._change(self._flow.forget, path))
        view.restore_requested.connect(lambda path: self._change(self._flow.remember, path))
        self._runner = JobRunner(JOBS)
        flow = self._make_flow()
        self._folder = FolderController(view, flow.folder, self._settings, self._runner, self)
        self._folder.moved.connect(self.moved)
        acts = LibraryController(view, flow, self._settings, self._runner, SystemTrash(), self)
        acts.changed.connect(self.refresh)
        acts.changed.connect(self.changed)
        acts.find()
        return view

    def _change(self, step: Callable[[Settings, Path], Settings], path: Path) -> None:
        try:
            self._settings.put(step(self._settings.value, path))
        except ChatDeskError as error:
            self.failed.emit(error)
