"""Why a document cannot be used: the branch DocumentError of the tree in errors.py."""

from __future__ import annotations

from pathlib import Path

from chatdesk.domain.errors import DocumentError
from chatdesk.domain.words import tr, trn


class DocumentMissing(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("There is no document at {path}.").format(path=path),
            tr("Put the file back, or choose another one; a folder is no document."),
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
            tr("“{name}” is not of a kind that ChatDesk can read.").format(name=path.name),
            tr("Save it as PDF, DOCX or plain text, or copy its text and paste it."),
        )


class NoGlossary(DocumentUnsupported):
    def __init__(self, path: Path) -> None:
        DocumentError.__init__(
            self,
            tr("“{name}” is not a glossary that ChatDesk can read.").format(name=path.name),
            tr("Save it as CSV or TBX in the program that it comes from."),
        )


class NoMemoryFile(DocumentUnsupported):
    def __init__(self, path: Path) -> None:
        DocumentError.__init__(
            self,
            tr("“{name}” is not a translation memory that ChatDesk can read.").format(name=path.name),
            tr("Save it as TMX in the program that it comes from."),
        )


class NoChatFile(DocumentUnsupported):
    def __init__(self, path: Path) -> None:
        DocumentError.__init__(
            self,
            tr("There are no chats in “{name}” that ChatDesk can read.").format(name=path.name),
            tr(
                "It reads its own exports, and those of ChatGPT, Open WebUI, LM Studio, Jan and "
                "text-generation-webui."
            ),
        )


class ChatFileTooNew(DocumentUnsupported):
    def __init__(self, path: Path) -> None:
        DocumentError.__init__(
            self,
            tr("“{name}” was written by a newer version of ChatDesk.").format(name=path.name),
            tr("Update ChatDesk, and import it then."),
        )


class DocumentTooLarge(DocumentError):
    """It would unpack into more than fits into the memory that a document may have."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("“{name}” takes more memory than a document may have.").format(name=path.name),
            tr("Save a part of it as a file of its own, and use that one."),
        )


class DocumentEmpty(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("There is no text in “{name}”.").format(name=path.name), tr("Choose another file.")
        )


class DocumentHasNoText(DocumentError):
    """Scanned: its pages are pictures. `hint` is what to do where it was read."""

    def __init__(self, path: Path, hint: str = "") -> None:
        super().__init__(
            tr("The pages of “{name}” are pictures without text, as a scanner makes them.").format(
                name=path.name
            ),
            hint
            or tr(
                "Open it alone on the page “Summarise”, which offers to recognise its text; after that it "
                "can be used everywhere."
            ),
        )


class RecognitionMissing(DocumentError):
    """Text is to be recognised, and there is nothing that does it. `command` installs the extra."""

    def __init__(self, path: Path, command: str) -> None:
        super().__init__(
            tr("Nothing on this computer can recognise the text of “{name}”.").format(name=path.name),
            tr("Install the extra with {command}, or download a model that sees pictures.").format(
                command=command
            ),
        )


class DocumentEncrypted(DocumentError):
    """Opens with a password. `wrong` tells that one was given and is not the right one."""

    def __init__(self, path: Path, wrong: bool = False) -> None:
        sentence = tr("“{name}” opens with a password only.")
        if wrong:
            sentence = tr("This is not the password of “{name}”.")
        super().__init__(sentence.format(name=path.name), tr("Enter the password of the document."))
        self.path = path
        self.wrong = wrong


class DocumentLocked(DocumentError):
    """Encrypted in a way that no password opens here."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("“{name}” is protected in a way that ChatDesk cannot open.").format(name=path.name),
            tr("Open it in its own program and save a copy without protection."),
        )


class DocumentDamaged(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("“{name}” is damaged or incomplete and cannot be read.").format(name=path.name),
            tr("Get the file again; or open it in its own program and save it anew."),
        )


class ChatFileDamaged(DocumentDamaged):
    """`chats` is how many stand whole before the damage."""

    def __init__(self, path: Path, chats: int) -> None:
        whole = trn("{count:,} chat before that is whole.", "{count:,} chats before that are whole.", chats)
        DocumentError.__init__(
            self,
            tr("“{name}” is damaged or incomplete.").format(name=path.name),
            f"{whole} " * bool(chats) + tr("Export it again where it comes from, or get the file again."),
        )
        self.chats = chats


class DocumentTimedOut(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("Reading “{name}” took too long and was ended.").format(name=path.name),
            tr("Save a part of it as a file of its own; or open it in its own program and save it anew."),
        )


class DocumentReaderFailed(DocumentError):
    """The process that reads documents ended by itself over this one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("“{name}” could not be read: the program that reads documents failed over it.").format(
                name=path.name
            ),
            tr("The file may be damaged. Open it in its own program and save it anew."),
        )


class DocumentChanged(DocumentError):
    """Its texts are not those any more that were read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("“{name}” has been changed since it was read.").format(name=path.name),
            tr("Open it again and translate what has changed."),
        )


class DocumentNotSaved(DocumentError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            tr("“{name}” cannot be saved: {reason}.").format(name=path.name, reason=reason),
            tr("Choose another folder, or check that you may write into {path}.").format(path=path.parent),
        )


class DocumentDiskFull(DocumentError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            tr("The disk is full, so “{name}” cannot be saved.").format(name=path.name),
            tr("Free some space and save it again, or choose another folder."),
        )
