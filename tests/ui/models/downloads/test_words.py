"""What is said of a download."""

from dataclasses import replace
from pathlib import Path

from chatdesk.domain.downloads import Download, DownloadState, QueueTotal
from chatdesk.domain.hub import DownloadRequest, RemoteFile
from chatdesk.ui.models.downloads.words import Live, progress_words, title_of, total_words
from tests.fakes.hub_port import GB, REVISION


def download(*names, state=DownloadState.running, arrived=0):
    files = tuple(RemoteFile(name, GB) for name in names)
    return Download(DownloadRequest("a/b", REVISION, files, Path("/m")), state, "", arrived)


def test_the_title_is_the_name_of_the_file():
    assert title_of(download("Q8/Tiny-Q8_0.gguf").request) == "Tiny-Q8_0"


def test_a_split_model_has_the_name_that_its_parts_share():
    parts = ("big-Q8_0-00001-of-00002.gguf", "big-Q8_0-00002-of-00002.gguf")
    assert title_of(download(*parts).request) == "big-Q8_0"


def test_no_time_is_told_while_the_speed_is_not_known():
    assert progress_words(download("a.gguf"), Live(GB // 2)) == "500.0 MB of 1.0 GB"


def test_what_was_stored_counts_when_nothing_newer_is_known():
    paused = download("a.gguf", state=DownloadState.paused, arrived=GB // 4)
    assert progress_words(paused, None) == "250.0 MB of 1.0 GB"


def test_a_finished_one_has_its_size_alone(tmp_path):
    done = download("a.gguf", "b.gguf", state=DownloadState.done)
    (tmp_path / "a.gguf").touch()
    there = replace(done, request=replace(done.request, folder=tmp_path))
    assert progress_words(there, None) == "2.0 GB"
    assert progress_words(done, None) == "2.0 GB · not there any more"


def test_the_total_leaves_out_what_is_not_known():
    assert total_words(1, QueueTotal(0, GB, 0.0, None)) == "1 download · 0 bytes of 1.0 GB"
    assert total_words(2, QueueTotal(GB, 3 * GB, 1e7, 200.0)).endswith("10.0 MB/s · 3 min left")
