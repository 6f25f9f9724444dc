"""Batches, drills, the schedule and the curve of the training, without PyTorch."""

import xml.etree.ElementTree
from types import SimpleNamespace

import numpy as np
import pytest
from plot_training import drawing
from starter_net import schedule
from starter_net.batches import Conversations, Drills


@pytest.fixture
def encoded(tmp_path):
    """Forty conversations of 3 to 42 tokens; each token is its conversation's number."""
    lengths = np.arange(3, 43)
    ids = np.repeat(np.arange(40), lengths).astype(np.uint16)
    path = tmp_path / "train.npz"
    np.savez(path, ids=ids, mask=ids % 2 == 0, offsets=np.concatenate([[0], np.cumsum(lengths)]))
    return path


@pytest.fixture
def drills():
    tokenizer = SimpleNamespace(
        token_to_id={"<|im_start|>": 1, "<|im_end|>": 2}.__getitem__,
        encode=lambda text: SimpleNamespace(ids=[3] * len(text.split())),
    )
    return Drills(np.arange(10, dtype=np.uint16), vocab=10, tokenizer=tokenizer, seed=1)


def test_a_pass_holds_every_conversation_once_within_the_budget(encoded):
    data = Conversations(encoded, seed=1)
    groups = data.groups(budget=100)
    assert sorted(np.concatenate(groups)) == list(range(40))
    assert all(data.batch(group).ids.size <= 100 for group in groups)


def test_long_conversations_are_left_out_while_short_ones_are_learnt(encoded):
    groups = Conversations(encoded, seed=1).groups(budget=100, longest=20)
    assert sorted(np.concatenate(groups)) == list(range(18))


def test_a_batch_pads_with_zeros_and_masks_the_padding(encoded):
    batch = Conversations(encoded, seed=1).batch(np.array([2, 7]))
    assert batch.ids.shape == (2, 10)
    assert batch.ids[0].tolist() == [2] * 5 + [0] * 5
    assert batch.mask[0].tolist() == [True] * 5 + [False] * 5
    assert batch.ids[1].tolist() == [7] * 10
    assert not batch.mask[1].any()


def test_some_tokens_of_the_questions_are_learnt_too_when_asked_for(encoded):
    data = Conversations(encoded, seed=1)
    odd = np.array([39, 37, 35, 33, 31, 29])
    assert not data.batch(odd).mask.any()
    learnt = data.batch(odd, questions=0.5).mask
    assert 0.3 < learnt[0].mean() < 0.7
    assert not learnt[5, 32:].any()


def test_the_order_follows_the_seed(encoded):
    first, again, other = (Conversations(encoded, seed).groups(100) for seed in (1, 1, 2))
    assert [group.tolist() for group in first] == [group.tolist() for group in again]
    assert [group.tolist() for group in first] != [group.tolist() for group in other]


def test_a_drill_repeats_its_tokens_and_learns_only_the_repetition(drills):
    for _ in range(20):
        batch = drills.batch(budget=200, longest=20)
        length = int(batch.mask[0].sum()) - 1
        assert 2 <= length <= 20
        assert batch.ids.size <= 200
        assert (batch.ids[:, -1] == 2).all()
        question = batch.ids[:, 2 : 2 + length]
        assert (question == batch.ids[:, -length - 1 : -1]).all()
        assert question.min() >= 3


def test_drills_grow_long_when_long_ones_are_asked_for(drills):
    lengths = [drills.batch(budget=2000, longest=700).ids.shape[1] for _ in range(50)]
    assert max(lengths) > 800
    assert min(lengths) < 60


def test_the_rate_rises_over_the_steps_stays_and_falls_to_zero_at_the_end():
    plan = schedule.Schedule(warmup_steps=10, decay_from=0.6)
    assert plan.rate(0, 0.0) == pytest.approx(0.1)
    assert plan.rate(10, 0.1) == plan.rate(500, 0.6) == 1
    assert plan.rate(900, 0.8) == pytest.approx(0.5)
    assert plan.rate(999, 1.0) == plan.rate(999, 1.1) == 0


def test_texts_grow_with_the_progress_up_to_the_whole_context():
    lengths = [schedule.longest(progress / 100) for progress in range(100)]
    assert lengths == sorted(lengths)
    assert lengths[-1] == 2048


def test_drills_are_frequent_until_copying_is_learnt():
    shares = [schedule.drill_share(loss) for loss in (8.0, 0.5, 0.01)]
    assert shares == sorted(shares, reverse=True)
    assert schedule.drill_length(8.0) < schedule.drill_length(0.5) < schedule.drill_length(0.01)


def test_the_curve_is_a_drawing_with_a_line_for_each_loss():
    log = [
        {"minutes": number, "loss": 4 / number, "copy": 8 / number**2, "held": 5 / number}
        for number in range(1, 9)
    ]
    root = xml.etree.ElementTree.fromstring(drawing(log))
    assert len(root.findall("{http://www.w3.org/2000/svg}polyline")) == 3


def test_a_curve_of_one_point_is_refused():
    with pytest.raises(ValueError):
        drawing([{"minutes": 1.0, "loss": 2.0}])
