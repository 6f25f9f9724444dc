"""Numbers, times and dates in translations of many languages."""

import time

import pytest

from chatdesk.tasks.check_numbers import number_findings
from chatdesk.tasks.number_words import values_of_words


def found(source, translation, source_language="en", target_language="de"):
    return [
        (translation[each.start : each.end], each.wanted)
        for each in number_findings(source, translation, source_language, target_language)
    ]


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "translation"),
    [
        ("en", "de", "It costs 1,234.50 euros.", "Es kostet 1.234,50 Euro."),
        ("en", "fr", "It costs 1,234.50 euros.", "Cela coûte 1 234,50 euros."),
        ("en", "fr", "12,345,678 people", "12\u202f345\u202f678 personnes"),
        ("de", "en", "Die Fläche beträgt 357.592 km².", "The area is 357,592 km²."),
        ("de", "de-CH", "1.234.567", "1'234'567"),
        ("en", "hi", "10,00,000 people", "1000000 लोग"),
        ("en", "de", "3.50 m", "3,5 m"),
        ("en", "ar", "There are 25 rooms and 3.5 floors.", "هناك ٢٥ غرفة و٣٫٥ طوابق."),
        ("ja", "en", "価格は１２３０円です。", "The price is 1,230 yen."),
        ("en", "de", "I have 3 dogs and two cats.", "Ich habe drei Hunde und 2 Katzen."),
        ("en", "fr", "The 2nd and the 12th of them", "Le deuxième et le douzième"),
        ("en", "es", "1 egg, 15 apples", "Un huevo, quince manzanas"),
        ("de", "en", "Ein Dutzend Eier, 25 Gäste", "12 eggs, twenty-five guests"),
        ("fr", "en", "18 personnes", "eighteen people"),
        ("en", "fr", "seventeen people", "17 personnes"),
        ("en", "zh", "25 people, 3 dogs, 300 cats", "二十五个人，三只狗，三百只猫"),
        ("zh", "en", "二〇二四年有两个人", "In 2024 there were 2 people"),
        ("en", "ko", "3 dogs", "개 세 마리"),
        ("en", "ru", "He has 4 children and 2 dogs.", "У него четверо детей и две собаки."),
        ("en", "ru", "the 19th century", "XIX век"),
        ("fr", "en", "au XXIe siècle", "in the 21st century"),
        ("en", "de", "The meeting is at 3 pm.", "Die Besprechung ist um 15 Uhr."),
        ("en", "de", "The meeting is at 3:30 p.m.", "Die Besprechung ist um 15:30 Uhr."),
        ("en", "de", "at 9 am", "um 9.00 Uhr"),
        ("en", "fr", "from 8:15 am to 5:45 pm", "de 8h15 à 17h45"),
        ("de", "en", "von 8 bis 17 Uhr", "from 8 to 5 pm"),
        ("en", "ja", "at 2 p.m.", "14時に"),
        ("en", "zh", "at 15:00", "下午3点"),
        ("en", "es", "at 16:00", "a las 4 de la tarde"),
        ("en", "de", "at noon, 12:00", "mittags"),
        ("en", "de", "at 3:30", "um halb vier"),
        ("en", "de", "on March 12, 2025", "am 12.03.2025"),
        ("en", "de", "12/31/2024", "31.12.2024"),
        ("en", "ja", "July 9, 2024", "2024年7月9日"),
        ("ja", "en", "2024年7月9日", "July 9, 2024"),
        ("en", "es", "9 July 2024", "9 de julio de 2024"),
        ("en", "ar", "9 July 2024", "9 يوليو 2024"),
        ("en", "pl", "on 2024-07-09", "9 lipca 2024"),
        ("ja", "en", "令和6年", "2024"),
        ("en", "th", "in 2024", "ในปี 2567"),
        ("en", "de", "in the 1990s", "in den 90er Jahren"),
        ("en", "de", "1.5 million people", "1,5 Millionen Menschen"),
        ("en", "zh", "1.5 million people", "150万人"),
        ("zh", "en", "3亿元", "300 million yuan"),
        ("en", "de", "$20k", "20.000 Dollar"),
        ("en", "de", "25% of them", "25 Prozent von ihnen"),
        ("en", "tr", "25% of them", "onların yüzde 25'i"),
        ("en", "de", "1/2 cup", "½ Tasse"),
        ("en", "de", "0.5 litres", "ein halber Liter"),
        ("en", "de", "+1 (555) 123-4567", "+1 555 123 4567"),
        ("en", "fr", "Chapter 3 100 pages", "Chapitre 3\xa0: 100 pages"),
        ("en", "de", "version 2.14.1", "Version 2.14.1"),
        ("en", "de", "{0} of %2$d at https://a.org/12", "von %2$d {0} unter https://a.org/12"),
        ("en", "de", "⟦1⟧A⟦/1⟧ 5", "5 ⟦1⟧A⟦/1⟧"),
        ("en", "de", "It may take 2 days in May.", "Im Mai kann es 2 Tage dauern."),
        ("", "", "5 dogs", "five dogs"),
        ("en", "de", "Windows 11 and MP3", "Windows 11 und MP3"),
        ("en", "de", "a fortnight", "zwei Wochen"),
        ("en", "de", "", ""),
    ],
)
def test_a_number_is_the_same_however_it_is_written(source_language, target_language, source, translation):
    assert found(source, translation, source_language, target_language) == []
    assert found(translation, source, target_language, source_language) == []


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("It costs 1,234.50 euros.", "Es kostet 1.243,50 Euro.", [("1.243,50", "1,234.50")]),
        ("It costs 3.5 euros.", "Es kostet 35 Euro.", [("35", "3.5")]),
        ("It costs 350 euros.", "Es kostet etwas.", [("", "350")]),
        ("It costs something.", "Es kostet 350 Euro.", [("350", "")]),
        ("I have 5 dogs.", "Ich habe drei Hunde.", [("", "5")]),
        ("I have 5 dogs.", "Ich habe 6 Hunde.", [("6", "5")]),
        ("The meeting is at 3 pm.", "Die Besprechung ist um 16 Uhr.", [("16", "3")]),
        ("at 3:30", "um 4:40", [("4:40", "3:30")]),
        ("on March 12, 2025", "am 12. April 2025", [("12. April", "")]),
        ("on March 12, 2025", "am 13.03.2025", [("13.03.2025", "12")]),
        ("25% of them", "25 von ihnen", [("", "%")]),
        ("1.5 million people", "15.000 Menschen im Jahr 1955", [("15.000", "1.5"), ("1955", "")]),
        ("in 1984 and 2024", "im Jahr 1984", [("", "2024")]),
    ],
)
def test_a_number_that_is_lost_or_changed_is_found(source, translation, expected):
    assert found(source, translation) == expected


