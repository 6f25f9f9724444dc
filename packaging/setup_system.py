"""Finds and installs what the operating system has to provide: Qt's shared libraries, a C++ compiler."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

# Each entry is one package with the names it goes by: the newer one of Debian 13 and Ubuntu 24.04 first.
Names = tuple[str, ...]

QT: list[Names] = [
    ("libegl1",),
    ("libgl1",),
    ("libglib2.0-0t64", "libglib2.0-0"),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    ("libxkbcommon0",),
    ("libgssapi-krb5-2",),
]
QT_ON_X11: list[Names] = [
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxkbcommon-x11-0",),
    ("libxcb-shape0",),
]
QT_ON_WAYLAND: list[Names] = [("libwayland-cursor0",)]
COMPILER: list[Names] = [("g++",)]
VULKAN: list[Names] = [("glslc",), ("libvulkan-dev",), ("spirv-headers",)]


class SetupStopped(Exception):
    """The set-up cannot go on; the text says what happened and what to do."""


def qt_packages(command: str, environment: dict[str, str]) -> list[Names]:
    """Return what Qt needs for `run` or `test`; a window on a display needs more than the tests."""
    packages = list(QT)
    if command == "run" and environment.get("DISPLAY"):
        packages += QT_ON_X11
    if command == "run" and environment.get("WAYLAND_DISPLAY"):
        packages += QT_ON_WAYLAND
    return packages


def missing_packages(wanted: Iterable[Names], dpkg_output: str) -> list[Names]:
    """Return those of `wanted` of which no name is installed.

    `dpkg_output` has one line `name:architecture status` for each package that dpkg knows; `ii` is installed.
    """
    installed = set()
    for line in dpkg_output.splitlines():
        name, _, status = line.partition(" ")
        if status.startswith("ii"):
            installed.add(name.partition(":")[0])
    return [names for names in wanted if installed.isdisjoint(names)]


def names_to_install(missing: Iterable[Names], is_known: Callable[[str], bool]) -> list[str]:
    """Return for each missing package the first of its names that this system knows, else the oldest."""
    return [next((name for name in names if is_known(name)), names[-1]) for names in missing]


def install_packages(wanted: list[Names]) -> bool:
    """Install with apt what is missing, or print the command that would; True when nothing is missing now."""
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        return True
    missing = _look_for(wanted)
    if not missing:
        return True
    prefix = _root_prefix()
    if prefix is None:
        names = names_to_install(missing, _apt_knows)
        print(
            "These packages of your system are missing, and only an administrator can install them:\n"
            f"    sudo apt-get install -y --no-install-recommends {' '.join(names)}\n"
            "Going on without them.",
            flush=True,
        )
        return False
    if _install_as_root(missing, prefix):
        return True
    names = names_to_install(missing, _apt_knows)
    print(
        f"apt-get could not install {' '.join(names)}; its message stands above. Going on without.",
        flush=True,
    )
    return False


def has_compiler() -> bool:
    """True when a C++ compiler is found in the places where CMake looks for one."""
    if sys.platform == "darwin":
        return _succeeds(["xcode-select", "-p"])
    if sys.platform == "win32":
        return shutil.which("cl") is not None or _has_visual_studio()
    return any(shutil.which(name) for name in (os.environ.get("CXX") or "c++", "g++", "clang++"))


def compiler_hint(system: str, distribution: str) -> str:
    """Return the sentence that says how to get a C++ compiler on `sys.platform` and the ID of os-release."""
    start = "No C++ compiler was found, and the language model engine is compiled on this computer."
    if system == "darwin":
        return f"{start} Install Apple's: xcode-select --install"
    if system == "win32":
        return (
            f'{start} Install "Visual Studio Build Tools" with the workload "Desktop development with C++".'
        )
    commands = {
        "fedora": "sudo dnf install gcc-c++",
        "arch": "sudo pacman -S gcc",
        "opensuse-tumbleweed": "sudo zypper install gcc-c++",
    }
    return f"{start} Install it: {commands.get(distribution, 'the package g++ or gcc-c++ of your system')}"


def distribution() -> str:
    """Return the ID of /etc/os-release, or "" where there is none."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line[3:].strip('"') for line in lines if line.startswith("ID=")), "")


def _look_for(wanted: list[Names]) -> list[Names]:
    names = [name for alternatives in wanted for name in alternatives]
    command = ["dpkg-query", "-W", "-f=${binary:Package} ${db:Status-Abbrev}\n", *names]
    # dpkg-query exits 1 when it does not know one of the names; the others are printed all the same.
    answer = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return missing_packages(wanted, answer.stdout)


def _apt_knows(name: str) -> bool:
    environment = {**os.environ, "LC_ALL": "C"}
    command = ["apt-cache", "policy", name]
    answer = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env=environment, check=False
    )
    return "Candidate: " in answer.stdout and "Candidate: (none)" not in answer.stdout


def _root_prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]) else None


def _install_as_root(missing: list[Names], prefix: list[str]) -> bool:
    apt = [
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]
    lists_are_new = False
    if not all(any(_apt_knows(name) for name in names) for names in missing):
        subprocess.call([*apt, "update"])
        lists_are_new = True
    while True:
        names = names_to_install(missing, _apt_knows)
        print(f"Installing packages of your system: {' '.join(names)}", flush=True)
        install = [*apt, "install", "-y", "--no-install-recommends", *names]
        # dpkg tells every package it unpacks; nobody needs that when all goes well.
        answer = subprocess.run(install, stdout=subprocess.DEVNULL, check=False)
        if answer.returncode == 0 and not _look_for(missing):
            return True
        if lists_are_new:
            return False
        subprocess.call([*apt, "update"])
        lists_are_new = True


def _has_visual_studio() -> bool:
    folder = Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)"))
    finder = folder / "Microsoft Visual Studio" / "Installer" / "vswhere.exe"
    if not finder.is_file():
        return False
    tools = "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"
    command = [str(finder), "-products", "*", "-requires", tools, "-property", "installationPath"]
    answer = subprocess.run(command, capture_output=True, check=False)
    return bool(answer.stdout.strip())


def _succeeds(command: list[str]) -> bool:
    try:
        return (
            subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode
            == 0
        )
    except OSError:
        return False
