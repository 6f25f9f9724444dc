"""Compiles llama-cpp-python, the library that runs the language models, in the build that is wanted."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from typing import Any

import setup_gpu
import setup_system
from setup_processes import call, elapsed, pip_install
from setup_system import SetupStopped

NAME = "llama-cpp-python"

# A line that says what failed, and one that only repeats a command of the build: `[14/193] /usr/bin/g++ ...`.
TELLING = re.compile(r"error[: ]|error$|No space left|Killed|could (not )?be found", re.IGNORECASE)
COMMAND = re.compile(r"\s*\[\d+/\d+\]")


def ensure(python: Path, packages: Path, venv: Path, project: dict[str, Any], wanted_gpu: str | None) -> None:
    """Have the engine installed in `packages`, compiling it when it is missing or of another build.

    Without a wish (`wanted_gpu` None) an installed build stays. Raises SetupStopped when compiling fails.
    """
    requirement = engine_requirement(project)
    present = _installed(packages, requirement)
    if present is not None and wanted_gpu in (None, present):
        return
    if wanted_gpu == "vulkan":
        setup_system.install_packages(setup_system.VULKAN)
    facts = setup_gpu.find_facts()
    choice = setup_gpu.choose(wanted_gpu or "auto", facts)
    print(choice.sentence(is_present=choice.build == present), flush=True)
    if choice.build != present:
        _provide_compiler()
        _compile(python, venv / "llama-build.log", requirement, choice.build, facts)


def engine_requirement(project: dict[str, Any]) -> str:
    """Return the line of the project's dependencies that names llama-cpp-python."""
    return next(str(line) for line in project["project"]["dependencies"] if line.startswith(NAME))


def satisfies(version: str, requirement: str) -> bool:
    """True when `version` (digits and dots) is within the `>=` and `<` bounds of `requirement`."""
    if not re.fullmatch(r"\d+(\.\d+)*", version):
        return False
    number = _numbers(version)
    bounds = re.findall(r"(>=|<)\s*([\d.]+)", requirement)
    return all(
        number >= _numbers(limit) if sign == ">=" else number < _numbers(limit) for sign, limit in bounds
    )


def build_environment(build: str, facts: setup_gpu.Facts, environment: dict[str, str]) -> dict[str, str]:
    """Return `environment` with what the compilation of `build` needs, all processor cores included."""
    arguments = setup_gpu.cmake_arguments(build, facts, environment.get("CMAKE_ARGS", ""))
    result = {"CMAKE_BUILD_PARALLEL_LEVEL": str(_cores()), **environment, "CMAKE_ARGS": arguments}
    if build == "cuda" and facts.nvcc:
        result.setdefault("CUDACXX", facts.nvcc)
    return result


def failure_message(log: str, build: str) -> str:
    """Return the lines of a failed build's `log` that tell most, and a hint in plain words."""
    lines = [line.rstrip() for line in log.splitlines() if line.strip() and not COMMAND.match(line)]
    telling = [line for line in lines if TELLING.search(line)]
    shown = "\n".join(f"    {line[:200]}" for line in (telling[-6:] or lines[-6:]))
    hint = _hint("\n".join(telling[-20:] + lines[-60:]), build)
    return f"The engine could not be compiled. From its log:\n{shown}\n{hint}"


def _hint(log: str, build: str) -> str:
    hints = [
        (r"No space left", "The disk is full: make room (about 2 GB) and start again."),
        (
            r"Killed|out of memory|Cannot allocate",
            "Memory ran out: set CMAKE_BUILD_PARALLEL_LEVEL=1 and start again.",
        ),
        (
            r"CMAKE_CXX_COMPILER|CMAKE_C_COMPILER",
            "A C++ compiler is missing; see above for how to install one.",
        ),
        (
            r"unsupported (GNU|clang|Microsoft)",
            "The CUDA toolkit does not know this C++ compiler: install a version that it supports.",
        ),
        (
            r"connection|resolve|timed out|No matching distribution",
            "The sources could not be downloaded: look at the network and start again.",
        ),
    ]
    hint = next((text for pattern, text in hints if re.search(pattern, log, re.IGNORECASE)), "")
    if not hint:
        hint = "The end of the log says more."
    if build != "none":
        hint += " ChatDesk also works on the processor: start again with --gpu none."
    return hint


def _installed(packages: Path, requirement: str) -> str | None:
    # pip writes RECORD last: without it an installation was interrupted.
    records = list(packages.glob("llama_cpp_python-*.dist-info/RECORD"))
    if len(records) != 1:
        return None
    version = records[0].parent.name.removeprefix("llama_cpp_python-").removesuffix(".dist-info")
    library = packages / "llama_cpp" / "lib"
    names = [path.name for path in library.iterdir()] if library.is_dir() else []
    return setup_gpu.installed_build(names) if satisfies(version, requirement) else None


def _provide_compiler() -> None:
    if setup_system.has_compiler() or not setup_system.install_packages(setup_system.COMPILER):
        return
    if not setup_system.has_compiler():
        print(setup_system.compiler_hint(sys.platform, setup_system.distribution()), flush=True)


def _compile(python: Path, log: Path, requirement: str, build: str, facts: setup_gpu.Facts) -> None:
    duration = "10 to 30 minutes" if build in ("cuda", "vulkan") else "3 to 6 minutes"
    print(
        "Compiling the engine that runs the language models (llama-cpp-python). This is done once and takes "
        f"{duration}.\n  Log: {log}",
        flush=True,
    )
    # No finished wheel may be taken, nor one that pip kept: it could be of another build.
    options = ["--force-reinstall", "--no-deps", "--no-cache-dir", "--no-binary", NAME]
    command = pip_install(python, "-v", *options, requirement)
    start = time.monotonic()
    environment = build_environment(build, facts, dict(os.environ))
    if call(command, "compiling", log=log, environment=environment) != 0:
        raise SetupStopped(failure_message(log.read_text(encoding="utf-8", errors="replace"), build))
    print(f"  Compiled in {elapsed(time.monotonic() - start)}.", flush=True)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.strip(".").split("."))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
