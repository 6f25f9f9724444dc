"""Tests of the choice of tokens: the fast way is the native way, steps do what they say, nothing crashes."""

import json
from contextlib import closing

import numpy as np
import pytest

from chatdesk.domain.errors import ConstraintInvalid
from chatdesk.domain.generation import Sampling
from chatdesk.engine import sampler as module
from chatdesk.engine.bindings import native
from chatdesk.engine.constraint import to_gbnf
from chatdesk.engine.model import Model
from chatdesk.engine.sampler import LogitsUnusable, NothingToChoose, Sampler
from chatdesk.engine.sequence import ReadTokens
from chatdesk.engine.threads import Threads

WAYS = {
    "defaults": Sampling(seed=7),
    "all penalties": Sampling(seed=7, repeat_penalty=1.3, presence_penalty=0.5, frequency_penalty=0.5),
    "hot": Sampling(seed=7, temperature=3, top_k=100, top_p=1, min_p=0),
    "top-k only": Sampling(seed=7, top_k=5, top_p=1, min_p=0),
    "one token": Sampling(seed=7, top_k=1),
    "greedy": Sampling(temperature=0),
    "greedy with penalties": Sampling(temperature=0, repeat_penalty=1.5),
    "no top-k": Sampling(seed=7, top_k=0),
    "large top-k": Sampling(seed=7, top_k=500),
    "penalties that raise": Sampling(seed=7, repeat_penalty=0.8, presence_penalty=-1, frequency_penalty=-0.5),
    "everything off": Sampling(seed=7, top_k=0, top_p=1, min_p=0),
}


@pytest.fixture(scope="module")
def model(starter):
    model = Model(starter)
    yield model
    model.close()


@pytest.fixture(scope="module")
def vocabulary(model):
    return model.vocabulary


@pytest.fixture
def read(model):
    context = ReadTokens(model, 1024, Threads(1, 1))
    context.read(model.vocabulary.prompt_tokens("<|im_start|>user\nTell me a story."), lambda _: None)
    yield context
    context.close()


@pytest.mark.parametrize("sampling", WAYS.values(), ids=WAYS)
def test_tokens_are_those_that_llama_cpp_chooses_with_the_same_seed(sampling, vocabulary, read):
    chain = module._chain(sampling, vocabulary.size)
    with closing(Sampler(sampling, vocabulary)) as sampler:
        for _ in range(120):
            expected = native.llama_sampler_sample(chain, read._context, -1)
            assert sampler.choose(read.logits()) == expected
            read.append(expected)
    native.llama_sampler_free(chain)


@pytest.mark.parametrize("size", [128, 1000, 32_000, 151_936])
@pytest.mark.parametrize("count", [1, 40, 168])
def test_the_likeliest_tokens_are_found_in_any_vocabulary(size, count):
    chance = np.random.default_rng(size + count)
    for logits in (
        chance.standard_normal(size).astype(np.float32),
        np.sort(chance.standard_normal(size)).astype(np.float32),
        np.round(chance.standard_normal(size)).astype(np.float32),
        np.zeros(size, np.float32),
    ):
        found = module._likeliest(logits, count)
        expected = np.sort(logits)[::-1][:count]
        assert np.array_equal(np.sort(logits[found])[::-1][: len(expected)], expected)
        assert np.array_equal(found, np.sort(found))


def test_the_same_seed_gives_the_same_tokens_and_no_seed_new_ones(vocabulary):
    logits = np.zeros(vocabulary.size, np.float32)

    def tokens(seed):
        sampling = Sampling(temperature=1, top_k=0, top_p=1, min_p=0, seed=seed)
        with closing(Sampler(sampling, vocabulary)) as sampler:
            return [sampler.choose(logits) for _ in range(8)]

    assert tokens(3) == tokens(3)
    assert tokens(3) != tokens(4)
    assert tokens(None) != tokens(None)
    assert len(tokens(-1)) == len(tokens(2**64)) == 8


