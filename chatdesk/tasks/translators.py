"""Words the request for a translation as the family of the model in use wants it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from chatdesk import paths
from chatdesk.domain.errors import TaskInvalid
from chatdesk.domain.generation import GenerationRequest
from chatdesk.domain.glossaries import Pair, Term
from chatdesk.domain.tasks import TaskSpec
from chatdesk.domain.translations import Tone, TranslationWishes
from chatdesk.domain.translators import Translator
from chatdesk.languages.table import languages, same_language
from chatdesk.tasks.reading import bare_task, check_table, read_task
from chatdesk.tasks.tones import has_tones
from chatdesk.tasks.wording import Value, request_for

_SEED = 1  # the same text is translated the same way again
_KEYS: Mapping[str, type] = {
    "title": str,
    "names": list,
    "languages": list,
    "task": dict,
    "framed": bool,
    "needs_source": bool,
    "plain": bool,
}
_SAYS_LITTLE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """One text to translate, and what the model may be told with it."""

    text: str
    wishes: TranslationWishes
    source: str = ""  # the language's code or name; "" where it is not known
    terms: Sequence[Term] = ()
    examples: Sequence[Pair] = ()
    before: str = ""  # what stands before the text
    marks: str = ""  # the marks of formatting in the text, "" for none
    strictly: bool = False  # the model has talked about the text instead of translating it


@cache
def translators() -> tuple[Translator, ...]:
    """Return all families that the application knows. Raises TaskInvalid."""
    return tuple(read_translator(path) for path in sorted((paths.assets() / "translators").glob("*.toml")))


def read_translator(path: Path) -> Translator:
    """Return the family that a file describes.

    It has `title`, `names`, `languages`, and where it needs them `[task]`, `framed`, `needs_source` and
    `plain`. Raises TaskInvalid, which says what is wrong, also for any other key.
    """
    try:
        return _translator(path)
    except ValueError as error:
        raise TaskInvalid(path, str(error)) from error
    except OSError as error:
        raise TaskInvalid(path, error.strerror or str(error)) from error


def translator_for(*names: str) -> Translator | None:
    """Return the family of a model by the names that it goes by (its title, its file's), None for an ordinary
    chat model."""
    told = [f"-{_SAYS_LITTLE.sub('-', name.lower())}-" for name in names]
    return next((each for each in translators() if any(_named(each, name) for name in told)), None)


def knows(translator: Translator | None, language: str) -> bool:
    """Whether models of a family were trained for a language or the language that it is a variant of.

    True where that is not known: for chat models that list no languages.
    """
    if translator is None:
        return True
    base = language.partition("-")[0]
    script = language in ("zh-Hant", "zh-Hans")
    return any(
        same_language(each, language) or (not script and same_language(each, base))
        for each in translator.languages
    )


def translation_request(asked: Asked, translator: Translator | None) -> GenerationRequest:
    """Return what the engine is asked. Raises TaskInvalid."""
    values = _values(asked)
    if translator is not None and translator.task is not None:
        own = {slot.name for slot in translator.task.slots}
        task = translator.task
        request = request_for(task, {name: value for name, value in values.items() if name in own}, {})
        sampling = replace(request.sampling, seed=_SEED)
        return replace(request, sampling=sampling, framed=translator.framed)
    if translator is not None and translator.plain:
        values = {name: value for name, value in values.items() if name in ("text", "source", "target")}
    task = _task(_wording(asked, translator))
    fitting = {name: value for name, value in values.items() if name in {slot.name for slot in task.slots}}
    tone = asked.wishes.tone if has_tones(asked.wishes.target) else Tone.neutral
    return request_for(task, fitting, {"tone": tone})


def alternatives_request(text: str, part: str, source: str, target: str) -> GenerationRequest:
    """Return the question for other translations of a part; the answer is {"alternatives": [...]}."""
    values = {"text": text, "part": part, "source": source, "target": target}
    return request_for(_task("alternatives"), values, {})


def takes_terms(translator: Translator | None) -> bool:
    """Whether models of a family can be told how words are to be translated, as chat models can."""
    return translator is None or translator.takes_terms


def names_request(
    names: Sequence[str], places: str, wishes: TranslationWishes, source: str, translator: Translator | None
) -> GenerationRequest:
    """Return the question how names are written, which stand in `places`.

    The answer is {"names": [{"name": ..., "written": ...}]}; a family that has a wording of its own and
    answers no questions gets the names as a text to translate, one in a line.
    """
    if translator is not None and translator.task is not None:
        return translation_request(Asked("\n".join(names), wishes, source), translator)
    values: dict[str, Value] = {"names": names, "text": places, "source": source, "target": wishes.target}
    return request_for(_task("names"), values, {})


def _wording(asked: Asked, translator: Translator | None) -> str:
    if asked.strictly:
        return "translate_strictly"
    if asked.before and (translator is None or translator.uses_context):
        return "translate_within"
    return "translate"


def _values(asked: Asked) -> dict[str, Value]:
    wishes = asked.wishes
    source = asked.source or wishes.source
    return {
        "text": asked.text,
        "source": source,
        "source_code": _code(source),
        "target": wishes.target,
        "target_code": _code(wishes.target),
        "domain": wishes.domain,
        "instruction": _ended(wishes.instruction),
        "terms": [f"{term.source} = {term.target}" for term in asked.terms],
        "examples": [f"{pair.source} = {pair.target}" for pair in asked.examples],
        "before": asked.before,
        "marks": asked.marks,
    }


def _ended(sentence: str) -> str:
    """Return a sentence with a full stop, so that the next one is not read as its end."""
    text = sentence.strip()
    return f"{text}." if text and text[-1].isalnum() else text


def _code(language: str) -> str:
    return language if language in languages() else language[:2].lower()


@cache
def _task(name: str) -> TaskSpec:
    return read_task(paths.task_file(name))


def _named(translator: Translator, name: str) -> bool:
    return any(f"-{part}" in name for part in translator.names)


def _translator(path: Path) -> Translator:
    table = check_table(
        tomllib.loads(path.read_text("utf-8")), _KEYS, ("title", "names", "languages"), "the file"
    )
    if unknown := [code for code in table["languages"] if code not in languages()]:
        raise ValueError(f"languages: {unknown[0]} is not in languages.toml")
    task = bare_task(path.stem, table["task"]) if "task" in table else None
    return Translator(
        path.stem,
        table["title"],
        tuple(table["names"]),
        tuple(table["languages"]),
        task,
        table.get("framed", True),
        table.get("needs_source", False),
        table.get("plain", False),
    )
