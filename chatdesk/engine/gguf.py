"""What a GGUF file says of itself, and whether it can be used as a model."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from chatdesk.domain.errors import AdapterIsNoModel, ModelInvalid, ModelMissing, ModelUnreadable
from chatdesk.domain.models import AdapterHeader, ModelHeader, ModelShape
from chatdesk.domain.words import tr
from chatdesk.engine.gguf_reader import (
    MAGIC,
    TENSOR_TYPES,
    GgufKeys,
    Malformed,
    TensorInfo,
    read_keys,
    read_raw_header,
)

ADAPTER = "adapter"  # general.type of files that change a model
MOST_LAYERS = 512  # LLAMA_MAX_LAYERS of llama.cpp, which aborts above it
_SNIFFED_BYTES = 512
_MOST_PARTS = 1000
_PART = re.compile(r"^(?P<stem>.+)-(?P<part>\d{5})-of-(?P<parts>\d{5})\.gguf$", re.IGNORECASE)
_BLOCK = re.compile(r"^blk\.(\d{1,9})\.")
# general.file_type, the enum llama_ftype of llama.cpp.
_FILE_TYPES: Mapping[int, str] = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
    12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K",
    19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL",
    26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0",
    37: "TQ2_0", 38: "MXFP4", 39: "NVFP4", 40: "Q1_0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GgufFile(GgufKeys):
    """One file with its whole header."""

    header: ModelHeader
    tensors: tuple[TensorInfo, ...]
    bytes: int  # of the file
    weights: int  # bytes of all parts of the model that are there
    data: int  # where the tensors' data begins, in bytes


class GgufFiles:
    """The port ModelFiles on real files."""

    def __init__(self) -> None:
        from chatdesk.engine.projectors import Projectors  # which uses this module

        self._projectors = Projectors()

    def header(self, path: Path) -> ModelHeader:
        """Return what the file says, once it is clear that it can be used. Raises as `check` does."""
        return check(path).header

    def adapter(self, path: Path, model: Path) -> AdapterHeader:
        """Return what an adapter of `model` says. Raises AdapterMissing, AdapterInvalid."""
        from chatdesk.engine.adapter_file import check_adapter  # few have any

        return check_adapter(path, model)

    def projector(self, model: Path) -> Path | None:
        """Return the projector that lies beside a model and belongs to it by its name."""
        return self._projectors.beside(model)

    def shape(self, file: BinaryIO, size: int, name: str) -> ModelShape:
        """Read what stands before the vocabulary. Raises ModelInvalid, and what reading `file` raises."""
        try:
            keys = GgufKeys(read_keys(file, size))
        except Malformed as error:
            raise ModelInvalid(Path(name), str(error)) from None
        _refuse_adapter(keys, Path(name))
        if problem := _impossible_layers(keys):
            raise ModelInvalid(Path(name), problem)
        from chatdesk.engine.shape import shape_of  # the window opens without it

        return shape_of(keys)


def read_header(path: Path) -> GgufFile:
    """Read all that stands before the tensors' data: milliseconds, also with a vocabulary of 150,000.

    Raises ModelMissing, ModelUnreadable, ModelInvalid.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ModelInvalid(path, tr("it is a folder or a device, not a file"))
        with path.open("rb") as file:
            beginning = file.read(_SNIFFED_BYTES)
            if not beginning.startswith(MAGIC):
                raise ModelInvalid(path, _what_it_is(beginning))
            file.seek(0)
            raw = read_raw_header(file, status.st_size)
    except (FileNotFoundError, NotADirectoryError):
        raise ModelMissing(path) from None
    except PermissionError:
        raise ModelUnreadable(path, tr("you have no permission to read it")) from None
    except OSError as error:
        raise ModelUnreadable(path, error.strerror or str(error)) from None
    except ValueError:
        raise ModelMissing(path) from None
    except Malformed as error:
        raise ModelInvalid(path, str(error)) from None
    header = _model_header(raw.metadata, raw.tensors)
    return GgufFile(raw.metadata, header, raw.tensors, status.st_size, _bytes_of(path), raw.data)


