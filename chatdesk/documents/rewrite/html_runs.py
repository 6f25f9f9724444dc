"""Finds the runs of text in a web page: what stands between two blocks, with the inline elements in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from chatdesk.documents.rewrite.html_tokens import Sort, Token, attributes, tokens


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_INLINE = _names(
    "a abbr acronym b bdi bdo big cite data del dfn em font i ins label mark nobr q rb ruby s small span "
    "strike strong sub sup time u"
)
_THINGS = _names(
    "br img wbr input area embed source track param map object audio video canvas picture svg rt rp"
)
_WORDS = _names("code kbd samp tt var math sdfield")
_SKIPPED_INLINE = _names("script style svg rt rp object audio video canvas template noembed")
_SKIPPED = _names("pre textarea xmp iframe noframes") | _WORDS | _SKIPPED_INLINE
_MATHS = _names(
    "mi mn mo ms mtext mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd "
    "mspace mstyle mpadded mphantom semantics annotation annotation-xml menclose "
    "mmultiscripts mprescripts none"
)
_VOID = _names("area base br col embed hr img input link meta param source track wbr")


class Kind(Enum):
    text = auto()
    opens = auto()
    closes = auto()
    thing = auto()
    word = auto()  # a thing that is part of a sentence
    block = auto()  # a bound of a run


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    start: int  # in the source
    end: int
    name: str = ""
    tag: Token | None = None  # the opening tag whose attributes may hold words


def pieces(source: str, *, is_xml: bool = False) -> Iterator[Piece]:
    """Yield what a page is made of; what is not to be translated is one piece with all that is in it."""
    stream = tokens(source, is_xml=is_xml)
    waiting: Token | None = None
    while (token := waiting or next(stream, None)) is not None:
        waiting = None
        if token.sort is Sort.text:
            yield Piece(Kind.text, token.start, token.end)
        elif token.sort is Sort.other:
            yield Piece(Kind.thing, token.start, token.end)
        elif token.sort is Sort.closes:
            kind = (
                Kind.closes if token.name in _INLINE else Kind.thing if token.name in _THINGS else Kind.block
            )
            yield Piece(kind, token.start, token.end, token.name)
        elif not _is_kept(source, token):
            yield _opening(token, is_xml)
        elif (is_xml and token.closed) or token.name in _VOID:
            yield Piece(_kept_kind(token), token.start, token.end, token.name)
        else:
            end, waiting = _end_of(token, stream)
            yield Piece(_kept_kind(token), token.start, end, token.name)


def _opening(token: Token, is_xml: bool) -> Piece:
    kind = Kind.block
    if token.name in _THINGS:
        kind = Kind.thing
    elif token.name in _INLINE:
        kind = Kind.thing if is_xml and token.closed else Kind.opens
    return Piece(kind, token.start, token.end, token.name, token)


def _is_kept(source: str, token: Token) -> bool:
    """Whether an element is left as it is with all that is in it."""
    if token.name in _SKIPPED:
        return True
    if token.end - token.start < len("<a translate=no>"):
        return False
    said = {one.name: one.value for one in attributes(source, token)}
    return said.get("translate", "").lower() == "no" or "notranslate" in said.get("class", "").split()


def _kept_kind(token: Token) -> Kind:
    if token.name in _WORDS or token.name in _INLINE:
        return Kind.word
    return Kind.thing if token.name in _SKIPPED_INLINE or token.name in _THINGS else Kind.block


def _end_of(tag: Token, stream: Iterator[Token]) -> tuple[int, Token | None]:
    """Return where an element ends, and the token behind it where that has been taken.

    An inline element or a paragraph that is never closed ends with its block.
    """
    depth = 1
    end = tag.end
    for token in stream:
        is_tag = token.sort in (Sort.opens, Sort.closes)
        if is_tag and token.name == tag.name and (tag.name != "p" or token.sort is Sort.closes):
            depth += 1 if token.sort is Sort.opens else -1
        elif is_tag and (tag.name == "p" or _kept_kind(tag) is Kind.word) and _is_block(token):
            return end, token
        end = token.end
        if not depth:
            break
    return end, None


def _is_block(token: Token) -> bool:
    name = token.name.rpartition(":")[2]
    return not (name in _INLINE or name in _THINGS or name in _SKIPPED or name in _MATHS)
