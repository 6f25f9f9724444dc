"""The library of templates and personas: the built-in ones and the user's own, found and called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from chatdesk.domain.template_errors import NoSuchTemplate, TemplateInvalid
from chatdesk.domain.template_ports import Templates
from chatdesk.domain.templates import (
    LibraryEntry,
    LibraryVersion,
    Persona,
    PromptTemplate,
    TemplateId,
    TemplateRecord,
    Wording,
    WordingKind,
)
from chatdesk.tasks.builtin_templates import builtins
from chatdesk.tasks.template_text import read_wording

_BUILTIN = "builtin:"  # before the name of a shipped one, as its id
_FIRST_WORDS = 40  # letters of what cannot be understood, as its title


class TemplateLibrary:
    """What there is, as it stands now; every method reads anew. Raises StorageError, TemplateInvalid where a
    built-in one is damaged."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def entries(self) -> list[LibraryEntry]:
        """Return all that are not deleted, by folder and title."""
        records = self._templates.records()
        shown = [entry_of(each) for each in records if each.deleted is None and _is_there(each)]
        known = {each.builtin for each in records}
        shown += [entry_of(shipped(name)) for name in builtins() if name not in known]
        return sorted(shown, key=_order)

    def deleted(self) -> list[LibraryEntry]:
        """Return those that can be brought back, built-in ones that were hidden too; last deleted first."""
        gone = [(each.deleted, each) for each in self._templates.records() if _is_there(each)]
        ordered = sorted(
            ((when, each) for when, each in gone if when is not None), key=lambda pair: pair[0], reverse=True
        )
        return [entry_of(each) for _, each in ordered]

    def entry(self, template: TemplateId) -> LibraryEntry | None:
        """Return it, or None when it is not there or deleted."""
        record = self._templates.record(template) or shipped_by_id(template)
        return None if record is None or record.deleted is not None else entry_of(record)

    def folders(self) -> list[str]:
        """Return the folders that hold something, with those around them, in order."""
        found = set()
        for each in self.entries():
            names = each.folder.split("/") if each.folder else []
            found |= {"/".join(names[:depth]) for depth in range(1, len(names) + 1)}
        return sorted(found, key=_folder_order)

    def find(self, words: str) -> list[LibraryEntry]:
        """Return those with all the words in title, command, description, folder or text.

        Those with the words in title or command come first, of these the more used. No words: all, as
        `entries`.
        """
        wanted = plain(words).split()
        if not wanted:
            return self.entries()
        found = []
        for entry in self.entries():
            head, rest = _searched(entry.what)
            if all(word in head for word in wanted):
                found.append((0, -entry.used, entry))
            elif all(word in head or word in rest or word in plain(entry.folder) for word in wanted):
                found.append((1, -entry.used, entry))
        return [entry for _, _, entry in sorted(found, key=lambda each: each[:2])]

    def completions(self, begun: str = "") -> list[LibraryEntry]:
        """Return the templates whose command begins so ("/" before it or not), the most used first."""
        begun = plain(begun.removeprefix("/"))
        found = [each for each in self.entries() if each.command and plain(each.command).startswith(begun)]
        return sorted(found, key=lambda each: (-each.used, plain(each.command), bool(each.builtin)))

    def by_command(self, command: str) -> LibraryEntry | None:
        """Return the template that "/command" calls; of several the user's own, then the newest."""
        wanted = plain(command.removeprefix("/"))
        found = [each for each in self.entries() if each.command and plain(each.command) == wanted]
        return _first(found)

    def named(self, name: str) -> LibraryEntry:
        """Return the template of that command or title. Raises NoSuchTemplate."""
        wanted = plain(name)
        templates = [each for each in self.entries() if not each.is_persona]
        found = self.by_command(name) or _first(
            each for each in templates if plain(each.what.title) == wanted
        )
        if found is None:
            raise NoSuchTemplate(name, sorted(each.command for each in templates if each.command))
        return found

    def clashes(self, entry: LibraryEntry) -> list[LibraryEntry]:
        """Return the others of the same kind with the same title or command; the user is told of them."""
        title, command = plain(entry.what.title), plain(entry.command)
        return [
            each
            for each in self.entries()
            if each.id != entry.id
            and each.is_persona == entry.is_persona
            and (plain(each.what.title) == title or (command and plain(each.command) == command))
        ]

    def versions(self, template: TemplateId) -> list[LibraryVersion]:
        """Return its earlier texts, newest first; those that cannot be understood are left out."""
        record = self._templates.record(template)
        if record is None:
            return []
        found = []
        for version in self._templates.versions(template):
            what, problem = _wording(record.builtin, version.source, record.kind)
            if not problem:
                found.append(LibraryVersion(version.number, what, version.written))
        return found

    def note_use(self, template: TemplateId) -> None:
        """Count one more use."""
        record = self._templates.record(template) or shipped_by_id(template)
        if record is not None:
            self._templates.note_use(record)


