"""Stopping a download takes no time, whatever it waits for."""

import socket
import threading
import time
from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import (
    Downloaded,
    HubAccess,
)
from chatdesk.domain.hub_errors import HubUnreachable
from chatdesk.hub.download import download
from tests.hub.downloads import (
    IMPATIENT,
    NAME,
    QUICK,
    REPOSITORY,
    assert_whole,
    of,
    ranges,
    read_until,
    request,
)


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
    events = download(request(hub, folder), HubAccess(hub.url), CancelToken(), QUICK)
    kept = read_until(events, 500_000).done
    events.close()
    assert_whole(fetch(), folder)
    assert ranges(hub)[-1] == f"bytes={kept}-"


def cancelled(hub, folder, access):
    """Return how long a download goes on after it was cancelled."""
    cancel = CancelToken()
    moment = []
    timer = threading.Timer(0.3, lambda: (moment.append(time.monotonic()), cancel.cancel()))
    timer.start()
    events = list(download(request(hub, folder), access, cancel))
    ended = time.monotonic()
    timer.join()
    assert not of(Downloaded, events)
    return ended - moment[0]


@pytest.mark.parametrize("where", ["silent hub", "silent storage", "stalled", "waiting", "connecting"])
def test_cancelling_takes_less_than_a_third_of_a_second_whatever_it_waits_for(where, hub, folder):
    access = HubAccess(hub.url)
    held = []
    if where == "silent hub":
        path = f"/{REPOSITORY}/resolve/{hub.repositories[REPOSITORY].revision}/{NAME}"
        hub.fault(path, "silent", times=3)
    elif where == "silent storage":
        hub.fault(NAME, "silent", times=3)
    elif where == "stalled":
        hub.fault(NAME, "stall", times=3, after=500_000)
    elif where == "waiting":
        hub.fault(NAME, "status", times=3, code=429, headers={"Retry-After": "100"})
    else:
        held, access = unreachable()
    # Another program may take the processor away: one of three has to be in time.
    assert any(cancelled(hub, folder, access) < 0.3 for _ in range(3))
    for each in held:
        each.close()


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
    patience = replace(IMPATIENT, tries=1)
    with pytest.raises(HubUnreachable, match="no answer within"):
        list(download(request(hub, folder), access, CancelToken(), patience))
    for each in held:
        each.close()
