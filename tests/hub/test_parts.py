"""What has arrived stays through kills and full disks, and belongs to one download at a time."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import (
    DownloadChecks,
    HubAccess,
)
from chatdesk.domain.hub_errors import DiskTooSmall, DownloadBusy, ModelsFolderUnusable, TermsNotAccepted
from chatdesk.hub.download import discard, download
from chatdesk.hub.parts import Part
from tests.hub.downloads import (
    DATA,
    NAME,
    QUICK,
    REPOSITORY,
    ROOT,
    assert_whole,
    names_in,
    of,
    part_of,
    ranges,
    read_until,
    request,
)


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


def test_two_downloads_of_the_same_file_do_not_meet(hub, folder, fetch):
    hub.fault(NAME, "stall", after=1_000_000)
    first = download(request(hub, folder), HubAccess(hub.url), CancelToken(), QUICK)
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
    patience = replace(QUICK, room_check=0 if noticed == "by looking" else 99)
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


def test_a_refused_download_leaves_no_folder_behind(hub, folder, fetch, tmp_path):
    hub.add("owner/gated-GGUF", {NAME: DATA}, gated="manual")
    with pytest.raises(TermsNotAccepted):
        fetch(of="owner/gated-GGUF")
    assert list(tmp_path.iterdir()) == []


def test_folders_that_were_there_or_hold_something_stay(hub, folder, fetch):
    hub.add("owner/gated-GGUF", {"sub/model.gguf": DATA}, gated="manual")
    (folder.parent / "other").mkdir(parents=True)
    with pytest.raises(TermsNotAccepted):
        fetch("sub/model.gguf", of="owner/gated-GGUF")
    assert [path.name for path in folder.parent.iterdir()] == ["other"]


def test_what_is_thrown_away_takes_its_empty_folders_along(hub, folder):
    part_of(folder, 1000)
    models = folder.parent.parent
    discard(request(hub, folder))
    assert list(models.iterdir()) == []


def test_what_is_thrown_away_leaves_other_models_of_the_same_maker(hub, folder):
    part_of(folder, 1000)
    (folder.parent / "other-GGUF").mkdir()
    discard(request(hub, folder))
    assert [path.name for path in folder.parent.iterdir()] == ["other-GGUF"]


def test_downloads_into_the_same_new_folder_do_not_take_it_from_each_other(tmp_path):
    failures = []

    def work(name):
        try:
            for _ in range(100):
                with Part.of(tmp_path / "owner" / name / "model.gguf"):
                    pass
        except ModelsFolderUnusable as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
