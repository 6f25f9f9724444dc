"""Pictures as plain values: made from files or the clipboard, kept by the store, looked at by models."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_SIDE = 1536  # pixels; models look at less of a larger picture anyway


@dataclass(frozen=True, slots=True)
class Picture:
    """A still picture without transparent parts, its longest side at most LONGEST_SIDE."""

    name: str  # of the file, without its folder
    data: bytes  # PNG or JPEG
    width: int  # pixels
    height: int  # pixels
    preview: bytes = b""  # PNG or JPEG, a few hundred pixels; empty where nobody looks at one
