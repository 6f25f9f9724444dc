"""Says what translations will take."""

from __future__ import annotations

from collections.abc import Sequence

from chatdesk.domain.translations import TranslationPlan
from chatdesk.domain.words import tr, trn
from chatdesk.ui.models.numbers import grouped, time_words


def plan_words(plans: Sequence[TranslationPlan]) -> str:
    """Return in one line what these translations will take together."""
    segments = sum(plan.segments for plan in plans)
    known = sum(plan.known for plan in plans)
    tokens = sum(plan.tokens for plan in plans)
    words = [
        trn("{{count}} paragraph", "{{count}} paragraphs", segments).format(count=grouped(segments)),
        trn("{{count}} token", "{{count}} tokens", tokens).format(count=grouped(tokens)),
    ]
    if known:
        words.append(tr("{count} known already").format(count=grouped(known)))
    seconds = [plan.seconds for plan in plans]
    measured = [each for each in seconds if each is not None]
    if len(measured) < len(seconds):
        words.append(tr("how long it takes is known once this model has written something"))
    else:
        words.append(tr("about {time}").format(time=time_words(sum(measured))))
    return " · ".join(words)
