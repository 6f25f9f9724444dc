"""How long a download waits before it tries again."""

from datetime import UTC, datetime

import httpx2
import pytest

from chatdesk.hub.retry import Patience, asked_wait, passing

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("Sat, 21 Nov 2026 12:01:30 GMT", 90),
        ("Sat, 21 Nov 2026 12:01:30 -0000", 90),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("१२", None),
    ],
)
def test_what_a_server_asks_for_is_read(header, seconds):
    assert asked_wait(header, NOW) == seconds


def test_waits_double_up_to_the_longest():
    patience = Patience()
    assert [patience.wait(failures) for failures in range(1, 8)] == [1, 2, 4, 8, 16, 30, 30]
    assert 240 < sum(patience.wait(failures) for failures in range(1, patience.tries + 1)) < 360


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 410, 416, 451, 501])
def test_other_answers_are_no_reason_to_wait(status):
    assert passing(answer(status)) is None


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 522])
def test_a_busy_server_is_asked_again(status):
    again = passing(answer(status, {"Retry-After": "7"}))
    assert (again.host, again.seconds) == ("hub.example", 7)
    assert again.reason


def answer(status, headers=None):
    return httpx2.Response(status, headers=headers, request=httpx2.Request("GET", "https://hub.example/x"))
