"""The queue of downloads, with the real store and the real downloader against the fake Hub."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.downloads import DownloadState
from chatdesk.domain.hub import DownloadProgress, DownloadRequest, HubAccess, RemoteFile
from chatdesk.domain.hub_errors import DiskTooSmall, DownloadBusy, HubOffline, TermsNotAccepted
from chatdesk.flows.downloads import (
    DownloadDone,
    DownloadFailed,
    DownloadFlow,
    DownloadMoved,
    DownloadStarted,
    DownloadStopped,
)
from chatdesk.hub.client import HubClient
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
from tests.fakes.hub import FakeHub
from tests.fakes.hub_port import FakeHub as FakePort

DATA = os.urandom(1_500_000)
ROOT = Path(__file__).parents[2]
waiting, running, paused, failed, done = DownloadState


@pytest.fixture
def hub():
    with FakeHub() as hub:
        for name in ("a", "b", "c"):
            hub.add(f"owner/{name}", {f"{name}.gguf": DATA})
        yield hub


@pytest.fixture
def place(tmp_path):
    return tmp_path / "chats.sqlite"


@pytest.fixture
def store(place):
    database = Database(place)
    yield DownloadStore(database)
    database.close()


@pytest.fixture
def flow(store, hub):
    return DownloadFlow(store, HubClient(), lambda: HubAccess(hub.url, hub.token))


@pytest.fixture
def request_for(hub, tmp_path):
    def request_for(name):
        held = hub.repositories[f"owner/{name}"]
        file = RemoteFile(f"{name}.gguf", len(DATA), held.sha256(f"{name}.gguf"))
        return DownloadRequest(held.name, held.revision, (file,), tmp_path / "models" / name)

    return request_for


@pytest.fixture
def add(flow, request_for):
    return lambda name: flow.add(request_for(name))


def run(flow):
    return list(flow.run(CancelToken()))


def ends(events):
    return [event for event in events if not isinstance(event, DownloadMoved | DownloadStarted)]


def states(flow):
    return [each.state for each in flow.queue()]


def ranges(hub, name):
    return [each.range for each in hub.asked(f"{name}.gguf", "cdn") if each.method == "GET"]


def until(events, count):
    """Take events until so many bytes have arrived."""
    for event in events:
        if isinstance(event, DownloadMoved) and event.event.done >= count:
            return event
    raise AssertionError("it ended before")


def test_what_is_added_waits_and_is_fetched_in_order(flow, add, tmp_path):
    first, second = add("a"), add("b")
    assert states(flow) == [waiting, waiting]
    events = run(flow)
    assert [event.download.id for event in events if isinstance(event, DownloadStarted)] == [
        first.id,
        second.id,
    ]
    paths = [event.paths for event in ends(events)]
    assert paths == [(tmp_path / "models" / name / f"{name}.gguf",) for name in "ab"]
    assert paths[0][0].read_bytes() == DATA
    assert states(flow) == [done, done]
    assert [each.arrived for each in flow.queue()] == [len(DATA)] * 2
    assert run(flow) == []


def test_the_order_can_be_changed(flow, add):
    add("a"), add("b")
    third = add("c")
    flow.move(third.id, 0)
    flow.move("gone", 0)
    events = run(flow)
    assert [event.download.request.repository for event in ends(events)] == ["owner/c", "owner/a", "owner/b"]


def test_one_that_fails_says_why_and_the_next_one_begins(flow, add, hub):
    hub.repositories["owner/a"].gated = "manual"
    add("a"), add("b")
    refused, fetched = ends(run(flow))
    assert isinstance(refused, DownloadFailed)
    assert isinstance(refused.error, TermsNotAccepted)
    assert isinstance(fetched, DownloadDone)
    assert flow.queue()[0].problem == f"{refused.error.sentence} {refused.error.hint}"
    hub.repositories["owner/a"].accepted = True
    assert flow.resume(refused.download.id).problem == ""
    assert isinstance(ends(run(flow))[0], DownloadDone)


def test_what_runs_already_is_not_taken_for_the_rest_of_a_killed_process(flow, add):
    add("a")
    events = flow.run(CancelToken())
    assert isinstance(next(events), DownloadStarted)
    flow.repair()
    assert states(flow) == [running]
    assert isinstance(list(events)[-1], DownloadDone)


def test_paused_it_stops_at_once_and_goes_on_later_from_there(flow, add, hub):
    hub.fault("a.gguf", "slow", bytes_per_second=3_000_000)
    first = add("a")
    add("b")
    events = flow.run(CancelToken())
    until(events, 400_000)
    paused_at = time.monotonic()
    flow.pause(first.id)
    assert states(flow) == [paused, waiting]
    rest = list(events)
    assert ends(rest)[0] == DownloadStopped(first.id)
    assert isinstance(ends(rest)[1], DownloadDone)
    assert time.monotonic() - paused_at < 2
    arrived = flow.queue()[0].arrived
    assert arrived >= 400_000
    assert run(flow) == []
    flow.resume(first.id)
    assert isinstance(ends(run(flow))[0], DownloadDone)
    assert int(ranges(hub, "a")[-1].removeprefix("bytes=").removesuffix("-")) >= arrived


def test_resumed_while_it_still_stops_it_is_fetched_by_the_same_run(flow, add, hub):
    hub.fault("a.gguf", "slow", bytes_per_second=3_000_000)
    first = add("a")
    events = flow.run(CancelToken())
    until(events, 300_000)
    flow.pause(first.id)
    flow.resume(first.id)
    assert run(flow) == []
    assert [type(event) for event in ends(events)] == [DownloadStopped, DownloadDone]
    assert states(flow) == [done]


def test_pausing_what_does_not_run_changes_what_it_means_to(flow, add):
    first, second = add("a"), add("b")
    flow.pause(second.id)
    flow.pause("gone")
    run(flow)
    flow.pause(first.id)
    assert states(flow) == [done, paused]
    assert flow.resume("gone") is None
    assert flow.resume(first.id).state is done


@pytest.mark.parametrize("delete_part", [True, False])
def test_a_running_one_can_be_removed_with_its_part_or_without(delete_part, flow, add, hub, tmp_path):
    hub.fault("a.gguf", "slow", bytes_per_second=3_000_000)
    first = add("a")
    events = flow.run(CancelToken())
    until(events, 300_000)
    flow.remove(first.id, delete_part)
    assert flow.queue() == []
    assert ends(events) == [DownloadStopped(first.id)]
    assert (
        list((tmp_path / "models").rglob("*.part")) == []
        if delete_part
        else [tmp_path / "models/a/a.gguf.part"]
    )


def test_a_paused_one_can_be_removed_with_its_part(flow, add, hub, tmp_path):
    hub.fault("a.gguf", "slow", bytes_per_second=3_000_000)
    first = add("a")
    events = flow.run(CancelToken())
    until(events, 300_000)
    flow.pause(first.id)
    list(events)
    assert list((tmp_path / "models").rglob("*.part"))
    flow.remove(first.id, delete_part=True)
    flow.remove(first.id, delete_part=True)
    assert not list((tmp_path / "models").rglob("*.part*"))


def test_removing_what_is_done_leaves_the_file(flow, add, tmp_path):
    first = add("a")
    run(flow)
    flow.remove(first.id, delete_part=True)
    assert flow.queue() == []
    assert (tmp_path / "models" / "a" / "a.gguf").read_bytes() == DATA


def test_the_same_download_is_queued_once(flow, add, hub):
    first = add("a")
    assert add("a") == first
    flow.pause(first.id)
    assert add("a") == first
    run(flow)
    again = add("a")
    assert again.id != first.id
    assert [each.id for each in flow.queue()] == [again.id]
    hub.log.clear()
    assert isinstance(ends(run(flow))[0], DownloadDone)
    assert hub.log == []


def test_two_runs_fetch_two_at_once(flow, add, hub):
    for name in ("a", "b"):
        hub.fault(f"{name}.gguf", "slow", bytes_per_second=3_000_000)
        add(name)
    add("c")
    one, two = flow.run(CancelToken()), flow.run(CancelToken())
    until(one, 100_000), until(two, 100_000)
    assert states(flow) == [running, running, waiting]
    both = flow.total()
    assert both.total == 3 * len(DATA)
    assert both.arrived >= 200_000
    assert both.seconds_left == pytest.approx((both.total - both.arrived) / both.speed)
    other = []
    thread = threading.Thread(target=lambda: other.extend(one))
    thread.start()
    rest = list(two)
    thread.join()
    assert len(ends(rest + other)) == 3
    assert states(flow) == [done] * 3
    assert flow.total().seconds_left is None


@pytest.mark.parametrize("how", ["cancelled", "closed"])
def test_when_the_application_quits_it_waits_for_the_next_start(how, flow, add, hub):
    hub.fault("a.gguf", "stall", after=800_000)
    add("a")
    cancel = CancelToken()
    events = flow.run(cancel)
    until(events, 500_000)
    if how == "cancelled":
        cancel.cancel()
        assert len(ends(events)) == 1
    else:
        events.close()
    assert states(flow) == [waiting]
    assert flow.queue()[0].arrived >= 500_000
    assert isinstance(ends(run(flow))[0], DownloadDone)
    assert ranges(hub, "a")[-1] != ""


@pytest.mark.parametrize(("reports", "told"), [(29, 20e6), (60, 20e6), (3, 0.0)])
def test_a_finished_download_tells_how_fast_the_line_was(store, add, reports, told):
    port = FakePort()
    port.events = [DownloadProgress(1000, 2000, 20e6)] * reports
    add("a")
    *_, done = DownloadFlow(store, port, HubAccess).run(CancelToken())
    assert done.speed == pytest.approx(told, rel=0.05)


def test_the_line_is_what_all_downloads_together_get(store, add):
    port = FakePort()
    port.events = [DownloadProgress(1000, 2000, 10e6)] * 60
    port.finish.clear()
    add("a"), add("b")
    flow = DownloadFlow(store, port, HubAccess)
    one, two = flow.run(CancelToken()), flow.run(CancelToken())
    for _ in range(50):
        next(one), next(two)
    port.finish.set()
    speeds = [event.speed for event in [*one, *two] if isinstance(event, DownloadDone)]
    assert all(speed == pytest.approx(20e6, rel=0.2) for speed in speeds)


def test_offline_nothing_is_asked_and_everything_waits(store, add, hub, flow):
    add("a")

    def offline():
        raise HubOffline

    with pytest.raises(HubOffline):
        list(DownloadFlow(store, HubClient(), offline).run(CancelToken()))
    assert states(flow) == [waiting]
    assert hub.log == []


def test_a_bug_is_not_hidden_and_leaves_the_queue_in_order(store, add, flow):
    class Broken:
        def download(self, request, access, cancel, promised):
            yield DownloadProgress(10, 100)
            raise ZeroDivisionError

    add("a")
    with pytest.raises(ZeroDivisionError):
        list(DownloadFlow(store, Broken(), HubAccess).run(CancelToken()))
    assert states(flow) == [failed]
    assert "log" in flow.queue()[0].problem


def test_another_program_that_fetches_the_same_file_is_told(flow, add, hub, request_for):
    hub.fault("a.gguf", "stall", after=800_000)
    other = HubClient().download(request_for("a"), HubAccess(hub.url), CancelToken())
    next(event for event in other if event.done > 500_000)
    add("a")
    (refused,) = ends(run(flow))
    assert isinstance(refused.error, DownloadBusy)
    other.close()


CHILD = """
import sys
from pathlib import Path
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import HubAccess
from chatdesk.flows.downloads import DownloadFlow
from chatdesk.hub.client import HubClient
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
store = DownloadStore(Database(Path(sys.argv[1])))
for event in DownloadFlow(store, HubClient(), lambda: HubAccess(sys.argv[2])).run(CancelToken()):
    print(getattr(getattr(event, "event", None), "done", 0), flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
def test_after_kill_9_the_queue_goes_on_with_the_range_that_is_missing(flow, add, hub, place, tmp_path):
    hub.fault("a.gguf", "slow", bytes_per_second=2_000_000)
    add("a"), add("b")
    command = [sys.executable, "-c", CHILD, str(place), hub.url]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    next(count for count in map(int, process.stdout) if count > 400_000)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert states(flow) == [running, waiting]
    flow.repair()
    assert states(flow) == [waiting, waiting]
    kept = (tmp_path / "models" / "a" / "a.gguf.part").stat().st_size
    assert [type(event) for event in ends(run(flow))] == [DownloadDone] * 2
    assert ranges(hub, "a") == ["", f"bytes={kept}-"]
    assert (tmp_path / "models" / "a" / "a.gguf").read_bytes() == DATA


def test_what_the_first_download_still_needs_is_no_room_for_the_second(flow, hub, tmp_path):
    claimed = int(shutil.disk_usage(tmp_path).free * 0.6)
    for name in "ab":
        held = hub.repositories[f"owner/{name}"]
        held.sizes[f"{name}.gguf"] = claimed
        file = RemoteFile(f"{name}.gguf", claimed)
        flow.add(DownloadRequest(held.name, held.revision, (file,), tmp_path / "models" / name))
    hub.fault("a.gguf", "lies", bytes=claimed)
    cancel = CancelToken()
    first = flow.run(cancel)
    assert next(event for event in first if isinstance(event, DownloadMoved))
    (refused,) = ends(run(flow))
    assert isinstance(refused, DownloadFailed)
    assert isinstance(refused.error, DiskTooSmall)
    assert f"{claimed / 1e9:.2f} GB" in refused.error.sentence.split("free, ")[1]
    assert "of them for other downloads" in refused.error.sentence
    cancel.cancel()
    assert [type(event) for event in ends(first)] == [DownloadStopped]
