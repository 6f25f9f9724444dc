"""The earlier texts of a template, what differs from the one that counts, and the way back to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.templates import DiffLine, LibraryVersion, Wording
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.templates.diff_view import DiffView, difference_words
from chatdesk.ui.theme import Colours, follow, scaled
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.label import Label

Differences = Callable[[Wording, Wording], Sequence[DiffLine]]


class VersionsDialog(QDialog):
    """`restored` gives the number of the version that is to count again. Esc closes. Call `open`."""

    restored = Signal(int)

    def __init__(
        self,
        what: Wording,
        versions: Sequence[LibraryVersion],
        differences: Differences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("versions-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Versions of “{title}”").format(title=what.title))
        self._what = what
        self._versions = list(versions)
        self._differences = differences
        self.list = QListWidget()
        self.list.setObjectName("template-version-list")
        self.list.setAccessibleName(tr("Earlier versions, newest first"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for version in self._versions:
            self.list.addItem(QListWidgetItem(_when(version)))
        self.diff = DiffView()
        self.told = Label("", tone="muted").wrap()
        self.restore = push_button("restore-version", tr("Use this version again"), "primary")
        close = push_button("close-versions", tr("Close"))
        close.clicked.connect(self.reject)
        self.restore.clicked.connect(self._restore)
        self.restore.setEnabled(bool(self._versions))
        self._arrange(close)
        self.list.currentRowChanged.connect(self._show)
        follow(self, self._restyle)
        self.list.setCurrentRow(0)
        if not self._versions:
            self.told.setText(tr("There is no earlier version yet: one is kept with every change."))

    def _show(self, row: int) -> None:
        lines = self._differences(self._versions[row].what, self._what)
        self.diff.show_lines(lines)
        told = tr("From this version to the one that counts now: {difference}")
        self.told.setText(told.format(difference=difference_words(lines)))

    def _restore(self) -> None:
        number = self._versions[self.list.currentRow()].number
        self.accept()
        self.restored.emit(number)

    def _arrange(self, close: QWidget) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(self.diff)
        halves.setSizes([round(scaled(220)), round(scaled(600))])
        halves.setVisible(bool(self._versions))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(self.told)
        column.addWidget(halves, 1)
        column.addLayout(buttons)
        wished = QSize(round(scaled(860)), round(scaled(520 if self._versions else 160)))
        self.resize(wished.boundedTo(self.screen().availableSize()))

    def _restyle(self, c: Colours) -> None:
        self.setStyleSheet(f"QDialog {{ background: {c.window}; }}" + sheets.page(c))
        self.list.setStyleSheet(
            f"QListWidget {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border};"
            " border-radius: 8px; outline: none; padding: 4px; }"
            f"QListWidget:focus {{ border: 2px solid {c.accent}; padding: 3px; }}"
            "QListWidget::item { border-radius: 6px; padding: 6px 8px; }"
            f"QListWidget::item:selected {{ background: {c.bubble}; color: {c.text}; }}"
        )


def _when(version: LibraryVersion) -> str:
    time = version.written.astimezone().strftime("%H:%M")
    return tr("until {day}, {time}\n{title}").format(
        day=date_words(version.written), time=time, title=version.what.title
    )
