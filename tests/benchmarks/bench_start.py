"""What the start costs: CPU seconds and memory until the first window is painted, several fresh processes.

usage: python tests/benchmarks/bench_start.py [rounds]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile

READ = """
cpu = time.process_time()
memory = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmRSS")) / 1024
heavy = [n for n in ("numpy", "llama_cpp", "huggingface_hub") if n in sys.modules]
print(json.dumps([cpu, memory, heavy]))
"""
OURS = (
    """
import gc, json, sys, time
gc.disable()
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from chatdesk import app
from chatdesk.paths import Paths
built = app.build(Paths(Path(sys.argv[1])))
built.window.show()
application.processEvents()
"""
    + READ
    + "built.close()"
)
BARE = (
    """
import json, sys, time
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("an empty window")
label.resize(1120, 780)
label.show()
application.processEvents()
"""
    + READ
)


def run(probe, home):
    """Return CPU seconds, MB and heavy libraries of one process."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", probe, home]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def main():
    """Print the median, smallest and largest of each figure, and the ratio to a window with nothing in it."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as home:
        run(OURS, home)  # the first one reads the files from the disk
        for _ in range(rounds):
            ours.append(run(OURS, home))
            bare.append(run(BARE, home))
    for place, name, unit in ((0, "CPU until the first window is painted", "s"), (1, "memory then", "MB")):
        values = [r[place] for r in ours]
        empty = statistics.median(r[place] for r in bare)
        middle = statistics.median(values)
        spread = f"({min(values):.3f} to {max(values):.3f})"
        print(
            f"{name}: median {middle:.3f} {unit} {spread}, empty window {empty:.3f}, {middle / empty:.2f} x"
        )
    print("heavy libraries imported:", ours[0][2] or "none")


if __name__ == "__main__":
    main()
