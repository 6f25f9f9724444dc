"""Downloads: they run in their order, can be paused, moved and removed, and say how they are."""

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QToolButton,
)

from chatdesk.domain.downloads import DownloadState
from chatdesk.domain.hub import DownloadChecks, DownloadRequest, DownloadWaits, RemoteFile
from chatdesk.domain.hub_errors import DiskTooSmall, HubOffline
from chatdesk.ui.models.downloads.row import DownloadRow
from tests.fakes.hub_port import GB, REVISION


def request(tmp_path, name, size=2 * GB):
    return DownloadRequest("maker/Tiny-GGUF", REVISION, (RemoteFile(f"{name}.gguf", size),), tmp_path)


def rows(controller):
    found = [row for row in controller.view().findChildren(DownloadRow) if not row.isHidden()]
    return sorted(found, key=lambda row: row.mapTo(controller.view(), row.rect().topLeft()).y())


def row_of(controller, title):
    return next(row for row in rows(controller) if row.title == title)


def words(widget):
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def state(controller, title):
    return next((row.download.state for row in rows(controller) if row.title == title), None)


def press(row, name):
    row.findChild(QAbstractButton, name).click()


@pytest.fixture
def held(hub):
    """Downloads stay at their half until `finish` is set."""
    hub.finish.clear()
    return hub


@pytest.fixture
def three(downloads, held, tmp_path, qtbot):
    """Three downloads, of which two run."""
    for name in ("one", "two", "three"):
        downloads.add(request(tmp_path, name))
    qtbot.waitUntil(lambda: [row.arrived for row in rows(downloads)] == [GB, GB, 0])
    qtbot.waitUntil(lambda: [row.title for row in rows(downloads)] == ["one", "two", "three"])
    return downloads


def test_an_empty_queue_says_so_and_leads_to_the_models(downloads, qtbot):
    assert downloads.view().objectName() == "downloads"
    assert "Nothing is being downloaded." in words(downloads.view())
    with qtbot.waitSignal(downloads.find_requested):
        downloads.view().findChild(QPushButton, "downloads-state-action").click()


def test_a_running_download_says_how_far_how_fast_and_how_long(downloads, held, tmp_path, qtbot):
    downloads.add(request(tmp_path, "one"))
    qtbot.waitUntil(lambda: "left" in words(row_of(downloads, "one")))
    row = row_of(downloads, "one")
    assert "1.0 GB of 2.0 GB · 10.0 MB/s · 2 min left" in words(row)
    assert "Downloading" in words(row)
    assert row.findChild(QProgressBar).value() == 500
    assert row.accessibleName() == "one, Downloading, 1.0 GB of 2.0 GB · 10.0 MB/s · 2 min left"


def test_two_run_at_once_and_the_rest_waits(three, qtbot):
    assert [state(three, name) for name in ("one", "two", "three")] == [
        DownloadState.running,
        DownloadState.running,
        DownloadState.waiting,
    ]
    total = three.view().findChild(QLabel, "downloads-total")
    qtbot.waitUntil(lambda: "2 downloads · 2.0 GB of 6.0 GB · 20.0 MB/s" in total.text())


def test_all_of_them_finish_in_the_end(three, held, qtbot, tmp_path):
    arrived = []
    three.arrived.connect(lambda path, title: arrived.append((path, title)))
    held.finish.set()
    qtbot.waitUntil(lambda: len(arrived) == 3, timeout=10_000)
    assert set(arrived) == {(tmp_path / f"{name}.gguf", name) for name in ("one", "two", "three")}
    qtbot.waitUntil(lambda: {row.download.state for row in rows(three)} == {DownloadState.done})


def test_the_count_of_running_ones_is_told(downloads, held, tmp_path, qtbot):
    counts = []
    downloads.running_changed.connect(counts.append)
    downloads.add(request(tmp_path, "one"))
    qtbot.waitUntil(lambda: counts == [1])
    held.finish.set()
    qtbot.waitUntil(lambda: counts == [1, 0])


def test_a_finished_one_can_be_used_while_its_file_is_there(downloads, tmp_path, qtbot):
    (tmp_path / "one.gguf").write_bytes(b"GGUF")
    downloads.add(request(tmp_path, "one"))
    qtbot.waitUntil(lambda: state(downloads, "one") is DownloadState.done)
    with qtbot.waitSignal(downloads.use_requested) as sent:
        press(row_of(downloads, "one"), "use-download")
    assert sent.args == [tmp_path / "one.gguf"]
    (tmp_path / "one.gguf").unlink()
    downloads.view().hide()
    downloads.view().show()
    assert "2.0 GB · not there any more" in words(row_of(downloads, "one"))
    assert not row_of(downloads, "one").findChild(QPushButton, "use-download").isEnabled()


def test_a_pause_frees_the_place_for_the_next(three, qtbot):
    press(row_of(three, "one"), "toggle-download")
    qtbot.waitUntil(lambda: state(three, "three") is DownloadState.running)
    assert state(three, "one") is DownloadState.paused
    assert "Paused" in words(row_of(three, "one"))
    press(row_of(three, "two"), "toggle-download")
    press(row_of(three, "one"), "toggle-download")
    qtbot.waitUntil(lambda: state(three, "one") is DownloadState.running)


def test_all_are_paused_and_resumed_with_one_button(three, qtbot):
    button = three.view().findChild(QPushButton, "pause-all")
    button.click()
    qtbot.waitUntil(lambda: {row.download.state for row in rows(three)} == {DownloadState.paused})
    assert button.text() == "Resume all"
    button.click()
    qtbot.waitUntil(
        lambda: sum(row.download.state is DownloadState.running for row in rows(three)) == 2, timeout=10_000
    )


