"""The whole application killed without warning: what was acknowledged is still there."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chatdesk.domain.chat import Draft, MessageState
from chatdesk.domain.translations import SegmentState, TranslationState
from chatdesk.storage.chats import ChatStore
from chatdesk.storage.database import Database
from chatdesk.storage.translations import TranslationStore

STREAMING = """
import sys

def main():
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from chatdesk import app
    from chatdesk.paths import Paths

    application = QApplication([])
    built = app.build(Paths(Path(sys.argv[1])), "tests.fakes.backends:Scripted")
    built.settings.change(make_titles=False)
    length = 0

    def grew(message, text):
        nonlocal length
        length += len(text)
        print(length, flush=True)

    built.answers.text_grew.connect(grew)
    built.window.show()
    built.chat.page.composer.set_text("a draft")
    built.chat.drafts.store()
    built.chat.new()
    built.chat.submit("long")
    application.exec()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
def test_kill_9_in_mid_answer_loses_at_most_the_last_second(home, tmp_path):
    script = tmp_path / "streaming.py"
    script.write_text(STREAMING)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    process = subprocess.Popen(
        [sys.executable, str(script), str(home)], stdout=subprocess.PIPE, text=True, env=environment
    )
    seen = []
    for line in process.stdout:
        seen.append((time.monotonic(), int(line)))
        if seen[-1][0] - seen[0][0] > 2.5:
            break
    killed = time.monotonic()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    a_second_before = max((length for when, length in seen if when < killed - 1), default=0)
    database = Database(home / "chats.sqlite")
    chats = ChatStore(database)
    newest, older = chats.conversations()
    question, answer = [shown.message for shown in chats.branch(newest.id)]
    assert question.text == "long"
    assert answer.state is MessageState.streaming
    assert len(answer.text) >= a_second_before > 0
    assert answer.text.startswith("0 1 2 3 ")
    assert chats.draft(older.id) == Draft("a draft")
    assert chats.repair() == 1
    assert chats.message(answer.id).state is MessageState.stopped
    database.close()


TRANSLATING = """
import sys

def main():
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from chatdesk import app
    from chatdesk.paths import Paths

    application = QApplication([])
    built = app.build(Paths(Path(sys.argv[1])))
    built.settings.change(translate_from="en", translate_to="de")
    built.window.show()
    built.window.show_page("translate")
    control = built.translate.controller
    control.page.source.insertPlainText("The ship is late.")
    control.start()

    def begin_the_long_one():
        control.clear()
        text = "\\n\\n".join(f"The house number {number} is big." for number in range(400))
        control.page.source.insertPlainText(text)
        control.start()
        control.run.done.connect(lambda segment: print(segment.number, flush=True))

    def ended(_):
        control.run.ended.disconnect(ended)
        QTimer.singleShot(0, begin_the_long_one)

    control.run.ended.connect(ended)
    application.exec()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
def test_kill_9_in_mid_translation_keeps_the_whole_source_and_all_but_the_last_second(home, tmp_path):
    script = tmp_path / "translating.py"
    script.write_text(TRANSLATING)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    process = subprocess.Popen(
        [sys.executable, str(script), str(home)], stdout=subprocess.PIPE, text=True, env=environment
    )
    seen = []
    for _ in process.stdout:
        seen.append(time.monotonic())
        if seen[-1] - seen[0] > 3:
            break
    killed = time.monotonic()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    database = Database(home / "chats.sqlite")
    store = TranslationStore(database)
    long, short = store.translations()
    assert (short.state, long.state) == (TranslationState.done, TranslationState.running)
    assert store.translation(short.id).text
    segments = store.translation(long.id).segments
    assert [each.source for each in segments] == [f"The house number {n} is big." for n in range(400)]
    done = [each for each in segments if each.state is SegmentState.done]
    assert all(each.translation for each in done)
    assert len(done) >= sum(when < killed - 1.5 for when in seen) > 0
    assert store.repair() == 1
    database.close()
