"""Names in translations: those that have to stay, and those that are another word elsewhere."""

import time

import pytest

from chatdesk.tasks.check_names import name_findings


def found(source, translation, source_language="en", target_language="de"):
    return [
        (translation[each.start : each.end], each.wanted)
        for each in name_findings(source, translation, source_language, target_language)
    ]


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "translation"),
    [
        ("en", "de", "Yesterday Anna Schmidt met Robert.", "Gestern traf Anna Schmidt Robert."),
        ("en", "de", "We live in Munich, Germany.", "Wir wohnen in München, Deutschland."),
        ("en", "fr", "On Monday Peter's brother came.", "Lundi, le frère de Peter est venu."),
        ("en", "es", "Pope Francis and King Charles", "El papa Francisco y el rey Carlos"),
        ("en", "de", "Lake Victoria and Saint Helena", "Der Viktoriasee und St. Helena"),
        ("en", "de", "Thank you, Mr. President.", "Danke, Herr Präsident."),
        ("de", "en", "Sehr geehrte Frau Bürgermeisterin,", "Dear Madam Mayor,"),
        ("de", "en", "Der Vertrag mit Frau Müller ist gültig.", "The contract with Mrs Müller is valid."),
        ("de", "en", "Die Frau Direktorin Weber", "Director Weber"),
        ("en", "de", "Anna Goes Home at Last", "Anna geht endlich nach Hause"),
        ("en", "ru", "Anna Schmidt is here.", "Анна Шмидт здесь."),
        ("en", "ja", "Robert is in Paris.", "ロバートはパリにいます。"),
        ("ja", "en", "田中さんは Robert に会った。", "Mr. Tanaka met Robert."),
        ("en", "ar", "Peter lives in Cairo.", "يعيش بيتر في القاهرة."),
        ("en", "pl", "I saw Robert and Anna.", "Widziałem Roberta i Annę."),
        ("en", "de", "I watch YouTube on my iPhone.", "Ich schaue YouTube auf meinem iPhone."),
        ("en", "fr", "It uses 5 kWh and mRNA.", "Il consomme 5 kWh et de l'ARNm."),
        ("de", "en", "Liebe StudentInnen, eine eMail", "Dear students, an email"),
        ("en", "es", "The PhD students of the GmbH", "Los doctorandos de la SL"),
        (
            "en",
            "de",
            "Hello {userName}, see https://a.org/YouTube",
            "Hallo {userName}, siehe https://a.org/YouTube",
        ),
        ("en", "de", "The United Nations and NATO", "Die Vereinten Nationen und die NATO"),
        ("fr", "en", "M. Dupont est arrivé.", "Mr Dupont has arrived."),
        ("es", "pt", "Santa María y José", "Santa Maria e José"),
        ("", "", "", ""),
    ],
)
def test_names_that_stay_or_are_translated_are_no_finding(
    source_language, target_language, source, translation
):
    assert found(source, translation, source_language, target_language) == []


@pytest.mark.parametrize(
    ("source", "translation", "target_language", "expected"),
    [
        ("Yesterday Anna met Robert here.", "Gestern traf sie ihn, Robert, hier.", "de", [("", "Anna")]),
        ("Yesterday Anna met us here.", "Ayer Laura nos encontró aquí.", "es", [("Laura", "Anna")]),
        ("I met Mrs Hartwig here.", "J'ai rencontré Mme Bertrand ici.", "fr", [("Bertrand", "Hartwig")]),
        ("I watch YouTube on my iPhone.", "Ich schaue auf meinem iPhone.", "de", [("", "YouTube")]),
    ],
)
def test_names_that_are_lost_or_changed_are_found(source, translation, target_language, expected):
    assert found(source, translation, "en", target_language) == expected


def test_a_word_without_end_takes_little_time():
    start = time.process_time()
    assert found("I met Anna Schmidt here.", "Ich traf " + "the" * 30_000) == [("", "Anna"), ("", "Schmidt")]
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "translation", "lost"),
    [
        ("de", "en", "Das ist Annas Buch.", "This is Maria's book.", ["Annas"]),
        ("de", "en", "Das ist Annas Buch.", "This is Anna's book.", []),
        ("en", "de", "Mr Smith called Mrs Jones.", "Herr Schmidt rief Frau Jones an.", ["Smith"]),
        ("en", "de", "That is Anna's book here.", "Das ist Marias Buch hier.", ["Anna's"]),
        ("en", "fr", "That is Anna's book here.", "C'est le livre d'Anna.", []),
        ("en", "de", "The book of Eva is here.", "Evas Buch ist hier.", []),
        ("en", "cs", "I know Eva well.", "Znám Evu dobře.", []),
        ("en", "pl", "I saw Jan today here.", "Dziś widziałem Jana.", []),
        ("de", "en", "Das Haus des Glücks und alles Gutes.", "The house of luck and all the best.", []),
    ],
)
def test_names_in_the_genitive_and_in_other_cases(
    source_language, target_language, source, translation, lost
):
    found = name_findings(source, translation, source_language, target_language)
    assert [each.wanted for each in found if each.wanted] == lost
