"""All that can be seen to be wrong with a translation, together."""

import time

import pytest

from chatdesk.domain.glossaries import Term
from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.checks import findings
from chatdesk.tasks.terms import terms_in


def kinds(*values):
    return [finding.kind.value for finding in findings(*values)]


def test_a_good_translation_has_no_findings():
    assert (
        kinds("Hello {name}, see https://a.org.", "Hallo {name}, siehe https://a.org.", "en", "de", ()) == []
    )


def test_an_empty_translation_is_nothing_but_empty():
    assert kinds("Hello {name}, see https://a.org.", "  ", "en", "de", ()) == ["empty"]


def test_a_term_that_the_translation_lacks_is_found_once_with_what_is_wanted():
    source = "The contract and the other contract of the account"
    found = terms_in(source, "en", [Term("contract", "Vertrag"), Term("account", "Konto")])
    assert findings(source, "Die Vereinbarung und die andere des Kontos", "en", "de", found) == (
        Finding(FindingKind.term, 0, 42, "Vertrag"),
    )
    assert kinds(source, "Der Vertrag und der andere Vertrag des Kontos", "en", "de", found) == []


def test_a_term_is_missed_at_the_sentence_that_should_have_it():
    source = "The house is old. The contract is new. The garden is small."
    found = terms_in(source, "en", [Term("contract", "Vertrag")])
    text = "Das Haus ist alt. Die Abmachung ist neu. Der Garten ist klein."
    (finding,) = findings(source, text, "en", "de", found)
    assert text[finding.start : finding.end] == "Die Abmachung ist neu."
    text = "Das Haus ist alt, die Abmachung neu. Der Garten ist klein."
    (finding,) = findings(source, text, "en", "de", found)
    assert text[finding.start : finding.end] == text


def test_findings_stand_in_the_order_of_the_translation():
    found = findings("{a} http://a.org {b}", "{b} http://b.org {c} und noch mehr hier", "", "", ())
    assert [each.start for each in found] == [4, 17]


PAIRS = [
    (
        "en",
        "de",
        "Dear Ms Schmidt, your order #48213 of 3 March 2024 (2 × A4 paper, €15.90) will be delivered by "
        "5:30 pm. "
        "Track it at https://shop.example.org/t/48213 or write to help@example.org.",
        "Sehr geehrte Frau Schmidt, Ihre Bestellung Nr. 48213 vom 3. März 2024 (2 × A4-Papier, 15,90 €) "
        "wird bis "
        "17:30 Uhr geliefert. Verfolgen Sie sie unter https://shop.example.org/t/48213 oder schreiben Sie an "
        "help@example.org.",
    ),
    (
        "en",
        "fr",
        "The population grew by 2.4% to 1,250,000 in the first quarter of 2023, the Mayor of London said "
        "on Monday.",
        "La population a augmenté de 2,4 % pour atteindre 1 250 000 habitants au premier trimestre 2023, "
        "a déclaré "
        "lundi le maire de Londres.",
    ),
    (
        "en",
        "es",
        "Preheat the oven to 180 °C (350 °F). Mix three eggs with half a cup of sugar, and bake for 25 "
        "minutes.",
        "Precaliente el horno a 180 °C (350 °F). Mezcle 3 huevos con 1/2 taza de azúcar y hornee 25 minutos.",
    ),
    (
        "en",
        "pt-BR",
        "Would you like to delete {count} files from “{folder}”? This cannot be undone.",
        "Deseja excluir {count} arquivos de “{folder}”? Esta ação não pode ser desfeita.",
    ),
    (
        "en",
        "ja",
        "Dr. Brown arrived in Tokyo at 9 a.m. on May 5 with two suitcases and ¥120,000 in cash.",
        "ブラウン博士は5月5日午前9時に、スーツケース2つと現金12万円を持って東京に到着しました。",
    ),
    (
        "en",
        "ar",
        "The company employs more than 3,500 people in 12 countries, and its profits rose by 15% last year.",
        "توظف الشركة أكثر من 3500 شخص في 12 دولة، وارتفعت أرباحها بنسبة 15٪ في العام الماضي.",
    ),
    (
        "de",
        "en",
        "Der Mietvertrag beginnt am 01.04.2025; die Kaution beträgt drei Monatsmieten, also 2.850,00 EUR.",
        "The lease begins on April 1, 2025; the deposit is 3 months' rent, i.e. EUR 2,850.00.",
    ),
    (
        "fr",
        "de",
        "Au XVIIIe siècle, Jean Dupont a vendu sa maison de Lyon pour 12 000 livres ; ses deux fils sont "
        "partis.",
        "Im 18. Jahrhundert verkaufte Jean Dupont sein Haus in Lyon für 12.000 Livres; seine beiden "
        "Söhne gingen fort.",
    ),
    (
        "ja",
        "en",
        "申し訳ございませんが、本日は午後6時に閉店いたします。お問い合わせは03-1234-5678まで。",
        "We are sorry, but we close at 6 p.m. today. For inquiries, please call 03-1234-5678.",
    ),
    (
        "es",
        "en",
        "¡Claro! La reunión es a las 4 de la tarde en la sala 2.º B; no olvides traer los ⟦1⟧documentos⟦/1⟧.",
        "Sure! The meeting is at 4 pm in room 2 B; don't forget to bring the ⟦1⟧documents⟦/1⟧.",
    ),
    (
        "pt",
        "fr",
        "Nota: o museu fecha à segunda-feira e reabre às 10h30. Bilhetes desde 7,50 €.",
        "Remarque : le musée ferme le lundi et rouvre à 10 h 30. Billets à partir de 7,50 €.",
    ),
    (
        "ar",
        "en",
        "وُلد الكاتب عام ١٩٥٢ في القاهرة ونشر روايته الأولى وهو في الخامسة والعشرين.",
        "The writer was born in Cairo in 1952 and published his first novel at the age of 25.",
    ),
    (
        "zh-Hans",
        "en",
        "他三十岁那年用了2.5万元买了第一辆车。",
        "At 30 he bought his first car for 25,000 yuan.",
    ),
    ("en", "zh-Hans", "It weighs 1.2 kg and is 30 cm long.", "它重1.2公斤，长30厘米。"),
    ("en", "de", "Is it open on Sunday? Yes, 10 to 6.", "Hat es sonntags offen? Ja, 10 bis 18 Uhr."),
    ("fr", "es", "Êtes-vous prêt ?", "¿Está listo?"),
]  # fmt: skip


@pytest.mark.parametrize(("source_language", "target_language", "source", "translation"), PAIRS)
def test_good_translations_of_real_texts_have_no_findings(
    source_language, target_language, source, translation
):
    assert findings(source, translation, source_language, target_language, (), target_language) == ()
    assert findings(translation, source, target_language, source_language, (), source_language) == ()
    assert findings(source, translation, "", target_language, ()) == ()


def test_bad_translations_have_them():
    source_language, target_language, source, translation = PAIRS[0]
    bad = translation.replace("48213", "48231").replace("Schmidt", "Meier").replace("17:30", "15:30")
    found = {finding.kind for finding in findings(source, bad, source_language, target_language, ())}
    assert {FindingKind.number, FindingKind.address, FindingKind.name} <= found


def test_a_long_paragraph_takes_milliseconds():
    source, translation = PAIRS[0][2] * 10, PAIRS[0][3] * 10
    start = time.process_time()
    findings(source, translation, "en", "de", ())
    assert time.process_time() - start < 0.5
