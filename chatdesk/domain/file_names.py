"""Names from the network as names that every file system can hold, inside one folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

LONGEST = 120  # bytes in UTF-8: a system takes 255, and a deep folder and endings like ".part" have to fit
# What Windows refuses, control characters, those that turn the direction of writing, and lone surrogates.
_FORBIDDEN = re.compile('[\\x00-\\x1f\\x7f-\\x9f<>:"/|?*\\\\\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
_OWN_ENDINGS = (".part", ".part.json", ".part.lock")  # of downloads that are not finished
# The parts of a split model are found by their common beginning, so what follows it has to stay.
_PART = re.compile(r"-\d{5}-of-(\d{5})(?=\.[^.]*\Z)")
_ENDING = re.compile(r"(-\d{5}-of-\d{5})?(\.[a-z0-9]{1,10})?\Z", re.IGNORECASE)


def local_path(folder: Path, remote: str) -> Path:
    """Return where in `folder` the file called `remote` ("/" between folders) is kept.

    Harmless names stay as they are. Of two different remote names, each gets a place of its own.
    """
    parts = [part for part in remote.split("/") if part] or [""]
    return folder.joinpath(*map(safe_name, parts))


def parts_of(path: Path) -> list[Path]:
    """Return the files of the model that begins with `path`: itself, or all parts that are there.

    Raises OSError when the folder cannot be read.
    """
    match = _PART.search(path.name)
    if match is None:
        return [path]
    beginning, ending = path.name[: match.start()], path.name[match.end() :]
    same = re.compile(re.escape(beginning) + rf"-\d{{5}}-of-{match[1]}" + re.escape(ending))
    return sorted(each for each in path.parent.iterdir() if same.fullmatch(each.name))


def safe_name(name: str) -> str:
    """Return `name` if any system can hold it as one name, else one like it, marked by a checksum."""
    plain = _FORBIDDEN.sub("_", name).rstrip(" .")
    if plain == name and _is_harmless(name):
        return name
    if _is_device(plain):
        plain = f"_{plain}"
    ending = "" if plain.casefold().endswith(_OWN_ENDINGS) else _ending(plain)
    stem = plain.removesuffix(ending)
    original = name.removesuffix(ending).encode("utf-8", "surrogatepass")
    mark = hashlib.sha256(original).hexdigest()[:8]
    room = LONGEST - len(ending.encode()) - len(mark) - 1
    return f"{_cut(stem, room)}_{mark}{ending}"


def _is_harmless(name: str) -> bool:
    return (
        name != ""
        and len(name.encode()) <= LONGEST
        and not _is_device(name)
        and not name.casefold().endswith(_OWN_ENDINGS)
    )


def _is_device(name: str) -> bool:
    return name.partition(".")[0].rstrip().casefold() in _DEVICES


def _ending(name: str) -> str:
    match = _ENDING.search(name)
    return match[0] if match else ""


def _cut(text: str, size: int) -> str:
    """Return the beginning of `text` of at most `size` bytes in UTF-8."""
    return text.encode()[:size].decode(errors="ignore")
