"""One repository: what it is, what can be downloaded of it, and its model card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.domain.downloads import Download
from chatdesk.domain.file_names import local_path
from chatdesk.domain.hub import Advice, Fit, RemoteFile, RemoteModel, RemoteRepository, Variant
from chatdesk.domain.words import tr
from chatdesk.flows.hub import RepositoryRead
from chatdesk.ui.icons import icon
from chatdesk.ui.models.downloads.words import button_words, is_there
from chatdesk.ui.models.find.model_card import ModelCardText
from chatdesk.ui.models.find.terms import TermsBox
from chatdesk.ui.models.find.variants import VariantList
from chatdesk.ui.models.numbers import count_words, date_words, grouped, likes_words, size_words
from chatdesk.ui.models.state_panel import StatePanel
from chatdesk.ui.theme import Colours, follow
from chatdesk.ui.widgets.buttons import tool_button
from chatdesk.ui.widgets.label import Label
from chatdesk.ui.widgets.switch import Switch
from chatdesk.ui.widgets.wrapping_row import WrappingRow


class Detail(QStackedWidget):
    """Shows a state, or the repository; fits and card come after it, by `show_fit` and `show_card`."""

    download_requested = Signal(object, object)  # RemoteRepository, Variant
    link_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hub-detail")
        self.setAccessibleName(tr("Details of the model"))
        self.repository: RemoteRepository | None = None
        self.state = StatePanel("detail-state")
        self.terms = TermsBox()
        self.variants = VariantList()
        self.variants.download_requested.connect(self._download)
        self._title = Label("", 14, bold=True).wrap()
        self._facts = Label("", 9.5, tone="muted").wrap()
        self._facts.setObjectName("hub-facts")
        self._reason = Label("", 9.5).wrap()
        self._reason.setObjectName("hub-advice")
        self._projector = Label("", 9.5).wrap()
        self._projector.setObjectName("hub-projector")
        self.with_projector = Switch()
        self.with_projector.setObjectName("with-projector")
        self.with_projector.setChecked(True)
        self._pictures = WrappingRow()
        self._pictures.add(self.with_projector)
        self._pictures.add(self._projector, stretch=True)
        self._about = Label(tr("From the model's makers"), 11.5, bold=True)
        self._card = ModelCardText()
        self._card.link_activated.connect(self.link_activated)
        self._website = tool_button("open-repository", tr("Open on the website"))
        self._website.clicked.connect(self._open_website)
        self._area = QScrollArea()
        self._area.setAccessibleName(tr("Details of the model"))
        self._address = ""
        self._offered: RemoteFile | None = None
        self._known: Mapping[tuple[str, str], Download] = {}
        self._fits: dict[str, Fit] = {}
        self.variants.changed.connect(self._mark)
        self.with_projector.toggled.connect(self._mark)
        self._arrange()
        follow(self, self._restyle)

    def show_waiting(self, name: str) -> None:
        """Show that the Hub was asked for `name`."""
        self.repository = None
        self.state.wait(tr("Asking for {name}…").format(name=name))
        self.setCurrentWidget(self.state)

    def show_state(self, sign: str, sentence: str, hint: str = "", action: str = "") -> None:
        """Show why there is nothing to show."""
        self.repository = None
        self.state.tell(sign, sentence, hint, action)
        self.setCurrentWidget(self.state)

    def show_repository(self, read: RepositoryRead) -> None:
        """Show what can be downloaded, with the keyboard on what was asked for by name."""
        repository, advice = read.repository, read.advice
        self.repository = repository
        self._address = read.page
        self._website.setToolTip(tr("Opens {address} in your web browser").format(address=read.page))
        self._title.setText(repository.model.name)
        self._facts.setText("\n".join(fact_lines(repository.model)))
        self._tell_advice(advice)
        self._offered = read.projector
        self._projector.setText(projector_words(read.projector))
        self.with_projector.setAccessibleName(self._projector.text())
        self._pictures.setVisible(read.projector is not None)
        self._fits = {}
        self.variants.show_variants(read.groups, advice.variant, read.named)
        self.terms.show_terms(read.page, gated=repository.model.gated)
        self.show_card("")
        self._area.verticalScrollBar().setValue(0)
        self.setCurrentWidget(self._area)
        if read.named is not None and (row := self.variants.row_of(read.named.first.path)) is not None:
            row.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fit(self, path: str, fit: Fit) -> None:
        """Show whether the variant whose first file is `path` runs on this machine."""
        self._fits[path] = fit
        if (row := self.variants.row_of(path)) is not None:
            row.show_fit(fit)

    def show_advice(self, advice: Advice) -> None:
        """Recommend again what is shown, if it is now known better which of it runs here."""
        self._tell_advice(advice)
        self.variants.recommend(advice.variant)

    def show_downloads(self, known: Mapping[tuple[str, str], Download]) -> None:
        """Show on the buttons what became of downloads, by repository and first file."""
        self._known = known
        if self.repository is not None:
            for row in self.variants.rows:
                download = known.get((self.repository.model.id, row.variant.first.path))
                lacks = download is not None and self._lacks_projector(download)
                row.show_state(*((tr("Add pictures"), True) if lacks else button_words(download)))

    def show_card(self, markdown: str) -> None:
        """Show the model card, or none."""
        self._about.setVisible(bool(markdown.strip()))
        self._card.show_card(markdown)

    def _tell_advice(self, advice: Advice) -> None:
        self._reason.setText(advice_words(advice))
        self._reason.setVisible(bool(advice.reason))

    def _mark(self) -> None:
        self.show_downloads(self._known)
        for row in self.variants.rows:
            row.show_fit(self._fits.get(row.variant.first.path))

    def _download(self, variant: Variant) -> None:
        if self.repository is not None:
            projectors = self.repository.projectors if self.with_projector.isChecked() else ()
            self.download_requested.emit(replace(self.repository, projectors=projectors), variant)

    def _lacks_projector(self, download: Download) -> bool:
        """Whether a model is there without its part for pictures, which is wanted."""
        if self._offered is None or not self.with_projector.isChecked() or not is_there(download):
            return False
        return not local_path(download.request.folder, self._offered.path).is_file()

    def _open_website(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address))

    def _arrange(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(self._title, 1)
        heading.addWidget(self._website, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 12, 24)
        column.setSpacing(6)
        column.addLayout(heading)
        column.addWidget(self._facts)
        column.addSpacing(8)
        column.addWidget(self.terms)
        column.addSpacing(4)
        column.addWidget(Label(tr("Versions"), 11.5, bold=True))
        column.addWidget(self._reason)
        column.addWidget(self.variants)
        column.addWidget(self._pictures)
        column.addSpacing(10)
        column.addWidget(self._about)
        column.addWidget(self._card)
        column.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(inside)
        self._area.viewport().setAutoFillBackground(False)
        self.addWidget(self.state)
        self.addWidget(self._area)

    def _restyle(self, c: Colours) -> None:
        self._website.setIcon(icon("external-link", c.muted))


def fact_lines(model: RemoteModel) -> list[str]:
    """Return what the Hub says of a model, in lines, without what it does not say."""
    kind = []
    if model.parameters:
        kind.append(tr("{count} parameters").format(count=count_words(model.parameters)))
    if model.architecture:
        kind.append(model.architecture)
    if model.context_tokens:
        kind.append(tr("context {count} tokens").format(count=grouped(model.context_tokens)))
    fame = [
        tr("by {owner}").format(owner=model.owner),
        tr("{count} downloads").format(count=count_words(model.downloads)),
        likes_words(model.likes),
    ]
    if model.updated is not None:
        fame.append(tr("changed {date}").format(date=date_words(model.updated)))
    licence = tr("Licence: {name}").format(name=model.licence) if model.licence else tr("Licence: not told")
    if model.gated:
        licence += " · " + tr("terms to accept first")
    return [" · ".join(part) for part in (fame, kind, [licence]) if part]


def advice_words(advice: Advice) -> str:
    """Return which variant to take and why, in words."""
    if advice.variant is None or not advice.variant.quantisation:
        return advice.reason
    return tr("Recommended: {name}. {reason}").format(name=advice.variant.quantisation, reason=advice.reason)


def projector_words(projector: RemoteFile | None) -> str:
    """Return what the part is with which a model looks at pictures, "" where there is none."""
    if projector is None:
        return ""
    words = tr("Download its part for pictures along with it ({size}): with that it can look at them.")
    return words.format(size=size_words(projector.bytes))
