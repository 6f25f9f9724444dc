"""Finding models: search, details, what is recommended, and everything that can go wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from chatdesk.domain.catalogue import CatalogueModel, Purpose
from chatdesk.domain.downloads import Download, DownloadState
from chatdesk.domain.hub import DownloadRequest, Fit, FitVerdict, HubAddress, HubSort, RemoteFile
from chatdesk.domain.hub_errors import HubOffline, HubUnreachable, NothingToDownload, TermsNotAccepted
from chatdesk.domain.secrets import Keeping
from chatdesk.flows.downloads import request_for
from chatdesk.flows.models import Memory
from chatdesk.ui.models.find.recommended import RecommendedCard
from chatdesk.ui.models.find.variants import fit_words
from tests.fakes.hub_port import GB, REVISION, FakeHub, remote_model, repository, variant

QWEN = CatalogueModel(
    "maker/Tiny-GGUF",
    "Tiny-Q4_K_M.gguf",
    "Tiny 4B",
    Purpose.chat,
    8,
    round(2.5 * GB),
    "Apache 2.0",
    "English",
    "Tests.",
)


def type_words(qtbot, finding, words):
    qtbot.keyClicks(finding.view.bar.field, words)
    qtbot.keyClick(finding.view.bar.field, Qt.Key.Key_Return)


def titles(finding):
    results = finding.view.list.results
    return [results.index(row).data() for row in range(results.rowCount())]


def words(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def search(qtbot, finding, text="tiny"):
    type_words(qtbot, finding, text)
    qtbot.waitUntil(lambda: finding.view.list.isVisible() and bool(titles(finding)))


def choose(qtbot, finding, row=0):
    shown = finding.view.list
    shown.setCurrentIndex(shown.results.index(row))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)


def row_of(finding, quantisation):
    return next(r for r in finding.view.detail.variants.rows if r.variant.quantisation == quantisation)


class Opener(QObject):
    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def open(self, url):
        self.opened.append(url.toString())


@pytest.fixture
def browser(qapp):
    opener = Opener()
    QDesktopServices.setUrlHandler("https", opener, "open")
    yield opener
    QDesktopServices.unsetUrlHandler("https")


def test_the_names_that_scripts_rely_on_are_there(finding):
    assert finding.view.findChild(QLineEdit, "hub-search") is not None
    assert finding.view.findChild(QObject, "hub-results") is finding.view.list


def test_nothing_is_asked_before_the_user_asks(finding, hub):
    finding.recommend([QWEN], Memory(16 * GB, 14 * GB))
    assert not hub.asked


def test_words_are_searched_for_and_a_model_is_looked_at(qtbot, finding, hub):
    search(qtbot, finding, "  tiny   model ")
    assert hub.asked[0][1].words == "tiny model"
    assert titles(finding) == ["Tiny-GGUF"]
    choose(qtbot, finding)
    shown = words(finding.view.detail)
    assert "by maker · 1.2 M downloads · 321 likes" in shown
    assert "4.0 B parameters · qwen3 · context 262,144 tokens" in shown
    assert "Licence: apache-2.0" in shown
    assert "Recommended: Q4_K_M." in shown
    assert [row.variant.quantisation for row in finding.view.detail.variants.rows] == [
        "Q2_K",
        "Q4_K_M",
        "Q8_0",
    ]


def test_the_search_begins_by_itself_after_a_pause(qtbot, finding, hub):
    qtbot.keyClicks(finding.view.bar.field, "tiny")
    qtbot.waitUntil(lambda: titles(finding) == ["Tiny-GGUF"], timeout=5000)
    assert len(hub.asked) == 1


def test_another_order_searches_again(qtbot, finding, hub):
    search(qtbot, finding)
    sort = finding.view.bar.sort
    sort.setCurrentIndex(sort.findData(HubSort.trending.value))
    qtbot.waitUntil(lambda: len(hub.asked) == 2)
    assert hub.asked[1][1].sort is HubSort.trending
    assert hub.asked[1][1].words == "tiny"


def test_down_leads_from_the_field_into_the_list_and_on_to_the_details(qtbot, finding):
    search(qtbot, finding)
    qtbot.keyClick(finding.view.bar.field, Qt.Key.Key_Down)
    assert finding.view.list.hasFocus()
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)


def test_the_keyboard_stays_on_the_page_when_what_had_it_is_hidden(qtbot, finding):
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.addWidget(QPushButton("The rail of the window"))
    row.addWidget(finding.view)
    window.show()
    window.activateWindow()
    finding.recommend([QWEN], Memory(16 * GB, 14 * GB))
    details = finding.view.discover.findChild(QPushButton, "recommended-details")
    details.setFocus()
    qtbot.waitUntil(details.hasFocus)
    qtbot.keyClick(details, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    assert finding.view.bar.field.hasFocus()
    back = finding.view.findChild(QPushButton, "back-to-recommended")
    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Space)
    assert finding.view.bar.field.hasFocus()
    finding.view.setParent(None)  # it outlives the window


def test_esc_leads_back_to_what_is_recommended(qtbot, finding):
    search(qtbot, finding)
    qtbot.keyClick(finding.view.bar.field, Qt.Key.Key_Escape)
    assert finding.view.discover.isVisible()
    assert not finding.view.list.isVisible()


def test_a_late_answer_to_an_old_search_is_dropped(qtbot, finding, hub):
    hub.gate.clear()
    type_words(qtbot, finding, "old")
    qtbot.waitUntil(lambda: bool(hub.asked))
    hub.found = [remote_model("maker/New-GGUF")]
    finding.view.bar.field.setText("new")
    qtbot.keyClick(finding.view.bar.field, Qt.Key.Key_Return)
    hub.gate.set()
    qtbot.waitUntil(lambda: titles(finding) == ["New-GGUF"])
    assert [asked[1].words for asked in hub.asked] == ["old", "new"]


def test_waiting_is_shown(qtbot, finding, hub):
    hub.gate.clear()
    type_words(qtbot, finding, "slow")
    assert finding.view.state.sentence == "Searching…"
    hub.gate.set()
    qtbot.waitUntil(finding.view.list.isVisible)


def test_nothing_found_says_what_to_do(qtbot, finding, hub):
    hub.found = []
    type_words(qtbot, finding, "zzz")
    qtbot.waitUntil(lambda: "No model" in finding.view.state.sentence)
    assert finding.view.state.isVisible()
    assert not finding.view.detail.isVisible()


def test_a_failure_gives_the_reason_and_can_be_tried_again(qtbot, finding, hub):
    hub.failing["search"] = HubUnreachable("huggingface.co", "no answer within 10 seconds")
    type_words(qtbot, finding, "tiny")
    again = finding.view.state.findChild(QPushButton, "results-state-action")
    qtbot.waitUntil(again.isVisible)
    assert "no answer within 10 seconds" in finding.view.state.sentence
    hub.failing.clear()
    again.click()
    qtbot.waitUntil(lambda: titles(finding) == ["Tiny-GGUF"])


def test_a_bug_is_told_in_general_words(qtbot, finding, hub, caplog):
    hub.failing["search"] = ValueError("boom")
    type_words(qtbot, finding, "tiny")
    qtbot.waitUntil(lambda: "unexpected" in finding.view.state.sentence)
    assert "boom" not in finding.view.state.sentence


def test_offline_mode_leads_to_the_settings(qtbot, finding, hub, reach):
    reach[0] = HubOffline()
    type_words(qtbot, finding, "tiny")
    button = finding.view.state.findChild(QPushButton, "results-state-action")
    qtbot.waitUntil(button.isVisible)
    assert button.text() == "Open settings"
    assert not hub.asked
    with qtbot.waitSignal(finding.settings_requested):
        button.click()


def test_the_chosen_model_stays_beside_the_list_when_another_search_finds_it_too(qtbot, finding, hub):
    hub.found = [remote_model(), remote_model("maker/Other-GGUF")]
    search(qtbot, finding)
    choose(qtbot, finding)
    for found, beside in ((hub.found[::-1], True), (hub.found[1:], False)):
        hub.found = found
        qtbot.keyClick(finding.view.bar.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda found=found: titles(finding) == [model.name for model in found])
        assert finding.view.detail.isVisible() is beside


def test_more_of_what_was_found_is_added_without_a_jump(qtbot, finding, hub):
    hub.found = [remote_model(f"maker/M{i}-GGUF") for i in range(100)]
    search(qtbot, finding)
    assert len(titles(finding)) == 60
    resets = []
    finding.view.list.results.modelReset.connect(lambda: resets.append(1))
    more = finding.view.findChild(QPushButton, "more-results")
    more.click()
    qtbot.waitUntil(lambda: len(titles(finding)) == 100)
    assert not resets
    assert not more.isVisible()


@pytest.mark.parametrize(
    "pasted",
    ["https://huggingface.co/maker/Tiny-GGUF/tree/main", "hf.co/maker/Tiny-GGUF:Q8_0", "maker/Tiny-GGUF"],
)
def test_a_pasted_address_opens_the_model_at_once(qtbot, finding, hub, pasted):
    QGuiApplication.clipboard().setText(pasted)
    finding.view.bar.field.paste()
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    assert [name for name, _ in hub.asked][:1] == ["repository"]
    assert not finding.view.list.isVisible()


def test_a_typed_name_opens_the_model_on_enter(qtbot, finding, hub):
    type_words(qtbot, finding, "maker/Tiny-GGUF")
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)


def test_the_version_that_an_address_names_gets_the_keyboard(qtbot, finding):
    finding.open(HubAddress("maker/Tiny-GGUF", quantisation="Q8_0"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    qtbot.waitUntil(row_of(finding, "Q8_0").button.hasFocus)


def test_a_missing_model_says_so(qtbot, finding):
    finding.open(HubAddress("no/body"))
    qtbot.waitUntil(lambda: "no/body" in finding.view.detail.state.sentence)
    qtbot.waitUntil(lambda: "There is no model" in finding.view.detail.state.sentence)


def test_a_model_without_files_says_what_to_search_for(qtbot, finding, hub):
    hub.failing["repository"] = NothingToDownload("maker/Tiny-GGUF")
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(lambda: "no GGUF file" in finding.view.detail.state.sentence)
    assert "converted" in words(finding.view.detail.state)


def test_the_chosen_version_is_asked_for(qtbot, finding, hub):
    search(qtbot, finding)
    choose(qtbot, finding)
    with qtbot.waitSignal(finding.download_requested) as sent:
        qtbot.keyClick(row_of(finding, "Q8_0").button, Qt.Key.Key_Space)
    chosen = hub.repositories["maker/Tiny-GGUF"]
    assert sent.args == [chosen, chosen.variants[2]]


def test_whether_a_version_runs_here_is_told_before_it_is_downloaded(qtbot, finding):
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    qtbot.waitUntil(row_of(finding, "Q8_0").fit.isVisible)
    assert row_of(finding, "Q4_K_M").fit.text() == "Fits"
    assert row_of(finding, "Q8_0").fit.text() == "Won't fit"
    why = row_of(finding, "Q4_K_M").fit.toolTip()
    assert "Needs about 3.3 GB with a context of 8,192 tokens" in why
    assert "5.0 GB are free" in why
    assert row_of(finding, "Q4_K_M").why.text() == why  # it is the recommended one
    assert row_of(finding, "Q4_K_M").why.isVisible()
    assert not row_of(finding, "Q8_0").why.isVisible()


def test_why_a_version_may_be_slow_is_said():
    slow = Fit(FitVerdict.slow, 7 * GB, GB, 0, 8192, 16 * GB, 4 * GB)
    assert "16.0 GB of main memory and 4.0 GB on graphics cards are free" in fit_words(slow)
    assert "writes slowly" in fit_words(slow)
    assert "read from the disk" in fit_words(replace(slow, free_memory=2 * GB, free_gpu=0))
    assert "slowly" not in fit_words(replace(slow, verdict=FitVerdict.fits))


def test_what_the_memory_seemed_too_small_for_is_recommended_once_it_is_known_to_fit(qtbot, finding, hub):
    seven = variant("Q4_K_M", round(3.9 * GB)), variant("Q8_0", 7 * GB)
    hub.repositories["maker/Tiny-GGUF"] = repository("maker/Tiny-GGUF", *seven)
    finding._room = lambda: 2 * GB
    finding.open(HubAddress("maker/Tiny-GGUF"))
    advice = finding.view.detail.findChild(QLabel, "hub-advice")
    qtbot.waitUntil(lambda: advice.text().startswith("Recommended: Q4_K_M."))
    qtbot.waitUntil(row_of(finding, "Q4_K_M").why.isVisible)
    assert row_of(finding, "Q8_0").fit.text() == "Won't fit"


def test_going_through_the_list_quickly_asks_only_where_it_stops(qtbot, finding, hub):
    hub.found = [remote_model(f"maker/M{i}-GGUF") for i in range(5)] + [remote_model()]
    search(qtbot, finding)
    for _ in range(6):
        qtbot.keyClick(finding.view.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    assert [what for name, what in hub.asked if name == "repository"] == ["maker/Tiny-GGUF"]


def test_rare_versions_are_folded_until_they_are_asked_for(qtbot, finding, hub):
    names = ["Q2_K", "IQ3_M", "Q3_K_M", "IQ4_XS", "Q4_0", "Q4_K_S", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0"]
    many = repository("maker/Many-GGUF", *[variant(n, (i + 1) * 10**9) for i, n in enumerate(names)])
    hub.repositories["maker/Many-GGUF"] = many
    finding.open(HubAddress("maker/Many-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    rows = finding.view.detail.variants
    assert len(rows.rows) < len(names)
    rows.findChild(QPushButton, "all-variants").click()
    assert [row.variant.quantisation for row in rows.rows] == names


def test_split_files_are_one_version_and_a_projector_is_noted(qtbot, finding, hub):
    split = repository(
        "maker/Split-GGUF",
        variant("Q4_K_M", 12 * GB, parts=3),
        projectors=(RemoteFile("mmproj-F16.gguf", 900_000_000),),
    )
    hub.repositories["maker/Split-GGUF"] = split
    finding.open(HubAddress("maker/Split-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    shown = words(finding.view.detail)
    assert "12.0 GB in 3 parts" in shown
    assert "pictures" in shown
    assert "900.0 MB" in shown


def test_the_part_for_pictures_is_downloaded_along_unless_it_is_not_wanted(qtbot, finding, hub):
    parts = (RemoteFile("mmproj-F32.gguf", 1_800_000_000), RemoteFile("mmproj-F16.gguf", 900_000_000))
    hub.repositories["maker/Seeing-GGUF"] = repository(
        "maker/Seeing-GGUF", variant("Q4_K_M", GB), projectors=parts
    )
    finding.open(HubAddress("maker/Seeing-GGUF"))
    detail = finding.view.detail
    qtbot.waitUntil(lambda: detail.repository is not None)
    assert "900.0 MB" in detail.with_projector.accessibleName()
    (row,) = detail.variants.rows
    for wanted in (True, False):
        detail.with_projector.setChecked(wanted)
        with qtbot.waitSignal(finding.download_requested) as asked:
            row.button.click()
        request = request_for(*asked.args, Path("/models"))
        names = [file.path for file in request.files]
        assert names[1:] == (["mmproj-F16.gguf"] if wanted else [])


def test_a_model_that_is_there_without_its_part_for_pictures_can_have_it_added(qtbot, finding, hub, tmp_path):
    part = RemoteFile("mmproj-F16.gguf", 900_000_000)
    seeing = repository("maker/Seeing-GGUF", variant("Q4_K_M", GB), projectors=(part,))
    hub.repositories["maker/Seeing-GGUF"] = seeing
    request = replace(
        request_for(replace(seeing, projectors=()), seeing.variants[0], tmp_path), folder=tmp_path
    )
    (tmp_path / request.files[0].path).write_bytes(b"model")
    finding.open(HubAddress("maker/Seeing-GGUF"))
    detail = finding.view.detail
    qtbot.waitUntil(lambda: detail.repository is not None)
    finding.show_downloads([Download(request, state=DownloadState.done)])
    (row,) = detail.variants.rows
    assert (row.button.text(), row.button.isEnabled()) == ("Add pictures", True)
    detail.with_projector.setChecked(False)
    assert (row.button.text(), row.button.isEnabled()) == ("Downloaded", False)
    (tmp_path / part.path).write_bytes(b"eyes")
    detail.with_projector.setChecked(True)
    assert (row.button.text(), row.button.isEnabled()) == ("Downloaded", False)


def test_a_model_without_a_part_for_pictures_offers_none(qtbot, finding, hub):
    hub.repositories["maker/Plain-GGUF"] = repository("maker/Plain-GGUF", variant("Q4_K_M", GB))
    finding.open(HubAddress("maker/Plain-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    assert not finding.view.detail.with_projector.isVisibleTo(finding.view.detail)


def test_the_model_card_is_read_below_and_loads_nothing(qtbot, finding, hub):
    hub.cards["maker/Tiny-GGUF"] = "# Tiny\n\nA **small** model. [More](https://example.org/more)"
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.findChild(QObject, "model-card") is not None)
    card = finding.view.detail.findChild(QObject, "model-card")
    assert card.toPlainText() == "Tiny\nA small model. More"
    assert card.loadResource(2, QUrl("https://example.org/x.png")) is None
    with qtbot.waitSignal(finding.link_activated) as sent:
        card.anchorClicked.emit(QUrl("https://example.org/more"))
    assert sent.args == ["https://example.org/more"]


def test_a_gated_model_opens_its_terms_and_takes_a_token(qtbot, finding, hub, browser):
    hub.repositories["maker/Tiny-GGUF"] = repository(gated=True)
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(finding.view.detail.terms.isVisible)
    terms = finding.view.detail.terms
    terms.token.show_endpoint("https://huggingface.co")
    terms.findChild(QPushButton, "open-terms").click()
    assert browser.opened == ["https://huggingface.co/maker/Tiny-GGUF"]
    token = terms.findChild(QLineEdit, "hub-token")
    assert token.echoMode() is QLineEdit.EchoMode.Password
    assert not terms.findChild(QPushButton, "save-token").isEnabled()
    qtbot.keyClicks(token, " hf_secret ")
    with qtbot.waitSignal(terms.token.entered) as sent:
        terms.findChild(QPushButton, "save-token").click()
    assert sent.args == ["hf_secret", Keeping.key_ring]
    assert token.text() == ""


def test_an_open_model_shows_no_terms(qtbot, finding):
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    assert not finding.view.detail.terms.isVisible()


def test_a_recommended_model_is_downloaded_with_one_press(qtbot, finding, hub):
    finding.recommend([QWEN], Memory(16 * GB, 14 * GB))
    button = finding.view.discover.findChild(QPushButton, "download-recommended")
    with qtbot.waitSignal(finding.download_requested) as sent:
        button.click()
    chosen = hub.repositories["maker/Tiny-GGUF"]
    assert sent.args == [chosen, chosen.variants[1]]
    assert "card" not in [name for name, _ in hub.asked]


def test_a_recommended_file_that_has_gone_leads_to_the_others(qtbot, finding, hub):
    hub.repositories["maker/Tiny-GGUF"] = repository("maker/Tiny-GGUF", variant("Q5_K_M", 3 * GB))
    finding.recommend([QWEN], Memory(16 * GB, 14 * GB))
    finding.view.discover.findChild(QPushButton, "download-recommended").click()
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    assert "not there any more" in finding.view.notice.text


def test_a_recommended_model_that_cannot_be_asked_for_says_why(qtbot, finding, hub):
    hub.failing["repository"] = HubUnreachable("huggingface.co", "no answer within 10 seconds")
    finding.recommend([QWEN], Memory(16 * GB, 14 * GB))
    finding.view.discover.findChild(QPushButton, "download-recommended").click()
    qtbot.waitUntil(lambda: "no answer" in finding.view.notice.text)


def test_a_recommended_model_with_terms_shows_them(qtbot, finding, hub):
    hub.failing["repository"] = TermsNotAccepted("maker/Tiny-GGUF")
    finding.recommend([QWEN], Memory(16 * GB, 14 * GB))
    finding.view.discover.findChild(QPushButton, "download-recommended").click()
    qtbot.waitUntil(lambda: "terms" in finding.view.notice.text)


def test_popular_models_are_shown_only_when_asked_for(qtbot, finding, hub):
    finding.view.discover.findChild(QPushButton, "popular").click()
    qtbot.waitUntil(lambda: titles(finding) == ["Tiny-GGUF"])
    assert hub.asked[0][1].words == ""


def test_refreshing_asks_again_for_what_is_shown(qtbot, finding, hub):
    finding.refresh()
    assert not hub.asked
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    finding.refresh()
    qtbot.waitUntil(lambda: [name for name, _ in hub.asked].count("repository") == 2)


def test_names_from_the_hub_are_text_and_never_markup(qtbot, finding, hub):
    hub.repositories["maker/Tiny-GGUF"] = repository(
        "maker/Tiny-GGUF", variant("Q4_K_M", GB, name="<b>x</b>"), licence="<img src=x>"
    )
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    for label in finding.view.detail.findChildren(QLabel):
        if label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("width", [500, 1200])
def test_the_details_stand_beside_the_list_where_there_is_room(qtbot, finding, width):
    finding.view.resize(width, 700)
    search(qtbot, finding)
    choose(qtbot, finding)
    beside = finding.view.detail.mapTo(finding.view, finding.view.detail.rect().topLeft()).x() > 100
    assert beside is (width > 1000)


def test_a_hub_of_nothing_but_owners_is_shown(qtbot, finding, hub):
    hub.found = [remote_model("gpt2", downloads=0, likes=0, parameters=0)]
    search(qtbot, finding)
    assert titles(finding) == ["gpt2"]


def test_the_buttons_say_what_became_of_the_downloads(qtbot, finding, hub, tmp_path):
    finding.recommend([QWEN], Memory(16 * GB, 14 * GB))
    finding.open(HubAddress("maker/Tiny-GGUF"))
    qtbot.waitUntil(lambda: finding.view.detail.repository is not None)
    row, card = row_of(finding, "Q4_K_M"), finding.view.discover.findChild(RecommendedCard)
    request = DownloadRequest("maker/Tiny-GGUF", REVISION, row.variant.files, tmp_path)
    for state, said, usable in (
        (DownloadState.waiting, "In the queue", False),
        (DownloadState.running, "Downloading…", False),
        (DownloadState.failed, "Try again", True),
        (DownloadState.done, "Download", True),
    ):
        finding.show_downloads([Download(request, state)])
        for button in (row.button, card.button):
            assert (button.text(), button.isEnabled()) == (said, usable)
    (tmp_path / "Tiny-Q4_K_M.gguf").touch()
    finding.show_downloads([Download(request, DownloadState.done)])
    assert (row.button.text(), row.button.isEnabled()) == ("Downloaded", False)
    assert row_of(finding, "Q8_0").button.isEnabled()
    finding.show_downloads([])
    assert row.button.text() == "Download"


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(qtbot, finding, hub):
    hub.repositories["maker/Tiny-GGUF"] = repository(gated=True)
    hub.cards["maker/Tiny-GGUF"] = "Words."
    search(qtbot, finding)
    choose(qtbot, finding)
    qtbot.waitUntil(lambda: finding.view.detail.findChild(QObject, "model-card") is not None)
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QTextEdit)
    found = [w for kind in kinds for w in finding.view.findChildren(kind) if w.isVisible()]
    # Qt's own button that empties a field has its keys: Esc does the same.
    found = [w for w in found if not isinstance(w.parent(), QLineEdit)]
    assert len(found) >= 10
    for each in found:
        assert each.accessibleName(), each
        assert not each.isEnabled() or each.focusPolicy() & Qt.FocusPolicy.TabFocus, each


def test_the_fake_keeps_the_port():
    from chatdesk.domain.hub_ports import Hub

    assert {name for name in vars(Hub) if not name.startswith("_")} <= set(dir(FakeHub()))
