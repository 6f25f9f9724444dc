"""The dialog in which one chooses as what chats are exported."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.chat_archive import Scope
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.export.formats import FORMATS, format_title
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch_row import SwitchRow

ARCHIVE = "json"


class ExportDialog(QDialog):
    """`chosen` carries a kind of file, ARCHIVE or one of FORMATS, and whether thoughts are wanted."""

    chosen = Signal(str, bool)

    def __init__(self, scope: Scope, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export"))
        self.setModal(True)
        self._kinds = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(6)
        column.addWidget(Label(_heading(scope), 12, bold=True).wrap())
        column.addSpacing(8)
        to_keep = tr(
            "To keep, or to import into ChatDesk again: everything, with all versions and attachments"
        )
        column.addWidget(Label(to_keep, 9, tone="muted").wrap())
        self._add(column, ARCHIVE, tr("ChatDesk chats (JSON)"))
        column.addSpacing(8)
        for_readers = tr("To read, print or pass on: what the chat shows now")
        if scope.several:
            for_readers = tr("To read, print or pass on: a ZIP with a file for each chat, as it is shown now")
        column.addWidget(Label(for_readers, 9, tone="muted").wrap())
        for kind in FORMATS:
            self._add(column, kind, format_title(kind))
        thoughts = tr("With what the model thought before its answers")
        self.thoughts = SwitchRow("export-thoughts", thoughts)
        column.addSpacing(8)
        column.addWidget(self.thoughts)
        column.addSpacing(10)
        column.addLayout(self._make_buttons())
        self._buttons["md"].setChecked(True)
        self._buttons["md"].setFocus()
        self._kinds.buttonToggled.connect(lambda *_: self._follow_kind())
        follow(self, self._restyle)
        width = round(scaled(440))
        self.resize(width, self.heightForWidth(width))

    @property
    def kind(self) -> str:
        return next(kind for kind, button in self._buttons.items() if button.isChecked())

    def _add(self, column: QVBoxLayout, kind: str, title: str) -> None:
        button = QRadioButton(title)
        button.setObjectName(f"export-{kind}")
        button.setAccessibleName(title)
        self._kinds.addButton(button)
        self._buttons[kind] = button
        column.addWidget(button)

    def _make_buttons(self) -> QHBoxLayout:
        cancel = push_button("cancel-export", tr("Cancel"))
        cancel.clicked.connect(self.reject)
        go_on = push_button("choose-export-file", tr("Choose a file…"), "primary")
        go_on.setDefault(True)
        go_on.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(go_on)
        return row

    def _follow_kind(self) -> None:
        # The archive has all of them anyway.
        self.thoughts.setEnabled(self.kind != ARCHIVE)

    def _choose(self) -> None:
        self.chosen.emit(self.kind, self.thoughts.switch.isChecked())
        self.accept()

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(
            sheets.page(c)
            + "QRadioButton { spacing: 8px; } QRadioButton::indicator { width: 14px; height: 14px; }"
            + f"QRadioButton::indicator {{ border: 1px solid {c.outline}; border-radius: 8px; }}"
            + "QRadioButton::indicator:checked { width: 6px; height: 6px; }"
            + f"QRadioButton::indicator:checked {{ border: 5px solid {c.accent}; background: {c.base}; }}"
            + f"QRadioButton:focus {{ color: {c.link}; }}"
        )


def _heading(scope: Scope) -> str:
    if not scope.several:
        return tr("Export “{name}”").format(name=scope.name)
    count = len(scope.chats)
    words = trn("Export “{{name}}” with {count:,} chat", "Export “{{name}}” with {count:,} chats", count)
    return words.format(name=scope.name)
