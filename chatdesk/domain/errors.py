"""Everything that can go wrong in a way that the user can act on; anything else is a bug.

ChatDeskError                    str(error) is the sentence, error.hint says what to do
├── EngineError
│   ├── ModelMissing             no file there (any more)
│   ├── ModelUnreadable          no permission, or the disk fails
│   ├── ModelInvalid             not a GGUF file, truncated, damaged, or of an unknown kind
│   │   └── AdapterIsNoModel     a file that changes a model, opened as a model
│   ├── AdapterMissing           no adapter file there (any more)
│   ├── AdapterInvalid           not an adapter, damaged, or made for another model
│   ├── ModelTooLarge            does not fit into memory
│   ├── MessageTooLong           one message alone exceeds the context
│   ├── PinnedTooLong            what the user pinned leaves no room for the message
│   ├── PicturesUnseen           a model without a projector is asked about a picture
│   ├── ModelNotDeleted          the trash does not take its file
│   ├── ModelsNotMoved           the folder of models cannot be moved
│   ├── ConstraintInvalid        a JSON schema or grammar that cannot be used
│   ├── (summaries and notes)    in summary_errors.py: why there is none
│   ├── EngineUnusable           the library that runs models cannot be loaded
│   └── EngineCrashed            the model's process ended by itself
├── DocumentError                but for pictures in document_errors.py
│   ├── DocumentMissing          no file there (any more), or a folder
│   ├── DocumentUnreadable       no permission, or the disk fails
│   ├── DocumentUnsupported      of a kind that cannot be read
│   │   ├── NoGlossary           neither CSV nor TBX
│   │   ├── NoMemoryFile         no TMX
│   │   ├── NoChatFile           no export of chats that is known
│   │   └── ChatFileTooNew       chats written by a newer version of the application
│   ├── DocumentTooLarge         would take more memory than a document may
│   ├── DocumentEncrypted        opens with a password
│   ├── DocumentLocked           protected in a way that no password opens here
│   ├── DocumentDamaged
│   │   └── ChatFileDamaged      chats, of which some may be whole
│   ├── DocumentHasNoText        scanned: pictures of text
│   ├── RecognitionMissing       nothing here recognises the text of scans
│   ├── DocumentTimedOut         reading it took too long
│   ├── DocumentReaderFailed     the process that read it ended by itself
│   ├── DocumentChanged          not the one any more that was read
│   ├── DocumentNotSaved         no permission, or the disk fails
│   ├── DocumentDiskFull         no room for the file that is written
│   ├── PictureUnreadable        damaged, or of a kind that cannot be read
│   └── DocumentEmpty            no text in it
├── TaskInvalid                  a task file that cannot be used
├── (templates)                  in template_errors.py: a text, file or value that cannot be used
├── HubError                     in hub_errors.py
│   ├── HubUnreachable           no line, no answer, or the server fails
│   ├── HubOffline               the user has switched requests off
│   ├── RepositoryMissing        no such repository, or a private one
│   ├── FileMissing              not in the repository (any more)
│   ├── FileChanged              the server offers another file than it listed
│   ├── TermsNotAccepted         gated: the terms have to be accepted on the Hub
│   ├── TokenRefused
│   ├── NothingToDownload        the repository has no model that can be run here
│   ├── DownloadDamaged          the checksum is wrong, twice
│   ├── DownloadBusy             the same file is being downloaded already
│   ├── ModelsFolderUnusable     the folder for models cannot be written
│   └── DiskTooSmall             not enough room for the download
└── StorageError                 in storage_errors.py
    ├── DatabaseDamaged
    ├── DatabaseBusy             another program holds it
    ├── DatabaseTooNew           written by a newer version of the application
    ├── DiskFull
    ├── KeyRingUnusable          none there, locked, or it fails
    └── FolderUnusable           the application's folder cannot be written

Errors travel from the engine's process to the window's: all constructor arguments are kept in `args`.
"""

from __future__ import annotations

from pathlib import Path

from chatdesk.domain.words import tr


class ChatDeskError(Exception):
    """Something that the user can read and act on."""

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence, hint)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return self.sentence

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.args, self.__dict__)


def _restore(
    kind: type[ChatDeskError], arguments: tuple[object, ...], state: dict[str, object]
) -> ChatDeskError:
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(state)
    return error


class EngineError(ChatDeskError):
    """The model cannot do what was asked."""


class ModelMissing(EngineError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("The model file “{name}” is not there any more.").format(name=path.name),
            tr("Bring back {path}, or pick another model.").format(path=path),
        )


class ModelUnreadable(EngineError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("The model file “{name}” cannot be read: {reason}.").format(name=path.name, reason=reason),
            tr("Check that you may read {path} and that its disk is connected.").format(path=path),
        )
        self.reason = reason


