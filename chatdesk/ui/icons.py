"""Draws the icons from assets/icons in a given colour, sharp at the screen's device pixel ratio."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chatdesk import paths

DISABLED_OPACITY = 0.4
APPLICATION_SIZES = (16, 24, 32, 48, 64, 128, 256)  # what task bars, docks and window lists ask for


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return assets/icons/`name`.svg in `colour` ("#rrggbb") for its currentColor, `size` pixels wide.

    Raises FileNotFoundError at once for a name that has no file.
    """
    return _drawn(name, colour, size, _ratio())


def application_icon() -> QIcon:
    """Return the application's own icon in every size that window systems ask for."""
    drawing = _source("chatdesk")
    result = QIcon()
    for size in APPLICATION_SIZES:
        result.addPixmap(_pixmap(drawing, size, 1.0))
    return result


def _ratio() -> float:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    return application.devicePixelRatio()


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QIcon:
    drawing = _source(name).replace(b"currentColor", colour.encode())
    result = QIcon(_pixmap(drawing, size, ratio))
    result.addPixmap(_pixmap(drawing, size, ratio, DISABLED_OPACITY), QIcon.Mode.Disabled)
    return result


@cache
def _source(name: str) -> bytes:
    return (paths.assets() / "icons" / f"{name}.svg").read_bytes()


def _pixmap(drawing: bytes, size: int, ratio: float, opacity: float = 1.0) -> QPixmap:
    side = round(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
