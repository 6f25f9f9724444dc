"""The process that lays pages out: it is sent HTML and answers with files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection

from chatdesk.children import ignore_interrupts


def main(pipe: Connection, fonts: Sequence[str]) -> None:
    """Answer each (HTML, kind, title) with what `laid_out` returns, b"" for what it cannot write.

    `fonts` are the families of the window's font. Ends with the pipe.
    """
    ignore_interrupts()
    if sys.platform != "win32":  # where Qt finds the fonts of the system without a window, too
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from chatdesk.ui.export.paper import laid_out

    application = QGuiApplication([])
    if fonts:
        font = application.font()
        font.setFamilies(fonts)
        application.setFont(font)
    try:
        while True:
            html, kind, title = pipe.recv()
            try:
                data = laid_out(html, kind, title)
            except OSError:
                data = b""
            pipe.send_bytes(data)
    except (EOFError, OSError):  # nobody listens any more
        os._exit(0)
