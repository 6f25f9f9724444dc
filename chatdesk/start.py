"""Starts the window's process and ends it: one instance, a store that opens, a log, then the window."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from chatdesk.app import BUSY_SECONDS, App, build
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.storage_errors import DatabaseDamaged
from chatdesk.domain.words import tr
from chatdesk.flows.opening import QUICK_ASK
from chatdesk.logs import start_logging
from chatdesk.paths import Paths
from chatdesk.storage.database import Database
from chatdesk.storage.recovery import restore_backup, set_aside
from chatdesk.ui import start_trouble
from chatdesk.ui.single_instance import SingleInstance


def main(paths: Paths, target: str = "") -> int:
    """Open the window and run until it closes; return the exit code.

    `target` is a model file, the address of a model, CLIPBOARD or QUICK_ASK (flows/opening.py); "" for none.
    Where a window is open already, that one comes forward and shows it.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ChatDesk")
    application.setDesktopFileName("chatdesk")
    try:
        paths.create()
    except ChatDeskError as error:
        start_trouble.tell(error)
        return 1
    start_logging(paths.logs)
    instance = SingleInstance(paths.lock)
    if not instance.take(target):
        return 0
    try:
        while True:
            app = _open_window(paths, instance, target)
            if app is None:
                return 1
            code = application.exec()
            app.close()
            if app.keeping.backup_to_restore is None:
                return code
            _restore(app.keeping.backup_to_restore, paths)
            target = ""
    finally:
        instance.release()


def _open_window(paths: Paths, instance: SingleInstance, target: str) -> App | None:
    """Open the store and the window; None when that cannot be, which was told."""
    database = open_database(paths)
    if database is None:
        return None
    try:
        app = build(paths, database=database)
    except ChatDeskError as error:
        start_trouble.tell(error)
        database.close()
        return None
    instance.raise_requested.connect(app.window.come_forward)
    instance.open_requested.connect(app.joints.open_target)
    _tell_of_bugs(app)
    if target != QUICK_ASK:
        app.window.show()
    if target:
        QTimer.singleShot(0, partial(app.joints.open_target, target))
    QTimer.singleShot(0, partial(_settle, app))
    return app


def _restore(backup: Path, paths: Paths) -> None:
    """Put a backup into the place of the store, which nothing has open; what was there is kept beside it."""
    try:
        restore_backup(backup, paths.database, "before-restore")
    except ChatDeskError as error:
        start_trouble.tell(error, tr("Go on without it"))


def _tell_of_bugs(app: App) -> None:
    """Show in the window what no part of it has caught; it is in the log already."""
    log_it = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log_it(kind, error, trace)
        if isinstance(error, Exception) and not app.closed:
            app.chat.show_error(error)

    sys.excepthook = hook


def open_database(paths: Paths) -> Database | None:
    """Open the store; when it is damaged, let the user choose a way on. None: the user quits."""
    while True:
        try:
            return Database(paths.database, paths.backups, BUSY_SECONDS)
        except DatabaseDamaged as error:
            fresh = tr("Start with an empty list (the damaged file is kept)")
            choices = {"fresh": fresh}
            if error.backup is not None:
                choices = {"backup": tr("Use the backup (the damaged file is kept)"), "fresh": fresh}
            chosen = start_trouble.choose(error, choices)
            if not chosen:
                return None
            set_aside(paths.database)
            if chosen == "backup" and error.backup is not None:
                restore_backup(error.backup, paths.database)
        except ChatDeskError as error:
            start_trouble.tell(error)
            return None


def _settle(app: App) -> None:
    """Do what had to wait for the first window, and what the first answer should not wait for."""
    if not app.closed:
        _ = app.chat.page.transcript
    # A full pass of the garbage collector over all that was built would cost two frames while text streams.
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
