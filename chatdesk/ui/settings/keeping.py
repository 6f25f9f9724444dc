"""The row of buttons that export, import, back up and restore everything."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.words import tr
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class KeepingRow(QWidget):
    """What these buttons do is said by whoever connects them."""

    export_requested = Signal()
    import_requested = Signal()
    backup_requested = Signal()
    restore_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keeping")
        buttons = WrappingRow()
        for name, title, signal in (
            ("export-everything", tr("Export all chats…"), self.export_requested),
            ("import-chats", tr("Import chats…"), self.import_requested),
            ("back-up-now", tr("Back up now"), self.backup_requested),
            ("restore-backup", tr("Restore a backup…"), self.restore_requested),
        ):
            button = push_button(name, title)
            button.clicked.connect(signal)
            buttons.add(button)
        self.told = Label("", 9, tone="muted").wrap()
        self.told.setObjectName("keeping-told")
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(8)
        sources = tr("ChatGPT, Open WebUI, LM Studio, Jan and text-generation-webui can be imported too.")
        column.addWidget(Label(tr("All your chats")).wrap())
        column.addWidget(Label(sources, 9, tone="muted").wrap())
        column.addWidget(buttons)
        column.addWidget(self.told)

    def tell(self, sentence: str) -> None:
        """Say below the buttons what became of it."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
