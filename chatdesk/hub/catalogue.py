"""Reads the catalogue of recommended models: TOML in, checked values out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chatdesk.domain.catalogue import CatalogueModel, Purpose

_KINDS: Mapping[str, type] = {
    "repository": str,
    "file": str,
    "title": str,
    "purpose": str,
    "memory": int,
    "bytes": int,
    "licence": str,
    "languages": str,
    "good_at": str,
}


def read_catalogue(path: Path) -> tuple[CatalogueModel, ...]:
    """Return the models of a file of `[[models]]` tables in their order.

    Raises ValueError, which says what is wrong and where, also for any other key, and OSError.
    """
    table = tomllib.loads(path.read_text("utf-8"))
    if set(table) != {"models"} or not isinstance(table["models"], list):
        raise ValueError(f"{path.name}: it has to hold [[models]] and nothing else")
    models = tuple(_model(entry, f"{path.name}, model {i + 1}") for i, entry in enumerate(table["models"]))
    places = [(model.repository, model.file) for model in models]
    if len(set(places)) < len(places):
        raise ValueError(f"{path.name}: a file stands in it twice")
    return models


def _model(entry: object, where: str) -> CatalogueModel:
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: has to be a table")
    for key in entry:
        if key not in _KINDS:
            raise ValueError(f"{where}: unknown key {key} (known: {', '.join(_KINDS)})")
    for key, kind in _KINDS.items():
        if type(entry.get(key)) is not kind or not entry[key]:
            raise ValueError(f"{where}: {key} is missing or not a {kind.__name__}")
    _check(entry, where)
    return CatalogueModel(**{**entry, "purpose": Purpose(entry["purpose"])})


def _check(entry: Mapping[str, Any], where: str) -> None:
    if entry["purpose"] not in Purpose.__members__:
        raise ValueError(f"{where}: there is no purpose {entry['purpose']} (known: {', '.join(Purpose)})")
    if entry["repository"].count("/") != 1:
        raise ValueError(f"{where}: repository has to be owner/name")
    if not entry["file"].casefold().endswith(".gguf"):
        raise ValueError(f"{where}: file has to be a GGUF file")
    if entry["memory"] < 0 or entry["bytes"] < 0:
        raise ValueError(f"{where}: memory and bytes cannot be negative")
