"""Terms of a glossary found in texts, and in translations, whatever form they have there."""

import time

import pytest

from chatdesk.domain.glossaries import Term
from chatdesk.tasks.inflection import same_word
from chatdesk.tasks.terms import term_kept, terms_in


def found(text, language, *terms):
    return [
        text[each.start : each.end] for each in terms_in(text, language, [Term(term, "x") for term in terms])
    ]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "contract", "Contracts"),
        ("en", "company", "companies"),
        ("en", "use", "using"),
        ("en-GB", "box", "boxes"),
        ("de", "Vertrag", "Verträge"),
        ("de-AT", "Haus", "Häusern"),
        ("de", "Mitarbeiter", "Mitarbeiterinnen"),
        ("fr", "journal", "journaux"),
        ("fr", "employé", "employées"),
        ("es", "canción", "canciones"),
        ("es", "vez", "veces"),
        ("pt-BR", "contratação", "contratações"),
        ("it", "amico", "amici"),
        ("sv", "flicka", "flickorna"),
        ("ru", "договор", "договорами"),
        ("pl", "umowa", "umowy"),
        ("fi", "sopimus", "sopimuksessa"),
        ("tr", "sözleşme", "sözleşmelerde"),
        ("ar", "العقد", "عقد"),
        ("ar", "كتاب", "والكتاب"),
        ("he", "חוזה", "החוזה"),
        ("", "word", "words"),
    ],
)
def test_forms_of_one_word_are_the_same(language, one, other):
    assert same_word(one, other, language)
    assert same_word(other, one, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "car", "care"),
        ("en", "plan", "plane"),
        ("en", "us", "use"),
        ("en", "contract", "contractual"),
        ("en", "term", "terminal"),
        ("de", "Bau", "Baum"),
        ("de", "Vertrag", "Vertreter"),
        ("fr", "port", "portail"),
        ("en", "v10", "v100"),
        ("ja", "か", "が"),
        ("th", "กา", "กำ"),
    ],
)
def test_other_words_are_not(language, one, other):
    assert not same_word(one, other, language)


def test_whole_words_are_found_in_any_case_where_the_term_is_small():
    text = "Contracts are kept. The contract is a CONTRACT, not contractual."
    assert found(text, "en", "contract") == ["Contracts", "contract", "CONTRACT"]


def test_large_letters_of_a_term_have_to_be_large():
    assert found("The US told us: USE it", "en", "US") == ["US"]
    assert found("An apple from Apple and APPLE", "en", "Apple") == ["Apple", "APPLE"]
    assert found("Die Verträge", "de", "Vertrag") == ["Verträge"]


def test_the_longest_of_terms_that_overlap_counts():
    text = "The annual general meeting and the general meetings of the board"
    assert found(text, "en", "meeting", "general meeting", "annual general meeting", "board") == [
        "annual general meeting",
        "general meetings",
        "board",
    ]


def test_a_term_as_it_is_written_comes_before_a_form_of_another():
    terms = [Term("banks", "1"), Term("bank", "2")]
    assert [each.term.target for each in terms_in("bank banks", "en", terms)] == ["2", "1"]


def test_words_of_a_term_stand_together():
    assert found("power, supply; power\nsupply power-supply", "en", "power supply") == [
        "power\nsupply",
        "power-supply",
    ]


def test_writing_without_spaces_needs_no_borders():
    assert found("新しい翻訳メモリを使います", "ja", "翻訳メモリ") == ["翻訳メモリ"]
    assert found("我们签订了合同。", "zh-Hans", "合同") == ["合同"]
    assert found("계약서를 읽다", "ko", "계약") == ["계약"]
    assert found("ฉันมีสัญญาใหม่", "th", "สัญญา") == ["สัญญา"]


def test_terms_with_signs_are_found_as_they_are():
    assert found("C++ and C and c++", "en", "C++") == ["C++"]
    assert found("100 %!", "en", "%") == ["%"]
    assert found("See AT&T", "en", "AT&T") == ["AT&T"]


def test_nothing_is_found_in_nothing():
    assert found("", "en", "word") == []
    assert found("word", "en", "", " ") == []
    assert found("word", "en") == []


@pytest.mark.parametrize(
    ("language", "target", "translation"),
    [
        ("de", "Vertrag", "Gemäß den Verträgen ist das so."),
        ("de", "Vertrag", "Der Kaufvertrag gilt."),
        ("de", "Allgemeine Geschäftsbedingungen", "Nach unseren Allgemeinen Geschäftsbedingungen."),
        ("de", "Prüfgerät", "Die Geräte prüfen? Nein: Prüfgeräte."),
        ("fr", "compte d'utilisateur", "Les comptes d’utilisateurs sont prêts."),
        ("es", "acuerdo de nivel", "Los acuerdos de niveles"),
        ("ja", "翻訳 メモリ", "翻訳メモリを使う"),
        ("ar", "عقد", "وقّع العقد أمس"),
        ("ru", "договор", "Согласно договору"),
        ("en", "ChatDesk", "chatdesk is here"),
        ("en", "", "anything"),
    ],
)
def test_a_term_is_kept_in_any_form(language, target, translation):
    assert term_kept(translation, language, Term("x", target))


@pytest.mark.parametrize(
    ("language", "target", "translation"),
    [
        ("de", "Vertrag", "Die Vereinbarung gilt."),
        ("en", "account", "The user has a profile."),
        ("ja", "契約", "約束を契る"),
        ("fr", "compte d'utilisateur", "Le profil d'utilisateur"),
        ("en", "word", ""),
    ],
)
def test_another_word_does_not_keep_a_term(language, target, translation):
    assert not term_kept(translation, language, Term("x", target))


def test_thousands_of_terms_take_milliseconds():
    terms = [Term(f"term{chr(97 + n % 26)}{n} word", "x") for n in range(5000)] + [Term("river bank", "Ufer")]
    text = "The quick brown fox jumps over the lazy dog near the river banks of the old town. " * 12
    assert len(terms_in(text, "en", terms)) == 12
    start = time.process_time()
    for _ in range(10):
        terms_in(text, "en", terms)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("language", "target", "translation"),
    [
        ("en", "knife", "two knives"),
        ("en", "run", "They are running it."),
        ("en", "child", "The children play."),
        ("fr", "travail", "les travaux"),
        ("fr", "œil", "les yeux"),
        ("es", "hablar", "Ellos hablaron."),
        ("es", "vender", "Vendieron la casa."),
        ("de", "E-Mail", "Die Email ist da."),
        ("de", "Backup", "Das Back-up läuft."),
        ("de", "Datenbank", "Die Daten-Bank"),
    ],
)
def test_irregular_forms_and_hyphens_keep_a_term(language, target, translation):
    assert term_kept(translation, language, Term("x", target))


def test_words_are_found_with_a_hyphen_and_without_one():
    assert found("e-mail, email, E-Mails", "en", "e-mail") == ["e-mail", "email", "E-Mails"]
    assert found("A back-up and backups", "en", "backup") == ["back-up", "backups"]
    assert found("the children's yeux", "en", "child") == ["children"]
    assert found("a recover and re-cover", "en", "Re-cover") == []
