"""Summarises the whole of documents that are too long for a chat, to be told in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Attachment
from chatdesk.domain.documents import Document
from chatdesk.domain.passages import Passages
from chatdesk.domain.summaries import (
    JoiningStarted,
    PartStarted,
    SummaryEnded,
    SummaryState,
    SummaryWishes,
)
from chatdesk.domain.summary_errors import SummaryFailed
from chatdesk.domain.words import tr
from chatdesk.flows.options import AnswerOptions
from chatdesk.flows.summarize import SummarizeFlow, SummaryOptions


class WholeSummary:
    """What the page that summarises does, for documents that were attached to a chat."""

    def __init__(self, flow: SummarizeFlow, passages: Passages) -> None:
        """`passages` know the documents, wherever they are kept."""
        self._flow = flow
        self._passages = passages

    def of(
        self, attached: Sequence[Attachment], options: AnswerOptions, cancel: CancelToken
    ) -> Iterator[str | tuple[Attachment, Document]]:
        """Yield how far it is as sentences, and for each document the attachment with its summary.

        The summaries stand in the history of the page that summarises. Nothing more when cancelled. Raises
        SummaryFailed, EngineError, StorageError.
        """
        chosen = SummaryOptions(options.load, options.model_title, options.context_tokens)
        for each in attached:
            document = self._passages.whole(each.document, each.name)
            if document is None or cancel.cancelled:
                continue
            yield tr("Summarising {name}…").format(name=each.name)
            begun = self._flow.begin(document, SummaryWishes(), chosen)
            for event in self._flow.summarize(begun, chosen, cancel):
                match event:
                    case PartStarted(chunk):
                        words = tr("Summarising {name}: part {number}")
                        yield words.format(name=each.name, number=chunk.number)
                    case JoiningStarted():
                        yield tr("Summarising {name}: joining the parts").format(name=each.name)
                    case SummaryEnded(summary) if summary.state is SummaryState.failed:
                        raise SummaryFailed(each.name, summary.error)
                    case SummaryEnded(summary) if summary.state is SummaryState.done:
                        name = tr("Summary of {name}").format(name=each.name)
                        yield each, Document(name, summary.text)
