"""Reads and writes the files by which templates and personas are shared."""

from __future__ import annotations

from pathlib import Path

from chatdesk.domain.template_errors import TemplateFileTooLarge, TemplateFileUnreadable, TemplateInvalid
from chatdesk.domain.whole_file import whole_file
from chatdesk.domain.words import tr

MOST_MEGABYTES = 4


class TomlFiles:
    """The TemplateFiles of the ports."""

    def read(self, path: Path) -> str:
        """Return the text of a file.

        Raises TemplateFileUnreadable, TemplateFileTooLarge, and TemplateInvalid for what is no text.
        """
        most = MOST_MEGABYTES << 20
        try:
            if not path.is_file():
                path.stat()
                raise TemplateFileUnreadable(path, tr("it is a folder or a device"))
            with path.open("rb") as file:
                content = file.read(most + 1)
        except OSError as error:
            raise TemplateFileUnreadable(path, error.strerror or str(error)) from error
        if len(content) > most:
            raise TemplateFileTooLarge(path, MOST_MEGABYTES)
        try:
            return content.decode("utf-8-sig")
        except ValueError as error:
            raise TemplateInvalid(path.name, tr("it is no text in UTF-8")) from error

    def write(self, path: Path, text: str) -> None:
        """Put the text into the place of `path`, as a whole or not at all.

        Raises DocumentNotSaved and DocumentDiskFull.
        """
        with whole_file(path) as file:
            file.write(text.encode("utf-8", "replace"))
