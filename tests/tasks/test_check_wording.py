"""Translations that are empty, of a strange length, in another language, or not translated."""

import pytest

from chatdesk.tasks.check_wording import wording_findings
from chatdesk.tasks.scripts import Script, scripts_of, share_of, weighted_length

EN = "The meeting has been moved to Thursday because the hall is not free before that."
DE = "Die Besprechung wurde auf Donnerstag verschoben, weil der Saal vorher nicht frei ist."
FR = "La réunion a été reportée à jeudi, car la salle n'est pas libre avant cette date."
ES = "La reunión se ha aplazado al jueves porque la sala no está libre antes de esa fecha."
PT = "A reunião foi adiada para quinta-feira porque a sala não está livre antes dessa data."
JA = "会場がそれまで空いていないため、会議は木曜日に延期されました。"
AR = "تم تأجيل الاجتماع إلى يوم الخميس لأن القاعة غير متاحة قبل ذلك."
ZH = "由于会议室在此之前没有空，会议已改到星期四。"
RU = "Встречу перенесли на четверг, потому что зал до этого занят."
ALL = {"en": EN, "de": DE, "fr": FR, "es": ES, "pt": PT, "ja": JA, "ar": AR, "zh-Hans": ZH, "ru": RU}


def found(source, translation, source_language="en", target_language="de", detected=""):
    each = wording_findings(source, translation, source_language, target_language, detected)
    return [(finding.kind.value, translation[finding.start : finding.end]) for finding in each]


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize("source", ALL)
def test_a_translation_between_any_two_languages_is_no_finding(source, target):
    if source != target:
        assert found(ALL[source], ALL[target], source, target, target) == []
        assert found(ALL[source], ALL[target], source, target) == []
        assert found(ALL[source], ALL[target], "", target) == []


@pytest.mark.parametrize("target", ALL)
@pytest.mark.parametrize("source", ALL)
def test_what_is_not_translated_is_found_between_any_two_languages(source, target):
    if source != target:
        assert found(ALL[source], ALL[source], source, target, source) == [("untranslated", "")]


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("en", "de", "Information"),
        ("en", "de", "Anna Schmidt, Berlin"),
        ("en", "de", "The Great Gatsby"),
        ("en", "de", "print(the_name)"),
        ("en", "de", "for x in range(the_end): print(x)"),
        ("en", "de", "OK"),
        ("de", "en", "Hotel Adlon, Unter den Linden"),
        ("en", "ja", "iPhone 15 Pro Max"),
        ("en", "de", "in"),
        ("fr", "en", "Restaurant Le Petit Prince"),
        ("ja", "zh", "東京"),
        ("en", "en-GB", "The text is the same."),
        ("nb", "da", "12 kr. pr. stk."),
    ],
)
def test_names_titles_and_words_of_both_languages_may_stay(source, target, text):
    assert found(text, text, source, target, target) == []


@pytest.mark.parametrize("nothing", ["", " \n", "...", "⟦1⟧⟦/1⟧", "-"])
def test_an_empty_translation_is_found(nothing):
    assert found("A house", nothing) == [("empty", "")]


def test_what_has_no_words_needs_no_translation():
    assert found("12", "") == []
    assert found("https://example.org", "https://example.org") == []
    assert found("", "") == []


def test_a_sentence_that_was_left_is_found_where_it_stands():
    translation = f"{DE} It is not clear who will be there. Bitte sagen Sie Bescheid."
    source = f"{EN} It is not clear who will be there. Please let us know."
    assert found(source, translation) == [("untranslated", "It is not clear who will be there.")]


