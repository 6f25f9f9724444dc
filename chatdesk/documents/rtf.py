"""Reads RTF: pages where all their breaks are set, else sections by heading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatdesk.documents.parts import Piece, Refusal, Refused
from chatdesk.documents.rtf_groups import DEEPEST, Group, Place, entered
from chatdesk.documents.rtf_text import RtfText
from chatdesk.documents.rtf_tokens import ENCODINGS_OF_FILES, SIGNS, Token, of_charset, of_code_page, tokens

LARGEST = 64 << 20  # bytes


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  the format knows no encryption
    """Yield the pages or sections of a file. Raises Refused, OSError."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(Refusal.too_big, "more than 64 MiB of RTF")
    if not content.lstrip().startswith(b"{\\rtf"):
        raise Refused(Refusal.damaged, "no RTF")
    reader = _Reader()
    for token in tokens(content.lstrip()):
        reader.take(token)
    yield from reader.text.pages().parts()


class _Reader:
    """Follows the groups of one file and gives what stands in them to `text`."""

    def __init__(self) -> None:
        self.text = RtfText()
        self._groups = [Group()]
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = -1  # whose line of the table of fonts is being read
        self._bytes = bytearray()  # of text that is not decoded yet: some letters have two
        self._to_skip = 0

    def take(self, token: Token) -> None:
        group = self._groups[-1]
        if token.text:
            self._take_bytes(token.text, group)
            return
        self._end_bytes()
        self._to_skip = 0
        if token.brace == "{":
            if len(self._groups) > DEEPEST:
                raise Refused(Refusal.damaged, "groups in groups without end")
            self._groups.append(group.inner())
        elif token.brace == "}":
            if len(self._groups) > 1:
                self._groups.pop()
            self.text.leave(group.place, self._groups[-1].place)
        else:
            self._take_word(token.word, token.number)

    def _take_bytes(self, text: bytes, group: Group) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        group.begins = False
        if group.place != Place.silent and not group.is_hidden:
            self._bytes += text[skipped:]

    def _end_bytes(self) -> None:
        if not self._bytes:
            return
        group = self._groups[-1]
        encoding = self._fonts.get(group.font) or self._encoding
        self.text.add(self._bytes.decode(encoding, "replace"), group.place)
        self._bytes.clear()

    def _take_word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        before = group.place
        if entered(group, word):
            self.text.enter(word, group.place, before)
            return
        if group.place == Place.silent:
            return
        if word in ENCODINGS_OF_FILES:
            self._encoding = ENCODINGS_OF_FILES[word]
        elif word == "ansicpg":
            self._encoding = of_code_page(number or 0) or self._encoding
        elif group.place == Place.fonts:
            self._take_font(word, number or 0)
        elif word == "u" and number is not None:
            self._to_skip = group.skip
            self._add(chr(number % 0x10000))
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif not group.change(word, number) and not group.is_hidden:
            self.text.order(word, number, group.place)

    def _add(self, text: str) -> None:
        group = self._groups[-1]
        if not group.is_hidden:
            self.text.add(text, group.place)

    def _take_font(self, word: str, number: int) -> None:
        if word == "f":
            self._font = number
        elif word == "fcharset":
            self._fonts.setdefault(self._font, of_charset(number))
        elif word == "cpg":
            self._fonts[self._font] = of_code_page(number)
