"""Tell a model's thinking from its answer while the text arrives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import lru_cache

# How models open and close their thinking at the beginning of an answer.
_PAIRS: Mapping[str, str] = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",
    "<reasoning>": "</reasoning>",
    "<seed:think>": "</seed:think>",
    "[THINK]": "[/THINK]",
    "◁think▷": "◁/think▷",
    "<|START_THINKING|>": "<|END_THINKING|>",
    "<|inner_prefix|>": "<|inner_suffix|>",
}
# These are tokens of their own, which no ordinary text contains: they count anywhere in an answer.
_ANYWHERE: Mapping[str, str] = {"<|channel>thought": "<channel|>"}
_SILENT = ("<|START_RESPONSE|>", "<|END_RESPONSE|>")
# Harmony writes <|start|>assistant<|channel|>NAME<|message|>text<|end|>; only the channel "final" is the
# answer.
_START, _CHANNEL, _MESSAGE, _END = "<|start|>", "<|channel|>", "<|message|>", "<|end|>"
_FINAL = "final"
_CHANNELS = ("analysis", "commentary", _FINAL)
_ROLES = ("assistant",)
_HEADER_CHARACTERS = 200

_OPENINGS = {**_PAIRS, **_ANYWHERE}
_CLOSINGS = (*_OPENINGS.values(), _END)
_AT_BEGINNING = (*_OPENINGS, *_SILENT, _START, _CHANNEL)
_IN_ANSWER = (*_ANYWHERE, *_SILENT, _CHANNEL)
_IN_CHANNELS = (*_IN_ANSWER, _START, _END)

MARKERS: tuple[str, ...] = (*_OPENINGS, *_OPENINGS.values(), *_SILENT, _START, _CHANNEL, _MESSAGE, _END)
_BEGINNINGS = frozenset(marker[0] for marker in MARKERS)

Pieces = list[tuple[bool, str]]


def begins_no_marker(text: str) -> bool:
    """Whether no marker can begin anywhere in `text`."""
    return _BEGINNINGS.isdisjoint(text)


class _At(Enum):
    beginning = auto()  # of the answer or of what follows thinking: white space, then perhaps a marker
    thinking = auto()
    answer = auto()
    header = auto()  # between <|start|> or <|channel|> and <|message|>


class ThinkingSplitter:
    """Takes text in pieces of any size and gives it back as (is thinking, text) without the markers.

    How the text is cut makes no difference. Only what may still become a marker is held back. Thinking opens
    at the beginning of an answer only, so that an answer that writes about "<think>" stays whole; the forms
    that are tokens of their own count everywhere. White space around thinking is dropped. With
    `starts_thinking` the prompt has opened the thinking already.
    """

    def __init__(self, starts_thinking: bool = False) -> None:
        self._held = ""
        self._pieces: Pieces = []
        self._at = _At.thinking if starts_thinking else _At.beginning
        self._closings: tuple[str, ...] = _CLOSINGS
        self._fresh = True  # nothing but white space since the last marker
        self._after_marker = starts_thinking
        self._in_channels = False

    @property
    def passes(self) -> bool:
        """Whether an answer is being written and nothing is held back, so that plain text passes."""
        return self._at is _At.answer and not self._held and not self._fresh

    def feed(self, text: str) -> Pieces:
        """Return what `text` makes certain, in order; neighbours differ in kind."""
        # Nearly every piece passes here: a marker can neither end nor begin in it.
        if not self._held and not self._fresh and begins_no_marker(text):
            return [(self._at is _At.thinking, text)] if text else []
        self._held += text
        while self._step():
            pass
        return self._taken()

    def finish(self) -> Pieces:
        """Return what was held back; the text has ended."""
        held, self._held = self._held, ""
        if self._at is not _At.header:
            self._give(held)
        elif not _is_header(held, complete=False):
            self._at = _At.answer
            self._give(held)
        return self._taken()

    def _taken(self) -> Pieces:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _give(self, text: str) -> None:
        thinking = self._at is _At.thinking
        if self._fresh and self._after_marker:
            text = text.lstrip()
        if not text:
            return
        self._fresh = False
        if self._pieces and self._pieces[-1][0] == thinking:
            text = self._pieces.pop()[1] + text
        self._pieces.append((thinking, text))

    def _step(self) -> bool:
        """Handle one marker; False when more text is needed."""
        if self._at is _At.header:
            return self._read_header()
        if self._at is _At.beginning:
            return self._begin()
        if self._at is _At.thinking and self._fresh:
            again = _finder(tuple(_OPENINGS)).match(self._held.lstrip())
            if again:  # the model repeats the marker that the prompt ends with
                self._held = self._held.lstrip()
                return self._pass_whole(again)
        match = _finder(self._watched()).search(self._held)
        if match is None:
            self._give(self._held)
            self._held = ""
            return False
        self._give(self._held[: match.start()])
        self._held = self._held[match.start() :]
        return self._pass_whole(match)

    def _pass_whole(self, match: re.Match[str]) -> bool:
        """Go over the marker at the beginning of what is held; False when only a part of it is there."""
        if match["part"] is not None:
            return False
        self._pass(match["whole"])
        return True

    def _watched(self) -> tuple[str, ...]:
        if self._at is _At.thinking:
            return self._closings
        return _IN_CHANNELS if self._in_channels else _IN_ANSWER

    def _begin(self) -> bool:
        text = self._held.lstrip()
        if not text:
            return False
        match = _finder(_AT_BEGINNING).match(text)
        if match is None:
            self._at = _At.answer
            return True
        if match["whole"]:
            self._held = text
        return self._pass_whole(match)

    def _pass(self, marker: str) -> None:
        """Go over a whole marker at the beginning of what is held."""
        if marker in (_START, _CHANNEL):
            self._at = _At.header  # which keeps its own beginning, as it may turn out to be plain text
            return
        self._held = self._held[len(marker) :]
        self._fresh = self._after_marker = True
        if marker in _OPENINGS:
            self._at = _At.thinking
            self._closings = (_OPENINGS[marker],)
        elif marker not in _SILENT:
            self._at = _At.beginning

    def _read_header(self) -> bool:
        end = self._held.find(_MESSAGE)
        header = self._held if end < 0 else self._held[:end]
        if not _is_header(header, complete=end >= 0):
            self._at = _At.answer
            self._give(self._held[:2])
            self._held = self._held[2:]
            return True
        if end < 0:
            return False
        name = header.rpartition(_CHANNEL)[2].split()
        self._held = self._held[end + len(_MESSAGE) :]
        self._fresh = self._after_marker = self._in_channels = True
        thinks = _CHANNEL in header and name[:1] != [_FINAL]
        self._at = _At.thinking if thinks else _At.answer
        self._closings = (_END, _START)
        return True


def opens_thinking(prompt_text: str) -> bool:
    """Whether a prompt ends inside thinking, so that the model's first words are thoughts."""
    return bool(closing_for(prompt_text))


