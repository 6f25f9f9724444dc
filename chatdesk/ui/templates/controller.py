"""What the page of templates does: everything that the user does on it arrives here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.templates import LibraryEntry, Persona, PromptTemplate, TemplateId, Wording
from chatdesk.domain.words import tr
from chatdesk.flows.template_edits import TemplateEdits, differences
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.ui.key_editor import KeyEditor
from chatdesk.ui.shortcuts import Shortcut
from chatdesk.ui.templates.arranging import Arranging
from chatdesk.ui.templates.editor_base import WordingEditor
from chatdesk.ui.templates.keys import TemplateKeys
from chatdesk.ui.templates.page import TemplatesPage
from chatdesk.ui.templates.persona_editor import PersonaEditor
from chatdesk.ui.templates.sharing import UNDO_SECONDS, Sharing
from chatdesk.ui.templates.template_editor import TemplateEditor, new_template
from chatdesk.ui.templates.versions import VersionsDialog
from chatdesk.ui.widgets.banner import Kind


@dataclass(frozen=True, slots=True, eq=False)
class PageRooms:
    """What the page works with."""

    library: TemplateLibrary
    edits: TemplateEdits
    keys: TemplateKeys
    models: Callable[[], Sequence[InstalledModel]]


class TemplatesController(QObject):
    """Each change is kept at once; what was deleted can be brought back."""

    use_requested = Signal(object)  # LibraryEntry

    def __init__(self, page: TemplatesPage, rooms: PageRooms) -> None:
        super().__init__(page)
        self.page = page
        self._rooms = rooms
        self._chosen: LibraryEntry | None = None
        self._undo: Callable[[], object] | None = None
        self.sharing = Sharing(page, rooms.library, rooms.edits)
        self.arranging = Arranging(page, rooms.library, rooms.edits)
        self._connect()
        self.refresh()
        page.list.choose_first()

    def close(self) -> None:
        """Take away what was made for dragging."""
        self.sharing.close()

    def refresh(self, chosen: LibraryEntry | None = None) -> None:
        """Show the library as it is now; `chosen` is chosen."""
        self._chosen = chosen or self._chosen
        try:
            entries = self._rooms.library.find(self.page.search.text())
            if self._chosen is not None:
                self._chosen = self._rooms.library.entry(self._chosen.id)
        except ChatDeskError as error:
            self.show_error(error)
            return
        self.page.show_entries(entries, self._chosen.id if self._chosen else None)
        self._show(self._chosen)

    def edit(self) -> None:
        """Open the editor of the chosen one."""
        entry = self._chosen
        if entry is not None:
            self._open(tr("Edit “{title}”").format(title=entry.what.title), entry.what, entry, entry.folder)

    def new(self) -> None:
        """Open the editor of a new template."""
        self._open(tr("New template"), new_template(), None, "")

    def new_persona(self, persona: Persona | None = None) -> None:
        """Open the editor of a new persona, which may begin as the set-up of a chat."""
        self._open(tr("New persona"), persona or Persona(""), None, tr("Personas"))

    def duplicate(self) -> None:
        """Make a copy of the user's own and show it."""
        if self._chosen is not None:
            chosen = self._chosen.id
            self._try(lambda: self.refresh(self._rooms.edits.duplicate(chosen)))

    def delete(self) -> None:
        """Delete the chosen one; the notice brings it back."""
        entry = self._chosen
        if entry is None or not self._try(lambda: self._rooms.edits.delete([entry.id])):
            return
        self._chosen = None
        self.refresh()
        self.page.list.choose_first()
        self._offer_undo(
            tr("“{title}” was deleted.").format(title=entry.what.title), lambda: self._restore(entry)
        )

    def undo(self) -> None:
        """Take the last deletion, reset or discarded change back."""
        undo, self._undo = self._undo, None
        if undo is not None:
            self.page.notice.hide()
            undo()

    def reset(self) -> None:
        """Bring a built-in one back as it was shipped; the notice takes that back."""
        entry = self._chosen
        if entry is None or not self._try(lambda: self.refresh(self._rooms.edits.reset(entry.id))):
            return

        def undo() -> None:
            self._try(lambda: self.refresh(self._rooms.edits.save(entry.what, entry.folder, entry.id)))

        sentence = tr("“{title}” is as it was shipped. Your text is among its versions.")
        self._offer_undo(sentence.format(title=entry.what.title), undo)

    def show_versions(self) -> None:
        """Show the earlier texts of the chosen one."""
        entry = self._chosen
        if entry is None:
            return
        try:
            versions = self._rooms.library.versions(entry.id)
        except ChatDeskError as error:
            self.show_error(error)
            return
        dialog = VersionsDialog(entry.what, versions, differences, self.page.window())
        dialog.restored.connect(lambda number: self._restore_version(entry, number))
        dialog.open()

    def ask_keys(self) -> None:
        """Let the user give keys to the chosen one."""
        entry = self._chosen
        if entry is None:
            return
        has = self._rooms.keys.keys(entry.id)
        shortcut = Shortcut(f"template:{entry.id}", (has,) if has else (), entry.what.title, "")
        editor = KeyEditor(shortcut, self.page.window(), partial(self._title_of_keys, entry))
        editor.chosen.connect(lambda keys: self._give(entry, keys))
        editor.open()

    def show_error(self, error: ChatDeskError) -> None:
        self.page.tell(Kind.error, f"{error.sentence} {error.hint}".strip())

    def _offer_undo(self, sentence: str, undo: Callable[[], object]) -> None:
        self._undo = undo
        self.page.tell(Kind.info, sentence, tr("Undo"), self.undo, UNDO_SECONDS)

    def _arranged(self, sentence: str) -> None:
        self.refresh()
        self._offer_undo(sentence, self._arrange_back)

    def _arrange_back(self) -> None:
        self.arranging.undo()
        self.refresh()

    def _open(self, heading: str, what: Wording, entry: LibraryEntry | None, folder: str) -> None:
        editor: WordingEditor
        try:
            others = [each for each in self._rooms.library.entries() if not entry or each.id != entry.id]
            folders = self._rooms.library.folders()
        except ChatDeskError as error:
            self.show_error(error)
            return
        if isinstance(what, PromptTemplate):
            commands = frozenset(each.command.casefold() for each in others if each.command)
            editor = TemplateEditor(heading, what, folder, commands)
        else:
            editor = PersonaEditor(heading, what, folder, self._rooms.models())
        editor.offer_folders(folders)
        editor.saved.connect(lambda made, place: self._save(made, place, entry))
        begun = (editor.what(), editor.folder.text())

        def cancel() -> None:
            left, place = editor.what(), editor.folder.text()
            self.page.end_editing()
            if (left, place) != begun:
                undo = partial(self._open, heading, left, entry, place)
                self._offer_undo(tr("Your changes were not kept."), undo)

        editor.cancelled.connect(cancel)
        self.page.edit(editor)

    def _save(self, what: Wording, folder: str, entry: LibraryEntry | None) -> None:
        try:
            kept = self._rooms.edits.save(what, folder, entry.id if entry is not None else None)
            clashes = self._rooms.library.clashes(kept)
        except ChatDeskError as error:
            self.show_error(error)
            return
        self.page.end_editing()
        self.page.search.clear()
        self.refresh(kept)
        if clashes:
            sentence = tr("Saved. “{title}” has the same title or command: the newer one is called.")
            self.page.tell(Kind.warning, sentence.format(title=clashes[0].what.title))

    def _restore(self, entry: LibraryEntry) -> None:
        self._try(lambda: self._rooms.edits.restore([entry.id]))
        self.refresh(entry)

    def _restore_version(self, entry: LibraryEntry, number: int) -> None:
        self._try(lambda: self.refresh(self._rooms.edits.restore_version(entry.id, number)))

    def _title_of_keys(self, entry: LibraryEntry, keys: str) -> str:
        """Return the title of another template that has `keys`, "" for none."""
        holder = self._rooms.keys.holder(keys)
        other = self._rooms.library.entry(TemplateId(holder)) if holder != entry.id else None
        return other.what.title if other is not None else ""

    def _give(self, entry: LibraryEntry, keys: str) -> None:
        self._rooms.keys.give(entry.id, keys)
        self._show(self._chosen)

    def _taken(self, entry: LibraryEntry) -> None:
        self.page.search.clear()
        self.refresh(entry)

    def _ask_export(self) -> None:
        if self._chosen is not None:
            self.sharing.ask_export(self._chosen)

    def _choose(self, entry: LibraryEntry) -> None:
        self._chosen = entry
        self._show(entry)

    def _show(self, entry: LibraryEntry | None) -> None:
        self.page.show_entry(entry, self._rooms.keys.words(entry.id) if entry is not None else "")

    def _use(self) -> None:
        if self._chosen is not None:
            self.use_requested.emit(self._chosen)

    def _try(self, act: Callable[[], object]) -> bool:
        """Do something; return whether it went well, else say what went wrong."""
        try:
            act()
        except ChatDeskError as error:
            self.show_error(error)
            return False
        return True

    def _connect(self) -> None:
        page, view = self.page, self.page.view
        page.searched.connect(lambda _: self.refresh())
        page.new_requested.connect(self.new)
        page.persona_requested.connect(self.new_persona)
        page.import_requested.connect(self.sharing.ask_import)
        page.dropped.connect(self.sharing.take)
        page.list.chosen.connect(self._choose)
        page.list.use_requested.connect(self._use)
        page.list.edit_requested.connect(self.edit)
        page.list.delete_requested.connect(self.delete)
        self.arranging.arranged.connect(self._arranged)
        self.arranging.failed.connect(self.show_error)
        self.sharing.taken.connect(self._taken)
        self.sharing.failed.connect(self.show_error)
        view.use_requested.connect(self._use)
        view.edit_requested.connect(self.edit)
        view.duplicate_requested.connect(self.duplicate)
        view.export_requested.connect(self._ask_export)
        view.versions_requested.connect(self.show_versions)
        view.keys_requested.connect(self.ask_keys)
        view.reset_requested.connect(self.reset)
        view.delete_requested.connect(self.delete)
