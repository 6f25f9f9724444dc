"""The commands about glossaries: list them, add the terms of a file, write one as a file."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from dataclasses import asdict, replace

from chatdesk.cli_glossary import read_terms
from chatdesk.documents.exchange.codes import code_of
from chatdesk.documents.exchange.files import ExchangeFiles
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.errors import ChatDeskError
from chatdesk.domain.glossaries import Glossary
from chatdesk.domain.translation_errors import NoSuchGlossary
from chatdesk.domain.words import tr, trn
from chatdesk.paths import Paths
from chatdesk.storage.database import Database
from chatdesk.storage.glossaries import GlossaryStore
from chatdesk.tasks.joined_terms import joined, joined_words
from chatdesk.terminal import CANCELLED, complain, leave_closed_pipe, printable, stopped_by_ctrl_c


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Carry out `chatdesk glossary ACTION`; return the exit code: 0 well, 1 failed, 130 stopped."""
    try:
        paths.create()
        with closing(Database(paths.database, paths.backups)) as database, stopped_by_ctrl_c() as cancel:
            store = GlossaryStore(database)
            match options.action:
                case "list":
                    _list(store, as_json=options.json)
                case "add":
                    return _add(options, store, cancel)
                case "export":
                    ExchangeFiles().write_glossary(_named(store, options.name), options.file)
                    print(printable(str(options.file)))
    except ChatDeskError as error:
        complain(error.sentence, error.hint)
        return 1
    except BrokenPipeError:
        leave_closed_pipe()
        return 1
    return 0


def _list(store: GlossaryStore, *, as_json: bool) -> None:
    every = store.glossaries()
    if as_json:
        print(json.dumps([asdict(each) for each in every], ensure_ascii=False))
        return
    if not every:
        print(tr("There is no glossary yet."))
    for each in every:
        count = trn("{count} term", "{count} terms", len(each.terms))
        print(printable(f"{each.name}  {each.source or '*'} → {each.target or '*'}  {count}"))


def _add(options: argparse.Namespace, store: GlossaryStore, cancel: CancelToken) -> int:
    """Add the terms of a file to the glossary that is named, or that has its name; else to a new one."""
    there = _named(store, options.into) if options.into else _first(store, options.file.stem)
    source, target = (code_of(name) or name for name in (options.source, options.target))
    if there is not None:
        source, target = source or there.source, target or there.target
    terms, languages = read_terms(options.file, source, target, cancel)
    if cancel.cancelled:
        return CANCELLED
    if not terms:
        complain(tr("There is no term in “{name}”.").format(name=options.file.name))
        return 1
    if there is None:
        there = Glossary(options.file.stem, source or languages[0], target or languages[1])
    both = joined(there.terms, terms, replacing=options.replace)
    store.save(replace(there, terms=both.terms))
    print(printable(f"{there.name}: {joined_words(both, replacing=options.replace)}"))
    if both.other and not options.replace:
        print(tr("With --replace, the file's translations take their place."))
    return 0


def _named(store: GlossaryStore, name: str) -> Glossary:
    """Raises NoSuchGlossary."""
    if (found := _first(store, name)) is None:
        raise NoSuchGlossary(name, [each.name for each in store.glossaries()])
    return found


def _first(store: GlossaryStore, name: str) -> Glossary | None:
    return next((each for each in store.glossaries() if each.name == name), None)
