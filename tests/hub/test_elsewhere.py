"""Models of other applications, found in the layouts in which they keep them."""

import json
import os

import pytest

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.library import FoundModel
from chatdesk.hub import elsewhere
from chatdesk.hub.applications import Layout, Place
from chatdesk.hub.elsewhere import Elsewhere

SHA = "ab" * 32


def file(path, size=10):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def found(*places, folders=(), cancel=None):
    return list(Elsewhere(places).models(folders, cancel or CancelToken()))


def names(*places, folders=()):
    return [model.name for model in found(*places, folders=folders)]


def in_folder(folder):
    return Place("LM Studio", folder)


def test_files_in_folders(tmp_path):
    path = file(tmp_path / "publisher" / "model" / "größe 🦙-Q4_K_M.gguf", 30)
    file(tmp_path / "B" / "SMALL.GGUF")
    file(tmp_path / "readme.md")
    other, model = found(in_folder(tmp_path))
    assert model == FoundModel(path, "größe 🦙-Q4_K_M", "LM Studio", 30)
    assert other.name == "SMALL"


def test_what_stands_beside_models_is_left_out(tmp_path):
    for name in (
        "mmproj-model-f16.gguf", "model.mmproj-Q8_0.gguf", "imatrix_unsloth.gguf", "._model.gguf",
        "model.gguf.part", "empty.gguf",
    ):  # fmt: skip
        file(tmp_path / name, 0 if name == "empty.gguf" else 5)
    (tmp_path / "folder.gguf").mkdir()
    (tmp_path / "broken.gguf").symlink_to(tmp_path / "nowhere")
    file(tmp_path / ".internal" / "hidden.gguf")
    assert found(in_folder(tmp_path)) == []


def test_the_parts_of_a_split_model_are_one_entry(tmp_path):
    for number in (1, 2, 3):
        file(tmp_path / f"large-0000{number}-of-00003.gguf", 100 * number)
    file(tmp_path / "torn-00001-of-00002.gguf")
    file(tmp_path / "rest-00002-of-00002.gguf")
    file(tmp_path / "liar-00001-of-99999.gguf")
    (model,) = found(in_folder(tmp_path))
    assert model.path.name == "large-00001-of-00003.gguf"
    assert (model.name, model.bytes) == ("large", 600)


def test_a_file_with_several_paths_is_found_once(tmp_path):
    path = file(tmp_path / "a" / "model.gguf")
    (tmp_path / "b").mkdir()
    os.link(path, tmp_path / "b" / "hard.gguf")
    (tmp_path / "b" / "soft.gguf").symlink_to(path)
    (tmp_path / "c").symlink_to(tmp_path / "a")
    models = found(
        in_folder(tmp_path / "a"), Place("Jan", tmp_path), folders=[tmp_path / "a", tmp_path / "b"]
    )
    assert [(model.path, model.application) for model in models] == [(path, "LM Studio")]


def test_a_circle_of_links_ends(tmp_path):
    path = file(tmp_path / "deep" / "model.gguf")
    (tmp_path / "deep" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "self.gguf").symlink_to(tmp_path / "self.gguf")
    assert [model.path for model in found(in_folder(tmp_path))] == [path]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not bind root")
def test_a_folder_that_may_not_be_read_hides_only_itself(tmp_path):
    file(tmp_path / "closed" / "model.gguf")
    file(tmp_path / "open" / "model.gguf")
    (tmp_path / "closed").chmod(0)
    try:
        assert len(found(in_folder(tmp_path))) == 1
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_folders_that_are_not_there_are_no_error(tmp_path):
    gone = [Place("x", tmp_path / "gone", layout) for layout in Layout]
    assert found(*gone, folders=[tmp_path / "gone", file(tmp_path / "file.gguf")]) == []


def test_the_search_is_bounded(tmp_path, monkeypatch):
    folder = tmp_path
    for _ in range(elsewhere.DEEPEST + 1):
        folder = folder / "x"
    file(folder / "deep.gguf")
    assert found(in_folder(tmp_path)) == []
    for number in range(20):
        file(tmp_path / f"{number}.gguf")
    monkeypatch.setattr(elsewhere, "MOST_ENTRIES", 10)
    assert len(found(in_folder(tmp_path))) <= 10
    monkeypatch.setattr(elsewhere, "MOST_SECONDS", -1.0)
    assert found(in_folder(tmp_path)) == []


def test_a_cancelled_search_finds_nothing_more(tmp_path):
    file(tmp_path / "a" / "model.gguf")
    file(tmp_path / "b" / "model.gguf")
    cancel = CancelToken()
    models = Elsewhere([in_folder(tmp_path / "a"), in_folder(tmp_path / "b")]).models((), cancel)
    next(models)
    cancel.cancel()
    assert list(models) == []


def cached(hub, repository, revision, name, content, linked=True):
    folder = hub / f"models--{repository.replace('/', '--')}"
    shown = folder / "snapshots" / revision / name
    shown.parent.mkdir(parents=True, exist_ok=True)
    if linked:
        blob = file(folder / "blobs" / content, 50)
        shown.symlink_to(os.path.relpath(blob, shown.parent))
    else:
        file(shown, 50)
    return shown