def test_a_waiting_one_is_brought_forward(three, qtbot):
    press(row_of(three, "three"), "download-up")
    qtbot.waitUntil(lambda: [row.title for row in rows(three)] == ["one", "three", "two"])
    assert not row_of(three, "one").findChild(QToolButton, "download-up").isEnabled()
    assert not row_of(three, "two").findChild(QToolButton, "download-down").isEnabled()


def answer(qtbot, name):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    next(button for button in box.buttons() if button.text() == name).click()


def test_removing_asks_before_bytes_are_lost(three, held, qtbot):
    press(row_of(three, "one"), "remove-download")
    answer(qtbot, "Keep")
    assert state(three, "one") is DownloadState.running
    press(row_of(three, "one"), "remove-download")
    answer(qtbot, "Remove")
    qtbot.waitUntil(lambda: state(three, "one") is None)
    qtbot.waitUntil(lambda: "discard" in [name for name, _ in held.asked])


def test_what_has_not_begun_is_removed_at_once(three, qtbot):
    press(row_of(three, "three"), "remove-download")
    qtbot.waitUntil(lambda: state(three, "three") is None)


def test_a_failure_gives_its_reason_and_can_be_tried_again(downloads, hub, tmp_path, qtbot):
    hub.failing["download"] = DiskTooSmall(tmp_path, 3 * GB, GB)
    told = []
    downloads.gave_up.connect(lambda *what: told.append(what))
    downloads.add(request(tmp_path, "one"))
    qtbot.waitUntil(lambda: state(downloads, "one") is DownloadState.failed)
    row = row_of(downloads, "one")
    assert not told  # it is in sight
    assert "not enough room" in words(row)
    with qtbot.waitSignal(downloads.look_requested) as asked:
        row.findChild(QPushButton, "look-at-model").click()
    assert asked.args == [row.download.request.repository]
    assert row.findChild(QToolButton, "toggle-download").accessibleName() == "Try again: one"
    hub.failing.clear()
    press(row, "toggle-download")
    qtbot.waitUntil(lambda: state(downloads, "one") is DownloadState.done)


def test_a_bad_line_and_the_check_are_told(downloads, held, tmp_path, qtbot):
    held.events = [DownloadWaits("the line was cut", 5)]
    downloads.add(request(tmp_path, "one"))
    told = "Waiting for the server: the line was cut; next try in a few seconds."
    qtbot.waitUntil(lambda: told in words(row_of(downloads, "one")))
    assert told in row_of(downloads, "one").accessibleName()
    assert "Interrupted" in words(row_of(downloads, "one"))
    downloads.view().resize(400, 700)
    qtbot.waitUntil(lambda: downloads.view().horizontalScrollBar().maximum() == 0)
    held.events = [DownloadChecks(GB // 2, 2 * GB)]
    downloads.add(request(tmp_path, "two"))
    qtbot.waitUntil(lambda: "Checking… 25 %" in words(row_of(downloads, "two")))


def test_offline_mode_is_told_and_the_queue_waits(downloads, reach, hub, tmp_path, qtbot):
    working, reach[0] = reach[0], HubOffline()
    downloads.add(request(tmp_path, "one"))
    qtbot.waitUntil(lambda: "offline mode" in downloads.view().notice.text)
    assert state(downloads, "one") is DownloadState.waiting
    assert not hub.asked
    reach[0] = working
    downloads.go_on()
    qtbot.waitUntil(lambda: state(downloads, "one") is DownloadState.done)


def test_everything_stops_for_offline_mode(three, qtbot):
    three.stop()
    qtbot.waitUntil(lambda: {row.download.state for row in rows(three)} == {DownloadState.waiting})


def test_the_next_start_goes_on_with_what_waits(downloads, store, tmp_path, qtbot):
    from chatdesk.domain.downloads import Download

    store.add(Download(request(tmp_path, "one"), DownloadState.running))
    downloads.begin()
    qtbot.waitUntil(lambda: state(downloads, "one") is DownloadState.done)


def test_the_keyboard_does_it_all(three, qtbot):
    first = row_of(three, "one")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert row_of(three, "two").hasFocus()
    qtbot.keyClick(row_of(three, "two"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: state(three, "two") is DownloadState.paused)
    qtbot.keyClick(row_of(three, "two"), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [row.title for row in rows(three)] == ["two", "one", "three"])
    assert row_of(three, "two").hasFocus()
    qtbot.keyClick(row_of(three, "three"), Qt.Key.Key_Delete)
    answer(qtbot, "Remove")
    qtbot.waitUntil(lambda: len(rows(three)) == 2)


def test_the_keyboard_stays_on_a_button_while_the_queue_changes(three, held, qtbot):
    button = row_of(three, "two").findChild(QToolButton, "toggle-download")
    button.setFocus()
    press(row_of(three, "three"), "remove-download")
    qtbot.waitUntil(lambda: len(rows(three)) == 2)
    assert button.hasFocus()


def test_every_button_says_to_a_screen_reader_which_download_it_is_for(three):
    for row in rows(three):
        for button in row.findChildren(QAbstractButton):
            assert row.title in button.accessibleName()


def test_the_folder_of_a_finished_one_is_opened(downloads, tmp_path, qtbot):
    opened = []

    class Opener(QObject):
        @Slot(QUrl)
        def open(self, url):
            opened.append(url)

    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    downloads.add(request(tmp_path, "one"))
    qtbot.waitUntil(lambda: state(downloads, "one") is DownloadState.done)
    press(row_of(downloads, "one"), "show-download")
    QDesktopServices.unsetUrlHandler("file")
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


@pytest.mark.parametrize("width", [500, 1200])
def test_it_fits_every_width(three, qtbot, width):
    three.view().resize(width, 700)
    qtbot.waitUntil(lambda: three.view().horizontalScrollBar().maximum() == 0)
