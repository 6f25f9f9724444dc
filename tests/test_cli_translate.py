"""Translations in the terminal: real processes, the real starter model."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from chatdesk.domain.glossaries import Glossary, Term
from chatdesk.domain.translations import TranslationState
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.storage.translations import TranslationStore
from tests.documents import made
from tests.documents.rewrite.files import texts_of
from tests.test_cli import chatdesk

TEXT = "My brother is a doctor.\n\nThe house is big.\n"


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.docx"
    made.docx(path, made.p("The house is big.") + made.p("It is new."))
    return path


def stored(home):
    database = Database(home / "chats.sqlite")
    entries = TranslationStore(database).translations()
    database.close()
    return entries


def test_piped_text_is_translated_with_its_lines_as_they_were(home):
    done = chatdesk("translate", "--from", "en", "--to", "German", "-", home=home, input=TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == TEXT.count("\n")
    assert "Haus" in done.stdout
    (entry,) = stored(home)
    assert (entry.state, entry.wishes.target, entry.language) == (TranslationState.done, "de", "en")


def test_a_document_is_written_beside_itself_and_its_place_printed(letter, home):
    done = chatdesk("translate", "--to", "de", letter, home=home)
    target = letter.with_name("letter.de.docx")
    assert (done.returncode, done.stdout) == (0, f"{target}\n")
    assert len(texts_of(target)) == len(texts_of(letter))
    assert texts_of(target) != texts_of(letter)
    assert "letter.docx: 2 of 2 paragraphs" in done.stderr


def test_the_documents_of_a_folder_go_to_the_folder_that_is_wished(letter, tmp_path, home):
    (tmp_path / "out").mkdir()
    folder = tmp_path / "in"
    folder.mkdir()
    letter.rename(folder / "letter.docx")
    (folder / "notes.xyz").write_text("x")
    done = chatdesk("translate", "--to", "fr", "--output", tmp_path / "out", folder, home=home)
    assert done.returncode == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.fr.docx"]


def test_json_tells_languages_paragraphs_and_doubts(home):
    done = chatdesk("translate", "--to", "de", "--from", "en", "--json", "-", home=home, input=TEXT)
    told = json.loads(done.stdout)
    assert (told["from"], told["to"], told["state"]) == ("en", "de", "done")
    assert [segment["source"] for segment in told["segments"]] == [
        "My brother is a doctor.",
        "The house is big.",
    ]
    assert {"findings", "translation", "origin"} <= set(told["segments"][0])


def test_a_glossary_of_the_application_and_one_of_a_file_are_minded(tmp_path, home):
    path = tmp_path / "terms.csv"
    path.write_text("en,de\nhouse,Gebäude\n", "utf-8")
    database = Database(home / "chats.sqlite")
    GlossaryStore(database).save(Glossary("Houses", "en", "de", (Term("house", "Bauwerk"),)))
    database.close()
    for glossary, wanted in ((path, "Gebäude"), ("Houses", "Bauwerk")):
        done = chatdesk(
            "translate",
            "--to",
            "de",
            "--from",
            "en",
            "--glossary",
            glossary,
            "--json",
            "-",
            home=home,
            input=TEXT,
        )
        findings = json.loads(done.stdout)["segments"][1]["findings"]
        assert wanted in [finding["wanted"] for finding in findings], done.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.docx", None, "There is no document"),
        ("a.xyz", b"x", "not of a kind"),
        ("bad.docx", b"no zip", "bad.docx"),
    ],
)
def test_a_document_that_cannot_be_translated_is_told_and_the_others_go_on(
    letter, tmp_path, home, name, content, words
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = chatdesk("translate", "--to", "de", tmp_path / name, letter, home=home)
    assert done.returncode == 1
    assert words in done.stderr
    assert letter.with_name("letter.de.docx").exists()


def test_a_missing_glossary_is_told_before_anything_is_read(letter, tmp_path, home):
    done = chatdesk("translate", "--to", "de", "--glossary", tmp_path / "none.csv", letter, home=home)
    assert done.returncode == 1
    assert "There is no glossary" in done.stderr
    assert "none.csv" in done.stderr
    assert stored(home) == []


def test_a_glossary_that_is_misspelt_is_told_with_those_that_are_there(home):
    home.mkdir()
    database = Database(home / "chats.sqlite")
    GlossaryStore(database).save(Glossary("Houses", "en", "de", (Term("house", "Bauwerk"),)))
    database.close()
    done = chatdesk("translate", "--to", "de", "--glossary", "Huoses", "-", home=home, input=TEXT)
    assert (done.returncode, done.stdout) == (1, "")
    assert "There are: Houses." in done.stderr


@pytest.mark.parametrize("name", ["", "  "])
def test_a_language_without_a_name_is_wrong_usage(home, name):
    done = chatdesk("translate", "--from", name, "--to", name, "-", home=home, input=TEXT)
    assert done.returncode == 2
    assert "write a language, such as de or German" in done.stderr


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (("--to", "Klingon", "--from", "en"), "not Klingon"),
        (("--to", "de", "--from", "blub"), "not blub"),
        (("--to", "de", "--from", "German"), "in German already"),
    ],
)
def test_what_speaks_against_the_languages_is_told_once_and_it_is_tried(home, languages, words):
    done = chatdesk("translate", *languages, "-", home=home, input=TEXT)
    assert done.returncode == 0
    assert done.stderr.count(words) == 1
    assert done.stdout.count("\n") == TEXT.count("\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_piped_text_may_be_in_any_encoding(home, encoding):
    text = "Mein Bruder heißt Jörg, und das Gebäude ist schön.\n"
    done = chatdesk(
        "translate", "--from", "de", "--to", "en", "--json", "-",
        home=home, input=text.encode(encoding), text=False,
    )  # fmt: skip
    (segment,) = json.loads(done.stdout)["segments"]
    assert segment["source"] == text.strip()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing to translate"),
        (b" \n\n", "nothing to translate"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, "is no text"),
    ],
)
def test_what_is_no_text_is_told_and_leaves_nothing_in_the_history(home, content, words):
    done = chatdesk("translate", "--to", "de", "-", home=home, input=content, text=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert words in done.stderr.decode()
    assert stored(home) == []


def test_nothing_is_written_over_and_a_folder_is_not_translated_twice(letter, tmp_path, home):
    for _ in range(2):
        assert chatdesk("translate", "--to", "de", tmp_path, home=home).returncode == 0
    names = {path.name for path in tmp_path.glob("*.docx")}
    assert names == {"letter.docx", "letter.de.docx", "letter.de.2.docx"}


def test_every_document_tells_how_far_it_is(tmp_path, home):
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text("The house is big.")
    done = chatdesk("translate", "--to", "de", *paths, home=home)
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["a.txt:", "b.txt:"]


def test_a_folder_without_documents_is_told(tmp_path, home):
    (tmp_path / "empty").mkdir()
    done = chatdesk("translate", "--to", "de", tmp_path / "empty", home=home)
    assert done.returncode == 1
    assert "no document in “empty”" in done.stderr


def test_the_folder_for_what_is_written_is_made_first_or_refused(letter, tmp_path, home):
    out = tmp_path / "new" / "out"
    done = chatdesk("translate", "--to", "de", "--output", out, "--json", letter, home=home)
    assert done.returncode == 0
    assert json.loads(done.stdout)["file"] == str(out / "letter.de.docx")
    assert (out / "letter.de.docx").exists()
    before = len(stored(home))
    done = chatdesk("translate", "--to", "de", "--output", letter, letter, home=home)
    assert done.returncode == 1
    assert "cannot be saved" in done.stderr
    assert len(stored(home)) == before


def stopped_in_mid(path, home):
    """Translate a long document, and press Ctrl+C after some paragraphs."""
    made.docx(path, "".join(made.p(f"The house {number} is big.") for number in range(80)))
    command = [sys.executable, "-m", "chatdesk", "--home", str(home), "translate", "--to", "de", str(path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert "paragraphs" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=30)
    assert process.returncode == 130, rest


def test_a_document_that_was_changed_after_a_stop_is_translated_as_it_is_now(tmp_path, home):
    path = tmp_path / "long.docx"
    stopped_in_mid(path, home)
    made.docx(path, made.p("The house is big."))
    later = time.time() + 60
    os.utime(path, (later, later))
    assert chatdesk("translate", "--to", "de", path, home=home).returncode == 0
    (text,) = texts_of(tmp_path / "long.de.docx")
    assert "Haus" in text


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals on Windows")
def test_ctrl_c_ends_the_typing_of_a_text(home):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "chatdesk", "--home", str(home), "translate", "--to", "de", "-"]
    process = subprocess.Popen(command, stdin=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    assert "Ctrl+D" in process.stderr.readline()
    time.sleep(0.2)  # between the line and the reading there is nothing to wait for
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=30)
    os.close(ours)
    assert process.returncode == 130, rest
    assert stored(home) == []


def test_after_ctrl_c_the_same_command_goes_on_with_what_was_begun(tmp_path, home):
    path = tmp_path / "long.docx"
    stopped_in_mid(path, home)
    (stopped,) = stored(home)
    assert stopped.state is TranslationState.stopped
    assert 0 < stopped.done < 80
    assert not path.with_name("long.de.docx").exists()
    assert chatdesk("translate", "--to", "de", path, home=home).returncode == 0
    (ended,) = stored(home)
    assert (ended.id, ended.state, ended.done) == (stopped.id, TranslationState.done, 80)
    assert path.with_name("long.de.docx").exists()


def test_a_terminal_that_lacks_a_letter_ends_nothing(home, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = chatdesk("translate", "--from", "en", "--to", "fr", "-", home=home, input=TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert done.stdout.count("\n") == TEXT.count("\n")
