"""The view of downloads, driven by its controller, a real store and a scripted Hub."""

import pytest

from chatdesk.domain.hub import HubAccess
from chatdesk.flows.downloads import DownloadFlow
from chatdesk.storage.database import Database
from chatdesk.storage.downloads import DownloadStore
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.models.downloads.controller import DownloadsController
from tests.fakes.hub_port import FakeHub


@pytest.fixture
def hub():
    made = FakeHub()
    yield made
    made.gate.set()
    made.finish.set()


@pytest.fixture
def store(tmp_path):
    database = Database(tmp_path / "chats.sqlite", tmp_path / "backups")
    yield DownloadStore(database)
    database.close()


@pytest.fixture
def reach():
    """How to reach the Hub; a test may put an exception into it."""
    return [HubAccess()]


@pytest.fixture
def downloads(qtbot, hub, store, reach):
    def access():
        if isinstance(reach[0], Exception):
            raise reach[0]
        return reach[0]

    runner = JobRunner(2)
    controller = DownloadsController(DownloadFlow(store, hub, access), runner)
    view = controller.view()
    qtbot.addWidget(view)
    view.resize(800, 700)
    view.show()
    view.activateWindow()
    yield controller
    controller.close()
    hub.gate.set()
    runner.shutdown()
