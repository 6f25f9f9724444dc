"""What to do about a model whose makers ask for their terms to be accepted."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.token.field import TokenField
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class TermsBox(QFrame):
    """Opens the page of the terms; `token` takes the access token."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("terms")
        self.setProperty("card", True)
        self._address = ""
        self._heading = Label(tr("Its makers ask you to accept their terms"), 10.5, bold=True).wrap()
        self.token = TokenField()
        self._page = push_button("open-terms", tr("Open the terms"), sign="external-link")
        self._page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._address)))
        self._arrange()

    def show_terms(self, address: str, *, gated: bool) -> None:
        """Show it for a gated model whose page is at `address`, hide it for others."""
        self._address = address
        self._page.setToolTip(tr("Opens {address} in your web browser").format(address=address))
        self.token.clear()
        self.setVisible(gated)

    def _arrange(self) -> None:
        steps = tr(
            "Sign in on the model's page and accept them there. Then make an access token with the right to "
            "read in your account's settings and enter it here, once for all models."
        )
        opening = WrappingRow()
        opening.add(self._page)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        inside.addWidget(self._heading)
        inside.addWidget(Label(steps).wrap())
        inside.addWidget(opening)
        inside.addWidget(self.token)
