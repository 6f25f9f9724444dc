"""The beginning of a file on the Hub, read without fetching the rest."""

import io
import random

import pytest

from chatdesk.domain.hub import HubAccess, RemoteFile
from chatdesk.domain.hub_errors import FileMissing, HubUnreachable
from chatdesk.engine.gguf_reader import read_raw_header
from chatdesk.hub.client import HubClient
from chatdesk.hub.ranges import FIRST, LARGEST_STEP, MOST
from tests.fakes.hub import FakeHub

KIB = 1 << 10
DATA = random.Random(1).randbytes(3_000_000)
SIZE = len(DATA)
CLIENT = HubClient(30)  # seconds: other programs may keep the machine busy
IMPATIENT = HubClient(0.5)


@pytest.fixture
def hub():
    with FakeHub() as hub:
        hub.add("org/m", {"m.gguf": DATA, "empty.gguf": b""})
        yield hub


def opened(hub, path="m.gguf", size=SIZE, client=CLIENT):
    return client.open("org/m", "main", RemoteFile(path, size), HubAccess(hub.url))


def ranges(hub):
    return [(each.range, each.sent) for each in hub.asked(server="cdn")]


def test_nothing_is_fetched_before_the_first_read(hub):
    opened(hub).close()
    assert hub.log == []


def test_the_first_128_kib_are_one_request(hub):
    with opened(hub) as file:
        assert file.read(4) == DATA[:4]
        assert file.read(100 * KIB) == DATA[4 : 100 * KIB + 4]
        assert file.tell() == 100 * KIB + 4
    assert ranges(hub) == [("bytes=0-131071", 131072)]
    assert len(hub.log) == 2


def test_more_is_fetched_in_growing_steps_without_gaps(hub):
    with opened(hub) as file:
        while file.read(KIB):
            if file.tell() >= 2_000_000:
                break
    assert [each for each, _ in ranges(hub)] == [
        f"bytes=0-{FIRST - 1}",
        f"bytes={FIRST}-{5 * FIRST - 1}",
        f"bytes={5 * FIRST}-{21 * FIRST - 1}",
    ]


def test_all_of_a_file_is_the_file(hub):
    with opened(hub) as file:
        assert file.read() == DATA
        assert file.read(10) == b""


def test_any_place_is_read_in_any_order(hub):
    with opened(hub) as file, io.BufferedReader(opened(hub), 1 << 20) as buffered:
        for reader in (file, buffered):
            for place in (500_000, 0, 2_999_990, 131_070, 131_072):
                reader.seek(place)
                assert reader.read(20) == DATA[place : place + 20]
            assert reader.seek(-10, io.SEEK_END) == len(DATA) - 10
            assert reader.read(100) == DATA[-10:]
            assert reader.seek(len(DATA) + 50) == len(DATA) + 50
            assert reader.read(1) == b""
    assert file.closed


def test_a_file_that_is_shorter_than_listed_ends(hub):
    with opened(hub, size=10**12) as file:
        file.seek(len(DATA) - 5)
        assert file.read(100) == DATA[-5:]
        file.seek(len(DATA) + 500_000)
        assert file.read(100) == b""
    with opened(hub, "empty.gguf") as file:
        assert file.read(4) == b""


def test_a_server_without_ranges_is_read_no_further_than_needed(hub):
    data = DATA + bytes(40_000_000)  # more than the buffers of the line hold
    hub.add("org/m", {"m.gguf": data})
    hub.fault("m.gguf", "norange", times=9)
    with opened(hub) as file:
        assert file.read(4) == data[:4]
        assert file.read(300 * KIB) == data[4 : 300 * KIB + 4]
    assert len(ranges(hub)) == 2
    assert all(sent < len(data) / 2 for _, sent in ranges(hub))


@pytest.mark.parametrize(
    ("fault", "details", "reason"),
    [
        ("cut", {"after": 1000}, "the connection broke off"),
        ("reset", {"after": 1000}, "the connection broke off"),
        ("stall", {"after": 1000}, "no answer within 0.5 seconds"),
        ("silent", {}, "no answer within 0.5 seconds"),
        ("status", {"code": 403}, "it answers with error 403"),
        ("status", {"code": 503}, "it answers with error 503"),
        ("html", {}, "its answer is not that of a Hub"),
        ("redirects", {"times": 40}, "it redirects in circles"),
    ],
)
def test_what_goes_wrong_at_the_storage_host_is_told(hub, fault, details, reason):
    hub.fault("m.gguf", fault, **details)
    client = IMPATIENT if fault in ("stall", "silent") else CLIENT
    with opened(hub, client=client) as file, pytest.raises(HubUnreachable, match=reason):
        file.read(4)


def test_after_a_failure_reading_goes_on_where_it_was(hub):
    hub.fault("m.gguf", "cut", after=100 * KIB)
    with opened(hub) as file:
        with pytest.raises(HubUnreachable):
            file.read(101 * KIB)
        assert file.read(101 * KIB) == DATA[: 101 * KIB]
    assert ranges(hub)[1][0].startswith(f"bytes={100 * KIB}-")


def test_a_file_that_is_not_there_is_told(hub):
    with opened(hub, "none.gguf") as file, pytest.raises(FileMissing, match="none"):
        file.read(4)


def test_a_part_that_was_not_asked_for_is_not_taken(hub):
    hub.fault("m.gguf", "elsewhere", start=5000)
    with opened(hub) as file, pytest.raises(HubUnreachable, match="not that of a Hub"):
        file.read(4)


def test_it_is_not_for_downloads(hub):
    with opened(hub, size=10**12) as file:
        file.seek(MOST)
        with pytest.raises(HubUnreachable, match="longer than any that is known"):
            file.read(1)
    assert hub.log == []
    assert LARGEST_STEP < MOST


def test_a_models_header_is_read_as_from_a_disk(hub, starter):
    data = starter.read_bytes()
    hub.add("org/m", {"m.gguf": data})
    with opened(hub, size=len(data)) as remote, starter.open("rb") as local:
        assert read_raw_header(remote, len(data)) == read_raw_header(local, len(data))
    assert len(ranges(hub)) == 1


def test_names_of_all_kinds_are_asked_for_as_they_are(hub):
    names = ["Ordner für/Größe 1.gguf", "模型 🦙.gguf", "a#b?c=d&e%20f.gguf", "x" * 200 + ".gguf"]
    hub.add("org/names", {name: name.encode() for name in names})
    for name in names:
        file = CLIENT.open("org/names", "main", RemoteFile(name, 1000), HubAccess(hub.url))
        assert file.read(1000) == name.encode()
        file.close()
