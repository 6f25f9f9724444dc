"""Glossaries as TBX of several versions."""

import io

import pytest

from chatdesk.documents.exchange.entries import Entry, Flaw, Languages, Problem
from chatdesk.documents.exchange.tbx import read
from chatdesk.documents.parts import Refusal, Refused

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="https://example.org/TBXcoreStructV03.rng" type="application/xml"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>made</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><descrip type="definition">A group of people.</descrip>
<langSec xml:lang="de"><termSec><term>Brett</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
<termSec><term>Aufsichtsrat</term></termSec>
<termSec><term>Vorstand</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
<note>never Brett</note></termSec></langSec>
<langSec xml:lang="en-US"><termSec><term>board</term></termSec><termSec><term>panel</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>conseil</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""
DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>milk</term></termSec></langSec>
<langSec xml:lang="de"><basic:definition>Weiß.</basic:definition><termSec><term>Milch</term>
<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""
MARTIF = """<?xml version='1.0'?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="e1">
<descripGrp><descrip type="definition">White.</descrip></descripGrp>
<langSet xml:lang="EN"><tig><term>milk</term></tig></langSet>
<langSet xml:lang="de-DE"><ntig><termGrp><term>Milch <hi>frisch</hi></term></termGrp></ntig></langSet>
</termEntry></body></text></martif>"""
MIN = """<TBX dialect="TBX-Min"><header/><body><entry id="1">
<langGroup xml:lang="en"><termGroup><term>milk</term></termGroup></langGroup>
<langGroup xml:lang="de"><termGroup><term>Milch</term></termGroup></langGroup></entry></body></TBX>"""


def found(content, source="en", target="de"):
    return list(read(io.BytesIO(content.encode()), source, target))


def entry(*sections):
    return "".join(
        f'<langSec xml:lang="{tag}">'
        + "".join(f"<termSec><term>{term}</term>{more}</termSec>" for term, more in words)
        + "</langSec>"
        for tag, *words in sections
    )


def tbx(*entries, lang="en"):
    body = "".join(f"<conceptEntry>{each}</conceptEntry>\n" for each in entries)
    return f'<tbx xml:lang="{lang}">\n<text><body>\n{body}</body></text></tbx>'


DEPRECATED = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'


def test_each_word_of_the_source_has_the_preferred_one_of_the_target():
    assert found(DCA) == [
        Problem(Flaw.synonyms, 5),
        Entry("board", "Vorstand", "never Brett"),
        Entry("panel", "Vorstand", "never Brett"),
    ]
    assert found(DCA, "de", "fr")[0] == Entry("Vorstand", "conseil", "A group of people.")
    assert {one.source for one in found(DCA, "de", "fr")} == {"Vorstand", "Aufsichtsrat", "Brett"}


@pytest.mark.parametrize(
    ("content", "term"),
    [
        (DCT, Entry("milk", "Milch", "Weiß.")),
        (MARTIF, Entry("milk", "Milch frisch", "White.")),
        (MIN, Entry("milk", "Milch")),
    ],
)
def test_every_usual_version_is_read(content, term):
    assert found(content) == [term]


def test_without_asked_languages_the_file_says_them():
    assert found(MARTIF, "", "") == [Languages("en", "de"), Entry("milk", "Milch frisch", "White.")]
    assert found(MARTIF, "", "en")[0] == Languages("de", "en")
    second = tbx(entry(("en", ("a", ""))), entry(("fr", ("b", "")), ("en", ("c", ""))))
    assert found(second, "", "") == [Problem(Flaw.one_side, 3), Languages("en", "fr"), Entry("c", "b")]


def test_entries_that_are_left_out_are_told_with_their_lines():
    content = tbx(
        entry(("en", ("milk", "")), ("fr", ("lait", ""))),
        entry(("en", ("milk", "")), ("de", ("Milk", DEPRECATED))),
        entry(("en", ("milk", "")), ("", ("Milch", ""))),
        entry(("en", ("milk", "")), ("de", (" ", ""))),
        entry(("en", ("milk", "")), ("de", ("Milch", ""))),
        entry(("en", ("milk", "")), ("de", ("Milch", ""))),
        entry(("en", ("m" * 501, "")), ("de", ("Milch", ""))),
        entry(),
    )
    assert found(content) == [
        Problem(Flaw.one_side, 3),
        Problem(Flaw.not_allowed, 4),
        Problem(Flaw.no_language, 5),
        Problem(Flaw.one_side, 5),
        Problem(Flaw.one_side, 6),
        Entry("milk", "Milch"),
        Problem(Flaw.twice, 8),
        Problem(Flaw.too_long, 9),
        Problem(Flaw.one_side, 10),
    ]


def test_what_an_entity_stands_for_is_left_out_and_told():
    content = '<!DOCTYPE tbx [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + tbx(
        entry(("en", ("milk&e;", "")), ("de", ("Milch", "")))
    )
    assert found(content) == [Problem(Flaw.entity, 3), Entry("milk", "Milch")]


@pytest.mark.parametrize("content", ["<html><body/></html>", "<tmx/>"])
def test_another_kind_of_file_is_refused(content):
    with pytest.raises(Refused) as caught:
        found(content)
    assert caught.value.code == Refusal.unsupported
