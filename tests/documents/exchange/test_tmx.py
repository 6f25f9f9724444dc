"""Translation memories as TMX."""

import io

import pytest

from chatdesk.documents.exchange.entries import Entry, Flaw, Problem
from chatdesk.documents.exchange.tmx import read
from chatdesk.documents.parts import Refusal, Refused


def tuv(tag, text, how=""):
    return f'<tuv xml:lang="{tag}" {how}><seg>{text}</seg></tuv>'


def tmx(*entries, srclang="en"):
    body = "".join(f"{each}\n" for each in entries)
    header = f'<header srclang="{srclang}"><prop type="x">y</prop></header>'
    return f'<tmx version="1.4">\n{header}\n<body>\n{body}</body></tmx>'


def tu(*versions, how=""):
    return f"<tu {how}>{''.join(versions)}</tu>"


def found(content, source="en", target="de"):
    return list(read(io.BytesIO(content.encode()), source, target))


def pairs(content, *asked):
    return [(one.source, one.target) for one in found(content, *asked) if isinstance(one, Entry)]


def test_the_asked_pair_is_taken_of_several_languages():
    entry = tu(tuv("FR-fr", "lait"), tuv("de-DE", "Milch"), tuv("EN-US", "milk"), tuv("en", "cow's milk"))
    assert found(tmx(entry)) == [Entry("cow's milk", "Milch", "", "en", "de")]
    assert pairs(tmx(entry), "de", "fr") == [("Milch", "lait")]
    assert found(tmx(entry), "en-GB", "fr") == [Entry("cow's milk", "lait", "", "en-GB", "fr")]


def test_a_variant_is_a_target_of_its_own():
    entry = tu(tuv("en", "bus"), tuv("pt-PT", "autocarro"), tuv("pt-BR", "ônibus"))
    assert pairs(tmx(entry), "en", "pt-BR") == [("bus", "ônibus")]
    assert pairs(tmx(tu(tuv("en", "bus"), tuv("pt-PT", "autocarro"))), "en", "pt-BR") == []
    assert pairs(tmx(tu(tuv("en", "bus"), tuv("pt", "ônibus"))), "en", "pt-BR") == [("bus", "ônibus")]


def test_without_asked_languages_every_other_one_makes_a_pair():
    content = tmx(tu(tuv("de", "Bus"), tuv("en-us", "bus"), tuv("fr", "car"), tuv("fr-FR", "autocar")))
    assert found(content, "", "") == [
        Entry("bus", "Bus", "", "en-US", "de"),
        Entry("bus", "car", "", "en-US", "fr"),
    ]
    anything = tmx(tu(tuv("de", "Bus"), tuv("xx-old", "bas")), srclang="*all*")
    assert found(anything, "", "") == [Entry("Bus", "bas", "", "de", "xx-old")]
    own = tmx(tu(tuv("de", "Bus"), tuv("fr", "car"), how='srclang="fr"'))
    assert pairs(own, "", "") == [("car", "Bus")]


def test_older_files_say_the_language_otherwise():
    entry = '<tu><tuv lang="EN"><seg>a</seg></tuv><tuv lang="DE"><seg>b</seg></tuv></tu>'
    content = f'<tmx version="1.1"><body>{entry}</body></tmx>'
    assert pairs(content) == [("a", "b")]


def test_codes_are_taken_out_and_text_stays():
    marked = (
        'Press <bpt i="1">&lt;b&gt;<sub>alt</sub></bpt>the <hi type="x">red <ph>x</ph></hi>button'
        '<ept i="1">&lt;/b&gt;</ept><it pos="begin"/><ut>u</ut>.'
    )
    assert found(tmx(tu(tuv("en", marked), tuv("de", "Drück!")))) == [
        Problem(Flaw.tags, 4),
        Entry("Press the red button.", "Drück!", "", "en", "de"),
    ]


def test_white_space_stays_inside_and_goes_outside():
    assert pairs(tmx(tu(tuv("en", "\n  a\n  b\n"), tuv("de", " c\t")))) == [("a\n  b", "c")]


def test_the_latest_time_of_an_entry_counts():
    timed = tu(
        tuv("en", "a", 'creationdate="20240102T030405Z"'), tuv("de", "b", 'changedate="20250102T030405Z"'),
        how='creationdate="20200102T030405Z" changedate="soon"',
    )  # fmt: skip
    (entry,) = found(tmx(timed))
    assert entry.seconds == 1735787045
    assert (
        found(tmx(tu(tuv("en", "a"), tuv("de", "b"), how='creationdate="19600102T030405Z"')))[0].seconds == 0
    )


def test_entries_that_are_left_out_are_told_with_their_lines():
    content = tmx(
        tu(tuv("en", "a"), tuv("fr", "b")),
        tu(tuv("en", "a"), tuv("de", " ")),
        tu(tuv("en", "a"), "<tuv><seg>b</seg></tuv>"),
        tu(tuv("en", "a" * 20_001), tuv("de", "b")),
        tu(),
        tu(tuv("de", "b"), "<tuv xml:lang='en'/>"),
        tu(tuv("en", "a&undefined;"), tuv("de", "b")),
    )
    content = f'<!DOCTYPE tmx [<!ENTITY undefined "defined">]>{content}'
    assert found(content) == [
        Problem(Flaw.one_side, 4),
        Problem(Flaw.one_side, 5),
        Problem(Flaw.no_language, 6),
        Problem(Flaw.one_side, 6),
        Problem(Flaw.too_long, 7),
        Problem(Flaw.one_side, 8),
        Problem(Flaw.one_side, 9),
        Problem(Flaw.entity, 10),
        Entry("a", "b", "", "en", "de"),
    ]


def test_another_kind_of_file_is_refused():
    with pytest.raises(Refused) as caught:
        found("<tbx/>")
    assert caught.value.code == Refusal.unsupported
