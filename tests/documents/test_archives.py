"""Zip files: limits before anything is unpacked, and names that point elsewhere."""

import struct
import zipfile

import pytest

from chatdesk.documents import archives
from chatdesk.documents.archives import opened, resolved
from chatdesk.documents.parts import Refusal, Refused
from tests.documents.made import relations, zipped


@pytest.fixture
def archive(tmp_path):
    def archive(members):
        return zipped(tmp_path / "a.zip", members)

    return archive


def refusal(path, name="a"):
    with pytest.raises(Refused) as caught, opened(path) as archive:
        archive.read(name)
    return caught.value.code


def test_members_are_read_by_their_names(archive):
    with opened(archive({"one/a": "x", "b": "y"})) as files:
        assert files.read("one/a") == b"x"
        assert files.names("one/") == ["one/a"]
        assert "b" in files
        assert "c" not in files


def test_a_member_that_packs_a_thousandfold_is_too_big(archive):
    assert refusal(archive({"a": b"\0" * (17 << 20)})) == Refusal.too_big


def test_a_member_larger_than_can_be_held_is_too_big(archive, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 100)
    assert refusal(archive({"a": b"x" * 101})) == Refusal.too_big


def test_all_that_is_read_has_a_limit_too(archive, monkeypatch):
    monkeypatch.setattr(archives, "MOST_READ", 150)
    with opened(archive({"a": b"x" * 100, "b": b"y" * 100})) as files:
        files.read("a")
        with pytest.raises(Refused) as caught:
            files.read("b")
    assert caught.value.code == Refusal.too_big


def test_too_many_members_are_too_big(archive, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    assert refusal(archive({str(number): "" for number in range(4)})) == Refusal.too_big


def test_a_size_that_lies_is_damaged(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"x" * 1_000_000)
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 1_000_000), struct.pack("<I", 10)))
    assert refusal(path) == Refusal.damaged


def test_encrypted_members_are_locked(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a": "x"})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert refusal(path) == Refusal.locked


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_zip_file_is_damaged(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert refusal(path) == Refusal.damaged


def test_a_flipped_byte_is_damaged(archive):
    path = archive({"a": bytes(range(256)) * 100})
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(bytes(content))
    assert refusal(path) == Refusal.damaged


def test_a_missing_member_is_damaged(archive):
    assert refusal(archive({"b": "x"})) == Refusal.damaged


@pytest.mark.parametrize(
    ("base", "reference", "member"),
    [
        ("word/document.xml", "styles.xml", "word/styles.xml"),
        ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
        ("ppt/slides/slide1.xml", "../notes/n.xml", "ppt/notes/n.xml"),
        ("book.opf", "chapter%20one.xhtml#place", "chapter one.xhtml"),
        ("a/b.xml", "../../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_references_are_followed_inside_the_archive(base, reference, member):
    assert resolved(base, reference) == member


def test_relations_leave_out_what_lies_outside(archive):
    rows = relations(r1=("styles", "styles.xml")).replace(
        "</Relationships>",
        '<Relationship Id="r2" Type="x/hyperlink" TargetMode="External" Target="http://example.org"/></Relationships>',
    )
    with opened(archive({"word/_rels/document.xml.rels": rows})) as files:
        assert files.relations("word/document.xml") == {"r1": ("styles", "word/styles.xml")}
        assert files.relations("word/other.xml") == {}
