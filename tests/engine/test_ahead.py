"""Tests of reading ahead: the answer of a model is the same, whatever is guessed."""

import random

import pytest

from chatdesk.engine.abort import AbortFlag
from chatdesk.engine.ahead import Ahead
from chatdesk.engine.draft_pay import LENGTHS, DraftPay
from chatdesk.engine.drafts import Copies
from chatdesk.engine.model import Model
from chatdesk.engine.sequence import ContextFull, ReadStopped, ReadTokens
from chatdesk.engine.threads import Threads
from tests.fakes.gguf_models import make

PROMPT = list(range(1, 60))


class Eager(DraftPay):
    """Reads ahead whenever there is a guess, and counts."""

    def __init__(self):
        super().__init__()
        self.ahead = self.saved = 0

    def wanted(self, run, guesses):
        return next((length for length in LENGTHS if length <= guesses), 0)

    def read_ahead(self, length, seconds):
        self.ahead += 1

    def spared(self):
        self.saved += 1


@pytest.fixture(params=["llama", "gemma2", "mamba", "lfm2"])
def architecture(request):
    return request.param


@pytest.fixture
def opened(tmp_path):
    """Open contexts on a model of some architecture; the test's end closes all."""
    made = {}
    contexts = []

    def opened(architecture="llama", limit=512):
        if architecture not in made:
            made[architecture] = Model(make(tmp_path / f"{architecture}.gguf", architecture, layers=4))
        contexts.append(ReadTokens(made[architecture], limit, Threads(1, 1)))
        return contexts[-1]

    yield opened
    for context in contexts:
        context.close()
    for model in made.values():
        model.close()


def write(reading, count):
    answer = []
    for _ in range(count):
        answer.append(int(reading.logits().argmax()))
        reading.append(answer[-1])
    return answer


def plain_answer(context, count):
    context.read(PROMPT, lambda _: None)
    return write(context, count)


def ahead_of(context, earlier, pay):
    context.read(PROMPT, lambda _: None)
    return Ahead(context, Copies(PROMPT, earlier), pay)


def spoilt(answer, share):
    chance = random.Random(3)
    return [chance.randrange(256) if chance.random() < share else token for token in answer]


@pytest.mark.parametrize("share", [0, 0.05, 0.3, 1])
def test_the_answer_is_the_same_with_good_and_bad_guesses(opened, architecture, share):
    answer = plain_answer(opened(architecture), 120)
    context, pay = opened(architecture), Eager()
    assert write(ahead_of(context, spoilt(answer, share), pay), 120) == answer


def test_right_guesses_spare_reading_token_by_token(opened):
    answer = plain_answer(opened(), 65)
    pay = Eager()
    ahead = ahead_of(opened(), answer, pay)
    write(ahead, 64)
    assert pay.saved >= 45
    assert pay.ahead <= 10


@pytest.mark.parametrize("kind", ["mamba", "lfm2"])
def test_a_model_that_cannot_forget_reads_nothing_ahead(opened, kind):
    pay = Eager()
    write(ahead_of(opened(kind), PROMPT, pay), 40)
    assert pay.ahead == 0


def test_wrong_guesses_leave_nothing_behind_for_the_next_question(opened):
    context, fresh = opened(), opened()
    answer = write(ahead_of(context, PROMPT, Eager()), 30)
    question = [*PROMPT, *answer, 7, 8, 9]
    fresh.read(question, lambda _: None)
    assert context.read(question, lambda _: None) >= len(PROMPT)
    assert write(context, 20) == write(fresh, 20)


def test_an_answer_fills_the_context_to_its_last_token(opened):
    def written(reading):
        answer = []
        try:
            while True:
                answer += write(reading, 1)
        except ContextFull:
            return answer

    plain, context = opened(limit=256), opened(limit=256)
    plain.read(PROMPT, lambda _: None)
    answer = written(plain)
    assert written(ahead_of(context, answer, Eager())) == answer
    assert len(context) == context.limit


def test_an_abort_ends_reading_ahead(opened):
    context, abort = opened(), AbortFlag()
    context.obey(abort)
    ahead = ahead_of(context, PROMPT, Eager())
    write(ahead, 10)
    abort.set()
    with pytest.raises(ReadStopped):
        write(ahead, 40)
    abort.clear()
    assert plain_answer(context, 20) == plain_answer(opened(), 20)
