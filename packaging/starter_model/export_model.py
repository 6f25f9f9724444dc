"""Step 4: writes the checkpoint as an F16 GGUF file, and quantises that to Q8_0.

    python export_model.py write CHECKPOINT FOLDER OUT-f16.gguf      (needs torch)
    python export_model.py quantize IN-f16.gguf OUT-q8_0.gguf        (needs llama-cpp-python)

The two parts may run in different environments.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def write(checkpoint: Path, folder: Path, out: Path) -> None:
    """Write the F16 file of a checkpoint and of the tokenizer in the corpus folder."""
    import torch
    from starter_net.gguf_file import read_vocabulary, write_gguf
    from starter_net.shape import Shape

    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    weights = {name: tensor.float().numpy() for name, tensor in state["model"].items()}
    write_gguf(out, Shape(**state["config"]), weights, read_vocabulary(folder / "tokenizer.json"))
    print(f"{out.name}: {out.stat().st_size / 1e6:.2f} MB, step {state['step']}")


def quantize(source: Path, out: Path) -> None:
    """Write the Q8_0 file with llama.cpp's own quantiser; SystemExit when that fails."""
    import llama_cpp

    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0
    params.nthread = 1
    if llama_cpp.llama_model_quantize(str(source).encode(), str(out).encode(), params):
        raise SystemExit("The file could not be quantised.")
    print(f"{out.name}: {out.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Run one of the two parts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    steps = parser.add_subparsers(dest="step", required=True)
    writing = steps.add_parser("write")
    for name in ("checkpoint", "folder", "out"):
        writing.add_argument(name, type=Path)
    quantizing = steps.add_parser("quantize")
    for name in ("source", "out"):
        quantizing.add_argument(name, type=Path)
    args = parser.parse_args()
    if args.step == "write":
        write(args.checkpoint, args.folder, args.out)
    else:
        quantize(args.source, args.out)


if __name__ == "__main__":
    main()
