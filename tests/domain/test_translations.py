"""Translations as values: how paragraphs and what stands between them become one text."""

import pytest

from chatdesk.domain.translations import Segment, Translation, TranslationWishes, joined


def test_a_translation_has_the_gaps_of_its_source():
    segments = (Segment(0, "One.", "Eins."), Segment(1, "Two.", "Zwei."))
    translation = Translation(TranslationWishes("de"), "Model", segments, ("\t", "\n\n", "\n"))
    assert translation.source == "\tOne.\n\nTwo.\n"
    assert translation.text == "\tEins.\n\nZwei.\n"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("One.", "Two."), "One. Two."),
        (("一。", "二。"), "一。二。"),
        (("One.", "二。"), "One.二。"),
        (("One. ", "Two."), "One. Two."),
        (("One.", ""), "One."),
        (("", "Two."), "Two."),
    ],
)
def test_sentences_that_touch_in_chinese_get_a_space_in_scripts_that_have_one(texts, expected):
    assert joined(("", "", ""), texts) == expected


def test_an_empty_text_is_its_gap():
    assert Translation(TranslationWishes("de"), "Model", (), (" \n",)).text == " \n"
