"""Numbers that are written as words: of many languages, of China and Japan, and of Rome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from chatdesk.tasks.inflection import base_language, cores_of, folded
from chatdesk.tasks.word_index import words_in

# How words begin that mean one to twelve, the tens, a hundred and a thousand; "/" stands between several.
_TO_TWELVE: Mapping[str, str] = {
    "en": "one/first/once two/second/twice/both/pair/double/couple/half three/third/triple/trio"
    " four/quarter five/fift"
    " six seven eight nine/nint ten eleven twelve/twelf/dozen",
    "de": "ein/erst zwei/zwo/beide/doppel/paar/halb drei/dritt vier fünf sechs sieb acht neun zehn elf"
    " zwölf/dutzend",
    "fr": "un/premi deux/second/double/demi trois/tier quatre/quart/quatri cinq six sept huit neuf/neuvi"
    " dix onze"
    " douz",
    "es": "un/prim dos/segund/doble/ambos/medi tres/terc/trip cuatr/cuart cinc/quint seis/sext siete/sépt"
    " och/octav"
    " nuev/noven diez/déc once/undéc doce/docena",
    "pt": "um/prim dois/duas/segund/dobr/ambos/mei três/terc/trip quatr/quart cinc/quint seis/sext"
    " sete/sétim oit"
    " nov dez/décim onz doz/dúzia",
    "it": "un/prim due/second/doppi/entramb/mezz tre/terz/tripl quattr/quart cinqu/quint sei/sest sett ott"
    " nov"
    " dieci/decim undic dodic/dozzin",
    "nl": "een/één/eerst twee/beide/half drie/derd vier vijf zes zev acht neg/nege tien elf twaalf/dozijn",
    "sv": "en/ett/först två/båda/andra/halv tre/tred fyr/fjärd fem sex/sjät sju åtta/åttond nio ti/tio elv"
    " tolv",
    "da": "en/et/én/ét/først to/begge/anden/halv tre/tred fire/fjerd fem seks/sjett syv otte ni ti"
    " elleve/ellevt tolv",
    "nb": "en/ett/én/først to/begge/andre/halv tre/tred fire/fjerd fem seks/sjett sju/syv åtte ni ti"
    " elleve tolv",
    "pl": "jed/pierwsz dw/drug/ob/pół trz/troj czter/czwar pię/piąt sześ/szóst sied/siód osiem/ósm dziew"
    " dzies jeden"
    " dwan",
    "cs": "jed/prvn dv/druh/ob/půl tři/třet/troj čtyř/čtvrt pět/pát šest sedm osm/osem devět/devát"
    " deset/desát"
    " jedenáct dvanáct/tucet",
    "ro": "un/o/prim do/ambel/jumăt trei/treil/treia patr cinc/cinci șas șapt opt nou zec unsprez"
    " doisprez/duzin",
    "ru": "од/перв дв/втор/об/пол/пар тр четыр/четвер/четвёр пят шест сем/седьм вос девят десят одиннадцат"
    " двенадцат/дюжин",
    "uk": "од/перш дв/друг/об/пів/пар тр чотир/четвер п шест/шіст сім/сем/сьом віс/вос дев десят одинадцят"
    " дванадцят/дюжин",
    "hu": "egy/első kett/két/másod/fél/mindkét három/harmad négy/neged öt hat hét/het nyolc kilenc"
    " tíz/tized tizenegy"
    " tizenkett/tucat",
    "tr": "bir/ilk iki/ikinci/çift/yarım üç dört/dörd/çeyrek beş altı yedi sekiz dokuz on onbir oniki/düzine",
    "fi": "yksi/yhd/yht/ensim kaksi/kahd/kaht/molem/toin/puol kolm neljä/nelj viisi/viid/viit/viide"
    " kuusi/kuud/kuut"
    " seitsem kahdeks yhdeks kymmen yksitoista kaksitoista/tusina",
    "el": "ένα/μία/πρώτ δύο/δεύτερ/διπλ τρί/τρει/τρία τέσσ/τέταρτ πέντε/πέμπτ έξι/έκτ επτά/εφτά/έβδομ"
    " οκτώ/οχτώ/όγδο"
    " εννέα/εννιά/ένατ δέκα έντεκα δώδεκα/ντουζίν",
    "ar": "واحد/أول/اول/إحد/احد اثن/إثن/ثان/ثنا/كلا/نصف ثلاث/ثالث/ثلث أربع/اربع/رابع/ربع خمس/خامس ست/سادس"
    " سبع/سابع"
    " ثمان/ثامن/ثمن تسع/تاسع عشر/عاشر أحد/احد اثنا/اثني",
}
_TENS: Mapping[str, str] = {
    "en": "twent thirt fort fift sixt sevent eight ninet hundred thousand",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend",
    "fr": "vingt trent quarant cinquant soixant soixante quatre quatre cent/centaine mill",
    "es": "veint/vigés treint cuarent cincuent sesent setent ochent novent cien mil",
    "pt": "vint/vigés trint quarent cinquent/cinqüent sessent setent oitent novent cem/cent mil",
    "it": "vent trent quarant cinquant sessant settant ottant novant cent mill",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend",
    "sv": "tjug tretti fyrti femti sexti sjutti åtti nitti hundra tusen",
    "da": "tyve tredive fyrre/fyrret halvtreds tres halvfjerds firs halvfems hundred tusind",
    "nb": "tjue tretti førti femti seksti sytti åtti nitti hundre tusen",
    "pl": "dwadzie/dwudziest trzydzie czterdzie pięćdzie sześćdzie siedemdzie osiemdzie dziewięćdzie"
    " sto/stu tysi",
    "ru": "двадцат тридцат сорок пятьдесят/пятидесят шестьдесят/шестидесят семьдесят/семидесят"
    " восемьдесят/восьмидесят девяност сто/сот тысяч",
    "tr": "yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin",
    "ar": "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين"
    " تسعون/تسعين"
    " مئة/مائة/مئت ألف/آلاف",
}
_TEENS: Mapping[str, str] = {
    "en": "thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "de": "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "fr": "treiz quatorz quinz seiz dix_sept dix_huit dix_neuf",
    "es": "trec catorc quinc diecis diecis diecio diecin",
    "pt": "trez catorz/quatorz quinz dezess/dezass dezess/dezass dezoit dezenov/dezanov",
    "it": "tredic quattordic quindic sedic diciass diciott diciann",
    "sv": "tretton fjorton femton sexton sjutton arton nitton",
    "da": "tretten fjorten femten seksten sytten atten nitten",
    "nb": "tretten fjorten femten seksten sytten atten nitten",
    "pl": "trzyna czterna piętna szesna siedemna osiemna dziewiętna",
    "ru": "тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат",
    "tr": "on_üç on_dört on_beş on_altı on_yedi on_sekiz on_dokuz",
    "nl": "dertien veertien vijftien zestien zeventien achttien negentien",
}
_LARGEST_SPELT = 20  # numbers up to this one may be words where those of a language are not known
_TEN_VALUES = (20, 30, 40, 50, 60, 70, 80, 90, 100, 1000)

_HAN_DIGITS = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
    "半": 2,
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = re.compile(f"[{''.join((*_HAN_DIGITS, *_HAN_UNITS))}]+")
_ROMAN = re.compile(r"(?<!\w)(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!(?!ème|os?\b)\w\w)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def values_of_words(text: str, language: str) -> set[str]:
    """Return the numbers that words of a text in a language (code) can mean."""
    base = base_language(language)
    if not _knows(base):
        words = {str(value) for value in range(_LARGEST_SPELT + 1 if base else 100)} | set(
            map(str, _TEN_VALUES)
        )
    else:
        found = [folded(word) for word, _, _ in words_in(text)]
        cores = {core for word in found for core in cores_of(word, base)}
        words = {value for value, starts in _starts(base) if any(core.startswith(starts) for core in cores)}
        joined = " ".join(found)
        large = {value for value, starts in _within(base) if any(start in joined for start in starts)}
        words |= large | {str(int(ten) + int(one)) for ten in large for one in words if len(one) == 1}
    return words | set(_han(text)) | set(_roman(text))


def _knows(base: str) -> bool:
    return base in _TO_TWELVE or base in ("zh", "ja")


@cache
def _starts(base: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    groups = [tuple(folded(word) for word in group.split("/")) for group in _TO_TWELVE.get(base, "").split()]
    return tuple((str(value), group) for value, group in enumerate(groups, start=1))


@cache
def _within(base: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return larger numbers with what stands in their words anywhere: "fünfundzwanzig"."""
    of_teens, of_tens = _TEENS.get(base, "").split(), _TENS.get(base, "").split()
    words = [*zip(range(13, 20), of_teens, strict=False), *zip(_TEN_VALUES, of_tens, strict=False)]
    return tuple(
        (str(value), tuple(folded(each).replace("_", " ") for each in word.split("/")))
        for value, word in words
    )


def _han(text: str) -> Iterator[str]:
    """Yield the values of numbers such as 二十五 and 三百万."""
    for found in _HAN.finditer(text):
        total = section = digit = 0
        plain = ""
        for sign in found[0]:
            unit = _HAN_UNITS.get(sign, 0)
            if not unit:
                digit = _HAN_DIGITS[sign]
                plain += str(digit)
            elif unit < 10**4:
                section += max(digit, 1) * unit
                digit = 0
            else:
                total, section, digit = total + max(section + digit, 1) * unit, 0, 0
        yield str(total + section + digit)
        yield plain or "0"  # "二〇二四"


def _roman(text: str) -> Iterator[str]:
    for found in _ROMAN.finditer(text):
        single = len(found[0]) == 1
        if single and (found[0] in "LC" or text[found.end() : found.end() + 1].strip(".,;:!?) ")):
            continue  # "Le", "C'est"
        values = [_ROMAN_VALUES[sign] for sign in found[0]]
        behind = [*values[1:], 0]
        yield str(sum(-one if one < other else one for one, other in zip(values, behind, strict=True)))
