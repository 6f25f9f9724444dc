"""What reading costs: pages a second and peak memory of a PDF of 300 pages, and the speed of plain text.

The process that reads is measured whole, from its start to the finished document. Beside it stands the text
extraction of PDFium without anything around it, in the same run: where other programs run too, the ratio says
more than the figure, and seconds of the processor more than those of the clock.

usage: python tests/benchmarks/bench_documents.py [rounds]
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from chatdesk.documents.reader import DocumentReader
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.documents.pdf_files import column, document, line

PAGES = 300
WORDS = (
    "the model reads each page and keeps its number so that a summary can cite the source local private "
    "computer memory context window tokens answer question document chapter result measured river mountain"
)
PLAIN = """
import sys, time
import pypdfium2
start, used = time.perf_counter(), time.process_time()
document = pypdfium2.PdfDocument(sys.argv[1])
for number in range(len(document)):
    page = document[number]
    text = page.get_textpage()
    text.get_text_bounded()
    text.close()
    page.close()
print(time.perf_counter() - start, time.process_time() - used)
"""


def book(pages):
    """Return a PDF with a heading, six paragraphs, a header and a footer on each page."""
    chance = random.Random(7)
    words = WORDS.split()
    contents = []
    for number in range(1, pages + 1):
        lines = []
        for _ in range(6):
            lines += [" ".join(chance.choices(words, k=13)) for _ in range(6)] + [""]
        contents.append(
            line(56, 815, "A running header", 8)
            + line(290, 24, f"- {number} -", 8)
            + line(56, 780, f"Chapter {number}", 18, "B")
            + column(lines, top=755)
        )
    return document(contents, compress=True)


class Peak(threading.Thread):
    """Watches the memory of the processes that read, all together; `highest` is in MB."""

    def __init__(self):
        super().__init__(daemon=True)
        self.highest = 0.0
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.005):
            self.highest = max(self.highest, sum(map(_used, psutil.Process().children(recursive=True))))


def _used(process):
    """Return MB, each with its part of what processes share where the system tells it; 0 for an ended one."""
    try:
        if "spawn_main" not in " ".join(process.cmdline()):  # still a copy of this one, or not a reader
            return 0.0
        used = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return getattr(used, "pss", used.rss) / 1e6


@dataclass(frozen=True)
class Run:
    """Seconds of the clock and of the processor, and MB at the peak where they were watched."""

    clock: float
    processor: float
    peak: float = 0.0


def read(path):
    """Read a document in its process."""
    peak = Peak()
    peak.start()
    start, used = time.perf_counter(), processor()
    *_, found = DocumentReader().read(path, "", CancelToken())
    run = time.perf_counter() - start, processor() - used
    peak.ended.set()
    peak.join()
    assert isinstance(found, Document)
    return Run(*run, peak.highest)


def plain(path):
    """Extract the text with PDFium alone; the start of its process does not count."""
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, str(path)], capture_output=True, text=True, check=True
    )
    return Run(*map(float, done.stdout.split()))


def processor():
    """Return the seconds that the processes used that were started here and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def report(name, runs, amount, unit):
    """Print how much was read in a second, of the clock and of the processor, and the highest peak."""
    clock = amount / statistics.median(run.clock for run in runs)
    used = amount / statistics.median(run.processor for run in runs)
    peak = max(run.peak for run in runs)
    memory = f", peak {peak:.0f} MB" if peak else ""
    print(f"{name:26} {clock:8,.0f} {unit}/s by the clock, {used:8,.0f} {unit}/s of the processor{memory}")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        path, short, long = (Path(folder) / name for name in ("book.pdf", "short.txt", "long.txt"))
        path.write_bytes(book(PAGES))
        short.write_text("one line")
        long.write_text((WORDS + "\n") * 40_000)
        pairs = [(read(path), plain(path)) for _ in range(rounds)]
        starts = [read(short) for _ in range(rounds)]
        report("PDF, 300 pages", [one for one, _ in pairs], PAGES, "pages")
        report("PDFium alone", [two for _, two in pairs], PAGES, "pages")
        begin = statistics.median(run.processor for run in starts)
        for words, cost in (("with the start", 0.0), ("without it", begin)):
            ratio = statistics.median((one.processor - cost) / two.processor for one, two in pairs)
            print(f"{'  ' + words:26} {ratio:8.2f} times the processor that PDFium alone takes")
        report("text, 8 MB", [read(long) for _ in range(rounds)], long.stat().st_size / 1e6, "MB")
        report("a text of one line", starts, 1, "files")


if __name__ == "__main__":
    main()
