"""The settings, each declared once: type, default, title, help and limits draw the form by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from chatdesk.domain.generation import PRESETS
from chatdesk.domain.words import tr


class Theme(StrEnum):
    system = "system"
    light = "light"
    dark = "dark"


class Density(StrEnum):
    comfortable = "comfortable"
    compact = "compact"


class ReadingWidth(StrEnum):
    narrow = "narrow"
    normal = "normal"
    wide = "wide"
    full = "full"

    @property
    def pixels(self) -> int:
        """Return the widest that the column gets, in pixels at 100 % text size."""
        return {"narrow": 620, "normal": 780, "wide": 1040, "full": 100_000}[self]


class Stamps(StrEnum):
    """When the moment of a message is shown."""

    off = "off"
    near = "near"
    always = "always"


class SendKey(StrEnum):
    enter = "enter"
    ctrl_enter = "ctrl+enter"


@dataclass(frozen=True, slots=True)
class Reading:
    """How messages are set; a font's empty name is that of the application."""

    text_font: str = ""
    code_font: str = ""
    compact: bool = False
    width: int = ReadingWidth.normal.pixels  # of the column, pixels at 100 % text size
    stamps: Stamps = Stamps.near


@dataclass(frozen=True, slots=True)
class Entry:
    """How one setting is shown: `title` and `help` are English sentences that the form translates."""

    group: str
    title: str
    help: str = ""
    minimum: float | None = None
    maximum: float | None = None
    step: float = 1
    unit: str = ""
    special: str = ""  # what the smallest value or an empty text means, such as "automatic"
    choices: tuple[tuple[str, str], ...] = ()  # (stored value, label)
    hidden: bool = False  # remembered, not shown in the form
    lines: bool = False  # a text of several lines
    fonts: str = ""  # "all" or "fixed": the name of a font that is chosen among these


def _entry(default: Any, group: str, title: str, help: str = "", **how: Any) -> Any:  # noqa: ANN401, A002
    return field(default=default, metadata={"entry": Entry(group, title, help, **how)})


def N_(text: str) -> str:  # noqa: N802  the name by which extraction tools know a sentence translated later
    return text


