"""Months and days in texts of many languages, so that the same date is known however it is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Names of the months in their order; where a language changes them behind a day, those forms follow.
_MONTHS = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sept oct nov dec",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "januar februar mars april mai juni juli august september oktober november desember",
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu"
    " joulukuu",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta"
    " lokakuuta marraskuuta joulukuuta",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac",
    "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "január február március április május június július augusztus szeptember október november december",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος"
    " δεκέμβριος",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου"
    " δεκεμβρίου",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
)


def _by_word() -> Mapping[str, frozenset[int]]:
    months: dict[str, set[int]] = defaultdict(set)
    for words in _MONTHS:
        for number, word in enumerate(words.split(), start=1):
            months[word.casefold()].add(number)
    return {word: frozenset(numbers) for word, numbers in months.items()}


MONTHS_OF_WORD = _by_word()
"""A word, without case, and the months that it can mean: "ağustos" is August, "mars" March."""

# How the days of the week are called, or begin, from Monday on, where that word means nothing else.
_WEEKDAYS = (
    r"monday|montag(?![en])|lundi|\blunes|lunedì|segunda-feira|maandag|måndag|mandag|poniedział|понедельник"
    r"|понеділ|pondělí|pondelok|ponedjelj|maanantai|hétfő|星期一|(?<![一两每])[周週]一|月曜|월요일|الاثنين|الإثنين",
    r"tuesday|dienstag|mardi|\bmartes|martedì|terça-feira|dinsdag|tisdag|tirsdag|wtor(?:ek|ku)|вторник"
    r"|вівтор|úter[ýek]|utorak|utorka|tiistai|\bkedd|星期二|(?<![一两每])[周週]二|火曜|화요일|الثلاثاء",
    r"wednesday|mittwoch|mercredi|miércoles|mercoledì|quarta-feira|woensdag|onsdag|\bśrod[aęy]\b|в среду"
    r"|по средам|серед[ауи]|ve středu|streda|srijed[aeu]|keskiviik|szerda|星期三|(?<![一两每])[周週]三|水曜"
    r"|수요일|الأربعاء",
    r"thursday|donnerstag|jeudi|jueves|giovedì|quinta-feira|donderdag|torsdag|czwart(?:ek|ku)|четверг"
    r"|четвер|čtvrt(?:ek|ku)|štvrtok|četvrt(?:ak|ka)|torstai|csütörtök|星期四|(?<![一两每])[周週]四|木曜|목요일|الخميس",
    r"friday|freitag|vendredi|viernes|venerdì|sexta-feira|vrijdag|fredag|piąt(?:ek|ku)|пятниц|п['’]ятниц"
    r"|pát(?:ek|ku)|piatok|\bpet(?:ak|ka)\b|perjantai|péntek|星期五|(?<![一两每])[周週]五|金曜|금요일|الجمعة",
    r"saturday|samstag|sonnabend|samedi|sábado|sabato|zaterdag|lördag|lørdag|\bsobot|суббот|субот|\bsubot"
    r"|lauantai|szombat|星期六|(?<![一两每])[周週]六|土曜|토요일|السبت",
    r"sunday|sonntag|dimanche|domingo|domenica|zondag|söndag|søndag|niedziel|воскресень|неділ|neděl|nedeľ"
    r"|nedjelj|sunnuntai|vasárnap|星期[日天]|(?<![一两每])[周週]日|日曜|일요일|الأحد",
)
_WEEKDAY = re.compile("|".join(f"({words})" for words in _WEEKDAYS), re.IGNORECASE)

_NUMERIC = re.compile(
    r"\b\d{4}-(?P<m1>\d\d)-(?P<d1>\d\d)\b|\b(?P<d2>\d{1,2})\.[ ]?(?P<m2>\d{1,2})\.[ ]?\d{2,4}\b"
    r"|\b(?P<a>\d{1,2})/(?P<b>\d{1,2})/\d{2,4}\b|(?P<m3>\d{1,2})\s?[月월]\s?(?:(?P<d3>\d{1,2})\s?[日일])?"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NEAR = 30  # characters around the name of a month in which its days stand
_DAY = re.compile(r"(?<![\d.,:/-])(?:0?[1-9]|[12]\d|3[01])(?![\d/]|[.,:-]\d)")
_DAY_BEFORE = re.compile(r"(?<![\d.,:/–-])(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?[ \u00a0](?:of |de |d['’])?$")
_DAY_BEHIND = re.compile(r"[ \u00a0](\d{1,2})(?:st|nd|rd|th)?(?![\d:.]|,\d)")


@dataclass(frozen=True, slots=True)
class MonthName:
    """The name of a month in a text, from `start` to `end`, with the one day that stands beside it."""

    start: int
    end: int
    months: frozenset[int]
    day: int | None  # 1 to 31
    day_start: int  # where it begins; `start` without one
    day_end: int


def months_named(text: str) -> Iterator[MonthName]:
    """Yield the names of months in a text in their order."""
    for found, months in _named(text):
        start, end = found.span()
        before = _DAY_BEFORE.search(text, max(0, start - 12), start)
        behind = _DAY_BEHIND.match(text, end)
        day = before or behind
        if day is None or not 1 <= int(day[1]) <= 31:
            yield MonthName(start, end, months, None, start, end)
        else:
            first, last = min(start, day.start(1)), max(end, day.end(1))
            yield MonthName(start, end, months, int(day[1]), first, last)


def _named(text: str) -> Iterator[tuple[re.Match[str], frozenset[int]]]:
    for found in _WORD.finditer(text):
        if months := MONTHS_OF_WORD.get(found[0].casefold()):
            yield found, months


def weekdays_named(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number (Monday: 1) of the days of the week in a text, in any language."""
    for found in _WEEKDAY.finditer(text):
        yield found.start(), found.end(), found.lastindex or 0


class Dates:
    """The months of a text, and the days that it names of each."""

    def __init__(self, text: str) -> None:
        self._days: dict[int, set[int]] = defaultdict(set)
        self._without_day: set[int] = set()
        self._from_numbers(text)
        self._from_names(text)

    @property
    def months(self) -> set[int]:
        return {*self._days, *self._without_day}

    def excludes(self, day: int, months: frozenset[int]) -> bool:
        """Whether the text names days of these months everywhere, and this day never."""
        named = months & self.months
        return bool(named) and not any(each in self._without_day or day in self._days[each] for each in named)

    def _from_numbers(self, text: str) -> None:
        for found in _NUMERIC.finditer(text):
            for day, month in (("d1", "m1"), ("d2", "m2"), ("a", "b"), ("b", "a"), ("d3", "m3")):
                if found[month] and found[day]:
                    self._days[int(found[month])].add(int(found[day]))
                elif found[month]:
                    self._without_day.add(int(found[month]))

    def _from_names(self, text: str) -> None:
        for found, months in _named(text):
            around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            days = {int(day[0]) for day in _DAY.finditer(around)}
            for month in months:
                self._days[month] |= days
                if not days:
                    self._without_day.add(month)
