"""A recogniser that stands in for the one of the extra: it says how large the page is, and where."""

from chatdesk.documents.recognition_child import Sheet
from chatdesk.domain.recognition import TextLine


def start():
    return lambda sheet: [
        TextLine("A harbour in the year 1932", 0.1, 0.1, 0.8, 0.05),
        TextLine("It had 14 cranes and a long", 0.1, 0.3, 0.8, 0.02),
        TextLine("quay. The sheet is 1 wide.", 0.1, 0.325, 0.8, 0.02),
        TextLine(f"Pixels: {sheet.width} x {sheet.height}", 0.1, 0.5, 0.5, 0.02),
    ]


def picture(path, number):
    return Sheet(10 * number, 20, 30 * number, b"\xff" * 600 * number)
