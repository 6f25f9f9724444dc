"""Tests of pictures made of files: real ones of every kind, broken ones and hostile ones."""

import os
import random
from contextlib import suppress

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, Qt

from chatdesk.domain.document_errors import DocumentMissing
from chatdesk.domain.errors import DocumentError, PictureUnreadable
from chatdesk.domain.pictures import LONGEST_SIDE
from chatdesk.ui.pictures import reading
from chatdesk.ui.pictures.reading import PREVIEW_SIDE, PictureReader, picture_of
from tests.fakes.pictures import png

READER = PictureReader()


def image(width, height, colour="#3b82f6"):
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


def noise(width, height):
    data = random.Random(1).randbytes(width * height * 4)
    return QImage(data, width, height, QImage.Format.Format_RGB32).copy()


def shown(picture):
    return QImage.fromData(picture.data)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "bmp"])
def test_every_kind_is_read_and_kept_in_its_colours(tmp_path, qapp, kind):
    path = tmp_path / f"Größe ☀.{kind}"
    assert image(60, 40).save(str(path))
    assert READER.takes(path)
    picture = READER.read(path)
    assert (picture.name, picture.width, picture.height) == (path.name, 60, 40)
    assert picture.data.startswith((b"\x89PNG", b"\xff\xd8"))
    colour = shown(picture).pixelColor(30, 20)
    assert max(abs(colour.red() - 0x3B), abs(colour.green() - 0x82), abs(colour.blue() - 0xF6)) < 6
    assert picture.preview


def test_of_an_animation_the_first_picture_is_taken(tmp_path, qapp):
    path = tmp_path / "moves.gif"
    path.write_bytes(
        b"GIF89a\x02\0\x02\0\x80\0\0\xff\0\0\0\0\xff"
        + 2 * b",\0\0\0\0\x02\0\x02\0\0\x02\x03\x44\x02\x05\0"
        + b";"
    )
    picture = READER.read(path)
    assert (picture.width, picture.height) == (2, 2)


def test_a_picture_is_known_by_its_beginning_too_and_a_text_is_none(tmp_path, qapp):
    (tmp_path / "photo").write_bytes(png())
    (tmp_path / "notes.txt").write_text("PNG is a kind of picture.", encoding="utf-8")
    (tmp_path / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "folder.png").mkdir()
    names = ("photo", "notes.txt", "drawing.svg", "folder.png", "missing.png")
    assert [READER.takes(tmp_path / name) for name in names] == [True, False, False, False, False]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_text_that_begins_with_the_letters_of_a_kind_is_none(tmp_path, qapp):
    path = tmp_path / "report"
    path.write_text("BMW has built a car in Munich.", encoding="utf-8")
    assert not PictureReader().takes(path)


def test_a_pipe_with_the_name_of_a_picture_is_not_waited_for(tmp_path, qapp):
    os.mkfifo(tmp_path / "pipe.png")
    assert not READER.takes(tmp_path / "pipe.png")


@pytest.mark.parametrize(
    ("kind", "size"), [("jpg", (5000, 2500)), ("png", (3000, 1500)), ("bmp", (3000, 1000))]
)
def test_a_large_picture_is_scaled_down(tmp_path, qapp, kind, size):
    path = tmp_path / f"large.{kind}"
    image(*size).save(str(path))
    picture = READER.read(path)
    assert max(picture.width, picture.height) == LONGEST_SIDE
    assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.01)
    preview = QImage.fromData(picture.preview)
    assert max(preview.width(), preview.height()) == PREVIEW_SIDE


def test_a_line_of_a_picture_keeps_a_pixel(qapp):
    picture = picture_of(image(20_000, 1), "line")
    assert (picture.width, picture.height) == (LONGEST_SIDE, 1)


def test_a_photograph_is_kept_small(qapp):
    picture = picture_of(noise(1500, 1500), "noise")
    assert picture.data.startswith(b"\xff\xd8")
    assert picture_of(noise(300, 300), "noise").data.startswith(b"\x89PNG")


def test_what_is_transparent_stands_on_white(qapp):
    clear = QImage(10, 10, QImage.Format.Format_ARGB32)
    clear.fill(Qt.GlobalColor.transparent)
    assert shown(picture_of(clear, "clear")).pixelColor(5, 5) == QColor("white")


def test_a_picture_is_turned_as_the_camera_was_held_and_says_nothing_of_where(tmp_path, qapp):
    path = tmp_path / "photo.jpg"
    writer = QImageWriter(str(path), b"jpeg")
    writer.setText("Comment", "At home, 52.5 N 13.4 E")
    assert writer.write(image(80, 40))
    data = path.read_bytes()
    turned = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    path.write_bytes(data[:2] + turned + data[2:])
    picture = READER.read(path)
    assert (picture.width, picture.height) == (40, 80)
    assert b"52.5" not in picture.data + picture.preview


@pytest.mark.no_qt_log
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture at all",
        b"\x89PNG\r\n\x1a\n",
        png()[:40],
        png()[:200],
        png(4, 4).replace(b"IDAT", b"IDAX"),
        b"\xff\xd8\xff\xe0 nothing more",
        b"GIF89a\x02\0\x02\0",
        b"BM" + bytes(60),
        b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20),
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    ],
)
def test_a_broken_picture_is_refused_with_a_sentence(tmp_path, qapp, data):
    path = tmp_path / "broken.png"
    path.write_bytes(data)
    assert READER.takes(path)
    with pytest.raises(PictureUnreadable) as caught:
        READER.read(path)
    assert "broken.png" in caught.value.sentence
    assert caught.value.hint


@pytest.mark.no_qt_log
def test_garbage_behind_a_right_beginning_never_does_more_than_that(tmp_path, qapp):
    chance = random.Random(7)
    path = tmp_path / "garbage.png"
    for whole in (png(30, 30), _jpeg()):
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(8, len(data))] = chance.randrange(256)
            path.write_bytes(data[: chance.randrange(20, len(data))])
            with suppress(DocumentError):
                assert READER.read(path).data


def _jpeg():
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    noise(40, 40).save(buffer, "JPEG")
    return bytes(data.data())


def test_a_picture_of_too_many_pixels_is_refused_before_it_takes_memory(tmp_path, qapp):
    path = tmp_path / "bomb.png"
    data = png(1, 1)
    path.write_bytes(data[:16] + (60_000).to_bytes(4) + (60_000).to_bytes(4) + data[24:])
    with pytest.raises(PictureUnreadable, match=r"60,000 × 60,000|damaged"):
        READER.read(path)


def test_a_file_that_is_too_large_or_gone_is_refused(tmp_path, qapp, monkeypatch):
    with pytest.raises(DocumentMissing):
        READER.read(tmp_path / "gone.png")
    path = tmp_path / "large.png"
    path.write_bytes(png())
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(PictureUnreadable, match="too large"):
        READER.read(path)


def test_nothing_is_no_picture(qapp):
    with pytest.raises(PictureUnreadable):
        picture_of(QImage(), "Pasted picture")


def test_equal_pictures_are_kept_as_equal_bytes(qapp):
    assert picture_of(image(50, 50), "a").data == picture_of(image(50, 50), "b").data
    assert picture_of(image(50, 50), "a").data != picture_of(image(50, 50, "red"), "b").data
    assert QSize(50, 50) == shown(picture_of(image(50, 50), "a")).size()