def test_the_hugging_face_cache_shows_each_file_once_in_its_current_revision(tmp_path):
    cached(tmp_path, "owner/model", "aaa", "model-Q4.gguf", SHA)
    current = cached(tmp_path, "owner/model", "bbb", "model-Q4.gguf", SHA)
    old = cached(tmp_path, "owner/model", "aaa", "model-Q8.gguf", "cd" * 32)
    file(tmp_path / "models--owner--model" / "refs" / "main").write_text("bbb")
    file(tmp_path / "datasets--owner--data" / "snapshots" / "a" / "x.gguf")
    file(tmp_path / "version.txt")
    models = found(Place("Hugging Face", tmp_path, Layout.hub_cache))
    assert [(model.path, model.bytes) for model in models] == [(current, 50), (old, 50)]


def test_the_hugging_face_cache_without_links_and_with_what_is_missing(tmp_path):
    plain = cached(tmp_path, "owner/plain", "a", "sub/model.gguf", "", linked=False)
    torn = cached(tmp_path, "owner/torn", "a", "model.gguf", SHA)
    torn.resolve().unlink()
    file(tmp_path / "models--owner--torn" / "blobs" / f"{SHA}.incomplete")
    assert [m.path for m in found(Place("Hugging Face", tmp_path, Layout.hub_cache))] == [plain]


def ollama(folder, name, *digests, media="application/vnd.ollama.image.model"):
    manifest = folder / "manifests" / name
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layers = [
        {"mediaType": "application/vnd.ollama.image.template", "digest": "sha256:" + "0" * 64, "size": 3},
        *({"mediaType": media, "digest": digest, "size": 1} for digest in digests),
    ]
    manifest.write_text(json.dumps({"schemaVersion": 2, "layers": layers}))


def test_ollama_s_manifests_lead_to_its_blobs(tmp_path):
    for letter in "abcd":
        file(tmp_path / "blobs" / f"sha256-{letter * 64}", 70)
    ollama(tmp_path, "registry.ollama.ai/library/llama3/8b", "sha256:" + "a" * 64)
    ollama(tmp_path, "registry.ollama.ai/library/llama3/latest", "sha256:" + "a" * 64)
    ollama(tmp_path, "registry.ollama.ai/ann/own/latest", "sha256:" + "b" * 64)
    ollama(tmp_path, "hf.co/owner/Model-GGUF/Q4_K_M", "sha256:" + "c" * 64)
    ollama(tmp_path, "registry.ollama.ai/library/parts/1", "sha256:" + "c" * 64, "sha256:" + "d" * 64)
    models = found(Place("Ollama", tmp_path, Layout.ollama))
    assert {model.name: model.path.name[-1] for model in models} == {
        "hf.co/owner/Model-GGUF:Q4_K_M": "c",
        "ann/own:latest": "b",
        "llama3:8b": "a",
    }
    assert {model.bytes for model in models} == {70}


@pytest.mark.parametrize("digest", ["sha256:" + "e" * 64, "sha256:../../../secret", "../secret", "", 5, None])
def test_ollama_s_manifests_cannot_lead_out_of_its_folder(tmp_path, digest):
    file(tmp_path / "secret")
    file(tmp_path / "models" / "blobs" / "sha256-x")
    ollama(tmp_path / "models", "registry.ollama.ai/library/bad/latest", digest)
    assert found(Place("Ollama", tmp_path / "models", Layout.ollama)) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"layers": 5}', '{"layers": [5]}', '{"layers": [{}]}', "[" * 99999]
)
def test_a_damaged_manifest_is_passed_over(tmp_path, text):
    file(tmp_path / "blobs" / f"sha256-{SHA}")
    ollama(tmp_path, "registry.ollama.ai/library/good/latest", f"sha256:{SHA}")
    (tmp_path / "manifests" / "registry.ollama.ai" / "library" / "bad").write_text(text)
    assert names(Place("Ollama", tmp_path, Layout.ollama)) == ["good:latest"]


def test_jan_s_own_files_and_those_that_it_links(tmp_path):
    jan = Place("Jan", tmp_path / "data", Layout.jan)
    models = tmp_path / "data" / "llamacpp" / "models"
    file(models / "owner" / "inside" / "model.gguf")
    inside = models / "owner" / "inside" / "model.yml"
    inside.write_text("name: inside\nmodel_path: llamacpp/models/owner/inside/model.gguf\nsize_bytes: 10\n")
    outside = file(tmp_path / "elsewhere" / "a b.gguf")
    file(models / "linked" / "model.yml").write_text(f"model_path: '{outside}'\nname: linked\n")
    file(models / "gone" / "model.yml").write_text("model_path: /nowhere/x.gguf\n")
    file(models / "odd" / "model.yml").write_bytes(b"\xff\x00model_path")
    file(tmp_path / "data" / "models" / "old" / "tiny.gguf")
    assert {m.name: m.path.name for m in found(jan)} == {
        "owner/inside": "model.gguf",
        "linked": "a b.gguf",
        "tiny": "tiny.gguf",
    }


def test_nothing_is_changed(tmp_path):
    file(tmp_path / "a" / "model.gguf")
    ollama(tmp_path, "registry.ollama.ai/library/good/latest", f"sha256:{SHA}")
    before = sorted((p, p.lstat().st_mtime_ns) for p in tmp_path.rglob("*"))
    found(*(Place("x", tmp_path, layout) for layout in Layout))
    assert sorted((p, p.lstat().st_mtime_ns) for p in tmp_path.rglob("*")) == before
