"""Everything that can go wrong in a way that the user can act on; anything else is a bug.

ChatDeskError                    str(error) is the sentence, error.hint says what to do
├── EngineError
│   ├── ModelMissing             no file there (any more)
│   ├── ModelUnreadable          no permission, or the disk fails
│   ├── ModelInvalid             not a GGUF file, truncated, damaged, or of an unknown kind
│   ├── ModelTooLarge            does not fit into memory
│   ├── MessageTooLong           one message alone exceeds the context
│   ├── ConstraintInvalid        a JSON schema or grammar that cannot be used
│   └── EngineCrashed            the model's process ended by itself
├── DocumentError
│   ├── DocumentMissing          no file there (any more), or a folder
│   ├── DocumentUnreadable       no permission, or the disk fails
│   ├── DocumentUnsupported      of a kind that cannot be read
│   ├── DocumentTooLarge
│   └── DocumentEmpty            no text in it
├── TaskInvalid                  a task file that cannot be used
└── StorageError
    ├── DatabaseDamaged
    ├── DatabaseBusy             another program holds it
    ├── DatabaseTooNew           written by a newer version of the application
    ├── DiskFull
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


class ModelInvalid(EngineError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("“{name}” cannot be used as a model: {reason}.").format(name=path.name, reason=reason),
            tr("Download the file again, or pick another model."),
        )


class ModelTooLarge(EngineError):
    """`needed` and `free` are bytes; 0 where they are not known."""

    def __init__(self, path: Path, needed: int = 0, free: int = 0) -> None:
        sizes = tr(" It needs about {needed:.1f} GB; {free:.1f} GB are free.") if needed else ""
        super().__init__(
            tr("There is not enough memory for “{name}”.").format(name=path.name)
            + sizes.format(needed=needed / 1e9, free=free / 1e9),
            tr("Choose a shorter context in Settings, close other programs, or pick a smaller model."),
        )


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


class ConstraintInvalid(EngineError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            tr("The form asked for in the answer cannot be used: {reason}.").format(reason=reason),
            tr("Correct the JSON schema or the grammar."),
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


class DocumentMissing(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("There is no document at {path}.").format(path=path),
            tr("Choose the file again; a folder cannot be attached."),
        )


class DocumentUnreadable(DocumentError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("“{name}” cannot be read: {reason}.").format(name=path.name, reason=reason),
            tr("Check that you may read {path} and that its disk is connected.").format(path=path),
        )


class DocumentUnsupported(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("“{name}” is not a text that ChatDesk can read.").format(name=path.name),
            tr("Save it as plain text or Markdown, or copy its text into the message box."),
        )


class DocumentTooLarge(DocumentError):
    """`size` and `largest` are bytes."""

    def __init__(self, path: Path, size: int, largest: int) -> None:
        super().__init__(
            tr("“{name}” is too large: {size:.1f} MB, at most {largest:.0f} MB can be read.").format(
                name=path.name, size=size / 1e6, largest=largest / 1e6
            ),
            tr("Attach a part of it."),
        )


class DocumentEmpty(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("There is no text in “{name}”.").format(name=path.name), tr("Choose another file.")
        )


class TaskInvalid(ChatDeskError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("The task file “{name}” cannot be used: {reason}.").format(name=path.name, reason=reason),
            tr("Correct {path}, or install ChatDesk again.").format(path=path),
        )


class StorageError(ChatDeskError):
    """What the user made cannot be kept or read."""


class DatabaseDamaged(StorageError):
    """`backup` is the newest copy that can be read, if there is one."""

    def __init__(self, path: Path, backup: Path | None = None) -> None:
        super().__init__(
            tr("The file with your chats is damaged: {path}.").format(path=path),
            tr("A backup from earlier is there: {backup}.").format(backup=backup)
            if backup
            else tr("There is no backup; the damaged file is kept."),
        )
        self.path = path
        self.backup = backup


class DatabaseBusy(StorageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("Another program holds the file with your chats: {path}.").format(path=path),
            tr("Close the other program and try again."),
        )


class DatabaseTooNew(StorageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("Your chats were last used with a newer version of ChatDesk."),
            tr(
                "Install the newer version again, or use another folder than {path}: chatdesk --home FOLDER."
            ).format(path=path),
        )


class DiskFull(StorageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("The disk is full, so nothing can be saved in {path}.").format(path=path),
            tr("Free some space and try again. What you wrote is still in the message box."),
        )


class FolderUnusable(StorageError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("ChatDesk cannot write into its folder {path}: {reason}.").format(path=path, reason=reason),
            tr("Correct the permissions, or choose another folder: chatdesk --home FOLDER."),
        )
