"""Writes presentations with other texts: slides, tables, speaker notes, diagrams, charts, comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.drawingml import add_member, set_language
from chatdesk.documents.rewrite.notes import Note
from chatdesk.documents.rewrite.office import Office
from chatdesk.documents.rewrite.packages import Package, opened_package
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.documents.xml import Element, child, local
from chatdesk.domain.markup import MarkedFile

_MAIN = "ppt/presentation.xml"


def read(path: Path) -> MarkedFile:
    """Return the texts of a file. Raises Refused, OSError, MemoryError."""
    with opened_package(path) as package:
        return _Pptx(package).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the file with other texts; return those whose marks did not fit. Raises Refused, OSError."""
    with opened_package(path) as package:
        pptx = _Pptx(package)
        simplified = pptx.slots.put(texts)
        if language:
            pptx.set_language(language)
        package.save(target)
    return simplified


class _Pptx:
    def __init__(self, package: Package) -> None:
        self.slots = Slots()
        self._package = package
        self._office = office = Office(package, _MAIN)
        root = package.root(office.main)
        if local(root) != "presentation":
            raise Refused(Refusal.damaged, "no presentation")
        self._members: dict[str, None] = {}
        office.add_title(self.slots)
        for slide in self._slides(root):
            self._add(slide)
            for kind, name in office.parts_of(slide):
                if office.is_drawn(kind):
                    office.add_drawing(self.slots, kind, name)
            for kind, name in office.parts_of(slide):
                if kind == "notesSlide":
                    self._add(name)
        # What layouts and masters hold are their own words on every slide, and what empty places say.
        if any(kind == "comments" for kind, _ in office.parts):
            self.slots.note(Note.comments)
        office.add_notes(self.slots)

    def _add(self, name: str) -> None:
        if name not in self._members:
            self._members[name] = None
            add_member(self.slots, self._package, name)

    def _slides(self, root: Element) -> list[str]:
        """Return the members of the slides in the order in which they are shown."""
        relations = self._package.archive.relations(self._office.main)
        listed = child(root, "sldIdLst")
        keys = [
            str(value)
            for one in (listed if listed is not None else ())
            for key, value in one.items()
            if "}" in str(key)
        ]
        slides = (relations[key][1] for key in keys if key in relations)
        return [name for name in slides if name in self._package]

    def set_language(self, language: str) -> None:
        """Let the changed members say their language."""
        for name in self._members:
            if self._package.is_touched(name):
                set_language(self._package.root(name), language)
        self._office.set_drawings_language(language)
