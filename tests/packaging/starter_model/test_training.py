"""Batches, drills and the learning rate of the training, without PyTorch."""

from types import SimpleNamespace

import numpy as np
import pytest
from starter_net.batches import Conversations, Drills
from starter_net.schedule import Schedule


@pytest.fixture
def encoded(tmp_path):
    """Forty conversations of 3 to 42 tokens; each token is its conversation's number."""
    lengths = np.arange(3, 43)
    ids = np.repeat(np.arange(40), lengths).astype(np.uint16)
    path = tmp_path / "train.npz"
    np.savez(path, ids=ids, mask=ids % 2 == 0, offsets=np.concatenate([[0], np.cumsum(lengths)]))
    return path


def test_a_pass_holds_every_conversation_once_within_the_budget(encoded):
    data = Conversations(encoded, budget=100, seed=1)
    groups = data.groups()
    assert sorted(np.concatenate(groups)) == list(range(40))
    assert all(data.batch(group).ids.size <= 100 for group in groups)


def test_a_batch_pads_with_zeros_and_masks_the_padding(encoded):
    batch = Conversations(encoded, budget=100, seed=1).batch(np.array([2, 7]))
    assert batch.ids.shape == (2, 10)
    assert batch.ids[0].tolist() == [2] * 5 + [0] * 5
    assert batch.mask[0].tolist() == [True] * 5 + [False] * 5
    assert batch.ids[1].tolist() == [7] * 10
    assert not batch.mask[1].any()


def test_the_order_follows_the_seed(encoded):
    first, again, other = (Conversations(encoded, 100, seed).groups() for seed in (1, 1, 2))
    assert [group.tolist() for group in first] == [group.tolist() for group in again]
    assert [group.tolist() for group in first] != [group.tolist() for group in other]


def test_a_drill_repeats_its_tokens_and_learns_only_the_repetition():
    tokenizer = SimpleNamespace(
        token_to_id={"<|im_start|>": 1, "<|im_end|>": 2}.__getitem__,
        encode=lambda text: SimpleNamespace(ids=[3] * len(text.split())),
    )
    drills = Drills(np.arange(10, dtype=np.uint16), vocab=10, tokenizer=tokenizer, budget=200)
    rng = np.random.default_rng(1)
    for _ in range(20):
        batch = drills.batch(rng)
        length = int(batch.mask[0].sum()) - 1
        assert batch.ids.size <= 200
        assert (batch.ids[:, -1] == 2).all()
        question = batch.ids[:, 2 : 2 + length]
        assert (question == batch.ids[:, -length - 1 : -1]).all()
        assert question.min() >= 3


def test_the_rate_rises_over_the_steps_and_falls_with_the_clock():
    schedule = Schedule(peak=1.0, final_share=0.1, warmup_steps=10, end_s=100.0)
    assert schedule.rate(0, 0.0) == pytest.approx(0.1)
    assert schedule.rate(10, 0.0) == pytest.approx(1.0)
    assert schedule.rate(500, 50.0) == pytest.approx(0.55)
    assert schedule.rate(900, 100.0) == schedule.rate(950, 200.0) == pytest.approx(0.1)


def test_a_schedule_that_begins_later_warms_up_again():
    schedule = Schedule(1.0, 0.1, 10, end_s=100.0, first_step=500, begin_s=50.0)
    assert schedule.rate(500, 50.0) == pytest.approx(0.1)
    assert schedule.rate(600, 75.0) == pytest.approx(0.55)
