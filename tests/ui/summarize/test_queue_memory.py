"""A long list of real files does not grow the memory of the window, and no reader stays behind.

tests/benchmarks/bench_queue.py measures the same with 200 files and a real model.
"""

import psutil
import pytest

from tests.benchmarks.bench_queue import write

FILES, FEW = 16, 6


@pytest.mark.timeout(300)  # each file is read by a process of its own
def test_many_real_files_do_not_pile_up_in_memory(desk, tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(FILES):
        write(papers, number)
    process, sizes = psutil.Process(), {}
    before = len(process.children(recursive=True))

    def ended():
        desk.engine.batches.clear()  # the fake remembers what it is asked
        desk.engine.counted.clear()
        done = sum(each.state == "done" for each in desk.page.queue.table.rows)
        if done >= FEW:
            sizes.setdefault(FEW, process.memory_info().rss)
        return done == FILES

    desk.controller.take([papers])
    desk.wait(lambda: len(desk.page.queue.table.rows) == FILES)
    desk.page.queue.run.click()
    desk.qtbot.waitUntil(ended, timeout=250_000)
    desk.wait(lambda: not desk.controller.queue.running)
    assert process.memory_info().rss - sizes[FEW] < 5_000_000
    assert len(process.children(recursive=True)) <= before + 1  # what is started once and stays
