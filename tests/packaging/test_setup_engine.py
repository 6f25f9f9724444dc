"""The engine's version, its compilation and what is said when that fails."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def engine(scripts):
    return scripts["engine"]


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("0.3.36", True),
        ("0.3.40", True),
        ("0.3.9", False),
        ("0.4", False),
        ("0.4.0", False),
        ("0.4.0rc1", False),
    ],
)
def test_an_installed_version_is_held_against_the_bounds(engine, version, good):
    assert engine.satisfies(version, "llama-cpp-python>=0.3.36,<0.4") is good


def test_the_real_project_names_the_engine_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [line for line in project["project"]["dependencies"] if line.startswith("llama-cpp-python")]
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("log", "build", "words"),
    [
        ("x\nfatal error: No space left on device\n", "none", "disk is full"),
        (
            "g++: fatal error: Killed signal terminated program cc1plus",
            "none",
            "CMAKE_BUILD_PARALLEL_LEVEL=1",
        ),
        ("CMake Error: No CMAKE_CXX_COMPILER could be found.", "none", "compiler is missing"),
        ("#error -- unsupported GNU version!", "cuda", "--gpu none"),
        ("ERROR: No matching distribution found for llama-cpp-python", "none", "network"),
        ("ERROR: something else\n[1/9] g++ -Wno-error connection.cpp", "none", "end of the log"),
        ("", "none", "end of the log"),
    ],
)
def test_a_failed_compilation_is_explained(engine, log, build, words):
    assert words in engine.failure_message(log, build)


def test_a_failed_compilation_shows_the_telling_lines_and_not_the_noise(engine):
    noise = "\n".join(f"[{number}/400] Building CXX object" for number in range(400))
    message = engine.failure_message(f"{noise}\nfoo.cpp:3:1: error: expected ';'\n{noise}", "none")
    assert "expected ';'" in message
    assert "Building CXX" not in message
    assert len(message.splitlines()) < 12


def test_all_cores_compile_unless_the_user_says_otherwise(engine, gpu):
    assert int(engine.build_environment("none", gpu.Facts(), {})["CMAKE_BUILD_PARALLEL_LEVEL"]) >= 1
    given = {"CMAKE_BUILD_PARALLEL_LEVEL": "1", "CMAKE_ARGS": "-DX=1"}
    result = engine.build_environment("cuda", gpu.Facts(nvcc="/opt/nvcc"), given)
    assert result["CMAKE_BUILD_PARALLEL_LEVEL"] == "1"
    assert result["CUDACXX"] == "/opt/nvcc"
    assert result["CMAKE_ARGS"] == "-DX=1 -DGGML_CUDA=on"
