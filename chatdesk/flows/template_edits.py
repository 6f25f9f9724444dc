"""What a user can change in the library of templates and personas, and how they are shared as files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.domain.file_names import safe_name
from chatdesk.domain.template_errors import FolderImpossible, NoSuchTemplate
from chatdesk.domain.template_ports import TemplateFiles, Templates
from chatdesk.domain.templates import (
    TEMPLATE_SUFFIX,
    DiffLine,
    LibraryEntry,
    Persona,
    PromptTemplate,
    TemplateId,
    TemplateRecord,
    Wording,
    WordingKind,
)
from chatdesk.domain.words import tr
from chatdesk.flows.templates import entry_of, shipped, shipped_by_id
from chatdesk.tasks.builtin_templates import builtins
from chatdesk.tasks.template_diff import diff
from chatdesk.tasks.template_text import folder_path, read_wording
from chatdesk.tasks.template_writing import write_wording

_END_OF_TEXT = re.compile(r'^((?!\w+ = ).*[^"\n])"""$', re.MULTILINE)


class TemplateEdits:
    """Changes of the library. Raises StorageError, and NoSuchTemplate for one that is not there now."""

    def __init__(self, templates: Templates, files: TemplateFiles) -> None:
        self._templates = templates
        self._files = files

    def save(self, what: Wording, folder: str = "", template: TemplateId | None = None) -> LibraryEntry:
        """Keep a new one, or another text of one that is there; what it said before stays as a version.

        An edited built-in one stands for the shipped one from now on. Raises TemplateInvalid,
        FolderImpossible.
        """
        source = write_wording(what)
        read = read_wording(source, what.title).what
        place = _folder(folder)
        if template is None:
            return self._kept([TemplateRecord(_kind(what), source, place)])[0]
        record = self._record(template)
        if record.builtin in builtins() and read == builtins()[record.builtin].what:
            source = ""
        kept = replace(record, kind=_kind(what), source=source, folder=place, updated=datetime.now(UTC))
        # The first is new where a built-in one is edited for the first time: it becomes its first version.
        return self._kept([record, kept])[-1]

    def duplicate(self, template: TemplateId) -> LibraryEntry:
        """Keep a copy as the user's own; it has no command, as there cannot be two."""
        entry = entry_of(self._record(template))
        title = tr("{title} (copy)").format(title=entry.what.title[:180])
        what = replace(entry.what, title=title)
        return self.save(
            replace(what, command="") if isinstance(what, PromptTemplate) else what, entry.folder
        )

    def move(self, templates: Sequence[TemplateId], folder: str) -> None:
        """Raises FolderImpossible when the folder lies too deep."""
        place = _folder(folder)
        self._templates.move([replace(self._record(each), folder=place) for each in templates])

    def rename_folder(self, entries: Sequence[LibraryEntry], folder: str, name: str) -> None:
        """Give a folder another name or place, for all `entries` in it and in folders inside.

        Raises FolderImpossible when it would lie too deep.
        """
        inside = [each for each in entries if f"{each.folder}/".startswith(f"{folder}/")]
        moved = [_folder(name + each.folder.removeprefix(folder)) for each in inside]
        records = [self._record(each.id) for each in inside]
        self._templates.move(
            [replace(record, folder=place) for record, place in zip(records, moved, strict=True)]
        )

    def delete(self, templates: Sequence[TemplateId]) -> None:
        """Hide them; `restore` brings them back."""
        self._templates.delete([self._record(each) for each in templates])

    def restore(self, templates: Sequence[TemplateId]) -> None:
        """Bring deleted ones back."""
        self._templates.restore(templates)

    def reset(self, template: TemplateId) -> LibraryEntry:
        """Bring an edited built-in one back as it was shipped; the user's text stays as a version."""
        record = self._record(template)
        if record.builtin not in builtins():
            raise NoSuchTemplate(record.builtin)
        return self._kept([replace(record, source="", updated=datetime.now(UTC))])[0]

    def restore_version(self, template: TemplateId, number: int) -> LibraryEntry:
        """Make an earlier text the one that counts; the one that counted stays as a version."""
        record = self._record(template)
        earlier = next((each for each in self._templates.versions(template) if each.number == number), None)
        if earlier is None:
            raise NoSuchTemplate(entry_of(record).what.title)
        return self._kept([replace(record, source=earlier.source, updated=datetime.now(UTC))])[0]

    def import_files(self, paths: Sequence[Path]) -> list[LibraryEntry]:
        """Keep what files hold, all or none.

        One with the title or the command of another is kept too: `TemplateLibrary.clashes` tells of it.
        Raises TemplateInvalid, TemplateFileUnreadable, TemplateFileTooLarge.
        """
        records = []
        for path in paths:
            file = read_wording(self._files.read(path), path.name)
            records.append(TemplateRecord(_kind(file.what), write_wording(file.what), file.folder))
        return self._kept(records)

    def export(self, template: TemplateId, path: Path) -> None:
        """Write one as a file, as a whole or not at all. Raises DocumentNotSaved, DocumentDiskFull."""
        entry = entry_of(self._record(template))
        if entry.problem:
            self._files.write(path, self._record(template).source)
            return
        self._files.write(path, write_wording(_shared(entry.what), entry.folder))

    def _record(self, template: TemplateId) -> TemplateRecord:
        record = self._templates.record(template) or shipped_by_id(template)
        if record is None:
            raise NoSuchTemplate(template)
        return record

    def _kept(self, records: Sequence[TemplateRecord]) -> list[LibraryEntry]:
        self._templates.save(records)
        return [entry_of(self._record(each.id)) for each in records]


def file_name(what: Wording) -> str:
    """Return the name of the file that it is shared as."""
    return safe_name(f"{what.title}{TEMPLATE_SUFFIX}")


def differences(before: Wording, after: Wording) -> tuple[DiffLine, ...]:
    """Return the lines of both as TOML, with what is gone and what is new."""
    return diff(_lined(before), _lined(after))


def shipped_wording(builtin: str) -> Wording:
    """Return a built-in one as it was shipped, to compare an edited one with it."""
    return entry_of(shipped(builtin)).what


def _lined(what: Wording) -> str:
    """Return it as TOML with the end of a text on a line of its own, so that no last line seems changed."""
    return _END_OF_TEXT.sub(r'\1\n"""', write_wording(what)).rstrip("\n")


def _shared(what: Wording) -> Wording:
    """Return it without the folders of this computer."""
    return replace(what, model=re.split(r"[\\/]", what.model)[-1]) if isinstance(what, Persona) else what


def _kind(what: Wording) -> WordingKind:
    return WordingKind.persona if isinstance(what, Persona) else WordingKind.template


def _folder(folder: str) -> str:
    try:
        return folder_path(folder)
    except ValueError as error:
        raise FolderImpossible(str(error)) from error
