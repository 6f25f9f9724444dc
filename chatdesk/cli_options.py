"""What the command line takes: --help must not need the words of the Hub or of documents."""

from __future__ import annotations

import argparse
from collections.abc import Container
from pathlib import Path

from chatdesk import __version__
from chatdesk.domain.summaries import Form, Length
from chatdesk.domain.translations import Tone
from chatdesk.domain.words import tr


def command_parser() -> tuple[argparse.ArgumentParser, Container[str]]:
    """Return the parser, and the names of its commands."""
    parser = argparse.ArgumentParser(
        prog="chatdesk", description=tr("Chat with language models that run on your own computer.")
    )
    parser.add_argument("--version", action="version", version=f"ChatDesk {__version__}")
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=tr("keep every file of the application there")
    )
    parser.add_argument(
        "--translate-clipboard",
        action="store_true",
        help=tr("translate what was copied, in the window that is open or in a new one"),
    )
    parser.add_argument(
        "--quick-ask",
        action="store_true",
        help=tr("ask a question in a small window, of the application that is open or of a new one"),
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
    _add_ask(
        commands.add_parser(
            "ask", help=tr("answer in the terminal"), description=tr("Answer in the terminal.")
        )
    )
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
    _add_glossary(commands.add_parser("glossary", help=tr("list, extend and export glossaries")))
    _add_chats(commands.add_parser("chats", help=tr("export and import chats")))
    _add_models(commands.add_parser("models", help=tr("find, download and list models")))
    return parser, commands.choices


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument(
        "text", nargs="?", default="", metavar="TEXT", help=tr("the question; piped text is added to it")
    )
    ask.add_argument(
        "--model", type=Path, metavar="FILE", help=tr("a GGUF file; without it the one used last")
    )
    ask.add_argument("--system", default="", metavar="TEXT", help=tr("what the model is told before"))
    template = tr("fill a template by its command or title; the text goes into it")
    ask.add_argument("--template", default="", metavar="NAME", help=template)
    field = tr("a field of the template, such as words=200; of a document its file; once for each")
    ask.add_argument(
        "--set", dest="fields", action="append", default=[], type=_field, metavar="FIELD=VALUE", help=field
    )
    ask.add_argument("--json", action="store_true", help=tr("print one JSON object at the end"))


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
    translate.add_argument(
        "files", nargs="+", metavar="FILE", help=tr("a document, or a folder of them; - for piped text")
    )
    languages = tr("a language by its code or name, such as de or German")
    translate.add_argument(
        "--to", dest="target", required=True, type=_language, metavar="LANGUAGE", help=languages
    )
    found = tr("the language of the text; without it, it is found out")
    translate.add_argument(
        "--from", dest="source", default="", type=str.strip, metavar="LANGUAGE", help=found
    )
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
    output = tr(
        "the folder for translated documents, made where there is none; without it that of each document"
    )
    translate.add_argument("--output", type=Path, metavar="FOLDER", help=output)
    translate.add_argument("--json", action="store_true", help=tr("print a line of JSON for each document"))


def _add_glossary(glossary: argparse.ArgumentParser) -> None:
    actions = glossary.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=tr("list the glossaries"))
    listed.add_argument("--json", action="store_true", help=tr("print JSON, with all terms"))
    add = actions.add_parser(
        "add",
        help=tr("add the terms of a file"),
        description=tr(
            "Add the terms of a file to the glossary that has its name, or to a new one. Terms that are "
            "there already stay once; a word with another translation keeps the one that it has."
        ),
    )
    add.add_argument("file", type=Path, metavar="FILE", help=tr("a CSV or TBX file"))
    add.add_argument("--into", default="", metavar="NAME", help=tr("the glossary that they are added to"))
    replacing = tr("let the file's translations take the place of those that are there")
    add.add_argument("--replace", action="store_true", help=replacing)
    for flag, name in (("--from", "source"), ("--to", "target")):
        said = tr("a language of the file, by its code or name; without it, as the file says")
        add.add_argument(flag, dest=name, default="", type=str.strip, metavar="LANGUAGE", help=said)
    export = actions.add_parser("export", help=tr("write a glossary as a file"))
    export.add_argument("name", metavar="NAME", help=tr("the name of the glossary"))
    export.add_argument("file", type=Path, metavar="FILE", help=tr("CSV, or TBX by its ending"))


def _field(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(tr("write a field, “=” and its value, such as words=200"))
    return name.strip(), value


def _language(name: str) -> str:
    if not name.strip():
        raise argparse.ArgumentTypeError(tr("write a language, such as de or German"))
    return " ".join(name.split())


def _add_chats(chats: argparse.ArgumentParser) -> None:
    actions = chats.add_subparsers(dest="action", metavar="ACTION", required=True)
    export = actions.add_parser(
        "export",
        help=tr("write all chats into a file"),
        description=tr(
            "Write all chats into a file: JSON that can be imported without loss, or a ZIP with a file for "
            "each chat as it is shown."
        ),
    )
    export.add_argument("file", type=Path, metavar="FILE")
    kinds = tr("json for everything; md, html, docx, odt or pdf for readers")
    formats = ("json", "md", "html", "docx", "odt", "pdf")
    export.add_argument("--format", choices=formats, default="json", help=kinds)
    export.add_argument("--folder", default="", metavar="NAME", help=tr("only what lies in this folder"))
    thoughts = tr("with what the model thought, which JSON always has")
    export.add_argument("--thoughts", action="store_true", help=thoughts)
    bring = actions.add_parser(
        "import",
        help=tr("bring in the chats of a file"),
        description=tr(
            "Bring in chats: the JSON files of this application, and what ChatGPT, Open WebUI, LM Studio, "
            "Jan and text-generation-webui export or keep. Those that are there already are not doubled."
        ),
    )
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE", help=tr("a file, a ZIP or a folder"))
    into = tr("put those that are new into this folder")
    bring.add_argument("--into", default="", metavar="NAME", help=into)
    copies = tr("those that are there already come once more")
    bring.add_argument("--copies", action="store_true", help=copies)
    whole = tr("of a damaged file, bring in the chats that are whole")
    bring.add_argument("--whole", action="store_true", help=whole)


def _add_models(models: argparse.ArgumentParser) -> None:
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
