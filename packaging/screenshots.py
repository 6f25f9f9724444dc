"""Takes the README's pictures of the real window, answered by the real starter model, without a display.

usage: .venv/bin/python packaging/screenshots.py
Fonts of the Noto family should be installed, else the pictures show what the system has.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "packaging" / "screenshots"
QUESTIONS = (
    "What can you help me with?",
    "How do I turn on dark mode?",
    "Tell me a joke please",
)
SIZE = (1120, 740)
PATIENCE = 60.0  # seconds for one answer


def main() -> None:
    """Write light.png and dark.png of the chat, and models.png of the models that are recommended."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtWidgets import QApplication

    from chatdesk import app
    from chatdesk.domain.settings import Theme
    from chatdesk.paths import Paths

    application = QApplication([])

    def wait(until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not until() and time.monotonic() < end:
            application.processEvents()
        settled = time.monotonic() + 0.5  # code is coloured and margins are filled when the window is idle
        while time.monotonic() < settled:
            application.processEvents()

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        built = app.build(Paths(Path(home)))
        built.window.resize(*SIZE)
        built.window.show()
        for question in QUESTIONS:
            built.chat.submit(question)
            wait(lambda: not built.chat.chat.busy)
        for theme in (Theme.light, Theme.dark):
            built.settings.change(theme=theme)
            wait(lambda: True)
            built.window.grab().save(str(FOLDER / f"{theme}.png"))
        built.settings.change(theme=Theme.light)
        built.window.show_page("models")
        built.models.show_view("search")
        wait(lambda: True)
        built.window.grab().save(str(FOLDER / "models.png"))
        built.window.close()


if __name__ == "__main__":
    main()
