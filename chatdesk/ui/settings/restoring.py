"""Backs up when it is asked for, and lets the user go back to a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat_archive import Backup
from chatdesk.domain.words import tr
from chatdesk.ui.jobs import Job, JobRunner


@dataclass(frozen=True, slots=True)
class BackupWays:
    """What the store does: it copies everything, tells what copies there are, and whether one is whole."""

    folder: Path
    back_up: Callable[[], Path | None]
    listed: Callable[[], list[Backup]]
    is_whole: Callable[[Path], bool]


class Restoring(QObject):
    """Runs the work of the store in the background."""

    told = Signal(str)
    failed = Signal(object)  # the exception
    restore_requested = Signal(object)  # Path of a backup that is whole

    def __init__(
        self,
        window: QWidget,
        ways: BackupWays,
        runner: JobRunner,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._ways = ways
        self._runner = runner

    def back_up(self) -> None:
        """Copy everything now."""

        def take(path: object) -> None:
            if isinstance(path, Path):
                self.told.emit(tr("Everything is copied into “{name}”.").format(name=path.name))

        self._run(self._ways.back_up, take)

    def ask(self) -> None:
        """Show the backups and let the user choose one."""
        self._run(self._ways.listed, self._show)

    def _show(self, backups: object) -> None:
        from chatdesk.ui.settings.restore_dialog import RestoreDialog

        assert isinstance(backups, list)
        dialog = RestoreDialog(backups, self._ways.folder, self._window)
        dialog.chosen.connect(self._check)
        dialog.open()

    def _check(self, backup: Path) -> None:
        def take(whole: object) -> None:
            if whole:
                self.restore_requested.emit(backup)
            else:
                damaged = tr("“{name}” is damaged, so nothing was changed. Choose another backup.")
                self.told.emit(damaged.format(name=backup.name))

        self._run(lambda: self._ways.is_whole(backup), take)

    def _run(self, step: Callable[[], object], take: Callable[[object], None]) -> None:
        def flow(_: CancelToken) -> Iterator[object]:
            yield step()

        job = Job(flow)
        job.produced.connect(take)
        job.failed.connect(self.failed)
        self._runner.start(job)
