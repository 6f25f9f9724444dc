"""What the start costs: CPU seconds and memory until the first window is painted, several fresh processes.

usage: python tests/benchmarks/bench_start.py [rounds]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile

PROBE = """
import json, os, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from chatdesk import app
from chatdesk.paths import Paths
built = app.build(Paths(Path(sys.argv[1])))
built.window.show()
application.processEvents()
cpu = time.process_time()
memory = next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmRSS")) / 1024
heavy = [n for n in ("numpy", "llama_cpp", "huggingface_hub") if n in sys.modules]
built.close()
print(json.dumps([cpu, memory, heavy]))
"""


def main():
    """Print the median, smallest and largest of each figure."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    results = []
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory() as home:
        for _ in range(rounds + 1):
            done = subprocess.run(
                [sys.executable, "-c", PROBE, home],
                capture_output=True,
                text=True,
                check=True,
                env=environment,
            )
            results.append(json.loads(done.stdout))
    warm = results[1:]  # the first one reads the files from the disk
    for place, name, unit in ((0, "CPU until the first window is painted", "s"), (1, "memory then", "MB")):
        values = [r[place] for r in warm]
        low, high = min(values), max(values)
        print(f"{name}: median {statistics.median(values):.3f} {unit} ({low:.3f} to {high:.3f})")
    print("heavy libraries imported:", warm[0][2] or "none")


if __name__ == "__main__":
    main()
