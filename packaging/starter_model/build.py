"""Makes the starter model, from nothing to an examined file: python build.py --minutes 80

Runs the steps of this folder one after the other in `--work`: texts, tokens, training, export, check, exam.
PyTorch lives in an environment of its own there; export, check and exam run in the environment that runs this
script, which must be that of the application. A step that is done is not done again until what it is made
from changes, so that the same command goes on after an interruption, and with more minutes from where the
rate began to fall. `--from FILE.gguf` goes on training from the weights and with the tokenizer of a file, for
instance the one that comes with the application.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_TASKS = _HERE.parents[1] / "assets" / "tasks"
_KEEPS_MEMORY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(2**32),
    "MALLOC_TOP_PAD_": str(2**28),
    "MALLOC_TRIM_THRESHOLD_": str(2**33),
    "OMP_NUM_THREADS": "1",
}
"""Without these, glibc gives large blocks back at once, and training is slower by a fifth."""


@dataclass(frozen=True)
class Step:
    """A part of the work: what it is made from, files or settings, and how it is made."""

    name: str
    inputs: Sequence[Path | str]
    make: Callable[[], None]


def stamp(inputs: Sequence[Path | str]) -> str:
    """Return a hash of settings and of the contents of files and folders; caches do not count."""
    digest = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            digest.update(f"{item}\n".encode())
            continue
        files = sorted(path for path in item.rglob("*") if path.is_file()) if item.is_dir() else [item]
        for path in files:
            if "__pycache__" not in path.parts:
                digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def run(steps: Sequence[Step], work: Path) -> None:
    """Do the steps in order, but those whose inputs have not changed since they were done."""
    work.mkdir(parents=True, exist_ok=True)
    for step in steps:
        mark = work / f"{step.name}.stamp"
        wanted = stamp(step.inputs)
        if mark.exists() and mark.read_text() == wanted:
            print(f"{step.name}: done before", flush=True)
            continue
        started = time.monotonic()
        print(f"{step.name} ...", flush=True)
        step.make()
        mark.write_text(wanted)
        print(f"{step.name}: {time.monotonic() - started:.0f} s", flush=True)


class Build:
    """The steps for one set of arguments."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._work: Path = args.work.resolve()
        self._corpus = self._work / "corpus"
        self._checkpoint = self._work / "starter.pt"
        self._undecayed = self._work / "starter.undecayed.pt"
        self._weights = self._work / "averaged.pt" if args.average else self._checkpoint
        self._f16, self._q8 = self._work / "starter-f16.gguf", self._work / "chatdesk-starter-q8_0.gguf"
        self._environment: Path = args.environment or self._work / "venv"
        folder = "Scripts" if os.name == "nt" else "bin"
        self._python = self._environment / folder / ("python.exe" if os.name == "nt" else "python")

    def steps(self) -> list[Step]:
        """Return all steps in their order."""
        args, corpus = self._args, self._corpus
        length = f"--minutes {args.minutes}" if args.steps is None else f"--steps {args.steps}"
        origin: list[Path | str] = [args.origin] if args.origin else []
        texts: list[Path | str] = [_HERE / "starter_text", _TASKS, f"{args.seed} {args.files} {args.train}"]
        code = [_HERE / "starter_net", _HERE / "train_model.py"]
        exam = [_HERE / "held_out.jsonl.gz", _HERE / "starter_exam"]
        return [
            Step("environment", [_HERE / "requirements.txt"], self._make_environment),
            Step("texts", [*texts, *origin], self._write_texts),
            Step("tokens", [*texts, *origin, _HERE / "encode_corpus.py"], self._encode),
            Step("training", [*texts, *origin, *code, length], self._train),
            *([Step("mean", [self._checkpoint, *origin], self._average)] if args.average else []),
            Step("export", [self._weights, _HERE / "export_model.py"], self._export),
            Step("check", [self._f16, corpus / "tokenizer.json"], self._check),
            Step("exam", [self._q8, *exam, f"{args.limit}"], self._examine),
        ]

    def _make_environment(self) -> None:
        if self._args.environment:
            return
        venv.create(self._environment, with_pip=True)
        self._call(self._python, "-m", "pip", "install", "-q", "-r", _HERE / "requirements.txt")

    def _write_texts(self) -> None:
        for path in [*self._corpus.glob("*.jsonl"), *self._corpus.glob("*.npz")]:
            path.unlink()
        args = self._args
        numbers = ("--files", args.files, "--train", args.train, "--held", args.held, "--seed", args.seed)
        self._script("write_corpus.py", self._corpus, *numbers)

    def _encode(self) -> None:
        # Other texts have another tokenizer, which the weights of an earlier run would not know.
        made = (self._corpus / "tokenizer.json", self._checkpoint, self._undecayed)
        for path in [*self._corpus.glob("*.npz"), *made]:
            path.unlink(missing_ok=True)
        origin = ("--from", self._args.origin) if self._args.origin else ()
        self._script("encode_corpus.py", self._corpus, *origin)

    def _train(self) -> None:
        args = self._args
        if (self._work / "training.stamp").exists() and self._undecayed.exists():
            shutil.copyfile(self._undecayed, self._checkpoint)
        length = ("--minutes", args.minutes) if args.steps is None else ("--steps", args.steps)
        origin = ("--from", args.origin) if args.origin else ()
        workers = 1 if args.device == "cuda" else args.workers
        rest = ("--seed", args.seed, "--device", args.device, "--workers", workers)
        self._script("train_model.py", self._corpus, self._checkpoint, *length, *origin, *rest)

    def _average(self) -> None:
        self._script("average_models.py", self._checkpoint, self._args.origin, self._weights)

    def _export(self) -> None:
        self._script("export_model.py", "write", self._weights, self._corpus, self._f16)
        self._call(sys.executable, _HERE / "export_model.py", "quantize", self._f16, self._q8)

    def _check(self) -> None:
        reference = self._work / "reference.npz"
        self._script("check_export.py", "reference", self._weights, self._corpus, reference)
        for model in (self._f16, self._q8):
            compared = (_HERE / "check_export.py", "compare", model, self._corpus, reference)
            self._call(sys.executable, *compared)

    def _examine(self) -> None:
        result = ("--json", self._work / "exam.json", "--samples", 12)
        limit = ("--limit", self._args.limit) if self._args.limit else ()
        self._call(sys.executable, _HERE / "evaluate_model.py", self._q8, *result, *limit)

    def _script(self, name: str, *arguments: object) -> None:
        """Run a script of this folder in the environment of the training."""
        self._call(self._python, _HERE / name, *arguments)

    def _call(self, *command: object) -> None:
        words = [str(word) for word in command]
        subprocess.run(words, check=True, cwd=_HERE, env=_KEEPS_MEMORY | os.environ)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--minutes", type=float, help="training time")
    length.add_argument("--steps", type=int, help="training steps, which make a build repeatable")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--work", type=Path, default=_HERE / "work")
    parser.add_argument("--from", type=Path, dest="origin", help="a GGUF file to go on from")
    parser.add_argument(
        "--average", action="store_true", help="export the mean of the new weights and --from"
    )
    parser.add_argument("--environment", type=Path, help="a virtual environment that has PyTorch already")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that train")
    parser.add_argument("--files", type=int, default=5, help="files of training texts")
    parser.add_argument("--train", type=int, default=100_000, help="conversations in each of them")
    parser.add_argument("--held", type=int, default=2_400, help="held-out conversations")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--limit", type=int, help="items of each row in the exam; otherwise all")
    args = parser.parse_args()
    if args.average and not args.origin:
        parser.error("--average needs --from")
    args.origin = args.origin.resolve() if args.origin else None
    args.environment = args.environment.resolve() if args.environment else None
    return args


def main() -> None:
    """Do what is not done yet."""
    args = _arguments()
    try:
        run(Build(args).steps(), args.work)
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{Path(error.cmd[1]).name} failed; the steps before it are kept.") from None


if __name__ == "__main__":
    main()
