"""Recognises what people paste when they mean a model on the Hub."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from chatdesk.domain.hub import HubAddress

LONGEST = 2000  # characters of a text that can be an address
HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co", "hf-mirror.com"})
_STEP = r"[A-Za-z0-9][\w.-]{0,95}"
_NAME = re.compile(f"{_STEP}/{_STEP}", re.ASCII)
_TAGGED = re.compile(
    rf"(?:hf(?::|://))?(?P<name>{_STEP}/{_STEP})(?P<file>/[^:]+)?(?::(?P<tag>[\w.-]+))?", re.ASCII
)
_IN_REPOSITORY = {"blob", "resolve", "raw", "tree"}
_NO_OWNERS = {
    "api", "blog", "chat", "collections", "datasets", "docs", "join", "learn", "login", "new",
    "organizations", "papers", "posts", "pricing", "search", "settings", "spaces", "tasks",
}  # fmt: skip


def find_address(text: str, host: str = "") -> HubAddress | None:
    """Return the repository, and the file or quantisation in it, that `text` names; None for other words.

    Understood are addresses of the Hub's pages and files, also on the mirror `host`, "owner/name",
    "owner/name/file.gguf", and "hf:owner/name:Q4_K_M" with or without its "hf:".
    """
    text = text.strip().strip("<>\"'`“”").strip()
    if not text or len(text) > LONGEST or any(c.isspace() for c in text):
        return None
    bare = re.sub(r"^https?://", "", text, flags=re.IGNORECASE)
    server, _, _ = bare.partition("/")
    if server.lower() in HOSTS | {host.lower()} and server:
        return _of_page(f"https://{bare}")
    if bare != text:
        return None
    return _of_words(text)


def _of_page(address: str) -> HubAddress | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    path = unquote(parts.path).strip("/").removeprefix("api/").removeprefix("models/")
    shown = parse_qs(parts.query).get("show_file_info", [""])[0]
    steps = path.split("/")
    if len(steps) >= 5 and steps[2] in _IN_REPOSITORY:
        file = "/".join(steps[4:])
        return _address("/".join(steps[:2]), file if steps[2] != "tree" else "")
    return _of_words("/".join(steps[:2]), shown)


def _of_words(text: str, file: str = "") -> HubAddress | None:
    match = _TAGGED.fullmatch(text)
    if match is None:
        return None
    inside = (match["file"] or "").strip("/")
    if inside and not inside.lower().endswith(".gguf"):
        return None
    return _address(match["name"], inside or file, match["tag"] or "")


def _address(name: str, file: str, tag: str = "") -> HubAddress | None:
    if not _NAME.fullmatch(name) or ".." in name or name.partition("/")[0].lower() in _NO_OWNERS:
        return None
    if any(step in ("", ".", "..") for step in file.split("/")):
        file = ""
    return HubAddress(name, file, "" if tag.lower() == "latest" else tag.upper())
