"""What the list of summaries says of each."""

from __future__ import annotations

from chatdesk.domain.summaries import Summary, SummaryHit, SummaryState
from chatdesk.domain.words import tr
from chatdesk.ui.models.numbers import date_words
from chatdesk.ui.summarize.history import HistoryRow
from chatdesk.ui.summarize.words import form_title, language_words, length_title, state_title


def row_of(summary: Summary, *, busy: bool) -> HistoryRow:
    """Return how a summary stands in the list."""
    wishes = summary.wishes
    what = f"{length_title(wishes.length)} · {form_title(wishes.form)}"
    if busy:
        what = tr("Being made…")
    elif summary.state is not SummaryState.done:
        what = state_title(summary.state)
    languages = language_words(wishes.language, summary.language)
    return HistoryRow(summary.id, summary.name, f"{what} · {date_words(summary.created)}", busy, languages)


def row_of_hit(hit: SummaryHit) -> HistoryRow:
    """Return how a summary that was searched for stands in the list."""
    snippet = " ".join(hit.snippet.split())
    return HistoryRow(hit.summary, hit.name, snippet or date_words(hit.when))
