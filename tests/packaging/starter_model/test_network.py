"""Network, optimizer and a few steps of training, where PyTorch is installed."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from starter_net.gguf_file import read_gguf
from starter_net.shape import Shape

torch = pytest.importorskip("torch", reason="only the environment of the recipe has PyTorch")
tokenizers = pytest.importorskip("tokenizers")

RECIPE = Path(__file__).parents[3] / "packaging" / "starter_model"
SMALL = Shape(vocab=50, dim=32, layers=2, heads=4, kv_heads=2, ffn=32, context=64)


def decoder(**changes):
    from starter_net.decoder import Decoder

    torch.manual_seed(3)
    return Decoder(SMALL, **changes)


def test_a_later_token_changes_no_earlier_answer():
    model = decoder(precision=torch.float32)
    ids = torch.arange(3, 23)[None]
    changed = ids.clone()
    changed[0, 12:] = 5
    before, after = (model.logits(model.hidden(row)).detach() for row in (ids, changed))
    torch.testing.assert_close(before[0, :12], after[0, :12])
    assert not torch.allclose(before[0, 12:], after[0, 12:])


def test_the_norm_has_the_gradient_that_autograd_works_out():
    from starter_net.decoder import _Unit

    x, weights = torch.randn(5, 8, requires_grad=True), torch.randn(5, 8)
    plain = x / (x.square().mean(-1, keepdim=True) + 1e-5).sqrt()
    gradients = [torch.autograd.grad((unit * weights).sum(), x)[0] for unit in (_Unit.apply(x, 1e-5), plain)]
    torch.testing.assert_close(gradients[0], gradients[1])


def test_rotated_scores_depend_on_the_distance_only():
    from starter_net.decoder import rope_table, rotate

    cos, sin = rope_table(SMALL)
    query, key = torch.randn(8), torch.randn(8)
    scores = [rotate(query, cos[at], sin[at]) @ rotate(key, cos[at - 7], sin[at - 7]) for at in (7, 20, 60)]
    torch.testing.assert_close(scores[0], scores[1])
    torch.testing.assert_close(scores[0], scores[2])


@pytest.mark.parametrize("precision", [torch.bfloat16, torch.float32])
@pytest.mark.parametrize("size", [(16, 16), (8, 40), (40, 8)])
def test_an_orthogonal_matrix_has_singular_values_near_one(size, precision):
    from starter_net.muon import orthogonal

    torch.manual_seed(1)
    values = torch.linalg.svdvals(orthogonal(torch.randn(3, *size), precision).float())
    assert 0.4 < values.min() < values.max() < 1.4


def test_the_share_of_the_matrices_of_each_worker_makes_the_whole_update():
    from starter_net.muon import Muon
    from starter_net.workers import Worker

    class Apart(Worker):
        """A worker that keeps what it would add up."""

        def sum(self, tensors):
            self.own = [tensor.clone() for tensor in tensors]

    matrices = [torch.nn.Parameter(torch.zeros(8, 8)) for _ in range(3)]
    for matrix in matrices:
        matrix.grad = torch.randn(8, 8)
    whole, *parts = Apart(0, 1), Apart(0, 2), Apart(1, 2)
    for worker in (whole, *parts):
        Muon(matrices).step(0.1, worker)
    torch.testing.assert_close(parts[0].own[0] + parts[1].own[0], whole.own[0], atol=0.02, rtol=0)


@pytest.fixture
def corpus(tmp_path):
    """Two training files and a held-out one of a few dozen conversations, encoded."""
    numbers = ("--files", "2", "--train", "60", "--held", "12", "--seed", "3")
    call("write_corpus.py", tmp_path, *numbers)
    call("encode_corpus.py", tmp_path, "--vocab", "600")
    return tmp_path


def call(script, *arguments):
    command = [sys.executable, script, *map(str, arguments)]
    done = subprocess.run(command, cwd=RECIPE, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def trained(corpus, name, *arguments):
    path = corpus / f"{name}.pt"
    call("train_model.py", corpus, path, "--batch", "400", *arguments)
    return path


@pytest.mark.timeout(300)
def test_a_short_training_is_repeatable_and_its_export_can_be_trained_on(corpus):
    first, again = (trained(corpus, name, "--steps", "6", "--workers", "1") for name in ("a", "b"))
    states = [torch.load(path, weights_only=True) for path in (first, again)]
    assert states[0]["step"] == 6
    assert all(torch.equal(states[0]["model"][name], array) for name, array in states[1]["model"].items())
    line = json.loads(first.with_suffix(".jsonl").read_text().splitlines()[-1])
    assert line["step"] == 6
    assert line["held"] > 0

    exported = corpus / "a.gguf"
    call("export_model.py", "write", first, corpus, exported)
    _, weights, vocabulary = read_gguf(exported)
    for name, array in weights.items():
        np.testing.assert_allclose(array, states[0]["model"][name].numpy(), rtol=1e-3, atol=1e-4)
    further = trained(corpus, "c", "--steps", "2", "--workers", "1", "--from", exported)
    assert torch.load(further, weights_only=True)["step"] == 2

    averaged = corpus / "averaged.pt"
    call("average_models.py", further, exported, averaged)
    mean, after = (torch.load(path, weights_only=True)["model"] for path in (averaged, further))
    for name, array in weights.items():
        torch.testing.assert_close(mean[name], (after[name] + torch.from_numpy(array)) / 2)

    from encode_corpus import tokenizer_of

    known = tokenizers.Tokenizer.from_file(str(corpus / "tokenizer.json"))
    text = "Übersetze <|im_end|> 2026: l'été, ¿qué?"
    assert tokenizer_of(vocabulary).encode(text).tokens == known.encode(text).tokens


@pytest.mark.timeout(300)
def test_a_run_that_is_called_again_goes_on_in_another_precision_too(corpus):
    trained(corpus, "a", "--steps", "3", "--workers", "2")
    more = ("--steps", "5", "--workers", "2", "--precision", "float32")
    state = torch.load(trained(corpus, "a", *more), weights_only=True)
    assert state["step"] == 5
