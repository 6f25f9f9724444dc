"""The colours and fonts of the application, light and dark, and the switch between them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.domain.settings import Theme, entry_of

TIGHT = 0.5  # of the space between things in a compact window
SMALLEST_POINT_SIZE = 10.0  # of the application's font at 100 %; systems with a larger font keep theirs


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour that the window uses, as "#rrggbb".

    `text`, `muted`, `link`, `danger` and `warning` have a contrast of at least 4.5:1 on every background
    (WCAG 2.2, 1.4.3); `outline` and `accent` at least 3:1 on `base`, `window` and `raised` (1.4.11).
    """

    dark: bool
    window: str  # background of the sidebar and of pages
    base: str  # background of the chat and of fields
    raised: str  # cards, plain buttons, menus, tooltips
    text: str
    muted: str  # second-rank text and icons at rest
    disabled: str  # text and icons of what cannot be used now
    border: str  # thin lines between areas
    outline: str  # edge of fields, boxes and switches
    hover: str
    pressed: str
    accent: str  # primary buttons, selection, focus ring
    accent_hover: str
    on_accent: str  # text and icons on `accent`
    bubble: str  # the user's messages, the selected row
    code_background: str
    code_inline: str  # background of a word of code within a sentence
    link: str
    danger: str
    danger_background: str
    warning: str
    warning_background: str
    info_background: str
    mark: str  # background of words that were searched for, which carry `text_on_mark`
    text_on_mark: str


LIGHT = Colours(
    dark=False,
    window="#f6f7f9",
    base="#ffffff",
    raised="#ffffff",
    text="#1f2328",
    muted="#59636e",
    disabled="#949ca6",
    border="#dde1e6",
    outline="#838d99",
    hover="#eceff3",
    pressed="#dfe3e9",
    accent="#2563eb",
    accent_hover="#1d53d0",
    on_accent="#ffffff",
    bubble="#e9eef8",
    code_background="#f3f4f6",
    code_inline="#eceef1",
    link="#1d4fc4",
    danger="#b42318",
    danger_background="#fdeceb",
    warning="#854d0e",
    warning_background="#fdf4de",
    info_background="#e9f0fe",
    mark="#ffe58a",
    text_on_mark="#1f2328",
)
DARK = Colours(
    dark=True,
    window="#1b1d21",
    base="#212429",
    raised="#2a2e34",
    text="#e8eaed",
    muted="#a7b0ba",
    disabled="#6d7681",
    border="#383d44",
    outline="#77818d",
    hover="#2f343b",
    pressed="#3a4048",
    accent="#5b9cff",
    accent_hover="#79aeff",
    on_accent="#0b1220",
    bubble="#2d3440",
    code_background="#1b1e22",
    code_inline="#30353c",
    link="#8ab8ff",
    danger="#ff9a91",
    danger_background="#43282a",
    warning="#f2c572",
    warning_background="#3c3323",
    info_background="#263348",
    mark="#f5d76e",
    text_on_mark="#14171b",
)


def strengthened(colours: Colours) -> Colours:
    """Return these colours for a system that asks for high contrast: no thin lines, no second-rank grey."""
    return replace(colours, border=colours.text, outline=colours.text, muted=colours.text)


def palette(colours: Colours) -> QPalette:
    """Return the palette for Fusion; every role is set, so that nothing of the system's shines through."""
    role = QPalette.ColorRole
    shown = {
        role.Window: colours.window,
        role.Base: colours.base,
        role.AlternateBase: colours.window,
        role.Button: colours.raised,
        role.WindowText: colours.text,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.link,
        role.LinkVisited: colours.link,
        role.Light: colours.raised,
        role.Midlight: colours.hover,
        role.Mid: colours.border,
        role.Dark: colours.outline,
        role.Shadow: colours.outline,
    }
    result = QPalette()
    for one, name in shown.items():
        result.setColor(one, QColor(name))
    disabled = QPalette.ColorGroup.Disabled
    for one in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        result.setColor(disabled, one, QColor(colours.disabled))
    result.setColor(disabled, role.Highlight, QColor(colours.pressed))
    result.setColor(disabled, role.HighlightedText, QColor(colours.muted))
    return result


