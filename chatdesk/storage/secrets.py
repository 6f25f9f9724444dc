"""Keeps the Hub's access token in the system's key ring, or in a file where the user has agreed to that."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.secrets import Keeping, KeptToken
from chatdesk.domain.storage_errors import KeyRingUnusable
from chatdesk.domain.waiting import wait_for
from chatdesk.domain.words import tr
from chatdesk.storage.failures import readable_errors
from chatdesk.storage.whole_files import replace_file

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "ChatDesk"  # under which the key ring lists the token
PATIENCE = 30.0  # seconds; a key ring may ask the user for its password
_LOCKED = {"KeyringLocked", "InitError", "LockedException", "PromptDismissedException"}


class TokenStore:
    """The Secrets of the ports. A small file says where the token is; with the user's consent it holds it."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        """`path` is that of the file, `patience` how many seconds a key ring may take."""
        self._path = path
        self._patience = patience

    def kept(self) -> KeptToken | None:
        """Return what the file says, None where that is nothing. Asks no key ring."""
        return _note_of(self._stored())

    def require_key_ring(self, cancel: CancelToken) -> None:
        """Raise KeyRingUnusable where there is none. Nothing is unlocked for this."""
        self._ask(lambda _: None, cancel)

    def read(self, cancel: CancelToken) -> str:
        """Return the token, "" when none is kept or when cancelled. Raises KeyRingUnusable."""
        kept = self.kept()
        if kept is None:
            return ""
        if kept.keeping is Keeping.file:
            return str(self._stored().get("token", ""))
        return self._ask(lambda ring: ring.get_password(SERVICE, kept.endpoint), cancel) or ""

    def keep(self, token: str, kept: KeptToken, cancel: CancelToken) -> None:
        """Keep `token` where `kept` says, in place of the one before; nothing is kept when cancelled.

        Raises KeyRingUnusable, StorageError.
        """
        before = self.kept()
        if kept.keeping is Keeping.key_ring:
            self._ask(lambda ring: ring.set_password(SERVICE, kept.endpoint, token), cancel)
        if before not in (None, kept):
            with suppress(KeyRingUnusable):  # it may be gone, and that is why there is another place now
                self.forget(cancel)
        if cancel.cancelled:
            return
        note = {"endpoint": kept.endpoint, "kept_in": kept.keeping.value}
        if kept.keeping is Keeping.file:
            note["token"] = token
        with readable_errors(self._path):
            replace_file(self._path, json.dumps(note, indent=2).encode())

    def forget(self, cancel: CancelToken) -> None:
        """Delete the token. Raises KeyRingUnusable, and then it is still kept, and StorageError."""
        kept = self.kept()
        if kept is not None and kept.keeping is Keeping.key_ring:
            self._delete(kept, cancel)
        if not cancel.cancelled:
            with readable_errors(self._path):
                self._path.unlink(missing_ok=True)

    def _delete(self, kept: KeptToken, cancel: CancelToken) -> None:
        def delete(ring: KeyringBackend) -> None:
            if ring.get_password(SERVICE, kept.endpoint) is not None:
                ring.delete_password(SERVICE, kept.endpoint)

        self._ask(delete, cancel)

    def _stored(self) -> dict[str, object]:
        try:
            stored = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return stored if isinstance(stored, dict) else {}

    def _ask(self, work: Callable[[KeyringBackend], T], cancel: CancelToken) -> T | None:
        """Let `work` use the key ring, on a thread that is left when it hangs."""
        try:
            return wait_for(lambda: work(_key_ring()), cancel, self._patience)
        except TimeoutError:
            raise KeyRingUnusable(tr("it does not answer")) from None
        except KeyRingUnusable:
            raise
        except Exception as error:  # noqa: BLE001  each kind of key ring raises errors of its own
            # Without the error itself: nobody knows what its text tells.
            raise KeyRingUnusable(_reason(error)) from None


def _key_ring() -> KeyringBackend:
    """Return the key ring of the system, or that of keyring's own configuration.

    One that the library does not recommend, because it encrypts nothing, is none. Raises KeyRingUnusable.
    """
    import keyring.core

    keyring.core.init_backend(keyring.core.recommended)
    ring = keyring.core.get_keyring()
    if not keyring.core.recommended(ring):
        raise KeyRingUnusable(tr("no such program is running"))
    return ring


def _reason(error: Exception) -> str:
    kind = type(error).__name__
    return tr("it stays locked") if kind in _LOCKED else tr("it fails ({kind})").format(kind=kind)


def _note_of(stored: dict[str, object]) -> KeptToken | None:
    endpoint, place = stored.get("endpoint"), stored.get("kept_in")
    if isinstance(endpoint, str) and place in (Keeping.key_ring, Keeping.file):
        return KeptToken(endpoint, Keeping(str(place)))
    return None
