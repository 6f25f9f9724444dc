"""Stopping a download takes no time, whatever it waits for."""

import socket
import threading
import time
from dataclasses import replace

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import (
    HubUnreachable,
)
from chatdesk.domain.hub import (
    Downloaded,
    HubAccess,
)
from chatdesk.hub.download import download
from chatdesk.hub.retry import Patience
from tests.hub.downloads import NAME, QUICK, REPOSITORY, assert_whole, of, ranges, read_until, request


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
