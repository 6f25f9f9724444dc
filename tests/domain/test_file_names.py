"""Names from the network become names inside one folder that any system can hold."""

from pathlib import Path

import pytest

from chatdesk.domain.file_names import LONGEST, local_path, safe_name

FOLDER = Path("models")


@pytest.mark.parametrize(
    "name",
    [
        "Qwen3-4B-Q4_K_M.gguf",
        "größe.gguf",
        "通义千问.gguf",
        "🦙 lama 👩‍💻.gguf",
        "BF16/a-00001-of-00002.gguf",
        ".hidden",
    ],
)
def test_harmless_names_stay(name):
    assert local_path(FOLDER, name) == FOLDER / name


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "..", ".", "", "/", "/etc/passwd", "//server/share/x.gguf", "a/../b.gguf",
        "a/./b.gguf", "C:\\Windows\\x.gguf", "..\\..\\x.gguf", "a\0b.gguf", "a\nb.gguf", "con", "NUL.gguf",
        "com1.tar.gguf", "Lpt9 .x", "a.gguf.", "a.gguf ", "x" * 300 + ".gguf", "ü" * 300 + ".gguf",
        "🦙" * 80 + ".gguf", "a:b?.gguf", "x.gguf.part", "x.PART.json", "\ud800.gguf", "a\u202efugg.exe",
        "deep/" * 50 + "x.gguf",
    ],
)  # fmt: skip
def test_any_other_name_gets_a_safe_place_inside_the_folder(name):
    path = local_path(FOLDER, name)
    assert path.is_relative_to(FOLDER)
    assert path != FOLDER
    for part in path.parts:
        assert part not in ("", ".", "..")
        assert len(part.encode()) <= LONGEST
        assert safe_name(part) == part


def test_different_names_never_meet():
    names = [
        "a:b.gguf",
        "a?b.gguf",
        "a_b.gguf",
        "con.gguf",
        "a.gguf.",
        "a.gguf",
        "x" * 300,
        "x" * 301,
        "a/../b",
        "b",
    ]
    assert len({local_path(FOLDER, name) for name in names}) == len(names)


def test_the_parts_of_a_split_model_keep_their_common_beginning():
    one, two = (safe_name("long " * 60 + f"-0000{n}-of-00002.gguf") for n in (1, 2))
    assert one.endswith("-00001-of-00002.gguf")
    assert two == one.replace("-00001-of", "-00002-of")
