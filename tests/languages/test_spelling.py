"""Dictionaries of the computer are looked for; where there is nothing of them, writing works as ever."""

import sys
from types import SimpleNamespace

from chatdesk.languages.spelling import MOST, Dictionaries, _chosen, installed


class Dictionary:
    """Knows the words that it is made with."""

    def __init__(self, *words):
        self.words = words

    def check(self, word):
        return word in self.words

    def suggest(self, word):
        return [f"{each}-like-{word}" for each in self.words]


def enchant(names, request=lambda name: Dictionary(name)):  # noqa: PLW0108
    broker = SimpleNamespace(list_languages=lambda: names, request_dict=request)
    return SimpleNamespace(Broker=lambda: broker)


def test_a_word_is_known_when_any_dictionary_knows_it():
    words = Dictionaries([Dictionary("house"), Dictionary("Haus")])
    assert words.knows("house")
    assert words.knows("Haus")
    assert not words.knows("huose")


def test_the_best_of_each_dictionary_come_first():
    words = Dictionaries([Dictionary("a", "b"), Dictionary("c")])
    assert words.suggest("x") == ["a-like-x", "c-like-x", "b-like-x"]


def test_one_dictionary_a_language_is_asked_that_of_the_own_country_first():
    names = ["en_AU", "en_GB", "en_US", "de_AT", "de_DE", "fr"]
    assert _chosen(names, "en_GB") == ["en_GB", "de_DE", "fr"]
    assert "en_US" in _chosen(names, "")
    assert len(_chosen([f"l{n}" for n in range(50)], "")) == MOST


def test_without_the_extra_without_dictionaries_and_with_broken_ones_there_is_nothing(monkeypatch):
    monkeypatch.setitem(sys.modules, "enchant", None)
    assert installed() is None
    monkeypatch.setitem(sys.modules, "enchant", enchant([]))
    assert installed() is None

    def broken(_):
        raise OSError("damaged")

    monkeypatch.setitem(sys.modules, "enchant", enchant(["en_US"], broken))
    assert installed() is None


def test_what_is_installed_is_used(monkeypatch):
    monkeypatch.setitem(sys.modules, "enchant", enchant(["en_US"]))
    assert installed().knows("en_US")
