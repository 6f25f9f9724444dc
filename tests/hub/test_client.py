"""The client as the application holds it: light until it is used, and a whole way from words to a file."""

import subprocess
import sys

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import Downloaded, DownloadRequest, DownloadWaits, HubAccess, HubQuery, RemoteFile
from chatdesk.domain.hub_errors import HubUnreachable
from chatdesk.hub.client import HubClient
from tests.fakes.hub import FakeHub


def test_it_imports_nothing_heavy_before_the_first_call():
    code = """
import sys
from chatdesk.hub.client import HubClient
HubClient()
print([name for name in ("huggingface_hub", "httpx2", "ssl") if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_a_download_is_tried_as_often_as_it_was_told(tmp_path):
    with FakeHub() as gone:
        access = HubAccess(gone.url)
    request = DownloadRequest("org/tiny-GGUF", "main", (RemoteFile("tiny.gguf", 9),), tmp_path)
    with pytest.raises(HubUnreachable):
        next(HubClient(30, tries=0).download(request, access, CancelToken()))
    assert isinstance(next(HubClient(30, tries=1).download(request, access, CancelToken())), DownloadWaits)


def test_the_way_from_words_to_a_file_on_the_disk(tmp_path):
    data = b"GGUF" + bytes(range(256)) * 500
    with FakeHub() as hub:
        hub.add("org/tiny-GGUF", {"README.md": b"# Tiny", "tiny-Q4_K_M.gguf": data})
        client, access = HubClient(30), HubAccess(hub.url)
        (model,) = client.search(HubQuery("tiny"), access)
        found = client.repository(model.id, access)
        assert client.card(model.id, found.revision, access) == "# Tiny"
        with client.open(model.id, found.revision, found.variants[0].first, access) as file:
            assert file.read(4) == b"GGUF"
        request = DownloadRequest(model.id, found.revision, found.variants[0].files, tmp_path)
        last = list(client.download(request, access, CancelToken()))[-1]
    assert isinstance(last, Downloaded)
    assert last.paths[0].read_bytes() == data
