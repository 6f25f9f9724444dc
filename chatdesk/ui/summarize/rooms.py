"""What the page that summarises works with."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.ports import PageImages
from chatdesk.domain.summary_ports import Summaries
from chatdesk.flows.models import ModelFlow
from chatdesk.flows.recognition import RecognitionFlow
from chatdesk.flows.recognition_ways import RecognitionWays
from chatdesk.flows.summarize import SummarizeFlow
from chatdesk.flows.summary_queue import SummaryQueueFlow
from chatdesk.ui.current_settings import CurrentSettings
from chatdesk.ui.jobs import JobRunner


@dataclass(frozen=True, slots=True)
class Rooms:
    """Flows, stores and workers."""

    flow: SummarizeFlow
    queue: SummaryQueueFlow
    reader: RecognitionFlow
    ways: RecognitionWays
    pages: PageImages
    summaries: Summaries
    models: ModelFlow
    settings: CurrentSettings
    runs: JobRunner  # makes summaries: one and the list, which share the model
    looks: JobRunner  # reads documents and counts tokens
