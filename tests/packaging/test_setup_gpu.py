"""Which build this computer gets, and the sentence that says why."""

from pathlib import Path

import pytest

NVIDIA = {"nvidia_card": "NVIDIA RTX 4070", "render_node": True}
VULKAN = {"glslc": "/usr/bin/glslc", "vulkan_headers": True}
OLD_VULKAN = {"glslc": "/usr/bin/glslc", "old_headers": Path("/usr/include")}


@pytest.mark.parametrize(
    ("facts", "build", "words"),
    [
        ({}, "none", "no graphics card"),
        (
            NVIDIA,
            "none",
            "no CUDA compiler (nvcc): building the engine for the processor. Install",
        ),
        ({**NVIDIA, "nvcc": "/usr/local/cuda/bin/nvcc"}, "cuda", "RTX 4070"),
        ({**NVIDIA, **VULKAN}, "vulkan", "Vulkan SDK"),
        ({**NVIDIA, **VULKAN, "nvcc": "nvcc"}, "cuda", "CUDA compiler"),
        ({"nvcc": "nvcc"}, "none", "no graphics card"),
        (VULKAN, "none", "no graphics card"),
        ({"glslc": "glslc", "render_node": True}, "none", "--gpu vulkan"),
        ({**OLD_VULKAN, "render_node": True}, "none", "old Vulkan headers in"),
        ({"system": "darwin", "machine": "arm64"}, "metal", "Apple chip"),
        ({"system": "darwin", "machine": "x86_64"}, "none", "Intel"),
        ({"system": "win32", "machine": "AMD64", **NVIDIA, "nvcc": "nvcc.exe"}, "cuda", "CUDA"),
    ],
)
def test_auto_chooses_by_what_is_there_and_says_why(gpu, facts, build, words):
    choice = gpu.choose("auto", gpu.Facts(**facts))
    assert choice.build == build
    assert words in choice.sentence(is_present=False)


@pytest.mark.parametrize(
    ("wanted", "facts", "words"),
    [
        ("cuda", {}, "nvcc"),
        ("vulkan", {"glslc": "glslc"}, "Vulkan headers"),
        ("vulkan", {"vulkan_headers": True}, "glslc"),
        ("vulkan", OLD_VULKAN, "too old for the engine. Install the Vulkan SDK"),
        ("metal", {}, "macOS"),
    ],
)
def test_a_choice_that_cannot_be_built_is_refused_before_compiling(gpu, system, wanted, facts, words):
    with pytest.raises(system.SetupStopped, match=words):
        gpu.choose(wanted, gpu.Facts(**facts))


@pytest.mark.parametrize(
    ("wanted", "facts"),
    [("none", NVIDIA), ("cuda", {"nvcc": "nvcc"}), ("vulkan", VULKAN), ("metal", {"system": "darwin"})],
)
def test_a_choice_that_can_be_built_stands(gpu, wanted, facts):
    choice = gpu.choose(wanted, gpu.Facts(**facts))
    assert choice.build == wanted
    assert "As asked: building the engine for" in choice.sentence(is_present=False)


def test_a_build_that_is_there_is_not_announced_as_work(gpu):
    choice = gpu.choose("auto", gpu.Facts())
    assert "already built for the processor" in choice.sentence(is_present=True)


@pytest.mark.parametrize(
    ("build", "system_name", "given", "expected"),
    [
        ("none", "linux", "", ""),
        ("cuda", "linux", "", "-DGGML_CUDA=on"),
        ("vulkan", "win32", "-DX=1", "-DX=1 -DGGML_VULKAN=on"),
        ("metal", "darwin", "", "-DGGML_METAL=on"),
        ("none", "darwin", "", "-DGGML_METAL=off"),
    ],
)
def test_cmake_is_told_the_build_after_the_users_own_arguments(gpu, build, system_name, given, expected):
    assert gpu.cmake_arguments(build, gpu.Facts(system=system_name), given) == expected


@pytest.mark.parametrize(
    ("names", "build"),
    [
        ([], None),
        (["libggml-base.so"], None),
        (["libllama.so", "libggml-cpu.so"], "none"),
        (["libllama.so", "libggml-cpu.so", "libggml-cuda.so"], "cuda"),
        (["llama.dll", "ggml-vulkan.dll"], "vulkan"),
        (["libllama.dylib", "libggml-metal.dylib", "libggml-cpu.dylib"], "metal"),
    ],
)
def test_the_installed_build_is_read_from_its_libraries(gpu, names, build):
    assert gpu.installed_build(names) == build


@pytest.mark.parametrize(
    ("core", "new_enough"),
    [("#define VK_HEADER_VERSION 239", False), ("typedef struct VkLayerSettingsCreateInfoEXT {", True)],
)
def test_the_headers_of_the_vulkan_sdk_come_first_and_have_to_be_new_enough(
    gpu, tmp_path, monkeypatch, core, new_enough
):
    folder = tmp_path / "include" / "vulkan"
    folder.mkdir(parents=True)
    (folder / "vulkan.hpp").touch()
    (folder / "vulkan_core.h").write_text(core)
    monkeypatch.setenv("VULKAN_SDK", str(tmp_path))
    facts = gpu.find_facts()
    assert facts.vulkan_headers is new_enough
    assert facts.old_headers == (None if new_enough else tmp_path / "include")
