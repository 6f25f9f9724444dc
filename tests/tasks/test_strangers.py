"""Numbers, names and dates of a summary that its source does not have."""

import time
import tracemalloc

import pytest

from chatdesk.tasks.foreign_names import KnownNames
from chatdesk.tasks.strangers import Source, strangers

TEXT = (
    "In May 2024 Maria Lopez sold 1,600 cars for 3.5 million euros in Berlin. Her three sons, who live in "
    "the north, help her with the work. On 2024-07-09 it rained; the shop was closed. The next sale is on "
    "12.03.2025 at 14:30 and NATO officers have been invited to it by the mayor of the town. "
)
MINUTES = (
    "Minutes of the garden committee, 9 July 2024. Present: Maria Lopez, John Smith, Dr. "
    "Anna Berg and Elizabeth "
    "Müller. Mrs Lopez opened the meeting in Munich. The committee bought a shed. On 12 "
    "March 2024 the United "
    "Nations had visited the garden. George III was never in London. Mr Smith will paint "
    "the shed by 3 September "
    "2024. The European Union pays 45 % of the costs."
)
GERMAN = "Die Stadt hat im Mai ein Haus am Fluss gebaut, und die Leute aus dem Dorf kamen mit dem Zug. " * 4


def found(summary, text=TEXT):
    return [summary[each.start : each.end] for each in strangers(summary, Source(text))]


@pytest.mark.parametrize(
    "summary",
    [
        "Maria Lopez sold 1600 cars in Berlin.",
        "She sold 1 600 cars, 1.600 cars and 1'600 cars.",
        "It brought 3,5 million, or 3.50 million euros.",
        "She has 3 sons.",
        "It rained on 9 July 2024 in the shop.",
        "The sale is on March 12, 2025 and on 12/03/2025 at 14:30.",
        "1. Maria sold cars.\n2. It rained.\n3. The shop was closed.",
        "Lopez's cars were sold in Berlins north to the NATO.",
        "Cars were sold. Rain was there. Sons help.",
        "",
    ],
)
def test_what_the_source_has_is_no_stranger_however_it_is_written(summary):
    assert found(summary) == []


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Maria sold 1,601 cars for 35 million.", ["1,601", "35"]),
        ("Maria Lopes and Peter Smith sold cars in Munich.", ["Peter", "Smith", "Munich"]),
        ("On 9 August 2024 it rained and the shop was closed.", ["August"]),
        ("The sale is on 13.03.2025 at 15:30.", ["13.03.2025", "15"]),
        ("| Fact | Value |\n| --- | --- |\n| Cars | 1,700 |\n| Town | Berlin |", ["1,700"]),
        ("The EU helps her with the work.", ["EU"]),
    ],
)
def test_what_the_source_lacks_is_a_stranger(summary, expected):
    assert found(summary) == expected


def test_a_day_that_the_source_names_with_another_month_is_a_stranger():
    text = "It rained on 9 July 2024. The sale began on 12 March 2024, and Anna came on 3 August 2024."
    assert found("It rained on 9 July 2024, on July 9, on 9.7.2024 and on 3 August.", text) == []
    assert found("It rained on 3 July 2024 and on March 9, 2024.", text) == ["3 July", "March 9"]
    assert found("It rained on 5 to 9 July.", "From 5 to 9 July it rained.") == []
    assert found("It rained on 5 July.", "In July it rained, most of all on the 5th.") == []


