"""Shows one template or persona, with all that can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from chatdesk.domain.settings import preset_label
from chatdesk.domain.templates import LibraryEntry, Persona, PromptTemplate
from chatdesk.domain.words import tr
from chatdesk.ui.templates.places import PlaceMarks
from chatdesk.ui.templates.words import origin_words, variable_words
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.badge import Badge
from chatdesk.ui.widgets.banner import Kind
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import ScrolledColumn, card, line
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

MOST_LINES = 18  # of a text that are shown without scrolling


class ShownText(QPlainTextEdit):
    """Read only, as high as its text."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.marks = PlaceMarks(self.document(), self)
        follow(self, lambda _: self._fit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = min(max(2, round(self.document().size().height())), MOST_LINES)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 32)


class EntryView(ScrolledColumn):
    """The buttons come as signals."""

    use_requested = Signal()
    edit_requested = Signal()
    duplicate_requested = Signal()
    move_requested = Signal()
    export_requested = Signal()
    versions_requested = Signal()
    keys_requested = Signal()
    reset_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(860, parent)
        self.setObjectName("template-view")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = Label("", 16, bold=True).wrap()
        self.title.setObjectName("template-title")
        self._badge = Badge("")
        self._about = Label("", tone="muted").wrap()
        self._call = Label("").wrap()
        self._problem = Label("", tone="danger").wrap()
        self._text_title = Label("", bold=True)
        self.text = ShownText("template-text", tr("Text"))
        self._parts_title = Label("", bold=True)
        self._parts, self._lines = card()
        self._make_buttons()
        head = WrappingRow()
        head.add(self.title, stretch=True)
        head.add(self._badge, far=True)
        for part in (head, self._about, self._call, self._problem, self._actions, self._text_title):
            self.body.addWidget(part)
        self.body.addWidget(self.text)
        self.body.addWidget(self._parts_title)
        self.body.addWidget(self._parts)
        self.body.addStretch(1)
        follow(self, self._restyle)

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons, in order."""
        return [each for each in self._actions.parts if isinstance(each, QPushButton)]

    def show_entry(self, entry: LibraryEntry, keys: str) -> None:
        """Show it; `keys` are those of its own shortcut as people write them, "" for none."""
        what = entry.what
        self.title.setText(what.title)
        self._about.setText(what.description)
        self._about.setVisible(bool(what.description))
        self._badge.setVisible(bool(origin_words(entry)))
        self._badge.tell(origin_words(entry), Kind.info)
        self._problem.setText(entry.problem)
        self._problem.setVisible(bool(entry.problem))
        self.reset.setVisible(entry.edited)
        self.use.setEnabled(not entry.problem)
        self.keys.setVisible(not entry.is_persona)
        if isinstance(what, Persona):
            self._show_persona(what)
        else:
            self._show_template(what, keys)
        self.verticalScrollBar().setValue(0)

    def _show_template(self, what: PromptTemplate, keys: str) -> None:
        called = tr("In a chat, type /{command} and Enter.").format(command=what.command)
        told = called if what.command else tr("It has no command: use it from here, or give it one.")
        if keys:
            told += " " + tr("Its keys: {keys}.").format(keys=keys)
        self._call.setText(told)
        self._text_title.setText(tr("Text"))
        self.text.setPlainText(what.text.strip("\n"))
        self.use.setText(f"\u2002{tr('Use')}")
        rows = [(each.label, f"{{{{{each.name}}}}}", variable_words(each)) for each in what.variables]
        self._show_rows(tr("Fields"), rows)

    def _show_persona(self, what: Persona) -> None:
        self._call.setText(tr("A persona: a chat begins with all that stands here."))
        self._text_title.setText(tr("System prompt"))
        self.text.setPlainText(what.system.strip("\n") or tr("None"))
        self.use.setText(f"\u2002{tr('Begin a chat')}")
        style = tr("of its own") if what.sampling is not None else preset_label(what.preset)
        rows = [
            (tr("Model"), "", what.model.replace("\\", "/").rpartition("/")[2] or tr("that for new chats")),
            (tr("Style of answers"), "", style if what.preset or what.sampling else tr("as set")),
            (tr("Thinking"), "", {None: tr("as set"), True: tr("on"), False: tr("off")}[what.thinking]),
        ]
        roles = {"user": tr("You"), "assistant": tr("Answer")}
        rows += [(tr("Begins with: {who}").format(who=roles[m.role]), "", m.text) for m in what.messages]
        self._show_rows(tr("Set-up"), rows)

    def _show_rows(self, title: str, rows: list[tuple[str, str, str]]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, row in enumerate(rows):
            if number:
                self._lines.addWidget(line())
            self._lines.addWidget(_row(*row))
        self._parts_title.setText(title)
        self._parts_title.setVisible(bool(rows))
        self._parts.setVisible(bool(rows))

    def _make_buttons(self) -> None:
        self.use = push_button("use-template", tr("Use"), "primary", "play")
        self.edit = push_button("edit-template", tr("Edit"))
        self.duplicate = push_button("duplicate-template", tr("Duplicate"))
        self.move_away = push_button("move-template", tr("Move…"))
        self.move_away.setToolTip(tr("Put it into another folder"))
        self.export = push_button("export-template", tr("Share as a file…"))
        self.versions = push_button("template-versions", tr("Versions…"))
        self.keys = push_button("template-keys", tr("Keys…"))
        self.reset = push_button("reset-template", tr("Bring the built-in one back"))
        self.delete = push_button("delete-template", tr("Delete"))
        self.keys.setToolTip(tr("Give it keys of its own"))
        self._actions = WrappingRow()
        for button, signal in (
            (self.use, self.use_requested),
            (self.edit, self.edit_requested),
            (self.duplicate, self.duplicate_requested),
            (self.move_away, self.move_requested),
            (self.export, self.export_requested),
            (self.versions, self.versions_requested),
            (self.keys, self.keys_requested),
            (self.reset, self.reset_requested),
            (self.delete, self.delete_requested),
        ):
            button.clicked.connect(signal)
            self._actions.add(button)

    def _restyle(self, c: Colours) -> None:
        self._parts.setStyleSheet(
            f"QFrame[card='true'] {{ background: {c.raised}; border: 1px solid {c.border};"
            " border-radius: 12px; }"
            f"QFrame[line='true'] {{ background: {c.border}; border: none; max-height: 1px; }}"
        )


def _row(title: str, place: str, words: str) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 8, 0, 8)
    column.setSpacing(2)
    head = WrappingRow()
    head.add(Label(title, bold=True))
    if place:
        head.add(Label(place, 9, tone="link"))
    column.addWidget(head)
    column.addWidget(Label(words, 9, tone="muted").wrap())
    return row
