"""What speaks against a translation as it is chosen now, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatdesk.domain.catalogue import CatalogueModel
from chatdesk.domain.words import tr
from chatdesk.flows.translating import TranslationOptions
from chatdesk.languages.table import english_name, same_language
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
