"""Downloads from the fake Hub: whole and checked, whatever they are called."""

import time
from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import (
    DownloadChecks,
    Downloaded,
    DownloadProgress,
    HubAccess,
    RemoteFile,
)
from chatdesk.domain.hub_errors import DownloadDamaged, FileMissing
from chatdesk.hub.download import download
from tests.fakes.socks_proxy import SocksProxy
from tests.hub.downloads import (
    DATA,
    NAME,
    QUICK,
    assert_whole,
    names_in,
    of,
    part_of,
    ranges,
    read_until,
    request,
)


def test_a_file_arrives_whole_and_nothing_else_is_left(fetch, folder, hub):
    events = fetch()
    assert_whole(events, folder)
    assert events[0] == DownloadProgress(0, len(DATA), 0)
    last = of(DownloadProgress, events)[-1]
    assert (last.done, last.total) == (len(DATA), len(DATA))
    assert last.speed > 0
    assert ranges(hub) == [""]


def test_all_files_of_a_request_count_together(fetch, folder, hub):
    parts = {f"BF16/m-0000{n}-of-00002.gguf": DATA[n * 100_000 : n * 300_000] for n in (1, 2)}
    hub.add("owner/split", parts)
    events = fetch(*parts, of="owner/split")
    assert events[-1].paths == tuple(folder / name for name in parts)
    assert [path.read_bytes() for path in events[-1].paths] == list(parts.values())
    done = [(event.done, event.total) for event in of(DownloadProgress, events)]
    assert done == sorted(done)
    assert done[-1] == (600_000, 600_000)


def test_a_small_file_that_the_hub_keeps_itself_arrives_too(fetch, folder):
    events = fetch("README.md", files=(RemoteFile("README.md", 10),))
    assert (folder / "README.md").read_bytes() == b"# A model\n"
    assert len(of(Downloaded, events)) == 1


def test_an_empty_file_arrives(fetch, folder, hub):
    hub.add("owner/empty", {"empty.gguf": b""})
    fetch("empty.gguf", of="owner/empty")
    assert names_in(folder) == ["empty.gguf"]


def test_a_damaged_part_is_noticed_and_fetched_again(fetch, folder, hub):
    part_of(folder, 2_000_000, bytes(2_000_000))
    assert_whole(fetch(), folder)
    assert ranges(hub) == ["bytes=2000000-", ""]


def test_a_byte_that_changed_on_the_way_is_noticed_and_the_file_fetched_again(fetch, folder, hub):
    hub.fault(NAME, "corrupt", at=1_234_567)
    assert_whole(fetch(), folder)
    assert ranges(hub) == ["", ""]


def test_a_file_that_arrives_damaged_twice_is_thrown_away(folder, hub):
    hub.fault(NAME, "corrupt", times=2, at=1_234_567)
    events = download(request(hub, folder), HubAccess(hub.url), CancelToken(), QUICK)
    last = None
    with pytest.raises(DownloadDamaged):
        for last in events:  # noqa: B007  the last one is wanted
            pass
    assert last.done == 0
    assert names_in(folder) == []


def test_without_a_checksum_in_the_list_that_of_the_server_counts(fetch, folder, hub):
    hub.fault(NAME, "corrupt", at=9)
    assert_whole(fetch(files=(RemoteFile(NAME, len(DATA)),)), folder)
    assert ranges(hub) == ["", ""]


def test_a_file_that_is_there_is_checked_and_not_fetched(fetch, folder, hub):
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(DATA)
    events = fetch()
    assert_whole(events, folder)
    assert of(DownloadChecks, events)[-1] == DownloadChecks(len(DATA), len(DATA))
    assert hub.log == []


def test_a_damaged_file_in_its_place_is_replaced(fetch, folder):
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(bytes(len(DATA)))
    assert_whole(fetch(), folder)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/outside.gguf", "..\\..\\outside.gguf", "x" * 300 + ".gguf", "CON.gguf", "größe 通义 🦙.gguf",
        "a:b?.gguf",
    ],
)  # fmt: skip
def test_every_name_ends_up_inside_the_folder(name, fetch, folder, hub, tmp_path):
    hub.add("owner/names", {name: DATA[:5000]})
    events = fetch(name, of="owner/names")
    (path,) = events[-1].paths
    assert path.resolve().is_relative_to(folder.resolve())
    assert path.read_bytes() == DATA[:5000]
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize(
    "name", ["../../outside.gguf", "a/../../../../other/model/resolve/main/x.gguf", "./x"]
)
def test_a_name_that_leads_out_of_the_repository_is_not_asked_for(name, fetch, hub, tmp_path):
    with pytest.raises(FileMissing):
        fetch(files=(RemoteFile(name, 5000),))
    assert hub.log == []


def test_umlauts_cjk_and_emoji_in_the_folder(fetch, tmp_path):
    folder = tmp_path / "Modelle für 日本語 🦙"
    assert_whole(fetch(folder=folder), folder)


def test_progress_is_told_at_most_once_a_tick(fetch, hub):
    hub.fault(NAME, "slow", bytes_per_second=10_000_000)
    started = time.monotonic()
    count = len(of(DownloadProgress, fetch(patience=replace(QUICK, tick=0.1))))
    assert count <= (time.monotonic() - started) / 0.1 + 3


def test_while_nothing_comes_the_speed_falls(hub, folder):
    hub.fault(NAME, "stall", after=1_000_000)
    events = download(request(hub, folder), HubAccess(hub.url), CancelToken(), QUICK)
    first = read_until(events, 500_000)
    for _, later in zip(range(20), events, strict=False):  # noqa: B007  the last one is wanted
        pass
    assert (later.done, later.total) == (first.done, first.total)
    assert 0 < later.speed < first.speed
    events.close()


def test_a_download_through_a_socks_proxy_is_stopped_at_once(hub, folder):
    hub.cdn = False
    hub.fault(NAME, "stall", after=1_000_000)
    cancel = CancelToken()
    with SocksProxy({"hub.invalid": hub.url}) as proxy:
        access = HubAccess("http://hub.invalid", proxy=f"socks5://{proxy.place}")
        events = download(request(hub, folder), access, cancel, QUICK)
        read_until(events, 500_000)
        cancel.cancel()
        began = time.monotonic()
        assert Downloaded not in map(type, events)
        assert time.monotonic() - began < 5
        assert_whole(list(download(request(hub, folder), access, CancelToken(), QUICK)), folder)
