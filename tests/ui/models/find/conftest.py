"""The view for finding models, driven by its controller and a scripted Hub."""

import pytest

from chatdesk.domain.hub import Fit, FitVerdict, HubAccess
from chatdesk.domain.settings import Settings
from chatdesk.flows.hub import HubFlow, address_of
from chatdesk.ui.jobs import JobRunner
from chatdesk.ui.models.find.controller import FindController
from chatdesk.ui.models.find.view import FindView
from tests.fakes.hub_port import GB, FakeHub


@pytest.fixture
def hub():
    made = FakeHub()
    yield made
    made.gate.set()


@pytest.fixture
def reach():
    """How to reach the Hub; a test may put an exception into it."""
    return [HubAccess()]


@pytest.fixture
def finding(qtbot, hub, reach):
    runner = JobRunner(2)

    def access():
        if isinstance(reach[0], Exception):
            raise reach[0]
        return reach[0]

    view = FindView(lambda text: address_of(text, Settings()))
    qtbot.addWidget(view)

    def fits(repository, cancel):
        for each in repository.variants:
            verdict = FitVerdict.fits if each.bytes < 4 * GB else FitVerdict.too_large
            yield each, Fit(verdict, each.bytes, GB // 2, GB // 4, 8192, 5 * GB, 0)

    controller = FindController(view, HubFlow(hub), runner, access, lambda: 6 * GB, fits)
    view.resize(1000, 700)
    view.show()
    view.activateWindow()
    yield controller
    hub.gate.set()
    runner.shutdown()