class _Look(QObject):
    """What the application wears now; one process has one look, so there is one of these."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.colours = LIGHT
        self.compact = False


_LOOK = _Look()


def colours() -> Colours:
    """Return the colours that the application shows now."""
    return _LOOK.colours


def spaced(pixels: float) -> int:
    """Return `pixels` of empty space as wide as the density of the window wants it."""
    return round(pixels * (TIGHT if _LOOK.compact else 1))


def text_font() -> QFont:
    """Return the application's font at 100 %: the system's, or a clean one where the system names none."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if sys.platform == "darwin":
        return system
    wanted = ["Segoe UI Variable Text", "Segoe UI"] if sys.platform == "win32" else ["Inter", "Noto Sans"]
    font = QFont(system)
    font.setFamilies([f for f in wanted if QFontDatabase.hasFamily(f)] + system.families() + ["DejaVu Sans"])
    font.setPointSizeF(max(system.pointSizeF(), SMALLEST_POINT_SIZE))
    return font


class Themes(QObject):
    """Dresses the application: build one after QApplication and `apply` before the first window shows."""

    changed = Signal(object)  # Colours; comes for another text size too

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QApplication.setStyle("Fusion")
        self._font = text_font()
        self._theme = Theme.system
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._dress)

    @property
    def colours(self) -> Colours:
        return colours()

    def apply(self, theme: Theme, text_size: int, family: str = "", *, compact: bool = False) -> None:
        """Show `theme`, with text of `text_size` percent, brought into 70 to 220.

        `family` names a font in place of the system's.
        """
        self._theme = theme
        hints = QGuiApplication.styleHints()
        # Tells the window system too, so that title bars and native menus fit; some systems do nothing on it.
        if theme is Theme.system:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if theme is Theme.dark else Qt.ColorScheme.Light)
        resized = self._resize(text_size, family)
        respaced, _LOOK.compact = _LOOK.compact != compact, compact
        self._dress(always=resized or respaced)

    def stop(self) -> None:
        """Follow the system no more; called when the window closes."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.disconnect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.disconnect(self._dress)

    def _resize(self, text_size: int, family: str) -> bool:
        limits = entry_of("text_size")
        percent = min(max(text_size, limits.minimum or 0), limits.maximum or text_size)
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * percent / 100)
        if family:
            font.setFamilies([family, *self._font.families()])
        if font == QApplication.font():
            return False
        QApplication.setFont(font)
        return True

    def _follow_system(self) -> None:
        if self._theme is Theme.system:
            self._dress()

    def _dress(self, *_: object, always: bool = False) -> None:
        hints = QGuiApplication.styleHints()
        system_dark = hints.colorScheme() == Qt.ColorScheme.Dark
        dark = system_dark if self._theme is Theme.system else self._theme is Theme.dark
        wanted = DARK if dark else LIGHT
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            wanted = strengthened(wanted)
        dressed = palette(wanted)
        # The system may have put its own palette over ours since the last time.
        if QGuiApplication.palette() != dressed:
            QApplication.setPalette(dressed)
        if always or wanted != _LOOK.colours:
            _LOOK.colours = wanted
            _LOOK.changed.emit()
            self.changed.emit(wanted)


class _Follower(QObject):
    """A child of the widget it serves: it goes with it, and its connection too."""

    def __init__(self, widget: QWidget, restyle: Callable[[Colours], None]) -> None:
        super().__init__(widget)
        self._restyle = restyle
        _LOOK.changed.connect(self.restyle)

    def restyle(self) -> None:
        self._restyle(colours())


def follow(widget: QWidget, restyle: Callable[[Colours], None]) -> None:
    """Call `restyle` with the colours now, and again when they or the text size change."""
    _Follower(widget, restyle).restyle()


def scaled(points: float) -> float:
    """Return `points` of the design (made for a 10 point font) at the present text size."""
    return points * QApplication.font().pointSizeF() / SMALLEST_POINT_SIZE
