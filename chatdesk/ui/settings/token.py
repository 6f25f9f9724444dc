"""The access token among the settings: whether one is kept, another one, and none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.secrets import Keeping, TokenState
from chatdesk.domain.words import tr
from chatdesk.flows.hub import host_of
from chatdesk.ui.token.field import TokenField
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class TokenRow(QWidget):
    """`field` takes a token; `forget_requested` comes from the button beside the one that is known."""

    forget_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("setting-token")
        self.setAccessibleName(tr("Access token"))
        self._state = Label("", 9, tone="muted").wrap()
        self._state.setObjectName("token-state")
        self._forget = push_button("forget-token", tr("Forget token"), "danger")
        self._forget.clicked.connect(self.forget_requested)
        self.field = TokenField()
        heading = WrappingRow()
        heading.add(Label(tr("Access token")).wrap(), stretch=True)
        heading.add(self._forget, far=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(self._state)
        column.addSpacing(4)
        column.addWidget(self.field)
        self.show_state(TokenState(None))

    def show_state(self, state: TokenState) -> None:
        """Say where the token is kept."""
        self._state.setText(state_words(state))
        self._forget.setVisible(state.kept is not None)


def state_words(state: TokenState) -> str:
    """Return where the token is kept, in a sentence."""
    if state.kept is None:
        return tr(
            "For models whose makers ask you to accept their terms, and for private ones. None is known here."
        )
    words = {
        Keeping.key_ring: tr("The token for {host} is kept in this computer's key ring."),
        Keeping.file: tr("The token for {host} is kept in a file that only you can read, not encrypted."),
        Keeping.session: tr("The token for {host} is known until ChatDesk closes."),
    }
    return words[state.kept.keeping].format(host=host_of(state.kept.endpoint))
