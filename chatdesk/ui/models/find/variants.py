"""The quantisations of a model by group, each with its size and a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from chatdesk.domain.hub import Fit, FitVerdict, SizeGroup, Variant
from chatdesk.domain.words import tr, trn
from chatdesk.flows.fits import verdict_words
from chatdesk.ui.models.numbers import grouped, size_words
from chatdesk.ui.widgets.badge import Badge
from chatdesk.ui.widgets.banner import Kind
from chatdesk.ui.widgets.buttons import push_button
from chatdesk.ui.widgets.column import line
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.wrapping_row import WrappingRow

FEW = 6  # variants that are all shown at once
_KINDS = {
    FitVerdict.fits: Kind.info,
    FitVerdict.shorter_context: Kind.warning,
    FitVerdict.slow: Kind.warning,
    FitVerdict.too_large: Kind.error,
}
_USUAL = ("Q2_K", "Q3_K_M", "IQ4_XS", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0")


class VariantRow(QWidget):
    """One variant. What is known of its fit comes later, by `show_fit`."""

    download = Signal()

    def __init__(
        self,
        variant: Variant,
        title: str,
        *,
        recommended: bool = False,
        explained: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`explained`: what its fit is made of is to be read without pointing at it."""
        super().__init__(parent)
        self.setObjectName("variant")
        self.variant = variant
        self._title = title
        self.setAccessibleName(title)
        words = WrappingRow()
        words.add(Label(title, 10, bold=True))
        words.add(Label(_size(variant), 9.5, tone="muted"))
        if recommended:
            words.add(Badge(tr("Recommended")))
        self.fit = Badge("")
        self.fit.setObjectName("fit")
        self.fit.hide()
        self.button = push_button("download-variant", tr("Download"), "primary" if recommended else "")
        self.button.setAccessibleName(tr("Download {title}, {size}").format(title=title, size=_size(variant)))
        self.button.clicked.connect(self.download)
        row = WrappingRow()
        row.add(words)
        row.add(self.fit, far=True)
        row.add(self.button, far=True)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 7, 0, 7)
        around.addWidget(row)
        self._explained = explained
        self.why = Label("", 9, tone="muted").wrap()
        self.why.setObjectName("fit-why")
        self.why.hide()
        around.addWidget(self.why)

    def show_fit(self, fit: Fit | None) -> None:
        """Show whether it runs on this machine, nothing while that is not known."""
        self.fit.setVisible(fit is not None)
        self.why.setVisible(fit is not None and self._explained)
        if fit is None:
            return
        self.fit.tell(verdict_words(fit.verdict), _KINDS[fit.verdict])
        self.fit.setToolTip(fit_words(fit))
        self.fit.setAccessibleDescription(fit_words(fit))
        self.why.setText(fit_words(fit))

    def show_state(self, words: str, usable: bool) -> None:
        """Show on the button what became of the download."""
        self.button.setText(words)
        self.button.setEnabled(usable)
        self.button.setAccessibleName(f"{words} {self._title}, {_size(self.variant)}")


