"""Uses a template: opens its form, and puts the text into the message box or sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QTextCursor

from chatdesk.domain.chat import Role
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.template_errors import NoSuchTemplate
from chatdesk.domain.templates import Filled, LibraryEntry, PromptTemplate, TemplateId, VariableKind
from chatdesk.domain.words import tr
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.tasks.template_fill import preview
from chatdesk.ui.chat.controller import ChatController
from chatdesk.ui.chat.slash import Span
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.templates.controls import Given
from chatdesk.ui.templates.counting import Count, TokenCount
from chatdesk.ui.templates.document_control import DocumentRooms
from chatdesk.ui.templates.form import TemplateForm
from chatdesk.ui.widgets.banner import Kind


@dataclass(frozen=True, slots=True, eq=False)
class UseRooms:
    """What the form works with."""

    library: TemplateLibrary
    documents: DocumentRooms
    count: Count
    runner: JobRunner


class Using(QObject):
    """One form at a time."""

    chat_requested = Signal()  # its page is to be shown
    persona_requested = Signal(object)  # Persona

    def __init__(self, chat: ChatController, rooms: UseRooms) -> None:
        super().__init__(chat)
        self._chat = chat
        self._rooms = rooms
        self.form: TemplateForm | None = None
        self._left: TemplateForm | None = None  # closed with something in it

    def close(self) -> None:
        """Close the form; nothing is counted or read for it any more."""
        if self.form is not None:
            self.form.finished.disconnect(self._closed)
            self.form.reject()
            self.form = None
        self._forget()

    def use_called(self, template: str) -> None:
        """Use the template with this id, or say that it is not there."""
        try:
            entry = self._rooms.library.entry(TemplateId(template))
            if entry is None:
                raise NoSuchTemplate(tr("of these keys"))
        except ChatDeskError as error:
            self._chat.show_error(error)
            return
        self.use(entry)

    def use(self, entry: LibraryEntry, span: Span | None = None, selected: str = "") -> None:
        """Fill a template; with `span` its text takes the place of the command in the message box.

        `selected` is what was selected there before the command.
        """
        if self.form is not None:
            self.form.activateWindow()
            return
        if entry.problem:
            self._chat.notify(Kind.error, entry.problem)
        elif isinstance(entry.what, PromptTemplate):
            self._fill(entry, entry.what, span, selected)
        else:
            self._note(entry)
            self.persona_requested.emit(entry.what)

    def _fill(self, entry: LibraryEntry, template: PromptTemplate, span: Span | None, selected: str) -> None:
        given = self._given(template, selected)
        if all(each.kind is VariableKind.today for each in template.variables):
            self._insert(entry, span, preview(template, {}, given.today))
            return
        self._forget()
        count = TokenCount(self._rooms.count, self._rooms.runner)
        form = TemplateForm(template, given, self._rooms.documents, count, self._chat.page.window())
        self.form = form
        form.inserted.connect(partial(self._insert, entry, span))
        form.sent.connect(partial(self._send, entry, span))
        form.finished.connect(self._closed)
        form.open()

    def _closed(self, result: int) -> None:
        form, self.form = self.form, None
        self._chat.page.composer.setFocus()
        if form is None:
            return
        self._left = form
        if result == TemplateForm.DialogCode.Accepted or not form.touched:
            self._forget()
            return
        told = tr("“{title}” was not sent.").format(title=form.windowTitle())
        self._chat.notify(Kind.info, told, tr("Go on with it"), self._go_on)

    def _go_on(self) -> None:
        """Open the form again that was closed, with all that is in it."""
        if self.form is None and self._left is not None:
            self.form, self._left = self._left, None
            self.form.open()

    def _forget(self) -> None:
        if self._left is not None:
            self._left.deleteLater()
            self._left = None

    def _insert(self, entry: LibraryEntry, span: Span | None, filled: Filled) -> None:
        self.chat_requested.emit()
        composer = self._chat.page.composer
        cursor = composer.box.textCursor()
        written = cursor.document()
        # The command may have been changed or taken away since.
        if span is not None and written.characterAt(span[0]) == "/":
            cursor.setPosition(span[0])
            end = min(span[1], written.characterCount() - 1)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(filled.text)
        composer.box.setTextCursor(cursor)
        for attachment in filled.attachments:
            composer.add_attachment(attachment)
        composer.setFocus()
        self._note(entry)

    def _send(self, entry: LibraryEntry, span: Span | None, filled: Filled) -> None:
        composer = self._chat.page.composer
        if span is not None or not composer.text().strip():
            self._insert(entry, span, filled)
            self._chat.submit(composer.text())
            return
        # What stands in the message box is another question, and stays there.
        self.chat_requested.emit()
        if self._chat.chat.busy:
            written = composer.draft()
            self._chat.queued.emit(filled.draft)  # which empties the message box
            composer.set_draft(written)
        else:
            self._chat.chat.ask(filled.draft)
        self._note(entry)

    def _note(self, entry: LibraryEntry) -> None:
        try:
            self._rooms.library.note_use(entry.id)
        except ChatDeskError as error:
            self._chat.show_error(error)

    def _given(self, template: PromptTemplate, selected: str) -> Given:
        kinds = {each.kind for each in template.variables}
        copied = QGuiApplication.clipboard().text() if VariableKind.clipboard in kinds else ""
        if VariableKind.selection in kinds:
            selected = selected or self._selected()
        return Given(datetime.now().astimezone().date(), copied, selected)

    def _selected(self) -> str:
        """Return what is selected in the chat or the message box, else the last answer."""
        page = self._chat.page
        if page.shows_messages and (text := page.transcript.selected_text()):
            return text
        if text := page.composer.box.textCursor().selection().toPlainText():
            return text
        branch = [shown.message for shown in self._chat.chat.branch()]
        return next((each.text for each in reversed(branch) if each.role is Role.assistant), "")
