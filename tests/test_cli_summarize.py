"""Summaries in the terminal: real processes, the real starter model."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from chatdesk.documents.recogniser import extra_installed
from chatdesk.domain.summaries import SummaryState
from chatdesk.flows.recognition import checksum
from chatdesk.paths import starter_model
from chatdesk.storage.database import Database
from chatdesk.storage.recognised import RecognisedStore
from chatdesk.storage.summaries import SummaryStore
from tests.documents.pdf_files import PICTURE, column, document
from tests.fakes import projectors
from tests.flows.test_summarize_starter import TEXT
from tests.test_cli import chatdesk


@pytest.fixture
def library(tmp_path):
    path = tmp_path / "library.txt"
    path.write_text(TEXT)
    return path


def stored(home):
    database = Database(home / "chats.sqlite")
    summaries = SummaryStore(database).summaries()
    database.close()
    return summaries


def long_file(path, streets=60):
    path.write_text("\n\n".join(TEXT.replace("library", f"library of street {at}") for at in range(streets)))
    return path


def test_a_summary_is_printed_and_kept(library, home):
    done = chatdesk("summarize", library, "--length", "short", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    (summary,) = stored(home)
    assert done.stdout == summary.text + "\n"
    assert (summary.name, summary.path, summary.state) == ("library.txt", str(library), SummaryState.done)


def test_json_gives_a_line_for_each_document_with_its_passages(library, home):
    done = chatdesk(
        "summarize", library, library, "--json", "--format", "table", "--language", "en", home=home
    )
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["text"] == second["text"]
    assert (first["state"], first["wishes"]["form"], first["name"]) == ("done", "table", "library.txt")
    assert first["language"] == "en"
    assert 0 <= first["coverage"] <= 1
    for point in first["points"]:
        assert point["passage"] is None or point["passage"]["end"] <= len(TEXT)


def test_a_file_that_cannot_be_read_does_not_keep_back_the_others(library, tmp_path, home):
    done = chatdesk("summarize", tmp_path / "none.pdf", library, library, home=home)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "none.pdf" in done.stderr
    assert done.stdout.startswith("# library.txt\n\n")
    assert done.stdout.count("\n\n# library.txt\n\n") == 1


def test_a_folder_stands_for_its_documents(library, tmp_path, home):
    folder = tmp_path / "papers"
    (folder / "empty").mkdir(parents=True)
    for name in ("b.txt", "a.txt", ".hidden.txt"):
        (folder / name).write_text(library.read_text())
    done = chatdesk("summarize", folder, "--length", "line", home=home)
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("#")] == ["# a.txt", "# b.txt"]
    empty = chatdesk("summarize", folder / "empty", home=home)
    assert (empty.returncode, empty.stderr.count("\n")) == (1, 1)


def test_piped_text_is_summarised(home):
    done = chatdesk("summarize", "-", "--form", "paragraph", home=home, input=TEXT)
    assert done.returncode == 0
    assert done.stdout.strip()
    assert stored(home)[0].path == ""


def test_nothing_piped_is_said(home):
    done = chatdesk("summarize", "-", home=home)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_a_form_that_there_is_not_is_wrong_usage(library, home):
    assert chatdesk("summarize", library, "--form", "poem", home=home).returncode == 2
    assert chatdesk("summarize", home=home).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent otherwise there")
def test_ctrl_c_keeps_the_parts_that_are_done_and_the_same_command_goes_on(tmp_path, home):
    path = long_file(tmp_path / "long.txt")
    command = [
        sys.executable,
        "-m",
        "chatdesk",
        "--home",
        str(home),
        "summarize",
        str(path),
        "--length",
        "line",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment,
    ) as running:  # fmt: skip
        first = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate(timeout=50)
    assert "1 of" in first
    assert running.returncode == 130, errors
    assert "goes on from here" in errors
    (stopped,) = stored(home)
    assert (stopped.state, output) == (SummaryState.stopped, "")
    assert stopped.points
    done = chatdesk("summarize", path, "--length", "line", home=home)
    assert done.returncode == 0
    (summary,) = stored(home)
    assert (summary.id, summary.state, summary.text) == (stopped.id, SummaryState.done, done.stdout.strip())


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(document([column(["A page with words that can be read."]), PICTURE, PICTURE]))
    return path


def test_a_scan_needs_the_option_and_then_something_that_recognises_text(scan, tmp_path, home):
    told = chatdesk("summarize", scan, home=home)
    assert told.returncode == 0
    assert "Some pages of “scan.pdf” are pictures without text. With --ocr their text is" in told.stderr
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(document([PICTURE]))
    without = chatdesk("summarize", whole, home=home)
    assert without.returncode == 1
    assert "With --ocr its text is recognised." in without.stderr
    if not extra_installed():
        nothing = chatdesk("summarize", whole, "--ocr", home=home)
        assert nothing.returncode == 1
        assert 'pip install "chatdesk[ocr]"' in nothing.stderr


@pytest.mark.skipif(extra_installed(), reason="the extra is taken before the model")
def test_a_model_that_sees_recognises_a_scan_page_by_page(scan, tmp_path, home):
    projectors.make(tmp_path / "mmproj-F16.gguf", width=256)
    model = shutil.copy(starter_model(), tmp_path / "seeing.gguf")
    done = chatdesk("summarize", scan, "--ocr", "--model", model, home=home)
    assert "2 of 2 pages are recognised" in done.stderr
    database = Database(home / "chats.sqlite")
    pages = RecognisedStore(database).pages(checksum(scan))
    database.close()
    assert sorted(pages) == [2, 3]
    again = chatdesk("summarize", scan, "--model", model, home=home)
    assert "recognised" not in again.stderr
