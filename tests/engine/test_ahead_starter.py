"""Tests of reading ahead with the model that comes with the application: not a letter changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.domain.generation import Finished, GenerationBatch, GenerationRequest, Sampling, TextDelta, Turn
from chatdesk.domain.models import LocalModel, ModelLoad
from chatdesk.domain.summaries import Form, Length, SummaryWishes
from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.draft_pay import LENGTHS, DraftPay
from chatdesk.engine.llama import LlamaBackend
from chatdesk.flows.summary_requests import SummaryRequests

TOWN = (
    "The town library opens a new reading room on Monday. It has forty seats and large windows. "
    "Maria Keller, who leads the library, says that the room was built in eight months. "
    "The work cost 90,000 euros. Children can borrow games there from May on."
)
DATA = Path(__file__).parent.parent / "data"
ASKED = SummaryRequests(SummaryWishes(Length.short))
GREEDY = Sampling(temperature=0, answer_tokens=120)


class Never(DraftPay):
    def wanted(self, run, guesses):
        return 0


class Eager(DraftPay):
    """Reads ahead whenever there is a guess, and counts."""

    ahead = 0

    def wanted(self, run, guesses):
        return next((length for length in LENGTHS if length <= guesses), 0)

    def read_ahead(self, length, seconds):
        self.ahead += 1


@pytest.fixture(scope="module")
def backend():
    backend = LlamaBackend()
    yield backend
    backend.unload()


@pytest.fixture
def ask(backend, starter):
    """Return the text and the facts of an answer."""
    load = ModelLoad(LocalModel(starter), 2048)

    def ask(request, pay):
        loaded = backend._ready(load, lambda *_: None, AbortFlag())
        backend._loaded = replace(loaded, pay=pay)
        loaded.read._cut(0)  # a prompt that is partly there already is rounded in another way
        told = []
        backend.generate(GenerationBatch(load, (request,)), lambda _, event: told.append(event), AbortFlag())
        (facts,) = (event.facts for event in told if isinstance(event, Finished))
        return "".join(event.text for event in told if isinstance(event, TextDelta)), facts

    return ask


def requests():
    texts = [TOWN, *((DATA / name).read_text()[:1500] for name in ("garden_committee.md", "two_pages.md"))]
    for text in texts:
        limited = ASKED.points(text, Length.short)
        yield replace(limited, sampling=GREEDY)
        yield replace(ASKED.whole(text), sampling=GREEDY)
        yield replace(ASKED.joined([text[:300], text[300:600]], Form.paragraph), sampling=GREEDY)
        yield GenerationRequest((Turn("user", f"Translate into German: {text[:200]}"),), GREEDY)
        yield GenerationRequest((Turn("user", f"What is this about? {text[:200]}"),), GREEDY)
    yield GenerationRequest(
        (Turn("user", f"Say it again: {TOWN}"),), replace(GREEDY, temperature=0.8, seed=5)
    )
    yield GenerationRequest((Turn("user", f"Say it again: {TOWN}"),), replace(GREEDY, repeat_penalty=1.2))
    yield GenerationRequest(
        (Turn("user", f"Say it again: {TOWN}"),), replace(GREEDY, stop=("Monday", "eight"))
    )


@pytest.mark.parametrize("request_", list(requests()))
def test_the_answer_with_guesses_is_the_answer_without_and_so_are_its_facts(ask, request_):
    text, facts = ask(request_, Never())
    again, other = ask(request_, Eager())
    assert again == text
    assert (other.reason, other.answer_tokens, other.prompt_tokens) == (
        facts.reason,
        facts.answer_tokens,
        facts.prompt_tokens,
    )


def test_an_earlier_answer_is_read_ahead_and_comes_again_letter_for_letter(ask):
    asked = replace(ASKED.whole(TOWN), sampling=GREEDY)
    text, facts = ask(asked, Never())
    eager = Eager()
    assert ask(replace(asked, likely_answer=text), eager)[0] == text
    assert 0 < eager.ahead < facts.answer_tokens / 4


def test_an_earlier_answer_of_something_else_changes_nothing(ask):
    asked = replace(ASKED.whole(TOWN), sampling=GREEDY)
    text, _ = ask(asked, Never())
    assert ask(replace(asked, likely_answer="Bread needs an hour in the oven."), Eager())[0] == text
