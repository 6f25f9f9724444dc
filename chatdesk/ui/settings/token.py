"""The access token among the settings, where it can be forgotten too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.secrets import TokenState
from chatdesk.domain.words import tr
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
        purpose = tr("For models whose makers ask you to accept their terms, and for private ones.")
        column.addWidget(Label(purpose, 9, tone="muted").wrap())
        column.addSpacing(4)
        column.addWidget(self.field)
        self.show_state(TokenState(None))

    def show_state(self, state: TokenState) -> None:
        """Offer to forget a token that is known."""
        self._forget.setVisible(state.kept is not None)
