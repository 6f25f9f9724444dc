"""The plural forms of languages as gettext counts them."""

from __future__ import annotations

from dataclasses import dataclass

_ONE = "nplurals=1; plural=0;"
_TWO = "nplurals=2; plural=(n != 1);"
_FROM_TWO = "nplurals=2; plural=(n > 1);"
_EAST_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_CZECH = "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);"
_HEADERS = {
    **dict.fromkeys(("id", "ja", "jv", "km", "ko", "lo", "ms", "my", "th", "vi", "yo", "zh"), _ONE),
    **dict.fromkeys(("fa", "fil", "fr", "hy", "ln", "mg", "oc", "ti", "tr", "uz", "pt-BR"), _FROM_TWO),
    **dict.fromkeys(("be", "bs", "hr", "ru", "sh", "sr", "uk"), _EAST_SLAVIC),
    **dict.fromkeys(("cs", "sk"), _CZECH),
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);",
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
    "mt": "nplurals=4; plural=(n==1 ? 0 : n==0 || n%100>1 && n%100<11 ? 1 : n%100>10 && n%100<20 ? 2 : 3);",
    "gd": "nplurals=4; plural=(n==1 || n==11) ? 0 : (n==2 || n==12) ? 1 : (n > 2 && n < 20) ? 2 : 3;",
    "ga": "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4);",
    "cy": "nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : (n != 8 && n != 11) ? 2 : 3);",
    "is": "nplurals=2; plural=(n%10!=1 || n%100==11);",
    "mk": "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
    "ar": "nplurals=6; plural=(n<3 ? n : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
_OF_ONE = {"ar": 1}  # which form stands for one thing, where it is not the first


@dataclass(frozen=True, slots=True)
class Plurals:
    header: str  # the value of Plural-Forms
    count: int  # of the forms
    of_one: int  # the form for one thing; -1 where there is one form for all numbers


def plurals_of(language: str) -> Plurals:
    """Return the forms of a language, those of most languages where it is not known."""
    base = language.partition("-")[0]
    header = _HEADERS.get(language) or _HEADERS.get(base, _TWO)
    count = int(header.removeprefix("nplurals=").partition(";")[0])
    return Plurals(header, count, _OF_ONE.get(base, 0) if count > 1 else -1)
