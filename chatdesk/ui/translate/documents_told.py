"""Tells what documents will take, and what of them is not translated."""

from __future__ import annotations

from chatdesk.domain.translation_queue import QueuedTranslationId
from chatdesk.domain.translations import TranslationPlan, TranslationState
from chatdesk.flows.translation_queue import FilePlanned
from chatdesk.ui.translate.documents_view import DocumentsView
from chatdesk.ui.translate.plan_words import plan_words


class DocumentsTold:
    """Knows the plans that were made since the application was started."""

    def __init__(self, view: DocumentsView) -> None:
        self._view = view
        self._plans: dict[QueuedTranslationId, TranslationPlan] = {}
        self._notes: dict[QueuedTranslationId, tuple[str, ...]] = {}

    def take(self, planned: FilePlanned) -> None:
        """Keep a plan; of a document that was read before there are no new notes."""
        self._plans[planned.file.id] = planned.plan
        if planned.notes:
            self._notes[planned.file.id] = planned.notes
        self.tell_notes()

    def tell_plan(self, *, running: bool) -> None:
        """Say what all that waits will take together; nothing while it is worked on."""
        waiting = (each for each in self._view.model.files if each.state is TranslationState.waiting)
        plans = [self._plans[file.id] for file in waiting if file.id in self._plans]
        self._view.tell_plan(plan_words(plans) if plans and not running else "")

    def tell_notes(self) -> None:
        """Say of the one chosen document why it failed and what of it is not translated."""
        chosen = self._view.table.files
        told: tuple[str, ...] = ()
        if len(chosen) == 1:
            told = (chosen[0].error, *self._notes.get(chosen[0].id, ()))
        self._view.tell_notes("\n".join(filter(None, told)))
