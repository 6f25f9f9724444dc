"""Which language a file means, and whether it is the one that was asked for."""

import pytest

from chatdesk.documents.exchange.codes import best, code_of, fit, tag_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("de", "de"),
        ("DE-de", "de"),
        ("EN_us", "en-US"),
        ("pt-BR", "pt-BR"),
        ("zh-TW", "zh-Hant"),
        ("zh_cn", "zh-Hans"),
        ("ZH-hant-HK", "zh-Hant"),
        ("German", "de"),
        (" deutsch ", "de"),
        ("Brazilian  Portuguese", "pt-BR"),
        ("日本語", "ja"),
        ("zz", ""),
        ("house", ""),
        ("Haus und Hof", ""),
        ("", ""),
    ],
)
def test_tags_and_names_become_codes_of_the_table(name, code):
    assert code_of(name) == code


def test_a_language_of_the_users_own_gets_a_private_tag():
    assert tag_of("pt-BR") == "pt-BR"
    assert tag_of("Old High Klingon") == "x-oldhighk-lingon"
    assert tag_of("") == tag_of("!") == "x-other"
    assert fit("Old High Klingon", tag_of("Old High Klingon"))


def test_the_variant_of_a_target_counts_and_that_of_a_source_does_not():
    assert best("pt-BR", ["pt-PT", "pt", "pt-br"]) == 2
    assert best("pt-BR", ["en", "pt", "pt-PT"]) == 1
    assert best("pt-BR", ["en", "pt-PT"]) is None
    assert best("pt-BR", ["en", "pt-PT"], of_source=True) == 1
    assert best("de", ["en-US", "de-AT", "de-DE"]) == 2
    assert best("no", ["nb"]) == 0
    assert best("de", ["", "x"]) is None
    assert best("de", []) is None
