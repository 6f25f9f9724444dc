"""The dialog with all that is known of one model."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.library import ModelRecord
from chatdesk.domain.models import InstalledModel, ModelHeader
from chatdesk.domain.words import tr, trn
from chatdesk.ui import sheets
from chatdesk.ui.models.numbers import count_words, date_words, grouped, size_words
from chatdesk.ui.theme import follow
from chatdesk.ui.widgets.column import MARGIN, ScrolledColumn
from chatdesk.ui.widgets.label import Label


def known_facts(model: InstalledModel) -> list[tuple[str, str]]:
    """Return what is known of `model` as titles and values, without what is not known."""
    facts = [(tr("Size"), size_words(model.bytes) if model.bytes else "")]
    if model.header is not None:
        facts += _of_header(model.header)
        seen = tr("yes, with {name}").format(name=model.projector.name) if model.projector else ""
        facts.append((tr("Looks at pictures"), seen or tr("no, no projector lies beside it")))
    if model.record is not None:
        facts += _of_record(model.record)
    facts.append((tr("File"), str(model.path)))
    return [(title, value) for title, value in facts if value]


def _of_header(header: ModelHeader) -> list[tuple[str, str]]:
    context = tr("{count} tokens").format(count=grouped(header.context_tokens))
    return [
        (tr("Parameters"), count_words(header.parameters) if header.parameters else ""),
        (tr("Quantisation"), header.quantisation),
        (tr("Architecture"), header.architecture),
        (tr("Layers"), grouped(header.layers) if header.layers else ""),
        (tr("Longest context"), context if header.context_tokens else ""),
        (tr("Chat template"), tr("in the file") if header.has_template else tr("none; a usual one is used")),
        (tr("Licence"), header.licence),
    ]


def _of_record(record: ModelRecord) -> list[tuple[str, str]]:
    return [
        (tr("Found in"), record.application),
        (tr("Used"), trn("{count} time", "{count} times", record.times_used)),
        (tr("Last used"), date_words(record.last_used) if record.last_used else ""),
        (tr("Speed on this computer"), record.speed_words),
    ]


class DetailsDialog(QDialog):
    """Every value can be selected and copied."""

    def __init__(self, model: InstalledModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model-details")
        self.setWindowTitle(model.title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Scrolled, because a long path and a large text take more lines than a window has.
        inside = ScrolledColumn()
        inside.body.addWidget(Label(model.title, 12, bold=True).wrap())
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        for title, value in known_facts(model):
            shown = Label(value).wrap()
            shown.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            shown.setAccessibleName(f"{title}: {value}")
            named = Label(title, tone="muted")
            named.setAlignment(Qt.AlignmentFlag.AlignTop)
            form.addRow(named, shown)
        inside.body.addLayout(form)
        inside.body.addStretch(1)
        buttons = QDialogButtonBox()
        buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        below = QHBoxLayout()
        below.setContentsMargins(MARGIN, 0, MARGIN, 0)
        below.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.addWidget(inside, 1)
        column.addLayout(below)
        self.resize(560, 540)
        follow(self, lambda colours: self.setStyleSheet(sheets.page(colours)))
