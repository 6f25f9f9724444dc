"""What counts in a chat because of the folders that it lies in."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.chat import Attachment, Folder, FolderId
from chatdesk.domain.chat_ports import Folders


@dataclass(frozen=True, slots=True)
class Inherited:
    """What folders give the chats inside: of each thing, what the nearest folder has that has any."""

    system: str = ""
    model: str = ""  # path of a model file
    documents: tuple[Attachment, ...] = ()


def path_of(folders: Folders, folder: FolderId | None) -> tuple[Folder, ...]:
    """Return `folder` and those around it, the outermost first; none for a chat that lies in no folder."""
    path: list[Folder] = []
    while folder is not None and (found := folders.folder(folder)) is not None:
        path.append(found)
        folder = found.parent
    return tuple(reversed(path))


def documents_folder(folders: Folders, folder: FolderId | None) -> Folder | None:
    """Return the folder whose documents count for the chats in `folder`. Raises StorageError."""
    return next((each for each in reversed(path_of(folders, folder)) if each.documents), None)


def inherited(folders: Folders, folder: FolderId | None) -> Inherited:
    """Return what counts for the chats in `folder` that have no choice of their own. Raises StorageError."""
    system, model = "", ""
    documents: tuple[Attachment, ...] = ()
    for each in reversed(path_of(folders, folder)):
        system = system or each.system
        model = model or each.model
        documents = documents or each.documents
    return Inherited(system, model, documents)
