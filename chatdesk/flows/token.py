"""What a user can do with the Hub's access token: enter it, have it kept, and forget it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.hub_ports import Secrets
from chatdesk.domain.secrets import Keeping, KeptToken, TokenState
from chatdesk.domain.storage_errors import KeyRingUnusable


class TokenFlow:
    """Holds one token, for one endpoint. What takes `cancel` may wait for a key ring, so for its user."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._held: tuple[str, str] | None = None  # endpoint, token
        self._asked = False  # for the one that is kept: who refused to unlock his key ring is asked once
        self._asking = threading.Lock()

    def state(self) -> TokenState:
        """Return what is known without asking a key ring."""
        kept, held = self._secrets.kept(), self._held
        if held is not None and (kept is None or kept.endpoint != held[0]):
            kept = KeptToken(held[0], Keeping.session)
        return TokenState(kept)

    def token(self, endpoint: str, cancel: CancelToken) -> str:
        """Return the token for `endpoint`, "" when there is none for it or when cancelled.

        Raises KeyRingUnusable, the first time only: it goes on without the token then.
        """
        with self._asking:
            if self._held is None and not self._asked:
                kept = self._secrets.kept()
                if kept is not None and kept.endpoint == endpoint:
                    self._asked = True
                    token = self._secrets.read(cancel)
                    if token and self._held is None:
                        self._held = endpoint, token
        held = self._held
        return held[1] if held is not None and held[0] == endpoint else ""

    def hold(self, token: str, endpoint: str) -> None:
        """Use `token` from now on, until the application ends."""
        self._held = endpoint, token

    def look(self, cancel: CancelToken) -> Iterator[TokenState]:
        """Yield once what is known, with the key ring asked whether it is there."""
        problem = ""
        try:
            self._secrets.require_key_ring(cancel)
        except KeyRingUnusable as error:
            problem = error.reason
        if not cancel.cancelled:
            yield TokenState(self.state().kept, problem)

    def keep(self, token: str, endpoint: str, keeping: Keeping, cancel: CancelToken) -> Iterator[TokenState]:
        """Use `token` from now on, keep it as the user wants, and yield what is known then.

        The one that was kept before is forgotten. Raises KeyRingUnusable and StorageError: then it is held
        until the application ends.
        """
        self.hold(token, endpoint)
        if keeping is Keeping.session:
            self._secrets.forget(cancel)
        else:
            self._secrets.keep(token, KeptToken(endpoint, keeping), cancel)
        yield self.state()

    def forget(self, cancel: CancelToken) -> Iterator[TokenState]:
        """Forget the token everywhere, and yield what is known then. Raises KeyRingUnusable, StorageError."""
        self._held = None
        self._asked = True
        self._secrets.forget(cancel)
        yield self.state()
