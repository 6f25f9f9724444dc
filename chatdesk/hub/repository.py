"""Reads what a repository holds: its models with their parts, and the parts that read pictures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from chatdesk.domain.hub import HubAccess, RemoteFile, RemoteRepository, Variant
from chatdesk.domain.hub_errors import HubUnreachable, NothingToDownload, RepositoryMissing
from chatdesk.hub.connection import api, host_of
from chatdesk.hub.failures import not_a_hub
from chatdesk.hub.library import ModelInfo
from chatdesk.hub.models import NAME, remote_model

_PART = re.compile(r"(?P<model>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_PROJECTOR = re.compile(r"mm[-_]?proj", re.IGNORECASE)
# Files in the model format that hold something else: statistics for quantising, vocabularies without weights,
# what macOS leaves beside files, and additions that run on top of a model.
_NO_MODEL = re.compile(
    r"imatrix|^ggml-vocab|^\._|(^|[-_.])(lora[-_.]?adapter|control[-_.]?vector)", re.IGNORECASE
)
# The names that llama.cpp's quantiser gives, with "UD-" before those of Unsloth.
_QUANTISATION = re.compile(
    r"(?:UD-)?(?:I?Q[1-8](?:_(?:[01248]|K|XXS|XS|S|M|L|XL|NL))*|TQ[12]_0|MXFP4(?:_MOE)?|NVFP4|BF16|FP?16|FP?32)",
    re.IGNORECASE,
)
_REVISION = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def repository(name: str, access: HubAccess, patience: float) -> RemoteRepository:
    """Return what can be downloaded of "owner/name". Raises HubError, so NothingToDownload for nothing."""
    name = name.strip()
    if not NAME.fullmatch(name):
        raise RepositoryMissing(name)
    with api(access, patience, name) as hub:
        info = hub.model_info(name, files_metadata=True)
        files = _files(info)
    model = remote_model(info)
    if model is None or not isinstance(info.sha, str) or not _REVISION.fullmatch(info.sha):
        raise HubUnreachable(host_of(access), not_a_hub())
    models = [file for file in files if not _is_projector(file)]
    found = variants(models)
    if not found:
        raise NothingToDownload(model.id)
    projectors = tuple(file for file in files if _is_projector(file))
    return RemoteRepository(model, info.sha, found, projectors)


def variants(files: Iterable[RemoteFile]) -> tuple[Variant, ...]:
    """Put the parts of each model together, from the smallest model to the largest.

    Models of which a part is missing are left out: they cannot be run.
    """
    parts: dict[str, dict[int, RemoteFile]] = defaultdict(dict)
    counts: dict[str, int] = {}
    for file in files:
        match = _PART.fullmatch(file.path)
        key = f"{match['model']}-{match['count']}" if match else file.path
        counts[key] = int(match["count"]) if match else 1
        parts[key][int(match["number"]) if match else 1] = file
    whole = [
        Variant(quantisation_of(numbered[1].path), tuple(numbered[i] for i in sorted(numbered)))
        for key, numbered in parts.items()
        if sorted(numbered) == list(range(1, counts[key] + 1))
    ]
    return tuple(sorted(whole, key=lambda variant: (variant.bytes, variant.first.path)))


def quantisation_of(path: str) -> str:
    """Return what the name of a model file, else that of its folder, tells of its quantisation, such as
    "Q4_K_M"; "" for nothing.
    """
    file = PurePosixPath(path)
    match = _PART.fullmatch(file.name)
    for name in (match["model"] if match else file.stem, file.parent.name):
        # What stands last counts: names begin with the model's own, which may look like one.
        for word in reversed(_words(name)):
            if _QUANTISATION.fullmatch(word):
                return word.upper().replace("FP16", "F16").replace("FP32", "F32")
    return ""


def _words(name: str) -> list[str]:
    return re.findall(r"(?:UD-)?[^-.\s]+", name, re.IGNORECASE)


def _files(info: ModelInfo) -> Sequence[RemoteFile]:
    found = []
    for each in info.siblings or ():
        if not _is_model_file(each.rfilename):
            continue
        size = each.size if isinstance(each.size, int) and each.size > 0 else 0
        sha256 = str(each.lfs.sha256) if each.lfs is not None else ""
        found.append(RemoteFile(each.rfilename, size, sha256 if _SHA256.fullmatch(sha256) else ""))
    return found


def _is_model_file(path: str) -> bool:
    # A name that leads out of its folder is an attack and no model.
    steps = path.split("/")
    harmless = all(step not in ("", ".", "..") for step in steps) and path.isprintable() and "\\" not in path
    return harmless and steps[-1].lower().endswith(".gguf") and not _NO_MODEL.search(steps[-1])


def _is_projector(file: RemoteFile) -> bool:
    return bool(_PROJECTOR.search(PurePosixPath(file.path).name))
