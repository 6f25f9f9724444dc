"""The whole application killed in the middle of a summary: what was done is not asked for again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from chatdesk import app as application
from chatdesk.domain.summaries import SummaryState
from chatdesk.paths import Paths
from tests.ui.summarize.test_walk import TEXT, Walk

PART = "Read this part"  # what is asked of each part begins with it

RUNNING = """
import sys

def main():
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from chatdesk import app
    from chatdesk.domain.summaries import Length, SummaryWishes
    from chatdesk.paths import Paths

    loop = QApplication([])
    built = app.build(Paths(Path(sys.argv[1])))
    built.window.show()
    built.window.show_page("summarize")
    desk = built.summarize.controller
    desk.page.plan.wishes.show_wishes(SummaryWishes(Length.line))
    desk.runs.part_changed.connect(lambda run, part: print("done", run.done, flush=True))
    desk.opening.opened.connect(lambda *_: desk.planning.begin())
    desk.take([Path(sys.argv[2])])
    loop.exec()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is another thing on Windows")
@pytest.mark.timeout(240)
def test_after_kill_9_the_parts_that_were_done_are_not_asked_for_again(home, tmp_path, qtbot):
    script, document = tmp_path / "running.py", tmp_path / "long.txt"
    script.write_text(RUNNING, encoding="utf-8")
    lines = [f"{TEXT} Report number {n} was sold for {n * 7 + 300} crowns." for n in range(28)]
    document.write_text("\n\n".join(lines), encoding="utf-8")
    done = kill_after_a_part([sys.executable, str(script), str(home), str(document)])
    built = application.build(Paths(home))
    qtbot.addWidget(built.window)
    built.window.show()
    walk = Walk(qtbot, built)
    try:
        walk.page.sidebar.list.setCurrentRow(0)
        qtbot.keyClick(walk.page.sidebar.list, Qt.Key.Key_Return)
        assert "Stopped" in walk.page.result.run.words.text()
        asked = counted(built.engine)
        walk.click("resume-summary")
        assert walk.ended().state is SummaryState.done
        parts = walk.page.result.parts.topLevelItemCount()
        of_parts = {request.turns for request in asked if PART in request.turns[-1].text}
        assert 0 < done < parts
        assert len(of_parts) <= parts - done
    finally:
        built.window.close()
        built.close()


def kill_after_a_part(command):
    """Run the application, kill it as soon as one part is done, and return how many were."""
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        for line in running.stdout:
            if line.startswith("done"):
                done = int(line.split()[1])
            if done:
                break
        os.kill(running.pid, signal.SIGKILL)
    return done


def counted(engine):
    """Return a list that every request of this engine is put into."""
    asked, generate = [], engine.generate

    def remembered(batch, cancel):
        asked.extend(batch.requests)
        return generate(batch, cancel)

    engine.generate = remembered
    return asked
