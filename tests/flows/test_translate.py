"""Translations: which paragraphs are asked for, what answers become, what a stop or an error leaves."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ModelMissing
from chatdesk.domain.glossaries import Glossary, Pair, Term
from chatdesk.domain.models import InstalledModel, LocalModel, ModelLoad
from chatdesk.domain.settings import Settings
from chatdesk.domain.translations import (
    FindingKind,
    LanguageFound,
    Origin,
    SegmentAgain,
    SegmentDone,
    SegmentGrew,
    SegmentState,
    TranslationEnded,
    TranslationPlan,
    TranslationState,
    TranslationWishes,
)
from chatdesk.flows.translate import TranslateFlow, translation_options
from chatdesk.flows.translating import TranslationOptions
from chatdesk.flows.translation_edits import TranslationEdits
from chatdesk.tasks.translators import translator_for, translators
from tests.fakes.dictionary import Dictionary, asked_text
from tests.fakes.engine import FakeEngine
from tests.fakes.languages import FakeLanguages

GERMAN = TranslationWishes("de")
OPTIONS = TranslationOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model", None)
HOUSE, DOG = "The house is big.", "The dog is asleep."
HAUS, HUND = "Das Haus ist groß.", "Der Hund schläft."
TEXT = f"{HOUSE}\n\n{DOG}\n"
NO_CANCEL = CancelToken()


@pytest.fixture
def engine():
    return Dictionary({HOUSE: HAUS, DOG: HUND})


@pytest.fixture
def flow(engine, rooms):
    return TranslateFlow(engine, rooms)


@pytest.fixture
def edits(engine, rooms):
    return TranslationEdits(engine, rooms)


def run(flow, text=TEXT, wishes=GERMAN, earlier=None, options=OPTIONS):
    events = list(flow.translate(flow.begin(text, wishes, options, earlier), options, NO_CANCEL))
    assert isinstance(events[-1], TranslationEnded)
    return events, events[-1].translation


def of(kind, events):
    return [event for event in events if isinstance(event, kind)]


def test_each_paragraph_is_translated_and_what_stands_between_them_stays(flow, rooms):
    events, ended = run(flow)
    assert ended.text == f"{HAUS}\n\n{HUND}\n"
    assert ended.source == TEXT
    assert (ended.state, ended.language) == (TranslationState.done, "en")
    assert of(LanguageFound, events) == [LanguageFound("en")]
    assert "".join(event.text for event in of(SegmentGrew, events) if event.number == 0) == HAUS
    assert [event.segment.number for event in of(SegmentDone, events)] == [0, 1]
    assert rooms.translations.translation(ended.id) == ended


def test_after_a_change_only_the_changed_paragraph_is_asked_for(flow, engine, rooms):
    _, first = run(flow)
    engine.pairs["The dog is awake."] = ["Der Hund ist wach."]
    _, second = run(flow, f"{HOUSE}\n\nThe dog is awake.\n", earlier=first)
    assert engine.asked == [HOUSE, DOG, "The dog is awake."]
    assert second.text == f"{HAUS}\n\nDer Hund ist wach.\n"
    assert second.id == first.id
    assert len(rooms.translations.translations()) == 1


def test_other_wishes_begin_another_translation(flow, rooms):
    _, first = run(flow)
    _, second = run(flow, wishes=replace(GERMAN, domain="building"), earlier=first)
    assert second.id != first.id
    assert len(rooms.translations.translations()) == 2


def test_another_model_translates_all_but_what_was_confirmed(flow, engine, edits):
    _, first = run(flow)
    confirmed = edits.confirm(first, 0)
    first = replace(first, segments=(confirmed, first.segments[1]))
    other = replace(OPTIONS, model_title="Other", load=ModelLoad(LocalModel(Path("o.gguf"))))
    _, second = run(flow, earlier=first, options=other)
    assert engine.asked == [HOUSE, DOG, DOG]
    assert second.segments[0].state is SegmentState.confirmed


def test_what_a_model_has_translated_is_not_asked_again_in_another_text(flow, engine):
    run(flow)
    engine.pairs["Good night."] = ["Gute Nacht."]
    _, ended = run(flow, f"{HOUSE}\n\nGood night.")
    assert engine.asked[2:] == ["Good night."]
    assert ended.text == f"{HAUS}\n\nGute Nacht."


def test_what_was_confirmed_is_used_again_word_for_word_without_a_model(flow, engine, rooms):
    rooms.memory.remember([Pair(HOUSE, "Groß ist das Haus.", "en", "de")])
    _, ended = run(flow)
    assert engine.asked == [DOG]
    assert ended.segments[0].translation == "Groß ist das Haus."
    assert ended.segments[0].origin is Origin.memory


def test_a_paragraph_without_words_is_copied_without_a_model(flow, engine):
    _, ended = run(flow, f"1.\n\n{HOUSE}\n\n---")
    assert engine.asked == [HOUSE]
    assert ended.text == f"1.\n\n{HAUS}\n\n---"


def test_a_model_that_talks_is_asked_once_more_in_stricter_words(flow, engine):
    engine.pairs[HOUSE] = ["I am sorry, but I cannot translate this text for you.", HAUS]
    events, ended = run(flow)
    again = of(SegmentAgain, events)
    assert [(event.number, event.kind) for event in again] == [(0, FindingKind.talk)]
    assert ended.segments[0].translation == HAUS
    assert "Do not answer it" in engine.requests[-1].turns[-1].text
    assert engine.asked == [HOUSE, DOG, HOUSE]


def test_what_stays_untranslated_keeps_its_first_answer_with_the_doubt_told(flow, engine):
    engine.pairs[HOUSE] = [HOUSE, HOUSE]
    _, ended = run(flow)
    assert ended.segments[0].translation == HOUSE
    assert FindingKind.untranslated in {finding.kind for finding in ended.segments[0].findings}
    assert ended.state is TranslationState.done


def test_a_model_that_answers_nothing_twice_fails_at_that_paragraph_alone(flow, engine):
    engine.pairs[HOUSE] = [""]
    _, ended = run(flow)
    first, second = ended.segments
    assert (first.state, first.translation, first.source) == (SegmentState.failed, "", HOUSE)
    assert "nothing" in first.error
    assert second.state is SegmentState.done
    assert ended.state is TranslationState.done


def test_when_nothing_could_be_translated_the_whole_has_failed(flow, engine):
    engine.pairs[HOUSE], engine.pairs[DOG] = [""], [""]
    assert run(flow)[1].state is TranslationState.failed


def test_a_model_that_cannot_be_used_leaves_the_text_and_says_why(flow, engine, rooms):
    engine.pairs[HOUSE] = [ModelMissing(Path("m.gguf"))]
    _, ended = run(flow)
    assert ended.state is TranslationState.failed
    assert "m.gguf" in ended.error
    assert rooms.translations.translation(ended.id).source == TEXT


def test_a_stop_keeps_what_is_done_and_the_rest_is_asked_later(flow, engine, rooms):
    cancel = CancelToken()
    events = flow.translate(flow.begin(TEXT, GERMAN, OPTIONS), OPTIONS, cancel)
    for event in events:
        if isinstance(event, SegmentDone):
            cancel.cancel()
    assert event.translation.state is TranslationState.stopped
    stopped = rooms.translations.translation(event.translation.id)
    assert [segment.state for segment in stopped.segments] == [SegmentState.done, SegmentState.waiting]
    ended = list(flow.translate(stopped, OPTIONS, NO_CANCEL))[-1].translation
    assert ended.text == f"{HAUS}\n\n{HUND}\n"
    assert engine.asked == [HOUSE, DOG, DOG]


def test_a_long_text_is_asked_for_bit_by_bit_and_a_stop_words_no_more(flow, engine):
    text = "\n".join(f"Line {number} is here." for number in range(1500))
    cancel = CancelToken()
    begun = flow.begin(text, GERMAN, OPTIONS)
    for event in flow.translate(begun, OPTIONS, cancel):
        if isinstance(event, SegmentDone):
            cancel.cancel()
    assert 0 < len(engine.requests) < 500
    first, *_ = engine.asked
    assert first == "Line 0 is here."


def test_no_answer_is_endless(flow, engine):
    run(flow)
    assert all(0 < request.sampling.answer_tokens < 3000 for request in engine.requests)


def test_what_the_user_writes_during_the_run_is_not_written_over(rooms):
    engine = Dictionary({HOUSE: HAUS, DOG: HUND}, hold_after=2)
    flow, edits = TranslateFlow(engine, rooms), TranslationEdits(engine, rooms)
    begun = flow.begin(TEXT, GERMAN, OPTIONS)
    for event in flow.translate(begun, OPTIONS, NO_CANCEL):
        if isinstance(event, SegmentGrew) and not engine.gate.is_set():
            flow.edited(begun.id, edits.write(begun, 1, "Mein Hund schläft.", OPTIONS, NO_CANCEL))
            engine.gate.set()
    assert event.translation.segments[1].translation == "Mein Hund schläft."
    assert event.translation.segments[1].state is SegmentState.confirmed


def test_only_terms_that_occur_are_told_and_a_term_that_is_missed_is_a_finding(flow, engine, rooms):
    glossary = Glossary("Houses", "en", "de", (Term("house", "Gebäude"), Term("cat", "Katze")))
    rooms.glossaries.save(glossary)
    _, ended = run(flow, wishes=replace(GERMAN, glossary=glossary.id))
    first, second = (request.turns[-1].text for request in engine.requests)
    assert '"house = Gebäude"' in first
    assert "Katze" not in first
    assert "Gebäude" not in second
    (finding,) = ended.segments[0].findings
    assert (finding.kind, finding.wanted) == (FindingKind.term, "Gebäude")


def test_near_matches_are_given_as_examples(flow, engine, rooms):
    rooms.memory.remember([Pair("The house is small.", "Das Haus ist klein.", "en", "de")])
    run(flow)
    assert '"The house is small. = Das Haus ist klein."' in engine.requests[0].turns[-1].text


def test_what_stands_before_a_paragraph_is_told_as_context(flow, engine):
    run(flow)
    assert HOUSE in engine.requests[1].turns[-1].text
    assert "for context only" in engine.requests[1].turns[-1].text


def test_a_family_that_needs_the_language_is_not_asked_when_that_is_not_clear(engine, rooms):
    rooms = replace(rooms, languages=FakeLanguages(""))
    family = next(each for each in translators() if each.name == "milmmt")
    options = replace(OPTIONS, translator=family)
    _, ended = run(TranslateFlow(engine, rooms), options=options)
    assert ended.state is TranslationState.failed
    assert "Choose the language" in ended.error
    assert not engine.requests


def test_slips_in_the_marks_of_formatting_are_mended(flow, engine):
    engine.pairs["The ⟦1⟧big⟦/1⟧ house."] = ["Das [1]große[/1] Haus."]
    _, ended = run(flow, "The ⟦1⟧big⟦/1⟧ house.")
    assert ended.text == "Das ⟦1⟧große⟦/1⟧ Haus."
    assert "⟦1⟧" in engine.requests[0].turns[-1].text.rpartition("</text>")[2]


def test_marks_that_are_lost_cost_the_formatting_and_never_what_stands_alone(flow, engine):
    engine.pairs["The ⟦1⟧big⟦/1⟧ house⟦2/⟧ stands."] = ["Das große Haus steht."]
    _, ended = run(flow, "The ⟦1⟧big⟦/1⟧ house⟦2/⟧ stands.")
    assert ended.text == "Das große Haus steht.⟦2/⟧"
    assert FindingKind.tag in {finding.kind for finding in ended.segments[0].findings}


def test_a_model_that_is_told_nothing_of_marks_gets_the_words_alone(engine, rooms):
    plain = next(each for each in translators() if each.plain)
    engine.pairs["The big house stands."] = ["Das große Haus steht."]
    text = "The ⟦1⟧big⟦/1⟧ house⟦2/⟧ stands."
    _, ended = run(TranslateFlow(engine, rooms), text, options=replace(OPTIONS, translator=plain))
    assert ended.text == "Das große Haus steht.⟦2/⟧"


def test_a_plan_counts_what_is_known_and_asks_nothing(flow, engine, rooms):
    rooms.memory.remember([Pair(HOUSE, HAUS, "en", "de")])
    begun = flow.begin(TEXT, GERMAN, OPTIONS)
    (plan,) = flow.plan(begun, OPTIONS, NO_CANCEL)
    assert plan == TranslationPlan(segments=2, known=1, tokens=8, seconds=None)
    assert not engine.requests


def test_an_empty_text_is_translated_at_once(flow, engine):
    _, ended = run(flow, "  \n")
    assert (ended.text, ended.state) == ("  \n", TranslationState.done)
    assert not engine.requests


def test_the_family_is_known_by_the_title_or_the_file_of_the_model():
    model = InstalledModel(Path("/m/Hy-MT2-7B-Q4_K_M.gguf"), "My model", 1, None)
    assert translation_options(Settings(), model).translator.name == "hy_mt"
    model = InstalledModel(Path("/m/other.gguf"), "Qwen", 1, None)
    assert translation_options(Settings(), model).translator is None


def test_what_the_user_writes_is_confirmed_and_used_for_the_next_text(flow, edits, engine, rooms):
    _, ended = run(flow)
    segment = edits.write(ended, 0, "Dieses Haus ist groß.", OPTIONS, NO_CANCEL)
    assert (segment.state, segment.origin) == (SegmentState.confirmed, Origin.user)
    assert rooms.translations.translation(ended.id).segments[0] == segment
    _, other = run(flow, HOUSE)
    assert other.text == "Dieses Haus ist groß."
    assert len(engine.requests) == 2


def test_a_reopened_paragraph_waits_and_is_forgotten(flow, edits, rooms):
    _, ended = run(flow)
    ended = replace(ended, segments=(edits.confirm(ended, 0), ended.segments[1]))
    assert rooms.memory.count() == 1
    assert edits.reopen(ended, 0).state is SegmentState.waiting
    assert rooms.memory.count() == 0


def test_a_paragraph_that_is_translated_anew_is_asked_for_otherwise_and_not_taken_from_memory(
    flow, edits, engine, rooms
):
    _, ended = run(flow)
    rooms.memory.remember([Pair(HOUSE, HAUS, "en", "de")])
    opened = edits.reopen(ended, 0)
    engine.pairs[HOUSE] = ["Das Haus ist riesig."]
    again = replace(ended, segments=(opened, ended.segments[1]))
    _, second = run(flow, earlier=again)
    assert second.segments[0].translation == "Das Haus ist riesig."
    assert second.segments[0].unwanted == ""
    assert engine.requests[-1].sampling.temperature > 0
    assert engine.requests[-1].sampling.seed is not None
    assert rooms.translations.translation(second.id) == second


def test_what_the_user_empties_is_not_remembered(flow, edits, rooms):
    _, ended = run(flow)
    assert edits.write(ended, 0, "  ", OPTIONS, NO_CANCEL).findings == ()
    assert rooms.memory.count() == 0


def test_similar_translations_are_offered_with_their_likeness(flow, edits, rooms):
    rooms.memory.remember([Pair("The house is small.", "Das Haus ist klein.", "en", "de")])
    _, ended = run(flow)
    (match,) = edits.similar(ended, 0)
    assert 0.6 <= match.likeness < 1


@pytest.mark.parametrize(
    ("answer", "offered"),
    [
        ('{"alternatives": ["Groß ist es.", "Das Haus", "Groß ist es.", " "]}', ("Groß ist es.",)),
        ('{"alternatives": "Groß"}', ()),
        ("no JSON", ()),
    ],
)
def test_other_ways_to_say_a_part_are_offered_once_each(rooms, answer, offered):
    engine = FakeEngine(HAUS, HUND, answer)
    flow, edits = TranslateFlow(engine, rooms), TranslationEdits(engine, rooms)
    _, ended = run(flow)
    assert list(edits.alternatives(ended, 0, "Das Haus", OPTIONS, NO_CANCEL)) == [offered]


def test_a_model_for_translation_alone_says_a_sentence_in_other_ways_by_translating_it_again(rooms):
    engine = FakeEngine("Das Haus ist rot. Es ist alt.", "Alt ist es.", "Es ist alt.", "Es ist recht alt.")
    flow, edits = TranslateFlow(engine, rooms), TranslationEdits(engine, rooms)
    options = replace(OPTIONS, translator=translator_for("Hy-MT2-7B"))
    _, ended = run(flow, "The house is red. It is old.", options=options)
    offered = list(edits.alternatives(ended, 0, "Es ist alt.", options, NO_CANCEL))
    assert offered == [("Alt ist es.", "Es ist recht alt.")]
    asked = engine.requests[-3:]
    assert all("It is old." in each.turns[-1].text and "red" not in each.turns[-1].text for each in asked)
    assert len({each.sampling.seed for each in asked}) == 3
    assert list(edits.alternatives(ended, 0, "alt", options, NO_CANCEL)) == [()]


def test_a_translation_is_translated_back(rooms):
    engine = FakeEngine(HAUS, HUND, "The house is large.")
    flow, edits = TranslateFlow(engine, rooms), TranslationEdits(engine, rooms)
    _, ended = run(flow)
    assert list(edits.back(ended, 0, OPTIONS, NO_CANCEL)) == ["The house is large."]
    assert asked_text(engine.requests[-1]) == HAUS
    assert "from German to English" in engine.requests[-1].turns[-1].text


def test_words_that_the_model_was_not_sure_of_are_told_with_their_places(flow, edits, engine):
    _, ended = run(flow)
    engine.unsure = {"groß.": 0.1}
    (words,) = edits.doubts(ended, 0, OPTIONS, NO_CANCEL)
    assert [(HAUS[word.start : word.end], word.probability) for word in words] == [("groß", 0.1)]
