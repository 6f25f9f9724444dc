"""Glossaries and memories read in a process of their own, and written: there and back, hostile, huge."""

import multiprocessing
import random
import stat
from dataclasses import replace
from datetime import UTC, datetime

import psutil
import pytest
from lxml import etree

from chatdesk.documents.exchange.files import ExchangeFiles, Limits
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Reading
from chatdesk.domain.exchange import GlossaryFile, PairsEnded, PairsRead
from chatdesk.domain.glossaries import FileProblem, Glossary, Pair, Term

TERMS = (
    Term("board", "Vorstand", "never “Brett”"),
    Term("<b> & ]]>", 'a "quoted", one; with \\ all'),
    Term("天気", "Wetter"),
    Term("=1+1", "מזג אוויר"),
    Term("ChatDesk", "ChatDesk"),
)
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PAIRS = (
    Pair("Press <b> & go.\nTwice.", "Drücke “los” ]]>.", "en", "de", WHEN),
    Pair("今日は", "Guten Tag", "ja", "de-CH", WHEN),
    Pair("Hi", "nuqneH", "en-GB", "Old Klingon", WHEN),
)
GROWTH = 100_000_000  # bytes that the asking process may gain over one file


@pytest.fixture(autouse=True)
def _nothing_stays():
    yield
    assert not multiprocessing.active_children()


def glossary(path, source="en", target="de", **how):
    *_, last = ExchangeFiles(**how).read_glossary(path, source, target, CancelToken())
    assert isinstance(last, GlossaryFile)
    return last


def events(path, source="", target="", **how):
    return ExchangeFiles(**how).read_pairs(path, source, target, CancelToken())


def pairs(found):
    return [pair for event in found if isinstance(event, PairsRead) for pair in event.pairs]


@pytest.mark.parametrize("name", ["words.csv", "words.TBX", "words.tbx"])
@pytest.mark.parametrize("languages", [("en", "de"), ("zh-Hant", "pt-BR"), ("en", "Old Klingon")])
def test_a_glossary_comes_back_as_it_was_written(tmp_path, name, languages):
    path = tmp_path / name
    ExchangeFiles().write_glossary(Glossary("Words & <terms>", *languages, TERMS), path)
    found = glossary(path, *languages)
    assert (found.terms, found.problems) == (TERMS, ())


def test_a_glossary_tells_its_languages(tmp_path):
    for name in ("a.csv", "a.tbx"):
        ExchangeFiles().write_glossary(Glossary("", "fr", "pt-BR", TERMS), tmp_path / name)
        found = glossary(tmp_path / name, "", "")
        assert (found.source, found.target, found.terms) == ("fr", "pt-BR", TERMS)


def test_what_no_file_can_hold_is_left_out(tmp_path):
    for name in ("a.csv", "a.tbx"):
        strange = (Term("a\x00\x0b\ufffe\udcff b\n c", "\ud83d\udca9", "\r\n"),)
        ExchangeFiles().write_glossary(Glossary("\x01", "en", "de", strange), tmp_path / name)
        assert glossary(tmp_path / name).terms == (Term("a\ufffd b c", "\ufffd\ufffd"),)


def test_a_memory_comes_back_as_it_was_written(tmp_path):
    path = tmp_path / "memory.tmx"
    ExchangeFiles().write_pairs(iter(PAIRS), path, CancelToken())
    *others, end = events(path)
    assert end == PairsEnded(())
    own = replace(PAIRS[2], target_language="x-oldkling-on")
    assert pairs(others) == [*PAIRS[:2], own]
    assert pairs(events(path, "en", "Old Klingon")) == [replace(PAIRS[2], source_language="en")]
    assert others[0] == Reading(path.stat().st_size, path.stat().st_size)


