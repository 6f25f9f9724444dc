"""Glossaries in a terminal: listed, extended by files, written as files."""

import json

import pytest

from chatdesk.cli import run
from chatdesk.domain.glossaries import Term
from chatdesk.paths import find_home
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore


def stored():
    database = Database(find_home().database)
    try:
        return {each.name: each for each in GlossaryStore(database).glossaries()}
    finally:
        database.close()


@pytest.fixture
def sea(tmp_path):
    path = tmp_path / "sea.csv"
    path.write_text("en,de\nship,Schiff\nharbour,Hafen\n", encoding="utf-8")
    return path


def test_a_file_becomes_a_glossary_that_is_listed(sea, capsys):
    assert run(["glossary", "list"]) == 0
    assert capsys.readouterr().out == "There is no glossary yet.\n"
    assert run(["glossary", "add", str(sea)]) == 0
    assert capsys.readouterr().out == "sea: 2 terms are new.\n"
    assert run(["glossary", "list"]) == 0
    assert capsys.readouterr().out == "sea  en → de  2 terms\n"
    assert run(["glossary", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["terms"][0]["target"] == "Schiff"


def test_a_file_is_added_to_the_glossary_of_its_name_and_says_what_became_of_its_terms(sea, capsys):
    run(["glossary", "add", str(sea)])
    sea.write_text("de,en\nBoot,ship\nHafen,harbour\nKran,crane\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["glossary", "add", str(sea)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "sea: 1 term is new. 1 is there already. 1 word has another translation there, and keeps it."
    )
    assert "--replace" in said
    assert stored()["sea"].terms == (Term("ship", "Schiff"), Term("harbour", "Hafen"), Term("crane", "Kran"))
    assert run(["glossary", "add", str(sea), "--replace"]) == 0
    assert "that of the file takes its place" in capsys.readouterr().out
    assert stored()["sea"].terms[0] == Term("ship", "Boot")


def test_a_file_is_added_to_a_glossary_that_is_named(sea, tmp_path, capsys):
    run(["glossary", "add", str(sea)])
    more = tmp_path / "more.tsv"
    more.write_text("crane\tKran\n", encoding="utf-8")
    assert run(["glossary", "add", str(more), "--into", "sea"]) == 0
    assert list(stored()) == ["sea"]
    assert len(stored()["sea"].terms) == 3
    capsys.readouterr()
    assert run(["glossary", "add", str(more), "--into", "see"]) == 1
    assert "sea" in capsys.readouterr().err


def test_a_glossary_is_written_and_read_again(sea, tmp_path, capsys):
    run(["glossary", "add", str(sea)])
    out = tmp_path / "again.tbx"
    assert run(["glossary", "export", "sea", str(out)]) == 0
    assert run(["glossary", "add", str(out)]) == 0
    assert stored()["again"].terms == stored()["sea"].terms
    assert (stored()["again"].source, stored()["again"].target) == ("en", "de")


@pytest.mark.parametrize("content", [b"", b"\x00\x01" * 300, b"alone\n"])
def test_what_is_no_glossary_is_said_and_makes_none(tmp_path, capsys, content):
    path = tmp_path / "no.csv"
    path.write_bytes(content)
    assert run(["glossary", "add", str(path)]) == 1
    assert capsys.readouterr().err
    assert stored() == {}


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    assert run(["glossary", "add", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err
