"""The table of languages: names of codes, and what is refused of a file."""

import pytest
from py3langid.langid import LanguageIdentifier

from chatdesk.domain.languages import Language
from chatdesk.languages.child import CODES
from chatdesk.languages.table import english_name, is_translation, languages, read_languages, same_language


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "German"),
        ("pt-BR", "Brazilian Portuguese"),
        ("Klingon", "Klingon"),
        (" Old\nNorse ", "Old Norse"),
        ("", ""),
    ],
)
def test_a_code_becomes_a_name_and_a_name_stays(language, name):
    assert english_name(language) == name


def test_no_two_codes_have_one_name():
    known = languages()
    assert len({each.english for each in known.values()}) == len(known)


def test_every_language_has_its_own_name_and_its_direction():
    known = languages()
    assert known["de"] == Language("de", "German", "Deutsch")
    assert {"pt-BR", "pt-PT", "en-GB", "en-US", "zh-Hans", "zh-Hant"} <= known.keys()
    assert {code for code, each in known.items() if each.rtl} == {
        "ar", "ary", "arz", "fa", "hbo", "he", "ps", "sdh", "ug", "ur", "uzs",
    }  # fmt: skip


def test_every_language_that_is_recognised_has_a_name():
    labels = set(LanguageIdentifier.from_model_file("data/model.npz.xz").labels) - {"zxx"}
    assert {CODES.get(label, label) for label in labels} | set(CODES.values()) <= languages().keys()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("de", "de", True),
        ("German", "de", True),
        ("german", "DE", True),
        ("no", "nb", True),
        ("en-GB", "en", False),
        ("de", "en", False),
        ("", "", False),
    ],
)
def test_codes_and_names_are_compared_by_what_they_mean(one, other, same):
    assert same_language(one, other) is same


@pytest.mark.parametrize(
    ("wished", "language", "translation"),
    [
        ("de", "en", True),
        ("German", "en", True),
        ("en-GB", "en", False),
        ("pt-BR", "pt", False),
        ("", "en", False),
        ("de", "", False),
        ("Klingon", "en", False),
    ],
)
def test_a_variant_of_the_same_language_is_no_translation(wished, language, translation):
    assert is_translation(wished, language) is translation


@pytest.mark.parametrize(
    "entry",
    [
        "de = 1",
        'de = { english = "German" }',
        'de = { english = "German", own = "" }',
        'de = { english = "German", own = "Deutsch", rtl = "no" }',
        'de = { english = "German", own = "Deutsch", script = "Latn" }',
    ],
)
def test_what_is_wrong_in_a_file_is_said(entry, tmp_path):
    path = tmp_path / "languages.toml"
    path.write_text(entry, encoding="utf-8")
    with pytest.raises(ValueError, match=r"languages\.toml, de: "):
        read_languages(path)
