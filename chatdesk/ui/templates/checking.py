"""Finds what is wrong with a template while it is written, and at which field."""

from __future__ import annotations

from dataclasses import dataclass

from chatdesk.domain.template_errors import TemplateInvalid
from chatdesk.domain.templates import Wording
from chatdesk.domain.words import tr
from chatdesk.tasks.template_text import read_wording
from chatdesk.tasks.template_writing import write_wording
from chatdesk.tasks.toml_tables import Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is a part of a template ("title", "text" and so on); `variable` is the name of one."""

    sentence: str
    field: str = ""
    variable: str = ""


def fault_of(what: Wording, folder: str) -> Fault | None:
    """Return the first thing that is wrong, None when it can be kept."""
    if not what.title.strip():
        return Fault(tr("Give it a title."), "title")
    try:
        read_wording(write_wording(what, folder), what.title)
    except TemplateInvalid as error:
        cause = error.__cause__
        path = tuple(map(str, cause.path)) if isinstance(cause, Refused) else ()
        reason = cause.reason if isinstance(cause, Refused) else error.reason
        sentence = f"{reason[:1].upper()}{reason[1:]}."
        if path[:1] == ("variables",) and len(path) > 1:
            return Fault(sentence, path[-1], path[1])
        return Fault(sentence, path[0] if path else "")
    return None