def test_small_words_mean_numbers():
    assert {"3", "25"} <= values_of_words("三和二十五", "zh") | values_of_words("drei", "de")
    assert "10000" in values_of_words("一万", "ja")
    assert "14" in values_of_words("Louis XIV", "en")
    assert "50" not in values_of_words("Le chat", "fr")


@pytest.mark.parametrize("text", ["1", "1,", "1 000 ", "9/", "12:30 ", "M", "5 May ", "万", "1'000.5 "])
def test_a_text_full_of_numbers_takes_little_time(text):
    long = text * (20_000 // len(text))
    start = time.process_time()
    found(long, long)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "translation", "wrong"),
    [
        ("en", "de", "-5 °C tonight", "Heute Nacht 5 °C", ("5", "-5")),
        ("en", "de", "-5 °C tonight", "Heute Nacht −5 °C", None),
        ("en", "de", "-5 °C tonight", "Heute Nacht 5 Grad unter null", None),
        ("en", "zh", "-5 °C tonight", "今晚零下5度", None),
        ("en", "de", "A result of (-$3.50)", "Ein Ergebnis von (3,50 $)", ("3,50", "-3.50")),
        ("en", "de", "A result of -$3.50", "Ein Ergebnis von -3,50 $", None),
        ("en", "de", "- 5 apples, pages 3-5, 10 -12 kg", "• 5 Äpfel, Seiten 3 bis 5, 10 bis 12 kg", None),
        ("en", "sw", "-5 °C tonight", "5 °C usiku huu", None),
    ],
)
def test_a_number_below_zero_stays_below_it(source_language, target_language, source, translation, wrong):
    assert found(source, translation, source_language, target_language) == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "translation", "wrong"),
    [
        ("en", "de", "We met on Monday.", "Wir trafen uns am Dienstag.", "Dienstag"),
        ("en", "de", "We met on Monday.", "Wir trafen uns am Montag.", None),
        ("en", "de", "It is due on Saturday night.", "Es ist Sonnabendnacht fällig.", None),
        ("en", "de", "The assembly is on Friday.", "Die Montage ist am Freitag.", None),
        ("zh", "en", "周五见，一周一次", "See you on Friday, once a week", None),
        ("zh", "en", "周五见", "See you on Thursday", "Thursday"),
        ("en", "fr", "In the mountains on Sundays", "À la montagne le dimanche", None),
        ("en", "es", "Open on Tuesdays", "Abierto los martes", None),
        ("en", "es", "Open on Tuesdays", "Abierto los jueves", "jueves"),
        ("en", "ru", "The world around us on Monday", "Окружающая среда в понедельник", None),
        ("en", "de", "We met in March.", "Wir trafen uns im April.", "April"),
        ("en", "fr", "7 children in March", "sept enfants en mars", None),
        ("de", "en", "Es war im März.", "It may have been in March.", None),
        ("en", "hr", "It ends on 5 October.", "Završava 5. listopada.", None),
        ("en", "de", "It ends on March 4, 2025.", "Es endet am 04.03.25.", None),
        ("de", "en", "Ende: 4.3.25", "End: March 4, 2025", None),
        ("de", "en", "Ende: 4.3.25", "End: March 4, 2026", "2026"),
    ],
)
def test_days_of_the_week_months_and_short_years_are_compared(
    source_language, target_language, source, translation, wrong
):
    told = [each for each, _ in found(source, translation, source_language, target_language)]
    assert told == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("source_language", "target_language", "source", "translation"),
    [
        ("en", "de", "half a million people", "500.000 Menschen"),
        ("de", "en", "500.000 Menschen", "half a million people"),
        ("de", "en", "eine halbe Milliarde", "500 million"),
        ("en", "de", "Open 7-8 pm", "Geöffnet 19–20 Uhr"),
        ("en", "fr", "Open from 7 to 8 pm", "Ouvert de 19 à 20 h"),
    ],
)
def test_halves_of_millions_and_ranges_of_hours_are_the_same(
    source_language, target_language, source, translation
):
    assert found(source, translation, source_language, target_language) == []


def test_another_half_and_another_range_are_not():
    assert found("half a million people", "50.000 Menschen") == [("50.000", "")]
    assert found("Open 7-8 pm", "Geöffnet 18–20 Uhr") == [("18", "7")]
