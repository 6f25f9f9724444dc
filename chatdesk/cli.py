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
from pathlib import Path

from chatdesk import __version__
from chatdesk.domain.chat import Conversation, Draft, Message, MessageState
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.summaries import Form, Length
from chatdesk.domain.translations import Tone
from chatdesk.domain.words import tr
from chatdesk.paths import Paths, find_home, starter_model
from chatdesk.terminal import CANCELLED, complain, leave_closed_pipe, printable, stopped_by_ctrl_c


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; return the exit code: 0 well, 1 failed, 2 wrong usage, 130 stopped."""
    parser, commands = _parser()
    options = parser.parse_args(_with_open(arguments, commands))
    paths = find_home(options.home)
    if options.command == "ask":
        return _ask(options, paths)
    if options.command == "models":
        from chatdesk import cli_models

        return cli_models.run(options, paths)
    if options.command == "summarize":
        from chatdesk import cli_summarize

        return cli_summarize.run(options, paths)
    if options.command == "translate":
        from chatdesk import cli_translate

        return cli_translate.run(options, paths)
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


def _parser() -> tuple[argparse.ArgumentParser, Container[str]]:
    """Return the parser, and the names of its commands."""
    parser = argparse.ArgumentParser(
        prog="chatdesk", description=tr("Chat with language models that run on your own computer.")
    )
    parser.add_argument("--version", action="version", version=f"ChatDesk {__version__}")
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=tr("keep every file of the application there")
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    opening = commands.add_parser(
        "open",
        help=tr("open the window with a model; “open” itself may be left out"),
        description=tr("Open the window with a model, or bring it forward where it is open."),
    )
    opening.add_argument(
        "target", metavar="MODEL", help=tr("a GGUF file, owner/name, or the address of a model's page")
    )
    ask = commands.add_parser(
        "ask", help=tr("answer in the terminal"), description=tr("Answer in the terminal.")
    )
    ask.add_argument(
        "text", nargs="?", default="", metavar="TEXT", help=tr("the question; piped text is added to it")
    )
    ask.add_argument(
        "--model", type=Path, metavar="FILE", help=tr("a GGUF file; without it the one used last")
    )
    ask.add_argument("--system", default="", metavar="TEXT", help=tr("what the model is told before"))
    ask.add_argument("--json", action="store_true", help=tr("print one JSON object at the end"))
    _add_summarize(
        commands.add_parser(
            "summarize",
            help=tr("summarise documents"),
            description=tr("Summarise documents. What was finished before is not done again."),
        )
    )
    _add_translate(
        commands.add_parser(
            "translate",
            help=tr("translate documents and texts"),
            description=tr(
                "Translate documents into documents of the same format, such as letter.de.docx, and piped "
                "text into text. What was finished before is not done again."
            ),
        )
    )
    _add_models(commands.add_parser("models", help=tr("find, download and list models")))
    return parser, commands.choices


def _add_summarize(summarize: argparse.ArgumentParser) -> None:
    summarize.add_argument(
        "files", nargs="+", metavar="FILE", help=tr("a document, or a folder of them; - for piped text")
    )
    lengths, forms = [each.value for each in Length], [each.value for each in Form]
    summarize.add_argument("--length", choices=lengths, default=Length.medium.value, help=tr("how much"))
    summarize.add_argument(
        "--format", "--form", dest="form", choices=forms, default=Form.bullets.value, help=tr("as what")
    )
    for name, what in (
        ("language", tr("of the summary; without it that of the document")),
        ("focus", tr("what it has to concern, such as “the costs”")),
        ("audience", tr("who is to read it, such as “children of ten”")),
        ("instruction", tr("what the model has to mind besides")),
        ("password", tr("of an encrypted document")),
    ):
        summarize.add_argument(f"--{name}", default="", metavar=name.upper(), help=what)
    summarize.add_argument(
        "--model", type=Path, metavar="FILE", help=tr("a GGUF file; without it the one used last")
    )
    summarize.add_argument("--json", action="store_true", help=tr("print a line of JSON for each document"))
    ocr = tr("recognise the text of scanned pages, with the extra “ocr” or a model that sees pictures")
    summarize.add_argument("--ocr", action="store_true", help=ocr)


def _add_translate(translate: argparse.ArgumentParser) -> None:
    translate.add_argument("files", nargs="+", metavar="FILE", help=tr("a document; - for piped text"))
    languages = tr("a language by its code or name, such as de or German")
    translate.add_argument("--to", dest="target", required=True, metavar="LANGUAGE", help=languages)
    found = tr("the language of the text; without it, it is found out")
    translate.add_argument("--from", dest="source", default="", metavar="LANGUAGE", help=found)
    glossary = tr("a glossary of the application by its name, or a CSV or TBX file")
    translate.add_argument("--glossary", default="", metavar="NAME", help=glossary)
    tones = [each.value for each in Tone]
    translate.add_argument(
        "--tone", choices=tones, default=Tone.neutral.value, help=tr("how the reader is addressed")
    )
    for name, what in (
        ("field", tr("where the words come from, such as “law”")),
        ("instruction", tr("what the model has to mind besides")),
    ):
        translate.add_argument(f"--{name}", default="", metavar=name.upper(), help=what)
    translate.add_argument(
        "--model", type=Path, metavar="FILE", help=tr("a GGUF file; without it the one used last")
    )
    output = tr("the folder for translated documents; without it that of each document")
    translate.add_argument("--output", type=Path, metavar="FOLDER", help=output)
    translate.add_argument("--json", action="store_true", help=tr("print a line of JSON for each document"))


def _add_models(models: argparse.ArgumentParser) -> None:
    # Here and not in cli_models.py: what --help says must not need the words of the Hub.
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    search = actions.add_parser("search", help=tr("search models by words"))
    search.add_argument("words", nargs="*", metavar="WORD")
    search.add_argument(
        "--sort",
        choices=("downloads", "likes", "trending", "recent"),
        default="downloads",
        help=tr("which come first"),
    )
    search.add_argument("--limit", type=int, default=20, metavar="N", help=tr("how many, at most 500"))
    show = actions.add_parser("show", help=tr("show what can be downloaded of a model"))
    show.add_argument("name", metavar="NAME", help=tr("owner/name, or the address of its page"))
    show.add_argument("--card", action="store_true", help=tr("print the model's card too"))
    download = actions.add_parser("download", help=tr("download a model, or go on with it"))
    download.add_argument(
        "name",
        metavar="NAME",
        help=tr("owner/name for the recommended file, owner/name:Q4_K_M, or an address"),
    )
    pictures = tr("also the part with which it looks at pictures, where there is one")
    download.add_argument("--pictures", action="store_true", help=pictures)
    listed = actions.add_parser("list", help=tr("list the models on this computer"))
    remove = actions.add_parser("remove", help=tr("take a model out of the list"))
    remove.add_argument("model", metavar="MODEL", help=tr("its file, or the name of its file"))
    remove.add_argument("--delete", action="store_true", help=tr("delete the downloaded file too"))
    for action in (search, show, listed):
        action.add_argument("--json", action="store_true", help=tr("print JSON"))


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _ask(options: argparse.Namespace, paths: Paths) -> int:
    piped = _piped()
    text = "\n\n".join(part for part in (options.text, piped.strip("\n")) if part.strip()).replace("\0", "")
    if not text:
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
        chat = Conversation(first_words(text), options.system or settings.system_prompt, str(model.path))
        flow = ChatFlow(ChatStore(database), engine, records)
        question = flow.ask(chat, Draft(text), None)
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
