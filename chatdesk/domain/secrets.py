"""Where the access token of the Hub is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Keeping(StrEnum):
    session = "session"  # until the application ends
    key_ring = "key ring"  # that of the system
    file = "file"  # in clear text, readable for the user alone


@dataclass(frozen=True, slots=True)
class KeptToken:
    """`endpoint` is the address that the token is for; nobody else gets it."""

    endpoint: str
    keeping: Keeping


@dataclass(frozen=True, slots=True)
class TokenState:
    """What is known of the token; `problem` is why there is no key ring, as a part of a sentence."""

    kept: KeptToken | None
    problem: str = ""
