"""Downloads from the fake Hub: whole files, whatever the line, the server, the disk and the user do."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import (
    DiskTooSmall,
    DownloadBusy,
    DownloadDamaged,
    FileChanged,
    FileMissing,
    HubUnreachable,
    ModelsFolderUnusable,
    RepositoryMissing,
    TermsNotAccepted,
    TokenRefused,
)
from chatdesk.domain.hub import (
    DownloadChecks,
    Downloaded,
    DownloadProgress,
    DownloadRequest,
    DownloadWaits,
    HubAccess,
    RemoteFile,
)
from chatdesk.hub.download import discard, download
from chatdesk.hub.failures import not_a_hub
from chatdesk.hub.retry import Patience
from tests.fakes.hub import FakeHub

REPOSITORY, NAME = "owner/model-GGUF", "model.gguf"
DATA = os.urandom(3_000_000)
QUICK = Patience(silent=0.15, tries=4, first_wait=0.001, longest_asked=0.01, tick=0.01)
ROOT = Path(__file__).parents[2]


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


def assert_whole(events, folder):
    assert events[-1] == Downloaded((folder / NAME,))
    assert (folder / NAME).read_bytes() == DATA
    assert names_in(folder) == [NAME]


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


@pytest.mark.parametrize("fault", ["cut", "reset", "stall"])
def test_a_line_that_breaks_is_taken_up_where_it_broke(fault, fetch, folder, hub):
    hub.fault(NAME, fault, times=2, after=1_000_000)
    events = fetch()
    assert_whole(events, folder)
    reason = "no answer within 0.15 seconds" if fault == "stall" else "the connection broke off"
    assert reasons(events) == [reason] * 2
    first, second, third = ranges(hub)
    assert first == ""
    assert second.startswith("bytes=")
    assert 0 < start_of(second) < start_of(third) < len(DATA)


def read_until(events, count):
    """Take events until that many bytes have arrived; return the last one."""
    return next(event for event in events if event.done >= count)


def start_of(header):
    return int(header.removeprefix("bytes=").removesuffix("-"))


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_when_it_says(code, fetch, folder, hub):
    hub.fault(NAME, "status", code=code, headers={"Retry-After": "0"})
    hub.fault(NAME, "status", code=code, headers={"Retry-After": "3600"})
    hub.fault(NAME, "status", code=code)
    events = fetch()
    assert_whole(events, folder)
    assert [event.seconds for event in of(DownloadWaits, events)] == [0, 0.01, 0.004]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "silent"}, "no answer within 0.15 seconds"),
        ({"kind": "drop"}, "the connection broke off"),
        ({"kind": "status", "code": 503}, "it answers with error 503"),
        ({"kind": "status", "code": 429}, "it has been asked too often"),
        ({"kind": "html"}, not_a_hub()),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("where", ["hub", "cdn"])
def test_each_failure_is_told_and_tried_again(where, fault, reason, fetch, folder, hub):
    held = hub.repositories[REPOSITORY]
    path = f"/{REPOSITORY}/resolve/{held.revision}/{NAME}" if where == "hub" else NAME
    hub.fault(path, **fault)
    events = fetch()
    assert_whole(events, folder)
    assert reasons(events) == [reason]


def test_a_link_that_has_expired_is_made_anew(fetch, folder, hub):
    hub.fault(NAME, "cut", after=500_000)
    hub.fault(NAME, "status", code=403)
    events = fetch()
    assert_whole(events, folder)
    assert reasons(events) == ["the connection broke off", "the link to the file has expired"]
    assert len([each for each in hub.asked(server="hub") if each.method == "HEAD"]) == 3


def test_after_as_many_tries_as_allowed_it_gives_up_and_keeps_the_part(fetch, folder, hub):
    hub.fault(NAME, "cut", after=1_000_000)
    hub.fault(NAME, "status", times=9, code=503)
    with pytest.raises(HubUnreachable, match="error 503"):
        fetch()
    assert names_in(folder) == [f"{NAME}.part", f"{NAME}.part.json"]
    assert len(ranges(hub)) == 1 + QUICK.tries
    hub._faults.clear()
    assert_whole(fetch(), folder)
    assert start_of(ranges(hub)[-1]) > 0


def test_tries_are_counted_anew_after_progress(fetch, folder, hub):
    hub.fault(NAME, "cut", times=2 * QUICK.tries, after=200_000)
    assert_whole(fetch(), folder)


def test_a_server_that_is_not_there_is_told_as_such(fetch, hub, folder):
    with FakeHub() as gone:
        endpoint = gone.url
    with pytest.raises(HubUnreachable, match="takes no connections"):
        fetch(endpoint=endpoint)
    assert names_in(folder) == []


@pytest.mark.parametrize("endpoint", ["", "nonsense", "ftp://example.org", "http://", "file:///etc"])
def test_an_address_that_is_none_is_told_as_such(endpoint, hub, folder):
    with pytest.raises(HubUnreachable, match="its address"):
        list(download(request(hub, folder), HubAccess(endpoint), CancelToken(), QUICK))


def test_a_proxy_that_cannot_be_used_is_told_as_such(hub, folder):
    access = HubAccess(hub.url, proxy="gopher://proxy")
    with pytest.raises(HubUnreachable, match="proxy"):
        list(download(request(hub, folder), access, CancelToken(), QUICK))


def test_a_part_of_an_earlier_download_is_checked_and_gone_on_with(fetch, folder, hub):
    part_of(folder, 2_000_000)
    events = fetch()
    assert_whole(events, folder)
    assert of(DownloadChecks, events)
    assert ranges(hub) == ["bytes=2000000-"]


def test_a_part_that_has_everything_is_only_checked(fetch, folder, hub):
    part_of(folder, len(DATA))
    assert_whole(fetch(), folder)
    assert ranges(hub) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: part_of(folder, 2_000_000, etag="of another version"),
        lambda folder: (part_of(folder, 2_000_000), (folder / f"{NAME}.part.json").unlink()),
        lambda folder: (part_of(folder, 2_000_000), (folder / f"{NAME}.part.json").write_bytes(b"\xff{")),
        lambda folder: (part_of(folder, 2_000_000), (folder / f"{NAME}.part.json").write_text("[1]")),
        lambda folder: part_of(folder, len(DATA) + 9, DATA + b"more than that"),
    ],
)
def test_a_part_of_something_else_is_not_used(spoil, fetch, folder, hub):
    spoil(folder)
    assert_whole(fetch(), folder)
    assert ranges(hub) == [""]


def test_a_damaged_part_is_noticed_and_fetched_again(fetch, folder, hub):
    part_of(folder, 2_000_000, bytes(2_000_000))
    assert_whole(fetch(), folder)
    assert ranges(hub) == ["bytes=2000000-", ""]


def test_a_byte_that_changed_on_the_way_is_noticed_and_the_file_fetched_again(fetch, folder, hub):
    hub.fault(NAME, "corrupt", at=1_234_567)
    assert_whole(fetch(), folder)
    assert ranges(hub) == ["", ""]


def test_a_file_that_arrives_damaged_twice_is_thrown_away(fetch, folder, hub):
    hub.fault(NAME, "corrupt", times=2, at=1_234_567)
    with pytest.raises(DownloadDamaged):
        fetch()
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


def test_a_server_that_ignores_ranges_is_read_from_the_start_without_losing_the_part(fetch, folder, hub):
    part_of(folder, 2_000_000)
    hub.fault(NAME, "norange")
    assert_whole(fetch(), folder)
    assert ranges(hub) == ["bytes=2000000-"]


@pytest.mark.parametrize("fault", [{"kind": "short", "bytes": 1000}, {"kind": "lies", "bytes": 5_000_000}])
def test_an_answer_of_the_wrong_size_is_not_taken(fault, fetch, folder, hub):
    hub.fault(NAME, **fault)
    events = fetch()
    assert_whole(events, folder)
    assert reasons(events) == ["it contradicts itself about the size of the file"]


@pytest.mark.parametrize("lie", [1_000_000, 9_000_000])
def test_a_server_that_lies_about_the_size_all_the_time_is_given_up(lie, fetch, hub, folder):
    hub.repositories[REPOSITORY].sizes[NAME] = lie
    with pytest.raises(HubUnreachable, match="contradicts itself"):
        fetch()
    assert names_in(folder) == []


def test_a_file_that_is_another_than_the_listed_one_is_refused(fetch, hub, folder):
    with pytest.raises(FileChanged):
        fetch(files=(RemoteFile(NAME, len(DATA) - 1),))
    with pytest.raises(FileChanged):
        fetch(files=(RemoteFile(NAME, len(DATA), "0" * 64),))
    assert names_in(folder) == []


@pytest.mark.parametrize("where", [f"/{REPOSITORY}/resolve/main/{NAME}", NAME])
def test_redirects_without_end_are_given_up(where, fetch, hub):
    hub.fault(where, "redirects", times=40)
    with pytest.raises(HubUnreachable, match="in circles"):
        fetch(revision="main")


def test_a_renamed_repository_is_followed(fetch, folder, hub):
    hub.renamed["old/name"] = REPOSITORY
    assert_whole(fetch(repository="old/name"), folder)


def test_a_gated_repository_asks_for_its_terms_first(fetch, hub, folder):
    held = hub.repositories[REPOSITORY]
    held.gated = "manual"
    for token in ("", hub.token):
        with pytest.raises(TermsNotAccepted):
            fetch(token=token)
    held.accepted = True
    assert_whole(fetch(token=hub.token), folder)


def test_the_token_is_sent_to_the_hub_and_to_nobody_else(fetch, hub):
    fetch(token=hub.token)
    assert {each.token for each in hub.asked(server="hub")} == {hub.token}
    assert {each.token for each in hub.asked(server="cdn")} == {""}


def test_the_token_does_not_follow_a_redirect_to_another_hub(fetch, hub):
    with FakeHub() as mirror:
        mirror.add(REPOSITORY, {NAME: DATA})
        path = f"/{REPOSITORY}/resolve/main/{NAME}"
        location = {"Location": mirror.url + path}
        hub.fault(path, "status", code=302, headers=location)
        events = fetch(revision="main", token=hub.token)
        assert of(Downloaded, events)
        assert {each.token for each in mirror.log} == {""}


@pytest.mark.parametrize(
    ("changes", "token", "kind"),
    [
        ({}, "hf_wrong", TokenRefused),
        ({"repository": "owner/none"}, "", RepositoryMissing),
        ({"repository": "owner/none"}, "hf_good", RepositoryMissing),
        ({"files": (RemoteFile("none.gguf", 5),)}, "", FileMissing),
        ({"revision": "0" * 40}, "", FileMissing),
    ],
)
def test_what_the_hub_refuses_is_told_at_once(changes, token, kind, fetch, hub, folder):
    with pytest.raises(kind):
        fetch(token=token, **changes)
    assert len(hub.log) == 1
    assert names_in(folder) == []


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
    events = download(request(hub, folder), HubAccess(hub.url), CancelToken(), replace(QUICK, silent=9))
    first = read_until(events, 500_000)
    for _, later in zip(range(20), events, strict=False):  # noqa: B007  the last one is wanted
        pass
    assert (later.done, later.total) == (first.done, first.total)
    assert 0 < later.speed < first.speed
    events.close()


def test_cancelled_it_ends_and_goes_on_later_from_there(hub, folder, fetch):
    hub.fault(NAME, "slow", bytes_per_second=5_000_000)
    cancel = CancelToken()
    last = 0
    for event in download(request(hub, folder), HubAccess(hub.url), cancel, QUICK):
        assert not isinstance(event, Downloaded)
        last = event.done
        if last > 500_000:
            cancel.cancel()
    kept = (folder / f"{NAME}.part").stat().st_size
    assert kept >= last > 500_000
    assert_whole(fetch(), folder)
    assert ranges(hub)[-1] == f"bytes={kept}-"


def test_closing_the_iterator_keeps_the_part_and_gives_the_lock_back(hub, folder, fetch):
    hub.fault(NAME, "stall", after=1_000_000)
    events = download(request(hub, folder), HubAccess(hub.url), CancelToken(), replace(QUICK, silent=9))
    kept = read_until(events, 500_000).done
    events.close()
    assert_whole(fetch(), folder)
    assert ranges(hub)[-1] == f"bytes={kept}-"


def cancelled_after(seconds, hub, folder, access=None, patience=None):
    """Return how long a download goes on after it was cancelled."""
    cancel = CancelToken()
    moment = []
    timer = threading.Timer(seconds, lambda: (moment.append(time.monotonic()), cancel.cancel()))
    timer.start()
    patience = patience or Patience()
    events = list(download(request(hub, folder), access or HubAccess(hub.url), cancel, patience))
    ended = time.monotonic()
    timer.join()
    assert not of(Downloaded, events)
    return ended - moment[0]


@pytest.mark.parametrize("where", ["silent hub", "silent storage", "stalled", "waiting", "connecting"])
def test_cancelling_takes_less_than_a_third_of_a_second_whatever_it_waits_for(where, hub, folder):
    access = None
    if where == "silent hub":
        hub.fault(f"/{REPOSITORY}/resolve/{hub.repositories[REPOSITORY].revision}/{NAME}", "silent")
    elif where == "silent storage":
        hub.fault(NAME, "silent")
    elif where == "stalled":
        hub.fault(NAME, "stall", after=500_000)
    elif where == "waiting":
        hub.fault(NAME, "status", code=429, headers={"Retry-After": "100"})
    else:
        full, access = unreachable()
    threads = threading.active_count()
    assert cancelled_after(0.3, hub, folder, access) < 0.3
    if where == "connecting":
        for each in full:
            each.close()
    else:
        assert threading.active_count() <= threads + 1  # the server's own


def unreachable():
    """Return sockets to keep, and the address of a server whose queue is full: it takes no connection."""
    server = socket.create_server(("127.0.0.1", 0), backlog=0)
    waiting = []
    for _ in range(8):
        each = socket.socket()
        each.setblocking(False)
        each.connect_ex(server.getsockname())
        waiting.append(each)
    return [server, *waiting], HubAccess(f"http://127.0.0.1:{server.getsockname()[1]}")


def test_no_connection_is_told_and_tried_again(hub, folder):
    held, access = unreachable()
    patience = replace(QUICK, tries=1)
    with pytest.raises(HubUnreachable, match="no answer within"):
        list(download(request(hub, folder), access, CancelToken(), patience))
    for each in held:
        each.close()


def test_two_downloads_of_the_same_file_do_not_meet(hub, folder, fetch):
    hub.fault(NAME, "stall", after=1_000_000)
    first = download(request(hub, folder), HubAccess(hub.url), CancelToken(), replace(QUICK, silent=9))
    read_until(first, 500_000)
    with pytest.raises(DownloadBusy):
        fetch()
    with pytest.raises(DownloadBusy):
        discard(request(hub, folder))
    first.close()
    assert_whole(fetch(), folder)


def test_what_has_arrived_can_be_thrown_away(hub, folder):
    discard(request(hub, folder))
    part_of(folder, 1000)
    (folder / "other.gguf").write_bytes(b"x")
    discard(request(hub, folder))
    assert names_in(folder) == ["other.gguf"]


def downloader(how, hub, folder):
    """Start a process that downloads; it says how many bytes are done."""
    asked = request(hub, folder)
    (file,) = asked.files
    arguments = [how, hub.url, folder, REPOSITORY, asked.revision, NAME, file.bytes, file.sha256]
    command = [sys.executable, "-m", "tests.hub.downloader", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def said(process):
    """Return the last line that the process said."""
    with process:
        return process.stdout.read().splitlines()[-1]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
def test_after_kill_9_it_goes_on_with_the_range_that_is_missing(hub, folder, fetch):
    hub.fault(NAME, "slow", bytes_per_second=4_000_000)
    process = downloader("as usual", hub, folder)
    seen = next(done for done in map(int, process.stdout) if done > 700_000)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    kept = (folder / f"{NAME}.part").stat().st_size
    assert kept >= seen
    assert_whole(fetch(), folder)
    assert ranges(hub) == ["", f"bytes={kept}-"]


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(fetch, hub, folder):
    hub.repositories[REPOSITORY].sizes[NAME] = 1 << 60
    with pytest.raises(DiskTooSmall):
        fetch()
    assert ranges(hub) == []
    assert names_in(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on the size of files")
def test_a_disk_that_refuses_large_files_is_told_as_such_and_keeps_what_it_took(hub, folder, fetch):
    line = said(downloader("in little room", hub, folder))
    assert line.startswith("ModelsFolderUnusable")
    assert "files of that size" in line
    assert (folder / f"{NAME}.part").stat().st_size == 1_000_000
    assert_whole(fetch(), folder)
    assert ranges(hub)[-1] == "bytes=1000000-"


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = sys.platform == "linux" and os.geteuid() == 0
    mounted = (
        mounted
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(disk)], check=False, capture_output=True
        ).returncode
    )
    if not mounted:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("noticed", ["by looking", "by writing"])
def test_a_disk_that_fills_up_on_the_way_keeps_the_part(noticed, small_disk, hub, fetch):
    hub.fault(NAME, "slow", bytes_per_second=10_000_000)
    patience = replace(QUICK, room_check=0 if noticed == "by looking" else 99, silent=5)
    folder = small_disk / "models"
    events = download(request(hub, folder), HubAccess(hub.url), CancelToken(), patience)
    read_until(events, 1_000_000)
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    (small_disk / "ballast").write_bytes(bytes(free - 500_000))
    with pytest.raises(DiskTooSmall):
        list(events)
    kept = (folder / f"{NAME}.part").stat().st_size
    assert kept >= 1_000_000
    (small_disk / "ballast").unlink()
    assert_whole(fetch(folder=folder), folder)
    assert ranges(hub)[-1] == f"bytes={kept}-"


def test_a_file_in_the_place_of_the_folder_is_told(fetch, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ModelsFolderUnusable):
        fetch(folder=tmp_path / "file" / "models")


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.parametrize("part", [False, True])
def test_a_folder_without_the_right_to_write_is_told(part, hub):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if part:
            part_of(folder, 1000)
            (folder / f"{NAME}.part").chmod(0o444)
        folder.chmod(0o555)
        line = said(downloader("without rights", hub, folder))
        folder.chmod(0o755)
    assert line.startswith("ModelsFolderUnusable")
