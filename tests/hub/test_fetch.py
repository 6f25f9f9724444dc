"""Lines that break, servers that are busy, lie or refuse, and tokens that stay at home."""

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import (
    Downloaded,
    DownloadWaits,
    HubAccess,
    RemoteFile,
)
from chatdesk.domain.hub_errors import (
    FileChanged,
    FileMissing,
    HubUnreachable,
    RepositoryMissing,
    TermsNotAccepted,
    TokenRefused,
)
from chatdesk.hub.download import download
from chatdesk.hub.failures import not_a_hub
from tests.fakes.hub import FakeHub
from tests.hub.downloads import (
    DATA,
    IMPATIENT,
    NAME,
    QUICK,
    REPOSITORY,
    assert_whole,
    names_in,
    of,
    part_of,
    ranges,
    reasons,
    request,
    start_of,
)


@pytest.mark.parametrize("fault", ["cut", "reset", "stall"])
def test_a_line_that_breaks_is_taken_up_where_it_broke(fault, fetch, folder, hub):
    hub.fault(NAME, fault, times=2, after=1_000_000)
    stalls = fault == "stall"
    events = fetch(patience=IMPATIENT if stalls else QUICK)
    assert_whole(events, folder)
    assert reasons(events) == ["no answer within 0.4 seconds" if stalls else "the connection broke off"] * 2
    first, second, third = ranges(hub)
    assert first == ""
    assert second.startswith("bytes=")
    assert 0 < start_of(second) < start_of(third) < len(DATA)


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
        ({"kind": "silent"}, "no answer within 0.4 seconds"),
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
    events = fetch(patience=IMPATIENT if fault["kind"] == "silent" else QUICK)
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
