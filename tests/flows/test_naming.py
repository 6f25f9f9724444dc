"""Names of a text: asked for once, told with every paragraph that has them, checked, corrected."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.cli_translated import as_json
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import EngineError
from chatdesk.domain.glossaries import Glossary, Pair, Term
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.translations import FindingKind, SegmentState, TranslationPlan, TranslationWishes
from chatdesk.flows.naming import with_name
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translating import TranslationOptions
from chatdesk.tasks.translators import translators
from tests.fakes.dictionary import asked_text
from tests.fakes.engine import FakeEngine

GERMAN = TranslationWishes("de", "en")
OPTIONS = TranslationOptions(ModelLoad(LocalModel(Path("m.gguf"))), "Model", None)
TEXT = "We met Mary Smith there.\nThe bread is good.\nThen Mary Smith went to Riverton.\nWe like Riverton."
NO_CANCEL = CancelToken()


class Namer(FakeEngine):
    """Says how names are written when it is asked for them, else the paragraph with other letters."""

    def __init__(self, **names):
        super().__init__()
        self.names = {name.replace("_", " "): written for name, written in names.items()}
        self.broken = False

    @property
    def asked_for_names(self):
        return [each.turns[-1].text for each in self.requests if each.schema is not None]

    @property
    def asked(self):
        """The whole words of each request for a paragraph, by its text."""
        return {asked_text(each): each.turns[-1].text for each in self.requests if each.schema is None}

    def generate(self, batch, cancel):
        self.answers = [self._said(request) for request in batch.requests]
        return super().generate(batch, cancel)

    def _said(self, request):
        if request.schema is None:
            return f"Es ist so: {asked_text(request).upper()}"
        if self.broken:
            return EngineError("x")
        return json.dumps({"names": [{"name": n, "written": w} for n, w in self.names.items()]})


@pytest.fixture
def engine():
    return Namer(Riverton="Flussstadt")


@pytest.fixture
def flow(engine, rooms):
    return TranslateFlow(engine, rooms)


def run(flow, text=TEXT, wishes=GERMAN, options=OPTIONS, earlier=None):
    begun = flow.begin(text, wishes, options, earlier)
    return list(flow.translate(begun, options, NO_CANCEL))[-1].translation


def family(name):
    return replace(OPTIONS, translator=next(each for each in translators() if each.name == name))


def test_the_model_is_asked_once_and_told_them_with_each_paragraph_that_has_them(flow, engine, rooms):
    ended = run(flow)
    assert ended.names == (Term("Mary Smith", "Mary Smith"), Term("Riverton", "Flussstadt"))
    assert rooms.translations.translation(ended.id).names == ended.names
    (question,) = engine.asked_for_names
    assert '"Mary Smith", "Riverton"' in question
    assert engine.requests[0].thinking is False
    first, bread, third, fourth = TEXT.splitlines()
    assert '"Mary Smith = Mary Smith"' in engine.asked[first]
    assert "Riverton" not in engine.asked[first].partition("</text>")[2]
    assert "Smith" not in engine.asked[bread].rpartition("</text>")[2]
    assert '"Riverton = Flussstadt"' in engine.asked[third]
    assert '"Riverton = Flussstadt"' in engine.asked[fourth]


def test_a_paragraph_without_the_fixed_name_is_marked_as_one_without_a_term(flow):
    last = run(flow).segments[-1]
    assert [(each.kind, each.wanted) for each in last.findings if each.kind is FindingKind.term] == [
        (FindingKind.term, "Flussstadt")
    ]


def test_a_text_whose_names_stand_in_one_paragraph_asks_nothing_more(flow, engine):
    ended = run(flow, "We met Mary Smith there.\nThe bread is good.")
    assert not engine.asked_for_names
    assert ended.names == ()


def test_gone_on_with_it_asks_for_new_names_alone(flow, engine):
    ended = run(flow)
    again = run(flow, TEXT + "\nHe saw Boston.\nAll of Boston.", earlier=ended)
    assert [term.source for term in again.names] == ["Mary Smith", "Riverton", "Boston"]
    _, second = engine.asked_for_names
    assert '{"names"' not in second
    assert ': "Boston".' in second


def test_the_same_text_anew_takes_the_answer_that_is_kept(flow, engine):
    run(flow)
    asked = len(engine.requests)
    assert run(flow).names[1] == Term("Riverton", "Flussstadt")
    assert len(engine.requests) == asked


def test_a_plan_counts_paragraphs_with_names_that_were_translated_before(flow):
    run(flow)
    (plan,) = flow.plan(flow.begin(TEXT, GERMAN, OPTIONS), OPTIONS, NO_CANCEL)
    assert isinstance(plan, TranslationPlan)
    assert plan.known == plan.segments == 4


def test_the_glossary_wins_and_what_it_knows_is_not_asked(flow, engine, rooms):
    glossary = Glossary("Places", "en", "de", (Term("Riverton", "Riverstadt"),))
    rooms.glossaries.save(glossary)
    ended = run(flow, wishes=replace(GERMAN, glossary=glossary.id))
    assert [term.source for term in ended.names] == ["Mary Smith"]
    assert '"Riverton = Riverstadt"' in engine.asked[TEXT.splitlines()[-1]]
    named = with_name(replace(ended, names=(Term("Riverton", "X"),)), Term("Riverton", "Y"))
    later = run(flow, TEXT + "\nWhere is Riverton now?", named.wishes, earlier=named)
    assert later.segments[-1].findings
    asked = engine.asked["Where is Riverton now?"]
    assert '"Riverton = Riverstadt"' in asked
    assert "= Y" not in asked


def test_what_the_memory_knows_is_not_asked(flow, engine, rooms):
    rooms.memory.remember([Pair("Riverton", "Riverheim", "en", "de")])
    assert Term("Riverton", "Riverheim") in run(flow).names
    assert ': "Mary Smith".' in engine.asked_for_names[0]


def test_the_starter_model_is_asked_for_paragraphs_alone(flow, engine):
    ended = run(flow, options=family("starter"))
    assert ended.names == ()
    assert len(engine.requests) == 4


def test_a_family_with_its_own_wording_translates_the_names_as_a_list(rooms):
    engine = FakeEngine("Mary Smith\nFlussstadt", otherwise="In Flussstadt ist es.")
    ended = run(TranslateFlow(engine, rooms), options=family("translategemma"))
    assert ended.names == (Term("Mary Smith", "Mary Smith"), Term("Riverton", "Flussstadt"))
    assert engine.requests[0].turns[-1].text.endswith("\n\n\nMary Smith\nRiverton")
    assert "Riverton = Flussstadt" in engine.requests[-1].turns[-1].text


def test_a_family_that_takes_no_terms_is_not_asked(rooms):
    engine = FakeEngine(otherwise="In Flussstadt ist es.")
    assert run(TranslateFlow(engine, rooms), options=family("milmmt")).names == ()


def test_an_answer_of_no_use_leaves_the_text_without_fixed_names(rooms):
    engine = FakeEngine("Sure!", "Sure!", otherwise="In Flussstadt ist es.")
    ended = run(TranslateFlow(engine, rooms))
    assert ended.names == ()
    assert all(segment.translation for segment in ended.segments)


def test_a_model_that_fails_at_the_names_still_translates(flow, engine):
    engine.broken = True
    ended = run(flow)
    assert ended.names == ()
    assert all(segment.translation for segment in ended.segments)


def test_a_stop_before_the_names_are_known_leaves_all_for_later(flow):
    begun = flow.begin(TEXT, GERMAN, OPTIONS)
    cancel = CancelToken()
    cancel.cancel()
    stopped = list(flow.translate(begun, OPTIONS, cancel))[-1].translation
    assert stopped.names == ()
    assert run(flow, earlier=stopped).names


def test_a_corrected_name_lets_the_paragraphs_wait_that_lack_it(flow, engine):
    ended = run(flow)
    segments = list(ended.segments)
    segments[2] = replace(segments[2], state=SegmentState.confirmed)
    corrected = with_name(replace(ended, segments=tuple(segments)), Term("Riverton", "Flussheim"))
    assert corrected.names[1] == Term("Riverton", "Flussheim")
    states = [str(segment.state) for segment in corrected.segments]
    assert states == ["done", "done", "confirmed", "waiting"]
    assert corrected.segments[3].translation == ended.segments[3].translation
    asked = len(engine.asked_for_names)
    again = list(flow.translate(corrected, OPTIONS, NO_CANCEL))[-1].translation
    assert again.segments[3].state is SegmentState.done
    assert '"Riverton = Flussheim"' in engine.asked[TEXT.splitlines()[3]]
    assert len(engine.asked_for_names) == asked


def test_a_correction_that_the_paragraph_has_already_changes_nothing_else(flow):
    ended = run(flow)
    assert with_name(ended, Term("Mary Smith", "Mary Smith")).segments == ended.segments


def test_the_terminal_tells_the_names_with_the_translation(flow):
    assert json.loads(as_json(run(flow), None))["names"] == {
        "Mary Smith": "Mary Smith",
        "Riverton": "Flussstadt",
    }
