"""Edits a persona: its system prompt, model, style, thinking, and the messages that a chat begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.generation import PRESETS
from chatdesk.domain.models import InstalledModel
from chatdesk.domain.settings import preset_label
from chatdesk.domain.templates import Persona, StartingMessage
from chatdesk.domain.words import tr
from chatdesk.ui.templates.controls import TextControl
from chatdesk.ui.templates.editor_base import EditField, WordingEditor
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

_OWN = "own"  # sampling of its own, which only its file says
Speaker = Literal["user", "assistant"]


class MessageRow(QWidget):
    """One message that a chat begins with."""

    def __init__(self, message: StartingMessage) -> None:
        super().__init__()
        self.role = Choice()
        self.role.addItem(tr("You"), "user")
        self.role.addItem(tr("Answer"), "assistant")
        self.role.setCurrentIndex(self.role.findData(message.role))
        self.role.setAccessibleName(tr("Who says it"))
        self.text = TextControl(message.text, 3)
        self.text.setAccessibleName(tr("Message"))
        self.remove = push_button("remove-message", tr("Remove"))
        side = QVBoxLayout()
        side.addWidget(self.role)
        side.addWidget(self.remove)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(side)
        row.addWidget(self.text, 1)

    @property
    def message(self) -> StartingMessage:
        role: Speaker = "user" if self.role.currentData() == "user" else "assistant"
        return StartingMessage(role, self.text.toPlainText())


class PersonaEditor(WordingEditor):
    """Messages that are empty are left out."""

    def __init__(self, heading: str, what: Persona, folder: str, models: Sequence[InstalledModel]) -> None:
        super().__init__(heading, what, folder)
        self._persona = what
        self.system = QPlainTextEdit(what.system.strip("\n"))
        self.system.setObjectName("edit-system")
        self.system.setTabChangesFocus(True)
        self.system.setMinimumHeight(150)
        self.fields["system"] = EditField(
            tr("System prompt"), self.system, tr("What the model is told before the chat.")
        )
        self._choose_model(models)
        self._choose_style()
        self.thinking = Choice()
        for title, value in ((tr("as set"), None), (tr("on"), True), (tr("off"), False)):
            self.thinking.addItem(title, value)
        self.thinking.setCurrentIndex((None, True, False).index(what.thinking))
        self.rows: list[MessageRow] = []
        self._messages = QVBoxLayout()
        self._messages.setSpacing(10)
        self._arrange()
        for message in what.messages:
            self.add_message(message)
        for control in (self.model, self.preset, self.thinking):
            control.currentIndexChanged.connect(self.renew)
        self.system.textChanged.connect(self.renew)
        self.check()

    def what(self) -> Persona:
        preset = self.preset.currentData()
        return replace(
            self._persona,
            title=" ".join(self.title.text().split()),
            description=" ".join(self.description.text().split()),
            system=self.system.toPlainText(),
            model=str(self.model.currentData()),
            preset="" if preset == _OWN else str(preset),
            sampling=self._persona.sampling if preset == _OWN else None,
            thinking=self.thinking.currentData(),
            messages=tuple(row.message for row in self.rows if row.message.text.strip()),
        )

    def add_message(self, message: StartingMessage | None = None) -> None:
        """Add a message at the end; the other speaks than in the one before."""
        if message is None:
            last = self.rows[-1].message.role if self.rows else "user"
            message = StartingMessage("assistant" if last == "user" else "user", "")
        row = MessageRow(message)
        row.remove.clicked.connect(lambda: self._remove(row))
        row.text.altered.connect(self.renew)
        row.role.currentIndexChanged.connect(self.renew)
        self.rows.append(row)
        self._messages.addWidget(row)

    def _remove(self, row: MessageRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.renew()

    def _choose_model(self, models: Sequence[InstalledModel]) -> None:
        self.model = Choice()
        self.model.addItem(tr("that for new chats"), "")
        for each in models:
            self.model.addItem(each.title, str(each.path))
        wanted = self._persona.model
        if wanted and self.model.findData(wanted) < 0:
            self.model.addItem(tr("{name} (not there now)").format(name=Path(wanted).name), wanted)
        self.model.setCurrentIndex(self.model.findData(wanted))

    def _choose_style(self) -> None:
        self.preset = Choice()
        self.preset.addItem(tr("as set"), "")
        for name in PRESETS:
            self.preset.addItem(preset_label(name), name)
        if self._persona.sampling is not None:
            self.preset.addItem(tr("of its own"), _OWN)
        wanted = _OWN if self._persona.sampling is not None else self._persona.preset
        self.preset.setCurrentIndex(max(0, self.preset.findData(wanted)))

    def _arrange(self) -> None:
        for name in ("title", "description", "folder", "system"):
            self.body.addWidget(self.fields[name])
        for title, control in (
            (tr("Model"), self.model),
            (tr("Style of answers"), self.preset),
            (tr("Thinking"), self.thinking),
        ):
            self.body.addWidget(EditField(title, control))
        add = push_button("add-message", tr("Add a message"), "", "plus")
        add.clicked.connect(lambda _=False: self.add_message())
        head = WrappingRow()
        head.add(Label(tr("Messages that a chat begins with"), 12, bold=True))
        head.add(add, far=True)
        self.body.addWidget(head)
        rows = QWidget()
        self._messages.setContentsMargins(0, 0, 0, 0)
        rows.setLayout(self._messages)
        self.body.addWidget(rows)
        self.body.addStretch(1)
