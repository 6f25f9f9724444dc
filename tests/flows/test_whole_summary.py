"""Documents that are too long for a chat are summarised to be told in their place."""

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document
from chatdesk.domain.errors import EngineCrashed
from chatdesk.domain.summary_errors import SummaryFailed
from chatdesk.flows.summarize import SummarizeFlow
from chatdesk.flows.whole_summary import WholeSummary
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.passages import PassageStore
from chatdesk.storage.summaries import SummaryStore
from tests.fakes.engine import FakeEngine
from tests.flows.test_context import OPTIONS


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "chats.sqlite")
    yield database
    database.close()


@pytest.fixture
def attached(database):
    return ChatStore(database).keep(Document("report.pdf", "The harbour opens in May. " * 40))


def made(database, engine, attached, cancel=None):
    flow = WholeSummary(SummarizeFlow(engine, SummaryStore(database)), PassageStore(lambda _: database))
    return list(flow.of([attached], OPTIONS, cancel or CancelToken()))


def test_the_summary_comes_with_the_attachment_that_it_stands_for(database, attached):
    events = made(database, FakeEngine(otherwise="- The harbour opens in May."), attached)
    assert "report.pdf" in events[0]
    old, document = events[-1]
    assert old == attached
    assert document.name == "Summary of report.pdf"
    assert "harbour" in document.text
    assert len(SummaryStore(database).summaries()) == 1


def test_a_failure_is_told_with_the_name_of_the_document(database, attached):
    with pytest.raises(SummaryFailed, match="could not be summarised"):
        made(database, FakeEngine(EngineCrashed(-11), EngineCrashed(-11)), attached)


def test_what_is_cancelled_yields_no_summary(database, attached):
    cancel = CancelToken()
    cancel.cancel()
    assert made(database, FakeEngine(), attached, cancel) == []
