"""Wishes and glossaries that a model or a language cannot take: said, and not offered."""

import pytest

from chatdesk.domain.glossaries import Glossary, Term
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.flows.translating import TranslationOptions
from chatdesk.tasks.translators import translator_for
from chatdesk.ui.translate.notices import glossary_notice, refused_wishes
from tests.ui.translate.text_desk import TextDesk


@pytest.fixture
def desk(qtbot):
    made = TextDesk(qtbot)
    yield made
    made.close()


def options(tmp_path, name):
    return TranslationOptions(ModelLoad(LocalModel(tmp_path / "m.gguf")), name, translator_for(name))


def test_a_tone_can_be_chosen_only_for_a_language_that_has_it(desk):
    desk.page.more.click()
    desk.page.to.chosen.emit("de")
    panel = desk.page.wishes
    desk.page.to.show_language("en")
    desk.control.directions.choose()
    assert not panel.tone.isEnabled()
    assert "English has one way to address everybody." in panel.refused.text()
    desk.page.to.show_language("de")
    desk.control.directions.choose()
    assert panel.tone.isEnabled()


def test_the_starter_says_that_it_takes_no_field(desk):
    desk.page.more.click()
    desk.control.directions.choose()
    panel = desk.page.wishes
    assert not panel.field.isEnabled()
    assert not panel.instruction.isEnabled()
    assert "takes no field or instruction" in panel.refused.text()
    assert panel.refused.isVisible()


def test_each_family_says_what_it_does_not_take(tmp_path):
    assert refused_wishes("de", options(tmp_path, "Qwen3-4B")) == ("", "")
    both = refused_wishes("de", options(tmp_path, "Hy-MT2-7B"))
    assert set(both) == {"Hy-MT2-7B takes no tone, field or instruction."}
    assert glossary_notice(options(tmp_path, "Qwen3-4B")) is None
    assert glossary_notice(options(tmp_path, "Hy-MT2-7B")) is None
    assert "MiLMMT-46-4B" in glossary_notice(options(tmp_path, "MiLMMT-46-4B")).text


def test_a_glossary_that_the_model_cannot_be_told_is_said_when_it_is_chosen(desk):
    glossary = Glossary("Sea", "en", "de", (Term("ship", "Schiff"),))
    desk.control.use_glossary(glossary.id)
    assert "cannot be told the words of a glossary" in desk.page.doubt.text
    assert desk.page.doubt.isVisible()
    desk.control.use_glossary(None)
    assert desk.page.doubt.isHidden()
