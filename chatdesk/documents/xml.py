"""Parses XML that may be hostile: nothing is fetched, no entity expanded, no depth or length without end."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from chatdesk.documents.parts import Refusal, Refused

Element = etree._Element


_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parsed(content: bytes) -> Element:
    """Return the root of a document. Raises Refused, MemoryError."""
    try:
        return etree.fromstring(content, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Refusal.damaged, str(error)) from error


def streamed(stream: IO[bytes], *names: str) -> Iterator[Element]:
    """Yield the elements with these local names as they end, and forget each when the next is asked for.

    Raises Refused, MemoryError.
    """
    tags = [f"{{*}}{name}" for name in names]
    try:
        for _, element in etree.iterparse(stream, events=("end",), tag=tags, **_SAFE):
            yield element
            element.clear(keep_tail=True)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise Refused(Refusal.damaged, str(error)) from error


def root_of(stream: IO[bytes]) -> Element:
    """Return the root of a document as it opens, with its attributes; the stream is read on from its start.

    Raises Refused.
    """
    try:
        for _, element in etree.iterparse(stream, events=("start",), **_SAFE):
            stream.seek(0)
            root: Element = element
            return root
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Refusal.damaged, str(error)) from error
    raise Refused(Refusal.damaged, "nothing in it")


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
