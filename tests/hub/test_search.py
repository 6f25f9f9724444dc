"""Searching the Hub: words, orders, limits, and what is taken from an answer."""

from datetime import UTC, datetime

import pytest

from chatdesk.domain.hub import HubAccess, HubQuery, HubSort, RemoteModel
from chatdesk.hub.client import HubClient
from tests.fakes.hub import FakeHub

CLIENT = HubClient(30)
GGUF = {"m-Q4_K_M.gguf": b"GGUF"}


@pytest.fixture
def hub():
    with FakeHub() as hub:
        hub.add("qwen/Qwen3-4B-GGUF", GGUF, downloads=900, likes=5, updated="2026-03-01T00:00:00.000Z")
        hub.add("google/gemma-GGUF", GGUF, downloads=50, likes=80, gated="manual", licence="gemma")
        hub.add("someone/qwen-tiny", GGUF, downloads=7, likes=9, updated="2026-11-02T10:30:00.000Z")
        hub.add("qwen/Qwen3-4B", {"model.safetensors": b"x"}, tags=("safetensors",), downloads=10_000)
        hub.add("qwen/secret-GGUF", GGUF, private=True)
        yield hub


def names(hub, **query):
    return [model.id for model in CLIENT.search(HubQuery(**query), HubAccess(hub.url))]


def test_all_words_have_to_be_in_the_name_and_only_models_in_the_format_are_found(hub):
    assert names(hub, words="qwen") == ["qwen/Qwen3-4B-GGUF", "someone/qwen-tiny"]
    assert names(hub, words="  Qwen   4b ") == ["qwen/Qwen3-4B-GGUF"]
    assert names(hub, words="nothing has this name") == []


def test_without_words_the_best_of_all_are_found(hub):
    assert names(hub) == ["qwen/Qwen3-4B-GGUF", "google/gemma-GGUF", "someone/qwen-tiny"]


@pytest.mark.parametrize(
    ("sort", "best"),
    [
        (HubSort.downloads, "qwen/Qwen3-4B-GGUF"),
        (HubSort.likes, "google/gemma-GGUF"),
        (HubSort.trending, "google/gemma-GGUF"),
        (HubSort.recent, "someone/qwen-tiny"),
    ],
)
def test_each_order_puts_its_best_first(hub, sort, best):
    assert names(hub, sort=sort)[0] == best
    assert f"sort={sort.value}" in hub.log[0].path


def test_what_the_hub_says_of_a_model_is_shown(hub):
    (model,) = CLIENT.search(HubQuery("gemma"), HubAccess(hub.url))
    assert model == RemoteModel(
        id="google/gemma-GGUF",
        downloads=50,
        likes=80,
        updated=datetime(2026, 10, 1, 12, tzinfo=UTC),
        gated=True,
        licence="gemma",
        architecture="llama",
        parameters=1_100_000_000,
        context_tokens=4096,
    )
    assert (model.owner, model.name) == ("google", "gemma-GGUF")


@pytest.mark.parametrize(
    ("licence", "tags", "shown"),
    [
        ("mit", ("gguf",), "mit"),
        (["mit", "apache-2.0"], ("gguf",), "mit, apache-2.0"),
        (None, ("gguf", "license:llama3.2"), "llama3.2"),
        (None, ("gguf",), ""),
        ({"odd": 1}, ("gguf",), ""),
        ("x" * 500 + "\n", ("gguf",), "x" * 80),
    ],
)
def test_the_licence_is_found_where_it_stands(hub, licence, tags, shown):
    hub.add("a/licensed", GGUF, licence=licence, tags=tags)
    (model,) = CLIENT.search(HubQuery("licensed"), HubAccess(hub.url))
    assert model.licence == shown


@pytest.mark.parametrize(
    "facts", [None, {}, {"total": "many", "architecture": 7, "context_length": -1}, {"total": 10**30}]
)
def test_facts_that_are_missing_or_impossible_are_not_shown(hub, facts):
    hub.add("a/odd", GGUF, gguf=facts, updated=None, downloads="lots", likes=None)
    (model,) = CLIENT.search(HubQuery("odd"), HubAccess(hub.url))
    assert model == RemoteModel("a/odd", licence="apache-2.0")


def test_names_that_cannot_be_names_are_left_out(hub):
    for name in ("../../etc/passwd", "a/b/c", "a/<script>", "/x", "a/..", "ä/ö"):
        hub.add(name, GGUF)
    assert len(names(hub)) == 3


def test_a_long_list_comes_in_pages_up_to_its_limit():
    with FakeHub(page=100) as hub:
        for number in range(620):
            hub.add(f"org/model-{number}-GGUF", GGUF, downloads=number)
        assert len(names(hub, limit=60)) == 60
        hub.log.clear()
        found = names(hub, limit=5000)
        assert len(found) == 500
        assert len(hub.log) == 5
        assert found[0] == "org/model-619-GGUF"


def test_a_very_long_text_is_cut_and_no_text_breaks_the_search(hub):
    for words in ("x" * 100_000, "&sort=likes", "%00", "a\0b", "🦙 模型", "?#/\\", "'; DROP TABLE"):
        assert names(hub, words=words) == []
    assert max(len(each.path) for each in hub.log) < 2000
