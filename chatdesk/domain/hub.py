"""What a Hub of models offers, how a download goes, and which file suits this machine: as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

HUB = "https://huggingface.co"


class HubSort(StrEnum):
    """The values are those of the Hub's own interface."""

    downloads = "downloads"
    likes = "likes"
    trending = "trendingScore"
    recent = "lastModified"


@dataclass(frozen=True, slots=True)
class HubAccess:
    """How to reach the Hub; all that a call needs to know of the user's settings."""

    endpoint: str = HUB  # or a mirror of it
    token: str = field(default="", repr=False)  # sent to the endpoint's host alone
    proxy: str = field(default="", repr=False)  # "" for that of the system; it may hold a password


@dataclass(frozen=True, slots=True)
class HubQuery:
    words: str = ""
    sort: HubSort = HubSort.downloads
    limit: int = 60


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A repository as the search lists it; 0, "" and None where the Hub does not say."""

    id: str  # "owner/name"
    downloads: int = 0
    likes: int = 0
    updated: datetime | None = None
    gated: bool = False  # its terms have to be accepted on the Hub first
    licence: str = ""
    architecture: str = ""
    parameters: int = 0
    context_tokens: int = 0

    @property
    def name(self) -> str:
        return self.id.rpartition("/")[2]

    @property
    def owner(self) -> str:
        return self.id.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class RemoteFile:
    path: str  # within its repository
    bytes: int
    sha256: str = ""  # "" when the Hub does not say


class SizeGroup(StrEnum):
    """How much of a model's quality its file keeps."""

    small = "small"
    balanced = "balanced"
    large = "large"


@dataclass(frozen=True, slots=True)
class Variant:
    """One quantisation of a model: one file, or all its parts in order."""

    quantisation: str  # "Q4_K_M" and the like, "" when the name does not tell
    files: tuple[RemoteFile, ...]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    @property
    def first(self) -> RemoteFile:
        """The file that is opened to load the model."""
        return self.files[0]


@dataclass(frozen=True, slots=True)
class RemoteRepository:
    """A model with all that can be downloaded of it; variants from the smallest to the largest."""

    model: RemoteModel
    revision: str  # the commit, 40 hexadecimal digits
    variants: tuple[Variant, ...]
    projectors: tuple[RemoteFile, ...] = ()  # parts that read pictures


@dataclass(frozen=True, slots=True)
class HubAddress:
    """What a pasted address names: a repository, and perhaps one file or one quantisation in it."""

    repository: str  # "owner/name"
    file: str = ""
    quantisation: str = ""  # in capitals


@dataclass(frozen=True, slots=True)
class Advice:
    """Which variant suits this machine, None where none does, and why, in one sentence."""

    variant: Variant | None
    reason: str


class FitVerdict(StrEnum):
    fits = "fits"
    shorter_context = "shorter context"
    slow = "slow"
    too_large = "too large"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a model runs on this machine, and what the estimate is made of; all sizes in bytes."""

    verdict: FitVerdict
    weights: int
    kv: int
    buffers: int
    context_tokens: int  # for which it was estimated; with `shorter_context`, the longest that fits
    free_memory: int
    free_gpu: int  # 0 without a GPU
    corrected: float = 1.0  # factor learnt from earlier loads on this machine

    @property
    def needed(self) -> int:
        return round((self.weights + self.kv + self.buffers) * self.corrected)

    @property
    def free(self) -> int:
        """What is free on all devices together."""
        return self.free_memory + self.free_gpu

    @property
    def finds_room(self) -> bool:
        """Whether all of it fits into what is free, be it fast or slow then."""
        return self.verdict is not FitVerdict.too_large and self.needed <= self.free


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """Files of one repository that belong together, and the folder that they are put into."""

    repository: str
    revision: str
    files: tuple[RemoteFile, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Promised:
    """Bytes that will still come into a folder, and that its disk must have room for."""

    folder: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """Bytes over all files of the request; `speed` is bytes a second, 0 while it is not known."""

    done: int
    total: int
    speed: float = 0.0


@dataclass(frozen=True, slots=True)
class DownloadWaits:
    """The line or the server failed; the next try comes after `seconds`."""

    reason: str  # readable
    seconds: float


@dataclass(frozen=True, slots=True)
class DownloadChecks:
    """What has arrived is read again for its checksum; bytes of one file."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Downloaded:
    """All files are complete and checked; `paths` in the order of the request."""

    paths: tuple[Path, ...]


DownloadEvent = DownloadProgress | DownloadWaits | DownloadChecks | Downloaded
