"""The commonest words of languages, by which running text is told from names and titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from chatdesk.tasks.inflection import base_language

_CODE = re.compile(r"\w\(|[{};]\s*$|[=!:]=|[=-]>|</?\w|\w::\w|^\s*[$>#]\s|\[-|(?<!\S)--?\w")
_SIGNS = ".,;:!?…\"'“”„«»‘’()[]¿¡–—-*_"
_JOINTS = re.compile("['’-]")
# Words that are written alike in many of the other languages are left out.
_WORDS: Mapping[str, str] = {
    "en": "the of and is are was were that this with for not have has you your it its be been will"
    " would they which from we our there what when can could should",
    "de": "der das und ist sind war waren nicht mit für ein eine einen einem einer den dem des auch auf"
    " von zu sich ich sie wir ihr wird werden haben hat dass oder bei nach wie aus im zum zur",
    "fr": "le les une des est sont était dans pour pas avec sur que qui ce cette nous vous ils elle"
    " être avoir du au aux mais ou et leur plus par",
    "es": "el los las una es son está están fue para con por que del como más pero este esta sus muy"
    " hay y lo nos usted cuando también",
    "it": "il gli della di che è sono era per non con una del dei nel alla anche come più questo questa"
    " ma sul delle hanno essere",
    "pt": "o os as um uma é são está foi para com não que do da dos das em no na nos nas ao mais mas"
    " como você também seu sua",
    "nl": "de het een en is zijn was niet met voor van dat die deze op aan er ook bij naar heeft hebben"
    " wordt worden maar uit wij je",
    "sv": "och att det är som en ett inte med för på av den har var till kan ska från men eller vi jag om de",
    "da": "og at det er som en et ikke med for på af den har var til kan skal fra men eller vi jeg om de",
    "nb": "og at det er som en et ikke med for på av den har var til kan skal fra men eller vi jeg om de",
    "pl": "i w na z się nie jest są do to że jak oraz dla od po przez był była tym ale lub który która które",
    "cs": "a v na se je jsou že s z do to pro jako nebo ale by byl byla které který která podle také už",
    "sk": "a v na sa je sú že s z do to pre ako alebo ale by bol bola ktoré ktorý ktorá podľa tiež už",
    "ro": "și în la cu de este sunt nu că din pentru care pe un o mai dar sau au fost această acest",
    "hu": "a az és nem hogy egy is van volt meg ez csak de vagy mint már még lesz kell",
    "fi": "ja on ei se että ovat oli tai kun mutta hän niin myös joka sekä olla voi ole",
    "tr": "ve bir bu için ile de da çok olarak daha gibi var değil olan kadar sonra ancak veya",
    "id": "yang dan di dengan untuk dari ini itu tidak adalah pada ke akan dalam juga atau oleh",
    "hr": "i je u na se da su za s od koji koja koje nije ali ili kao što bi",
    "ca": "el els les una és són amb per que del com més però aquest aquesta i no també",
    "vi": "và của là có không được cho trong một những với này các đã người",
}


@cache
def small_words(language: str) -> frozenset[str]:
    """Return the commonest words of a language (code); none where they are not known."""
    return frozenset(_WORDS.get(base_language(language), "").split())


def is_running_text(text: str, language: str) -> bool:
    """Whether a text of a language has words that are none of names, titles and code.

    Where the commonest words are not known, four words with small letters are taken for running text.
    """
    tokens = [token.strip(_SIGNS) for token in text.split()]
    words = [token for token in tokens if token and _JOINTS.sub("", token).isalpha()]
    if len(tokens) < 2 or _CODE.search(text):
        return False
    small = sum(word[0].islower() for word in words)
    known = small_words(language)
    if not known:
        return small >= 4
    return small * 2 > len(tokens) and any(word.casefold() in known for word in words)