def test_top_k_and_temperature_limit_the_choice(vocabulary):
    logits = np.arange(vocabulary.size, dtype=np.float32) / 100
    sampling = Sampling(temperature=50, top_k=3, top_p=1, min_p=0, seed=1)
    with closing(Sampler(sampling, vocabulary)) as sampler:
        chosen = {sampler.choose(logits) for _ in range(200)}
    assert chosen == {vocabulary.size - 1, vocabulary.size - 2, vocabulary.size - 3}


def test_a_repeat_penalty_leads_to_other_tokens(vocabulary):
    logits = np.zeros(vocabulary.size, np.float32)
    logits[:4] = (10, 9.9, 9.8, 9.7)
    with closing(Sampler(Sampling(temperature=0, repeat_penalty=1.5), vocabulary)) as sampler:
        assert [sampler.choose(logits) for _ in range(4)] == [0, 1, 2, 3]


@pytest.mark.parametrize("sampling", WAYS.values(), ids=WAYS)
def test_logits_that_are_no_numbers_are_said_and_end_nothing(sampling, vocabulary):
    logits = np.full(vocabulary.size, np.nan, np.float32)
    with closing(Sampler(sampling, vocabulary)) as sampler, pytest.raises(LogitsUnusable):
        sampler.choose(logits)


def test_some_logits_that_are_no_numbers_never_crash(vocabulary):
    logits = np.zeros(vocabulary.size, np.float32)
    logits[::7] = np.nan
    for sampling in WAYS.values():
        with closing(Sampler(sampling, vocabulary)) as sampler:
            try:
                assert 0 <= sampler.choose(logits) < vocabulary.size
            except LogitsUnusable:
                continue


def constrained(vocabulary, logits, grammar, seed=1, count=200):
    """Return the text that tokens chosen by chance make under a grammar."""
    sampling = Sampling(temperature=1, top_k=0, top_p=1, min_p=0, seed=seed)
    text = b""
    with closing(Sampler(sampling, vocabulary, grammar)) as sampler:
        for _ in range(count):
            token = sampler.choose(logits)
            piece = vocabulary.piece(token)
            if piece is None:
                return text.decode()
            text += piece
    return None


def test_a_grammar_holds_even_when_tokens_are_chosen_by_chance(vocabulary):
    logits = np.zeros(vocabulary.size, np.float32)
    schema = {
        "type": "object",
        "properties": {"label": {"enum": ["good", "bad"]}, "score": {"type": "integer"}},
        "required": ["label", "score"],
    }
    for seed in range(6):
        value = json.loads(constrained(vocabulary, logits, to_gbnf(schema), seed))
        assert value["label"] in ("good", "bad")
        assert isinstance(value["score"], int)


def test_special_tokens_never_stand_for_text_in_a_constrained_answer(vocabulary):
    logits = np.zeros(vocabulary.size, np.float32)
    logits[vocabulary.silent] = 100
    text = constrained(vocabulary, logits, 'root ::= "<|im_start|>"')
    assert text == "<|im_start|>"


@pytest.mark.parametrize(
    "grammar",
    ['root ::= "open', "no rule", 'other ::= "a"', "root ::= root", 'root ::= "a" | missing', "root ::= \0"],
)
def test_a_grammar_with_an_error_is_refused(vocabulary, grammar):
    with pytest.raises(ConstraintInvalid):
        Sampler(Sampling(), vocabulary, grammar)


def test_a_grammar_that_no_token_can_follow_ends_the_answer(vocabulary):
    logits = np.full(vocabulary.size, -np.inf, np.float32)
    with closing(Sampler(Sampling(), vocabulary, 'root ::= "a"')) as sampler, pytest.raises(NothingToChoose):
        sampler.choose(logits)


def test_closing_twice_is_harmless(vocabulary):
    sampler = Sampler(Sampling(), vocabulary)
    sampler.close()
    sampler.close()
