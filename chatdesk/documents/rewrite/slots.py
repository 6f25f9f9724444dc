"""The places of a file where texts stand, each of which can be given another text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.marks import has_words, without_marks
from chatdesk.documents.rewrite.packages import Package
from chatdesk.documents.xml import Element
from chatdesk.domain.markup import MarkedFile, MarkedText


class Slot(Protocol):
    @property
    def text(self) -> str: ...

    def put(self, text: str) -> bool:
        """Give the place another text; return whether its marks are those of the old one."""
        ...


class Slots:
    """The places of one file in reading order, only those with words."""

    def __init__(self) -> None:
        self.notes: dict[str, None] = {}  # in the order in which they were found
        self._slots: list[tuple[str, Slot]] = []

    def add(self, key: str, slot: Slot) -> bool:
        """Add a place if there is something to translate, and return whether; `key` says where it is."""
        if not has_words(slot.text):
            return False
        self._slots.append((f"{key}#{len(self._slots)}", slot))
        return True

    def note(self, note: str) -> None:
        self.notes[note] = None

    def file(self) -> MarkedFile:
        return MarkedFile(tuple(MarkedText(slot.text, key) for key, slot in self._slots), tuple(self.notes))

    def put(self, texts: Sequence[str | None]) -> list[int]:
        """Give the places their texts, None for no change; return those whose marks did not fit.

        Raises Refused where the texts are not as many.
        """
        if len(texts) != len(self._slots):
            raise Refused(Refusal.damaged, f"{len(texts)} texts for {len(self._slots)} places")
        return [
            place
            for place, ((_, slot), text) in enumerate(zip(self._slots, texts, strict=True))
            if text is not None and text != slot.text and not slot.put(text)
        ]


class AttributeSlot:
    """A text without formatting in an attribute, such as the description of a picture."""

    def __init__(self, element: Element, name: str) -> None:
        self._element = element
        self._name = name
        self.text = element.get(name, "").strip()

    def put(self, text: str) -> bool:
        plain = without_marks(text)
        self._element.set(self._name, plain)
        return plain == text.strip()


class ElementSlot:
    """A text without formatting that is all that an element holds, such as a title."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.text = (element.text or "").strip() if not len(element) else ""

    def put(self, text: str) -> bool:
        plain = without_marks(text)
        self._element.text = plain
        return plain == text.strip()


class Touching:
    """A place in members of a package, which are noted to be changed with it."""

    def __init__(self, slot: Slot, package: Package, *names: str) -> None:
        self._slot = slot
        self._package = package
        self._names = names
        self.text = slot.text

    def put(self, text: str) -> bool:
        """Give the place another text; return whether its marks fit."""
        for name in self._names:
            self._package.touch(name)
        return self._slot.put(text)
