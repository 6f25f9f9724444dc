"""Work that is done ahead, and work that must not be."""

import subprocess
import sys

from chatdesk.ui.transcript.formats import Formats
from chatdesk.ui.transcript.highlight import line_lexer
from chatdesk.ui.transcript.warm_up import WarmUp, steps


def test_the_first_answer_finds_everything_loaded(qapp):
    line_lexer.cache_clear()
    assert len(list(steps(Formats()))) > 10
    assert line_lexer.cache_info().currsize >= 6


def test_warming_up_ends_by_itself(qtbot, qapp):
    warm_up = WarmUp(Formats(), qapp)
    warm_up.start()
    qtbot.waitUntil(lambda: not warm_up._timer.isActive())


def test_parser_and_colours_are_not_imported_with_the_view():
    heavy = "[m for m in ('markdown_it', 'pygments') if m in sys.modules]"
    code = f"import sys, chatdesk.ui.transcript.view; print({heavy})"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
