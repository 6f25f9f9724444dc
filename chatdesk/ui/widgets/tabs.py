"""Views of one page as a row of tabs; the arrow keys go from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from chatdesk.domain.words import trn
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.label import Label

PADDING = 12  # pixels at both sides of a title
_AROUND = 40  # pixels that a tab is wider than its title, with a count


class Tabs(QTabBar):
    """Each tab has a long and a short title, for wide and narrow windows, and can carry a count."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._titles: list[tuple[str, str]] = []
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        follow(self, self._restyle)

    def add(self, title: str, short: str) -> None:
        """Add a tab at the end."""
        self._titles.append((title, short))
        self.setAccessibleTabName(self.addTab(title), title)
        self._choose_titles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_titles()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def set_count(self, tab: int, count: int) -> None:
        """Show `count` on a tab, nothing for 0."""
        side = QTabBar.ButtonPosition.RightSide
        if (old := self.tabButton(tab, side)) is not None:
            old.hide()
            old.deleteLater()
        badge = None
        if count:
            badge = Label(str(count), 8.5, bold=True)
            badge.setObjectName("tab-count")
            badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTabButton(tab, side, badge)
        self.setAccessibleTabName(tab, _spoken(self._titles[tab][0], count))

    def _choose_titles(self) -> None:
        metrics = self.fontMetrics()
        needed = sum(metrics.horizontalAdvance(title) + 2 * PADDING + _AROUND for title, _ in self._titles)
        for tab, titles in enumerate(self._titles):
            self.setTabText(tab, titles[needed > self.width()])

    def _restyle(self, c: Colours) -> None:
        self._choose_titles()
        self.setStyleSheet(f"""
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; border: 2px solid transparent;
    border-radius: 8px; padding: 6px {PADDING}px; margin-right: 4px; }}
QTabBar::tab:hover {{ background: {c.hover}; }}
QTabBar::tab:selected {{ background: {c.bubble}; color: {c.text}; }}
QTabBar::tab:selected:focus {{ border-color: {c.accent}; }}
#tab-count {{ background: {c.accent}; color: {c.on_accent}; border-radius: 8px; padding: 1px 6px;
    margin-right: {PADDING}px; }}
""")


def _spoken(title: str, count: int) -> str:
    return f"{title}, {trn('{count} running', '{count} running', count)}" if count else title
