"""Exports and prints chats: asks as what and where to, writes in the background, says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import ConversationId, FolderId
from chatdesk.domain.chat_archive import ChatArchive, Scope
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr, trn
from chatdesk.ui.jobs import Job, JobRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from chatdesk.flows.chat_export import ChatExport


class Exporting(QObject):
    """`folder` of the last export is proposed for the next one while the window is open."""

    told = Signal(str, object)  # a sentence, the Path of the file or None
    failed = Signal(object)  # the exception

    def __init__(
        self,
        window: QWidget,
        make_flow: Callable[[], ChatExport],
        make_archive: Callable[[], ChatArchive],
        runner: JobRunner,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._make_flow = make_flow
        self._make_archive = make_archive
        self._runner = runner
        self._folder = ""

    def export_chat(self, conversation: str) -> None:
        """Let the user export one chat."""
        self._ask(lambda flow: flow.chat(ConversationId(conversation)))

    def export_chats(self, chats: Sequence[ConversationId]) -> None:
        """Let the user export some chats."""
        self._ask(lambda flow: flow.chats(chats))

    def export_folder(self, folder: str) -> None:
        """Let the user export a folder with all that is in it."""
        self._ask(lambda flow: flow.folder(FolderId(folder)))

    def export_everything(self) -> None:
        """Let the user export all chats and folders."""
        self._ask(lambda flow: flow.everything())

    def print_chat(self, conversation: str) -> None:
        """Let the user print what a chat shows."""
        try:
            chat = self._make_archive().chat(ConversationId(conversation))
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if chat is None:
            self._tell_nothing()
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        from chatdesk.flows.chat_export import file_stem

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(file_stem(chat.conversation.title))
        if not QPrinterInfo.availablePrinterNames():  # then a PDF is printed, and Qt would propose a folder
            printer.setOutputFileName(f"{self._folder or _documents()}/{printer.docName()}.pdf")
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("print-dialog")
        dialog.accepted.connect(lambda: self.print_on(printer, conversation))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # that of the print dialog wants a slot

    def print_on(self, printer: QPrinter, conversation: str) -> None:
        """Print what a chat shows on a printer, or into the file that it stands for."""
        from chatdesk.ui.chat.pages import PageWishes, paper_html
        from chatdesk.ui.export.paper import print_into, print_on

        flow = self._make_flow()
        # A printer can be used on this thread alone; a thousand messages take a second or two.
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            chat = self._make_archive().chat(ConversationId(conversation))
            if chat is None:
                return
            html = paper_html(chat, flow.pictures(chat), PageWishes())
            if printer.outputFileName():
                path = Path(printer.outputFileName())
                print_into(path, printer, html)
                self.told.emit(tr("The chat is printed into “{name}”.").format(name=path.name), path)
            else:
                print_on(printer, html)
        except ChatDeskError as error:
            self.failed.emit(error)
        finally:
            QGuiApplication.restoreOverrideCursor()

    def write(self, scope: Scope, kind: str, thoughts: bool, path: Path) -> None:
        """Write the file in the background; `kind` is ARCHIVE or one of FORMATS."""
        from chatdesk.flows.chat_export import Exported, ExportProgress
        from chatdesk.ui.widgets.progress import WorkDialog

        fonts = QGuiApplication.font().families()
        job = Job(_writing(self._make_flow(), scope, kind, thoughts, path, fonts))
        sentence = tr("Writing “{name}”…").format(name=path.name)
        dialog = WorkDialog(tr("Export"), sentence, job, self._window)

        def take(event: object) -> None:
            match event:
                case ExportProgress(done, total):
                    dialog.panel.show_done(done, total)
                case Exported(written, chats):
                    one, more = "{count:,} chat is in “{{name}}”.", "{count:,} chats are in “{{name}}”."
                    words = trn(one, more, chats)
                    self.told.emit(words.format(name=written.name), written)

        job.produced.connect(take)
        job.failed.connect(self.failed)
        self._runner.start(job)

    def _ask(self, scope_of: Callable[[ChatExport], Scope | None]) -> None:
        from chatdesk.ui.chat.export_dialog import ExportDialog

        try:
            scope = scope_of(self._make_flow())
        except ChatDeskError as error:
            self.failed.emit(error)
            return
        if scope is None or not scope.chats:
            self._tell_nothing()
            return
        dialog = ExportDialog(scope, self._window)
        dialog.chosen.connect(lambda kind, thoughts: self._ask_where(scope, kind, thoughts))
        dialog.open()

    def _ask_where(self, scope: Scope, kind: str, thoughts: bool) -> None:
        from chatdesk.ui.chat.export_dialog import ARCHIVE
        from chatdesk.ui.export.formats import format_title

        suffix, title = kind, tr("ChatDesk chats (JSON)")
        if kind != ARCHIVE:
            suffix, title = ("zip", tr("ZIP")) if scope.several else (kind, format_title(kind))
        folder = self._folder or _documents()
        dialog = QFileDialog(self._window, tr("Export"), folder, f"{title} (*.{suffix})")
        dialog.setObjectName("export-file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{scope.name}.{suffix}")
        dialog.fileSelected.connect(lambda path: self._write(scope, kind, thoughts, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, scope: Scope, kind: str, thoughts: bool, path: Path) -> None:
        self._folder = str(path.parent)
        self.write(scope, kind, thoughts, path)

    def _tell_nothing(self) -> None:
        self.told.emit(tr("There is nothing to export yet: what is exported has to be stored first."), None)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _writing(
    flow: ChatExport, scope: Scope, kind: str, thoughts: bool, path: Path, fonts: Sequence[str]
) -> Callable[[CancelToken], Iterator[object]]:
    from chatdesk.ui.chat.export_dialog import ARCHIVE

    def run(cancel: CancelToken) -> Iterator[object]:
        if kind == ARCHIVE:
            yield from flow.write_archive(scope, path, cancel)
            return
        from chatdesk.ui.chat.pages import Pages, PageWishes
        from chatdesk.ui.export.typesetter import Typesetter

        with Typesetter(fonts, cancel) as typesetter:
            pages = Pages(kind, PageWishes(thoughts), typesetter)
            yield from flow.write_pages(scope, path, kind, pages, cancel)

    return run
