"""Tests of which projector lies beside a model."""

import os

import pytest

from chatdesk.engine.gguf import GgufFiles
from chatdesk.engine.projectors import memory_of
from tests.engine.gguf_files import gguf

CLIP = gguf({"general.architecture": "clip", "general.type": "mmproj"}, [])
MODEL = gguf()


@pytest.fixture
def beside(tmp_path):
    """Return the name of the projector that is found for a model among other files."""
    files = GgufFiles()

    def beside(model, *names):
        for name in (model, *names):
            kind = CLIP if "proj" in name or "eye" in name else MODEL
            (tmp_path / name).write_bytes(kind)
        found = files.projector(tmp_path / model)
        return found and found.name

    return beside


@pytest.mark.parametrize(
    ("model", "projector"),
    [
        ("Qwen2.5-VL-7B-Instruct-Q4_K_M.gguf", "mmproj-F16.gguf"),
        ("ggml-model-q4_k.gguf", "mmproj-model-f16.gguf"),
        ("gemma-3-4b-it-Q4_K_M.gguf", "mmproj-model-f16.gguf"),
        ("google_gemma-3-4b-it-Q4_K_M.gguf", "mmproj-google_gemma-3-4b-it-f16.gguf"),
        ("google_gemma-3-4b-it-Q4_K_M.gguf", "mmproj-gemma-3-4b-it-f16.gguf"),
        ("llava-v1.5-7b-Q4_K.gguf", "llava-v1.5-7b-mmproj-model-f16.gguf"),
        ("moondream2-text-model-f16.gguf", "moondream2-mmproj-f16.gguf"),
        ("Qwen2.5-VL-7B-Instruct-Q8_0-00001-of-00002.gguf", "Qwen2.5-VL-7B-Instruct.mmproj-f16.gguf"),
        ("SmolVLM.gguf", "SmolVLM-eye.gguf"),  # known by its header
    ],
)
def test_usual_names_are_found(beside, model, projector):
    assert beside(model, projector) == projector


def test_a_projector_of_another_model_is_not_taken(beside):
    assert beside("Llama-3.2-3B-Instruct-Q4_K_M.gguf", "mmproj-Qwen2-VL-2B-Instruct-f16.gguf") is None


def test_the_one_with_the_same_name_is_taken(beside):
    names = ("mmproj-gemma-3-12b-it-f16.gguf", "mmproj-gemma-3-4b-it-f16.gguf", "mmproj-f16.gguf")
    assert beside("gemma-3-4b-it-Q4_K_M.gguf", *names) == "mmproj-gemma-3-4b-it-f16.gguf"


def test_of_several_kinds_the_small_one_without_loss_is_taken(beside):
    assert beside("gemma.gguf", "mmproj-F32.gguf", "mmproj-BF16.gguf", "mmproj-F16.gguf") == "mmproj-F16.gguf"


def test_a_file_that_comes_or_goes_is_noticed(beside, tmp_path):
    assert beside("model.gguf", "other.gguf") is None
    assert beside("model.gguf", "mmproj.gguf") == "mmproj.gguf"
    (tmp_path / "mmproj.gguf").unlink()
    os.utime(tmp_path, ns=(1, 1))  # clocks of file systems may be coarse
    assert beside("model.gguf") is None


def test_one_for_versions_in_folders_of_their_own_is_found_above_them(tmp_path):
    folder = tmp_path / "UD-Q4_K_XL"
    folder.mkdir()
    (tmp_path / "mmproj-F16.gguf").write_bytes(CLIP)
    assert GgufFiles().projector(folder / "Qwen3-VL-UD-Q4_K_XL-00001-of-00003.gguf").name == "mmproj-F16.gguf"
    (tmp_path / "llama").mkdir()
    assert GgufFiles().projector(tmp_path / "llama" / "other.gguf") is None


def test_hostile_neighbours_do_no_harm(beside, tmp_path):
    (tmp_path / "folder.gguf").mkdir()
    (tmp_path / "broken.gguf").write_bytes(CLIP[:40])
    (tmp_path / "empty.gguf").touch()
    (tmp_path / "gone.gguf").symlink_to(tmp_path / "nowhere")
    assert beside("model.gguf") is None


def test_a_folder_that_is_not_there_has_none(tmp_path):
    assert GgufFiles().projector(tmp_path / "away" / "model.gguf") is None


def test_memory_is_its_file_and_a_margin(tmp_path):
    path = tmp_path / "mmproj.gguf"
    path.write_bytes(bytes(1000))
    assert memory_of(path) - 1000 == memory_of(path.with_name("model.gguf")) + (256 << 20)
    assert memory_of(None) == 0
