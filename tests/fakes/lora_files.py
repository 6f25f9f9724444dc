"""Small LoRA adapters for a model file: right ones, and wrong in one place."""

import gguf
import numpy as np

RANK = 4
TARGETS = ("attn_q.weight", "attn_output.weight", "ffn_up.weight", "ffn_down.weight")


def write_lora(path, model, seed=1, strength=3.0, targets=TARGETS, **how):
    """Write an adapter that adds matrices of rank 4 to every weight of `model` whose name ends with one of
    `targets`. `strength` 0 makes all B zero, 3 changes every answer.

    `how` overrides "architecture", "general_type", "adapter_type", "alpha", "name" and "base"; "double"
    writes alpha with 64 bits; "change" gets (name, a, b) of each pair and returns the tensors by name.
    """
    reader = gguf.GGUFReader(model)
    own = str(reader.fields["general.architecture"].contents())
    writer = gguf.GGUFWriter(path, how.get("architecture", own))
    writer.add_type(how.get("general_type", "adapter"))
    if name := how.get("name", ""):
        writer.add_name(name)
    if base := how.get("base", ""):
        writer.add_string("general.base_model.0.name", base)
    writer.add_string("adapter.type", how.get("adapter_type", "lora"))
    add = writer.add_float64 if how.get("double") else writer.add_float32
    add("adapter.lora.alpha", how.get("alpha", float(RANK)))
    if "invocation_tokens" in how:
        writer.add_array("adapter.alora.invocation_tokens", how["invocation_tokens"])
    rng = np.random.default_rng(seed)
    change = how.get("change", pair)
    for tensor in reader.tensors:
        if tensor.name.endswith(tuple(targets)):
            inner, outer = (int(size) for size in tensor.shape[:2])
            a = rng.standard_normal((RANK, inner)).astype(np.float32) / inner**0.5
            b = rng.standard_normal((outer, RANK)).astype(np.float32) * strength
            for name, values in change(tensor.name, a, b).items():
                writer.add_tensor(name, np.ascontiguousarray(values))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def pair(name, a, b):
    """Return the two tensors of one weight as llama.cpp expects them."""
    return {f"{name}.lora_a": a, f"{name}.lora_b": b}
