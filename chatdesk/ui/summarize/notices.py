"""What the page says above its views, with one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatDeskError
from chatdesk.ui.widgets.banner import Banner, Kind


class Notices(QObject):
    """One at a time."""

    failed = Signal(object)  # exception that is no ChatDeskError

    def __init__(self, banner: Banner) -> None:
        super().__init__(banner)
        self._banner = banner

    def tell(
        self,
        kind: Kind,
        text: str,
        action: str = "",
        act: Callable[[], None] | None = None,
        seconds: float = 0,
    ) -> None:
        """Say something; the button called `action` does `act`."""
        self._banner.tell(kind, text, action, seconds, act)

    def tell_error(self, error: Exception) -> None:
        """Say what went wrong; a bug is told by whoever hears `failed`."""
        if isinstance(error, ChatDeskError):
            self.tell(Kind.error, f"{error.sentence} {error.hint}".strip())
        else:
            self.failed.emit(error)
