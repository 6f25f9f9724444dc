"""The models that come recommended with the application, and which of them suit a machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

USABLE = 0.88  # of a machine's nominal memory; firmware and graphics keep the rest from being counted


class Purpose(StrEnum):
    chat = "chat"
    translation = "translation"
    embedding = "embedding"


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """One file of one repository; `memory` is the smallest machine it runs well on, in GB of memory."""

    repository: str  # "owner/name"
    file: str  # within the repository
    title: str
    purpose: Purpose
    memory: int
    bytes: int
    licence: str
    languages: str  # in words: "English", "55 languages"
    good_at: str  # one sentence


def suited(models: Sequence[CatalogueModel], memory: int) -> list[CatalogueModel]:
    """Return those that run well with `memory` bytes, the most demanding first, else in their order."""
    fitting = [model for model in models if model.memory * 1e9 * USABLE <= memory]
    return sorted(fitting, key=lambda model: -model.memory)
