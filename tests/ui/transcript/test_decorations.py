"""Bullets, bars, boxes and rules as they are painted."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCursor, QTextDocument

from chatdesk.ui.transcript.decorations import paint_decorations
from chatdesk.ui.transcript.formats import LIGHT, Formats
from chatdesk.ui.transcript.markdown import parse
from chatdesk.ui.transcript.render import BlockWriter


def painted(text, width=300):
    """The left and right edge of what is painted besides the text, and its colours."""
    formats = Formats()
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setIndentWidth(formats.indent)
    writer = BlockWriter(formats, QTextCursor(document), empty=True)
    for block in parse(text, {}):
        writer.write(block)
    document.setTextWidth(width)
    document.documentLayout().documentSize()
    image = QImage(width, 120, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_decorations(painter, document, QRectF(0, 0, width, 120), formats)
    painter.end()
    white = QColor("white").rgb()
    marked = [(x, y) for x in range(width) for y in range(120) if image.pixel(x, y) != white]
    columns = [x for x, _ in marked]
    return (
        (min(columns), max(columns), {QColor(image.pixel(x, y)).name() for x, y in marked})
        if marked
        else None
    )


def test_a_bullet_stands_left_of_its_text(qapp):
    left, right, colours = painted("- item")
    assert 5 < left <= right < 27
    assert LIGHT.muted in colours


def test_a_bullet_of_right_to_left_text_stands_at_its_right(qapp):
    left, _, _ = painted("- عنصر")
    assert left > 270


def test_a_done_task_has_a_filled_box(qapp):
    assert LIGHT.accent in painted("- [x] done")[2]
    assert LIGHT.accent not in painted("- [ ] open")[2]


@pytest.mark.parametrize(("text", "side"), [("> quote", "left"), ("> اقتباس", "right")])
def test_a_quote_has_its_bar_where_its_lines_begin(qapp, text, side):
    left, right, colours = painted(text)
    assert colours == {LIGHT.border}
    assert (right < 15) if side == "left" else (left > 285)


def test_a_rule_runs_across_the_column(qapp):
    left, right, _ = painted("a\n\n---\n\nb")
    assert left < 3
    assert right > 295


def test_plain_paragraphs_have_no_decoration(qapp):
    assert painted("# heading\n\ntext") is None