class VariantList(QFrame):
    """A card of rows below headings; rare ones are shown when they are asked for."""

    download_requested = Signal(object)  # Variant
    changed = Signal()  # other rows are shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("variants")
        self.setProperty("card", True)
        self.rows: list[VariantRow] = []
        self._groups: Mapping[SizeGroup, Sequence[Variant]] = {}
        self._recommended: Variant | None = None
        self._named: Variant | None = None
        self._all = False
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(18, 10, 18, 10)
        self._inside.setSpacing(0)

    def show_variants(
        self,
        groups: Mapping[SizeGroup, Sequence[Variant]],
        recommended: Variant | None = None,
        named: Variant | None = None,
    ) -> None:
        """Show the variants of a repository; those that are recommended or asked for by name always."""
        self._groups, self._recommended, self._named, self._all = groups, recommended, named, False
        self._draw()

    def recommend(self, variant: Variant | None) -> None:
        """Recommend another one of those that are shown; the keyboard stays where it is."""
        if variant == self._recommended:
            return
        held = next((row.variant.first.path for row in self.rows if row.button.hasFocus()), "")
        self._recommended = variant
        self._draw()
        if (row := self.row_of(held)) is not None:
            row.button.setFocus()

    def row_of(self, path: str) -> VariantRow | None:
        """Return the row of the variant whose first file is `path`, if it is shown."""
        return next((row for row in self.rows if row.variant.first.path == path), None)

    def _draw(self) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for group, members in self._groups.items():
            shown = self._shown(members)
            if not shown:
                continue
            if self.rows:
                self._inside.addSpacing(10)
            heading = Label(group_words(group), 9, tone="muted").wrap()
            self._inside.addWidget(heading)
            for place, variant in enumerate(shown):
                if place:
                    self._inside.addWidget(line())
                self._inside.addWidget(self._row(variant))
        total = sum(len(members) for members in self._groups.values())
        if len(self.rows) < total:
            more = push_button("all-variants", tr("Show all {count} versions").format(count=total), "flat")
            more.clicked.connect(self._show_all)
            around = WrappingRow()
            around.add(more)
            self._inside.addWidget(around)
        self.changed.emit()

    def _shown(self, members: Sequence[Variant]) -> Sequence[Variant]:
        total = sum(len(each) for each in self._groups.values())
        if self._all or total <= FEW:
            return members
        usual = [
            each
            for each in members
            if each.quantisation in _USUAL or each in (self._recommended, self._named)
        ]
        return usual or members[-1:]

    def _row(self, variant: Variant) -> VariantRow:
        shown = {each for each in (self._recommended, self._named) if each is not None}
        smallest = next(iter(self._groups.values()))[0]  # it tells how much is lacking where none fits
        row = VariantRow(
            variant,
            _title(variant, self._groups),
            recommended=variant == self._recommended,
            explained=variant in (shown or {smallest}),
        )
        row.download.connect(lambda: self.download_requested.emit(variant))
        self.rows.append(row)
        return row

    def _show_all(self) -> None:
        self._all = True
        self._draw()
        self.rows[0].button.setFocus()


def group_words(group: SizeGroup) -> str:
    """Return the heading of a group: its name and what to expect."""
    return {
        SizeGroup.small: tr("Small: needs the least memory, makes more mistakes"),
        SizeGroup.balanced: tr("Balanced: small and still accurate"),
        SizeGroup.large: tr("Large: close to the original, slower"),
    }[group]


def fit_words(fit: Fit) -> str:
    """Return what an estimate is made of, in one sentence."""
    parts = tr(
        "Needs about {needed} with a context of {context} tokens: {weights} for the model, {kv} for the "
        "context, {buffers} to work in; {free} are free."
    )
    free = size_words(fit.free_memory)
    if fit.free_gpu:
        free = tr("{memory} of main memory and {cards} on graphics cards").format(
            memory=free, cards=size_words(fit.free_gpu)
        )
    words = parts.format(
        needed=size_words(fit.needed),
        context=grouped(fit.context_tokens),
        weights=size_words(fit.weights),
        kv=size_words(fit.kv),
        buffers=size_words(fit.buffers),
        free=free,
    )
    if fit.verdict is FitVerdict.slow:
        words += " " + (
            tr("It fits, but a model of this size writes slowly without room on a graphics card.")
            if fit.finds_room
            else tr("It has to be read from the disk again and again, unless you close other programs.")
        )
    if fit.corrected != 1.0:
        words += " " + tr("Corrected by what earlier models needed here.")
    return words


def _title(variant: Variant, groups: Mapping[SizeGroup, Sequence[Variant]]) -> str:
    """Return the quantisation where it tells the variants apart, else the name of the file."""
    alike = sum(each.quantisation == variant.quantisation for members in groups.values() for each in members)
    if variant.quantisation and alike == 1:
        return variant.quantisation
    return variant.first.path.rpartition("/")[2].removesuffix(".gguf")


def _size(variant: Variant) -> str:
    size = size_words(variant.bytes)
    if len(variant.files) > 1:
        return trn("{{size}} in {count} part", "{{size}} in {count} parts", len(variant.files)).format(
            size=size
        )
    return size
