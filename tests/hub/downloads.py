"""What the tests of downloads ask for, put down and look at."""

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

from chatdesk.domain.hub import (
    Downloaded,
    DownloadRequest,
    DownloadWaits,
    RemoteFile,
)
from chatdesk.hub.retry import Patience

REPOSITORY, NAME = "owner/model-GGUF", "model.gguf"
DATA = os.urandom(3_000_000)
QUICK = Patience(silent=9, tries=4, first_wait=0.001, longest_asked=0.01, tick=0.01)
IMPATIENT = replace(QUICK, silent=0.4)  # only where nothing comes: a busy machine may take as long
ROOT = Path(__file__).parents[2]


def request(hub, folder, *names, repository=REPOSITORY):
    held = hub.repositories[repository]
    names = names or (NAME,)
    files = tuple(RemoteFile(name, held.size(name), held.sha256(name)) for name in names)
    return DownloadRequest(repository, held.revision, files, folder)


def part_of(folder, size, data=DATA, etag=None, name=NAME):
    """Put down what an earlier download would have left."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.part").write_bytes(data[:size])
    version = {"etag": etag or hashlib.sha256(DATA).hexdigest(), "size": len(DATA)}
    (folder / f"{name}.part.json").write_text(json.dumps(version))


def names_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def reasons(events):
    return [event.reason for event in of(DownloadWaits, events)]


def ranges(hub):
    return [each.range for each in hub.asked("model.gguf", "cdn") if each.method == "GET"]


def read_until(events, count):
    """Take events until that many bytes have arrived; return the last one."""
    return next(event for event in events if event.done >= count)


def start_of(header):
    return int(header.removeprefix("bytes=").removesuffix("-"))


def assert_whole(events, folder):
    assert events[-1] == Downloaded((folder / NAME,))
    assert (folder / NAME).read_bytes() == DATA
    assert names_in(folder) == [NAME]
