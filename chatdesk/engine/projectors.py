"""Finds the projector that lies beside a model, and says what memory it takes."""

from __future__ import annotations

import re
from pathlib import Path

from chatdesk.domain.models import SIGHT_BUFFERS
from chatdesk.domain.words import tr
from chatdesk.engine.gguf import is_projector
from chatdesk.engine.gguf_reader import MAGIC, GgufKeys, Malformed, read_keys

_NAME = re.compile(r"mm[-_]?proj", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
# What names of projectors have beside the name of their model.
_SAYS_NOTHING = re.compile(
    r"(?:mm|proj|mmproj|model|text|gguf|ggml|vision|vl|instruct|chat|it|b?f16|f32|fp16|i?q\d|[a-z]|\d+|of)"
)
_KIND = re.compile(r"b?f16|fp16|f32|q\d")
_PREFERRED = ("f16", "fp16", "q8", "bf16", "f32")  # small without loss before large
_MOST_FILES = 50  # of a folder, whose beginnings are read


def memory_of(projector: Path | None) -> int:
    """Return the bytes that a projector takes: those of its file and a margin; 0 for none."""
    try:
        return projector.stat().st_size + SIGHT_BUFFERS if projector else 0
    except OSError:
        return 0


def unusable_projector(path: Path, reason: str) -> str:
    """Return a sentence of why it cannot be used; `reason` is a part of one."""
    return tr("Its projector “{name}” cannot be used: {reason}.").format(name=path.name, reason=reason)


class Projectors:
    """The projectors in the folders of models; each folder is read again when it has changed."""

    def __init__(self) -> None:
        self._found: dict[Path, tuple[int, tuple[Path, ...]]] = {}

    def beside(self, model: Path) -> Path | None:
        """Return the projector in the folder of `model` that belongs to it by its name; one whose name
        names no model belongs to all in its folder."""
        words, folders = _words(model.stem), [model.parent]
        if model.parent.name.casefold() in model.stem.casefold():
            folders.append(
                model.parent.parent
            )  # where a repository keeps each version in a folder of its own
        near = (each for folder in folders for each in self._in(folder))
        fitting = [each for each in near if each != model and _belongs(each, words)]
        return min(fitting, key=lambda each: _rank(each, words), default=None)

    def _in(self, folder: Path) -> tuple[Path, ...]:
        try:
            changed = folder.stat().st_mtime_ns
            known = self._found.get(folder)
            if known is None or known[0] != changed:
                files = sorted(each for each in folder.iterdir() if each.suffix.casefold() == ".gguf")
                named = [each for each in files if _NAME.search(each.name)]
                others = [each for each in files if each not in named][:_MOST_FILES]
                known = changed, (*named, *filter(_says_so, others))
                self._found[folder] = known
        except OSError:
            return ()
        return known[1]


def _says_so(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return False
            file.seek(0)
            return is_projector(GgufKeys(read_keys(file, path.stat().st_size)))
    except (OSError, Malformed):
        return False


def _words(stem: str) -> list[str]:
    return [word for word in _WORD.findall(stem.casefold()) if not _SAYS_NOTHING.fullmatch(word)]


def _belongs(projector: Path, model: list[str]) -> bool:
    own = _words(projector.stem)
    return not own or any(word in model for word in own)


def _rank(projector: Path, model: list[str]) -> tuple[int, int, int, str]:
    """Sort by what the names share, then by what they do not, then by how exact the numbers are."""
    own = set(_words(projector.stem))
    shared = own & set(model)
    kind = _KIND.search(projector.stem.casefold())
    rank = _PREFERRED.index(kind[0]) if kind and kind[0] in _PREFERRED else len(_PREFERRED)
    return -len(shared), len(own - shared), rank, projector.name
