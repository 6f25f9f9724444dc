"""The lines to a Hub: time-outs on every request, the proxy, and the token for the Hub's own host alone."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from ssl import SSLContext
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2
from socksio import SOCKSError

from chatdesk import __version__
from chatdesk.domain.hub import HubAccess
from chatdesk.domain.hub_errors import HubOffline, HubUnreachable
from chatdesk.domain.words import tr
from chatdesk.hub.failures import hub_errors, line_errors, name_of, not_a_hub, refused, without_password
from chatdesk.hub.library import (
    HfApi,
    OfflineModeIsEnabled,
    build_hf_headers,
    hf_request_event_hook,
    set_client_factory,
)

LONGEST_ANSWER = 60.0  # seconds for all of an answer about models
LARGEST_ANSWER = 64 << 20  # bytes; 500 models with their chat templates are about 5 MB
_TRY_LATER = {408, 429, 500, 502, 503, 504}
_OF_THE_WAY = {
    "content-encoding",
    "content-length",
    "transfer-encoding",
}  # no more true of a body that was read


class Line(httpx2.BaseTransport):
    """Carries requests to the Hub and to wherever it redirects, as `access` says.

    Whatever asks, a request waits at most `patience` seconds for a sign of life, and the token leaves only
    for the scheme, host and port of the endpoint.
    """

    def __init__(self, access: HubAccess, patience: float) -> None:
        self.access = access
        self.patience = patience
        self._timeout = httpx2.Timeout(patience).as_dict()
        self._home = _origin(httpx2.URL(access.endpoint))
        self._routes: dict[str, httpx2.HTTPTransport] = {}  # by proxy

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if _origin(request.url) != self._home:
            request.headers.pop("Authorization", None)
        request.extensions["timeout"] = self._timeout
        route = self._route(request.url)
        try:
            response = _within(self.patience, route, request)
        except httpx2.ConnectTimeout:
            self._routes = {proxy: each for proxy, each in self._routes.items() if each is not route}
            route.close()
            raise
        except (SOCKSError, AssertionError) as error:
            # What httpx2 lets through when something else than a SOCKS5 proxy answers.
            raise httpx2.ProxyError(tr("it is no SOCKS5 proxy"), request=request) from error
        response.headers.pop("Set-Cookie", None)  # nobody recognises a user by what he asked before
        return response

    def close(self) -> None:
        for route in self._routes.values():
            route.close()

    def _route(self, url: httpx2.URL) -> httpx2.HTTPTransport:
        proxy = self.access.proxy or _system_proxy(url)
        if proxy not in self._routes:
            # Desktops write the old name without a number; every such proxy of today speaks version 5.
            address = re.sub("^socks://", "socks5://", proxy, flags=re.IGNORECASE)
            try:
                self._routes[proxy] = httpx2.HTTPTransport(verify=_certificates(), proxy=address or None)
            except (ValueError, httpx2.InvalidURL) as error:
                reason = tr("the proxy {proxy} cannot be used; it has to begin with http:// or socks5://")
                raise HubUnreachable(url.host, reason.format(proxy=without_password(proxy))) from error
        return self._routes[proxy]


def connect(access: HubAccess, patience: float) -> httpx2.Client:
    """Return a client for the files of the Hub, to be closed by the caller.

    It follows redirects. Its errors are those of httpx2, which `line_errors` makes readable, but
    HubUnreachable for a proxy that cannot be used.
    """
    return httpx2.Client(
        transport=Line(_checked(access), patience),
        headers=build_hf_headers(
            token=access.token or False, library_name="chatdesk", library_version=__version__
        ),
        follow_redirects=True,
        event_hooks={"request": [_permit]},
    )


@contextmanager
def api(access: HubAccess, patience: float, repository: str = "") -> Iterator[HfApi]:
    """Give the library's own client for calls about models. Raises HubError for whatever goes wrong inside.

    Lists are fetched while they are read, so they have to be read inside.
    """
    access = _checked(access)
    _set_up()
    with Line(access, patience) as line:
        before = _line.set(line)
        try:
            host = host_of(access)
            with line_errors(host, patience, access.proxy), hub_errors(host, repository):
                yield HfApi(
                    endpoint=access.endpoint,
                    token=access.token or False,
                    library_name="chatdesk",
                    library_version=__version__,
                )
        finally:
            _line.reset(before)


def _within(seconds: float, route: httpx2.BaseTransport, request: httpx2.Request) -> httpx2.Response:
    """Return the answer that `route` brings, or raise ConnectTimeout after `seconds`, whatever it waits for.

    Looking up a name has no time-out, and a time-out for connecting counts for each address of the server
    again: the Hub has eight.
    """
    box: queue.Queue[httpx2.Response | Exception] = queue.Queue(1)
    left = threading.Event()

    def work() -> None:
        try:
            box.put(route.handle_request(request))
        except Exception as error:  # noqa: BLE001  raised again by whoever waits
            box.put(error)
        if left.is_set():
            _hang_up(route, box)

    threading.Thread(target=work, name="chatdesk-line", daemon=True).start()
    try:
        outcome = box.get(timeout=seconds)
    except queue.Empty:
        left.set()
        if not box.empty():
            _hang_up(route, box)
        raise httpx2.ConnectTimeout("timed out") from None
    if isinstance(outcome, httpx2.Response):
        return outcome
    try:
        raise outcome
    finally:
        del outcome  # kept here, it would keep its own frames and with them its line


def _hang_up(route: httpx2.BaseTransport, box: queue.Queue[httpx2.Response | Exception]) -> None:
    """Close what came after all, when nobody waited any more."""
    with suppress(queue.Empty):
        outcome = box.get_nowait()
        if isinstance(outcome, httpx2.Response):
            outcome.close()
    route.close()


def host_of(access: HubAccess) -> str:
    """Return how to call the Hub in a sentence."""
    return urlsplit(access.endpoint).netloc or access.endpoint


_line: ContextVar[Line] = ContextVar("_line")


class _Calls(httpx2.BaseTransport):
    """Carries the library's calls over the line of the present one.

    Answers are read here and errors made readable here: the library would else try again for half a minute,
    or for as long as the server says, and nobody could stop it.
    """

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        line = _line.get()
        host = name_of(request.url)
        with line_errors(host, line.patience, line.access.proxy):
            response = line.handle_request(request)
            try:
                if response.status_code in _TRY_LATER:
                    raise refused(host, response)
                body = _read(response, host)
            finally:
                response.close()
        headers = [(name, value) for name, value in response.headers.multi_items() if name not in _OF_THE_WAY]
        return httpx2.Response(response.status_code, headers=headers, content=body, request=request)


def _read(response: httpx2.Response, host: str) -> bytes:
    latest = time.monotonic() + LONGEST_ANSWER
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise HubUnreachable(host, not_a_hub())
        if time.monotonic() > latest:
            raise HubUnreachable(host, tr("it answers too slowly"))
    return bytes(body)


def _permit(request: httpx2.Request) -> None:
    """Raise HubOffline where the environment forbids the library to ask anybody (HF_HUB_OFFLINE)."""
    try:
        hf_request_event_hook(request)
    except OfflineModeIsEnabled as error:
        raise HubOffline from error


@cache
def _set_up() -> None:
    set_client_factory(
        lambda: httpx2.Client(transport=_Calls(), follow_redirects=True, event_hooks={"request": [_permit]})
    )


@cache
def _certificates() -> SSLContext:
    return httpx2.create_ssl_context()


def _checked(access: HubAccess) -> HubAccess:
    """Return `access`, whose endpoint is an address. Raises HubUnreachable."""
    try:
        url = httpx2.URL(access.endpoint)
    except httpx2.InvalidURL as error:
        raise HubUnreachable(access.endpoint, tr("its address cannot be used")) from error
    if url.scheme not in ("http", "https") or not url.host:
        raise HubUnreachable(access.endpoint, tr("its address has to begin with https://"))
    return access


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _system_proxy(url: httpx2.URL) -> str:
    if proxy_bypass(url.host):
        return ""
    known = getproxies()
    proxy = known.get(url.scheme) or known.get("all") or ""
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"
