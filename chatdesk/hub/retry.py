"""How long to wait for what may pass: a failing line, a busy server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from chatdesk.hub.failures import refusal

_PASSING = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a download waits, in seconds, and how often it tries."""

    silent: float = 10.0  # without a sign of life
    tries: int = 12  # in a row without any progress
    first_wait: float = 1.0  # doubled with every failure
    longest_wait: float = 30.0
    longest_asked: float = 600.0  # the most that a server's wish to wait is followed
    tick: float = 0.1  # between two reports
    room_check: float = 1.0  # between two looks at the free space

    def wait(self, failures: int) -> float:
        """Return how long to wait after that many failures in a row, 1 or more."""
        return min(self.first_wait * 2.0 ** (failures - 1), self.longest_wait)


PATIENT = Patience()


class TryAgain(Exception):
    """A failure that may pass, told within this room only.

    `reason` is a part of a sentence; `seconds` is how long the server asks to wait.
    """

    def __init__(self, host: str, reason: str, seconds: float | None = None) -> None:
        super().__init__(host, reason, seconds)
        self.host = host
        self.reason = reason
        self.seconds = seconds


def passing(response: httpx2.Response) -> TryAgain | None:
    """Return what an answer like "busy" means; None for an answer that will be the same the next time."""
    status, headers = response.status_code, response.headers
    if status not in _PASSING:
        return None
    seconds = asked_wait(headers.get("Retry-After", ""), datetime.now(UTC))
    return TryAgain(response.url.host, refusal(status, headers), seconds)


def asked_wait(header: str, now: datetime) -> float | None:
    """Return the seconds of a Retry-After header, a number or a date (RFC 9110, 10.2.3); None without."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
