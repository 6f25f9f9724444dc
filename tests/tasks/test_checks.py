"""All that can be seen to be wrong with a translation, together."""

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
        Finding(FindingKind.term, wanted="Vertrag"),
    )
    assert kinds(source, "Der Vertrag und der andere Vertrag des Kontos", "en", "de", found) == []


def test_findings_stand_in_the_order_of_the_translation():
    found = findings("{a} http://a.org {b}", "{b} http://b.org {c} und noch mehr hier", "", "", ())
    assert [each.start for each in found] == [4, 17]
