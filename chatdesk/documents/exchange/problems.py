"""What users read about the entries of a file that were left out or changed."""

from __future__ import annotations

from collections.abc import Mapping

from chatdesk.documents.exchange.entries import LONGEST_TERM, LONGEST_TEXT, MOST_TERMS, Flaw
from chatdesk.domain.glossaries import FileProblem
from chatdesk.domain.words import tr, trn
from chatdesk.languages.table import english_name


def problem_of(flaw: Flaw, line: int, detail: str = "") -> FileProblem:
    """Return it in words; `detail` is the code of a language, see `entries.Problem`."""
    return FileProblem(line, _reason(flaw, detail))


def more_of(flaw: Flaw, count: int) -> FileProblem:
    """Return in words that there are so many more of a kind."""
    return FileProblem(0, f"{trn('One more:', '{count} more:', count)} {_reason(flaw)}")


def _reason(flaw: Flaw, language: str = "") -> str:
    return _reasons()[flaw].format(
        language=english_name(language), term=LONGEST_TERM, text=LONGEST_TEXT, most=MOST_TERMS
    )


def _reasons() -> Mapping[Flaw, str]:
    return {
        Flaw.one_side: tr("Left out: there is text in one of the two languages only."),
        Flaw.no_language: tr("Left out: it does not say which language it is in."),
        Flaw.too_long: tr("Left out: a term has at most {term}, a sentence at most {text:,} characters."),
        Flaw.twice: tr("Left out: the same stands further up."),
        Flaw.too_many: tr("Left out: a glossary has at most {most:,} terms."),
        Flaw.not_allowed: tr("Left out: all its translations are marked as not to be used."),
        Flaw.synonyms: tr("It has several translations; the preferred one, or else the first, was taken."),
        Flaw.tags: tr("Formatting and placeholders were taken out of the text."),
        Flaw.entity: tr("A part that stands elsewhere and is only referred to was left out."),
        Flaw.letters: tr("Some letters could not be read; “\ufffd” stands for them."),
        Flaw.one_column: tr("This table has one column; a glossary needs terms and their translations."),
        Flaw.no_column: tr("This table has no column in {language}."),
    }
