"""Shows what is new in a document since the version that was summarised before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from chatdesk.domain.summaries import Differences
from chatdesk.domain.words import tr
from chatdesk.ui import sheets
from chatdesk.ui.summarize.summary_view import SummaryView
from chatdesk.ui.theme import follow


class DifferencesDialog(QDialog):
    """Points that are new, changed or gone; Esc closes it."""

    def __init__(self, name: str, found: Differences | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differences")
        self.setWindowTitle(tr("What changed in {name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = SummaryView()
        self.text.setObjectName("differences-text")
        self.text.setAccessibleName(tr("What changed"))
        self.text.show_summary(differences_text(found))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.text)
        self.resize(620, 520)
        follow(self, lambda c: self.setStyleSheet(sheets.page(c)))


def differences_text(found: Differences | None) -> str:
    """Return the differences as Markdown."""
    if found is None or not (found.new or found.gone or found.changed):
        return tr("The points of this version are those of the earlier one.")
    groups = (
        (tr("New"), [point.text for point in found.new]),
        (tr("Changed"), [f"{before.text} → {after.text}" for before, after in found.changed]),
        (tr("No longer there"), [point.text for point in found.gone]),
    )
    lines = []
    for title, points in groups:
        if points:
            lines += [f"### {title}", "", *(f"- {' '.join(point.split())}" for point in points), ""]
    return "\n".join(lines)
