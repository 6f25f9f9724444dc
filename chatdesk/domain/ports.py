"""The protocols through which flows speak to the rooms that do the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import DocumentId
from chatdesk.domain.documents import Document, PageImage, Reading
from chatdesk.domain.generation import EngineEvent, GenerationBatch, GenerationRequest, TokenProbability
from chatdesk.domain.models import AdapterHeader, Machine, ModelHeader, ModelLoad, ModelShape
from chatdesk.domain.pictures import Picture
from chatdesk.domain.settings import Settings

if TYPE_CHECKING:  # the window opens without the words of the Hub
    from chatdesk.domain.downloads import Download, DownloadId
    from chatdesk.domain.hub import (
        DownloadEvent,
        DownloadRequest,
        HubAccess,
        HubQuery,
        RemoteFile,
        RemoteModel,
        RemoteRepository,
    )
    from chatdesk.domain.languages import Detected
    from chatdesk.domain.library import FoundModel, ModelRecord
    from chatdesk.domain.secrets import KeptToken
    from chatdesk.domain.summaries import Summary, SummaryHit, SummaryId
    from chatdesk.domain.summary_queue import QueuedFile, QueuedId


class Engine(Protocol):
    """Runs models. Methods may be called from any thread and wait for each other. Raises EngineError."""

    def generate(self, batch: GenerationBatch, cancel: CancelToken) -> Iterator[tuple[int, EngineEvent]]:
        """Yield (index of the request, event); WHOLE_BATCH for LoadProgress and ModelReady.

        Each index ends with Finished, also when cancelled. A cancelled load yields Finished for every index.
        Closing the iterator early stops the work.
        """
        ...

    def count_tokens(self, load: ModelLoad, texts: Sequence[str], cancel: CancelToken) -> list[int]:
        """Return how many tokens each text has, without template or special tokens. Loads only the vocabulary
        where the model is not loaded yet."""
        ...

    def next_tokens(
        self, load: ModelLoad, request: GenerationRequest, count: int, cancel: CancelToken
    ) -> list[TokenProbability]:
        """Return the `count` likeliest next tokens after the request's prompt, likeliest first."""
        ...

    def rate_answer(
        self, load: ModelLoad, request: GenerationRequest, cancel: CancelToken
    ) -> list[TokenProbability]:
        """Return how likely each token of the request's last turn, an answer, is after what stands before it.

        Joined, the texts of the tokens are the answer. Fewer when cancelled, or where the context ends.
        """
        ...

    def machine(self, with_gpus: bool, cancel: CancelToken) -> Machine:
        """Return the memory of this computer as it is without a loaded model on the graphics cards; without
        cards where they are not wanted, not there or fail."""
        ...

    def unload(self) -> None:
        """Give back the memory of the loaded model; the next call loads again."""
        ...

    def close(self) -> None:
        """Stop for good; called once, at the end."""
        ...


class ModelFiles(Protocol):
    """Reads what model files say of themselves."""

    def header(self, path: Path) -> ModelHeader:
        """Read the header in milliseconds. Raises ModelMissing, ModelUnreadable, ModelInvalid."""
        ...

    def adapter(self, path: Path, model: Path) -> AdapterHeader:
        """Read the header of an adapter and compare it with the one of `model`, where that is there.

        Raises AdapterMissing, AdapterInvalid.
        """
        ...

    def projector(self, model: Path) -> Path | None:
        """Return the file beside a model with which it looks at pictures, None where there is none."""
        ...

    def shape(self, file: BinaryIO, size: int, name: str) -> ModelShape:
        """Read the beginning of a model of `size` bytes, 128 KiB of most; `name` is for the error.

        Raises ModelInvalid, and what reading `file` raises.
        """
        ...


class ModelRecords(Protocol):
    """Keeps what is known of models. Safe from any thread. Raises StorageError."""

    def records(self) -> dict[Path, ModelRecord]:
        """Return all of them, also of models that are not in the list or not there."""
        ...

    def record(self, path: Path) -> ModelRecord:
        """Return what is known of the model at `path`, an empty record for nothing."""
        ...

    def save(self, record: ModelRecord) -> None:
        """Store everything but its use."""
        ...

    def note_use(self, path: Path, when: datetime, speed: float, reading: float = 0.0) -> None:
        """Count one answer; speeds of writing and reading in tokens a second, 0 where there was nothing to
        measure."""
        ...

    def remove(self, path: Path) -> None: ...

    def move(self, old: Path, new: Path) -> None:
        """Let every record, chat and download that names the folder or file `old`, or one inside it, name
        the same one at `new`."""
        ...


class OtherModels(Protocol):
    """Finds the models that other applications keep on this computer."""

    def models(self, folders: Sequence[Path], cancel: CancelToken) -> Iterator[FoundModel]:
        """Yield each file once, then those in `folders`; what cannot be read is left out. Takes seconds."""
        ...


class Trash(Protocol):
    """The system's trash."""

    def take(self, path: Path) -> None:
        """Move a file there. Raises ModelNotDeleted."""
        ...


