"""Addresses, placeholders, tags and marks in translations."""

import time

import pytest

from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.check_parts import bare_text, parts_findings


def found(source, translation):
    return [
        (each.kind.value, translation[each.start : each.end], each.wanted)
        for each in parts_findings(source, translation)
    ]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("See https://example.org/a?b=1.", "Siehe https://example.org/a?b=1!"),
        ("See https://example.org.", "https://example.orgを見てください。"),
        ("(www.example.org) is open", "（www.example.org）は開いています"),
        ("Write to anna@example.org, please.", "اكتب إلى anna@example.org من فضلك."),
        ("Hello {name}, you have {{count}} new messages", "Hola {name}: tienes {{count}} mensajes nuevos"),
        ("%s of %(total)d files, %1$s", "%(total)d Dateien, davon %s, %1$s"),
        ("It costs $5.", "Es kostet 5 $."),
        ("It costs $5.", "Cela coûte 5 dollars."),
        ("100% sure", "100%ig sicher"),
        ("50%discount", "50%de descuento"),
        ("Press <b>OK</b><br/>", "Drücken Sie <b>OK</b><br/>"),
        ("2 < 3 and 5 > 4", "2 < 3 und 5 > 4"),
        ("⟦1⟧Bold⟦/1⟧ text⟦2/⟧", "⟦1⟧Fetter⟦/1⟧ Text⟦2/⟧"),
        ("Item $1 of $2", "Posten $1 von $2"),
        ("请访问https://example.com/路径。", "Visit https://example.com/路径."),
        ("邮箱info@example.com", "Mail: info@example.com"),
        ("Visit example.com today.", "Besuchen Sie heute example.com."),
        ("It is in the house.Come in. See a.b", "Es ist im Haus.Der Herr, z.B. Brief.de.docx"),
        ("Hi {{ user.name | upper }}", "Hallo {{user.name|upper}}"),
        ("{% if a %}Yes{% endif %}, #{name}", "{% if a %}Ja{% endif %}, #{name}"),
        (
            "{count, plural, one {# file} other {# files}}",
            "{count, plural, one {# Datei} other {# Dateien}}",
        ),
        ("Hello %name%, 20%-30% off", "Hallo %name%, 20 % bis 30 % Rabatt"),
        ("", ""),
    ],
)
def test_parts_that_are_kept_are_no_finding(source, translation):
    assert found(source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        (
            "See https://example.org/en/a",
            "Siehe https://example.org/de/a",
            [("address", "https://example.org/de/a", "https://example.org/en/a")],
        ),
        ("Write to anna@example.org", "Schreib Anna", [("address", "", "anna@example.org")]),
        ("Nothing", "Siehe www.example.org", [("address", "www.example.org", "")]),
        ("Hello {name}", "Hola {nombre}", [("placeholder", "{nombre}", "{name}")]),
        ("%d files in %s", "%d Dateien", [("placeholder", "", "%s")]),
        ("%d and %d", "%d", [("placeholder", "", "%d")]),
        ("Item $1", "Posten", [("placeholder", "", "$1")]),
        ("See example.com", "Siehe beispiel.de", [("address", "beispiel.de", "example.com")]),
        ("Hi {{ a | upper }}", "Hallo {{ a }}", [("placeholder", "{{ a }}", "{{ a | upper }}")]),
        (
            "{count, plural, one {#}}",
            "{anzahl, plural, one {#}}",
            [("placeholder", "{anzahl, plural", "{count, plural")],
        ),
        ("Hello %name%!", "Hallo %nom%!", [("placeholder", "%nom%", "%name%")]),
        ("Total ${sum}", "Summe {sum}", [("placeholder", "{sum}", "${sum}")]),
        ("<b>Bold</b>", "<b>Fett<b>", [("tag", "<b>", "</b>")]),
        ("⟦1⟧a⟦/1⟧⟦2/⟧", "⟦1⟧a⟦/1⟧", [("tag", "", "⟦2/⟧")]),
        ("⟦1⟧a⟦/1⟧", "⟦/1⟧a⟦1⟧", [("tag", "", "")]),
    ],
)
def test_parts_that_are_lost_changed_or_added_are_found(source, translation, expected):
    assert found(source, translation) == expected


def test_parts_that_are_no_words_are_blanked_where_they_stand():
    text = "⟦1⟧See⟦/1⟧ <b>http://a.org</b> {x} now"
    assert len(bare_text(text)) == len(text)
    assert bare_text(text).split() == ["See", "now"]


def test_a_finding_without_a_place_has_none():
    (finding,) = parts_findings("{x}", "y")
    assert finding == Finding(FindingKind.placeholder, 0, 0, "{x}")


@pytest.mark.parametrize("text", ["a", "1", "a.", "a@", "{", "%", "<a ", "⟦", "://", "$1", "http://a", "⟦1⟧"])
def test_a_long_text_takes_little_time(text):
    start = time.process_time()
    found(text * 20_000, "")
    assert time.process_time() - start < 2
