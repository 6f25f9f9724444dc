"""Makes nodes of what a paragraph of a Word file holds, and runs of nodes again."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from chatdesk.documents.rewrite.docx_fields import Item, Link, without_fields
from chatdesk.documents.rewrite.flat_runs import Formats, grouped
from chatdesk.documents.rewrite.inline import Node, Span, Thing
from chatdesk.documents.xml import Element, attribute, child, descendants, local

_DISSOLVED = frozenset(("ins", "moveTo", "smartTag", "customXml"))
_TAKEN_AWAY = frozenset(("del", "moveFrom"))
_SILENT = frozenset(
    (
        "pPr", "proofErr", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "smartTagPr", "customXmlPr",
    )
)  # fmt: skip
_SILENT_IN_RUN = frozenset(("rPr", "lastRenderedPageBreak", "softHyphen"))
_CONTAINERS = frozenset(("hyperlink", "sdt", "bdo", "dir"))
_CHOOSERS = frozenset(("date", "dropDownList", "comboBox", "checkbox", "picture", "docPartObj"))
_WORDS = frozenset(("fldSimple", "oMath", "oMathPara", "sym"))
_NO_LOOK = frozenset(("lang", "noProof", "webHidden", "rPrChange", "hint"))
_NO_BREAK_HYPHEN = "\u2011"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(eq=False, slots=True)
class Container:
    """The key of a span that is an element around runs, such as a link."""

    element: Element
    base: str  # the look of what has no marks in it


@dataclass(eq=False, slots=True)
class RunPart:
    """An element out of a run, with the properties of its run."""

    run: Element
    element: Element

    def alone(self) -> Element:
        """Return a run that holds the element and nothing else."""
        run = etree.Element(self.run.tag)
        properties = child(self.run, "rPr")
        if properties is not None:
            run.append(copy.deepcopy(properties))
        self.element.tail = None
        run.append(self.element)
        return run


class Runs:
    """The runs of one member of a file. `is_code` tells by a run's properties, None where it has none."""

    def __init__(self, root: Element, is_code: Callable[[Element | None], bool]) -> None:
        self.tracked = False  # a tracked change was found
        self._space = etree.QName(root).namespace
        self._is_code = is_code
        self._formats = Formats(_NO_LOOK)
        self._cursors = {  # bookmarks that only tell where the writer was
            attribute(one, "id")
            for one in descendants(root, "bookmarkStart")
            if attribute(one, "name") == "_GoBack"
        }

    def nodes(self, container: Element) -> tuple[list[Node], str]:
        """Return the nodes of a paragraph, or of a container in one, and the look that has no marks."""
        return grouped(without_fields(list(self._items(container))))

    def _items(self, container: Element) -> Iterator[Item]:
        for element in container:
            name = local(element)
            if name == "r":
                yield from self._of_run(element)
            elif name in _DISSOLVED:
                self.tracked |= name in ("ins", "moveTo")
                yield from self._items(element)
            elif name in _TAKEN_AWAY:
                self.tracked = True
            elif name in _CONTAINERS:
                yield Item(None, self._contained(element))
            elif name and name not in _SILENT and not self._is_cursor(element, name):
                yield Item(None, Thing([element], name in _WORDS))

    def _contained(self, element: Element) -> Node:
        properties = child(element, "sdtPr")
        if properties is not None and any(local(one) in _CHOOSERS for one in properties):
            return Thing([element], is_word=True)
        inside = _inside(element)
        if inside is None:
            return Thing([element])
        nodes, base = self.nodes(inside)
        return Span(Container(element, base), nodes)

    def _is_cursor(self, element: Element, name: str) -> bool:
        return name in ("bookmarkStart", "bookmarkEnd") and attribute(element, "id") in self._cursors

    def _of_run(self, run: Element) -> Iterator[Item]:
        properties = child(run, "rPr")
        is_code = self._is_code(properties)
        key = self._formats.key(properties)
        for element in run:
            name = local(element)
            part = RunPart(run, element)
            if not name or name in _SILENT_IN_RUN:
                continue
            if is_code:
                yield Item(None, Thing([part], is_word=name not in ("br", "tab", "fldChar")), part)
            elif name == "t":
                yield Item(key, element.text or "", part)
            elif name == "noBreakHyphen":
                yield Item(key, _NO_BREAK_HYPHEN, part)
            elif name == "ruby":  # its signs are translated, how they are read is not
                yield Item(key, "".join(one.text or "" for one in _base_of_ruby(element)), part)
            else:
                yield Item(None, Thing([part], name in _WORDS), part)

    def elements(self, nodes: Sequence[Node], base: str) -> Iterator[Element]:
        """Yield what holds these nodes where `base` is the look of what has no marks."""
        for node in nodes:
            if isinstance(node, str):
                if node:
                    yield self._run(node, base)
            elif isinstance(node, Thing):
                yield from self._parts(node, base)
            elif isinstance(node.key, Container):
                yield self._filled(node.key, node.nodes)
            elif isinstance(node.key, Link):
                yield from self._parts(node.key.head, base)
                yield from self.elements(node.nodes, node.key.base)
                yield from self._parts(node.key.tail, base)
            else:
                yield from self.elements(node.nodes, str(node.key))

    def _parts(self, thing: Thing, base: str) -> Iterator[Element]:
        for part in thing.parts:
            if isinstance(part, RunPart):
                yield part.alone()
            elif isinstance(part, str | Span):
                yield from self.elements([part], base)
            elif isinstance(part, etree._Element):
                part.tail = None
                yield part

    def _filled(self, container: Container, nodes: Sequence[Node]) -> Element:
        """Return the container with other runs."""
        inside = _inside(container.element)
        if inside is not None:
            runs = list(self.elements(nodes, container.base))
            inside[:] = runs
        container.element.tail = None
        return container.element

    def _run(self, text: str, base: str) -> Element:
        run = etree.Element(f"{{{self._space}}}r")
        properties = self._formats.properties(base)
        if properties is not None:
            run.append(copy.deepcopy(properties))
        holder = etree.SubElement(run, f"{{{self._space}}}t")
        holder.text = " ".join(text.split("\n"))
        holder.set(_SPACE, "preserve")
        return run


def _inside(container: Element) -> Element | None:
    """Return the element that holds the runs."""
    return child(container, "sdtContent") if local(container) == "sdt" else container


def _base_of_ruby(element: Element) -> Iterator[Element]:
    for base in descendants(element, "rubyBase"):
        yield from descendants(base, "t")
