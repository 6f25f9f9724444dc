"""While it lasts, the message box shows something else than the draft: what was written or waits already."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from chatdesk.domain.chat import Draft
from chatdesk.domain.words import tr
from chatdesk.ui.chat.drafts import Drafts
from chatdesk.ui.chat.page import ChatPage
from chatdesk.ui.widgets.banner import Kind


class Editing(QObject):
    """One text at a time; the draft comes back when it ends."""

    def __init__(self, page: ChatPage, drafts: Drafts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._drafts = drafts
        self._take: Callable[[Draft], bool] | None = None
        self._left: Callable[[], None] | None = None
        page.editing.action.connect(self.end)
        page.editing.closed.connect(self.end)

    @property
    def active(self) -> bool:
        return self._take is not None

    def begin(
        self,
        draft: Draft,
        sentence: str,
        take: Callable[[Draft], bool],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Show `draft`, and above it what sending does.

        Sent, it goes to `take`, which says whether it was taken; `left` is called however this ends.
        """
        self._leave()
        if self._take is None:
            self._drafts.hold(True)
        self._take = take
        self._left = left
        self._page.composer.set_draft(draft)
        self._page.editing.tell(Kind.info, sentence, tr("Cancel"))
        self._page.composer.setFocus()

    def submit(self, draft: Draft) -> None:
        """Hand over what stands in the box now."""
        if self._take is not None and self._take(draft):
            self.end()

    def end(self) -> None:
        """Show the draft again."""
        if self._take is not None:
            self._take = None
            self._page.editing.hide()
            self._drafts.hold(False)
            self._leave()

    def _leave(self) -> None:
        left, self._left = self._left, None
        if left is not None:
            left()
