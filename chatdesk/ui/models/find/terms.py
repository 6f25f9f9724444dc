"""What to do about a model whose makers ask for their terms to be accepted."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class TermsBox(QFrame):
    """Opens the page of the terms, and takes the access token."""

    token_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("terms")
        self.setProperty("card", True)
        self._address = ""
        self._heading = Label(tr("Its makers ask you to accept their terms"), 10.5, bold=True).wrap()
        self._token = QLineEdit()
        self._token.setObjectName("hub-token")
        self._token.setAccessibleName(tr("Access token"))
        self._token.setPlaceholderText(tr("Access token, such as hf_…"))
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._token.setMaxLength(400)
        self._page = push_button("open-terms", tr("Open the terms"), sign="external-link")
        self._page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._address)))
        self._save = push_button("save-token", tr("Use this token"))
        self._save.clicked.connect(self._enter)
        self._save.setEnabled(False)
        self._token.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self._token.returnPressed.connect(self._enter)
        self._arrange()

    def show_terms(self, address: str, *, gated: bool) -> None:
        """Show it for a gated model whose page is at `address`, hide it for others."""
        self._address = address
        self._page.setToolTip(tr("Opens {address} in your web browser").format(address=address))
        self._token.clear()
        self.setVisible(gated)

    def _arrange(self) -> None:
        steps = tr(
            "Sign in on the model's page and accept them there. Then make an access token with the right to "
            "read in your account's settings and enter it here, once for all models. Nobody else gets it."
        )
        row = WrappingRow()
        row.add(self._token, stretch=True)
        row.add(self._save, far=True)
        opening = WrappingRow()
        opening.add(self._page)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(8)
        inside.addWidget(self._heading)
        inside.addWidget(Label(steps).wrap())
        inside.addWidget(opening)
        inside.addWidget(row)

    def _enter(self) -> None:
        if token := self._token.text().strip():
            self._token.clear()
            self.token_entered.emit(token)
