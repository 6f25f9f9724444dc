"""What the operating system has to provide is found, named and installed."""

import os

import pytest

DPKG = """\
libegl1:amd64 ii
libgl1:amd64 rc
libglib2.0-0t64:amd64 ii
libdbus-1-3:amd64 ii
libfontconfig1:amd64 un
libxkbcommon0:amd64 ii
g++ ii
"""


def test_missing_packages_are_those_that_dpkg_does_not_have_installed(system):
    missing = system.missing_packages(system.QT, DPKG)
    assert missing == [("libgl1",), ("libfontconfig1",), ("libgssapi-krb5-2",)]


def test_a_package_counts_as_installed_under_either_of_its_names(system):
    names = ("libglib2.0-0t64", "libglib2.0-0")
    assert system.missing_packages([names], "libglib2.0-0:arm64 ii \n") == []
    assert system.missing_packages([names], "libglib2.0-0t64:arm64 ii \n") == []
    assert system.missing_packages([names], "") == [names]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"libglib2.0-0t64", "g++"}, ["libglib2.0-0t64", "g++"]),
        ({"libglib2.0-0", "g++"}, ["libglib2.0-0", "g++"]),
        (set(), ["libglib2.0-0", "g++"]),
    ],
)
def test_the_name_is_taken_that_this_system_knows(system, known, expected):
    assert (
        system.names_to_install([("libglib2.0-0t64", "libglib2.0-0"), ("g++",)], known.__contains__)
        == expected
    )


def test_a_window_needs_more_packages_than_the_tests(system):
    tests = system.qt_packages("test", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"})
    assert tests == system.QT == system.qt_packages("run", {})
    assert ("libxcb-cursor0",) in system.qt_packages("run", {"DISPLAY": ":0"})
    assert ("libwayland-cursor0",) in system.qt_packages("run", {"WAYLAND_DISPLAY": "wayland-0"})


@pytest.mark.parametrize(
    ("system_name", "distribution", "words"),
    [
        ("darwin", "", "xcode-select --install"),
        ("win32", "", "Visual Studio Build Tools"),
        ("linux", "fedora", "dnf install gcc-c++"),
        ("linux", "arch", "pacman -S gcc"),
        ("linux", "", "g++"),
    ],
)
def test_the_way_to_a_compiler_is_said_for_each_system(system, system_name, distribution, words):
    assert words in system.compiler_hint(system_name, distribution)


def _write_tools(folder, tools):
    for name, text in tools.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="apt is for Debian and Ubuntu")
def test_missing_packages_without_an_administrator_are_named_and_the_set_up_goes_on(
    system, tmp_path, monkeypatch, capsys
):
    tools = {
        "dpkg-query": "echo 'libegl1:amd64 ii '; exit 1",
        "apt-get": "exit 1",
        "apt-cache": "[ $2 = libglib2.0-0 ] && echo 'Candidate: (none)' || echo 'Candidate: 1'",
    }
    _write_tools(tmp_path, tools)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
    assert system.install_packages(system.QT) is False
    printed = capsys.readouterr().out
    assert "sudo apt-get install -y --no-install-recommends libgl1 libglib2.0-0t64 libdbus-1-3" in printed
    assert "libegl1" not in printed


@pytest.mark.skipif(os.name == "nt", reason="apt is for Debian and Ubuntu")
def test_as_root_empty_lists_are_fetched_and_the_packages_installed(system, tmp_path, monkeypatch):
    tools = {
        "dpkg-query": "[ -e ${0%/*}/installed ] && echo 'libgl1:amd64 ii '; exit 1",
        "apt-cache": "[ -e ${0%/*}/updated ] && echo 'Candidate: 1' || echo 'Candidate: (none)'",
        "apt-get": """
            case "$*" in *update*) what=updated;; *install*) what=installed;; esac
            : >${0%/*}/$what; echo $what "$*" >>${0%/*}/calls""",
        "env": 'export "$1"; shift; exec "$@"',
    }
    _write_tools(tmp_path, tools)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system.os, "geteuid", lambda: 0)
    assert system.install_packages([("libgl1",)]) is True
    calls = (tmp_path / "calls").read_text().splitlines()
    assert [call.split()[0] for call in calls] == ["updated", "installed"]
    assert calls[1].endswith("libgl1")
    assert system.install_packages([("libgl1",)]) is True
    assert (tmp_path / "calls").read_text().splitlines() == calls
