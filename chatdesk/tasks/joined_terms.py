"""Adds the terms of a file to those of a glossary that has some of them already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatdesk.domain.glossaries import Term
from chatdesk.domain.words import trn


@dataclass(frozen=True, slots=True)
class JoinedTerms:
    """What a glossary has afterwards, and how the terms of the file stood to those that were there."""

    terms: tuple[Term, ...]
    added: int  # terms whose word was not there
    known: int  # terms that were there with the same translation
    other: int  # words that were there with another translation


def joined(there: Sequence[Term], brought: Sequence[Term], *, replacing: bool) -> JoinedTerms:
    """Return both together; large and small letters make different words.

    Where a word has another translation in the glossary, that of the file takes its place if `replacing`, and
    else the one in the glossary stays. A note comes along for a term that has none.
    """
    ours: defaultdict[str, dict[str, Term]] = defaultdict(dict)
    for term in there:
        ours[term.source].setdefault(term.target, term)
    theirs: defaultdict[str, dict[str, Term]] = defaultdict(dict)
    for term in brought:
        theirs[term.source].setdefault(term.target, term)
    added, known = 0, 0
    other: set[str] = set()
    result = {word: dict(targets) for word, targets in ours.items()}
    for word, targets in theirs.items():
        kept = result.setdefault(word, {})
        added += 0 if word in ours else len(targets)
        same = targets.keys() & ours[word].keys() if word in ours else set()
        known += len(same)
        for target in same:
            kept[target] = replace(kept[target], note=kept[target].note or targets[target].note)
        if word in ours and len(same) < len(targets):
            other.add(word)
        if word not in ours or (replacing and word in other):
            result[word] = {target: kept.get(target, term) for target, term in targets.items()}
    terms = tuple(term for targets in result.values() for term in targets.values())
    return JoinedTerms(terms, added, known, len(other))


def joined_words(both: JoinedTerms, *, replacing: bool) -> str:
    """Return what becomes of the terms of a file and of those that are there."""
    told = [trn("{count} term is new.", "{count} terms are new.", both.added)]
    if both.known:
        told.append(trn("{count} is there already.", "{count} are there already.", both.known))
    if both.other and replacing:
        told.append(
            trn(
                "{count} word has another translation there; that of the file takes its place.",
                "{count} words have another translation there; those of the file take their place.",
                both.other,
            )
        )
    elif both.other:
        told.append(
            trn(
                "{count} word has another translation there, and keeps it.",
                "{count} words have another translation there, and keep it.",
                both.other,
            )
        )
    return " ".join(told)
