"""What can be downloaded of a repository: variants with their parts, projectors, and nothing else."""

import hashlib

import pytest

from chatdesk.domain.hub import HubAccess, RemoteFile
from chatdesk.domain.hub_errors import HubUnreachable, NothingToDownload
from chatdesk.hub.client import HubClient
from chatdesk.hub.repository import quantisation_of, variants
from tests.fakes.hub import FakeHub

CLIENT = HubClient(30)


@pytest.fixture
def hub():
    with FakeHub() as hub:
        yield hub


def look(hub, files, **facts):
    hub.add("org/model-GGUF", files, **facts)
    return CLIENT.repository("org/model-GGUF", HubAccess(hub.url))


def test_variants_come_from_the_smallest_to_the_largest_with_size_and_checksum(hub):
    small, large = b"GGUF" + bytes(10), b"GGUF" + bytes(500)
    found = look(hub, {"README.md": b"#", "m-Q8_0.gguf": large, "m-Q2_K.gguf": small, "config.json": b"{}"})
    assert [(each.quantisation, each.bytes) for each in found.variants] == [("Q2_K", 14), ("Q8_0", 504)]
    assert found.variants[0].first == RemoteFile("m-Q2_K.gguf", 14, hashlib.sha256(small).hexdigest())
    assert found.revision == hub.repositories["org/model-GGUF"].revision
    assert found.model.id == "org/model-GGUF"
    assert found.projectors == ()
    assert len(hub.log) == 1


def test_the_parts_of_a_model_are_one_variant_in_their_order(hub):
    names = [f"BF16/m-BF16-0000{number}-of-00003.gguf" for number in (3, 1, 2)]
    found = look(hub, {name: b"GGUF" + name.encode() for name in names} | {"m-Q4_0.gguf": b"GGUF"})
    parts = found.variants[1]
    assert [file.path for file in parts.files] == sorted(names)
    assert parts.quantisation == "BF16"
    assert parts.bytes == sum(file.bytes for file in parts.files)
    assert parts.first.path.endswith("00001-of-00003.gguf")


def test_a_model_of_which_a_part_is_missing_is_left_out():
    def files(*names):
        return [RemoteFile(name, 1) for name in names]

    assert variants(files("m-00001-of-00002.gguf")) == ()
    assert variants(files("m-00002-of-00002.gguf", "m-00003-of-00002.gguf")) == ()
    assert variants(files("m-00000-of-00001.gguf")) == ()
    both = variants(files("m-00001-of-00002.gguf", "m-00002-of-00003.gguf", "m-00002-of-00002.gguf"))
    assert [len(each.files) for each in both] == [2]


def test_projectors_are_kept_apart(hub):
    found = look(
        hub,
        {
            "m-Q4_K_M.gguf": b"GGUF",
            "mmproj-F16.gguf": b"GGUF",
            "m-mmproj-Q8_0.gguf": b"GGUF",
            "mm_proj.gguf": b"G",
        },
    )
    assert [each.first.path for each in found.variants] == ["m-Q4_K_M.gguf"]
    assert {each.path for each in found.projectors} == {
        "mmproj-F16.gguf",
        "m-mmproj-Q8_0.gguf",
        "mm_proj.gguf",
    }


def test_files_that_are_no_models_are_left_out(hub):
    others = (
        "imatrix.gguf", "m-imatrix.gguf", "imatrix_unsloth.dat", "m.imatrix", "._m-Q4_K_M.gguf", "README.md",
        "ggml-vocab-llama.gguf", "m-lora-adapter.gguf", "m.gguf.part1of2", "m.safetensors", "notes.gguf.txt",
        "control-vector-happy.gguf",
    )  # fmt: skip
    found = look(hub, dict.fromkeys(others, b"GGUF") | {"m-Q4_K_M.GGUF": b"GGUF"})
    assert [each.first.path for each in found.variants] == ["m-Q4_K_M.GGUF"]


@pytest.mark.parametrize(
    "name",
    ["../evil.gguf", "/etc/evil.gguf", "a/../../evil.gguf", "a\\..\\evil.gguf", "a//b.gguf", "e\nvil.gguf"],
)
def test_names_that_lead_out_of_the_folder_are_left_out(hub, name):
    with pytest.raises(NothingToDownload):
        look(hub, {name: b"GGUF"})


def test_names_of_all_languages_and_long_ones_are_kept(hub):
    files = {
        "Modell für Größe.gguf": b"a",
        "模型-Q4_K_M.gguf": b"bb",
        "🦙/ю.gguf": b"ccc",
        "x" * 300 + ".gguf": b"dddd",
    }
    assert [each.first.path for each in look(hub, files).variants] == list(files)


def test_a_repository_with_a_thousand_files_is_read(hub):
    files = {f"m-{number:04}-Q4_K_M.gguf": b"GGUF" for number in range(1000)}
    assert len(look(hub, files).variants) == 1000


def test_without_a_size_or_a_checksum_they_count_as_unknown(hub):
    found = look(hub, {"m.gguf": b"GGUF"}, sizes={"m.gguf": None})
    assert found.variants[0].bytes == 0
    found = look(hub, {"m.gguf": b"GGUF"}, sizes={"m.gguf": -5})
    assert found.variants[0].bytes == 0


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b'"text"', b"7", b"null", b"{}", b'{"id": "../x"}', b'{"id": 5}',
        b'{"id": "a/b", "siblings": 3}',
        b'{"id": "a/b", "siblings": [{"rfilename": 7}], "sha": "x"}', b'{"id": "a/b", "sha": 40}',
        b"\xff\xfe",
        b'{"id": "a/b", "lastModified": "yesterday"}', b"[" * 200_000, b"9" * 10_000, b'{"id": "a/b"',
    ],
)  # fmt: skip
def test_an_answer_that_is_no_repository_is_told(hub, body):
    hub.fault("/api/models/org/model-GGUF", "answer", body=body)
    with pytest.raises(HubUnreachable, match="not that of a Hub"):
        CLIENT.repository("org/model-GGUF", HubAccess(hub.url))


@pytest.mark.parametrize(
    ("path", "quantisation"),
    [
        ("Qwen3-4B-Q4_K_M.gguf", "Q4_K_M"),
        ("qwen3-4b-q4_k_m.gguf", "Q4_K_M"),
        ("gemma-3-4b-it-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"),
        ("model.Q5_K_S.gguf", "Q5_K_S"),
        ("model.IQ2_XXS.gguf", "IQ2_XXS"),
        ("model-i1-IQ4_NL.gguf", "IQ4_NL"),
        ("model-Q4_0_4_4.gguf", "Q4_0_4_4"),
        ("gpt-oss-20b-MXFP4.gguf", "MXFP4"),
        ("gpt-oss-20b-mxfp4_moe.gguf", "MXFP4_MOE"),
        ("model-TQ1_0.gguf", "TQ1_0"),
        ("model-fp16.gguf", "F16"),
        ("model-BF16-00001-of-00002.gguf", "BF16"),
        ("Q6_K/model-00001-of-00002.gguf", "Q6_K"),
        ("model-q8.gguf", "Q8"),
        ("F16-tuned-Q8_0.gguf", "Q8_0"),
        ("Q4_K_M_v2.gguf", ""),
        ("model.gguf", ""),
        ("Qwen2.5-7B.gguf", ""),
    ],
)
def test_the_quantisation_is_read_from_the_name(path, quantisation):
    assert quantisation_of(path) == quantisation
