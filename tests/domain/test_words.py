"""Translated sentences: one place, and plurals."""

import gettext

import pytest

from chatdesk.domain import words


@pytest.fixture
def german():
    class German(gettext.NullTranslations):
        def gettext(self, message):
            return {"Today": "Heute"}.get(message, message)

        def ngettext(self, msgid1, msgid2, n):
            return "{count} Ort" if n == 1 else "{count} Orte"

    words.install(German())
    yield
    words.install(gettext.NullTranslations())


def test_sentences_are_english_by_themselves():
    assert words.tr("Today") == "Today"
    assert words.trn("{count} place", "{count} places", 1) == "1 place"
    assert words.trn("{count} place", "{count} places", 2) == "2 places"


def test_an_installed_catalogue_translates(german):
    assert words.tr("Today") == "Heute"
    assert words.tr("Unknown") == "Unknown"
    assert words.trn("{count} place", "{count} places", 3) == "3 Orte"
