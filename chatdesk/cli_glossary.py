"""The glossary that a command names: one of the application, or one from a file."""

from __future__ import annotations

from pathlib import Path

from chatdesk.documents.exchange.files import ExchangeFiles
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.document_errors import DocumentUnsupported
from chatdesk.domain.exchange import GLOSSARY_SUFFIXES, GlossaryFile
from chatdesk.domain.glossaries import Glossary, GlossaryId, Term
from chatdesk.domain.translation_errors import NoSuchGlossary
from chatdesk.domain.translation_ports import Glossaries
from chatdesk.domain.words import tr
from chatdesk.terminal import complain


class CommandGlossaries:
    """The Glossaries of the ports: those of the application and one from a file, which is not kept."""

    def __init__(self, stored: Glossaries) -> None:
        self._stored = stored
        self._from_file: Glossary | None = None

    def find(self, name: str, source: str, target: str, cancel: CancelToken) -> GlossaryId:
        """Return the glossary of that name, else the one in the file. Raises DocumentError, StorageError.

        `source` and `target` are codes of languages, "" for what the file says.
        """
        stored = self._stored.glossaries()
        named = next((each for each in stored if each.name == name), None)
        if named is not None:
            return named.id
        path = Path(name).expanduser()
        if not path.exists():
            raise NoSuchGlossary(name, [each.name for each in stored])
        terms, _ = read_terms(path, source, target, cancel)
        # Named by its file, so that a stopped translation is found again by the same command.
        self._from_file = Glossary(path.name, source, target, terms, GlossaryId(str(path.resolve())))
        return self._from_file.id

    def glossaries(self) -> list[Glossary]:
        return self._stored.glossaries()

    def glossary(self, glossary: GlossaryId) -> Glossary | None:
        if self._from_file is not None and self._from_file.id == glossary:
            return self._from_file
        return self._stored.glossary(glossary)

    def save(self, glossary: Glossary) -> None:
        self._stored.save(glossary)

    def delete(self, glossary: GlossaryId) -> None:
        self._stored.delete(glossary)


def read_terms(
    path: Path, source: str, target: str, cancel: CancelToken
) -> tuple[tuple[Term, ...], tuple[str, str]]:
    """Return the terms of a file and its languages ("" where it gives none); what was left out is printed.

    Raises DocumentError.
    """
    if path.is_file() and path.suffix.casefold() not in GLOSSARY_SUFFIXES:
        raise DocumentUnsupported(path)
    for event in ExchangeFiles().read_glossary(path, source, target, cancel):
        if isinstance(event, GlossaryFile):
            for problem in event.problems:
                place = tr("line {line}: ").format(line=problem.line) if problem.line else ""
                complain(f"{path.name}: {place}{problem.reason}")
            return event.terms, (event.source, event.target)
    return (), ("", "")