def test_written_files_are_well_formed_and_say_what_they_are(tmp_path):
    ExchangeFiles().write_glossary(Glossary("Words", "en", "de", TERMS), tmp_path / "a.tbx")
    tbx = etree.parse(tmp_path / "a.tbx").getroot()
    assert (tbx.tag, tbx.get("type")) == ("{urn:iso:std:iso:30042:ed-2}tbx", "TBX-Basic")
    assert len({one.get("id") for one in tbx.iter("{*}conceptEntry")}) == len(TERMS)
    ExchangeFiles().write_pairs(PAIRS, tmp_path / "a.tmx", CancelToken())
    tmx = etree.parse(tmp_path / "a.tmx", etree.XMLParser(load_dtd=False)).getroot()
    assert tmx.get("version") == "1.4"
    wanted = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert wanted <= set(tmx.find("header").keys())
    assert (tmp_path / "a.tbx").stat().st_mode & stat.S_IRUSR


def test_a_memory_of_an_entry_without_a_time_is_of_now(tmp_path):
    path = tmp_path / "a.tmx"
    tuvs = "".join(f'<tuv lang="{tag}"><seg>x</seg></tuv>' for tag in ("en", "de"))
    path.write_text(f"<tmx><body><tu>{tuvs}</tu></body></tmx>")
    (pair,) = pairs(events(path))
    assert (datetime.now(UTC) - pair.when).total_seconds() < 60


