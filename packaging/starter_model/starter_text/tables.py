"""Reads the words and wordings that stand as data beside the code."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("data")


def read_toml(name: str) -> dict[str, Any]:
    """Return the content of `data/<name>.toml`; tables keep their order."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def read_rows(name: str) -> list[list[str]]:
    """Return the rows of `data/words/<name>.txt`: columns between bars, lines with # are remarks."""
    lines = (_DATA / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]
