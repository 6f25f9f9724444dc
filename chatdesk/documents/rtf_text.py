"""Makes blocks of the text of RTF: paragraphs, headings, items, rows of tables, notes."""

from __future__ import annotations

import re

from chatdesk.documents.blocks import Block, comment, heading, item, paragraph, row
from chatdesk.documents.pages import Pages
from chatdesk.documents.rtf_groups import Place

_HEADING = re.compile(r"heading ([1-9])", re.I)
_BODY_TEXT = 9  # the outline level of what is no heading
_NOTES = (Place.footnote, Place.annotation)


class RtfText:
    """The blocks so far, and the paragraph that is being read."""

    def __init__(self) -> None:
        self._pages = Pages()
        self._text: list[str] = []
        self._cells: list[str] = []
        self._in_table = False
        self._level = 0
        self._style = 0
        self._depth = 0
        self._in_list = False
        self._has_mark = False  # the paragraph brings a picture of its bullet
        self._note: list[str] = []
        self._notes: list[str] = []  # of the paragraph
        self._footnotes = 0
        self._after_section = False
        self._sections_break = True
        self._levels: dict[int, int] = {}  # of headings by the number of their style
        self._style_text = ""

    def pages(self) -> Pages:
        """Return all blocks; to be called at the end."""
        self._end_row()
        self._in_table = False
        self._end_paragraph()
        return self._pages

    def add(self, text: str, place: Place) -> None:
        if place == Place.text:
            self._text.append(text)
        elif place in _NOTES:
            self._note.append(text)
        elif place == Place.styles:
            self._style_text += text

    def enter(self, word: str, place: Place, before: Place) -> None:
        """Begin a group; `before` is the place that it stands in."""
        if word in ("pntext", "listtext"):
            self._has_mark = True
        elif place == Place.footnote and before == Place.text:
            self._footnotes += 1

    def leave(self, place: Place, after: Place) -> None:
        """End a group; `after` is the place that it stood in."""
        if place == Place.styles:
            self._end_style()
        elif place in _NOTES and after != place:
            text = "".join(self._note).strip()
            self._note.clear()
            if text:
                is_footnote = place == Place.footnote
                self._notes.append(f"[^{self._footnotes}]: {text}" if is_footnote else comment(text).text)

    def order(self, word: str, number: int | None, place: Place) -> None:
        """Follow a word that begins, ends or describes a paragraph."""
        if place in _NOTES:
            if word == "par":
                self._note.append("\n")
        elif place == Place.styles:
            self._describe(word, number or 0)
        elif (end := _ENDS.get(word)) is not None:
            end(self)
        elif word == "chftn":
            self._text.append(f"[^{self._footnotes + 1}]")
        else:
            self._describe(word, number or 0)

    def _describe(self, word: str, number: int) -> None:
        if word == "s":
            self._style = number
        elif word == "outlinelevel":
            self._level = number + 1 if 0 <= number < _BODY_TEXT else 0
        elif word == "ls":
            self._in_list = number > 0
        elif word == "ilvl":
            self._depth = number
        elif word == "intbl":
            self._in_table = True
        elif word in ("sbknone", "sbkcol"):
            self._sections_break = False

    def _end_style(self) -> None:
        name = self._style_text.strip().rstrip(";")
        match = _HEADING.fullmatch(name)
        level = int(match[1]) if match else 1 if name.casefold() == "title" else self._level
        if name and level:
            self._levels[self._style] = level
        self._style_text = ""
        self._begin_paragraph()

    def _begin_paragraph(self) -> None:
        self._level, self._style, self._depth = 0, 0, 0
        self._in_list = self._in_table = False

    def _end_paragraph(self) -> None:
        if self._in_table:
            self._text.append("\n")
            return
        self._break_section()
        self._pages.add(self._block("".join(self._text)))
        self._text.clear()
        self._has_mark = False
        self._end_notes()

    def _block(self, text: str) -> Block:
        level = self._level or self._levels.get(self._style, 0)
        if level:
            return heading(level, text)
        return item(text, self._depth) if self._in_list or self._has_mark else paragraph(text)

    def _end_notes(self) -> None:
        for note in self._notes:
            self._pages.add(paragraph(note))
        self._notes.clear()

    def _end_cell(self) -> None:
        self._cells.append("".join(self._text))
        self._text.clear()
        self._has_mark = False

    def _end_row(self) -> None:
        if self._cells:
            self._break_section()
            self._pages.add(row(self._cells))
            self._cells.clear()
            self._end_notes()

    def _end_page(self) -> None:
        self._end_paragraph()
        self._pages.break_made()

    def _end_section(self) -> None:
        self._end_paragraph()
        self._after_section = True

    def _begin_section(self) -> None:
        self._sections_break = True

    def _break_section(self) -> None:
        """Begin a page if the section does that begins here; it says so behind the end of the one before."""
        if self._after_section and self._sections_break:
            self._pages.break_made()
        self._after_section = False

    def _find_page(self) -> None:
        if not self._text:
            self._pages.break_found()


_ENDS = {
    "par": RtfText._end_paragraph,
    "pard": RtfText._begin_paragraph,
    "cell": RtfText._end_cell,
    "row": RtfText._end_row,
    "page": RtfText._end_page,
    "softpage": RtfText._find_page,
    "sect": RtfText._end_section,
    "sectd": RtfText._begin_section,
}
