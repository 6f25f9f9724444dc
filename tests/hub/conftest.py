"""A Hub with a model, a folder for it, and a call that downloads it."""

from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import (
    HubAccess,
)
from chatdesk.hub.download import download
from tests.fakes.hub import FakeHub
from tests.hub.downloads import DATA, NAME, QUICK, REPOSITORY, request


@pytest.fixture
def hub():
    with FakeHub() as hub:
        hub.add(REPOSITORY, {NAME: DATA, "README.md": b"# A model\n"})
        yield hub


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "models" / "owner" / "model-GGUF"


@pytest.fixture
def fetch(hub, folder):
    """Return a call that downloads and returns all events."""

    def fetch(*names, of=REPOSITORY, patience=QUICK, endpoint="", token="", **changes):
        asked = replace(request(hub, folder, *names, repository=of), **changes)
        return list(download(asked, HubAccess(endpoint or hub.url, token), CancelToken(), patience))

    return fetch
