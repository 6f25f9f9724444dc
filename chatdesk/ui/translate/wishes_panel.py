"""What can be wished beside the languages: tone, field, an instruction, and whether it starts by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.translations import Tone
from chatdesk.domain.words import tr
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch
from chatdesk.ui.widgets.wrapping_row import WrappingRow

LONGEST_WISH = 400  # characters


class WishesPanel(QFrame):
    """`changed` comes with each choice, and for texts when they are left or Enter is pressed."""

    changed = Signal()
    automatic_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("translate-wishes")
        self.tone = Choice()
        self.tone.setObjectName("translate-tone")
        self.tone.setAccessibleName(tr("Tone"))
        for tone, title in (
            (Tone.neutral, tr("Neutral")),
            (Tone.formal, tr("Formal")),
            (Tone.informal, tr("Informal")),
        ):
            self.tone.addItem(title, tone)
        self.field = _field("translate-field", tr("Field"), tr("such as: law, knitting"))
        self.instruction = _field(
            "translate-instruction", tr("Your own instruction"), tr("such as: keep the names of products")
        )
        self.automatic = Switch()
        self.automatic.setObjectName("translate-automatic")
        self.automatic.setAccessibleName(tr("Translate by itself after a pause"))
        self.refused = Label("", tone="muted").wrap()
        self.refused.setObjectName("translate-refused")
        self._arrange()
        self.allow("", "")
        self.tone.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.field.editingFinished.connect(self.changed)
        self.instruction.editingFinished.connect(self.changed)
        self.automatic.toggled.connect(self.automatic_changed)

    def show_wishes(self, tone: Tone, field: str, instruction: str) -> None:
        """Show what was chosen another time; `changed` does not come."""
        blocked = self.blockSignals(True)
        self.tone.setCurrentIndex(max(0, self.tone.findData(tone)))
        self.field.setText(field)
        self.instruction.setText(instruction)
        self.blockSignals(blocked)

    def allow(self, no_tone: str, no_more: str) -> None:
        """Let tone, and field and instruction, be chosen where there is no sentence that says why not."""
        self.tone.setEnabled(not no_tone)
        for field in (self.field, self.instruction):
            field.setEnabled(not no_more)
        self.refused.setText(" ".join(dict.fromkeys(each for each in (no_tone, no_more) if each)))
        self.refused.setVisible(bool(no_tone or no_more))

    def show_automatic(self, automatic: bool) -> None:
        """Show the setting; `automatic_changed` does not come."""
        blocked = self.blockSignals(True)
        self.automatic.setChecked(automatic)
        self.blockSignals(blocked)

    def _arrange(self) -> None:
        first = WrappingRow()
        first.add(_titled(tr("Tone"), self.tone))
        first.add(_titled(tr("Field"), self.field), stretch=True)
        first.add(_titled(tr("Your own instruction"), self.instruction), stretch=True)
        automatic = QHBoxLayout()
        words = Label(
            tr("Translate by itself after a pause (with a slow model the answer comes late, and in pieces)"),
            tone="muted",
        ).wrap()
        automatic.addWidget(words, 1)
        automatic.addWidget(self.automatic)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(first)
        column.addWidget(self.refused)
        column.addLayout(automatic)


def _field(name: str, title: str, example: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setPlaceholderText(example)
    field.setMaxLength(LONGEST_WISH)
    return field


def _titled(title: str, control: QWidget) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    label = Label(title, 9, tone="muted")
    label.setBuddy(control)
    column.addWidget(label)
    column.addWidget(control)
    return both
