"""What Word, PowerPoint and Excel files have in common: their parts, title, charts and diagrams."""

from __future__ import annotations

from chatdesk.documents.rewrite import drawingml
from chatdesk.documents.rewrite.notes import Note
from chatdesk.documents.rewrite.packages import Package
from chatdesk.documents.rewrite.slots import ElementSlot, Slots, Touching
from chatdesk.documents.xml import descendants

_DIAGRAM = "diagramData"
_DRAWN = ("chart", "chartEx", _DIAGRAM)
_LEFT = {
    "/media/": Note.pictures,
    "/embeddings/": Note.embedded,
    "vbaProject": Note.macros,
    "_xmlsignatures/": Note.signature,
}


class Office:
    """`main` is the main member, `parts` (kind, member) all that can be reached from it, each member once."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self.core = ""
        for kind, name in package.archive.relations("").values():
            if kind == "officeDocument" and name in package:
                main = name
            elif kind == "core-properties" and name in package:
                self.core = name
        self.main = main
        self.parts: list[tuple[str, str]] = []
        self._follow()

    def _follow(self) -> None:
        seen = {self.main}
        waiting = [self.main]
        for name in waiting:  # it grows meanwhile
            for kind, target in self.parts_of(name):
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
                    self.parts.append((kind, target))

    def parts_of(self, name: str) -> list[tuple[str, str]]:
        """Return the members that a member names itself, (kind, member)."""
        relations = self._package.archive.relations(name)
        return [(kind, target) for kind, target in relations.values() if target in self._package]

    def add_title(self, slots: Slots) -> None:
        """Add the title that the file's properties have."""
        if self.core:
            for title in descendants(self._package.root(self.core), "title"):
                slots.add(self.core, Touching(ElementSlot(title), self._package, self.core))

    def is_drawn(self, kind: str) -> bool:
        return kind in _DRAWN

    def add_drawings(self, slots: Slots) -> None:
        """Add the texts of charts and diagrams."""
        for kind, name in self.parts:
            if self.is_drawn(kind):
                self.add_drawing(slots, kind, name)

    def add_drawing(self, slots: Slots, kind: str, name: str) -> None:
        """Add the texts of a chart or a diagram."""
        # A diagram is drawn in a member beside it, for programs that cannot lay it out.
        mirror = name.replace("/data", "/drawing") if kind == _DIAGRAM else ""
        drawingml.add_member(slots, self._package, name, mirror)
        if kind != _DIAGRAM:
            slots.note(Note.charts)

    def add_notes(self, slots: Slots) -> None:
        """Add what is not translated."""
        names = self._package.archive.names()
        for folder, note in _LEFT.items():
            if any(folder in name for name in names):
                slots.note(note)

    def set_drawings_language(self, language: str) -> None:
        for kind, name in self.parts:
            if kind in _DRAWN and self._package.is_touched(name):
                drawingml.set_language(self._package.root(name), language)
