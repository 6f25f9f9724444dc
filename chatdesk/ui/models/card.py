"""One model in the list: what it is, and what can be done with it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.models import InstalledModel
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import count_words, grouped, size_words
from chatdesk.ui.widgets.badge import Badge
from chatdesk.ui.widgets.banner import Kind
from chatdesk.ui.widgets.buttons import push_button
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


class ModelCard(QFrame):
    """The buttons send signals without the model; whoever builds the card knows which it is."""

    use = Signal()
    show_in_folder = Signal()
    forget = Signal()

    def __init__(self, model: InstalledModel, *, in_use: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model")
        self.setProperty("card", True)
        self.setAccessibleName(model.title)
        self.setAccessibleDescription(str(model.path))
        # Qt would read a file name with angle brackets as markup.
        self.setToolTip(f"<qt>{escape(str(model.path))}</qt>")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(4)
        inside.addWidget(_heading(model, in_use=in_use))
        if known := facts(model):
            inside.addWidget(Label(known, 9, tone="muted").wrap())
        if model.header is not None and model.header.licence:
            licence = tr("Licence: {name}").format(name=model.header.licence)
            inside.addWidget(Label(licence, 9, tone="muted").wrap())
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
        if not model.demonstration:
            forget = push_button("forget-model", tr("Remove from list"), "flat")
            forget.setAccessibleName(tr("Remove {title} from the list").format(title=model.title))
            forget.clicked.connect(self.forget)
            row.add(forget, far=True)
        return row


def _heading(model: InstalledModel, *, in_use: bool) -> WrappingRow:
    heading = WrappingRow()
    title = Label(model.title, 11.5, bold=True, tone="muted" if model.problem else "text").wrap()
    heading.add(title, stretch=True)
    badges = WrappingRow()
    if model.demonstration:
        badges.add(Badge(tr("Demonstration"), Kind.warning))
    if model.problem:
        badges.add(Badge(tr("Cannot be used"), Kind.error))
    elif in_use:
        badges.add(Badge(tr("In use")))
    if badges.parts:
        heading.add(badges, far=True)
    return heading
