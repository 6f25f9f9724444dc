"""Finds numbers, times, dates and percent signs that a translation has lost or added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.check_parts import bare_text, paired
from chatdesk.tasks.dates import Dates, months_named, weekdays_named
from chatdesk.tasks.inflection import base_language
from chatdesk.tasks.numerals import Numeral, Numerals, percent_signs

# How "percent" begins, or what it has in it, in languages where it is looked for.
_PERCENT = {
    "en": "percent/per cent/pct/percentage",
    "de": "prozent/v. h.",
    "fr": "pour cent/pour-cent/pourcent",
    "es": "por ciento/porcent",
    "pt": "por cento/porcent/percent",
    "it": "per cento/percent",
    "nl": "procent/percent",
    "sv": "procent",
    "da": "procent",
    "nb": "prosent",
    "pl": "procent/proc.",
    "ru": "процент",
    "uk": "відсот/процент",
    "ar": "بالمئة/بالمائة/في المئة/في المائة",
    "zh": "百分/成",
    "ja": "パーセント/割",
    "tr": "yüzde",
}
# "-5", but not "3-5", "- 5", "- 5 -" or "-5-".
_BELOW = re.compile(r"(?<![^\s(\[„“\"«])(?<!\d )[-−–][$€£¥]?$")
_SIGN_BEFORE = re.compile(r"[-−–—﹣－]\s?[$€£¥]?$")
# What says in words that a number is below zero, in the languages where it is looked for.
_MINUS = {
    "en": "minus|negative|below|loss|down",
    "de": "minus|negativ|unter|verlust|kälte|frost",
    "fr": "moins|négati|dessous|sous|perte",
    "es": "menos|negativ|bajo|pérdida",
    "pt": "menos|negativ|abaixo|perda|prejuízo",
    "it": "meno|negativ|sotto|perdita",
    "nl": "min|negatief|onder|verlies",
    "sv": "minus|negativ|under|förlust",
    "da": "minus|negativ|under|frost|tab",
    "nb": "minus|negativ|under|kulde|tap",
    "pl": "minus|ujemn|poniżej|strat|mróz|mroz",
    "ru": "минус|отрицат|ниже|убыт|мороз",
    "uk": "мінус|від['’]ємн|нижче|збит|мороз",
    "zh": "负|負|零下|亏|虧",
    "ja": "マイナス|氷点下|零下|負",
    "ko": "영하|마이너스|음수",
}
# Words for months that are others, too: "may", "mars", "march", "mart".
_OTHER_WORDS = frozenset(
    ("may", "mars", "march", "mart", "mai", "maja", "marca", "jan", "mar", "dec", "sept")
)


def number_findings(
    source: str, translation: str, source_language: str, target_language: str
) -> Iterator[Finding]:
    """Yield numbers of the source that the translation lacks, at the places of those that it alone has.

    1,234.50 is 1.234,50 and 1 234,50, 3 pm is 15:00, March is the third month, three is 3.
    """
    ours, theirs = bare_text(source), bare_text(translation)
    wanted, there = Numerals(ours, source_language), Numerals(theirs, target_language)
    lost = [source[each.start : each.end] for each in wanted.all if not there.has(each)]
    added = [(each.start, each.end) for each in there.all if not wanted.has(each)]
    yield from paired(FindingKind.number, lost, added)
    if not lost and not added:
        yield from _dates(ours, theirs)
        yield from _signs(wanted.all, there.all, ours, theirs, target_language)
    yield from _weekdays(ours, theirs)
    if percent_signs(ours) and not percent_signs(theirs) and _can_say_percent(theirs, target_language):
        yield Finding(FindingKind.number, wanted="%")


def _dates(source: str, translation: str) -> Iterator[Finding]:
    """Yield days with a month that the source does not have, where it names months at all."""
    dates = Dates(source)
    if not dates.months:
        return
    for named in months_named(translation):
        other = named.months.isdisjoint(dates.months)
        word = translation[named.start : named.end].casefold()
        if named.day is not None and (other or dates.excludes(named.day, named.months)):
            yield Finding(FindingKind.number, named.day_start, named.day_end)
        elif named.day is None and other and word not in _OTHER_WORDS:
            yield Finding(FindingKind.number, named.start, named.end)


def _weekdays(source: str, translation: str) -> Iterator[Finding]:
    """Yield days of the week that the source does not have, where it names such at all."""
    wanted = {day for _, _, day in weekdays_named(source)}
    for start, end, day in weekdays_named(translation):
        if wanted and day not in wanted:
            yield Finding(FindingKind.number, start, end)


def _signs(
    ours: tuple[Numeral, ...], theirs: tuple[Numeral, ...], source: str, translation: str, language: str
) -> Iterator[Finding]:
    """Yield numbers below zero that are above it in the translation."""
    words = _MINUS.get(base_language(language), "")
    if not words or re.search(words, translation, re.IGNORECASE):
        return
    for number in ours:
        if not _BELOW.search(source, max(0, number.start - 3), number.start) or source[
            number.end : number.end + 1
        ] in ("-", "–"):
            continue
        same = [each for each in theirs if each.values & number.values]
        if same and not any(
            _SIGN_BEFORE.search(translation, max(0, each.start - 3), each.start) for each in same
        ):
            sign = source[: number.start].rstrip("$€£¥ ")[-1]
            yield Finding(FindingKind.number, same[0].start, same[0].end, sign + number.text)


def _can_say_percent(text: str, language: str) -> bool:
    """Whether the word for percent is known in a language, and a text does not have it."""
    words = _PERCENT.get(base_language(language), "").split("/")
    return words != [""] and not any(word in text.casefold() for word in words)
