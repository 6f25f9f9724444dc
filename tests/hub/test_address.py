"""What people paste when they mean a model."""

import time

import pytest

from chatdesk.domain.hub import HubAddress
from chatdesk.hub.address import find_address

QWEN = HubAddress("Qwen/Qwen3-4B-GGUF")
FILE = HubAddress("Qwen/Qwen3-4B-GGUF", file="Qwen3-4B-Q4_K_M.gguf")
DEEP = HubAddress("org/model", file="Q4 K/m-00001-of-00002.gguf")
TAGGED = HubAddress("Qwen/Qwen3-4B-GGUF", quantisation="Q4_K_M")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Qwen/Qwen3-4B-GGUF", QWEN),
        ("  Qwen/Qwen3-4B-GGUF\n", QWEN),
        ("<https://huggingface.co/Qwen/Qwen3-4B-GGUF>", QWEN),
        ("“Qwen/Qwen3-4B-GGUF”", QWEN),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF", QWEN),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF/", QWEN),
        ("HTTPS://HuggingFace.co/Qwen/Qwen3-4B-GGUF", QWEN),
        ("http://www.huggingface.co/Qwen/Qwen3-4B-GGUF", QWEN),
        ("huggingface.co/Qwen/Qwen3-4B-GGUF", QWEN),
        ("hf.co/Qwen/Qwen3-4B-GGUF", QWEN),
        ("https://hf-mirror.com/Qwen/Qwen3-4B-GGUF", QWEN),
        ("https://hub.example:8080/Qwen/Qwen3-4B-GGUF", QWEN),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF/tree/main", QWEN),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF/tree/main/BF16", QWEN),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF/discussions/3", QWEN),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF?library=llama-cpp-python#usage", QWEN),
        ("https://huggingface.co/models/Qwen/Qwen3-4B-GGUF", QWEN),
        ("https://huggingface.co/api/models/Qwen/Qwen3-4B-GGUF", QWEN),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF/blob/main/Qwen3-4B-Q4_K_M.gguf", FILE),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF/resolve/main/Qwen3-4B-Q4_K_M.gguf?download=true", FILE),
        ("https://huggingface.co/Qwen/Qwen3-4B-GGUF?show_file_info=Qwen3-4B-Q4_K_M.gguf", FILE),
        ("Qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf", FILE),
        ("hf://Qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf", FILE),
        ("https://huggingface.co/org/model/blob/refs%2Fpr%2F1/Q4%20K/m-00001-of-00002.gguf", None),
        ("https://huggingface.co/org/model/blob/main/Q4%20K/m-00001-of-00002.gguf", DEEP),
        ("hf:Qwen/Qwen3-4B-GGUF:Q4_K_M", TAGGED),
        ("Qwen/Qwen3-4B-GGUF:q4_k_m", TAGGED),
        ("hf.co/Qwen/Qwen3-4B-GGUF:Q4_K_M", TAGGED),
        ("hf:Qwen/Qwen3-4B-GGUF", QWEN),
        ("hf.co/Qwen/Qwen3-4B-GGUF:latest", QWEN),
    ],
)
def test_a_model_is_recognised(text, meant):
    if meant is None:
        assert find_address(text, "hub.example:8080").repository == "org/model"
    else:
        assert find_address(text, "hub.example:8080") == meant


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "qwen", "qwen 3 4b", "qwen / gemma", "/", "a/", "/b", "a/b/c", "a/b/c.txt", "../etc", "a/..",
        "./b",
        "/home/me/model.gguf", "C:\\models\\m.gguf", "https://example.org/Qwen/Qwen3-4B-GGUF",
        "https://huggingface.co", "https://huggingface.co/", "https://huggingface.co/Qwen",
        "https://huggingface.co/datasets/org/data", "https://huggingface.co/spaces/org/app",
        "https://huggingface.co/blog/gguf", "https://huggingface.co.evil.example/Qwen/Qwen3",
        "https://huggingface.co@evil.example/Qwen/Qwen3", "https://[::1/Qwen/Qwen3", "javascript:alert/1",
        "ä/ö", "模型/模型", "a\0b/c", "-a/b", "owner/" + "x" * 97, "x" * 5000 + "/y", "hf:", "hf:a", "a:b/c",
    ],
)  # fmt: skip
def test_other_words_are_words_to_search(text):
    assert find_address(text, "hub.example:8080") is None
    assert find_address(text) is None


def test_a_file_that_leads_out_of_its_folder_is_not_asked_for():
    text = "https://huggingface.co/org/model/blob/main/../../../secret.gguf"
    assert find_address(text) == HubAddress("org/model")
    text = "https://huggingface.co/org/model/resolve/main/%2e%2e/%2e%2e/secret.gguf"
    assert find_address(text) == HubAddress("org/model")


def test_a_long_text_is_refused_in_no_time():
    began = time.thread_time()
    for text in ("a/" * 500_000, "a." * 500_000, "hf:" * 500_000, "a/" + "." * 1900, "a" * 1900 + "/"):
        assert find_address(text) is None
    assert time.thread_time() - began < 0.5
