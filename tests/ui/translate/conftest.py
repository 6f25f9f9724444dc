"""A desk for the parts of the page beside its two panes."""

import pytest

from tests.ui.translate.desks import Desk


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(qtbot, tmp_path)
    yield made
    made.close()
