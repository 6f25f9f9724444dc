"""Adapters through the whole application: real window, store, child process and starter model."""

import pytest

from chatdesk import app as application
from chatdesk.domain.library import OwnSettings
from chatdesk.domain.models import Adapter
from chatdesk.paths import find_home
from tests.fakes.lora_files import write_lora

PATIENCE = 30_000  # milliseconds


class Walk:
    def __init__(self, qtbot, starter):
        self.qtbot, self.starter = qtbot, starter
        self.app = application.build(find_home())
        self.app.settings.change(make_titles=False, answer_tokens=24)
        qtbot.addWidget(self.app.window)
        self.app.window.show()

    def ask(self):
        """Ask the same question in a new chat; return the answer."""
        self.app.chat.new()
        self.app.chat.submit("What is ChatDesk?")
        chat = self.app.chat.chat

        def branch():
            return self.app.chats.branch(chat.conversation.id)

        self.qtbot.waitUntil(lambda: len(branch()) == 2 and not chat.busy, timeout=PATIENCE)
        return branch()[-1].message.text

    def use(self, *adapters):
        self.app.library().set_own(self.starter, OwnSettings(), adapters)

    @property
    def notice(self):
        notice = self.app.chat.page.notice
        return notice.text if notice.isVisible() else ""


@pytest.fixture
def walk(qtbot, starter):
    made = Walk(qtbot, starter)
    yield made
    made.app.window.close()


def test_an_adapter_counts_from_the_next_answer_on_in_the_model_that_is_loaded(walk, tmp_path, starter):
    strong = Adapter(write_lora(tmp_path / "strong.gguf", starter), "strong")
    plain = walk.ask()
    process, told = walk.app.engine.pid, []
    walk.app.answers.progressed.connect(lambda _, sentence: told.append(sentence))
    walk.use(strong)
    changed = walk.ask()
    walk.use()
    assert walk.ask() == plain != changed
    assert walk.app.engine.pid == process
    assert told
    assert not [sentence for sentence in told if "Loading" in sentence]


def test_an_adapter_that_is_away_is_left_out_told_and_used_again_when_it_is_back(walk, tmp_path, starter):
    path = tmp_path / "strong.gguf"
    plain = walk.ask()
    walk.use(Adapter(path, "strong"))
    assert walk.ask() == plain
    assert "“strong.gguf” is not there now" in walk.notice
    write_lora(path, starter)
    assert walk.ask() != plain
    assert walk.app.library().adapters(starter)[0].problem == ""


def test_an_adapter_opened_as_a_model_is_told_where_it_belongs(walk, tmp_path, starter):
    path = write_lora(tmp_path / "strong.gguf", starter, base="ChatDesk Starter")
    walk.app.models.open_file(path)
    assert "it is an adapter" in walk.notice
    assert "Add it to ChatDesk Starter" in walk.notice
    assert walk.app.settings.value.model_files == ()
