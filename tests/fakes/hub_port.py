"""A scripted Hub for tests of flows and of the window: it speaks the port, and never touches the network."""

import io
import threading

from chatdesk.domain.hub import (
    Downloaded,
    DownloadProgress,
    HubAccess,
    RemoteFile,
    RemoteModel,
    RemoteRepository,
    Variant,
)
from chatdesk.domain.hub_errors import RepositoryMissing

GB = 1_000_000_000
REVISION = "0123456789abcdef0123456789abcdef01234567"


def remote_model(name="maker/Tiny-GGUF", **facts):
    """Return what a search lists; `facts` replace those of a small model."""
    known = {
        "downloads": 1_234_000,
        "likes": 321,
        "licence": "apache-2.0",
        "architecture": "qwen3",
        "parameters": 4_022_000_000,
        "context_tokens": 262_144,
    }
    return RemoteModel(name, **(known | facts))


def variant(quantisation, size, name="Tiny", parts=1):
    """Return one quantisation of `size` bytes in `parts` files."""
    if parts == 1:
        return Variant(quantisation, (RemoteFile(f"{name}-{quantisation}.gguf", size),))
    files = [
        RemoteFile(f"{name}-{quantisation}-{i + 1:05}-of-{parts:05}.gguf", size // parts)
        for i in range(parts)
    ]
    return Variant(quantisation, tuple(files))


def repository(name="maker/Tiny-GGUF", *variants, projectors=(), **facts):
    """Return a repository, by default with three variants."""
    some = variants or (
        variant("Q2_K", round(1.6 * GB)),
        variant("Q4_K_M", round(2.5 * GB)),
        variant("Q8_0", round(4.3 * GB)),
    )
    return RemoteRepository(remote_model(name, **facts), REVISION, some, projectors)


class FakeHub:
    """Answers with what it holds, and remembers what it was asked in `asked`.

    `found` is what each search returns, up to its limit. An exception in `failing`, by the name of a method,
    is raised instead. While `gate` is cleared, every call waits for it. A download yields its half, then
    `events`, and ends when `finish` is set, or when it is cancelled.
    """

    def __init__(self, *repositories, found=(), cards=None):
        self.repositories = {each.model.id: each for each in repositories or (repository(),)}
        self.found = list(found) or [each.model for each in self.repositories.values()]
        self.cards = cards or {}
        self.failing = {}
        self.asked = []
        self.gate = threading.Event()
        self.gate.set()
        self.events = []
        self.finish = threading.Event()
        self.finish.set()

    def search(self, query, access):
        self._enter("search", query, access)
        return self.found[: query.limit]

    def repository(self, name, access):
        self._enter("repository", name, access)
        if name not in self.repositories:
            raise RepositoryMissing(name)
        return self.repositories[name]

    def card(self, name, revision, access):
        self._enter("card", name, access)
        return self.cards.get(name, "")

    def open(self, repository, revision, file, access):
        self._enter("open", file.path, access)
        return io.BytesIO(b"GGUF")

    def download(self, request, access, cancel, promised):
        self._enter("download", request, access)
        total = sum(file.bytes for file in request.files)
        yield DownloadProgress(total // 2, total, 10e6)
        yield from self.events
        while not self.finish.is_set():
            if cancel.wait(0.01):
                return
        if not cancel.cancelled:
            yield Downloaded(tuple(request.folder / file.path for file in request.files))

    def discard(self, request):
        self.asked.append(("discard", request))

    def _enter(self, name, what, access):
        assert isinstance(access, HubAccess)
        self.asked.append((name, what))
        assert self.gate.wait(10)
        if name in self.failing:
            raise self.failing[name]
