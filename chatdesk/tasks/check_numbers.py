"""Finds numbers, times, dates and percent signs that a translation has lost or added."""

from __future__ import annotations

from collections.abc import Iterator

from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.check_parts import bare_text, paired
from chatdesk.tasks.dates import Dates, months_named
from chatdesk.tasks.inflection import base_language
from chatdesk.tasks.numerals import Numerals, percent_signs

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
    if percent_signs(ours) and not percent_signs(theirs) and _can_say_percent(theirs, target_language):
        yield Finding(FindingKind.number, wanted="%")


def _dates(source: str, translation: str) -> Iterator[Finding]:
    """Yield days with a month that the source does not have, where it names months at all."""
    dates = Dates(source)
    if not dates.months:
        return
    for named in months_named(translation):
        other = named.months.isdisjoint(dates.months)
        if named.day is not None and (other or dates.excludes(named.day, named.months)):
            yield Finding(FindingKind.number, named.day_start, named.day_end)


def _can_say_percent(text: str, language: str) -> bool:
    """Whether the word for percent is known in a language, and a text does not have it."""
    words = _PERCENT.get(base_language(language), "").split("/")
    return words != [""] and not any(word in text.casefold() for word in words)