def test_many_problems_of_one_kind_become_a_number(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("en,de\n" + "milk,\n" * 25 + "a,b\na,b\n")
    found = glossary(path)
    assert [problem.line for problem in found.problems] == [*range(2, 12), 28, 0]
    assert found.problems[-1].reason == f"15 more: {found.problems[0].reason}"
    assert found.terms == (Term("a", "b"),)


def test_a_glossary_without_the_asked_language_names_it(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("en,fr\nmilk,lait\n")
    reason = "This table has no column in Brazilian Portuguese."
    assert glossary(path, "en", "pt-BR").problems == (FileProblem(1, reason),)


def test_tbx_is_known_by_its_content_where_its_name_does_not_say_it(tmp_path):
    ExchangeFiles().write_glossary(Glossary("", "en", "de", TERMS), tmp_path / "a.tbx")
    for encoding in ("utf-8-sig", "utf-16"):
        other = tmp_path / f"{encoding}.xml"
        text = (tmp_path / "a.tbx").read_text(encoding="utf-8").partition("\n")[2]
        other.write_text(text, encoding=encoding)
        assert glossary(other).terms == TERMS


WHOLE = '<tmx version="1.4"><header srclang="en"/><body>%s</body></tmx>'
UNIT = '<tu><tuv xml:lang="en"><seg>%s</seg></tuv><tuv xml:lang="de"><seg>%s</seg></tuv></tu>'
LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
HOSTILE = {
    "empty.tmx": (b"", errors.DocumentDamaged),
    "nothing.tmx": (b"<tmx/>", errors.DocumentEmpty),
    "other.tmx": (b"<html><body>a</body></html>", errors.NoMemoryFile),
    "binary.tmx": (random.Random(1).randbytes(100_000), errors.DocumentDamaged),
    "truncated.tmx": ((WHOLE % (UNIT % ("a", "b")))[:-20].encode(), errors.DocumentDamaged),
    "encoding.tmx": (b'<?xml version="1.0" encoding="UTF-8"?><tmx>K\xe4se</tmx>', errors.DocumentDamaged),
    "laughs.tmx": (f"<!DOCTYPE tmx [{LAUGHS}]><tmx>&l12;</tmx>".encode(), errors.DocumentDamaged),
    "deep.tmx": (b"<tmx><body><tu>" + b"<tuv>" * 100_000, errors.DocumentDamaged),
    "long.tmx": (b"<tmx><body><tu><tuv><seg>" + b"x" * 30_000_000, errors.DocumentDamaged),
    "empty.tbx": (b"", errors.DocumentDamaged),
    "other.tbx": (b"<tmx/>", errors.NoGlossary),
    "binary.tbx": (random.Random(1).randbytes(100_000), errors.DocumentDamaged),
    "binary.csv": (random.Random(1).randbytes(100_000), errors.NoGlossary),
    "large.csv": (b"a,b\n" * 17_000_000, errors.DocumentTooLarge),
    "quote.csv": (b'a,b\n"c,d' + b"x" * 11_000_000, errors.DocumentDamaged),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(tmp_path, name):
    content, error = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error):
        list(events(path)) if name.endswith("tmx") else glossary(path)


def test_entities_are_neither_expanded_nor_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    kinds = f'<!ENTITY own SYSTEM "{secret.as_uri()}">'
    kinds += '<!ENTITY far SYSTEM "http://192.0.2.1/x"><!ENTITY % p SYSTEM "http://192.0.2.1/p">%p;'
    path = tmp_path / "a.tmx"
    text = WHOLE % (UNIT % ("a&own;b&far;c&unknown;", "d"))
    path.write_text(f"<!DOCTYPE tmx SYSTEM 'http://192.0.2.1/tmx14.dtd' [{kinds}]>{text}")
    *found, end = events(path)
    assert [(pair.source, pair.target) for pair in pairs(found)] == [("abc", "d")]
    assert len(end.problems) == 1


def test_what_is_whole_of_a_truncated_memory_arrives(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text((WHOLE % (UNIT % ("a", "b") * 2_500))[:-200])
    found = []
    with pytest.raises(errors.DocumentDamaged):
        found.extend(event for event in events(path) if not found.append(event))
    assert len(pairs(found)) >= 2_497


def test_a_missing_file_and_a_folder_say_so(tmp_path):
    for path in (tmp_path / "gone.tmx", tmp_path):
        with pytest.raises(errors.DocumentMissing):
            list(events(path))
        with pytest.raises(errors.DocumentMissing):
            glossary(path)


def test_a_big_memory_takes_little_memory_here_and_there(tmp_path):
    path = tmp_path / "big.tmx"
    body = "".join(UNIT % (f"The source {number} " + "x" * 300, "y" * 300) + "\n" for number in range(2_000))
    with path.open("w") as file:
        file.write('<tmx version="1.4"><header srclang="en"/><body>')
        for _ in range(30):
            file.write(body)
        file.write("</body></tmx>")
    before = psutil.Process().memory_info().rss
    count = most = 0
    for event in events(path, limits=Limits(memory=400_000_000)):
        for child in multiprocessing.active_children():
            most = max(most, psutil.Process(child.pid).memory_info().rss)
        count += len(event.pairs) if isinstance(event, PairsRead) else 0
    assert count == 60_000
    assert most < 150_000_000
    assert psutil.Process().memory_info().rss - before < GROWTH


@pytest.mark.parametrize(
    ("reader", "error", "limits"),
    [
        ("hang", errors.DocumentTimedOut, {"silence": 1.5}),
        ("abort", errors.DocumentReaderFailed, {}),
        ("greedy", errors.DocumentTooLarge, {"memory": 500_000_000}),
    ],
)
def test_a_process_that_misbehaves_is_ended(tmp_path, reader, error, limits):
    path = tmp_path / "a.tmx"
    path.write_text("<tmx/>")
    with pytest.raises(error):
        list(events(path, reader=f"tests.fakes.exchange_readers:{reader}", limits=Limits(**limits)))


def test_a_cancelled_import_ends_with_its_process(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text("<tmx/>")
    cancel = CancelToken()
    reading = ExchangeFiles(reader="tests.fakes.exchange_readers:many").read_pairs(path, "", "", cancel)
    assert isinstance(next(reading), Reading)
    cancel.cancel()
    assert len(list(reading)) <= 1
    assert not multiprocessing.active_children()


def test_an_export_is_there_as_a_whole_or_as_it_was(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text("before")
    cancel = CancelToken()

    def some():
        yield PAIRS[0]
        cancel.cancel()
        yield PAIRS[1]

    def broken():
        yield PAIRS[0]
        raise LookupError

    ExchangeFiles().write_pairs(some(), path, cancel)
    with pytest.raises(LookupError):
        ExchangeFiles().write_pairs(broken(), path, CancelToken())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(errors.DocumentNotSaved):
        ExchangeFiles().write_pairs(PAIRS, tmp_path / "gone" / "a.tmx", CancelToken())
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(errors.DocumentNotSaved):
        ExchangeFiles().write_glossary(Glossary("", "en", "de"), tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]
