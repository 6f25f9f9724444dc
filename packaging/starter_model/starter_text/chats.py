"""Chats about ChatDesk with small talk, memory, refusals, follow-up questions and a title."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from starter_text.conversation import Conversation, Message, turn
from starter_text.guide import GUIDES, SMALL_TALK, TITLES, Intent, first_sentence
from starter_text.memory import KINDS, capital, draw_value, kinds_of
from starter_text.outside import OUTSIDE_TITLES, REFUSALS, draw_outside_question
from starter_text.page_prompts import page_prompt
from starter_text.polish import decorated, typed
from starter_text.short_tasks import write_json_task
from starter_text.summaries import write_summary
from starter_text.tables import read_toml
from starter_text.translations import write_translation
from starter_text.writer import Writer

_DATA = read_toml("chat")
_FOLLOW_UP: dict[str, dict[str, str]] = _DATA["follow_up"]
_TITLE: dict[str, Any] = _DATA["title"]
_SENT = page_prompt("title")[1]
_SHARES = {"en": 58, "de": 14, "fr": 14, "es": 14}
_IN_LANGUAGE = {"en": "in_english", "de": "in_german", "fr": "in_french", "es": "in_spanish"}


class _Chat:
    """A chat that grows turn by turn."""

    def __init__(self, writer: Writer) -> None:
        self.turns: list[tuple[str, str]] = []
        self.intents: list[str] = []
        self.title = ""
        self._writer = writer
        self._rng: random.Random = writer.rng
        self._language = self._draw_language()
        self._told: dict[str, str] = {}  # what the user said of himself, by kind
        self._last: tuple[Intent, str] | None = None  # what a follow-up may refer to, and the answer given
        self._moves: dict[Callable[[], None], int] = {
            self._add_guide: 42,
            self._add_talk: 12,
            self._add_outside: 24,
            self._add_told: 18,
            self._add_asked: 7,
        }

    def grow(self) -> None:
        """Add one turn; another language is spoken in one turn of ten."""
        rng = self._rng
        if self._last and rng.random() < 0.42:
            self._add_follow_up(*self._last)
            return
        if self.turns and rng.random() < 0.1:
            self._language = self._draw_language()
        weights = dict(self._moves)
        if self._told:
            weights[self._add_asked] = 26
        rng.choices(list(weights), list(weights.values()))[0]()

    def _draw_language(self) -> str:
        return self._rng.choices(list(_SHARES), list(_SHARES.values()))[0]

    def _add(self, intent: str, question: str, answer: str, title: str = "") -> None:
        self.turns.append((question, answer))
        self.intents.append(intent)
        self.title = self.title or title
        self._last = None

    def _add_guide(self) -> None:
        self._add_intent([ident for ident in GUIDES[self._language] if ident not in SMALL_TALK])

    def _add_talk(self) -> None:
        self._add_intent([ident for ident in GUIDES[self._language] if ident in SMALL_TALK])

    def _add_intent(self, idents: list[str]) -> None:
        """Ask about one of some intents; a wording on our side may be lacking, then about another one."""
        while True:
            intent = GUIDES[self._language][self._rng.choice(idents)]
            if question := draw_question(self._writer, intent):
                break
        answer = intent.answer(self._rng)
        self._add(intent.name, question, answer, intent.title)
        self._last = None if intent.ident in SMALL_TALK else (intent, answer)

    def _add_outside(self) -> None:
        question = None
        while question is None:
            question = self._writer.draw(lambda: draw_outside_question(self._rng, self._language))
        asked = decorated(self._rng, question, " " not in question, self._language)
        self._add("ood", asked, REFUSALS[self._language], OUTSIDE_TITLES[self._language])

    def _add_told(self) -> None:
        rng = self._rng
        kind = "name" if rng.random() < 0.55 else rng.choice(kinds_of(self._language))
        said, old, value = KINDS[kind][self._language], self._told.get(kind), draw_value(rng, kind)
        corrects = old is not None and "corrected" in said
        pattern, reply = (
            (said["corrected"], said["corrected_reply"]) if corrects else (said["told"], said["reply"])
        )
        told = self._words(pattern).replace("VALUE", value).replace("OLD", old or "")
        if kind == "name" and rng.random() < 0.2:
            told = told.replace(value, value.lower())
        self._told[kind] = value
        intent = "name_told" if kind == "name" else "fact_told"
        self._add(
            intent,
            _marked(rng, told),
            capital(reply.replace("VALUE", value)),
            self._memory_title(kind).replace("VALUE", value),
        )

    def _add_asked(self) -> None:
        kinds = kinds_of(self._language)
        told = [kind for kind in kinds if kind in self._told]
        kind = self._rng.choice(told if told and self._rng.random() < 0.8 else ["name", *kinds])
        said, value = KINDS[kind][self._language], self._told.get(kind)
        answer = said["unknown"] if value is None else said["known"].replace("VALUE", value)
        asked = typed(self._rng, self._words(said["asked"]), self._language)
        self._add(
            "name_asked" if kind == "name" else "fact_asked",
            asked,
            answer,
            self._memory_title("remembered"),
        )

    def _memory_title(self, kind: str) -> str:
        english = _TITLE["remembered"] if kind == "remembered" else KINDS[kind]["title"]
        return str(english if self._language == "en" else TITLES[self._language][kind])

    def _add_follow_up(self, intent: Intent, answer: str) -> None:
        rng, words = self._rng, _FOLLOW_UP[intent.language]
        others = [
            language
            for language in GUIDES
            if language != intent.language and intent.ident in GUIDES[language]
        ]
        kind = rng.choice(("shorter", "again", "more", "thanks", *("in",) * (5 if others else 0)))
        if kind == "thanks":
            self._add_intent(["thanks"])
            return
        if kind == "in":
            other = GUIDES[rng.choice(others)][intent.ident]
            asked = typed(rng, self._words(words[f"in_{other.language}"]), intent.language)
            self._add(_IN_LANGUAGE[other.language], asked, other.answer(rng))
            return
        given = {"shorter": first_sentence(answer), "again": answer, "more": words["more_answer"]}[kind]
        self._add(kind, typed(rng, self._words(words[kind]), intent.language), given)
        if kind != "more":
            self._last = (intent, given)

    def _words(self, pattern: str) -> str:
        """Return a wording of a pattern on our side; a name in it does not decide."""
        return self._writer.follow_up(pattern)


def _marked(rng: random.Random, text: str) -> str:
    text = capital(text) if rng.random() < 0.75 else text
    return text + rng.choice((".", "", "", "!"))


def draw_question(writer: Writer, intent: Intent) -> str:
    """Return a question of an intent on the writer's side, or "" when it has none there."""
    core = writer.draw(lambda: intent.question(writer.rng))
    return decorated(writer.rng, core, intent.ident in SMALL_TALK, intent.language) if core else ""


