"""The templates and personas that come with the application."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from chatdesk import paths
from chatdesk.domain.template_errors import TemplateInvalid
from chatdesk.tasks.template_text import WordingFile, read_wording


@cache
def builtins() -> Mapping[str, WordingFile]:
    """Return all of them by the names of their files. Raises TemplateInvalid."""
    found = {}
    for path in sorted((paths.assets() / "templates").glob("*.toml")):
        try:
            source = path.read_text("utf-8")
        except (OSError, ValueError) as error:
            raise TemplateInvalid(path.name, str(error)) from error
        found[path.stem] = read_wording(source, path.name)
    return found
