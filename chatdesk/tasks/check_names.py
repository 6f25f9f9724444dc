"""Finds names of people and brands that a translation has lost or changed.

Towns, countries, days and institutions have other names in other languages, and in another writing all names
have, so that they are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatdesk.domain.summaries import Passage
from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.check_parts import bare_text, paired
from chatdesk.tasks.foreign_names import KnownNames, bare, is_title, unknown_people
from chatdesk.tasks.inflection import base_language
from chatdesk.tasks.scripts import Script, share_of
from chatdesk.tasks.word_index import words_in

_LATIN = frozenset((Script.latin,))
_LEAST_LATIN = 0.9  # share of the letters of both texts from which on names are written alike
_NOUNS_LARGE = ("de", "lb")
_TITLE_CASE = 0.75  # share of words with large letters above which they tell nothing of names
_WORD = re.compile(r"[^\W\d_]+")
# What stands between a title and a name, or instead of one, beginning so: "Herr Minister", "Mr. President".
_ROLES = (
    "presid prasid minist premier direct direkt diret doct dokt dott dout profes ambass ambaj embaj embaix"
    " botschaft mayor burgermeist burgemeest alcald maire prefeit sindac speaker chair vorsitz voorzit"
    " richter"
    " judge juge juez giudic juiz rechter kanzl chancel cancill cancel secret sekret kommiss commiss comis"
    " general"
    " colonel coronel oberst captain kapit capit deput abgeordn senat konig king queen roi reine rey rei"
    " graf lord"
    " lady sir madam consul konsul pastor pfarr bisch father pater wirt chef boss"
)
# Behind these a first name is that of a place, which is translated: "Lake Victoria", "Saint Helena".
_PLACES = re.compile(
    r"\b(?:lake|mount|port|fort|cape|saint|st|san|santa|santo|sankt|são|sainte|ste|lac|mont|rue|via|lago"
    r"|monte|cabo"
    r"|isla|ilha|isola|île|street|avenue|king|queen|pope|prince|princess|emperor|tsar|könig|königin|papst"
    r"|kaiser|roi"
    r"|reine|pape|rey|reina|papa|re|regina|rei|rainha)\.?[ -]$",
    re.IGNORECASE,
)
# "YouTube", "iPhone": a large letter behind small ones is made by nobody but its owner.
_BRAND = re.compile(r"(?<![\w.@/-])(?:[a-z]{1,3}[A-Z][A-Z]*[a-z]\w*|[A-Z][a-z]+[A-Z]\w*[a-z])(?![\w@/])")
_LONGEST_WORD = 60  # letters; longer ones are no names, and each would be kept in all its lengths
_FEWEST_WORDS = 4  # of a text in which such a word can be told from an identifier
_JOINT = re.compile(r"[\s-]")
_NO_BRAND = re.compile(r"Innen$|In$|^PhD|^e[A-Z]|^k?[WVM][ah]h?$")  # "StudentInnen", "eMail"


def name_findings(
    source: str, translation: str, source_language: str, target_language: str
) -> Iterator[Finding]:
    """Yield names of the source that the translation lacks, at the places of those that it alone has."""
    ours, theirs = bare_text(source), bare_text(translation)
    if min(share_of(ours, _LATIN), share_of(theirs, _LATIN)) < _LEAST_LATIN:
        return
    lost = [ours[each.start : each.end] for each in _people(ours, theirs, source_language)]
    written = _JOINT.sub("", theirs).casefold()
    lost += [brand for brand in brands(ours) if brand.casefold() not in written]
    if lost:
        added = [(each.start, each.end) for each in _people(theirs, ours, target_language)]
        yield from paired(FindingKind.name, lost, added[: len(lost)])


def _people(text: str, other: str, language: str) -> Iterator[Passage]:
    """Yield names of people that the other text does not have in any form."""
    if in_title_case(text, language):
        return
    known = KnownNames({word for word, _, _ in words_in(other) if len(word) <= _LONGEST_WORD})
    for name in unknown_people(text, known):
        role = bare(text[name.start : name.end]).startswith(tuple(_ROLES.split()))
        if not role and not _PLACES.search(text, max(0, name.start - 12), name.start):
            yield name


def in_title_case(text: str, language: str) -> bool:
    """Whether large letters tell nothing of names in a text, such as in a heading."""
    if writes_nouns_large(language):
        return text.isupper()
    words = [word for word in _WORD.findall(text) if not is_title(word)]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words)


def writes_nouns_large(language: str) -> bool:
    """Whether a language (code) writes every noun with a large letter."""
    return base_language(language) in _NOUNS_LARGE


def brands(text: str) -> Iterator[str]:
    """Yield names such as "YouTube" once each, of a text that is long enough to tell them."""
    if len(text.split()) < _FEWEST_WORDS:
        return iter(())
    found = dict.fromkeys(_BRAND.findall(text))
    return (brand for brand in found if not _NO_BRAND.search(brand))
