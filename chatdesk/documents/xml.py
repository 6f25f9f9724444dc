"""Parses XML that may be hostile: nothing is fetched, no entity expanded, no depth or length without end."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from chatdesk.documents.parts import Refusal, Refused

Element = etree._Element


def parsed(content: bytes) -> Element:
    """Return the root of a document. Raises Refused, MemoryError."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Refusal.damaged, str(error)) from error


def local(element: Element) -> str:
    """Return the name of an element without its namespace, "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """Return the value of an attribute in whatever namespace, None without one and without an element."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def number(element: Element | None, name: str, otherwise: int) -> int:
    """Return an attribute as a whole number, `otherwise` where it is none."""
    try:
        return int(attribute(element, name) or otherwise)
    except ValueError:
        return otherwise


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child with a local name, and so on downwards; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Yield all elements below with a local name, in the order of the document."""
    return element.iter(f"{{*}}{name}")
