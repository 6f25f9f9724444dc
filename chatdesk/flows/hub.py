"""What a user can do with the Hub: search it, and look at one model there."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub import (
    HUB,
    Advice,
    HubAccess,
    HubAddress,
    HubQuery,
    RemoteFile,
    RemoteModel,
    RemoteRepository,
    SizeGroup,
    Variant,
)
from chatdesk.domain.hub_errors import HubError, HubOffline, TokenRefused
from chatdesk.domain.hub_ports import Hub
from chatdesk.domain.settings import Settings
from chatdesk.domain.waiting import wait_for
from chatdesk.hub.address import find_address
from chatdesk.hub.grouping import grouped, projector_of, recommend

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RepositoryRead:
    """A model with its variants sorted, and which of them to take; `named` is the one that was asked for."""

    repository: RemoteRepository
    groups: Mapping[SizeGroup, tuple[Variant, ...]]
    advice: Advice
    page: str  # the address of its page for a browser
    named: Variant | None = None
    projector: RemoteFile | None = None  # the part with which it looks at pictures
    room: int = 0  # bytes that a model's file may have here, on which the advice rests


@dataclass(frozen=True, slots=True)
class CardRead:
    """The model's card as Markdown, "" when there is none."""

    text: str


def hub_access(settings: Settings, token: str = "") -> HubAccess:
    """Return how to reach the Hub by the user's settings. Raises HubOffline in offline mode.

    Whatever asks the Hub needs this first, so nothing is asked in offline mode. A line that others can read
    along carries no token. Raises TokenRefused for a token that no server could have given out.
    """
    if settings.offline:
        raise HubOffline
    endpoint, token = endpoint_of(settings), token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise TokenRefused(host_of(endpoint))
    return HubAccess(
        endpoint=endpoint,
        token=token if is_private(endpoint) else "",
        proxy=_with_scheme(settings.proxy.strip(), "http"),
    )


def endpoint_of(settings: Settings) -> str:
    """Return the address of the Hub, or of the mirror that the user has chosen."""
    return _with_scheme(settings.mirror.strip().rstrip("/"), "https") or HUB


def host_of(endpoint: str) -> str:
    """Return how to call a Hub in a sentence."""
    return endpoint.partition("://")[2].partition("/")[0].rpartition("@")[2] or endpoint


def is_private(endpoint: str) -> bool:
    """Say whether nobody on the way can read what is sent there: it is encrypted, or stays here."""
    name = host_of(endpoint).rpartition(":")[0] or host_of(endpoint)
    return endpoint.lower().startswith("https://") or name in ("localhost", "127.0.0.1", "[::1]")


def address_of(text: str, settings: Settings) -> HubAddress | None:
    """Return the model that a pasted address or name means; None for words to search."""
    mirror = urlsplit(_with_scheme(settings.mirror.strip(), "https"))
    return find_address(text, mirror.netloc)


class HubFlow:
    """Models on the Hub. A cancelled question is left at once, whatever the line does."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def search(self, query: HubQuery, access: HubAccess, cancel: CancelToken) -> Iterator[list[RemoteModel]]:
        """Yield what is found, once; nothing when cancelled. Raises HubError."""
        found = wait_for(lambda: self._hub.search(query, access), cancel)
        if found is not None and not cancel.cancelled:
            yield found

    def look(
        self, address: HubAddress, room: int, access: HubAccess, cancel: CancelToken
    ) -> Iterator[RepositoryRead | CardRead]:
        """Yield what can be downloaded of a model, then its card. Raises HubError.

        `room` is how many bytes a model's file may have on this machine. A card that cannot be had is no
        failure: nothing is yielded for it.
        """
        repository = wait_for(lambda: self._hub.repository(address.repository, access), cancel)
        if repository is None or cancel.cancelled:
            return
        variants, parameters = repository.variants, repository.model.parameters
        yield RepositoryRead(
            repository,
            grouped(variants, parameters),
            recommend(variants, room, parameters),
            f"{access.endpoint}/{repository.model.id}",
            _named(address, repository),
            projector_of(repository.projectors),
            room,
        )
        yield from self._card(repository, access, cancel)

    def _card(
        self, repository: RemoteRepository, access: HubAccess, cancel: CancelToken
    ) -> Iterator[CardRead]:
        model = repository.model.id
        try:
            text = wait_for(lambda: self._hub.card(model, repository.revision, access), cancel)
        except HubError as error:
            _log.info("no card of %s: %s", model, error)
            return
        if text is not None and not cancel.cancelled:
            yield CardRead(text)


def _named(address: HubAddress, repository: RemoteRepository) -> Variant | None:
    if address.file:
        return next(
            (each for each in repository.variants if address.file in {file.path for file in each.files}), None
        )
    if address.quantisation:
        return next((each for each in repository.variants if each.quantisation == address.quantisation), None)
    return None


def _with_scheme(address: str, scheme: str) -> str:
    return address if "://" in address or not address else f"{scheme}://{address}"
