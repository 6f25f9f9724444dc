"""The texts of slides, charts and diagrams, which all Office files have in common."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from lxml import etree

from chatdesk.documents.rewrite.code_style import is_code_font
from chatdesk.documents.rewrite.directions import is_right_to_left
from chatdesk.documents.rewrite.flat_runs import Formats, grouped
from chatdesk.documents.rewrite.inline import Node, Paragraph, Span, Thing
from chatdesk.documents.rewrite.packages import Package
from chatdesk.documents.rewrite.slots import AttributeSlot, Slots, Touching
from chatdesk.documents.xml import Element, attribute, child, descendants, local

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/drawingml/main"
_NO_LOOK = frozenset(
    ("lang", "altLang", "noProof", "dirty", "err", "smtClean", "smtId", "bmk", "kumimoji", "extLst")
)
_OUTER = frozenset(("pPr", "endParaRPr"))
_TOO_MUCH = 0.5  # of a text in a font for code: then it is a matter of taste


class DrawingSlot:
    """A paragraph."""

    def __init__(self, element: Element, fonts_tell: bool = True) -> None:
        self._element = element
        self._formats = Formats(_NO_LOOK)
        nodes, self._base = grouped(self._pieces(fonts_tell))
        self._paragraph = Paragraph(nodes)
        self.text = self._paragraph.text
        self.mirror: DrawingSlot | None = None  # shows the same in another place

    def put(self, text: str) -> bool:
        """Give the paragraph another text; return whether its marks fit."""
        if self.mirror is not None and self.mirror.text == self.text:
            self.mirror.put(text)
        nodes, fits = self._paragraph.with_text(text)
        first = [one for one in self._element if local(one) == "pPr"]
        last = [one for one in self._element if local(one) == "endParaRPr"]
        self._element[:] = [*first, *self._elements(nodes, self._base), *last]
        return fits

    def _pieces(self, fonts_tell: bool) -> Iterator[tuple[str | None, Node]]:
        for one in self._element:
            name = local(one)
            if name == "r":
                text = child(one, "t")
                properties = child(one, "rPr")
                if fonts_tell and is_code(properties):
                    yield None, Thing([one], is_word=True)
                else:
                    key = self._formats.key(properties)
                    yield key, "" if text is None else text.text or ""
            elif name and name not in _OUTER:
                yield None, Thing([one], is_word=name != "br")

    def _elements(self, nodes: Sequence[Node], base: str) -> Iterator[Element]:
        for node in nodes:
            if isinstance(node, str):
                if node:
                    yield self._run(node, base)
            elif isinstance(node, Span):
                yield from self._elements(node.nodes, str(node.key))
            else:
                for part in node.parts:
                    if isinstance(part, str | Span):
                        yield from self._elements([part], base)
                    elif isinstance(part, etree._Element):
                        yield part

    def _run(self, text: str, base: str) -> Element:
        space = etree.QName(self._element).namespace
        run = etree.Element(f"{{{space}}}r")
        properties = self._formats.properties(base)
        if properties is not None:
            run.append(copy.deepcopy(properties))
        etree.SubElement(run, f"{{{space}}}t").text = " ".join(text.split("\n"))
        return run


def is_code(properties: Element | None) -> bool:
    return is_code_font(attribute(child(properties, "latin"), "typeface") or "")


def paragraphs(root: Element) -> Iterator[Element]:
    """Yield the paragraphs of a member, without those that stand there for older programs."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if local(element) == "Fallback":
            walk.skip_subtree()
        elif element.tag in (f"{{{_MAIN}}}p", f"{{{_STRICT}}}p"):
            yield element


def fonts_tell(root: Element) -> bool:
    """Whether a font for code means code: not where most of the text has one."""
    code = total = 0
    for run in descendants(root, "r"):
        length = sum(len(one.text or "") for one in run if local(one) == "t")
        total += length
        code += length * is_code(child(run, "rPr"))
    return code <= total * _TOO_MUCH


def add_member(slots: Slots, package: Package, name: str, mirror: str = "") -> None:
    """Add the paragraphs of a member and the descriptions of its pictures.

    `mirror` is a member that shows the same paragraphs in the same order, for programs that draw it.
    """
    root = package.root(name)
    tells = fonts_tell(root)
    found = [DrawingSlot(one, tells) for one in paragraphs(root)]
    names = [name]
    if mirror and mirror in package:
        names.append(mirror)
        others = [DrawingSlot(one, tells) for one in paragraphs(package.root(mirror))]
        by_text: dict[str, list[DrawingSlot]] = {}
        for one in others:
            by_text.setdefault(one.text, []).append(one)
        for one in found:
            if by_text.get(one.text):
                one.mirror = by_text[one.text].pop(0)
    for one in found:
        slots.add(name, Touching(one, package, *names))
    for picture in descendants(root, "cNvPr"):
        for said in ("descr", "title"):
            slots.add(name, Touching(AttributeSlot(picture, said), package, name))


def set_language(root: Element, language: str) -> None:
    """Let every text that names its language name this one, and every paragraph its direction."""
    for name in ("rPr", "endParaRPr", "defRPr"):
        for one in descendants(root, name):
            if one.get("lang") is not None:
                one.set("lang", language)
    if is_right_to_left(language):
        for paragraph in paragraphs(root):
            properties = child(paragraph, "pPr")
            if properties is None:
                properties = etree.Element(f"{{{etree.QName(paragraph).namespace}}}pPr")
                paragraph.insert(0, properties)
            properties.set("rtl", "1")
