"""What the Hub says of a model, as our own value: from a server that nobody vouches for."""

from __future__ import annotations

import re

from chatdesk.domain.hub import RemoteModel
from chatdesk.hub.library import ModelInfo

NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9_][\w.-]{0,95})?", re.ASCII)
_LONGEST_WORD = 80  # characters of a licence or an architecture that are shown


def remote_model(info: ModelInfo) -> RemoteModel | None:
    """Return the model, or None where its name cannot be one."""
    if not isinstance(info.id, str) or not NAME.fullmatch(info.id) or ".." in info.id:
        return None
    facts = info.gguf if isinstance(info.gguf, dict) else {}
    return RemoteModel(
        id=info.id,
        downloads=_count(info.downloads),
        likes=_count(info.likes),
        updated=info.last_modified,
        gated=bool(info.gated),
        licence=_licence(info),
        architecture=_word(facts.get("architecture")),
        parameters=_count(facts.get("total")),
        context_tokens=_count(facts.get("context_length")),
    )


def _licence(info: ModelInfo) -> str:
    named = getattr(info.card_data, "license", None)
    if named in ("other", None):
        named = getattr(info.card_data, "license_name", None) or named
    if named is None:
        tags = info.tags if isinstance(info.tags, list) else []
        named = next((tag for tag in tags if isinstance(tag, str) and tag.startswith("license:")), "")
        named = named.removeprefix("license:")
    if isinstance(named, list):
        named = ", ".join(each for each in named if isinstance(each, str))
    return _word(named)


def _word(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return "".join(c for c in value if c.isprintable())[:_LONGEST_WORD]


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 1 << 62 else 0