class ModelInvalid(EngineError):
    """`reason` is a part of a sentence."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("“{name}” cannot be used as a model: {reason}.").format(name=path.name, reason=reason),
            tr("Download the file again, or pick another model."),
        )
        self.reason = reason


class AdapterIsNoModel(ModelInvalid):
    """`made_for` is the name of the model that it says it changes, "" where it does not say."""

    def __init__(self, path: Path, made_for: str = "") -> None:
        super().__init__(path, tr("it is an adapter, which changes a model and cannot answer alone"))
        self.hint = tr("Add it to the model that it was made for: “Settings for this model…”, Adapters.")
        if made_for:
            self.hint = tr("Add it to {model}: “Settings for this model…”, Adapters.").format(model=made_for)


class AdapterMissing(EngineError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("The adapter file “{name}” is not there now.").format(name=path.name),
            tr("Bring back {path}, or switch the adapter off in the settings of the model.").format(
                path=path
            ),
        )


class AdapterInvalid(EngineError):
    """`reason` is a part of a sentence."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("“{name}” cannot be used as an adapter: {reason}.").format(name=path.name, reason=reason),
            tr("Take another adapter, or switch this one off in the settings of the model."),
        )
        self.reason = reason


class ModelTooLarge(EngineError):
    """`needed` and `free` are bytes, by an estimate that the user may overrule; 0 where loading was tried and
    failed.
    """

    def __init__(self, path: Path, needed: int = 0, free: int = 0) -> None:
        sizes = tr(" It needs about {needed:.1f} GB; {free:.1f} GB are free.") if needed else ""
        super().__init__(
            tr("There is not enough memory for “{name}”.").format(name=path.name)
            + sizes.format(needed=needed / 1e9, free=free / 1e9),
            tr("Choose a shorter context in Settings, close other programs, or pick a smaller model."),
        )
        self.path = path
        self.needed = needed
        self.free = free


class MessageTooLong(EngineError):
    """`needed` and `available` are tokens."""

    def __init__(self, needed: int, available: int) -> None:
        super().__init__(
            tr("This message has {needed:,} tokens, but the model can take only {available:,}.").format(
                needed=needed, available=available
            ),
            tr("Shorten the message, or choose a longer context in Settings."),
        )
        self.needed = needed
        self.available = available


class PinnedTooLong(EngineError):
    """`beginnings` are the first words of each pinned message; tokens as for MessageTooLong."""

    def __init__(self, beginnings: tuple[str, ...], needed: int, available: int) -> None:
        named = ", ".join(f"“{each}”" for each in beginnings)
        super().__init__(
            tr(
                "The pinned messages and this one do not fit together: {needed:,} tokens, and there is room"
                " for {available:,}. Pinned are: {named}."
            ).format(needed=needed, available=available, named=named),
            tr("Unpin one under “What the model sees”, or use a model with a larger context."),
        )
        self.beginnings = beginnings
        self.needed = needed
        self.available = available


class PicturesUnseen(EngineError):
    """`problem` is why a projector that is there cannot be used, in a sentence; "" where there is none."""

    def __init__(self, title: str, problem: str = "") -> None:
        sentence = tr("“{title}” cannot see pictures: no projector (mmproj file) lies beside it.")
        if problem:
            sentence = tr("“{title}” cannot see pictures. {problem}")
        super().__init__(
            sentence.format(title=title, problem=problem),
            tr(
                "Answer again with a model that can see, or download this model's part for pictures into its "
                "folder. The picture is kept."
            ),
        )


class ModelNotDeleted(EngineError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("“{name}” could not be moved to the trash.").format(name=path.name),
            tr("Close other programs that use it, or delete {path} in your file manager.").format(path=path),
        )


class ModelsNotMoved(EngineError):
    """`reason` is a part of a sentence; everything is where it was."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            tr("Models could not be moved to {folder}: {reason}.").format(folder=folder, reason=reason),
            tr("All models are where they were. Choose another folder, or try again."),
        )


class ConstraintInvalid(EngineError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            tr("The form asked for in the answer cannot be used: {reason}.").format(reason=reason),
            tr("Correct the JSON schema or the grammar."),
        )


class EngineUnusable(EngineError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            tr("The library that runs the models cannot be loaded: {reason}.").format(
                reason=reason.rstrip(".")
            ),
            tr("Set it up again for the processor: python3 packaging/bootstrap.py run --gpu none"),
        )


class EngineCrashed(EngineError):
    """`exit_code` as multiprocessing gives it: negative for a signal."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(
            tr("The model stopped unexpectedly (code {code}).").format(code=exit_code),
            tr("What had arrived is kept. Try again; if it happens again, pick another model."),
        )
        self.exit_code = exit_code


class DocumentError(ChatDeskError):
    """A document cannot be used."""


class PictureUnreadable(DocumentError):
    """`reason` is a part of a sentence."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            tr("The picture “{name}” cannot be used: {reason}.").format(name=name, reason=reason),
            tr("Open it in another program and save it as PNG or JPEG."),
        )


class TaskInvalid(ChatDeskError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("The task file “{name}” cannot be used: {reason}.").format(name=path.name, reason=reason),
            tr("Correct {path}, or install ChatDesk again.").format(path=path),
        )
