"""Icons in any colour, sharp, and never silently missing."""

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from chatdesk import paths
from chatdesk.ui.icons import application_icon, icon

NAMES = sorted(each.stem for each in (paths.assets() / "icons").glob("*.svg"))


def colours_of(pixmap):
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixel(x, y) & 0xFFFFFF for x, y in points if image.pixelColor(x, y).alpha() == 255}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "chatdesk"])
def test_every_icon_is_drawn_in_the_colour_asked_for(name, qapp):
    drawn = icon(name, "#12ab56", 48).pixmap(QSize(48, 48), 1.0)
    # Where lines cross, smoothing may be off by one.
    assert {0x12AB56} <= colours_of(drawn) <= {0x12AB56, 0x12AA56, 0x12AB55, 0x11AB56, 0x12AA55}


def test_an_unknown_name_is_refused_at_once(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")


def test_the_same_icon_is_drawn_once(qapp):
    assert icon("plus", "#123456").cacheKey() == icon("plus", "#123456").cacheKey()
    assert icon("plus", "#123456").cacheKey() != icon("plus", "#654321").cacheKey()


def test_a_disabled_icon_is_paler(qapp):
    size = QSize(18, 18)
    usable = icon("plus", "#000000").pixmap(size, 1.0, QIcon.Mode.Normal).toImage()
    disabled = icon("plus", "#000000").pixmap(size, 1.0, QIcon.Mode.Disabled).toImage()
    assert disabled.pixelColor(9, 9).alpha() < usable.pixelColor(9, 9).alpha() * 0.7


def test_the_application_icon_is_there_in_every_usual_size(qapp):
    sizes = {size.width() for size in application_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sizes
    middle = application_icon().pixmap(QSize(64, 64), 1.0).toImage().pixelColor(32, 32)
    assert QColor(middle).alpha() > 0


def test_the_code_names_only_icons_that_exist():
    source = paths.assets().parent / "chatdesk"
    source = source if source.is_dir() else paths.assets().parent
    used = {
        name
        for file in source.rglob("*.py")
        for name in re.findall(r'\bicon\(\s*"([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert used <= set(NAMES)
