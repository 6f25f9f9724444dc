"""Reads and writes files of chats: finds out what a file is, and has the right reader for it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from chatdesk.documents import zip_faults
from chatdesk.documents.chats import chatgpt, jan, lm_studio, open_webui, own, webui_logs
from chatdesk.documents.chats.json_items import JsonText
from chatdesk.documents.chats.pictures import Decode, Pictures
from chatdesk.documents.chats.places import Place, finder, place_of
from chatdesk.documents.parts import Refusal, Refused
from chatdesk.domain import document_errors as errors
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat_archive import (
    ArchivedChat,
    ArchiveItem,
    ChatFileBegins,
    ChatFileProgress,
    ChatSource,
    Found,
    LeftOut,
    Unclear,
)
from chatdesk.domain.errors import DocumentError
from chatdesk.domain.whole_file import whole_file

log = logging.getLogger(__name__)

_HEAD = 4096  # bytes that tell what a file is
_TOLD = 1 << 20  # bytes between two events of progress
LARGEST_WHOLE = 200_000_000  # bytes of a file that holds one chat, which is read at once


class _Cancelled(Exception):
    pass


class ChatFileRoom:
    """The ChatFiles of the ports. `decode` makes pictures of their files."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode

    def read(self, path: Path, cancel: CancelToken) -> Iterator[Found]:
        """Yield what a file, a ZIP or a folder has; nothing after a cancel. Raises DocumentError."""
        chats = 0
        try:
            with place_of(path) as place:
                reading = _Reading(place, Pictures(self._decode, finder(place)), cancel)
                for found in reading.all():
                    chats += isinstance(found, ArchivedChat)
                    yield found
        except _Cancelled:
            return
        except own.TooNew as error:
            raise errors.ChatFileTooNew(path) from error
        except FileNotFoundError as error:
            raise errors.DocumentMissing(path) from error
        except OSError as error:
            raise errors.DocumentUnreadable(path, error.strerror or str(error)) from error
        except Refused as refused:
            log.info("a file of chats was refused: %s", refused.code)
            raise _error_of(refused, path, chats) from refused
        except zip_faults.FAULTS as error:
            raise errors.ChatFileDamaged(path, chats) from error

    def write(self, path: Path, items: Iterator[ArchiveItem], cancel: CancelToken) -> Iterator[ArchiveItem]:
        """Write a file of ChatDesk's own; yield each item when it is written. Raises DocumentError."""
        count = 0
        try:
            with whole_file(path) as file:
                file.write(own.beginning().encode())
                for item in items:
                    if cancel.cancelled:
                        raise _Cancelled
                    file.write((",\n" * bool(count) + own.encoded(item)).encode("utf-8", "replace"))
                    count += 1
                    yield item
                file.write(own.ending(count).encode())
        except _Cancelled:
            return


