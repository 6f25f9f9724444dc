"""Pages that a process of its own lays out: as the window would, and ended when they are not wanted."""

import threading

import pytest
from PySide6.QtGui import QGuiApplication

from chatdesk.domain.cancel import CancelToken
from chatdesk.ui.export.paper import laid_out
from chatdesk.ui.export.typesetter import Typesetter

LONG = "<p>a line of <b>words</b></p>" * 30_000  # takes many seconds


def looks(pdf):
    """Return the fonts of a PDF and how many pages it has."""
    fonts = {line.partition(b"+")[2] for line in pdf.splitlines() if line.startswith(b"/FontName")}
    return fonts, [line for line in pdf.splitlines() if line.startswith(b"/Count")]


def test_pages_look_as_those_of_the_window_and_a_crash_is_an_error(qapp):
    html = "<h1>Tides</h1><p>The <b>moon</b> &amp; the <i>sun</i>, <code>x = 1</code></p>" * 30
    with Typesetter(QGuiApplication.font().families(), CancelToken()) as typesetter:
        assert looks(typesetter(html, "pdf", "Tides")) == looks(laid_out(html, "pdf", "Tides"))
        assert typesetter(html, "odt", "Tides").startswith(b"PK")
        process, _ = typesetter._child
        process.kill()
        process.join()
        with pytest.raises(OSError, match="could not be laid out"):
            typesetter(html, "pdf", "Tides")


def test_what_is_not_wanted_any_more_is_given_up_at_once(qapp):
    cancel = CancelToken()
    with Typesetter((), cancel) as typesetter:
        typesetter("<p>ready</p>", "odt", "")
        process, _ = typesetter._child
        threading.Timer(0.1, cancel.cancel).start()
        assert typesetter(LONG, "pdf", "") == b""
    assert process.exitcode not in (None, 0)
