"""The command line: opens the window, or answers in the terminal by the same flow."""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import sys
from collections.abc import Container, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.cli_options import command_parser
from chatdesk.domain.chat import Conversation, Draft, Message, MessageState
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.words import tr
from chatdesk.paths import Paths, find_home, starter_model
from chatdesk.terminal import (
    CANCELLED,
    complain,
    leave_closed_pipe,
    print_any_letter,
    printable,
    stopped_by_ctrl_c,
)

if TYPE_CHECKING:
    from chatdesk.storage.database import Database


_ROOMS = {  # imported when they are asked for
    "chats": "chatdesk.cli_chats",
    "glossary": "chatdesk.cli_terms",
    "models": "chatdesk.cli_models",
    "summarize": "chatdesk.cli_summarize",
    "translate": "chatdesk.cli_translate",
}


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; return the exit code: 0 well, 1 failed, 2 wrong usage, 130 stopped."""
    print_any_letter()
    parser, commands = command_parser()
    options = parser.parse_args(_with_open(arguments, commands))
    paths = find_home(options.home)
    if options.command == "ask":
        return _ask(options, paths)
    if options.command in _ROOMS:
        return int(import_module(_ROOMS[options.command]).run(options, paths))
    if options.translate_clipboard or options.quick_ask:
        if options.command == "open" or (options.translate_clipboard and options.quick_ask):
            parser.error(tr("--translate-clipboard and --quick-ask go without anything else"))
        from chatdesk.flows.opening import CLIPBOARD, QUICK_ASK

        target: str | None = CLIPBOARD if options.translate_clipboard else QUICK_ASK
    else:
        target = _target(options.target, paths) if options.command == "open" else ""
    if target is None:
        return 2
    if not _has_display():
        print(no_display_sentence(), file=sys.stderr)
        return 1
    gc.disable()  # nothing that is made at start is garbage; start.py switches it on again
    from chatdesk.start import main

    return main(paths, target)


def no_display_sentence() -> str:
    """Return what to say where no window can be opened, with the commands that work without one."""
    program = "chatdesk" if shutil.which("chatdesk") else f"{sys.executable} -m chatdesk"
    return tr(
        "ChatDesk cannot open its window, because there is no display; "
        "without one, ask in the terminal: {program} ask TEXT ({program} ask --help says more)."
    ).format(program=program)


def _with_open(arguments: Sequence[str], commands: Container[str]) -> list[str]:
    """Return the arguments with “open” before a first word that is none of the commands."""
    words, place = list(arguments), 0
    while place < len(words) and words[place].startswith("-"):
        place += 2 if words[place] == "--home" else 1
    if place < len(words) and words[place] not in commands:
        words.insert(place, "open")
    return words


def _target(text: str, paths: Paths) -> str | None:
    """Return what the window is to open, as any process understands it; None when that cannot be, and why
    was printed.
    """
    from chatdesk.engine.gguf import GgufFiles
    from chatdesk.flows.opening import target_of
    from chatdesk.storage.settings_file import JsonSettings

    found = target_of(text, JsonSettings(paths.settings).load())
    if found is None:
        complain(
            tr("“{text}” is neither a model file that is there nor the name of a model on the Hub.").format(
                text=text
            ),
            tr("Write the path of a GGUF file, owner/name, or an address; --help lists the commands."),
        )
        return None
    if not isinstance(found, Path):
        return text
    try:
        GgufFiles().header(found)
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return None
    return str(found)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _ask(options: argparse.Namespace, paths: Paths) -> int:
    piped = _piped()
    text = "\n\n".join(part for part in (options.text, piped.strip("\n")) if part.strip()).replace("\0", "")
    if not text and not options.template:
        print(
            tr("There is nothing to ask: write a text after “chatdesk ask”, or pipe one in."), file=sys.stderr
        )
        return 2
    try:
        answer = _answer(text, options, paths)
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return 1
    except BrokenPipeError:
        leave_closed_pipe()
        return 1
    if answer.state is MessageState.failed:
        complain(answer.error)
        return 1
    return CANCELLED if answer.state is MessageState.stopped else 0


def _piped() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        return ""
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _answer(text: str, options: argparse.Namespace, paths: Paths) -> Message:
    """Ask, print what comes, and return the answer as it is stored."""
    from chatdesk.engine.gguf import GgufFiles
    from chatdesk.engine.local import LocalEngine
    from chatdesk.flows.chat import AnswerDone, ChatFlow, first_words
    from chatdesk.flows.models import ModelFlow
    from chatdesk.flows.options import options_for
    from chatdesk.storage.chats import ChatStore
    from chatdesk.storage.database import Database
    from chatdesk.storage.library import ModelStore
    from chatdesk.storage.settings_file import JsonSettings

    paths.create()
    settings = JsonSettings(paths.settings).load()
    database = Database(paths.database, paths.backups)
    engine = LocalEngine(log=paths.logs / "engine.log")
    answer: Message | None = None
    try:
        records = ModelStore(database)
        models = ModelFlow(GgufFiles(), starter_model(), records)
        if options.model:
            _, model = models.open_file(settings, options.model.expanduser().resolve())
        else:
            model = models.choose(settings, settings.default_model)
        asked = _asked(text, options, database)
        chat = Conversation(
            first_words(asked.text), options.system or settings.system_prompt, str(model.path)
        )
        flow = ChatFlow(ChatStore(database), engine, records)
        question = flow.ask(chat, asked, None)
        with stopped_by_ctrl_c() as cancel:
            for event in flow.answer(chat.id, question.id, options_for(chat, settings, model), cancel):
                _say(event, text=not options.json)
                if isinstance(event, AnswerDone):
                    answer = event.shown.message
    finally:
        engine.close()
        database.close()
    assert answer is not None
    if options.json:
        print(_as_json(answer))
    elif answer.text:
        print()
    return answer


def _asked(text: str, options: argparse.Namespace, database: Database) -> Draft:
    """Return the question: the text as it is, or the template with it."""
    if not options.template:
        return Draft(text)
    from chatdesk.cli_templates import filled_draft
    from chatdesk.flows.templates import TemplateLibrary
    from chatdesk.storage.chats import ChatStore
    from chatdesk.storage.templates import TemplateStore

    library, chats = TemplateLibrary(TemplateStore(database)), ChatStore(database)
    return filled_draft(options.template, dict(options.fields), text, library, chats)


def _say(event: object, *, text: bool) -> None:
    """Print what an event of an answer tells at once, with `text` what was written."""
    from chatdesk.domain.generation import ModelReady
    from chatdesk.flows.chat import TextGrew

    match event:
        case TextGrew(_, piece) if text:
            print(printable(piece), end="", flush=True)
        case ModelReady(adapter_problem=problem) if problem:
            complain(problem)


def _as_json(answer: Message) -> str:
    facts = asdict(answer.facts) if answer.facts else None
    return json.dumps(
        {
            "answer": answer.text,
            "thinking": answer.thinking,
            "model": answer.model,
            "state": answer.state,
            "error": answer.error,
            "facts": facts,
        },
        ensure_ascii=False,
    )
