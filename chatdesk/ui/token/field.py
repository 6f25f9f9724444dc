"""Takes the access token, says who gets it, and asks whether to keep it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.secrets import Keeping, KeptToken, TokenState
from chatdesk.domain.words import tr
from chatdesk.flows.hub import host_of, is_private
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch
from chatdesk.ui.widgets.wrapping_row import WrappingRow

LONGEST = 400  # characters


class TokenField(QWidget):
    """Keeps in the key ring unless the user says otherwise; in a file only when he says so."""

    entered = Signal(str, object)  # the token, Keeping
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._endpoint = ""
        self._no_ring = ""  # why there is no key ring
        self._token = QLineEdit()
        self._token.setObjectName("hub-token")
        self._token.setAccessibleName(tr("Access token"))
        self._token.setPlaceholderText(tr("Access token, such as hf_…"))
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._token.setMaxLength(LONGEST)
        self._token.textChanged.connect(lambda _: self._allow())
        self._token.returnPressed.connect(self._enter)
        self._save = push_button("save-token", tr("Use this token"))
        self._save.clicked.connect(self._enter)
        self._keep = Switch()
        self._keep.setObjectName("keep-token")
        self._keep.setChecked(True)
        self._keep.toggled.connect(lambda _: self._tell())
        self._keep_words = Label().wrap()
        self._keep_words.setBuddy(self._keep)
        self._state = Label().wrap()
        self._state.setObjectName("token-state")
        self._note = Label("", 9, tone="muted").wrap()
        self._note.setObjectName("token-note")
        self._problem = Label("", 9, tone="danger").wrap()
        self._problem.setObjectName("token-problem")
        self._arrange()
        self._allow()
        self._tell()

    def show_endpoint(self, endpoint: str) -> None:
        """Say which Hub the token is for, and sent to."""
        self._endpoint = endpoint
        self._allow()
        self._tell()

    def show_state(self, state: TokenState) -> None:
        """Say where a token is kept, and offer the key ring, or where there is none, a file."""
        if bool(state.problem) != bool(self._no_ring):
            self._keep.setChecked(not state.problem)
        self._no_ring = state.problem
        self._state.setText(kept_words(state.kept))
        self._state.setVisible(state.kept is not None)
        self.show_problem("")
        self._tell()

    def show_problem(self, words: str) -> None:
        """Say below the field what went wrong, nothing for ""."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def clear(self) -> None:
        """Empty the field."""
        self._token.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def _arrange(self) -> None:
        row = WrappingRow()
        row.add(self._token, stretch=True)
        row.add(self._save, far=True)
        keeping = QHBoxLayout()
        keeping.setSpacing(10)
        keeping.addWidget(self._keep)
        keeping.addWidget(self._keep_words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._state)
        column.addWidget(row)
        column.addLayout(keeping)
        column.addWidget(self._note)
        column.addWidget(self._problem)
        self._state.hide()
        self._problem.hide()

    def _allow(self) -> None:
        private = is_private(self._endpoint)
        self._token.setEnabled(private)
        self._save.setEnabled(private and bool(self._token.text().strip()))

    def _tell(self) -> None:
        keep = tr("Remember the token in this computer's key ring")
        if self._no_ring:
            keep = tr("Keep the token in a file that only you can read; it is not encrypted")
        self._keep_words.setText(keep)
        self._keep.setAccessibleName(keep)
        self._note.setText(" ".join(self._notes()))

    def _notes(self) -> list[str]:
        host = host_of(self._endpoint)
        if not is_private(self._endpoint):
            words = tr("{host} is reached without encryption, so ChatDesk sends no token there.")
            return [words.format(host=host)]
        notes = [tr("The token is sent to {host} and to nobody else.").format(host=host)]
        if self._no_ring:
            words = tr("This computer's key ring cannot be used: {reason}.")
            notes.append(words.format(reason=self._no_ring))
        if not self._keep.isChecked():
            notes.append(tr("The token is forgotten when ChatDesk closes."))
        return notes

    def _enter(self) -> None:
        if token := self._token.text().strip():
            place = Keeping.file if self._no_ring else Keeping.key_ring
            self._token.clear()
            self.entered.emit(token, place if self._keep.isChecked() else Keeping.session)


def kept_words(kept: KeptToken | None) -> str:
    """Return where the token is kept in a sentence, "" for none."""
    if kept is None:
        return ""
    words = {
        Keeping.key_ring: tr("The token for {host} is kept in this computer's key ring."),
        Keeping.file: tr("The token for {host} is kept in a file that only you can read, not encrypted."),
        Keeping.session: tr("The token for {host} is known until ChatDesk closes."),
    }
    return words[kept.keeping].format(host=host_of(kept.endpoint))
