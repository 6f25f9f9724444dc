"""The texts of one web page: changed in its source, so that all the rest stays letter for letter."""

from __future__ import annotations

import html
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.documents.rewrite.directions import is_right_to_left
from chatdesk.documents.rewrite.html_runs import Kind, Piece, pieces
from chatdesk.documents.rewrite.html_tokens import Attribute, Sort, attributes, tokens
from chatdesk.documents.rewrite.inline import Node, Paragraph, Span, Thing
from chatdesk.documents.rewrite.marks import without_marks
from chatdesk.documents.rewrite.slots import Slots

_SAID = frozenset(("alt", "title", "placeholder", "aria-label", "aria-description", "summary"))
_LABELS = frozenset(("option", "optgroup", "track"))
_ID = " id="  # of one element alone
_BUTTONS = frozenset(("submit", "button", "reset"))
_DESCRIPTIONS = frozenset(
    ("description", "og:title", "og:description", "twitter:title", "twitter:description", "og:image:alt")
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A part of the source."""

    start: int
    end: int


@dataclass(eq=False, slots=True)
class Tag:
    """The key of a span that is an element."""

    opening: Raw
    name: str
    closing: Raw | None = None


class Page:
    """Adds the texts of a page to `slots`; `key` says which page it is."""

    def __init__(self, source: str, slots: Slots, key: str = "page", *, is_xml: bool = False) -> None:
        self._source = source
        self._is_xml = is_xml
        self._runs: dict[int, tuple[int, list[Node]]] = {}  # {start: (end, what stands there now)}
        self._values: dict[int, tuple[int, str]] = {}  # of attributes, likewise
        self._slots = slots
        self._key = key
        run: list[Piece] = []
        for piece in pieces(source, is_xml=is_xml):
            if piece.kind is not Kind.block:
                run.append(piece)
                continue
            self._end_run(run)
            self._add_attributes(piece)
            run = []
        self._end_run(run)

    def _end_run(self, run: Sequence[Piece]) -> None:
        if any(piece.kind is Kind.text for piece in run):
            nodes, base = _unwrapped(self._source, _nodes(self._source, run))
            paragraph = Paragraph(nodes, collapses=True)
            self._slots.add(self._key, _RunSlot(self, run[0].start, run[-1].end, paragraph, base))
        for piece in run:
            self._add_attributes(piece)

    def _add_attributes(self, piece: Piece) -> None:
        if piece.tag is None:
            return
        said = attributes(self._source, piece.tag)
        values = {one.name: one.value for one in said}
        for one in said:
            if _is_said(piece.name, one.name, values):
                self._slots.add(self._key, _AttributeSlot(self, one))

    def change_run(self, start: int, end: int, nodes: list[Node]) -> None:
        self._runs[start] = (end, nodes)

    def change_value(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of the value of an attribute."""
        self._values[start] = (end, f'"{self._escaped(text).replace(chr(34), "&quot;")}"')

    @property
    def is_changed(self) -> bool:
        return bool(self._runs or self._values)

    def set_language(self, language: str) -> None:
        """Let the page say its language and direction, if it has been changed."""
        tag = next(
            (one for one in tokens(self._source) if one.sort is Sort.opens and one.name == "html"), None
        )
        if not self.is_changed or not language or tag is None:
            return
        right_to_left = is_right_to_left(language)
        said = {one.name: one for one in attributes(self._source, tag)}
        names = ("lang", "xml:lang") if self._is_xml else ("lang",)
        new = "" if "lang" in said or "xml:lang" in said else "".join(f' {one}="{language}"' for one in names)
        for name in {"lang", "xml:lang"}.intersection(said):
            self.change_value(said[name].start, said[name].end, language)
        if "dir" in said and (right_to_left or said["dir"].value.lower() == "rtl"):
            self.change_value(said["dir"].start, said["dir"].end, "rtl" if right_to_left else "ltr")
        elif right_to_left:
            new += ' dir="rtl"'
        if new:
            self._values[tag.inside] = (tag.inside, new)

    def result(self) -> str:
        """Return the source with its changes."""
        done: list[str] = []
        place = 0
        places = sorted(self._values)
        for start in sorted(self._runs):
            end, nodes = self._runs[start]
            done += (self._with_values(place, start, places), self._shown(nodes, places))
            place = end
        return "".join([*done, self._with_values(place, len(self._source), places)])

    def _with_values(self, start: int, end: int, places: Sequence[int]) -> str:
        """Return a part of the source with other values of its attributes, which begin at `places`."""
        done: list[str] = []
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            done += (self._source[start:place], self._values[place][1])
            start = self._values[place][0]
        return "".join([*done, self._source[start:end]])

    def _shown(self, nodes: Sequence[Node], places: Sequence[int]) -> str:
        """Return the source of nodes."""
        done: list[str] = []
        for node in nodes:
            if isinstance(node, str):
                done.append(self._escaped(node))
            elif isinstance(node, Thing):
                done.extend(self._part(part, places) for part in node.parts)
            elif isinstance(node.key, Tag):
                tag = node.key
                done.append(self._with_values(tag.opening.start, tag.opening.end, places))
                done.append(self._shown(node.nodes, places))
                done.append(
                    self._source[tag.closing.start : tag.closing.end] if tag.closing else f"</{tag.name}>"
                )
        return "".join(done)

    def _part(self, part: object, places: Sequence[int]) -> str:
        if isinstance(part, Raw):
            return self._with_values(part.start, part.end, places)
        return self._shown([part], places) if isinstance(part, str | Span | Thing) else ""

    def _escaped(self, text: str) -> str:
        return html.escape(text, quote=False).replace("\xa0", "&#160;" if self._is_xml else "&nbsp;")


class _RunSlot:
    def __init__(self, page: Page, start: int, end: int, paragraph: Paragraph, base: Tag | None) -> None:
        self._page = page
        self._start, self._end = start, end
        self._paragraph = paragraph
        self._base = base  # of what has no marks in it
        self.text = paragraph.text

    def put(self, text: str) -> bool:
        """Give the run another text; return whether its marks fit."""
        nodes, fits = self._paragraph.with_text(text)
        if self._base is not None:
            nodes = [
                Span(self._base, [node]) if isinstance(node, str) and node.strip() else node for node in nodes
            ]
        self._page.change_run(self._start, self._end, nodes)
        return fits


class _AttributeSlot:
    def __init__(self, page: Page, attribute: Attribute) -> None:
        self._page = page
        self._attribute = attribute
        self.text = " ".join(attribute.value.split())

    def put(self, text: str) -> bool:
        """Give the attribute another value; return whether there were no marks in it."""
        plain = without_marks(text)
        self._page.change_value(self._attribute.start, self._attribute.end, plain)
        return plain == text.strip()


def _nodes(source: str, run: Sequence[Piece]) -> list[Node]:
    """Return the nodes of a run; tags whose mates stand in another run are things."""
    stack = [Span(None)]  # elements that are open, the run itself first
    places: dict[str, list[int]] = {}  # where in the stack they are, by their names
    for piece in run:
        raw = Raw(piece.start, piece.end)
        if piece.kind is Kind.text:
            stack[-1].nodes.append(html.unescape(source[piece.start : piece.end]))
        elif piece.kind is Kind.opens:
            places.setdefault(piece.name, []).append(len(stack))
            stack.append(Span(Tag(raw, piece.name)))
        elif piece.kind is Kind.closes and places.get(piece.name):
            _dissolve(stack, places[piece.name][-1] + 1, places)
            places[piece.name].pop()
            span = stack.pop()
            if isinstance(span.key, Tag):
                span.key.closing = raw
            stack[-1].nodes.append(span)
        else:
            stack[-1].nodes.append(Thing([raw], piece.kind is Kind.word))
    _dissolve(stack, 1, places)
    return stack[0].nodes


def _unwrapped(source: str, nodes: list[Node]) -> tuple[list[Node], Tag | None]:
    """Return nodes without the `span` elements that most of the text has, and the tag of these.

    Programs write every run of a paragraph into such an element, so that all of its text would be marked.
    None where some text has none, and nodes are as they were.
    """
    weights: Counter[str] = Counter()
    tags: dict[str, Tag] = {}
    for node in nodes:
        if isinstance(node, str) and node.strip():
            return nodes, None
        if isinstance(node, Span) and isinstance(node.key, Tag) and node.key.name == "span":
            said = source[node.key.opening.start : node.key.opening.end]
            if _ID not in said:
                weights[said] += sum(len(each) for each in node.nodes if isinstance(each, str))
                tags.setdefault(said, node.key)
    base = max(weights, key=lambda said: weights[said], default="")
    if not weights[base]:
        return nodes, None
    bare: list[Node] = []
    for node in nodes:
        tag = node.key if isinstance(node, Span) else None
        is_base = isinstance(tag, Tag) and source[tag.opening.start : tag.opening.end] == base
        if is_base and isinstance(node, Span):
            bare.extend(_kept_in(tags[base], each) for each in node.nodes)
        else:
            bare.append(node)
    return bare, tags[base]


def _kept_in(tag: Tag, node: Node) -> Node:
    """Return a node that looks as it did within an element that is not there any more."""
    if isinstance(node, Span):
        return Span(tag, [node])
    if isinstance(node, Thing) and node.is_word:
        return Thing([Span(tag, [node])], is_word=True)
    return node


def _dissolve(stack: list[Span], first: int, places: dict[str, list[int]]) -> None:
    """Let the open tags from a place in the stack on be things, and what is in them stand behind."""
    for span in stack[first:]:
        if isinstance(span.key, Tag):
            places[span.key.name].pop()
            stack[first - 1].nodes.append(Thing([span.key.opening]))
        stack[first - 1].nodes.extend(span.nodes)
    del stack[first:]


def _is_said(element: str, name: str, values: dict[str, str]) -> bool:
    """Whether people read the value of an attribute."""
    if name == "value":
        return element == "input" and values.get("type", "").lower() in _BUTTONS
    if name == "content":
        return (
            element == "meta" and (values.get("name") or values.get("property", "")).lower() in _DESCRIPTIONS
        )
    return name in _SAID or (name == "label" and element in _LABELS)