@pytest.mark.parametrize(
    "summary",
    [
        "Der Gartenausschuss traf sich am 9. Juli 2024 in München. Frau Lopez eröffnete die "
        "Sitzung, und Maria "
        "Autos, wie man so sagt. Die Vereinten Nationen kamen am 12. März. Herr Smith "
        "streicht den Schuppen bis "
        "zum 3. September 2024. Die Frau Ministerin zahlt 45 %. Elisabeth Müller und Georg "
        "III. waren nie da.",
        "Le comité du jardin s'est réuni le 9 juillet 2024 à Munich. Mme Lopez a ouvert la "
        "séance avec le docteur "
        "Anne Berg. Les Nations Unies sont venues le 12 mars 2024. M. Smith peindra l'abri "
        "avant le 3 septembre. "
        "L'Union Européenne paie 45 %. Georges III n'était jamais à Londres.",
        "El comité del jardín se reunió el 9 de julio de 2024 en Múnich. La señora López "
        "abrió la sesión. Las "
        "Naciones Unidas vinieron el 12 de marzo de 2024. El señor Smith pinta el cobertizo antes del 3 de "
        "septiembre de 2024. La Unión Europea paga el 45 %. María López y la doctora Ana Berg estaban allí.",
        "Комитет собрался 9 июля 2024 года в Мюнхене. Анна Берг и Джон Смит были там.",
        "委员会于2024年7月9日在慕尼黑开会。",
    ],
    ids=["German", "French", "Spanish", "Russian", "Chinese"],
)
def test_in_a_translation_from_english_what_is_only_written_otherwise_is_no_stranger(summary):
    assert found(summary, MINUTES) == []


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (
            "Frau Schmidt eröffnete die Sitzung am 9. August 2024. Peter Müller und Dr. Weber kauften ihn.",
            ["Schmidt", "August", "Peter", "Weber"],
        ),
        ("Am 10. Juli 2024 zahlte Herr Smith 46 % in der neuen Stadt.", ["10. Juli", "46"]),
        (
            "Mme Dupont a ouvert la séance le 9 août 2024. Maria Schmidt et Pierre Durand étaient là.",
            ["Dupont", "août", "Schmidt", "Pierre", "Durand"],
        ),
        (
            "La señora García abrió la sesión el 4 de julio de 2024 con Carlos Ruiz y María Gómez.",
            ["García", "4 de julio", "Carlos", "Ruiz", "Gómez"],
        ),
    ],
)
def test_people_and_days_that_the_source_lacks_are_strangers_in_a_translation(summary, expected):
    assert found(summary, MINUTES) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Protokoll vom 9. Juli 2024. Anwesend: Maria Lopez, Johannes Schmidt und Dr. Anna "
        "Berg. Frau Lopez eröffnete "
        "die Sitzung in München. Herr Schmidt streicht den Schuppen bis zum 3. September 2024.",
        "Procès-verbal du 9 juillet 2024. Présents : Marie Lopez, Jean Schmidt et le Dr Anne "
        "Berg. Mme Lopez a ouvert "
        "la séance à Munich. M. Schmidt peindra l'abri avant le 3 septembre 2024.",
        "Acta del 9 de julio de 2024. Presentes: María López, Juan Schmidt y la doctora Ana "
        "Berg. La señora López "
        "abrió la sesión en Múnich. El señor Schmidt pintará el cobertizo antes del 3 de septiembre de 2024.",
    ],
    ids=["German", "French", "Spanish"],
)
def test_english_summaries_of_other_languages_are_checked_as_well(text):
    good = (
        "The Garden Committee met in Munich on July 9, 2024. Mrs Lopez opened the meeting. "
        "Managing Director Anna "
        "Berg was present. Mr Schmidt will paint the shed by 3 September, as John Schmidt said on Tuesday."
    )
    assert found(good, text) == []
    bad = (
        "Mr Miller opened the meeting on 9 August 2024. Maria Jones and Peter Berg bought a "
        "shed for 1,700 euros."
    )
    assert found(bad, text) == ["Miller", "August", "Jones", "Peter", "1,700"]


def test_what_is_said_to_be_a_translation_is_one_even_if_the_words_are_alike():
    text = "A reunião da Comissão começou em Lisboa com Maria Lopes no dia 9 de julho de 2024."
    summary = "La reunión de la Comisión comenzó en Lisboa con María Lopes el 9 de julio de 2024 en Portugal."
    assert [summary[a.start : a.end] for a in strangers(summary, Source(text), translated=True)] == []


@pytest.mark.parametrize(
    "summary",
    [
        "Otto persone sono state invitate alla seduta del comitato, e tutte hanno detto di sì.",
        "Manuel d'utilisation et clés ont été remis au comité.",
        "Marco legal y costes se explicaron al comité antes de comprar el cobertizo.",
        "Frank words were said. Eve of the vote. Claire was not there.",
    ],
)
def test_a_first_name_that_is_a_word_as_well_is_left_alone(summary):
    text = "Der Ausschuss tagte und kaufte einen Schuppen für den Garten." * 3
    assert found(summary, text) == []


def test_names_in_another_script_are_not_looked_for():
    assert found("Mr Ivanov and Anna Petrova met.", "Встреча: Анна Петрова, господин Иванов.") == []


def test_where_all_nouns_have_large_letters_only_names_of_several_words_are_looked_for():
    assert found("Die Stadt hat eine Brücke am Fluss gebaut.", GERMAN) == []
    assert found("Die Stadt hat für Anna Schmidt ein Haus am Fluss gebaut.", GERMAN) == ["Anna", "Schmidt"]


def test_a_long_text_takes_milliseconds():
    source = Source(TEXT * 300)
    start = time.process_time()
    strangers(TEXT * 5, source)
    assert time.process_time() - start < 3


def test_a_word_without_end_takes_neither_time_nor_memory():
    tracemalloc.start()
    try:
        found = KnownNames({"a" * 60_000, "anna"})
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert found.has("Anna")
