"""Measure the models page: 500 results shown, scrolled and walked through; many models on this computer.

usage: python tests/benchmarks/bench_models.py
Figures are CPU milliseconds of the window's thread, each step with its repaint; the cores may be shared.
"""

import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from chatdesk.domain.models import InstalledModel, ModelHeader
from chatdesk.ui.models.find.result_list import ResultList
from chatdesk.ui.models.library import LibraryView
from tests.fakes.hub_port import remote_model

RESULTS, MODELS = 500, 100
FRAME = 1000 / 60  # milliseconds


def timed(step):
    """Return the CPU milliseconds of `step` and of what the event loop does after it."""
    begun = time.thread_time()
    step()
    QApplication.processEvents()
    return 1000 * (time.thread_time() - begun)


def tell(name, values):
    late = sum(value > FRAME for value in values)
    print(
        f"{name}: median {statistics.median(values):.2f} ms, largest {max(values):.2f} ms, "
        f"{late} of {len(values)} longer than a frame"
    )


def wheel(view):
    middle = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        middle,
        QPointF(view.viewport().mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
    view.viewport().repaint()


def press(view, key):
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(view, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))
    view.viewport().repaint()


def scrolled(view):
    """Return what each turn of the wheel costs until the end."""
    took, bar = [], view.verticalScrollBar()
    while bar.value() < bar.maximum():
        took.append(timed(lambda: wheel(view)))
    return took


def main():
    """Print what is shown, scrolled and walked through, and what each step costs."""
    QApplication([])
    results = ResultList()
    results.resize(380, 600)
    results.show()
    found = [remote_model(f"owner{i}/Model-{i}-with-a-rather-long-name-GGUF") for i in range(RESULTS)]
    print(f"{RESULTS} results shown: {timed(lambda: results.show_results(found)):.1f} ms")
    tell("one turn of the wheel", scrolled(results))
    results.scrollToTop()
    tell("one press of an arrow", [timed(lambda: press(results, Qt.Key.Key_Down)) for _ in range(RESULTS)])
    library = LibraryView()
    library.resize(1000, 700)
    library.show()
    header = ModelHeader("Some model", "qwen3", "Q4_K_M", 4_000_000_000, 36, 32_768, "apache-2.0", True)
    models = [InstalledModel(Path(f"/m/{i}.gguf"), f"Model {i}", 10**9, header) for i in range(MODELS)]
    print(
        f"{MODELS} models on this computer shown: {timed(lambda: library.show_models(models, None)):.0f} ms"
    )
    tell("one turn of the wheel", scrolled(library))


if __name__ == "__main__":
    main()
