"""The list of a model's adapters in its settings: added, weighted, switched on and off, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.library import KnownAdapter
from chatdesk.domain.models import HEAVIEST, Adapter
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import size_words
from chatdesk.ui.settings.form import NARROW
from chatdesk.ui.theme import follow, scaled
from chatdesk.ui.widgets.badge import Badge
from chatdesk.ui.widgets.banner import Banner, Kind
from chatdesk.ui.widgets.buttons import push_button, show_sign, tool_button
from chatdesk.ui.widgets.column import line
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.number import DecimalField
from chatdesk.ui.widgets.switch import Switch
from chatdesk.ui.widgets.wrapping_row import WrappingRow

STEP = 0.05  # of a weight


class AdapterRow(QWidget):
    """One adapter; `removed` asks to take it out of the list."""

    removed = Signal()

    def __init__(self, known: KnownAdapter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._adapter = adapter = known.adapter
        self.setAccessibleName(adapter.name)
        self.setToolTip(str(adapter.path))
        self.switch = Switch()
        self.switch.setObjectName("adapter-on")
        self.switch.setAccessibleName(tr("Use the adapter {name}").format(name=adapter.name))
        self.switch.setChecked(adapter.on)
        self.weight = DecimalField()
        self.weight.setObjectName("adapter-weight")
        self.weight.setAccessibleName(tr("Weight of {name}").format(name=adapter.name))
        self.weight.setToolTip(tr("How much it changes: 0 is nothing, 1 is as it was made."))
        self.weight.set_limits(0, HEAVIEST, STEP)
        self.weight.set_decimal(adapter.weight)
        self.remove = tool_button(
            "remove-adapter", tr("Remove {name} from the list").format(name=adapter.name)
        )
        follow(self.remove, lambda c: show_sign(self.remove, "x", c.muted, 16))
        self.remove.clicked.connect(self.removed)
        self.switch.toggled.connect(self.weight.setEnabled)
        self.weight.setEnabled(adapter.on)
        self._arrange(known)

    def value(self) -> Adapter:
        """Return the adapter as it is set now."""
        return replace(self._adapter, weight=self.weight.decimal(), on=self.switch.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(NARROW)
        self._middle.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )

    def _arrange(self, known: KnownAdapter) -> None:
        title = Label(known.adapter.name).wrap()
        title.setBuddy(self.switch)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        if known.away:
            words.addWidget(Badge(tr("Not available now"), Kind.warning), 0, Qt.AlignmentFlag.AlignLeft)
        if known.problem and not known.away:
            words.addWidget(Label(known.problem, 9, tone="danger").wrap())
        else:
            words.addWidget(Label(_facts(known), 9, tone="muted").wrap())
        controls = QHBoxLayout()
        controls.setSpacing(8)
        weight = Label(tr("Weight"), 9, tone="muted")
        weight.setBuddy(self.weight)
        controls.addWidget(weight)
        controls.addWidget(self.weight)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(8)
        self._middle.addLayout(words, 1)
        self._middle.addLayout(controls)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(12)
        row.addWidget(self.switch)
        row.addLayout(self._middle, 1)
        row.addWidget(self.remove)


class AdapterList(QFrame):
    """`offered` comes with files that the user has chosen; `add` puts an adapter into the list."""

    offered = Signal(object)  # list of Path

    def __init__(self, known: Sequence[KnownAdapter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("adapters")
        self.setProperty("card", True)
        self.setAccessibleName(tr("Adapters"))
        self.rows: list[AdapterRow] = []
        self._lines: dict[AdapterRow, QWidget] = {}
        self._problem = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._button = push_button("add-adapter", tr("Add an adapter…"), sign="plus")
        self._button.clicked.connect(self.ask_for_files)
        below = WrappingRow()
        below.add(self._button)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 12, 18, 14)
        inside.setSpacing(8)
        inside.addWidget(Label(tr("Adapters"), 11.5, bold=True))
        inside.addWidget(Label(_explanation(), 9, tone="muted").wrap())
        inside.addLayout(self._list)
        inside.addWidget(self._problem)
        inside.addWidget(below)
        for each in known:
            self._add(each)

    @property
    def problem(self) -> str:
        """What is said of files that were refused, "" for nothing."""
        return "" if self._problem.isHidden() else self._problem.text

    def adapters(self) -> tuple[Adapter, ...]:
        """Return the adapters in their order, as they are set now."""
        return tuple(row.value() for row in self.rows)

    def add(self, known: KnownAdapter) -> None:
        """Put an adapter at the end; one whose file is in the list already only gets the keyboard."""
        row = next((row for row in self.rows if row.value().path == known.adapter.path), None)
        row = row or self._add(known)
        row.weight.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, text: str) -> None:
        """Say why files were not taken; "" says nothing any more."""
        if text:
            self._problem.tell(Kind.error, text)
        else:
            self._problem.dismiss()

    def switch_off(self) -> None:
        """Let none of them count; all stay in the list."""
        for row in self.rows:
            row.switch.setChecked(False)

    def ask_for_files(self) -> None:
        """Let the user pick GGUF files; `offered` follows."""
        downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self, tr("Add an adapter"), downloads)
        dialog.setObjectName("add-adapter-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Adapters (*.gguf *.GGUF)"), tr("All files (*)")])
        dialog.filesSelected.connect(lambda names: self.offered.emit([Path(name) for name in names]))
        dialog.open()

    def _add(self, known: KnownAdapter) -> AdapterRow:
        row = AdapterRow(known)
        row.removed.connect(lambda: self._remove(row))
        above = line()
        self._list.addWidget(above)
        self._list.addWidget(row)
        self.rows.append(row)
        self._lines[row] = above
        return row

    def _remove(self, row: AdapterRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        for gone in (row, self._lines.pop(row)):
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        left = self.rows[min(place, len(self.rows) - 1)].remove if self.rows else self._button
        left.setFocus(Qt.FocusReason.OtherFocusReason)


def _facts(known: KnownAdapter) -> str:
    """Return what is known of the file, or where it has to come back."""
    if known.header is None:
        return str(known.adapter.path)
    parts = [known.adapter.path.name, size_words(known.header.bytes)]
    if known.header.made_for:
        parts.append(tr("made for {model}").format(model=known.header.made_for))
    return " · ".join(parts)


def _explanation() -> str:
    return tr(
        "LoRA files in GGUF format that change how this model answers. Drop them here or add them. Those "
        "that are on count together, from the next answer on; the files stay where they are."
    )
