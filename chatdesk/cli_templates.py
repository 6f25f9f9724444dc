"""Fills a template for a command: fields by name, documents by their files, the text where one is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.documents.reader import DocumentReader
from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.chat import Attachment, Draft
from chatdesk.domain.chat_ports import Chats
from chatdesk.domain.document_errors import DocumentEmpty
from chatdesk.domain.documents import Document
from chatdesk.domain.template_errors import NoSuchTemplate, TemplateNotFilled
from chatdesk.domain.templates import PromptTemplate, Value, VariableKind
from chatdesk.domain.words import tr
from chatdesk.flows.templates import TemplateLibrary
from chatdesk.tasks.template_fill import fill

_FOR_TEXTS = (VariableKind.long_text, VariableKind.clipboard, VariableKind.selection)


def filled_draft(
    name: str, fields: Mapping[str, str], text: str, library: TemplateLibrary, chats: Chats
) -> Draft:
    """Return the question that the template of that command or title makes; its use is counted.

    `text` goes into the first field that wants a text and has no value, else below. Raises NoSuchTemplate,
    TemplateNotFilled, DocumentError, StorageError.
    """
    entry = library.named(name)
    template = entry.what
    if not isinstance(template, PromptTemplate):
        raise NoSuchTemplate(name)
    values: dict[str, Value] = dict(fields)
    for variable in template.variables:
        if variable.kind is VariableKind.document and variable.name in fields:
            values[variable.name] = _attached(Path(fields[variable.name]).expanduser(), chats)
    place = _place_for(template, fields) if text else ""
    if place:
        values[place] = text
    try:
        draft = fill(template, values, datetime.now(UTC).astimezone().date()).draft
    except TemplateNotFilled as error:
        _name_fields(error, template)
        raise
    library.note_use(entry.id)
    return Draft(f"{draft.text}\n\n{text}", draft.attachments) if text and not place else draft


def _place_for(template: PromptTemplate, fields: Mapping[str, str]) -> str:
    free = [each for each in template.variables if each.name not in fields]
    needed = [each for each in free if each.required and each.default is None]
    lines = [each for each in needed if each.kind is VariableKind.text]
    texts = [each for each in (*needed, *free) if each.kind in _FOR_TEXTS]
    return next((each.name for each in (*texts, *lines)), "")


def _attached(path: Path, chats: Chats) -> Attachment:
    for event in DocumentReader().read(path, "", CancelToken()):
        if isinstance(event, Document):
            return chats.keep(event)
    raise DocumentEmpty(path)


def _name_fields(error: TemplateNotFilled, template: PromptTemplate) -> None:
    known = {each.name for each in template.variables}
    wanted = dict.fromkeys(each.variable for each in error.problems if each.variable in known)
    if wanted:
        fields = " ".join(f"--set {name}=…" for name in wanted)
        error.hint = tr("Give it in the command: {fields}").format(fields=fields)
