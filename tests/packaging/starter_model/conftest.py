"""Makes the recipe's modules importable, and lends tests the tokenizer of the shipped model."""

import ctypes
import sys
from pathlib import Path

import pytest

from chatdesk.engine.bindings import native

sys.path.append(str(Path(__file__).parents[3] / "packaging" / "starter_model"))


class LoadedModel:
    """A GGUF file that llama.cpp has loaded, with its tokenizer."""

    def __init__(self, path, vocab_only=True):
        params = native.llama_model_default_params()
        params.vocab_only = vocab_only
        params.n_gpu_layers = 0
        self.model = native.llama_model_load_from_file(str(path).encode(), params)
        if not self.model:
            raise ValueError(f"{path} does not load")
        self.vocab = native.llama_model_get_vocab(self.model)

    def tokenize(self, text, special=False):
        data = text.encode()
        tokens = (native.llama_token * (len(data) + 8))()
        count = native.llama_tokenize(self.vocab, data, len(data), tokens, len(tokens), False, special)
        assert count >= 0
        return list(tokens[:count])

    def text_of(self, tokens):
        out = ctypes.create_string_buffer(len(tokens) * 64 + 64)
        array = (native.llama_token * len(tokens))(*tokens)
        length = native.llama_detokenize(self.vocab, array, len(tokens), out, len(out), False, True)
        assert length >= 0
        return out.raw[:length].decode()

    def close(self):
        native.llama_model_free(self.model)


@pytest.fixture
def load_model():
    """Loads GGUF files and frees them after the test."""
    loaded = []

    def load(path, vocab_only=True):
        loaded.append(LoadedModel(path, vocab_only))
        return loaded[-1]

    yield load
    for model in loaded:
        model.close()
