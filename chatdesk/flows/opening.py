"""What the application is asked to open by its argument: a model, by file or address, or what was copied."""

from __future__ import annotations

from pathlib import Path

from chatdesk.domain.hub import HubAddress
from chatdesk.domain.settings import Settings
from chatdesk.flows.hub import address_of

CLIPBOARD = "--translate-clipboard"  # in place of a model: translate what was copied
QUICK_ASK = "--quick-ask"  # in place of a model: ask a question in the small window


def target_of(text: str, settings: Settings) -> Path | HubAddress | None:
    """Return the file or the model that `text` names; None for words that name neither.

    A file that is there goes before a model of the same name; what it holds is not looked at.
    """
    try:
        path = Path(text).expanduser().absolute()
        if path.is_file():
            return path
    except (OSError, ValueError, RuntimeError):
        return None
    address = address_of(text, settings)
    # “models/small.gguf” is much more often a mistyped path than a repository of that name.
    mistyped = address is not None and address.repository == text and text.casefold().endswith(".gguf")
    return None if mistyped else address