def closing_for(prompt_text: str) -> str:
    """Return the marker that would end the thinking in which a prompt ends; empty where it ends outside."""
    end = prompt_text[-64:].rstrip()
    if end.endswith(f"{_CHANNEL}{_CHANNELS[0]}{_MESSAGE}"):
        return _END
    return next((closing for opening, closing in _OPENINGS.items() if end.endswith(opening)), "")


def strip(text: str) -> str:
    """Return a whole answer without its thinking and without white space around it.

    A closing marker without an opening one ends thinking that the prompt had opened.
    """
    splitter = ThinkingSplitter()
    pieces = splitter.feed(text) + splitter.finish()
    answer = "".join(part for thinking, part in pieces if not thinking)
    if not any(thinking for thinking, _ in pieces):
        for closing in _OPENINGS.values():
            answer = answer.rpartition(closing)[2]
    return answer.strip()


def _is_header(text: str, complete: bool) -> bool:
    """Whether `text`, from <|start|> or <|channel|> on, is a header or (not `complete`) the beginning of
    one.
    """
    if len(text) > _HEADER_CHARACTERS or "\n" in text:
        return False
    role, channel, name = text.rpartition(_CHANNEL)
    if not channel:
        return _begins(name.removeprefix(_START), _ROLES, (_CHANNEL, _MESSAGE), complete)
    if role and role.removeprefix(_START).strip() not in _ROLES:
        return False
    return _begins(name, _CHANNELS, ("to=", "<|"), complete)


def _begins(text: str, words: tuple[str, ...], followers: tuple[str, ...], complete: bool) -> bool:
    """Whether `text` is one of `words`, alone or with a follower, or may become that."""
    text = text.strip()
    for word in words:
        rest = text.removeprefix(word).strip()
        if text.startswith(word) and (
            not rest or any(rest.startswith(f) or (not complete and f.startswith(rest)) for f in followers)
        ):
            return True
        if not complete and word.startswith(text):
            return True
    return False


@lru_cache(maxsize=64)
def _finder(markers: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the first whole marker ("whole") or for a beginning of one at the end ("part")."""
    whole = "|".join(map(re.escape, sorted(markers, key=len, reverse=True)))
    part = "|".join(
        sorted({re.escape(marker[:size]) for marker in markers for size in range(1, len(marker))})
    )
    return re.compile(rf"(?P<whole>{whole})|(?P<part>(?:{part})\Z)")