_LOOK = N_("Appearance")
_CHAT = N_("Chat")
_BACKGROUND = N_("In the background")
_TRANSLATION = N_("Translation")
_MODEL = N_("Model")
_NETWORK = N_("Network")
_BACKUP = N_("Backup, export and import")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has chosen; values out of their limits are brought back by `corrected`."""

    theme: Theme = _entry(
        Theme.system, _LOOK, N_("Theme"),
        choices=(("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark"))),
    )  # fmt: skip
    text_size: int = _entry(
        100,
        _LOOK,
        N_("Text size"),
        N_("Also Ctrl and plus or minus."),
        minimum=70,
        maximum=220,
        step=10,
        unit="%",
    )
    text_font: str = _entry("", _LOOK, N_("Font"), special=N_("that of the system"), fonts="all")
    code_font: str = _entry("", _LOOK, N_("Font of code"), special=N_("chosen by ChatDesk"), fonts="fixed")
    density: Density = _entry(
        Density.comfortable, _LOOK, N_("Space between lines and messages"),
        choices=(("comfortable", N_("Comfortable")), ("compact", N_("Compact"))),
    )  # fmt: skip
    reading_width: ReadingWidth = _entry(
        ReadingWidth.normal, _LOOK, N_("Width of chats"), N_("As far as the window has room."),
        choices=(
            ("narrow", N_("Narrow")), ("normal", N_("Normal")), ("wide", N_("Wide")),
            ("full", N_("As wide as the window")),
        ),
    )  # fmt: skip
    stamps: Stamps = _entry(
        Stamps.near, _LOOK, N_("Time of messages"),
        choices=(
            ("off", N_("Not shown")), ("near", N_("Near the pointer")), ("always", N_("Always shown")),
        ),
    )  # fmt: skip
    send_key: SendKey = _entry(
        SendKey.enter, _CHAT, N_("Send a message with"), N_("The other combination makes a new line."),
        choices=(("enter", N_("Enter")), ("ctrl+enter", N_("Ctrl+Enter"))),
    )  # fmt: skip
    attach_long_texts: bool = _entry(
        True, _CHAT, N_("Attach long texts that are pasted"),
        N_("More than 4,000 characters or 60 lines become an attachment; undo puts them into the message."),
    )  # fmt: skip
    check_spelling: bool = _entry(
        True, _CHAT, N_("Underline misspelt words"),
        N_("With the extra “spelling” and the dictionaries of this computer, whichever language you write."),
    )  # fmt: skip
    make_titles: bool = _entry(
        True,
        _CHAT,
        N_("Let the model name new chats"),
        N_("After the first answer. Otherwise your first words are the name."),
    )
    system_prompt: str = _entry(
        "",
        _CHAT,
        N_("System prompt for new chats"),
        N_("What the model is told before every chat."),
        lines=True,
    )
    translate_by_itself: bool = _entry(
        False,
        _TRANSLATION,
        N_("Translate by itself after a pause"),
        N_("With a slow model the answer comes late, and the computer is busy while you write."),
    )
    tell_when_done: bool = _entry(
        True, _BACKGROUND, N_("Tell me when a long answer ends"),
        N_("Also summaries, translations and downloads, while another window is in front."),
    )  # fmt: skip
    tray: bool = _entry(
        False,
        _BACKGROUND,
        N_("Icon in the tray"),
        N_("With a menu: show or hide, new chat, quick ask, quit."),
    )
    close_to_tray: bool = _entry(
        False, _BACKGROUND, N_("Go on in the tray when the window is closed"),
        N_("Needs the icon in the tray; Quit in its menu ends ChatDesk."),
    )  # fmt: skip
    preset: str = _entry(
        "balanced", _MODEL, N_("Style of answers"), N_("How freely the model chooses its words."),
        choices=(("precise", N_("Precise")), ("balanced", N_("Balanced")), ("creative", N_("Creative"))),
    )  # fmt: skip
    thinking: bool = _entry(
        True, _MODEL, N_("Let models think before they answer"),
        N_("For models that can turn thinking off and on. It can be changed for each chat."),
    )  # fmt: skip
    answer_tokens: int = _entry(
        0, _MODEL, N_("Longest answer"), minimum=0, maximum=131072, step=256, unit=N_("tokens"),
        special=N_("as the context allows"),
    )  # fmt: skip
    context_tokens: int = _entry(
        0, _MODEL, N_("Context"), N_("How much of a chat the model sees. A longer one needs more memory."),
        minimum=0, maximum=1048576, step=1024, unit=N_("tokens"), special=N_("chosen for the model"),
    )  # fmt: skip
    gpu_layers: int = _entry(
        -1, _MODEL, N_("Layers on the graphics card"), N_("0 uses the processor alone."),
        minimum=-1, maximum=999, special=N_("as many as fit"),
    )  # fmt: skip
    threads: int = _entry(
        0, _MODEL, N_("Processor threads"), minimum=0, maximum=256, special=N_("chosen for this computer")
    )
    idle_unload_minutes: int = _entry(
        15, _MODEL, N_("Free the model's memory when unused for"), minimum=0, maximum=1440,
        unit=N_("minutes"), special=N_("never"),
    )  # fmt: skip
    offline: bool = _entry(
        False,
        _NETWORK,
        N_("Offline mode"),
        N_("ChatDesk asks nobody for anything; models cannot be searched or downloaded."),
    )
    mirror: str = _entry(
        "", _NETWORK, N_("Mirror of the Hub"), N_("Where models are searched and downloaded."),
        special="https://huggingface.co",
    )  # fmt: skip
    proxy: str = _entry(
        "", _NETWORK, N_("Proxy"), N_("An address such as http://localhost:8080 or socks5://localhost:1080."),

        special=N_("that of the system"),
    )  # fmt: skip
    models_folder: str = _entry(
        "", _NETWORK, N_("Folder for downloaded models"),
        N_("Files that are there already stay where they are; the page Models can move them."),
        special=N_("beside your chats"),
    )  # fmt: skip
    backups_kept: int = _entry(
        7, _BACKUP, N_("Daily backups to keep"),
        N_("Once a day all chats are copied into the folder “backups”; older copies are removed."),
        minimum=1, maximum=100,
    )  # fmt: skip
    memory_factor: float = _entry(
        1.0, _MODEL, N_("Memory that models take here, by what was estimated"), minimum=0.8, maximum=2.0,
        hidden=True,
    )  # fmt: skip
    line_speed: float = _entry(
        0.0, _NETWORK, N_("Bytes a second of the last download"), minimum=0, maximum=1e11, hidden=True
    )
    default_model: str = _entry("", _MODEL, N_("Model for new chats"), hidden=True)
    model_files: tuple[str, ...] = _entry((), _MODEL, N_("Opened model files"), hidden=True)
    model_folders: tuple[str, ...] = _entry((), _MODEL, N_("Folders to look for models in"), hidden=True)
    use_found_models: bool = _entry(False, _MODEL, N_("Use models of other applications"), hidden=True)
    offer_model: bool = _entry(True, _MODEL, N_("Offer a real model to who has none"), hidden=True)
    last_conversation: str = _entry("", _CHAT, N_("Last chat"), hidden=True)
    translate_from: str = _entry("", _TRANSLATION, N_("Language of texts to translate"), hidden=True)
    translate_to: str = _entry("", _TRANSLATION, N_("Language to translate into"), hidden=True)
    favourite_languages: tuple[str, ...] = _entry((), _TRANSLATION, N_("Favourite languages"), hidden=True)
    recent_languages: tuple[str, ...] = _entry((), _TRANSLATION, N_("Recent languages"), hidden=True)
    keys: tuple[str, ...] = _entry((), _LOOK, N_("Changed keyboard shortcuts"), hidden=True)
    template_keys: tuple[str, ...] = _entry((), _LOOK, N_("Keyboard shortcuts of templates"), hidden=True)
    quick_ask_keys: str = _entry("", _LOOK, N_("Keys of quick ask in every application"), hidden=True)
    recent_actions: tuple[str, ...] = _entry((), _LOOK, N_("Last used commands"), hidden=True)
    own_words: tuple[str, ...] = _entry((), _CHAT, N_("Words that are right"), hidden=True)
    tray_told: bool = _entry(False, _BACKGROUND, N_("The way to the tray was told"), hidden=True)
    sidebar: bool = _entry(True, _LOOK, N_("Show the list of chats"), hidden=True)
    open_folders: tuple[str, ...] = _entry((), _LOOK, N_("Open folders of chats"), hidden=True)

    @property
    def reading(self) -> Reading:
        """Return how messages are set."""
        return Reading(
            self.text_font,
            self.code_font,
            self.density is Density.compact,
            self.reading_width.pixels,
            self.stamps,
        )

    def corrected(self) -> Settings:
        """Return these settings with every number within its limits and every choice a known one."""
        values = {
            f.name: _corrected(entry_of(f.name), getattr(self, f.name), f.default) for f in fields(self)
        }
        return Settings(**values)


def _corrected(entry: Entry, value: Any, default: Any) -> Any:  # noqa: ANN401
    if entry.choices and value not in {stored for stored, _ in entry.choices}:
        return default
    if isinstance(value, int | float) and not isinstance(value, bool):
        low = entry.minimum if entry.minimum is not None else value
        high = entry.maximum if entry.maximum is not None else value
        return type(value)(min(max(value, low), high))
    return value


def entry_of(name: str) -> Entry:
    """Return how the setting called `name` is shown."""
    entry = next(f for f in fields(Settings) if f.name == name).metadata["entry"]
    assert isinstance(entry, Entry)
    return entry


def shown_groups() -> dict[str, list[str]]:
    """Return the names of the visible settings by group, in the order of declaration."""
    groups: dict[str, list[str]] = {}
    for f in fields(Settings):
        entry = entry_of(f.name)
        if not entry.hidden:
            groups.setdefault(entry.group, []).append(f.name)
    return groups


def preset_label(name: str) -> str:
    """Return the translated label of a sampling preset."""
    return tr(
        {"precise": "Precise", "balanced": "Balanced", "creative": "Creative"}[
            name if name in PRESETS else "balanced"
        ]
    )
