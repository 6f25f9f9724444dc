"""What becomes of a token that is entered or forgotten, wherever in the window that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.secrets import Keeping, TokenState
from chatdesk.flows.token import TokenFlow
from chatdesk.ui.jobs import Flow, Job, JobRunner
from chatdesk.ui.models.state_panel import failure_words
from chatdesk.ui.token.field import TokenField


class TokenController(QObject):
    """Serves every field for the token. A key ring is asked in a worker thread, because it may wait for its
    user; `endpoint` tells for which Hub a token is entered."""

    told = Signal(object)  # TokenState
    changed = Signal()  # the Hub is to be asked again, with another token
    failed = Signal(object)  # the exception
    _addressed = Signal(str)  # the endpoint
    _troubled = Signal(str)

    def __init__(self, flow: TokenFlow, endpoint: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._endpoint = endpoint
        self._runner = JobRunner(1)
        self._problem = ""
        self._looking = False
        self._closed = False
        self.failed.connect(self._tell_failure)

    def serve(self, field: TokenField) -> None:
        """Carry out what is entered into `field`, and show there what is known."""
        field.entered.connect(self._enter)
        field.shown.connect(self._look)
        self.told.connect(field.show_state)
        self._addressed.connect(field.show_endpoint)
        self._troubled.connect(field.show_problem)
        field.show_endpoint(self._endpoint())

    def refresh(self) -> None:
        """Show for which Hub a token is entered: the settings have changed."""
        self._addressed.emit(self._endpoint())

    def forget(self) -> None:
        """Forget the token, here and where it is kept."""
        self._run(self._flow.forget, self.changed.emit)

    def close(self) -> None:
        """Leave key rings that have not answered yet."""
        self._closed = True
        self._runner.shutdown()

    def _look(self) -> None:
        if self._looking:
            return

        def take(state: TokenState) -> None:
            self._problem = state.problem
            self.told.emit(state)

        def end() -> None:
            self._looking = False

        self._looking = True
        job = Job(self._flow.look)
        job.produced.connect(take)
        job.finished.connect(end)
        self._runner.start(job)

    def _enter(self, token: str, keeping: Keeping) -> None:
        endpoint = self._endpoint()
        self._flow.hold(token, endpoint)
        self.changed.emit()
        self._run(lambda cancel: self._flow.keep(token, endpoint, keeping, cancel))

    def _run(self, flow: Flow, done: Callable[[], None] = lambda: None) -> None:
        job = Job(flow)
        job.produced.connect(lambda state: self.told.emit(replace(state, problem=self._problem)))
        job.produced.connect(lambda _: done())
        job.failed.connect(self.failed)
        self._runner.start(job)

    def _tell_failure(self, error: Exception) -> None:
        if not self._closed:
            self.told.emit(replace(self._flow.state(), problem=self._problem))
            self._troubled.emit(" ".join(failure_words(error)).strip())
