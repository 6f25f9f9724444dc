"""One model in the list: what it is, and what can be done with it."""

from __future__ import annotations

from enum import StrEnum
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr, trn
from chatdesk.ui.models.numbers import count_words, date_words, grouped, size_words
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.badge import Badge
from chatdesk.ui.widgets.banner import Kind
from chatdesk.ui.widgets.buttons import push_button, show_sign, tool_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow


def facts(model: InstalledModel) -> str:
    """Return one line of what is known of `model`, without what its file does not say."""
    parts = []
    header = model.header
    if header is not None and header.parameters:
        parts.append(tr("{count} parameters").format(count=count_words(header.parameters)))
    if header is not None and header.quantisation:
        parts.append(header.quantisation)
    if model.bytes:
        parts.append(size_words(model.bytes))
    if header is not None and header.context_tokens:
        parts.append(tr("context {count} tokens").format(count=grouped(header.context_tokens)))
    if header is not None and header.architecture:
        parts.append(header.architecture)
    return " · ".join(parts)


def experience(model: InstalledModel) -> str:
    """Return one line of what this computer has seen of `model`, empty before its first use."""
    record = model.record
    if record is None:
        return ""
    parts = []
    if record.application:
        parts.append(tr("found in {application}").format(application=record.application))
    if record.last_used is not None:
        parts.append(tr("last used {day}").format(day=date_words(record.last_used)))
    if record.speed:
        parts.append(record.speed_words)
    if record.own.chosen:
        parts.append(tr("settings of its own"))
    if on := sum(adapter.counts for adapter in record.adapters):
        parts.append(trn("{count} adapter", "{count} adapters", on))
    return " · ".join(parts)


class Act(StrEnum):
    """What can be asked of a model beyond using it."""

    favourite = "favourite"
    rename = "rename"
    settings = "settings"
    details = "details"
    verify = "verify"
    delete = "delete"


class ModelCard(QFrame):
    """The buttons send signals without the model; whoever builds the card knows which it is."""

    use = Signal()
    show_in_folder = Signal()
    forget = Signal()
    asked = Signal(str)  # Act

    def __init__(self, model: InstalledModel, *, in_use: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.in_use = model, in_use
        self.setObjectName("model")
        self.setProperty("card", True)
        self.setAccessibleName(model.title)
        self.setAccessibleDescription(str(model.path))
        # Qt would read a file name with angle brackets as markup.
        self.setToolTip(f"<qt>{escape(str(model.path))}</qt>")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(4)
        inside.addLayout(self._heading(model, in_use=in_use))
        if known := facts(model):
            inside.addWidget(Label(known, 9, tone="muted").wrap())
        if model.header is not None and model.header.licence:
            licence = tr("Licence: {name}").format(name=model.header.licence)
            inside.addWidget(Label(licence, 9, tone="muted").wrap())
        if known := experience(model):
            inside.addWidget(Label(known[0].upper() + known[1:], 9, tone="muted").wrap())
        if model.problem:
            inside.addWidget(Label(model.problem, 9, tone="danger").wrap())
        elif model.demonstration:
            sentence = tr(
                "A tiny model that comes with ChatDesk so that you can try it. It knows ChatDesk and simple "
                "sentences, nothing else."
            )
            inside.addWidget(Label(sentence, 9.5).wrap())
        inside.addSpacing(8)
        inside.addWidget(self._buttons(model, in_use=in_use))

    def _buttons(self, model: InstalledModel, *, in_use: bool) -> WrappingRow:
        use = push_button("use-model", tr("Use in chat"), "" if in_use else "primary")
        use.setAccessibleName(tr("Use {title} in chat").format(title=model.title))
        use.setEnabled(not model.problem)
        use.clicked.connect(self.use)
        folder = push_button("show-model", tr("Show in folder"))
        folder.setAccessibleName(tr("Show {title} in its folder").format(title=model.title))
        folder.setEnabled(model.path.parent.is_dir())
        folder.clicked.connect(self.show_in_folder)
        row = WrappingRow()
        row.add(use)
        row.add(folder)
        row.add(self._more(model))
        if not model.demonstration:
            forget = push_button("forget-model", tr("Remove from list"), "flat")
            forget.setAccessibleName(tr("Remove {title} from the list").format(title=model.title))
            forget.clicked.connect(self.forget)
            row.add(forget, far=True)
        return row

    def _more(self, model: InstalledModel) -> QToolButton:
        more = tool_button("more-model", tr("More for {title}").format(title=model.title))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        follow(more, lambda c: show_sign(more, "ellipsis", c.muted, 16))
        menu = QMenu(more)
        titles = {
            Act.details: tr("Details…"),
            Act.settings: tr("Settings for this model…"),
            Act.rename: tr("Rename…"),
            Act.verify: tr("Check the file"),
            Act.delete: tr("Move to the trash…"),
        }
        for act, title in titles.items():
            action = menu.addAction(title)
            action.setObjectName(f"{act}-model")
            action.setEnabled(not (model.away and act in (Act.verify, Act.delete)))
            action.setVisible(not (model.demonstration and act in (Act.verify, Act.delete)))
            action.triggered.connect(lambda _=False, act=act: self.asked.emit(act))
        more.setMenu(menu)
        return more

    def _heading(self, model: InstalledModel, *, in_use: bool) -> QHBoxLayout:
        heading = WrappingRow()
        title = Label(model.title, 11.5, bold=True, tone="muted" if model.problem else "text").wrap()
        heading.add(title, stretch=True)
        badges = WrappingRow()
        if model.demonstration:
            badges.add(Badge(tr("Demonstration"), Kind.warning))
        if model.away:
            badges.add(Badge(tr("Not available now"), Kind.warning))
        elif model.problem:
            badges.add(Badge(tr("Cannot be used"), Kind.error))
        elif in_use:
            badges.add(Badge(tr("In use")))
        if badges.parts:
            heading.add(badges, far=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        if model.record is not None:
            star = self._star(model, favourite=model.record.favourite)
            row.addWidget(star, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(heading, 1)
        return row

    def _star(self, model: InstalledModel, *, favourite: bool) -> QToolButton:
        name = tr("Favourites come first: {title}").format(title=model.title)
        star = tool_button("favourite-model", name)
        star.setCheckable(True)
        star.setChecked(favourite)
        sign = "star-filled" if favourite else "star"
        follow(star, lambda c: show_sign(star, sign, c.accent if favourite else c.muted, 16))
        star.clicked.connect(lambda: self.asked.emit(Act.favourite))
        return star
