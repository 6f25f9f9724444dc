"""Measures whether a long list of files grows the memory of the window, of its readers, or of the model.

Small real files (PDF, Word, web page, text in turn) are dropped onto the real window as one folder and
summarised by the model that comes with the application, or by a stand-in that answers at once. Memory is what
the system calls resident; of a reader, which lives for one document, it is the most that it had.

Usage: python -m tests.benchmarks.bench_queue [--files 200] [--stand-in]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

import psutil

from tests.documents import made, pdf_files

MEGABYTE = 1_000_000
PATIENCE = 1_800.0  # seconds for a quarter of the list


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--stand-in", action="store_true")
    options = parser.parse_args()
    backend = "tests.fakes.backends:Scripted" if options.stand_in else "chatdesk.engine.llama:LlamaBackend"
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder, "papers")
        papers.mkdir()
        for number in range(options.files):
            write(papers, number)
        measure(Path(folder, "home"), papers, options.files, backend)


def write(folder: Path, number: int) -> None:
    """Write one small document, of another kind than the one before."""
    words = [f"The harbour opened in {1800 + number} with {number + 2} cranes."] * 3
    path = folder / f"{number:03}"
    match number % 4:
        case 0:
            path.with_suffix(".pdf").write_bytes(pdf_files.document([pdf_files.column(words)]))
        case 1:
            made.docx(path.with_suffix(".docx"), "".join(made.p(line) for line in words))
        case 2:
            path.with_suffix(".html").write_text(f"<h1>Harbour</h1><p>{'<p>'.join(words)}", encoding="utf-8")
        case _:
            path.with_suffix(".txt").write_text("\n\n".join(words), encoding="utf-8")


class Watch(threading.Thread):
    """Knows how much memory each child process had at most, by what it is there for."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peaks: dict[str, list[int]] = defaultdict(list)  # of each process, in the order of their starts
        self._alive: list[tuple[str, int, int]] = []  # what for, its place in the list, its id
        self._follow_spawns()

    def run(self) -> None:
        while True:
            for name, place, ident in list(self._alive):
                try:
                    memory = psutil.Process(ident).memory_info().rss
                except psutil.Error:
                    self._alive.remove((name, place, ident))
                    continue
                self.peaks[name][place] = max(self.peaks[name][place], memory)
            time.sleep(0.01)

    def _follow_spawns(self) -> None:
        from chatdesk import children

        spawn = children.spawn

        def followed(work, arguments, name):  # type: ignore[no-untyped-def]
            process, pipe = spawn(work, arguments, name)
            self.peaks[name].append(0)
            self._alive.append((name, len(self.peaks[name]) - 1, process.pid))
            return process, pipe

        children.spawn = followed


def measure(home: Path, papers: Path, files: int, backend: str) -> None:
    """Drop the folder, run the list, and print the memory at each quarter."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from chatdesk import app
    from chatdesk.paths import Paths

    watch = Watch()
    watch.start()
    application = QApplication([])
    built = app.build(Paths(home), backend)
    built.window.show()
    built.window.show_page("summarize")
    page = built.summarize.controller.page
    built.summarize.controller.take([papers])
    wait(application, lambda: len(page.queue.table.rows) == files)
    page.queue.run.click()
    started = time.perf_counter()
    window = psutil.Process()
    sizes = {}
    for count in (files // 4, files // 2, files * 3 // 4, files):
        wait(application, lambda count=count: ended(page) >= count)  # type: ignore[misc]
        sizes[count] = window.memory_info().rss
        readers = watch.peaks["document"]
        print(
            f"{count:4} files, {time.perf_counter() - started:5.0f} s:"
            f" window {sizes[count] / MEGABYTE:6.1f} MB,"
            f" reader at most {max(readers) / MEGABYTE:5.1f} MB"
            f" (the last ten {max(readers[-10:]) / MEGABYTE:5.1f} MB)",
            flush=True,
        )
    states = [str(row.state) for row in page.queue.table.rows]
    print({state: states.count(state) for state in sorted(set(states))})
    for name, peaks in sorted(watch.peaks.items()):
        print(f"processes for {name}: {len(peaks)}, at most {max(peaks) / MEGABYTE:.1f} MB")
    growth = sizes[files] - sizes[files // 4]
    print(f"growth of the window from the first quarter on: {growth / MEGABYTE:.1f} MB")
    built.window.close()
    built.close()


def ended(page) -> int:  # type: ignore[no-untyped-def]
    return sum(str(row.state) in ("done", "failed") for row in page.queue.table.rows)


def wait(application, until) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + PATIENCE
    while not until():
        application.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            raise SystemExit("a quarter of the list takes too long")


if __name__ == "__main__":
    main()
