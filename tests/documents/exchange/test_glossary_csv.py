"""Glossaries as tables of text: what is taken for terms, for a header and for a note."""

import io

import pytest

from chatdesk.documents.exchange.entries import Entry, Flaw, Languages, Problem
from chatdesk.documents.exchange.glossary_csv import read
from chatdesk.documents.parts import Refusal, Refused


def found(content, source="en", target="de", encoding="utf-8"):
    data = content.encode(encoding) if isinstance(content, str) else content
    return list(read(io.BytesIO(data), source, target))


def terms(content, *asked):
    return [(one.source, one.target, one.note) for one in found(content, *asked) if isinstance(one, Entry)]


ROWS = [("board", "Vorstand", "never Brett"), ("ChatDesk", "ChatDesk", ""), ("größe", "size, scale", "")]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_separator_and_encoding_is_known(separator, encoding):
    text = "\r\n".join(map(separator.join, ROWS))
    assert found(text, encoding=encoding) == [Entry(*row) for row in ROWS]


def test_values_may_be_quoted_and_have_line_ends():
    assert terms('"red, cow","rote\n Kuh","a ""note"""\nmilk,Milch\n') == [
        ("red, cow", "rote Kuh", 'a "note"'),
        ("milk", "Milch", ""),
    ]


@pytest.mark.parametrize(
    "head", ["en,de,note", "English;German", "EN-us\tDE-de", "source,target,comment", "Term;Translation"]
)
def test_a_header_is_no_term(head):
    separator = next(one for one in ",;\t" if one in head)
    assert terms(head + separator.join(("\nmilk", "Milch"))) == [("milk", "Milch", "")]


def test_the_columns_of_the_asked_languages_are_taken_wherever_they_stand():
    table = "Definition;de;fr;en\nweiß;Milch;lait;milk\nSaft;Molke;;whey"
    assert terms(table) == [("milk", "Milch", "weiß"), ("whey", "Molke", "Saft")]
    assert terms(table, "fr", "de") == [("lait", "Milch", "weiß")]
    assert terms("en,de,fr\nmilk,Milch,lait") == [("milk", "Milch", "")]


def test_without_asked_languages_the_header_says_them():
    assert found("de,fr\nMilch,lait", "", "") == [Languages("de", "fr"), Entry("Milch", "lait")]
    assert found("de,fr\nMilch,lait", "", "de")[0] == Languages("fr", "de")
    assert terms("Milch,lait", "", "") == [("Milch", "lait", "")]


def test_terms_that_look_like_codes_are_no_header():
    assert terms("it,es\nno,nein") == [("it", "es", ""), ("no", "nein", "")]
    assert terms("German,Deutsch", "en", "it") == [("German", "Deutsch", "")]


def test_a_table_without_the_language_that_is_asked_for_says_so():
    assert found("en,fr\nmilk,lait") == [Languages("en", ""), Problem(Flaw.no_column, 1, "de")]
    assert found("\nfr,de\nlait,Milch") == [Languages("", "de"), Problem(Flaw.no_column, 2, "en")]


def test_rows_that_are_left_out_are_told_with_their_lines():
    table = f'en,de\nmilk,"Milch\n"\n,\nwhey\n,Molke\nmilk,Milch\nmilk,Rahm\n{"x" * 501},y\n'
    assert found(table)[1:] == [
        Entry("milk", "Milch"),
        Problem(Flaw.one_side, 5),
        Problem(Flaw.one_side, 6),
        Problem(Flaw.twice, 7),
        Entry("milk", "Rahm"),
        Problem(Flaw.too_long, 9),
    ]


def test_a_list_of_words_is_no_glossary():
    assert found("milk\nwhey\n") == [Problem(Flaw.one_column, 1)]
    assert found("") == [Problem(Flaw.one_column, 1)]


def test_letters_that_cannot_be_read_are_told():
    assert found(b"milk;Milch\nk\xc3\xa4se;K\xc3\xa4se\nco\xef\xbf\xbdw;Kuh\n")[0] == Problem(Flaw.letters, 3)


def test_the_first_line_may_name_the_separator():
    assert terms("sep=;\r\nmilk;Milch\r\n") == [("milk", "Milch", "")]


def test_control_characters_are_left_out():
    table = f"mi\x07lk;Mi\x0blch\n{'x' * 499};{'y' * 500}\n{'z' * 499};y"
    assert terms(table)[0] == ("milk", "Milch", "")


def test_what_is_no_text_is_refused():
    with pytest.raises(Refused) as caught:
        found(b"\x00\x01\x02" * 100)
    assert caught.value.code == Refusal.unsupported


@pytest.mark.parametrize(
    "heads",
    [
        "English term;German term",
        "Term (EN);Term (DE)",
        "Englisch;Deutsch",
        "Anglais;Allemand",
        "English (US);German (Germany)",
        "Source (English);Target (German)",
        "Source: English;Target: German",
    ],
)
def test_heads_name_languages_in_many_ways(heads):
    swapped = ";".join(reversed(heads.split(";")))
    assert terms(f"{heads}\nmilk;Milch\n", "en", "de") == [("milk", "Milch", "")]
    assert terms(f"{swapped}\nMilch;milk\n", "en", "de") == [("milk", "Milch", "")]


def test_rows_may_end_with_their_languages():
    table = "milk,Milch,EN,DE\nwhey,Molke,EN,DE\n"
    expected = [("milk", "Milch", ""), ("whey", "Molke", "")]
    assert terms(table) == terms(table, "en", "de") == expected
    assert terms(table, "de", "en") == [("Milch", "milk", ""), ("Molke", "whey", "")]
    assert terms("nr,kind,en,de\n1,food,milk,Milch\n", "en", "de") == [("milk", "Milch", "1")]


def test_a_column_of_numbers_is_no_language_and_no_note():
    table = "id,category,en-US,de-DE,fr-FR\n7,food,milk,Milch,lait\n"
    assert terms(table) == terms(table, "en", "de") == [("milk", "Milch", "food")]
    assert terms("id,en\nsusu,milk\n", "en", "id") == [("milk", "susu", "")]
