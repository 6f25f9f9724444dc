"""Finds what can be seen to be wrong with a translation without knowing both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatdesk.domain.glossaries import Term, TermFound
from chatdesk.domain.translations import Finding, FindingKind
from chatdesk.tasks.check_names import name_findings
from chatdesk.tasks.check_numbers import number_findings
from chatdesk.tasks.check_parts import parts_findings
from chatdesk.tasks.check_wording import wording_findings
from chatdesk.tasks.pieces import sentences_of
from chatdesk.tasks.talk import talk_findings
from chatdesk.tasks.terms import term_kept


def findings(
    source: str,
    translation: str,
    source_language: str,
    target_language: str,
    terms_found: Sequence[TermFound],
    detected_language_of_translation: str = "",
) -> tuple[Finding, ...]:
    """Return doubts about a translation, those with a place in its order and before the others.

    Languages are codes, "" where they are not known; that which the translation was found to be in is set
    against the target. `terms_found` are the glossary's terms in the source. In doubt there is no finding.
    """
    whole = list(
        wording_findings(
            source, translation, source_language, target_language, detected_language_of_translation
        )
    )
    if any(finding.kind is FindingKind.empty for finding in whole):
        return tuple(whole)
    found = [
        *whole,
        *number_findings(source, translation, source_language, target_language),
        *name_findings(source, translation, source_language, target_language),
        *parts_findings(source, translation),
        *talk_findings(source, translation, source_language),
        *_terms(source, translation, target_language, terms_found),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.end == 0, each.start, each.end)))


def _terms(source: str, translation: str, language: str, found: Sequence[TermFound]) -> Iterator[Finding]:
    """Yield terms that a translation lacks, at the sentence that should have each."""
    places: dict[Term, TermFound] = {}
    for each in found:
        places.setdefault(each.term, each)
    missed = {term: each.start for term, each in places.items() if not term_kept(translation, language, term)}
    if not missed:
        return
    ours, theirs = list(sentences_of(source)), list(sentences_of(translation))
    for term, start in missed.items():
        number = next((at for at, (_, end) in enumerate(ours) if start < end), 0)
        whole = (theirs[0][0], theirs[-1][1]) if theirs else (0, 0)
        yield Finding(FindingKind.term, *(theirs[number] if len(ours) == len(theirs) else whole), term.target)
