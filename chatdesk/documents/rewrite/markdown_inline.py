"""Turns the text of a Markdown block into nodes that know their places in the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt, rules_inline
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from chatdesk.documents.rewrite.inline import Node, Span, Thing
from chatdesk.documents.rewrite.line_breaks import glue
from chatdesk.documents.rewrite.markdown_blocks import Raw, Run

_DEEPEST = 20  # spans within one another; more are things
_PLACE = "chatdesk"  # key of the place of a token in its `meta`
_NOTE = re.compile(r"\[\^[^\]\s]{1,100}\]")
_FORMULA = re.compile(r"\$(?![\s$])(?:[^$\n\\]|\\.){0,300}?(?<!\s)\$(?!\d)|\{\{.{0,200}?\}\}|\{%.{0,200}?%\}")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_CODE_TAGS = frozenset(("code", "kbd", "samp", "tt", "var", "pre", "script", "style", "svg", "math"))
_VOID_TAGS = frozenset(("br", "hr", "img", "input", "wbr", "source", "area", "col"))
_OTHERS = {"code_inline": True, "hardbreak": False, "image": False, "note": False, "formula": True}
_SPECIAL = re.compile(r"[\n\\`*_~\[<&${]")  # a text without these is plain
_Rule = Callable[[StateInline, bool], bool]


@dataclass(eq=False, slots=True)
class Marks:
    """The key of a span: what stands around it. `kind` is "em", "strong", "s", "a" or "" for a tag."""

    opening: Raw
    closing: Raw
    kind: str


@dataclass(eq=False, slots=True)
class _Tag:
    """A tag of HTML whose mate is looked for."""

    raw: Raw
    closes: bool
    name: str


class Inline:
    """The nodes of a text, and the places of the descriptions of its pictures."""

    def __init__(self, run: Run, references: dict[str, object]) -> None:
        self.pictures: list[Raw] = []
        self._run = run
        self._place = 0
        top: list[Node | _Tag] = []
        self._open: list[tuple[list[Node | _Tag], Raw | None]] = [(top, None)]
        for start, end, token in _events(run.text, references) if _SPECIAL.search(run.text) else ():
            if start >= self._place:
                self._text(start)
                self._take(token, start, end)
                self._place = end
        self._text(len(run.text))
        while len(self._open) > 1:
            self._drop()
        self.nodes = _paired(top)

    @property
    def _inside(self) -> list[Node | _Tag]:
        return self._open[-1][0]

    def _text(self, end: int) -> None:
        if end > self._place:
            self._inside.append(self._run.text[self._place : end])

    def _take(self, token: Token, start: int, end: int) -> None:
        raw = self._run.raw(start, end)
        kind = token.type
        if kind == "text_special":
            self._inside.append(token.content)
        elif kind == "softbreak":
            self._inside.append(
                glue(self._run.text[max(0, start - 1) : start], self._run.text[end : end + 1])
            )
        elif kind == "html_inline":
            found = _TAG.match(token.content)
            is_tag = found and not token.content.endswith("/>")
            self._inside.append(
                _Tag(raw, bool(found[1]), found[2].lower()) if is_tag and found else Thing([raw])
            )
        elif kind.endswith("_open") and token.info != "auto":
            self._open.append(([], raw))
        elif kind.endswith("_close"):
            self._close(kind.removesuffix("_close"), raw)
        else:
            if "picture" in token.meta:
                self.pictures.append(self._run.raw(*token.meta["picture"]))
            self._inside.append(Thing([raw], _OTHERS.get(kind, True)))

    def _close(self, kind: str, closing: Raw) -> None:
        if len(self._open) == 1:
            self._inside.append(Thing([closing]))
            return
        nodes, opening = self._open.pop()
        if opening is None or len(self._open) > _DEEPEST:
            self._inside.extend((Thing([opening]), *nodes, Thing([closing])))
            return
        kind = "a" if kind == "link" else kind
        self._inside.append(Span(Marks(opening, closing, kind), _paired(nodes)))

    def _drop(self) -> None:
        nodes, opening = self._open.pop()
        self._inside.extend((Thing([opening]), *nodes))


def _paired(nodes: list[Node | _Tag]) -> list[Node]:
    """Return nodes in which an opening tag and its mate are a span, or with what is in it no text."""
    done: list[Node] = []
    opened: list[tuple[int, _Tag]] = []  # (place in `done`, tag)
    for node in nodes:
        if not isinstance(node, _Tag):
            done.append(node)
            continue
        at = next((at for at in reversed(range(len(opened))) if opened[at][1].name == node.name), None)
        if node.closes and at is not None:
            place, tag = opened[at]
            inside = done[place + 1 :]
            is_code = tag.name in _CODE_TAGS
            span = Span(Marks(tag.raw, node.raw, ""), inside)
            done[place:] = [Thing([Raw(tag.raw.start, node.raw.end)], is_word=True) if is_code else span]
            del opened[at:]
            continue
        if not node.closes and node.name not in _VOID_TAGS and len(opened) < _DEEPEST:
            opened.append((len(done), node))
        done.append(Thing([node.raw]))
    return done


def _events(text: str, references: dict[str, object]) -> list[tuple[int, int, Token]]:
    """Return what is no plain text, and where."""
    markdown = _parser()
    state = StateInline(text, markdown, {"references": references}, [])
    markdown.inline.tokenize(state)
    for rule in (
        rules_inline.link_pairs,
        rules_inline.strikethrough.postProcess,
        rules_inline.emphasis.postProcess,
    ):
        rule(state)
    return sorted(_placed(state.tokens), key=lambda event: event[:2])


def _placed(tokens: list[Token]) -> Iterator[tuple[int, int, Token]]:
    for token in tokens:
        if _PLACE not in token.meta or token.type == "text":
            continue
        start, end = token.meta[_PLACE]
        if token.type == "strong_open":
            start -= 1  # its first sign is a token of its own
        elif token.type == "strong_close":
            end += 1
        elif token.type in ("softbreak", "hardbreak"):
            start = token.meta["blanks"]
        yield start, end, token


@cache
def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("strikethrough")
    markdown.validateLink = _is_link  # type: ignore[method-assign, assignment]
    rules: dict[str, _Rule] = {
        "newline": _told(rules_inline.newline), "escape": _told(rules_inline.escape),
        "backticks": _told(rules_inline.backtick), "link": _told(rules_inline.link),
        "strikethrough": _told(rules_inline.strikethrough.tokenize),
        "emphasis": _told(rules_inline.emphasis.tokenize), "image": _told(rules_inline.image),
        "autolink": _told(rules_inline.autolink), "html_inline": _told(rules_inline.html_inline),
        "entity": _told(rules_inline.entity),
    }  # fmt: skip
    for name, rule in rules.items():
        markdown.inline.ruler.at(name, rule)
    markdown.inline.ruler.before("link", "note", _told(_matching(_NOTE, "note")))
    markdown.inline.ruler.before("link", "formula", _told(_matching(_FORMULA, "formula")))
    return markdown


def _is_link(address: str) -> bool:  # noqa: ARG001
    """Nobody opens the links here: each is one."""
    return True


def _matching(pattern: re.Pattern[str], kind: str) -> _Rule:
    """Return a rule for what Markdown itself does not know."""

    def rule(state: StateInline, silent: bool) -> bool:
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        if not silent:
            state.push(kind, "", 0).content = found[0]
        state.pos = found.end()
        return True

    return rule


def _told(rule: _Rule) -> _Rule:
    """Return a rule whose tokens know their places."""

    def telling(state: StateInline, silent: bool) -> bool:
        if silent:
            return rule(state, silent)
        start = state.pos
        first = len(state.tokens) + bool(state.pending)
        label = _label_end(state, start) if rule in (rules_inline.link, rules_inline.image) else -1
        if not rule(state, silent):
            return False
        _tell(state, first, start, label)
        return True

    return telling


def _label_end(state: StateInline, start: int) -> int:
    """Return where the words of a link or picture end, if one begins here."""
    bracket = start + state.src.startswith("![", start)
    if not state.src.startswith("[", bracket):
        return -1
    return parseLinkLabel(state, bracket, bracket == start)


def _tell(state: StateInline, first: int, start: int, label: int) -> None:
    new = state.tokens[first:]
    if not new:
        return
    if new[0].type == "text":  # signs of emphasis
        for token in new:
            token.meta[_PLACE] = (start, start + len(token.content))
            start += len(token.content)
    elif new[0].type == "link_open" and new[0].info != "auto":
        new[0].meta[_PLACE] = (start, start + 1)
        new[-1].meta[_PLACE] = (label, state.pos)
    else:
        new[0].meta[_PLACE] = (start, state.pos)
        if new[0].type in ("softbreak", "hardbreak"):
            new[0].meta["blanks"] = _without_blanks(state.src, start)
        elif new[0].type == "image":
            new[0].meta["picture"] = (start + 2, label)


def _without_blanks(text: str, place: int) -> int:
    """Return where the blanks before a place begin."""
    while place and text[place - 1] == " ":
        place -= 1
    return place
