"""Style sheets for parts of the window's chrome, each a function of the colours.

Set them on the parts only: a style sheet on the whole application doubles the cost of making widgets.
Buttons and labels choose their look by dynamic properties: `primary`, `danger` and `flat`, set to True.
"""

from __future__ import annotations

from chatdesk.ui.theme import Colours


def buttons(c: Colours) -> str:
    """QPushButton: plain, and with the property `primary`, `danger` or `flat`."""
    return f"""
QPushButton {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; border-radius: 8px;
    padding: 7px 14px; min-height: 18px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.pressed}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 13px; }}
QPushButton:disabled {{ color: {c.disabled}; background: transparent; }}
QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent}; }}
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed {{ background: {c.accent_hover}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[primary="true"]:disabled {{ background: {c.hover}; color: {c.disabled}; border-color: {c.border};
    }}
QPushButton[danger="true"] {{ color: {c.danger}; }}
QPushButton[flat="true"] {{ background: transparent; border-color: transparent; color: {c.link}; }}
QPushButton[flat="true"]:hover {{ background: {c.hover}; }}
QPushButton[flat="true"]:pressed {{ background: {c.pressed}; }}
QPushButton[flat="true"]:focus {{ border: 2px solid {c.accent}; }}
QPushButton[flat="true"]:disabled {{ color: {c.disabled}; }}
"""


def tool_buttons(c: Colours) -> str:
    """QToolButton: an icon without a frame; checked, it stays filled; `primary` as for buttons."""
    return f"""
QToolButton {{ background: transparent; color: {c.text}; border: 2px solid transparent; border-radius: 7px;
    padding: 4px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {c.pressed}; }}
QToolButton:focus {{ border-color: {c.accent}; }}
QToolButton:disabled {{ color: {c.disabled}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QToolButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border-radius: 10px; }}
QToolButton[primary="true"]:hover, QToolButton[primary="true"]:pressed {{ background: {c.accent_hover}; }}
QToolButton[primary="true"]:focus {{ border-color: {c.text}; }}
QToolButton[primary="true"]:disabled {{ background: {c.pressed}; }}
"""


def fields(c: Colours) -> str:
    """QLineEdit, QPlainTextEdit and QTextEdit; the edit inside a spin box stays bare."""
    kinds = ("QLineEdit", "QPlainTextEdit", "QTextEdit")

    def each(state: str = "") -> str:
        return ", ".join(kind + state for kind in kinds)

    return f"""
{each()} {{ background: {c.base}; color: {c.text}; border: 1px solid {c.outline}; border-radius: 8px;
    padding: 6px 10px; placeholder-text-color: {c.muted};
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
{each(":focus")} {{ border: 2px solid {c.accent}; padding: 5px 9px; }}
{each(":disabled")} {{ color: {c.disabled}; background: {c.window}; border-color: {c.border}; }}
QSpinBox QLineEdit, QSpinBox QLineEdit:focus, QSpinBox QLineEdit:disabled {{ border: none; padding: 0;
    background: transparent; }}
"""


def scroll_bars(c: Colours) -> str:
    """Both scroll bars, narrow and without arrows."""
    return f"""
QScrollBar:vertical {{ background: transparent; border: none; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; border: none; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {c.outline if c.border == c.text else c.pressed}; border-radius: 4px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {c.outline}; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def menus(c: Colours) -> str:
    """QMenu, for the widget that opens it."""
    return f"""
QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; border-radius: 8px;
    padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 12px; border-radius: 6px; }}
QMenu::icon {{ padding-left: 10px; }}
QMenu::item:selected {{ background: {c.bubble}; }}
QMenu::item:disabled {{ color: {c.disabled}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: 5px 8px; }}
"""


def sidebar(c: Colours, name: str = "sidebar") -> str:
    """The frame called `name` and all in it; its lists paint their rows by a delegate."""
    return (
        f"""
#{name} {{ background: {c.window}; border: none; border-right: 1px solid {c.border}; }}
#{name} QListView, #{name} QTreeView {{ background: transparent; border: none; outline: none; }}
"""
        + buttons(c)
        + tool_buttons(c)
        + fields(c)
        + scroll_bars(c)
        + menus(c)
    )


def composer(c: Colours) -> str:
    """The rounded frame named "composer-frame" with its text edit; its property `focused` draws the ring."""
    return (
        tool_buttons(c)
        + scroll_bars(c)
        + menus(c)
        + f"""
#composer-frame {{ background: {c.base}; border: 1px solid {c.outline}; border-radius: 14px; }}
#composer-frame[focused="true"] {{ border: 2px solid {c.accent}; }}
#composer-frame QTextEdit, #composer-frame QPlainTextEdit {{ background: transparent; border: none;
    padding: 0; color: {c.text}; placeholder-text-color: {c.muted};
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QFrame[chip="true"] {{ background: {c.bubble}; border: 1px solid {c.border}; border-radius: 10px; }}
"""
    )


def page(c: Colours) -> str:
    """A page of cards: frames with the property `card`, and all controls."""
    return (
        f"""
QFrame[card="true"] {{ background: {c.raised}; border: 1px solid {c.border}; border-radius: 12px; }}
QFrame[line="true"] {{ background: {c.border}; border: none; max-height: 1px; min-height: 1px; }}
QScrollArea {{ background: transparent; border: 2px solid transparent; }}
QScrollArea[dropping="true"] {{ border: 2px dashed {c.accent}; }}
"""
        + buttons(c)
        + tool_buttons(c)
        + fields(c)
        + scroll_bars(c)
        + menus(c)
    )
