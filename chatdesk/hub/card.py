"""A model's card as Markdown that can be read: without its head of data, pictures and HTML."""

from __future__ import annotations

import re

from chatdesk.domain.hub import HubAccess
from chatdesk.domain.hub_errors import FileMissing, TermsNotAccepted
from chatdesk.hub.connection import connect, host_of
from chatdesk.hub.failures import check, line_errors
from chatdesk.hub.library import hf_hub_url

LARGEST = 512 << 10  # bytes that are read; real cards have up to 200 KB
_CARD = "README.md"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# Names in angle brackets that are HTML; others, such as <think>, are words of the text.
_TAG_NAMES = """
    a abbr article aside audio b big blockquote body br button caption center cite code col colgroup dd del
    details div dl dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i
    iframe img input ins kbd li link main mark meta nav object ol p path picture pre q s samp script section
    small source span strike strong style sub summary sup svg table tbody td tfoot th thead title tr tt u ul
    var video
"""
_LINE_NAMES = "br div p tr table ul ol details summary center hr blockquote h1 h2 h3 h4 h5 h6"  # begin a line
_TAG = re.compile(r"`[^`\n]+`|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<more>(?:\s[^<>]*)?)/?>")
_HIDDEN = ("script", "style", "iframe", "svg")  # their contents are no text either
_KNOWN, _LINES = frozenset(_TAG_NAMES.split()), frozenset(_LINE_NAMES.split())
_PICTURE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_EMPTY_LINK = re.compile(r"\[\s*\](?:\([^()]*\)|\[[^\[\]]*\])")
_ADDRESS = re.compile(r"""\shref\s*=\s*["']?(https?://[^\s"'<>()]+)""", re.IGNORECASE)


def card(name: str, revision: str, access: HubAccess, patience: float) -> str:
    """Return the card of a repository as Markdown, "" when there is none to read. Raises HubError."""
    host = host_of(access)
    url = hf_hub_url(name, _CARD, revision=revision, endpoint=access.endpoint)
    text = bytearray()
    try:
        with (
            line_errors(host, patience, access.proxy),
            connect(access, patience) as client,
            client.stream("GET", url) as response,
        ):
            check(response, host, name, _CARD)
            if "text/html" in response.headers.get("Content-Type", ""):
                return ""
            for piece in response.iter_bytes(64 << 10):
                text += piece
                if len(text) > LARGEST:
                    break
    except (FileMissing, TermsNotAccepted):
        return ""
    return readable(text[:LARGEST].decode("utf-8", "replace"))


def readable(text: str) -> str:
    """Return a card without the data at its head, pictures and HTML; blocks of code stay as they are."""
    text = _without_head(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    cleaned = "".join(piece if is_code else _cleaned(piece) for is_code, piece in _pieces(text) if piece)
    return re.sub(r"\n{3,}", "\n\n", cleaned).strip()


def _without_head(text: str) -> str:
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---", 3)
    if end < 0:
        return text
    line_end = text.find("\n", end + 1)
    return text[line_end + 1 :] if line_end >= 0 else ""


def _pieces(text: str) -> list[tuple[bool, str]]:
    """Return the text cut into (is a block of code, lines)."""
    pieces: list[tuple[bool, list[str]]] = [(False, [])]
    fence = ""
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if not fence and match:
            fence = match[1]
            pieces.append((True, [line]))
            continue
        pieces[-1][1].append(line)
        stripped = line.strip()
        if fence and set(stripped) == {fence[0]} and len(stripped) >= len(fence):
            fence = ""
            pieces.append((False, []))
    return [(is_code, "".join(lines)) for is_code, lines in pieces]


def _cleaned(text: str) -> str:
    text = _without_between(text, "<!--", "-->")
    for name in _HIDDEN:
        text = _without_between(text, f"<{name}\\b", f"</{name}\\s*>")
    # What stands indented between tags would else become a block of code.
    text = re.sub(r"^[ \t]+(?=<)", "", text, flags=re.MULTILINE)
    text = _TAG.sub(_Tags().instead_of, text)
    text = _EMPTY_LINK.sub("", _PICTURE.sub("", text))
    return re.sub(r"^[ \t]+$", "", text, flags=re.MULTILINE)


def _without_between(text: str, start: str, end: str) -> str:
    """Return `text` without what stands from each match of `start` to the next of `end`."""
    opening, closing = (re.compile(pattern, re.IGNORECASE) for pattern in (start, end))
    kept = []
    place = 0
    while (begin := opening.search(text, place)) and (stop := closing.search(text, begin.end())):
        kept.append(text[place : begin.start()])
        place = stop.end()
    return "".join(kept) + text[place:]


class _Tags:
    """Says what stands instead of each tag, in their order."""

    def __init__(self) -> None:
        self._targets: list[str] = []  # of the links that are open

    def instead_of(self, match: re.Match[str]) -> str:
        name = (match["name"] or "").lower()
        if name not in _KNOWN:
            return match[0]
        if name == "a":
            return self._link(match)
        if name in _LINES:
            heading = "#" * int(name[1]) + " " if re.fullmatch("h[1-6]", name) and not match["end"] else ""
            return f"\n{heading}"
        if name == "li" and not match["end"]:
            return "\n- "
        return " " if name in ("td", "th") and not match["end"] else ""

    def _link(self, match: re.Match[str]) -> str:
        if match["end"]:
            target = self._targets.pop() if self._targets else ""
            return f"]({target})" if target else ""
        found = _ADDRESS.search(match["more"])
        self._targets.append(found[1] if found else "")
        return "[" if found else ""