def check(path: Path) -> GgufFile:
    """Return the header of a file that llama.cpp can load or refuse cleanly.

    Raises ModelMissing, ModelUnreadable, and ModelInvalid for what is no language model, is not complete, or
    has values at which llama.cpp would end the process; AdapterIsNoModel is one of these.
    """
    file = read_header(path)
    _refuse_adapter(file, path)
    problem = _wrong_kind(file) or incomplete(file) or _missing_parts(path, file) or _impossible(file)
    if problem:
        raise ModelInvalid(path, problem)
    return file


def projector_problem(path: Path) -> str:
    """Return why a file cannot be a projector that llama.cpp loads, as a part of a sentence; "" if it can."""
    try:
        file = read_header(path)
    except ModelInvalid as error:
        return error.reason
    except (ModelMissing, ModelUnreadable):
        return tr("it cannot be read")
    if not is_projector(file):
        return tr("it is another kind of file")
    return incomplete(file) if file.tensors else tr("there is nothing in it")


def is_projector(file: GgufKeys) -> bool:
    """Whether it is the part of a model that reads pictures (or sounds)."""
    return file.architecture in ("clip", "mmproj") or file.metadata.get("general.type") == "mmproj"


def _model_header(metadata: Mapping[str, object], tensors: tuple[TensorInfo, ...]) -> ModelHeader:
    text = GgufKeys(metadata).text

    def number(key: str) -> int:
        value = metadata.get(key)
        return value if isinstance(value, int) and 0 < value < 1 << 53 else 0

    architecture = GgufKeys(metadata).architecture
    return ModelHeader(
        name=text("general.name"),
        architecture=architecture,
        quantisation=_FILE_TYPES.get(number("general.file_type"), "") or _commonest_type(tensors),
        parameters=number("general.parameter_count") or sum(tensor.elements for tensor in tensors),
        layers=number(f"{architecture}.block_count"),
        context_tokens=number(f"{architecture}.context_length"),
        licence=text("general.license.name") or text("general.license"),
        has_template=bool(text("tokenizer.chat_template")),
    )


def _commonest_type(tensors: tuple[TensorInfo, ...]) -> str:
    sizes: dict[str, int] = {}
    for tensor in tensors:
        name = TENSOR_TYPES.get(tensor.type, ("", 1, 0))[0]
        sizes[name] = sizes.get(name, 0) + tensor.bytes
    return max(sizes, key=lambda name: sizes[name], default="")


def _what_it_is(beginning: bytes) -> str:
    text = beginning.lstrip().lower()
    if not beginning:
        return tr("the file is empty")
    if not beginning.strip(b"\0"):
        return tr("it contains only zeros, as after an interrupted download")
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        return tr("it is a web page, not a model; the download did not work")
    if beginning.startswith(b"version https://git-lfs"):
        return tr("it is a pointer to the real file, which still has to be downloaded")
    if beginning.startswith((b"PK\3\4", b"PK\5\6")):
        return tr("it is a zip archive; unpack it first")
    if beginning.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ", b"BZh", b"Rar!")):
        return tr("it is a compressed archive; unpack it first")
    if beginning.startswith((b"tjgg", b"fmgg", b"lmgg", b"algg")):
        return tr("it has a format from before GGUF; look for a newer file of this model")
    if beginning[8:10] == b'{"' and int.from_bytes(beginning[:8], "little") < 1 << 32:
        return tr("it is a safetensors file; look for its GGUF form")
    if text.startswith((b"{", b"[")):
        return tr("it is a JSON text, not a model")
    return tr("it is not a GGUF file")


def _wrong_kind(file: GgufFile) -> str:
    kind = file.metadata.get("general.type")
    if is_projector(file):
        return tr("it is the part of a model that reads pictures; open the language model beside it")
    if kind == "imatrix" or file.architecture == "imatrix":
        return tr("it holds statistics for making models, not a model")
    if not file.architecture:
        return tr("it does not say what kind of model it is")
    if not file.tensors:
        return tr("it contains only a vocabulary, no model")
    return ""


