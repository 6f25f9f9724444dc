"""Model files: what they say, and what is wrong with those that cannot be used."""

import contextlib
import io
import random
import struct
import subprocess
import sys
import time

import pytest

from chatdesk.domain.errors import ChatDeskError, ModelInvalid, ModelMissing, ModelUnreadable
from chatdesk.engine.gguf import GgufFiles, check, read_header
from chatdesk.engine.gguf_reader import TENSOR_TYPES, LongArray
from chatdesk.engine.shape import shape_of
from tests.engine.gguf_files import gguf, metadata, tensors


@pytest.fixture
def write(tmp_path):
    def write(content, name="model.gguf"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def reason(path):
    with pytest.raises(ModelInvalid) as caught:
        check(path)
    return str(caught.value)


def test_the_starter_model_is_read(starter):
    file = check(starter)
    header = file.header
    assert (header.name, header.architecture, header.quantisation) == ("ChatDesk Starter", "llama", "Q8_0")
    assert (header.layers, header.context_tokens, header.licence, header.has_template) == (
        6,
        2048,
        "mit",
        True,
    )
    assert header.parameters == 5_475_584
    assert file.bytes == starter.stat().st_size
    assert GgufFiles().header(starter) == header


def test_the_reader_agrees_with_the_reference(starter):
    gguf_package = pytest.importorskip("gguf")
    reference = gguf_package.GGUFReader(starter)
    file = read_header(starter)
    assert file.data == reference.data_offset
    assert [(t.name, t.shape, t.type, file.data + t.offset, t.bytes) for t in file.tensors] == [
        (t.name, tuple(map(int, t.shape)), int(t.tensor_type), t.data_offset, t.n_bytes)
        for t in reference.tensors
    ]
    for kind, sizes in gguf_package.GGML_QUANT_SIZES.items():
        if kind.name != "Q8_1":
            assert TENSOR_TYPES[int(kind)] == (kind.name, *sizes)


def test_a_written_file_is_read(write):
    file = check(write(gguf()))
    assert file.metadata["tokenizer.ggml.tokens"] == LongArray(100)
    assert file.number("attention.head_count") == 8
    assert file.header.quantisation == "F16"


def test_short_arrays_are_kept_and_long_ones_counted(write):
    values = metadata(llama__attention__head_count_kv=[4, 0], x__short=["a", "b"], x__long=[1] * 5000)
    file = check(write(gguf(values)))
    assert file.numbers("attention.head_count_kv") == (4, 0)
    assert file.metadata["x.short"] == ("a", "b")
    assert file.metadata["x.long"] == LongArray(5000)


def test_a_large_vocabulary_takes_milliseconds(write):
    values = metadata(tokenizer__ggml__tokens=[f"token{i}" for i in range(150_000)])
    values["tokenizer.ggml.merges"] = [f"to ken{i}" for i in range(150_000)]
    path = write(gguf(values))
    times = []
    for _ in range(5):
        started = time.process_time()
        read_header(path)
        times.append(time.process_time() - started)
    assert min(times) < 0.15


class Counting(io.BytesIO):
    """A file that remembers up to which byte it was read."""

    furthest = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.furthest = max(self.furthest, self.tell())
        return piece


def shape(content):
    return GgufFiles().shape(content, len(content.getbuffer()), "owner/model.gguf")


def test_the_shape_is_read_without_the_vocabulary():
    values = metadata(tokenizer__ggml__tokens=[f"token{i}" for i in range(50_000)])
    file = Counting(gguf(values))
    assert shape(file).per_token == 2 * 4 * (8 + 8) * 2
    assert file.furthest == 128 << 10
    assert shape(file).buffers > shape(Counting(gguf())).buffers  # the length of the vocabulary counts


def test_the_shape_behind_a_vocabulary_is_read_too():
    values = {"tokenizer.ggml.tokens": [f"token{i}" for i in range(50_000)], **metadata()}
    assert shape(Counting(gguf(values))) == shape(Counting(gguf(dict(reversed(values.items())))))


def test_the_shape_of_a_file_on_the_disk_is_the_same(write):
    path = write(gguf())
    with path.open("rb") as file:
        assert GgufFiles().shape(file, path.stat().st_size, "m") == shape_of(read_header(path))


@pytest.mark.parametrize("content", [b"", b"<html>", gguf()[:200], b"GGUF" + bytes(99)])
def test_a_beginning_that_is_no_header_has_no_shape(content):
    with pytest.raises(ModelInvalid, match=r"model\.gguf"):
        shape(io.BytesIO(content))


@pytest.mark.parametrize("layers", [0, 513, 2**32 - 1])
def test_an_impossible_count_of_layers_has_no_shape(layers):
    with pytest.raises(ModelInvalid, match=f"{layers} layers"):
        shape(io.BytesIO(gguf(metadata(llama__block_count=layers))))


def test_damaged_beginnings_have_a_shape_or_are_refused_at_once():
    chance = random.Random(7)
    whole = gguf()
    started = time.process_time()
    for _ in range(300):
        damaged = bytearray(whole[:1200])
        for _ in range(chance.randrange(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with contextlib.suppress(ModelInvalid):
            assert shape(io.BytesIO(damaged + whole[1200:])).kv(8192) >= 0
    assert time.process_time() - started < 5


def test_texts_longer_than_the_readers_window_are_read(write):
    values = metadata(tokenizer__chat_template="x" * 3_000_000)
    values["tokenizer.ggml.tokens"] = ["y" * 40_000] * 100
    file = check(write(gguf(values)))
    assert file.metadata["tokenizer.chat_template"] == "x" * 3_000_000
    assert file.metadata["tokenizer.ggml.tokens"] == LongArray(100)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n\n  <HTML>", "web page"),
        (b"PK\3\4" + bytes(99), "zip archive"),
        (b"\x1f\x8b" + bytes(99), "compressed archive"),
        (b"version https://git-lfs.github.com/spec/v1\n", "pointer"),
        (bytes(5000), "only zeros"),
        (b"tjgg" + bytes(99), "before GGUF"),
        (struct.pack("<Q", 99) + b'{"__metadata__"', "safetensors"),
        (b'{"error": "not found"}', "JSON"),
        (b"hello", "not a GGUF file"),
        (b"GGU", "not a GGUF file"),
        (b"GGUF", "not complete"),
        (b"GGUF" + struct.pack("<I", 1) + bytes(99), "2023"),
        (b"GGUF" + struct.pack(">I", 3) + bytes(99), "byte order"),
        (b"GGUF" + struct.pack("<I", 99) + bytes(99), "newer GGUF"),
        (gguf()[:300], "not complete"),
        (gguf(missing=7000), "not complete: 7.0 KB of"),
        (gguf(missing=1), "1 bytes of"),
        (gguf(metadata(general__architecture=None)), "what kind of model"),
        (gguf(metadata(general__architecture="clip")), "reads pictures"),
        (gguf(metadata(general__type="adapter")), "adapter"),
        (gguf(metadata(general__type="imatrix")), "statistics"),
        (gguf(parts=[]), "only a vocabulary"),
        (gguf(metadata(llama__block_count=0)), "0 layers"),
        (gguf(metadata(llama__block_count=None)), "0 layers"),
        (gguf(metadata(llama__block_count=4097)), "4097 layers"),
        (gguf(metadata(llama__block_count=3)), "3 layers, but holds 2"),
        (gguf(parts=tensors(4)), "2 layers, but holds 4"),
        (gguf(metadata(llama__attention__layer_norm_rms_epsilon=float("nan"))), "value nan"),
        (gguf(metadata(llama__attention__layer_norm_rms_epsilon=-1.0)), "value -1.0"),
        (gguf(metadata(llama__attention__layer_norm_rms_epsilon=2.0)), "value 2.0"),
        (gguf(metadata(llama__attention__head_count=0)), "0 attention heads"),
        (gguf(metadata(general__alignment=7)), "damaged"),
        (gguf(metadata(split__count=3)), "must keep the name"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(write, content, words):
    assert words in reason(write(content))


def test_a_tensor_of_impossible_size_is_damage(write):
    whole = gguf()
    shape = struct.pack("<2Q", 64, 100)
    assert "damaged" in reason(write(whole.replace(shape, struct.pack("<2Q", 2**60, 2**60), 1)))


def test_layers_that_predict_further_tokens_may_be_left_out(write):
    check(write(gguf(metadata(llama__block_count=3, llama__nextn_predict_layers=1))))


def test_models_without_attention_need_no_heads(write):
    parts = [("token_embd.weight", (64, 100), 1), ("blk.0.ssm_in.weight", (64, 64), 1)]
    check(write(gguf(metadata(llama__block_count=1, llama__attention__head_count=0), parts)))


def test_parts_of_a_model_are_looked_for(write):
    values = metadata(split__count=3, llama__block_count=40)
    first = write(gguf(values), "m-00001-of-00003.gguf")
    second = write(gguf(values), "m-00002-of-00003.gguf")
    assert "1 of its 3 parts are missing, the first of them is m-00003-of-00003.gguf" in reason(first)
    assert "open the first part" in reason(second)
    write(gguf(values), "m-00003-of-00003.gguf")
    check(first)


def test_a_file_that_is_not_there_is_missing(tmp_path, write):
    with pytest.raises(ModelMissing):
        check(tmp_path / "no.gguf")
    with pytest.raises(ModelMissing):
        check(write(b"x") / "below.gguf")
    with pytest.raises(ModelMissing):
        check(tmp_path / "a\0b")


def test_a_folder_is_no_model(tmp_path):
    assert "folder" in reason(tmp_path)


def test_a_file_without_permission_is_unreadable(write, monkeypatch):
    path = write(gguf())

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(ModelUnreadable, match="permission"):
        check(path)


def test_a_failing_disk_makes_a_file_unreadable(write, monkeypatch):
    path = write(gguf())

    def fail(*args, **kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(path), "open", fail)
    with pytest.raises(ModelUnreadable, match="Input/output error"):
        check(path)


def test_counts_without_bounds_are_refused_at_once(write):
    start = b"GGUF" + struct.pack("<I", 3)
    huge = struct.pack("<Q", 2**63)
    key = struct.pack("<Q", 1) + b"k"
    files = [
        start + huge + huge,
        start + struct.pack("<QQ", 0, 1) + huge + bytes(99),
        start + struct.pack("<QQ", 0, 1) + key + struct.pack("<II", 9, 8) + huge + bytes(99),
        start + struct.pack("<QQ", 0, 1) + key + struct.pack("<II", 9, 4) + huge + bytes(99),
        start + struct.pack("<QQ", 0, 1) + key + struct.pack("<II", 9, 9) + huge + bytes(99),
        start + struct.pack("<QQ", 0, 1) + key + struct.pack("<IIQ", 9, 8, 1_999_999) + huge * 20,
        start + struct.pack("<QQ", 1, 0) + key + struct.pack("<I", 2**31) + bytes(99),
    ]
    started = time.process_time()
    for content in files:
        assert reason(write(content))
    assert time.process_time() - started < 0.5


def test_five_hundred_damaged_headers_never_raise_anything_else(starter, write):
    whole = starter.read_bytes()
    head = read_header(starter).data
    random_numbers = random.Random(20)
    path = write(whole)
    started = time.process_time()
    refused = whole_files = 0
    for number in range(500):
        content = bytearray(whole[:head])
        kind = number % 4
        if kind == 0:
            for _ in range(random_numbers.choice([1, 2, 5])):
                content[random_numbers.randrange(head)] ^= 1 << random_numbers.randrange(8)
        elif kind == 1:
            for _ in range(random_numbers.choice([1, 64, 512])):
                content[random_numbers.randrange(head)] = random_numbers.randrange(256)
        elif kind == 2:
            place = random_numbers.randrange(head - 8)
            value = random_numbers.choice([0, 1, 2**31, 2**32 - 1, 2**40, 2**62, 2**63 - 1, 2**64 - 1])
            content[place : place + 8] = struct.pack("<Q", value)
        else:
            place = random_numbers.randrange(2000)
            content[place : place + 8] = struct.pack("<Q", random_numbers.randrange(2**64))
        with path.open("r+b") as file:
            if number % 7 == 0:
                file.truncate(random_numbers.randrange(len(whole)))
            else:
                file.truncate(len(whole))
            file.seek(0)
            file.write(content)
        try:
            check(path)
            whole_files += 1
        except ChatDeskError as error:
            refused += bool(str(error) and error.hint)
    assert refused + whole_files == 500
    assert refused > 100
    assert time.process_time() - started < 5


def test_importing_it_brings_nothing_heavy():
    program = (
        "import sys, chatdesk.engine.gguf;"
        "print([name for name in ('numpy', 'llama_cpp', 'jinja2', 'ctypes') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
