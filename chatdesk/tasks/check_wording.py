"""Finds translations that are empty, of a strange length, in another language, or not translated at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatdesk.domain.markup import without_marks
from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.languages.table import languages
from chatdesk.tasks.check_parts import bare_text
from chatdesk.tasks.inflection import base_language
from chatdesk.tasks.pieces import sentences_of
from chatdesk.tasks.scripts import Script, letters_by_script, scripts_of, share_of, weighted_length
from chatdesk.tasks.small_words import is_running_text

# A translation is too long from this many times its source on, and too short below that share of it;
# a few characters are free, because short texts differ more.
_MOST, _MOST_FREE = 2.2, 40
_LEAST, _LEAST_FREE = 0.35, 6
_FEWEST_LETTERS = 30  # weighted; shorter texts may be names
_FEWEST_OF_TEXT = 3  # words, half of them with small letters, from which on a short text is none of names
_FEWEST_WORDS = 5  # of a sentence that is looked for in the translation
_OWN = 0.1  # share of letters in those it has, from which on foreign ones can be names and code
_FOREIGN = 0.6  # share of letters in writings that the target language does not have

_SENTENCE = re.compile(r"[^{}<>=_/\\;|$#]*\w[.?!…]\s*")
_TWO = 2  # letters of another writing that are no accident
# Frequent signs of Chinese that are written in two ways, the same place in both.
_SIMPLIFIED = (
    "们这个来为会对发时过说国学还没样开问关长动现见间车东门马边点让业实头从给两种电话书听写读买卖钱"
    "觉认识师气机无当经济义务员应该数据报纸图馆语与亲爱张红绿蓝飞鱼鸟龙岁单双难热"
)
_TRADITIONAL = (
    "們這個來為會對發時過說國學還沒樣開問關長動現見間車東門馬邊點讓業實頭從給兩種電話書聽寫讀買賣錢"
    "覺認識師氣機無當經濟義務員應該數據報紙圖館語與親愛張紅綠藍飛魚鳥龍歲單雙難熱"
)

# Languages that are so much alike that one is taken for the other.
_ALIKE = (
    "nb da",
    "hr sr bs sh cnr",
    "cs sk",
    "id ms jv min su",
    "pt gl",
    "es ast an ext",
    "ca oc",
    "ar arz ary apc",
    "zh yue wuu lzh",
    "fa prs tg mzn",
    "bg mk",
    "de lb als gsw nds bar",
    "nl af fy li nds",
    "tr az crh",
    "hi mr ne mai bho sa",
    "fil tl ceb war ilo pag bcl",
    "it co scn vec lmo pms nap",
    "kk ky tt ba",
)


def wording_findings(
    source: str, translation: str, source_language: str, target_language: str, detected: str
) -> Iterator[Finding]:
    """Yield what is wrong with a translation as a whole; `detected` is the code of its language or ""."""
    ours, theirs = bare_text(source), bare_text(translation)
    if not any(map(str.isalpha, ours)):
        return
    if not any(map(str.isalnum, without_marks(translation))):
        yield Finding(FindingKind.empty)
        return
    yield from _length(ours, theirs)
    if _same(source_language, target_language):
        return
    left = list(_untranslated(ours, theirs, source_language, target_language, detected))
    yield from left
    if not left and (
        _in_another_language(theirs, target_language, detected)
        or _in_other_letters(ours, theirs, target_language)
        or _in_other_chinese(theirs, target_language)
    ):
        yield Finding(FindingKind.language)


def _length(source: str, translation: str) -> Iterator[Finding]:
    ours, theirs = weighted_length(source), weighted_length(translation)
    if theirs > _MOST * ours + _MOST_FREE or theirs < _LEAST * ours - _LEAST_FREE:
        yield Finding(FindingKind.length)


def _untranslated(
    source: str, translation: str, source_language: str, target_language: str, detected: str
) -> Iterator[Finding]:
    """Yield the whole, or those sentences of several that stand in the translation as in the source."""
    if _plain(source) == _plain(translation):
        copied = _is_sentence(source) or (_same(detected, source_language) and _is_text(source))
        copied = copied and not _alike(source_language, target_language)
        if copied or _differs(source, source_language, target_language):
            yield Finding(FindingKind.untranslated)
        return
    sentences = {_plain(source[start:end]): source[start:end] for start, end in sentences_of(source)}
    for start, end in sentences_of(translation):
        sentence = sentences.get(_plain(translation[start:end]), "")
        long = len(sentence.split()) >= _FEWEST_WORDS or weighted_length(sentence) >= _FEWEST_LETTERS
        if (long or _is_sentence(sentence)) and _differs(sentence, source_language, target_language):
            yield Finding(FindingKind.untranslated, start, end)


def _differs(text: str, source_language: str, target_language: str) -> bool:
    """Whether a text cannot be the same in the other language: it is neither a name nor code."""
    target = scripts_of(target_language)
    if target and share_of(text, letters_by_script(text).keys() - target) > _FOREIGN:
        return Script.latin not in letters_by_script(text) or is_running_text(text, source_language)
    if text.upper() == text.lower():
        return weighted_length(text) >= _FEWEST_LETTERS
    if not is_running_text(text, source_language):
        return False
    return len(text.split()) >= _FEWEST_WORDS or not is_running_text(text, target_language)


def _in_another_language(translation: str, target: str, detected: str) -> bool:
    if weighted_length(translation) < _FEWEST_LETTERS and not _is_text(translation):
        return False
    if scripts := scripts_of(target):
        foreign = letters_by_script(translation).keys() - scripts
        if share_of(translation, foreign) > _FOREIGN and share_of(translation, scripts) < _OWN:
            return Script.latin not in foreign or is_running_text(translation, "")
    if not detected or not _is_known(target):
        return False
    return base_language(detected) != base_language(_code(target)) and not _alike(detected, _code(target))


def _alike(one: str, other: str) -> bool:
    first, second = base_language(one), base_language(other)
    return any(first in group.split() and second in group.split() for group in _ALIKE)


def _in_other_letters(source: str, translation: str, target: str) -> bool:
    """Whether a translation of any length has no letter that the target is written with, nor one of its
    source. Latin letters may be a name anywhere.
    """
    scripts = scripts_of(target)
    letters = letters_by_script(translation)
    if (
        not scripts
        or letters.total() < _TWO
        or Script.latin in letters
        or not letters.keys().isdisjoint(scripts)
    ):
        return False
    return letters.keys().isdisjoint(letters_by_script(source)) or _plain(source) == _plain(translation)


def _in_other_chinese(translation: str, target: str) -> bool:
    """Whether Chinese is written with the signs of the other way of writing it."""
    simplified, traditional = (
        sum(sign in signs for sign in translation) for signs in (_SIMPLIFIED, _TRADITIONAL)
    )
    ours, others = (traditional, simplified) if target == "zh-Hant" else (simplified, traditional)
    return target in ("zh-Hant", "zh-Hans") and others >= _TWO and others > 2 * ours


def _is_text(text: str) -> bool:
    """Whether a short text has words that are hardly all names."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    return len(words) >= _FEWEST_OF_TEXT and sum(word == word.lower() for word in words) * 2 >= len(words)


def _is_sentence(text: str) -> bool:
    """Whether a text without signs of code ends as a sentence does, and has small words in it."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    small = sum(word == word.lower() for word in words)
    return len(words) >= _FEWEST_OF_TEXT and small * 4 >= len(words) and bool(_SENTENCE.fullmatch(text))


def _is_known(language: str) -> bool:
    return base_language(_code(language)) in {base_language(code) for code in languages()}


def _code(language: str) -> str:
    """Return the code of a language that is given as one or by its English name."""
    name = language.strip().casefold()
    return next((each.code for each in languages().values() if each.english.casefold() == name), language)


def _same(one: str, other: str) -> bool:
    return bool(one) and base_language(one) == base_language(other)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