class _Reading:
    """One reading of all files of a place."""

    def __init__(self, place: Place, pictures: Pictures, cancel: CancelToken) -> None:
        self._place = place
        self._pictures = pictures
        self._cancel = cancel
        self._source: ChatSource | None = None
        self._done = 0

    def all(self) -> Iterator[Found]:
        """Yield what is found. Raises Refused, OSError, own.TooNew and _Cancelled."""
        for name in _worth_reading(self._place.names):
            self._stop_if_cancelled()
            try:
                yield from self._file(name)
            except Refused as refused:
                if len(self._place.names) == 1 or refused.code is not Refusal.unsupported:
                    raise
                yield Unclear(LeftOut.foreign_file, name.rpartition("/")[2])
        if self._source is None:
            raise Refused(Refusal.unsupported)

    def _file(self, name: str) -> Iterator[Found]:
        if name.rpartition("/")[2] == jan.THREAD:
            yield from self._jan(name)
            return
        with self._place.open(name) as stream:
            head = stream.read(_HEAD).decode("utf-8", "replace")
        if not head.strip():
            raise Refused(Refusal.no_text)
        with self._place.open(name) as stream:
            counted = _Counted(stream)
            for found in self._items(JsonText(counted), head, name):  # type: ignore[arg-type]
                self._stop_if_cancelled()
                yield found
                if counted.done > _TOLD:
                    self._done += counted.done
                    counted.done = 0
                    yield ChatFileProgress(self._done, self._place.size)
            self._done += counted.done

    def _items(self, text: JsonText, head: str, name: str) -> Iterator[Found]:
        if own.begins_so(head):
            yield from self._begin(own.SOURCE)
            yield from own.read(text)
        elif text.next_sign() == "[":
            for item in text.items():
                yield from self._chat(item, name)
        elif text.next_sign() == "{":
            self._check_size(name)
            yield from self._chat(text.value(), name)
        else:
            raise Refused(Refusal.unsupported)

    def _chat(self, item: object, name: str) -> Iterator[Found]:
        """Yield the chat that an item is; what is none, is told. Raises Refused when the first is none."""
        known = _known(item, name, self._pictures)
        if known is None:
            if self._source is None:
                raise Refused(Refusal.unsupported)
            yield Unclear(LeftOut.damaged_chat)
            return
        source, found = known
        yield from self._begin(source)
        try:
            yield from found
        except (TypeError, ValueError, AttributeError, KeyError, OverflowError) as error:
            # It has the form of a chat and something else inside it.
            log.info("a chat could not be read: %s", type(error).__name__)
            yield Unclear(LeftOut.damaged_chat)

    def _jan(self, name: str) -> Iterator[Found]:
        folder = name.removesuffix(jan.THREAD)
        messages = folder + jan.MESSAGES
        self._check_size(name)
        with self._place.open(name) as stream:
            thread = JsonText(stream).value()
        if not isinstance(thread, Mapping):
            raise Refused(Refusal.unsupported)
        yield from self._begin(jan.SOURCE)
        lines: list[str] = []
        if messages in self._place.names:
            with self._place.open(messages) as stream:
                lines = stream.read(LARGEST_WHOLE).decode("utf-8-sig", "replace").split("\n")
        yield from jan.read(thread, lines, folder.strip("/").rpartition("/")[2], self._pictures)

    def _begin(self, source: ChatSource) -> Iterator[Found]:
        if self._source is None:
            self._source = source
            yield ChatFileBegins(source)

    def _check_size(self, name: str) -> None:
        """Raise Refused for a file that would be read at once and is too large for that."""
        with self._place.open(name) as stream:
            if stream.seekable() and stream.seek(0, 2) > LARGEST_WHOLE:
                raise Refused(Refusal.too_big)

    def _stop_if_cancelled(self) -> None:
        if self._cancel.cancelled:
            raise _Cancelled


class _Counted:
    """A stream that knows how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.done = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.done += len(data)
        return data


def _known(item: object, name: str, pictures: Pictures) -> tuple[ChatSource, Iterator[Found]] | None:
    """Return where a chat comes from and its reading; None for what is no chat."""
    if not isinstance(item, Mapping):
        return None
    if chatgpt.is_one(item):
        return chatgpt.SOURCE, chatgpt.read(item, pictures)
    if open_webui.is_one(item):
        return open_webui.SOURCE, open_webui.read(item, pictures)
    if lm_studio.is_one(item):
        return lm_studio.SOURCE, lm_studio.read(item, name.rpartition("/")[2])
    if webui_logs.is_one(item):
        return webui_logs.SOURCE, webui_logs.read(item, name)
    return None


def _worth_reading(names: list[str]) -> list[str]:
    """Return the files that hold chats, as far as their names tell."""
    if len(names) == 1:
        return names
    threads = [name for name in names if name.rpartition("/")[2] == jan.THREAD]
    if threads:
        return threads
    exported = [name for name in names if name.rpartition("/")[2].startswith("conversations")]
    exported = [name for name in exported if name.endswith(".json")]
    return exported or [name for name in names if name.endswith(".json")]


def _error_of(refused: Refused, path: Path, chats: int) -> DocumentError:
    match refused.code:
        case Refusal.unsupported:
            return errors.NoChatFile(path)
        case Refusal.no_text:
            return errors.DocumentEmpty(path)
        case Refusal.too_big | Refusal.memory:
            return errors.DocumentTooLarge(path)
    return errors.ChatFileDamaged(path, chats)
