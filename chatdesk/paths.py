"""Where the application keeps its files; the only user of platformdirs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from chatdesk.domain.storage_errors import FolderUnusable


@dataclass(frozen=True, slots=True)
class Paths:
    """Every file below one folder, `home`."""

    home: Path

    @property
    def database(self) -> Path:
        return self.home / "chats.sqlite"

    @property
    def backups(self) -> Path:
        return self.home / "backups"

    @property
    def settings(self) -> Path:
        return self.home / "settings.json"

    @property
    def token(self) -> Path:
        return self.home / "hub-token.json"

    @property
    def window(self) -> Path:
        return self.home / "window.ini"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def lock(self) -> Path:
        return self.home / "running.lock"

    def create(self) -> None:
        """Make the folders. Raises FolderUnusable."""
        try:
            for folder in (self.home, self.backups, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderUnusable(self.home, error.strerror or str(error)) from error
        if not os.access(self.home, os.W_OK | os.X_OK):
            raise FolderUnusable(self.home, "permission denied")


def find_home(chosen: Path | None = None) -> Paths:
    """Return the folder from `--home`, else from CHATDESK_HOME, else the usual one of this system."""
    if chosen is not None:
        return Paths(chosen.expanduser().resolve())
    if given := os.environ.get("CHATDESK_HOME"):
        return Paths(Path(given).expanduser().resolve())
    return Paths(user_data_path("chatdesk", appauthor=False))


def assets() -> Path:
    """Return the folder of icons, tasks and starter model: inside the installed package, else beside it."""
    package = Path(__file__).resolve().parent
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


def task_file(name: str) -> Path:
    """Return the file of a task that comes with the application."""
    return assets() / "tasks" / f"{name}.toml"


def starter_model() -> Path:
    """Return the model file that comes with the application."""
    return assets() / "models" / "chatdesk-starter-q8_0.gguf"
