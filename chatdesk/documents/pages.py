"""Gathers the blocks of a word processor's file page by page, and tells whether its pages can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from chatdesk.documents.blocks import Block, in_sections, joined
from chatdesk.documents.parts import Expected, Part, Piece
from chatdesk.domain.documents import UnitKind

LONGEST_PAGE = 8_000  # characters; where one is longer, the breaks in the file are only some of all


class Pages:
    """The blocks so far; the last page is open.

    Two kinds of breaks are known: those that the writer made, and those that the program found when it laid
    the text out. Programs that note the second kind often note it at the first kind too.
    """

    def __init__(self) -> None:
        self._pages: list[list[Block]] = [[]]
        self._after_made_break = False

    def add(self, block: Block) -> None:
        if block.text:
            self._pages[-1].append(block)
            self._after_made_break = False

    def break_made(self, only_after_text: bool = False) -> None:
        if self._pages[-1] or not only_after_text:
            self._pages.append([])
            self._after_made_break = True

    def break_found(self) -> None:
        if not self._after_made_break:
            self._pages.append([])
        self._after_made_break = False

    def blocks(self) -> list[Block]:
        """Return the blocks of all pages."""
        return [block for page in self._pages for block in page]

    def parts(self) -> Iterator[Piece]:
        """Yield the pages where they are all known, else sections by heading."""
        texts = [joined(page) for page in self._pages]
        if len(texts) > 1 and max(map(len, texts)) <= LONGEST_PAGE:
            yield Expected(len(texts))
            for index, text in enumerate(texts, 1):
                yield Part(UnitKind.page, str(index), text)
        else:
            yield from in_sections(self.blocks())
