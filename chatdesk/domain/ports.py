"""The protocols through which flows speak to the rooms that do the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Document, PageImage, Reading
from chatdesk.domain.generation import EngineEvent, GenerationBatch, GenerationRequest, TokenProbability
from chatdesk.domain.models import AdapterHeader, Machine, ModelHeader, ModelLoad, ModelShape
from chatdesk.domain.pictures import Picture
from chatdesk.domain.settings import Settings

if TYPE_CHECKING:  # the window opens without the words of the Hub
    from chatdesk.domain.languages import Detected
    from chatdesk.domain.library import FoundModel, ModelRecord


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


class PictureFiles(Protocol):
    """Makes pictures of files: still, of one kind, no larger than a model can use."""

    def takes(self, path: Path) -> bool:
        """Whether a file is a picture by its name or its beginning."""
        ...

    def read(self, path: Path) -> Picture:
        """Raises DocumentError."""
        ...


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