@pytest.mark.parametrize(
    ("source", "translation"),
    [(EN, "Verschoben."), (EN, DE * 3), ("Yes", DE), (EN * 5, JA), (JA, EN * 4), (ZH * 4, EN)],
)
def test_a_translation_that_is_much_longer_or_shorter_is_found(source, translation):
    assert ("length", "") in found(source, translation, "", "")


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("OK", "In Ordnung"),
        ("Save as…", "Enregistrer sous un autre nom…"),
        ("Geschwindigkeitsbegrenzung", "Speed limit"),
        ("会議", "Meeting of the board"),
        ("FAQ", "Preguntas frecuentes"),
    ],
)
def test_short_texts_may_differ_in_length(source, translation):
    assert found(source, translation, "", "") == []


@pytest.mark.parametrize(
    ("target", "detected", "text"),
    [("de", "fr", FR), ("de", "", RU), ("ja", "", EN), ("ja", "zh", ZH), ("pt-BR", "es", ES),
     ("German", "fr", FR), ("ru", "", DE)],
)  # fmt: skip
def test_another_language_than_was_asked_for_is_found(target, detected, text):
    assert found("Etwas ganz anderes, das hier so als Ausgangstext dient, und noch mehr.", text, "is", target,
                 detected) == [("language", "")]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "detected", "text"),
    [
        ("pt-BR", "pt", PT),
        ("nb", "da", "Møtet er flyttet til torsdag fordi salen ikke er ledig."),
        ("sr", "hr", "Sastanak je pomeren za četvrtak jer sala nije slobodna."),
        ("zh-Hans", "zh", ZH),
        ("zh-Hant", "zh", "由於會議室在此之前沒有空，會議已改到星期四。"),
        ("de", "en", "Anna Miller, London"),
        ("ja", "", "OK"),
        ("en", "", "α"),
        ("de", "nl", "Hallo Anna"),
        ("Klingon", "en", EN),
        ("German", "de", DE),
        ("de", "fr", "https://example.org/la/page/de/la/maison"),
        ("ja", "", "Microsoft Windows Server"),
    ],
)
def test_variants_relatives_and_short_texts_are_no_other_language(target, detected, text):
    kinds = {kind for kind, _ in found("Eitthvað allt annað sem er hér.", text, "is", target, detected)}
    assert kinds <= {"length"}


def test_writings_are_known():
    assert scripts_of("ja") == {Script.kana, Script.han}
    assert scripts_of("pt-BR") == {Script.latin}
    assert scripts_of("sr") == frozenset()
    assert share_of("", {Script.latin}) == 0
    assert share_of("abмн", {Script.latin}) == 0.5
    assert weighted_length("ab 1!") == 3
    assert weighted_length("中") > 2


@pytest.mark.parametrize(
    ("source", "translation", "source_language", "target", "detected", "expected"),
    [
        ("Good morning, how are you?", "Bonjour, comment allez-vous ?", "en", "de", "fr", {"language"}),
        ("The house is large.", "The house is big.", "en", "de", "en", {"language"}),
        ("The house", "房子", "en", "de", "", {"language"}),
        ("The house is red.", "Дом красный.", "en", "de", "", {"language"}),
        ("The letters α and β", "α, β", "en", "de", "", set()),
        ("The country has libraries.", "国家有许多图书馆。", "en", "zh-Hant", "zh", {"language"}),
        ("The country has libraries.", "國家有許多圖書館。", "en", "zh-Hans", "zh", {"language"}),
        ("The country has libraries.", "國家有許多圖書館。", "en", "zh", "zh", set()),
        ("Mein Sohn ist Student.", "Mein Sohn ist Student.", "de", "en", "", {"untranslated"}),
        ("Estoy muy listo.", "Estoy muy listo.", "es", "en", "", {"untranslated"}),
        ("Estoy muy listo hoy", "Estoy muy listo hoy", "es", "en", "es", {"untranslated"}),
        ("a = b.c(d).", "a = b.c(d).", "en", "de", "", set()),
        ("Hotel Bristol Berlin", "Hotel Bristol Berlin", "de", "en", "de", set()),
    ],
)
def test_short_texts_in_another_language_or_writing_are_found(
    source, translation, source_language, target, detected, expected
):
    assert {kind for kind, _ in found(source, translation, source_language, target, detected)} == expected