def write_chat(writer: Writer) -> Conversation:
    """Return a chat of one to eight turns; its meta names the intent of each turn and the title."""
    rng, chat = writer.rng, _Chat(writer)
    for _ in range(rng.choice((1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 8))):
        chat.grow()
    if chat.title and rng.random() < 0.12:
        chat.turns.append((_title_question(writer), chat.title))
        chat.intents.append("title")
    messages = tuple(message for question, answer in chat.turns for message in turn(question, answer))
    return Conversation("chat", messages, {"intents": chat.intents, "title": chat.title})


def _title_question(writer: Writer) -> str:
    """Return mostly what the application sends for a title, in held-out texts too."""
    return _SENT if writer.rng.random() < 0.7 else writer.instruction(_TITLE["asked"])


def write_chat_title(writer: Writer) -> Conversation:
    """Return a chat of any task with the question for its title at the end, or one time in ten as a text."""
    rng = writer.rng
    if rng.random() < 0.35:
        messages, title = _titled_task(writer)
    else:
        chat = write_chat(writer)
        while not chat.meta["title"] or "title" in chat.meta["intents"]:
            chat = write_chat(writer)
        messages, title = chat.messages, chat.meta["title"]
    if rng.random() < 0.1:
        lines = [f"{message.role.capitalize()}: {message.content}" for message in messages]
        asked = writer.layout(writer.instruction(_TITLE["asked"]), "\n".join(lines))
        return Conversation("title", turn(asked, title), {"title": title})
    return Conversation("title", messages + turn(_title_question(writer), title), {"title": title})


def _titled_task(writer: Writer) -> tuple[tuple[Message, ...], str]:
    """Return the messages of a page's task and the title of its kind."""
    item = writer.rng.choice((write_translation, write_translation, write_summary, write_json_task))(writer)
    messages = item.messages[item.messages[0].role == "system" :][:2]
    target = item.meta.get("tgt")
    kind = (
        _TITLE["translate"][target]
        if target
        else _TITLE["tasks"].get(item.task, _TITLE["tasks"]["summarise"])
    )
    return messages, str(kind)