def _refuse_adapter(file: GgufKeys, path: Path) -> None:
    if file.metadata.get("general.type") == ADAPTER:
        raise AdapterIsNoModel(path, made_for(file))


def made_for(file: GgufKeys) -> str:
    """Return the name of the model that an adapter was made for, "" where it does not say."""
    return file.text("general.base_model.0.name")


def incomplete(file: GgufFile) -> str:
    """Return what is missing of a file with tensors as a part of a sentence, "" for nothing."""
    end = max(file.data + tensor.offset + tensor.bytes for tensor in file.tensors)
    if end <= file.bytes:
        return ""
    if end > 1 << 50:
        return tr("its header is damaged")
    return tr("it is not complete: {missing} of {whole} are missing").format(
        missing=_in_words(end - file.bytes), whole=_in_words(end)
    )


def _in_words(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return tr("{count} bytes").format(count=count)


def _missing_parts(path: Path, file: GgufFile) -> str:
    match = _PART.match(path.name)
    parts = file.metadata.get("split.count", 1)
    if not match:
        if isinstance(parts, int) and parts > 1:
            return tr("it is a part of a model and must keep the name that it was downloaded with")
        return ""
    if int(match["part"]) != 1:
        return tr("it is part {part} of a model; open the first part").format(part=int(match["part"]))
    missing = [each for each in _parts_of(path) if not each.exists()]
    if missing:
        return tr("{count} of its {all} parts are missing, the first of them is {name}").format(
            count=len(missing), all=int(match["parts"]), name=missing[0].name
        )
    return ""


def _parts_of(path: Path) -> list[Path]:
    """Return all files of the model whose first or only one is `path`."""
    match = _PART.match(path.name)
    if not match:
        return [path]
    # A name can claim 99,999 parts; none of the largest models has more than 100.
    count = min(int(match["parts"]), _MOST_PARTS)
    names = (f"{match['stem']}-{part:05d}-of-{match['parts']}{path.suffix}" for part in range(1, count + 1))
    return [path.with_name(name) for name in names]


def read_headers(path: Path) -> list[GgufFile]:
    """Read all parts of the model at `path`, the first one first. Raises as `read_header` does."""
    return [read_header(part) for part in _parts_of(path)]


def _bytes_of(path: Path) -> int:
    return sum(each.stat().st_size for each in _parts_of(path) if each.exists())


def _impossible_layers(file: GgufKeys) -> str:
    layers = file.number("block_count")
    if 0 < layers <= MOST_LAYERS:
        return ""
    return tr("it says that it has {count} layers").format(count=layers)


def _impossible(file: GgufFile) -> str:
    if problem := _impossible_layers(file):
        return problem
    for key in ("attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon"):
        epsilon = file.metadata.get(f"{file.architecture}.{key}")
        if epsilon is not None and not (isinstance(epsilon, float) and 0 < epsilon < 1):
            return tr("its normalisation has the impossible value {value}").format(value=epsilon)
    attends = any(".attn_q" in tensor.name for tensor in file.tensors)
    if attends and not 0 < file.number("attention.head_count") < 1 << 16:
        return tr("it says that it has {count} attention heads").format(
            count=file.number("attention.head_count")
        )
    return _layers_that_disagree(file, file.number("block_count"))


def _layers_that_disagree(file: GgufFile, layers: int) -> str:
    """Compare the stated count with the tensors' names; layers that predict further tokens may be left
    out.
    """
    numbers = [int(match[1]) for tensor in file.tensors if (match := _BLOCK.match(tensor.name))]
    split = file.metadata.get("split.count", 1)
    if not numbers or (isinstance(split, int) and split > 1):
        return ""
    extra = file.number("nextn_predict_layers")
    found = max(numbers) + 1
    if layers - extra <= found <= layers + extra:
        return ""
    return tr("it says that it has {count} layers, but holds {found}").format(count=layers, found=found)
