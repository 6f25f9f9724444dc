"""Chats about ChatDesk with small talk, follow-up questions and a title."""

from __future__ import annotations

import random

from starter_text.conversation import Conversation, single, turn
from starter_text.guide import GERMAN_ANSWERS, GERMAN_QUESTIONS, INTENTS, SMALL_TALK, Intent, first_sentence
from starter_text.patterns import expand
from starter_text.polish import decorated
from starter_text.small_talk import FOREIGN, UNKNOWN_ANSWER, draw_unknown_question
from starter_text.tables import read_toml
from starter_text.values import FIRST_NAMES, invented
from starter_text.writer import Writer

NO_GERMAN = "Sorry, I know this answer only in English. A bigger model can translate it."
_WORDINGS = read_toml("instructions")
_FOLLOW_UP: dict[str, str] = _WORDINGS["follow_up"]
_TITLE: list[str] = _WORDINGS["other"]["title"]


class _Chat:
    """A chat that grows turn by turn."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._rng: random.Random = writer.rng
        self.turns: list[tuple[str, str]] = []
        self.intents: list[str] = []
        self.title = ""
        self._name = self._rng.choice([*FIRST_NAMES, invented(self._rng)])
        self._name_told = False
        self._last: tuple[str, str] | None = None  # intent and answer that a follow-up may refer to

    def grow(self) -> None:
        """Add one turn."""
        kind = self._rng.random()
        if self._last and kind < 0.3:
            self._add_follow_up(*self._last)
        elif kind < 0.42 and not self._name_told:
            self._add_name()
        elif kind < (0.56 if self._name_told else 0.44):
            asked = self._writer.follow_up(_FOLLOW_UP["name_asked"])
            known = (
                f"Your name is {self._name}." if self._name_told else "You have not told me your name yet."
            )
            self._add("name_asked", asked, known)
        elif kind < 0.66:
            self._add_unknown()
        elif kind < 0.67:
            row = self._rng.choice(FOREIGN)
            self._add("foreign", self._writer.follow_up(row["question"] + "(?|!|.|)"), row["answer"])
        elif kind < 0.72:
            self._add_german()
        else:
            self._add_guide()

    def _add(self, intent: str, question: str, answer: str, title: str = "") -> None:
        self.turns.append((question, answer))
        self.intents.append(intent)
        self.title = self.title or title
        self._last = None

    def _add_follow_up(self, intent: str, answer: str) -> None:
        kind = self._rng.randrange(4)
        if kind == 0:
            self._add("shorter", self._writer.follow_up(_FOLLOW_UP["shorter"]), first_sentence(answer))
        elif kind == 1:
            german = GERMAN_ANSWERS.get(intent, NO_GERMAN)
            self._add("in_german", self._writer.follow_up(_FOLLOW_UP["in_german"]), german)
        elif kind == 2:
            self._add("again", self._writer.follow_up(_FOLLOW_UP["again"]), answer)
            self._last = (intent, answer)
        else:
            thanks = INTENTS["thanks"]
            question = draw_question(self._writer, thanks) or "Thanks"
            self._add("thanks", question, thanks.fixed_answer)

    def _add_name(self) -> None:
        told = self._writer.follow_up(_FOLLOW_UP["name_told"], NAME=self._name)
        answer = f"Nice to meet you, {self._name}! How can I help you?"
        self._add("name_told", told[0].upper() + told[1:], answer)
        self._name_told = True

    def _add_unknown(self) -> None:
        question = self._writer.draw(lambda: draw_unknown_question(self._rng)) or "what is a black hole"
        self._add("ood", decorated(self._rng, question), UNKNOWN_ANSWER, "Question outside my topics")

    def _add_german(self) -> None:
        rng = self._rng
        intent = rng.choice(list(GERMAN_QUESTIONS))
        question = self._writer.draw(lambda: expand(rng, rng.choice(GERMAN_QUESTIONS[intent])))
        if not question or question == "wer bist du":
            intent, question = "who", "wer bist du"
        asked = decorated(rng, question, is_short=True).rstrip(".")
        self._add(f"german:{intent}", asked, GERMAN_ANSWERS[intent], INTENTS[intent].title)

    def _add_guide(self) -> None:
        while True:
            intent = self._rng.choice(list(INTENTS.values()))
            if question := draw_question(self._writer, intent):
                break
        answer = intent.answer(self._rng)
        self._add(intent.ident, question, answer, intent.title)
        self._last = (intent.ident, answer)


def draw_question(writer: Writer, intent: Intent) -> str:
    """Return a question of an intent on the writer's side, or "" when it has none there."""
    core = writer.draw(lambda: intent.question(writer.rng))
    return decorated(writer.rng, core, intent.ident in SMALL_TALK) if core else ""


def write_chat(writer: Writer) -> Conversation:
    """Return a chat of one to eight turns; its meta names the intent of each turn and the title."""
    rng, chat = writer.rng, _Chat(writer)
    for _ in range(rng.choice((1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 8))):
        chat.grow()
    if chat.title and rng.random() < 0.12:
        chat.turns.append((writer.instruction(_TITLE), chat.title))
        chat.intents.append("title")
    messages = tuple(message for question, answer in chat.turns for message in turn(question, answer))
    return Conversation("chat", messages, {"intents": chat.intents, "title": chat.title})


def write_chat_title(writer: Writer) -> Conversation:
    """Return a whole chat as a text, and its title."""
    chat = write_chat(writer)
    while not chat.meta["title"] or "title" in chat.meta["intents"]:
        chat = write_chat(writer)
    lines = [f"{message.role.capitalize()}: {message.content}" for message in chat.messages]
    question = writer.layout(writer.instruction(_TITLE), "\n".join(lines))
    return single("title", question, chat.meta["title"])
