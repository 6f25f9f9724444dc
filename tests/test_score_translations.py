"""The script that scores translations, as a user runs it: on held-out sentences or on own ones."""

import subprocess
import sys

import pytest

from chatdesk.paths import starter_model

PAIRS = "The house is big.\tDas Haus ist groß.\nMy brother is a doctor.\tMein Bruder ist Arzt.\n"


def score(*arguments):
    command = [sys.executable, "-m", "tests.benchmarks.score_translations", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)


def test_own_sentences_are_scored_for_each_model_and_a_bad_one_stops_nothing(tmp_path):
    tsv = tmp_path / "pairs.tsv"
    tsv.write_text(PAIRS + "no tab here\n", "utf-16")
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"x")
    done = score("--model", bad, starter_model(), "--tsv", tsv, "--from", "English", "--to", "German")
    assert done.returncode == 1
    assert "bad.gguf: “bad.gguf” cannot be used as a model" in done.stderr
    assert "1 lines without" in done.stderr
    assert "Traceback" not in done.stderr
    _, line = done.stdout.splitlines()
    name, direction, sentences, bleu, chrf, exact, failed, _ = line.split()
    assert (name, direction, sentences, failed) == (starter_model().stem, "en-de", "2", "0")
    assert all(0 < float(each) <= 100 for each in (bleu, chrf, exact))


def test_the_held_out_sentences_are_scored_in_six_directions():
    done = score("--limit", 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[1] for line in done.stdout.splitlines()[1:]] == [
        "de-en",
        "en-de",
        "en-es",
        "en-fr",
        "es-en",
        "fr-en",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, "is no text"),
        (b"only one column\n", "no line with a source, a tab and a reference"),
    ],
)
def test_a_file_without_pairs_is_told_in_a_sentence(tmp_path, content, words):
    tsv = tmp_path / "pairs.tsv"
    if content is not None:
        tsv.write_bytes(content)
    done = score("--tsv", tsv)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("--to", "???"), ("--limit", "0"), ("--limit", "many")])
def test_wrong_usage_is_told(arguments):
    assert score(*arguments).returncode == 2
