"""What the start costs: nothing heavy may be imported before the window stands."""

import subprocess
import sys

HEAVY = (
    "numpy",
    "llama_cpp",
    "huggingface_hub",
    "jinja2",
    "httpx2",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "psutil",
)


def test_the_window_imports_nothing_heavy(home):
    code = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from chatdesk import app
from chatdesk.paths import find_home
built = app.build(find_home())
built.window.show()
application.processEvents()
print([name for name in {HEAVY!r} if name in sys.modules])
built.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
