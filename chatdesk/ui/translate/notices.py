"""What speaks against a translation as it is chosen now, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.catalogue import CatalogueModel
from chatdesk.domain.words import tr
from chatdesk.flows.translating import TranslationOptions
from chatdesk.languages.table import english_name, same_language
from chatdesk.tasks.tones import has_tones, takes_tone, takes_wishes
from chatdesk.tasks.translators import knows, translator_for


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence; with `models` a button that leads to the models page."""

    text: str
    models: bool = False


def notice_for(
    source: str,
    target: str,
    *,
    unclear: bool,
    options: TranslationOptions,
    recommended: Sequence[CatalogueModel],
) -> Notice | None:
    """Return the gravest doubt, None where there is none.

    `source` is the code that was chosen or found, "" where it is not known; `unclear` says that it was looked
    for in vain.
    """
    if source and same_language(source, target):
        language = english_name(target)
        return Notice(
            tr("The text is in {language} already. Choose another language to translate into.").format(
                language=language
            )
        )
    strange = [each for each in (source, target) if each and not knows(options.translator, each)]
    if strange:
        return Notice(
            _untrained(strange, options, [each for each in (source, target) if each], recommended),
            models=True,
        )
    if unclear:
        return Notice(
            tr(
                "It is not clear which language the text is in; parts may be in several."
                " Choose it above the text."
            )
        )
    return None


def _untrained(
    strange: Sequence[str],
    options: TranslationOptions,
    pair: Sequence[str],
    recommended: Sequence[CatalogueModel],
) -> str:
    names = tr(" and ").join(english_name(each) for each in strange)
    starter = options.translator is not None and options.translator.name == "starter"
    sentence = (
        tr(
            "The model that comes with ChatDesk knows English, German, French and Spanish alone,"
            " not {languages}."
        )
        if starter
        else tr("{model} was not trained for {languages}; it will make more mistakes.")
    ).format(model=options.model_title, languages=names)
    if (better := better_model(pair, recommended)) is not None:
        sentence += " " + tr("{model} was trained for it ({size}).").format(
            model=better.title, size=better.languages
        )
    return sentence


def refused_wishes(target: str, options: TranslationOptions) -> tuple[str, str]:
    """Return why no tone can be chosen, and why no field and instruction; "" where they can."""
    model = options.model_title
    if not takes_tone(options.translator):
        words = tr("{model} takes no tone, field or instruction.").format(model=model)
        return words, words
    no_tone = "" if has_tones(target) else tr("{language} has one way to address everybody.")
    no_more = "" if takes_wishes(options.translator) else tr("{model} takes no field or instruction.")
    return no_tone.format(language=english_name(target)), no_more.format(model=model)


def glossary_notice(options: TranslationOptions) -> Notice | None:
    """Return what to say when a glossary is used with a model that cannot be told of it."""
    if options.translator is None or options.translator.takes_terms:
        return None
    words = tr(
        "{model} cannot be told the words of a glossary. They are looked for in what it writes, and "
        "those that are missing are marked."
    )
    return Notice(words.format(model=options.model_title))


def better_model(languages: Sequence[str], recommended: Sequence[CatalogueModel]) -> CatalogueModel | None:
    """Return the first recommended model that was trained to translate these languages."""
    for model in recommended:
        family = translator_for(model.title, model.file)
        if (
            model.purpose == "translation"
            and family is not None
            and all(knows(family, each) for each in languages)
        ):
            return model
    return None