def shipped(name: str) -> TemplateRecord:
    """Return the record that stands for a built-in one as long as none is kept."""
    file = builtins()[name]
    kind = WordingKind.persona if isinstance(file.what, Persona) else WordingKind.template
    return TemplateRecord(kind, "", file.folder, name, id=TemplateId(_BUILTIN + name))


def shipped_by_id(template: TemplateId) -> TemplateRecord | None:
    """Return the record of a built-in one, None for another id."""
    name = template.removeprefix(_BUILTIN)
    return shipped(name) if template.startswith(_BUILTIN) and name in builtins() else None


def entry_of(record: TemplateRecord) -> LibraryEntry:
    """Return what a record says. One that cannot be understood shows its text as it stands."""
    what, problem = _wording(record.builtin, record.source, record.kind)
    is_shipped = record.builtin in builtins()
    return LibraryEntry(
        record.id,
        what,
        record.folder,
        record.builtin if is_shipped else "",
        is_shipped and record.source != "",
        record.used,
        record.updated if record.source else None,
        problem,
    )


def plain(text: str) -> str:
    """Return a text as it is compared: without accents, large and small letters the same."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Mn")


def _is_there(record: TemplateRecord) -> bool:
    """Whether there is a text: a built-in one may be gone from a later version of the application."""
    return record.source != "" or record.builtin in builtins()


def _wording(builtin: str, source: str, kind: WordingKind) -> tuple[Wording, str]:
    """Return what a text says, and why it cannot be understood, "" where it can."""
    if not source and builtin in builtins():
        return builtins()[builtin].what, ""
    return _understood(source, kind)


@lru_cache(maxsize=1024)
def _understood(source: str, kind: WordingKind) -> tuple[Wording, str]:
    title = " ".join(source[: _FIRST_WORDS * 4].split())[:_FIRST_WORDS]
    try:
        return read_wording(source, title).what, ""
    except TemplateInvalid as error:
        if kind is WordingKind.persona:
            return Persona(title, source), error.sentence
        return PromptTemplate(title, source), error.sentence


@lru_cache(maxsize=1024)
def _searched(what: Wording) -> tuple[str, str]:
    """Return title and command, and the rest of its words."""
    if isinstance(what, Persona):
        return plain(what.title), plain(f"{what.description}\n{what.system}")
    return plain(f"{what.title} {what.command}"), plain(f"{what.description}\n{what.text}")


def _first(entries: Iterable[LibraryEntry]) -> LibraryEntry | None:
    ordered: Sequence[LibraryEntry] = sorted(
        entries,
        key=lambda each: (not each.builtin or each.edited, each.updated is not None, each.updated or 0),
    )
    return ordered[-1] if ordered else None


def _order(entry: LibraryEntry) -> tuple[object, ...]:
    return (*_folder_order(entry.folder), plain(entry.what.title), entry.id)


def _folder_order(folder: str) -> tuple[object, ...]:
    """What lies in no folder comes last."""
    return (not folder, [plain(name) for name in folder.split("/")], folder)
