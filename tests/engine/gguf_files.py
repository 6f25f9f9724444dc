"""Write small GGUF files with any metadata and tensors, right or wrong."""

import struct

STRING, ARRAY = 8, 9


def text(value):
    raw = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(raw)) + raw


def number(kind, value):
    return struct.pack("<I", kind), struct.pack("<" + {4: "I", 6: "f", 7: "?", 10: "Q"}[kind], value)


def value_bytes(value):
    """Return (type, bytes) of a metadata value: str, bool, int, float, or a list of one of them."""
    if isinstance(value, str | bytes):
        return struct.pack("<I", STRING), text(value)
    if isinstance(value, bool):
        return number(7, value)
    if isinstance(value, int):
        return number(4 if value < 2**32 else 10, value)
    if isinstance(value, float):
        return number(6, value)
    kind = value_bytes(value[0])[0] if value else struct.pack("<I", 4)
    items = b"".join(value_bytes(item)[1] for item in value)
    return struct.pack("<I", ARRAY), kind + struct.pack("<Q", len(value)) + items


def metadata(**changes):
    """Return the metadata of a tiny llama; a change to None leaves a key out. Keys have "__" for a dot."""
    values = {
        "general.architecture": "llama",
        "general.name": "Tiny",
        "general.file_type": 1,
        "general.license": "mit",
        "llama.block_count": 2,
        "llama.context_length": 4096,
        "llama.embedding_length": 64,
        "llama.feed_forward_length": 128,
        "llama.attention.head_count": 8,
        "llama.attention.head_count_kv": 4,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "tokenizer.ggml.tokens": [f"t{i}" for i in range(100)],
        "tokenizer.chat_template": "{{ messages }}",
    }
    values.update({key.replace("__", "."): value for key, value in changes.items()})
    return {key: value for key, value in values.items() if value is not None}


def tensors(layers=2):
    """Return (name, shape, type) of a tiny llama in F16."""
    found = [("token_embd.weight", (64, 100), 1), ("output_norm.weight", (64,), 0)]
    for layer in range(layers):
        found += [(f"blk.{layer}.attn_q.weight", (64, 64), 1), (f"blk.{layer}.ffn_up.weight", (64, 128), 1)]
    return found


def size_of(shape, kind):
    count = 1
    for size in shape:
        count *= size
    return count * {0: 4, 1: 2}[kind]


def gguf(values=None, parts=None, version=3, missing=0):
    """Return a file's bytes; `missing` bytes are cut from its end."""
    values = metadata() if values is None else values
    parts = tensors() if parts is None else parts
    head = b"GGUF" + struct.pack("<IQQ", version, len(parts), len(values))
    for key, value in values.items():
        kind, raw = value_bytes(value)
        head += text(key) + kind + raw
    offset = 0
    for name, shape, kind in parts:
        head += text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)
        offset += -(-size_of(shape, kind) // 32) * 32
    head += bytes(-len(head) % 32)
    whole = head + bytes(offset)
    return whole[: len(whole) - missing]
