"""What an argument of the application means."""

import os

import pytest

from chatdesk.domain.hub import HubAddress
from chatdesk.domain.settings import Settings
from chatdesk.flows.opening import target_of


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("owner/name", HubAddress("owner/name")),
        ("https://huggingface.co/owner/name", HubAddress("owner/name")),
        ("hf.co/owner/name:q4_k_m", HubAddress("owner/name", quantisation="Q4_K_M")),
        ("https://hf.example/owner/name", HubAddress("owner/name")),
        (
            "https://huggingface.co/owner/name/blob/main/some/file.gguf",
            HubAddress("owner/name", "some/file.gguf"),
        ),
        ("https://huggingface.co/owner/name.gguf", HubAddress("owner/name.gguf")),
    ],
)
def test_addresses_and_names_mean_a_model_on_the_hub(text, address):
    assert target_of(text, Settings(mirror="hf.example")) == address


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "/", "words", "owner/name.gguf", "a b/c", "~nobody-here/x", "x\0y", "/" * 5000, "ü" * 300],
)
def test_other_words_mean_nothing(text):
    assert target_of(text, Settings()) is None


def test_a_file_goes_before_a_model_of_its_name(tmp_path, monkeypatch):
    (tmp_path / "owner").mkdir()
    monkeypatch.chdir(tmp_path)
    assert target_of("owner/name", Settings()) == HubAddress("owner/name")
    (tmp_path / "owner" / "name").write_text("x")
    assert target_of(os.path.join("owner", "name"), Settings()) == tmp_path / "owner" / "name"  # noqa: PTH118
