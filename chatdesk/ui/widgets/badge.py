"""A few words on a tinted ground, such as "In use"."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.banner import Kind
from chatdesk.ui.widgets.label import Label


class Badge(Label):
    """As large as its words."""

    def __init__(self, text: str, kind: Kind = Kind.info, parent: QWidget | None = None) -> None:
        super().__init__(text, 8.5, parent=parent)
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self, self._tint)

    def tell(self, text: str, kind: Kind) -> None:
        """Say something else."""
        self._kind = kind
        self.setText(text)
        self._tint(colours())

    def _tint(self, c: Colours) -> None:
        ground, words = {
            Kind.info: (c.info_background, c.link),
            Kind.warning: (c.warning_background, c.warning),
            Kind.error: (c.danger_background, c.danger),
        }[self._kind]
        self.setStyleSheet(f"background: {ground}; color: {words}; border-radius: 8px; padding: 2px 8px;")
