"""Read the bytes of a GGUF header, without any library, from files that nobody vouches for."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from chatdesk.domain.words import tr

MAGIC = b"GGUF"
LONGEST_KEPT_NUMBERS = 1024
LONGEST_KEPT_STRINGS = 64
_WINDOW = 1 << 20
_FIRST_WINDOW = 128 << 10  # llama.cpp's converter writes what stands before the vocabulary into less
_VOCABULARY = "tokenizer.ggml.tokens"
_HEADER_BYTES = 128 << 20  # the largest vocabularies in use take 20 MB
_KEYS = 10_000
_TENSORS = 100_000
_STRINGS = 2_000_000  # in one array; the largest vocabularies in use have 600,000 merges
_TEXT_BYTES = 16 << 20
_DIMENSIONS = 4
_STRING, _ARRAY, _DOUBLE = 8, 9, 12
# GGUF value types by number, as struct formats (specification of GGUF 3, docs/gguf.md of ggml).
_SCALARS: Mapping[int, str] = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
# (name, elements in a block, bytes in a block) by ggml type number.
TENSOR_TYPES: Mapping[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176), 14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292),
    16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82), 23: ("IQ4_XS", 256, 136),
    24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4), 27: ("I64", 1, 8), 28: ("F64", 1, 8),
    29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2), 34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66),
    39: ("MXFP4", 32, 17), 40: ("NVFP4", 64, 36), 41: ("Q1_0", 128, 18),
}  # fmt: skip


class Malformed(Exception):
    """The bytes are not a GGUF header; the text is a part of a sentence."""


class Double(float):
    """A number of 64 bits: where llama.cpp expects one of 32, it ends the process."""


@dataclass(frozen=True, slots=True)
class LongArray:
    """Stands for an array of the file that is not kept."""

    length: int


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """`shape` is in ggml's order, the fastest dimension first; `offset` is in bytes from the tensors'
    data.
    """

    name: str
    shape: tuple[int, ...]
    type: int  # of ggml
    offset: int

    @property
    def elements(self) -> int:
        count = 1
        for size in self.shape:
            count *= size
        return count

    @property
    def bytes(self) -> int:
        """Size of the data; 0 for a type that is not known here."""
        _, block, size = TENSOR_TYPES.get(self.type, ("", 1, 0))
        return -(-self.elements // block) * size


@dataclass(frozen=True, slots=True)
class GgufKeys:
    """What a file says of itself, all of it or what stands before the vocabulary.

    Arrays of more than 1,024 numbers or 64 strings stand in `metadata` as LongArray.
    """

    metadata: Mapping[str, object]

    @property
    def architecture(self) -> str:
        return self.text("general.architecture")

    def text(self, key: str) -> str:
        """Return the text of `key` without what does not belong into one, "" where there is none."""
        value = self.metadata.get(key)
        return value.replace("\0", "").strip() if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """Return the whole number of the architecture's own `key`, the largest one of an array, or 0."""
        return max(self.numbers(key), default=0)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return the whole numbers of the architecture's own `key`: one, one a layer, or none."""
        value = self.metadata.get(f"{self.architecture}.{key}")
        items = value if isinstance(value, tuple) else (value,)
        return tuple(max(0, item) for item in items if isinstance(item, int))


@dataclass(frozen=True, slots=True)
class RawHeader:
    """What stands before the tensors' data, which begins at byte `data`."""

    metadata: Mapping[str, object]
    tensors: tuple[TensorInfo, ...]
    data: int