class Hub(Protocol):
    """Finds and fetches models on the network. Each call may take seconds. Raises HubError."""

    def search(self, query: HubQuery, access: HubAccess) -> list[RemoteModel]:
        """Return repositories with GGUF files, best first by the query's order."""
        ...

    def repository(self, name: str, access: HubAccess) -> RemoteRepository:
        """Return what can be downloaded of "owner/name". Raises NothingToDownload when that is nothing."""
        ...

    def card(self, name: str, revision: str, access: HubAccess) -> str:
        """Return the model card as Markdown, "" when there is none."""
        ...

    def open(self, repository: str, revision: str, file: RemoteFile, access: HubAccess) -> BinaryIO:
        """Return the file for reading a part of it: it is fetched in ranges, the first of 128 KiB."""
        ...

    def download(
        self, request: DownloadRequest, access: HubAccess, cancel: CancelToken
    ) -> Iterator[DownloadEvent]:
        """Fetch and check the files; ends with Downloaded, or without it when cancelled.

        What has arrived stays on the disk and is gone on with by the next call, also after a kill.
        """
        ...

    def discard(self, request: DownloadRequest) -> None:
        """Delete what has arrived of files that are not finished."""
        ...


class Secrets(Protocol):
    """Keeps one access token between starts. What takes `cancel` may wait for a key ring that its user has to
    unlock: not for the window's main thread. Raises StorageError."""

    def kept(self) -> KeptToken | None:
        """Return where a token is kept and for whom; asks no key ring."""
        ...

    def require_key_ring(self, cancel: CancelToken) -> None:
        """Raise KeyRingUnusable where there is none."""
        ...

    def read(self, cancel: CancelToken) -> str:
        """Return the token, "" when none is kept. Raises KeyRingUnusable."""
        ...

    def keep(self, token: str, kept: KeptToken, cancel: CancelToken) -> None:
        """Keep it in place of the one before. Raises KeyRingUnusable."""
        ...

    def forget(self, cancel: CancelToken) -> None:
        """Delete it. Raises KeyRingUnusable, and then it is still kept."""
        ...


class Downloads(Protocol):
    """Keeps the queue of downloads. Safe from any thread. Raises StorageError."""

    def queue(self) -> list[Download]:
        """Return all of them in their order."""
        ...

    def download(self, download: DownloadId) -> Download | None: ...

    def add(self, download: Download) -> None:
        """Store it at the end of the queue."""
        ...

    def update(self, download: Download) -> None:
        """Store its state, problem and arrived bytes; nothing happens when it is not there any more."""
        ...

    def remove(self, download: DownloadId) -> None: ...

    def arrange(self, order: Sequence[DownloadId]) -> None:
        """Bring the queue into this order; those that are not named come last."""
        ...


class PictureFiles(Protocol):
    """Makes pictures of files: still, of one kind, no larger than a model can use."""

    def takes(self, path: Path) -> bool:
        """Whether a file is a picture by its name or its beginning."""
        ...

    def read(self, path: Path) -> Picture:
        """Raises DocumentError."""
        ...


class Summaries(Protocol):
    """Keeps summaries, their documents and what was finished of them. Safe from any thread.

    Raises StorageError.
    """

    def keep(self, document: Document) -> DocumentId:
        """Store a document with its units and notes, once however often it is summarised."""
        ...

    def document(self, document: DocumentId, name: str) -> Document | None:
        """Return it under the name that it had where it was used."""
        ...

    def summaries(self) -> list[Summary]:
        """Return all of them, newest first."""
        ...

    def summary(self, summary: SummaryId) -> Summary | None: ...

    def save(self, summary: Summary) -> None:
        """Insert or update it; a deleted one comes back."""
        ...

    def delete(self, summary: SummaryId) -> None: ...

    def earlier(self, summary: Summary) -> Summary | None:
        """Return the newest finished summary, made before this one, of a document with the same name and
        another text."""
        ...

    def search(self, words: str, limit: int = 50) -> list[SummaryHit]:
        """Find summaries with all the words (prefixes count) in their name or text, best first."""
        ...

    def finished(self, keys: Sequence[str]) -> dict[str, str]:
        """Return those of the answers stored under `keys` that are there; they count as used now."""
        ...

    def finish(self, key: str, answer: str) -> None:
        """Store an answer of a model under what decided it; old ones make room."""
        ...


class SummaryQueue(Protocol):
    """Keeps the list of files that are summarised. Safe from any thread. Raises StorageError."""

    def files(self) -> list[QueuedFile]:
        """Return all of them in the order in which they were added."""
        ...

    def add(self, files: Sequence[QueuedFile]) -> None:
        """Store them at the end."""
        ...

    def update(self, file: QueuedFile) -> None:
        """Store what has come of it; nothing happens when it is not there any more."""
        ...

    def remove(self, files: Sequence[QueuedId]) -> None: ...


class LanguageDetection(Protocol):
    """Tells which language a text is in. Safe from any thread."""

    def detect(self, text: str, cancel: CancelToken) -> Detected:
        """Return the language of a text, whose code is "" where that is not sure; may take a second."""
        ...


class DocumentReading(Protocol):
    """Reads documents of all kinds."""

    def read(self, path: Path, password: str, cancel: CancelToken) -> Iterator[Reading | Document]:
        """Yield how far it is, then the document; nothing more when cancelled. Raises DocumentError."""
        ...


class PageImages(Protocol):
    """Draws the pages of documents that have pages."""

    def draws(self, path: Path) -> bool:
        """Whether the file is of such a kind, and there."""
        ...

    def draw(
        self,
        path: Path,
        number: int,
        width: int,
        password: str,
        cancel: CancelToken,
        passages: Sequence[str] = (),
    ) -> Iterator[PageImage]:
        """Yield page `number`, from 1, `width` pixels wide, with a mark where each passage was found.

        Nothing when cancelled. Raises DocumentError.
        """
        ...


class SettingsFile(Protocol):
    """Keeps the settings between starts."""

    def load(self) -> Settings:
        """Return what is stored, with the default for each value that is missing or cannot be used."""
        ...

    def save(self, settings: Settings) -> Settings:
        """Write what has changed since the last call; return all, with what other programs have written."""

        ...
