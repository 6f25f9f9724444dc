"""Finds where a model talks instead of translating, and takes away what it has wrapped a translation in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.languages.table import languages
from chatdesk.tasks.inflection import base_language
from chatdesk.tasks.pieces import sentences_of
from chatdesk.tasks.scripts import weighted_length

# The word "translation" in any language: a source that has it may speak of one itself.
_TRANSLATION = (
    r"translat|übersetz|traduc|traduz|traduit|tradott|vertal|vertaal|översätt|oversæt|oversett"
    r"|tłumacz|přeloz|přelož"
    r"|překlad|preklad|prijevod|prevod|prevođ|fordít|käännö|käännetty|çevir|çeviri|traducere"
    r"|терджим|перевод|перевед"
    r"|переклад|превод|μετάφρασ|μεταφρ|ترجم|تُرجم|תרגום|תרגמ|अनुवाद|แปล|dịch"
    r"|terjemah|翻訳|訳文|翻译|翻譯|译文|譯文|번역"
)
_SAYS_TRANSLATION = re.compile(_TRANSLATION, re.IGNORECASE)
_A_TRANSLATION = _TRANSLATION.replace("translat|", "translation|translated|")  # no translator
_LABEL_END = r"[^\n:：]{0,60}[:：]"
_LABEL = re.compile(
    rf"\s*[*_#\"]{{0,3}}[^\n:：]{{0,60}}(?:{_A_TRANSLATION}){_LABEL_END}[*_]{{0,3}}\s*", re.IGNORECASE
)
_NAME_LABEL = re.compile(r"[*_]{0,3}([^\n:：*_]{2,40}?)[*_]{0,3} ?[:：][*_]{0,3}\s*")  # "German:"
_COLON = re.compile("[:：]")
_LABEL_WITHIN = 120  # characters at the beginning of a source in which it can have a label itself
_ANNOUNCES = re.compile(
    r"\s*(?:here(?:'s|’s| is| are)|this is|below is|hier ist|hier sind|voici|aquí (?:está|tiene|tienes)|ecco"
    r"|aqui está|hier is|oto|вот|إليك|以下[是为為は]|这是|這是|다음은|işte|her er|här är|tässä on|zde je)"
    rf"[^\n.:：。]{{0,60}}(?:{_TRANSLATION})",
    re.IGNORECASE,
)
# Yes in all its forms: a source that begins so is translated so.
_YES = (
    r"\s*(?:sure(?: thing)?|certainly|of course|absolutely|definitely|gladly|with pleasure|yes|okay"
    r"|ok|no problem"
    r"|natürlich|sehr gerne?|gerne?|klar|selbstverständlich|sicher|ja|bien sûr|certainement|oui|d['’]accord"
    r"|volontiers|claro(?: que sí)?|por supuesto|desde luego|con gusto|sí|vale|certo|certamente|sì|va bene"
    r"|com certeza|sim|natuurlijk|uiteraard|zeker|oczywiście|tak|jasne|конечно|разумеется|да|хорошо|بالطبع"
    r"|بالتأكيد|طبعا|نعم|当然|好的|是的|當然|もちろん(?:です)?|はい|물론|네|tabii|elbette"
    r"|evet)(?![^\W\d_])[ ]?"
)
_AGREES = re.compile(_YES + "[!！]", re.IGNORECASE)
_SOURCE_AGREES = re.compile(_YES, re.IGNORECASE)
_AGREEING_SOURCES = "en de fr es it pt nl pl ru ar zh ja ko tr"
_REFUSES = re.compile(
    r"\bas an? (?:ai|(?:large )?language model)\b|\bals (?:eine )?ki\b|\bals sprachmodell\b"
    r"|\ben tant qu['’](?:ia\b|intell)|\bcomo (?:una )?(?:ia\b|inteligencia|modelo de l)"
    r"|\bcome (?:un['’])?(?:ia\b|modello ling)|作为(?:一个)?(?:ai|人工智能)|aiとして|как (?:ии"
    r"|языковая модель)\b"
    r"|\bi['’]m sorry,? but i (?:cannot|can['’]t) (?:assist|fulfil|comply|translate)"
    r"|\bi (?:cannot|can['’]t|am (?:not able|unable) to) translate"
    r"|\bich kann (?:das|dies|diesen text|den text) (?:leider )?nicht übersetzen"
    r"|\bje ne peux pas traduire|\bno puedo traducir|\bnon posso tradurre|\bnão posso traduzir"
    r"|\b(?:please provide|bitte geben sie|bitte gib)[^.\n]{0,20} text\b",
    re.IGNORECASE,
)
# With one of these in the source a translation may say the like.
_SOURCE_REFUSES = re.compile(
    rf"(?<![^\W\d_])(?:ai|ki|ia|ии|a\.i\.)(?![^\W\d_])|language model|sprachmodell|modèle|modelo"
    rf"|modello|人工|模型|モデル"
    rf"|языков|sorry|leid|désolé|siento|spiace|desculp|извин|抱歉|对不起|申し訳|すみません|آسف|te[xk]|文|текст|نص|{_TRANSLATION}",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:^[ \t]*[*_]{0,3}|[(（\[][*_]{0,3})(?:translator['’]s note|note|notes|explanation|anmerkung|hinweis"
    r"|erläuterung|erklärung|remarque|explication|nota|notas|explicación|explicação|spiegazione"
    r"|opmerking|toelichting"
    r"|uwaga|wyjaśnienie|примечание|пояснение|ملاحظة"
    r"|注意?|注释|說明|说明|備考|備註|备注|참고)[*_]{0,3} ?[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_SOURCE_NOTES = re.compile(
    r"\b(?:n\.? ?b|p\.? ?s|notice|important|attention|achtung|tip|hint|tipp|info)\b|注|備考|참고|ملاحظ"
    r"|примеч|not[ae]"
    r"|hinweis|anm",
    re.IGNORECASE,
)
_SOURCE_ASIDE = re.compile(r"[(（\[][^)）\]]{0,40}[:：]")
# What a model says at the end, and no text does whose source has fewer sentences.
_OFFERS = re.compile(
    r"(?:let me know|feel free to|(?:i )?hope (?:this|that) helps|is there anything else"
    r"|if you (?:need|have) any|would you like me to|lass(?:en sie)? mich wissen"
    r"|ich hoffe,? das hilft|kann ich sonst noch"
    r"|n['’]hésitez pas|dites-moi si|j['’]espère que cela|avísame|no dudes en|espero que (?:esto|te|le)"
    r"|fammi sapere|spero che|me avise|espero que|laat (?:het )?me weten)\b",
    re.IGNORECASE,
)
_SOURCE_OFFERS = re.compile(
    r"\b(?:know|free|hope|else|need|wissen|hoff|sonst|zöger|hésit|espèr|dis-|dites|avis|dud|esper|fammi|sapere"
    r"|spero|weten)",
    re.IGNORECASE,
)
_TAGS_BEFORE = re.compile(r"(?:\s*</?text\d*>)+\s*", re.IGNORECASE)
_TAG_BEHIND = re.compile(r"</?text\d{0,9}>\s{0,9}$", re.IGNORECASE)
_LONGEST_TAG = 30  # characters with the white space behind it
_SOURCE_LABEL = (
    r"(?:[*_]{0,3}(?:source|original|text|quelle|texte|texto)[^\n:：]{0,20}[:：][*_]{0,3}\s*)?[\"“„«]?"
)
_QUOTES = {
    '"': '"',
    "“": "”",
    "„": "“",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "‘": "’",
    "'": "'",
    "`": "`",
}
_ALL_QUOTES = frozenset((*_QUOTES, *_QUOTES.values()))
_FENCE = re.compile(r"\s*(```|~~~)[ \t]*\w*[ \t]*\n(.*?)\n?[ \t]*\1\s*", re.DOTALL)
_WRAP = re.compile(
    r"\s*<(text|translation|translated|target|output)>\s*(.*?)\s*</\1>\s*", re.DOTALL | re.IGNORECASE
)
_ASKS = re.compile(r"[?？؟;՞]|か[。」]?\s*$|吗|嗎|呢")
_ENDS_ASKING = re.compile(r"\w\s?[?？؟]\s*$")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# The first part can be all of the translation when it has this many times the length of the source, and what
# follows is more than that when they have that many together.
_LEAST, _MOST, _WITH_MORE = 0.65, 2.0, 1.4


def talk_findings(source: str, translation: str, source_language: str) -> Iterator[Finding]:
    """Yield where a model says what its source does not say; a place is a part of it."""
    wrapped = stripped_talk(source, translation)
    begin = _opening(source, translation, source_language)
    if begin:
        yield Finding(FindingKind.talk, *_trimmed(translation, *begin))
    elif wrapped != translation.strip():
        yield Finding(FindingKind.talk)
    if behind := _explanation(source, translation, begin[1] if begin else 0):
        yield Finding(FindingKind.talk, *behind)
    elif not begin and _answers(source, translation):
        yield Finding(FindingKind.talk)


def stripped_talk(source: str, translation: str) -> str:
    """Return a translation without white space, labels, quotes and fences around it that the source lacks.

    Only wrappers that cannot be part of the text are taken away; the words of the translation all stay.
    """
    text, before = translation.strip(), ""
    while text != before:
        before = text
        text = _without_source(source, text).strip() or text
        text = _without_wrap(source, _without_label(source, text)).strip() or text
        text = _without_quotes(source, text)
    return text


def _without_source(source: str, text: str) -> str:
    """Take away the marks of the request around the text, and the source that is said again before it."""
    if not _TAGS_BEFORE.search(source):
        text = _without_tags(text)
    said = source.strip()
    start = re.match(_SOURCE_LABEL, text, re.IGNORECASE)
    if said and start is not None and text.startswith(said, start.end()):
        rest = text[start.end() + len(said) :]
        if found := re.match(r"[\"”“»]?[ \t]*(?:\n|=>|->|→)\s*(?=\w|[*_\"“„«¿¡])", rest):
            return rest[found.end() :]
    return text


def _without_tags(text: str) -> str:
    begin = found.end() if (found := _TAGS_BEFORE.match(text)) else 0
    end = len(text)
    while found := _TAG_BEHIND.search(text, max(begin, end - _LONGEST_TAG), end):
        end = found.start()
    return text[begin:end]


def _without_label(source: str, text: str) -> str:
    found = _LABEL.match(text)
    if not found:
        found = _NAME_LABEL.match(text)
        named = found[1].casefold().removeprefix("in ").removeprefix("auf ") if found else ""
        if not found or named not in _language_names():
            return text
    # "Übersetzung: Anna Schmidt" can be the text itself, where its source has a colon, too.
    if (
        found.end() == len(text)
        or _SAYS_TRANSLATION.search(source)
        or _COLON.search(source, 0, _LABEL_WITHIN)
    ):
        return text
    return text[found.end() :]


@cache
def _language_names() -> frozenset[str]:
    return frozenset(name.casefold() for each in languages().values() for name in (each.english, each.own))


def _without_wrap(source: str, text: str) -> str:
    fence = _FENCE.fullmatch(text)
    if fence and fence[1] not in source and fence[1] not in fence[2]:
        return fence[2]
    wrap = _WRAP.fullmatch(text)
    return wrap[2] if wrap and f"<{wrap[1]}>" not in source else text


def _without_quotes(source: str, text: str) -> str:
    if len(text) < 3 or _QUOTES.get(text[0]) != text[-1]:
        return text
    inner, first = text[1:-1], source.strip()[:1]
    if first in _ALL_QUOTES or source.strip()[-1:] in _ALL_QUOTES or {text[0], text[-1]} & set(inner):
        return text
    return inner.strip() or text


def _opening(source: str, translation: str, language: str) -> tuple[int, int] | None:
    """Return where a model announces, agrees or refuses at the beginning."""
    labelled = _SAYS_TRANSLATION.search(source) or _COLON.search(source, 0, _LABEL_WITHIN)
    if not labelled and (found := _LABEL.match(translation) or _ANNOUNCES.match(translation)):
        return found.span()
    if (found := _REFUSES.search(translation, 0, 200)) and not _SOURCE_REFUSES.search(source):
        return found.span()
    agrees = _AGREES.match(translation)
    if agrees and not _SOURCE_AGREES.match(source) and base_language(language) in _AGREEING_SOURCES.split():
        more = sum(1 for _ in sentences_of(translation)) > sum(1 for _ in sentences_of(source))
        return agrees.span() if more else None
    return None


def _explanation(source: str, translation: str, start: int) -> tuple[int, int] | None:
    """Return where a model explains its translation behind it, which begins at `start`."""
    start += len(translation[start:]) - len(translation[start:].lstrip())
    end = len(translation.rstrip())
    note = _NOTE.search(translation, start + 1)
    apart = note and (note[0][0] in "(（[" or translation.count("\n") > source.count("\n"))
    if note and apart and not _SOURCE_NOTES.search(source) and not _SOURCE_ASIDE.search(source):
        return note.start(), end
    sentences = list(sentences_of(translation))
    more = len(sentences) > sum(1 for _ in sentences_of(source))
    if more and _OFFERS.match(translation, sentences[-1][0]) and not _SOURCE_OFFERS.search(source):
        return sentences[-1][0], end
    blank = _BLANK_LINE.search(translation, start, end)
    if blank and "\n" not in source.strip():
        ours, first = weighted_length(source), weighted_length(translation[start : blank.start()])
        whole = weighted_length(translation[start:end])
        if _LEAST * ours <= first <= _MOST * ours and whole >= _WITH_MORE * ours:
            return blank.end(), end
    return None


def _answers(source: str, translation: str) -> bool:
    """Whether a question has become none: the model has answered it."""
    return bool(_ENDS_ASKING.search(source)) and not _ASKS.search(translation)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place without white space around."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())
