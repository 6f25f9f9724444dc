"""What the user can wish of a summary: length, form and language, and behind "More" the rest."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from chatdesk.domain.summaries import Form, Length, SummaryWishes
from chatdesk.domain.words import tr
from chatdesk.languages.table import english_name, languages
from chatdesk.ui.icons import icon
from chatdesk.ui.summarize.words import form_title, length_title
from chatdesk.ui.theme import Colours, colours, follow
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.choice import Choice
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch
from chatdesk.ui.widgets.wrapping_row import WrappingRow

LONGEST_WISH = 400  # characters
# Written by most people who use the application; the others follow by their names.
_USUAL = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar", "zh", "ja", "ko", "hi")


class WishesForm(QWidget):
    """`changed` comes with each choice, and for texts when they are left or Enter is pressed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wishes")
        self.length = _choice("wish-length", tr("Length"))
        for length in Length:
            self.length.addItem(length_title(length), length)
        self.form = _choice("wish-form", tr("Form"))
        for form in Form:
            self.form.addItem(form_title(form), form)
        self.language = _choice("wish-language", tr("Language"))
        self.language.addItem(tr("As the document"), "")
        known = languages()
        rest = sorted((code for code in known if code not in _USUAL), key=lambda code: known[code].english)
        for code in (*_USUAL, *rest):
            self.language.addItem(known[code].english, code)
        self.focus = _field("wish-focus", tr("Only what concerns"), tr("such as: the costs"))
        self.audience = _field("wish-audience", tr("Written for"), tr("such as: children of ten"))
        self.instruction = _field(
            "wish-instruction", tr("Your own instruction"), tr("such as: name the authors")
        )
        self.drops = Switch()
        self.drops.setObjectName("wish-drops")
        self.drops.setAccessibleName(tr("Leave out what the document does not bear out"))
        self.more = push_button("more-wishes", tr("More"), "flat")
        self.more.setCheckable(True)
        self.more.setAccessibleDescription(tr("Shows focus, audience and your own instruction"))
        self._rest = QWidget()
        self._arrange()
        self.show_wishes(SummaryWishes())
        self._connect()
        follow(self, self._restyle)

    def wishes(self) -> SummaryWishes:
        """Return what is chosen now."""
        return SummaryWishes(
            Length(self.length.currentData()),
            Form(self.form.currentData()),
            str(self.language.currentData()),
            self.audience.text().strip(),
            self.instruction.text().strip(),
            self.focus.text().strip(),
            self.drops.isChecked(),
        )

    def show_wishes(self, wishes: SummaryWishes) -> None:
        """Show what was chosen another time; `changed` does not come."""
        blocked = self.blockSignals(True)
        for box, value in ((self.length, wishes.length), (self.form, wishes.form)):
            box.setCurrentIndex(max(0, box.findData(value)))
        if wishes.language and self.language.findData(wishes.language) < 0:
            self.language.addItem(wishes.language, wishes.language)
        self.language.setCurrentIndex(self.language.findData(wishes.language))
        self.audience.setText(wishes.audience)
        self.instruction.setText(wishes.instruction)
        self.focus.setText(wishes.focus)
        self.drops.setChecked(wishes.drops_unverified)
        plain = replace(wishes, length=Length.medium, form=Form.bullets, language="")
        self.more.setChecked(plain != SummaryWishes())
        self._show_more()
        self.blockSignals(blocked)

    def show_language(self, language: str) -> None:
        """Say which language "as the document" is, by its code; "" where that is not known."""
        words = tr("As the document")
        if language:
            words = tr("As the document ({language})").format(language=english_name(language))
        self.language.setItemText(0, words)
        self.language.updateGeometry()  # its width is that of its longest words

    def _show_more(self) -> None:
        self._rest.setVisible(self.more.isChecked())
        self._restyle(colours())

    def _connect(self) -> None:
        self.more.toggled.connect(lambda _: self._show_more())
        for box in (self.length, self.form, self.language):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        for field in (self.focus, self.audience, self.instruction):
            field.editingFinished.connect(self.changed)
        self.drops.toggled.connect(lambda _: self.changed.emit())

    def _arrange(self) -> None:
        first = WrappingRow()
        for title, box in (
            (tr("Length"), self.length),
            (tr("Form"), self.form),
            (tr("Language"), self.language),
        ):
            first.add(_titled(title, box))
        first.add(self.more, far=True)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(10)
        for field in (self.focus, self.audience, self.instruction):
            rest.addWidget(_titled(field.accessibleName(), field))
        drops = WrappingRow()
        label = Label(self.drops.accessibleName()).wrap()
        drops.add(label, stretch=True)
        drops.add(self.drops, far=True)
        rest.addWidget(drops)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(first)
        column.addWidget(self._rest)

    def _restyle(self, c: Colours) -> None:
        self.more.setIcon(icon("chevron-up" if self.more.isChecked() else "chevron-down", c.link))


def _choice(name: str, title: str) -> Choice:
    box = Choice()
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMaxVisibleItems(16)
    return box


def _field(name: str, title: str, example: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setPlaceholderText(example)
    field.setMaxLength(LONGEST_WISH)
    return field


def _titled(title: str, control: QWidget) -> QWidget:
    """Return a control with its title above."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    label = Label(title, 9, tone="muted")
    label.setBuddy(control)
    column.addWidget(label)
    column.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
    return both
