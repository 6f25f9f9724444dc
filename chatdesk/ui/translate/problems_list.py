"""Lists what of an imported file was left out, with the lines of the file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from chatdesk.domain.glossaries import FileProblem
from chatdesk.domain.words import tr, trn
from chatdesk.ui.icons import icon
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import tool_button
from chatdesk.ui.widgets.label import Label

_MOST = 1_000  # lines that are listed
_SEEN = 4  # of them without scrolling


class ProblemsList(QWidget):
    """Hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import-problems")
        self.title = Label("", tone="muted").wrap()
        self._close = tool_button("close-problems", tr("Close the list"))
        self._close.clicked.connect(self.hide)
        self.list = QListWidget()
        self.list.setObjectName("problem-lines")
        self.list.setAccessibleName(tr("What was left out"))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)
        self.hide()
        follow(self, self._restyle)

    def show_problems(self, problems: Sequence[FileProblem]) -> None:
        """List problems in the order of the file; hide for none."""
        self.list.clear()
        self.list.addItems([_line(problem) for problem in problems[:_MOST]])
        self.title.setText(
            trn(
                "{count} thing in the file was left out:",
                "{count} things in the file were left out:",
                len(problems),
            )
        )
        self._fit()
        self.setVisible(bool(problems))

    def _fit(self) -> None:
        lines = min(max(self.list.count(), 1), _SEEN)
        self.list.setFixedHeight(round(lines * (self.list.fontMetrics().height() + 6) + 10))

    def _restyle(self, c: Colours) -> None:
        self._close.setIcon(icon("x", c.muted))
        self._fit()
        self.list.setStyleSheet(
            f"QListWidget {{ background: {c.base}; color: {c.text}; border: 1px solid {c.border};"
            f" border-radius: 8px; }} QListWidget:focus {{ border: 2px solid {c.accent}; }}"
        )


def _line(problem: FileProblem) -> str:
    if problem.line:
        return tr("Line {line}: {reason}").format(line=problem.line, reason=problem.reason)
    return problem.reason
