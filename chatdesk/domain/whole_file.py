"""Writes a file so that it is there as a whole, or as it was before."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from chatdesk.domain.document_errors import DocumentDiskFull, DocumentNotSaved

_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Give a file that takes the place of `target` at the end; an exception leaves `target` as it was.

    Raises DocumentNotSaved and DocumentDiskFull.
    """
    unfinished = target.with_name(f".{uuid4().hex}.new")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        try:
            with unfinished.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in _FULL:
            raise DocumentDiskFull(target) from error
        raise DocumentNotSaved(target, error.strerror or str(error)) from error
