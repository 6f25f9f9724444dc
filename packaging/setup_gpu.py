"""Chooses the build of llama-cpp-python that this computer gets, and says in one sentence why."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from setup_system import SetupStopped


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found on this computer; `system` is sys.platform, paths are None when not found."""

    system: str = "linux"
    machine: str = "x86_64"
    nvidia_card: str = ""
    nvcc: str | None = None
    glslc: str | None = None
    vulkan_headers: bool = False  # found, and new enough
    old_headers: Path | None = None  # the folder of Vulkan headers that are too old
    render_node: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The build to have (cuda, vulkan, metal, none), what was found that speaks for it, and a hint or ""."""

    build: str
    found: str
    hint: str = ""

    def sentence(self, *, is_present: bool) -> str:
        """Return what the user reads about the choice, and whether that build is already installed."""
        verb = "the engine is already built" if is_present else "building the engine"
        return f"{self.found}: {verb} for {_NAMES[self.build]}. {self.hint}".strip()


def find_facts() -> Facts:
    """Look at this computer; takes up to some seconds when a graphics driver answers slowly."""
    windows = sys.platform == "win32"
    headers = _vulkan_headers()
    new_enough = headers is not None and _are_new_enough(headers)
    return Facts(
        system=sys.platform,
        machine=platform.machine(),
        nvidia_card=_nvidia_card(),
        nvcc=_find_program("nvcc", ["/usr/local/cuda/bin", *_below("CUDA_PATH", "bin")]),
        glslc=_find_program("glslc", [*_below("VULKAN_SDK", "bin"), *_below("VULKAN_SDK", "Bin")]),
        vulkan_headers=new_enough,
        old_headers=None if new_enough else headers,
        render_node=windows or any(Path("/dev/dri").glob("renderD*")),
    )


def choose(wanted: str, facts: Facts) -> Choice:
    """Return the build for `wanted` (auto, cuda, vulkan, metal, none).

    Raises SetupStopped when something is wanted that cannot be built here.
    """
    if wanted == "auto":
        return _choose_by_facts(facts)
    if wanted == "cuda" and facts.nvcc is None:
        raise SetupStopped(
            "--gpu cuda needs the CUDA compiler nvcc, and it is neither on the PATH nor in /usr/local/cuda. "
            "Install the CUDA toolkit, or choose --gpu none for the processor."
        )
    if wanted == "vulkan" and facts.old_headers:
        raise SetupStopped(
            f"The Vulkan headers in {facts.old_headers} are too old for the engine. Install the Vulkan SDK "
            "from vulkan.lunarg.com and set VULKAN_SDK to its folder, or choose --gpu none for the processor."
        )
    if wanted == "vulkan" and (facts.glslc is None or not facts.vulkan_headers):
        raise SetupStopped(
            "--gpu vulkan needs the shader compiler glslc and the Vulkan headers. "
            "Install the Vulkan SDK, or choose --gpu none for the processor."
        )
    if wanted == "metal" and facts.system != "darwin":
        raise SetupStopped("--gpu metal is for macOS. Choose auto, cuda, vulkan or none here.")
    return Choice(wanted, "As asked")


def cmake_arguments(build: str, facts: Facts, given: str) -> str:
    """Return CMAKE_ARGS for `build`, after those that the user has `given` in the environment."""
    ours = {"cuda": "-DGGML_CUDA=on", "vulkan": "-DGGML_VULKAN=on", "metal": "-DGGML_METAL=on"}.get(build, "")
    if build != "metal" and facts.system == "darwin":
        ours = f"{ours} -DGGML_METAL=off"
    return f"{given} {ours}".strip()


def installed_build(library_names: list[str]) -> str | None:
    """Return which build the files in llama_cpp/lib belong to, or None when it is none at all."""
    if not any("llama" in name for name in library_names):
        return None
    for build in ("cuda", "vulkan", "metal"):
        if any(f"ggml-{build}" in name for name in library_names):
            return build
    return "none"


_NAMES = {
    "cuda": "the NVIDIA graphics card (CUDA)",
    "vulkan": "the graphics card (Vulkan)",
    "metal": "the graphics unit of this Mac (Metal)",
    "none": "the processor",
}


def _choose_by_facts(facts: Facts) -> Choice:
    if facts.system == "darwin":
        if facts.machine == "arm64":
            return Choice("metal", "This is a Mac with an Apple chip")
        return Choice("none", "This is a Mac with an Intel processor")
    if facts.nvidia_card and facts.nvcc:
        return Choice("cuda", f"Found {facts.nvidia_card} and the CUDA compiler")
    if facts.glslc and facts.vulkan_headers and facts.render_node:
        return Choice("vulkan", "Found a graphics card and the Vulkan SDK")
    if facts.nvidia_card:
        hint = "Install the CUDA toolkit and run again with --gpu cuda for the graphics card."
        return Choice("none", f"Found {facts.nvidia_card}, but no CUDA compiler (nvcc)", hint)
    if facts.render_node and facts.glslc and facts.old_headers:
        hint = "Install the Vulkan SDK from vulkan.lunarg.com and run again with --gpu vulkan to try it."
        return Choice("none", f"Found a graphics card, but old Vulkan headers in {facts.old_headers}", hint)
    if facts.render_node:
        hint = "Install the Vulkan SDK and run again with --gpu vulkan to try the graphics card."
        return Choice("none", "Found a graphics card, but neither CUDA nor the Vulkan SDK for it", hint)
    return Choice("none", "Found no graphics card that can be used")


def _nvidia_card() -> str:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ""
    command = [program, "--query-gpu=name", "--format=csv,noheader"]
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    names = answer.stdout.strip().splitlines() if answer.returncode == 0 else []
    return names[0].strip() if names else ""


def _vulkan_headers() -> Path | None:
    """Return the folder whose Vulkan headers CMake takes: the SDK comes before the system."""
    folders = [*_below("VULKAN_SDK", "include"), *_below("VULKAN_SDK", "Include"), "/usr/include"]
    return next((Path(f) for f in folders if (Path(f) / "vulkan" / "vulkan.hpp").is_file()), None)


def _are_new_enough(headers: Path) -> bool:
    # ggml-vulkan.cpp uses these structures without asking; those of Debian 12 and Ubuntu 22.04 lack them.
    core = headers / "vulkan" / "vulkan_core.h"
    return core.is_file() and "VkLayerSettingsCreateInfoEXT" in core.read_text(
        encoding="utf-8", errors="replace"
    )


def _find_program(name: str, folders: list[str]) -> str | None:
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(folders) or os.devnull)


def _below(variable: str, folder: str) -> list[str]:
    return [str(Path(os.environ[variable]) / folder)] if os.environ.get(variable) else []
