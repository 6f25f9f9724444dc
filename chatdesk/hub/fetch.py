"""One file on the Hub: what the server says of it, and its bytes from any place on."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from chatdesk.domain.hub import HubAccess
from chatdesk.domain.hub_errors import FileMissing, HubUnreachable
from chatdesk.domain.words import tr
from chatdesk.hub.failures import check, line_reason, not_a_hub
from chatdesk.hub.library import hf_hub_url
from chatdesk.hub.retry import TryAgain, passing
from chatdesk.hub.wire import Wire

_MOST_REDIRECTS = 10
_PIECE = 1 << 19  # bytes that are handed on at once, or less after _HELD seconds
_HELD = 0.05
_RANGE_REFUSED = 416
_EXPIRED = {401, 403, 404, 410}
_UNCHANGED = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Version:
    """Which bytes the server has; two equal values are the same file."""

    etag: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Offer:
    version: Version
    place: httpx2.URL  # where the bytes are; a signed address that ends within minutes to hours


@dataclass(frozen=True, slots=True)
class RemotePlace:
    """A file in a repository, and how to reach it. `url` raises FileMissing for a name that leads away."""

    repository: str
    revision: str
    file: str
    access: HubAccess

    @property
    def url(self) -> httpx2.URL:
        if {".", ".."} & {*self.file.split("/"), *self.repository.split("/")}:
            raise FileMissing(self.repository, self.file)
        endpoint = self.access.endpoint
        return httpx2.URL(hf_hub_url(self.repository, self.file, revision=self.revision, endpoint=endpoint))


def ask(wire: Wire, place: RemotePlace) -> Generator[Offer, None, None]:
    """Yield one Offer. Raises TryAgain, HubError."""
    url = place.url
    for _ in range(_MOST_REDIRECTS):
        with _line(wire, place, url):
            response = wire.client.head(
                url, headers=_UNCHANGED, extensions=wire.extensions, follow_redirects=False
            )
        _raise_for(response, place)
        target = _target(response)
        version = None if _is_page(response, place) else _version(response)
        if version is not None:
            yield Offer(version, target or url)
            return
        if target is None:
            raise TryAgain(url.host, not_a_hub())
        url = target
    raise HubUnreachable(url.host, line_reason(httpx2.TooManyRedirects(""), wire.patience, ""))


def body(wire: Wire, place: RemotePlace, offer: Offer, start: int) -> Generator[bytes, None, None]:
    """Yield the bytes of the file from `start` on, in pieces. Raises TryAgain, HubError."""
    headers = _UNCHANGED | ({"Range": f"bytes={start}-"} if start else {})
    with (
        _line(wire, place, offer.place),
        wire.client.stream("GET", offer.place, headers=headers, extensions=wire.extensions) as response,
    ):
        _raise_for(response, place)
        if _is_page(response, place):
            raise TryAgain(response.url.host, not_a_hub())
        first = _first_byte(response, offer.version.size, start)
        yield from _joined(_without(response.iter_raw(), start - first))


def _first_byte(response: httpx2.Response, size: int, start: int) -> int:
    """Return where in the file the answer begins: at 0 when the server ignores ranges.

    Raises TryAgain when the answer is not about a file of `size` bytes.
    """
    if response.status_code == httpx2.codes.PARTIAL_CONTENT:
        first, expected = start, f"bytes {start}-{size - 1}/{size}"
        agrees = response.headers.get("Content-Range", "").strip().lower() == expected
    else:
        first, expected = 0, str(size)
        agrees = response.headers.get("Content-Length", expected) == expected
    if not agrees:
        raise _contradiction(response)
    return first


def _without(pieces: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Yield `pieces` without their first `count` bytes."""
    for piece in pieces:
        dropped = min(count, len(piece))
        count -= dropped
        if dropped < len(piece):
            yield piece[dropped:]


def _joined(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield few large pieces from a fast line and many small ones from a slow one; what came before a failure
    is yielded before it is raised."""
    held: list[bytes] = []
    size = 0
    failure: httpx2.TransportError | None = None
    passed_on = time.monotonic()
    try:
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            now = time.monotonic()
            if size >= _PIECE or now - passed_on >= _HELD:
                yield b"".join(held)
                held, size, passed_on = [], 0, now
    except httpx2.TransportError as error:
        failure = error
    if held:
        yield b"".join(held)
    if failure is not None:
        try:
            raise failure
        finally:
            del failure  # kept here, it would keep its own frames and with them its line


def _version(response: httpx2.Response) -> Version | None:
    headers: Mapping[str, str] = response.headers
    etag = headers.get("X-Linked-Etag", "")
    size = headers.get("X-Linked-Size", "")
    if not response.is_redirect:
        etag, size = etag or headers.get("ETag", ""), size or headers.get("Content-Length", "")
    etag = etag.removeprefix("W/").strip('"')
    return Version(etag, int(size)) if etag and size.isascii() and size.isdigit() else None


def _target(response: httpx2.Response) -> httpx2.URL | None:
    """Return where a redirect leads."""
    if not response.has_redirect_location:
        return None
    try:
        return response.url.join(response.headers["Location"])
    except httpx2.InvalidURL as error:
        raise TryAgain(response.url.host, not_a_hub()) from error


def _raise_for(response: httpx2.Response, place: RemotePlace) -> None:
    """Raise what an error of the server means; a redirect is none."""
    if again := passing(response):
        raise again
    host, status = response.url.host, response.status_code
    if response.url.origin != place.url.origin and status in _EXPIRED:
        raise TryAgain(host, tr("the link to the file has expired"))
    if status == _RANGE_REFUSED:
        raise _contradiction(response)
    # Without its body, which may be long and which nobody needs.
    bare = httpx2.Response(status, headers=response.headers, request=response.request)
    check(bare, host, place.repository, place.file)


def _is_page(response: httpx2.Response, place: RemotePlace) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/html") and not place.file.endswith((".html", ".htm"))


def _contradiction(response: httpx2.Response) -> TryAgain:
    return TryAgain(response.url.host, tr("it contradicts itself about the size of the file"))


@contextmanager
def _line(wire: Wire, place: RemotePlace, url: httpx2.URL) -> Iterator[None]:
    """Raise TryAgain in place of failures of the line, HubUnreachable for those that will not pass."""
    try:
        yield
    except (httpx2.RequestError, httpx2.InvalidURL) as error:
        reason = line_reason(error, wire.patience, place.access.proxy)
        if isinstance(error, httpx2.TransportError) and not isinstance(error, httpx2.UnsupportedProtocol):
            raise TryAgain(url.host, reason) from error
        raise HubUnreachable(url.host, reason) from error
