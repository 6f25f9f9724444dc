"""What the editors of templates and of personas share: a column of fields, and a problem at its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.templates import Wording
from chatdesk.domain.words import tr
from chatdesk.ui.templates.checking import Fault, fault_of
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ScrolledColumn
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

CHECK_MS = 250  # after the last key


class EditField(QWidget):
    """A titled control with what is wrong with it below."""

    def __init__(self, title: str, control: QWidget, help: str = "") -> None:  # noqa: A002
        super().__init__()
        self.control = control
        control.setAccessibleName(title)
        self._problem = Label("", 9, tone="danger").wrap()
        self._problem.setObjectName("edit-problem")
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(title, bold=True))
        column.addWidget(control)
        if help:
            column.addWidget(Label(help, 9, tone="muted").wrap())
            control.setAccessibleDescription(help)
        column.addWidget(self._problem)

    @property
    def problem(self) -> str:
        return self._problem.text()

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong; "" for nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))


class WordingEditor(QWidget):
    """`saved` gives what stands in the fields once nothing is wrong with it."""

    saved = Signal(object, str)  # Wording, folder
    cancelled = Signal()

    def __init__(self, heading: str, what: Wording, folder: str) -> None:
        super().__init__()
        self.setObjectName("template-editor")
        self.area = ScrolledColumn(860)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = self.area.body
        self.title = QLineEdit(what.title)
        self.title.setObjectName("edit-title")
        self.title.setMaxLength(200)
        self.description = QLineEdit(what.description)
        self.description.setObjectName("edit-description")
        self.folder = QLineEdit(folder)
        self.folder.setObjectName("edit-folder")
        self.fields = {
            "title": EditField(tr("Title"), self.title),
            "description": EditField(tr("What it does, in one sentence"), self.description),
            "folder": EditField(tr("Folder"), self.folder, tr("“Work/Mail” is Mail within Work.")),
        }
        self.told = Label("", tone="danger").wrap()
        self.told.setObjectName("editor-told")
        self._tried = False
        self._check = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._check.timeout.connect(self.check)
        self.body.addWidget(Label(heading, 16, bold=True).wrap())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addLayout(self._buttons())
        for field in (self.title, self.description, self.folder):
            field.textChanged.connect(self.renew)

    def offer_folders(self, folders: Sequence[str]) -> None:
        """Complete what is typed as the folder to one of these."""
        completer = QCompleter(list(folders), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.folder.setCompleter(completer)

    def what(self) -> Wording:
        """Return what stands in the fields."""
        raise NotImplementedError

    def fault(self) -> Fault | None:
        """Return the first thing that is wrong."""
        return fault_of(self.what(), self.folder.text())

    def renew(self) -> None:
        """Check a moment from now."""
        self._check.start()

    def check(self) -> bool:
        """Show what is wrong at its place; return whether it can be kept."""
        self._check.stop()
        fault = self.fault()
        self.show_fault(fault)
        self.told.setText(fault.sentence if fault is not None and self._tried else "")
        return fault is None

    def show_fault(self, fault: Fault | None) -> None:
        """Show it at its field; a title that is still empty is told only after Save."""
        for name, field in self.fields.items():
            here = fault is not None and fault.field == name and not fault.variable
            early = not self._tried and isinstance(field.control, QLineEdit) and not field.control.text()
            field.show_problem(fault.sentence if fault is not None and here and not early else "")

    def save(self) -> None:
        """Keep it, or show what is wrong and go there."""
        self._tried = True
        if self.check():
            self.saved.emit(self.what(), self.folder.text().strip())
            return
        fault = self.fault()
        field = self.fields.get(fault.field) if fault is not None and not fault.variable else None
        if field is not None:
            field.control.setFocus()
            self.area.ensureWidgetVisible(field)

    def _buttons(self) -> QHBoxLayout:
        cancel = push_button("cancel-edit", tr("Cancel"))
        save = push_button("save-template", tr("Save"), "primary")
        cancel.clicked.connect(self.cancelled)
        save.clicked.connect(self.save)
        buttons = WrappingRow()
        buttons.add(self.told, stretch=True)
        buttons.add(cancel, far=True)
        buttons.add(save, far=True)
        row = QHBoxLayout()
        row.setContentsMargins(24, 10, 24, 14)
        row.addWidget(buttons)
        return row
