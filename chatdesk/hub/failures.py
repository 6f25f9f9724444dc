"""Turns what the line, the server and huggingface_hub report into errors that the user can act on."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from chatdesk.domain.hub_errors import (
    FileMissing,
    HubError,
    HubUnreachable,
    RepositoryMissing,
    TermsNotAccepted,
    TokenRefused,
)
from chatdesk.domain.words import tr
from chatdesk.hub.library import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
    hf_raise_for_status,
)


@contextmanager
def line_errors(host: str, patience: float, proxy: str = "") -> Iterator[None]:
    """Raise HubUnreachable in place of what httpx2 reports of a line to `host`; `patience` is in seconds."""
    try:
        yield
    except (httpx2.RequestError, httpx2.InvalidURL) as error:
        raise HubUnreachable(host, line_reason(error, patience, proxy)) from error


@contextmanager
def hub_errors(host: str, repository: str = "", file: str = "") -> Iterator[None]:
    """Raise HubError in place of what huggingface_hub reports of a call about `repository` (and `file`).

    Inside may stand calls of the library and what reads their answers, nothing else: an answer that cannot be
    read shows as a ValueError, TypeError, KeyError, AttributeError or RecursionError.
    """
    try:
        yield
    except HFValidationError as error:
        raise RepositoryMissing(repository) from error
    except HfHubHTTPError as error:
        raise _of_hub(error, host, repository, file) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise HubUnreachable(host, not_a_hub()) from error


def check(response: httpx2.Response, host: str, repository: str, file: str) -> None:
    """Raise HubError where the answer to a request for `file` is an error."""
    if response.is_error:
        with hub_errors(host, repository, file):
            hf_raise_for_status(response)


def refusal(status: int, headers: httpx2.Headers) -> str:
    """Return what it means, as a part of a sentence, that a server answers with `status`."""
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        seconds = headers.get("Retry-After", "")
        if re.fullmatch("[0-9]{1,6}", seconds):
            return tr("it has been asked too often, and wants a pause of {seconds} seconds").format(
                seconds=int(seconds)
            )
        return tr("it has been asked too often")
    return tr("it answers with error {status}").format(status=status)


def refused(host: str, response: httpx2.Response) -> HubUnreachable:
    """Return the error for an answer that is a refusal."""
    status = response.status_code
    busy = status == httpx2.codes.TOO_MANY_REQUESTS or status >= httpx2.codes.INTERNAL_SERVER_ERROR
    return HubUnreachable(host, refusal(status, response.headers), busy=busy)


def name_of(url: httpx2.URL) -> str:
    """Return how to call a server in a sentence."""
    return url.netloc.decode("ascii", "replace")


def not_a_hub() -> str:
    """Return what is wrong with an answer that cannot be read, as a part of a sentence."""
    return tr("its answer is not that of a Hub (perhaps this network wants you to log in first)")


def line_reason(error: Exception, patience: float, proxy: str) -> str:
    """Return what a failure of httpx2 means, as a part of a sentence; `patience` is in seconds."""
    if isinstance(error, httpx2.TimeoutException):
        return tr("no answer within {seconds:g} seconds").format(seconds=patience)
    if isinstance(error, httpx2.TooManyRedirects):
        return tr("it redirects in circles")
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return tr("its address cannot be used")
    if isinstance(error, httpx2.ProxyError):
        return tr("the proxy refuses: {answer}").format(answer=_short(error))
    if isinstance(error, httpx2.ConnectError):
        return _of_connecting(error, proxy)
    if isinstance(error, httpx2.DecodingError):
        return not_a_hub()
    return tr("the connection broke off")


def _of_connecting(error: httpx2.ConnectError, proxy: str) -> str:
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return tr("its certificate is not valid")
    if proxy:
        return tr("the proxy {proxy} does not answer").format(proxy=without_password(proxy))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return tr("its name is not known here, or there is no network")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return tr("it takes no connections")
    return tr("no connection ({reason})").format(reason=_short(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _of_hub(error: HfHubHTTPError, host: str, repository: str, file: str) -> HubError:
    # A gated repository counts as missing too for the library, so it has to be asked about first.
    if isinstance(error, GatedRepoError):
        return TermsNotAccepted(repository)
    if isinstance(error, RemoteEntryNotFoundError | RevisionNotFoundError):
        return FileMissing(repository, file or repository)
    response = error.response
    status = response.status_code
    if status in (401, 403) and "X-Error-Code" not in response.headers:
        if isinstance(error, DisabledRepoError):
            return RepositoryMissing(repository)
        # The storage host has never seen the token and cannot refuse it.
        if "Authorization" in response.request.headers:
            return TokenRefused(host)
    if isinstance(error, RepositoryNotFoundError) or (status in (401, 404) and repository):
        return RepositoryMissing(repository)
    return refused(name_of(response.request.url), response)


def without_password(proxy: str) -> str:
    """Return a proxy's address as it may be shown."""
    scheme, separator, rest = proxy.rpartition("//")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80]