def read_raw_header(file: BinaryIO, size: int) -> RawHeader:
    """Read a whole header from the beginning of `file`, which has `size` bytes.

    Arrays of more than 1,024 numbers or 64 strings become LongArray. Raises Malformed, and OSError where the
    disk fails.
    """
    reader = _Reader(file, size, _WINDOW)
    tensor_count, key_count = _counts(reader)
    metadata: dict[str, object] = {}
    for _ in range(key_count):
        key = reader.text()
        metadata[key] = _value(reader, reader.number("I"))
    tensors = tuple(_tensor(reader) for _ in range(tensor_count))
    alignment = metadata.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 0 < alignment <= 1 << 20 or alignment & (alignment - 1):
        raise Malformed(tr("its header is damaged"))
    return RawHeader(metadata, tensors, -(-reader.place // alignment) * alignment)


def read_keys(file: BinaryIO, size: int) -> Mapping[str, object]:
    """Read what a model says of its shape from the beginning of `file`, which has `size` bytes.

    Stops at the vocabulary, of which the length is kept, where the count of layers stands before it; then
    one read of 128 KiB is enough for the files that llama.cpp's converter makes. Raises as `read_raw_header`.
    """
    reader = _Reader(file, size, _FIRST_WINDOW)
    _, key_count = _counts(reader)
    metadata: dict[str, object] = {}
    for _ in range(key_count):
        key = reader.text()
        kind = reader.number("I")
        if key == _VOCABULARY and kind == _ARRAY and any(each.endswith(".block_count") for each in metadata):
            metadata[key] = LongArray(reader.unpack("IQ")[1])
            break
        metadata[key] = _value(reader, kind)
    return metadata


def _counts(reader: _Reader) -> tuple[int, int]:
    """Return how many tensors and keys follow."""
    _check_beginning(reader.take(8))
    tensors, keys = reader.unpack("QQ")
    if tensors > _TENSORS or keys > _KEYS:
        raise Malformed(tr("its header is damaged"))
    return tensors, keys


def _check_beginning(beginning: bytes) -> None:
    if beginning[:4] != MAGIC:
        raise Malformed(tr("it is not a GGUF file"))
    version = int.from_bytes(beginning[4:], "little")
    if version == 1:
        raise Malformed(tr("it has the first GGUF format of 2023, which is not supported any more"))
    if version & 0xFFFF == 0:
        raise Malformed(tr("it is made for computers with another byte order"))
    if version not in (2, 3):
        raise Malformed(tr("it has a newer GGUF format than this version of ChatDesk can read"))


def _value(reader: _Reader, kind: int) -> object:
    if kind == _STRING:
        return reader.text()
    if kind == _ARRAY:
        return _array(reader, *reader.unpack("IQ"))
    if kind not in _SCALARS:
        raise Malformed(tr("its header is damaged"))
    value = reader.number(_SCALARS[kind])
    return Double(value) if kind == _DOUBLE else value


def _array(reader: _Reader, kind: int, length: int) -> object:
    if kind == _STRING:
        if length > LONGEST_KEPT_STRINGS:
            reader.skip_texts(length)
            return LongArray(length)
        return tuple(reader.text() for _ in range(length))
    if kind not in _SCALARS:
        raise Malformed(tr("its header is damaged"))
    if length > LONGEST_KEPT_NUMBERS:
        reader.skip(length * struct.calcsize(f"<{_SCALARS[kind]}"))
        return LongArray(length)
    return reader.unpack(f"{length}{_SCALARS[kind]}")


def _tensor(reader: _Reader) -> TensorInfo:
    name = reader.text()
    dimensions = reader.number("I")
    if dimensions > _DIMENSIONS:
        raise Malformed(tr("its header is damaged"))
    shape = reader.unpack(f"{dimensions}Q")
    kind, offset = reader.unpack("IQ")
    return TensorInfo(name, shape, kind, offset)


class _Reader:
    """Goes through a file from its beginning, a window of it in memory; never beyond its end."""

    def __init__(self, file: BinaryIO, size: int, window: int) -> None:
        self._file = file
        self._least = window
        self._size = min(size, _HEADER_BYTES)
        self._truncated = size < _HEADER_BYTES
        self._window = b""
        self._start = 0
        self._at = 0  # within the window

    @property
    def place(self) -> int:
        """Bytes from the file's beginning."""
        return self._start + self._at

    def take(self, count: int) -> bytes:
        if count > len(self._window) - self._at:
            self._move(self.place, count)
        taken = self._window[self._at : self._at + count]
        self._at += count
        return taken

    def skip(self, count: int) -> None:
        self._move(self.place + count, 0)

    def unpack(self, form: str) -> tuple[int, ...]:
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))

    def number(self, form: str) -> int:
        return self.unpack(form)[0]

    def text(self) -> str:
        length = self.number("Q")
        if length > _TEXT_BYTES:
            raise Malformed(tr("its header is damaged"))
        return self.take(length).decode("utf-8", "replace")

    def skip_texts(self, count: int) -> None:
        """Go over `count` strings, whose lengths stand before each of them."""
        if count > _STRINGS:
            raise Malformed(tr("its header is damaged"))
        unpack_from = struct.Struct("<Q").unpack_from
        window, at = self._window, self._at
        for _ in range(count):
            try:
                at += 8 + unpack_from(window, at)[0]
            except (struct.error, OverflowError):  # the next length is outside the window
                self._at = 0
                self._move(self._start + at, 8)
                window, at = self._window, self._at
                at += 8 + unpack_from(window, at)[0]
        self._move(self._start + at, 0)

    def _move(self, place: int, count: int) -> None:
        """Make the window begin at `place` with at least `count` bytes."""
        if place + count > self._size:
            raise Malformed(
                tr("it is not complete: it ends within its header")
                if self._truncated
                else tr("its header is damaged")
            )
        if not self._start <= place <= place + count <= self._start + len(self._window):
            self._file.seek(place)
            self._window = self._file.read(max(self._least, count))
            self._start = place
            if len(self._window) < count:
                raise Malformed(tr("it is not complete: it ends within its header"))
        self._at = place - self._start
