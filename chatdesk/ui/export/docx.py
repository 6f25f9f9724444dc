"""Writes Markdown as a Word document: headings, paragraphs, lists, tables, code, quotes and pictures."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from xml.sax.saxutils import quoteattr

from chatdesk.ui.export.docx_blocks import Blocks, Look, paragraph, run

_PICTURE_TYPES = {b"\x89PNG": "png"}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HERE = "http://schemas.openxmlformats.org"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<Types xmlns="{_HERE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATION = f"{_HERE}/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_HERE}/wordprocessingml/2006/main" xmlns:r="{_RELATION}"'
    f' xmlns:wp="{_HERE}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_HERE}/drawingml/2006/main"'
    f' xmlns:pic="{_HERE}/drawingml/2006/picture"'
)
_WIDEST = 12.0  # centimetres of a picture
_PER_INCH, _EMU = 96, 360_000  # pixels; Word's units in a centimetre


class WordDocument:
    """Takes parts from top to bottom; `data` returns the file."""

    def __init__(self) -> None:
        self._body: list[str] = []
        self._pictures: list[tuple[str, bytes]] = []

    def heading(self, text: str, points: float) -> None:
        look = Look(bold=True, size=round(2 * points))
        self._body.append(paragraph(run(text, look), before=12, heading=True))

    def text(self, text: str, points: float = 0, grey: bool = False, italic: bool = False) -> None:
        """Add plain text; its lines stay lines."""
        look = Look(italic=italic, grey=grey, size=round(2 * points))
        self._body.append(paragraph(run(text, look)))

    def markdown(self, text: str) -> None:
        self._body += Blocks().of(text)

    def picture(self, data: bytes, name: str, width: int, height: int) -> None:
        """Add a PNG or JPEG of that many pixels, no wider than the page."""
        kind = _PICTURE_TYPES.get(data[:4], "jpeg")
        self._pictures.append((f"media/picture{len(self._pictures) + 1}.{kind}", data))
        wide = min(_WIDEST, width / _PER_INCH * 2.54)
        size = round(wide * _EMU), round(wide * _EMU * height / max(1, width))
        self._body.append(paragraph(_drawing(len(self._pictures), name, *size)))

    def data(self) -> bytes:
        """Return the file."""
        body = "".join(self._body)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _relations([("officeDocument", "word/document.xml")]))
            archive.writestr(
                "word/document.xml",
                f"{_DECLARATION}<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
            )
            archive.writestr(
                "word/_rels/document.xml.rels", _relations([("image", name) for name, _ in self._pictures])
            )
            for name, content in self._pictures:
                archive.writestr(f"word/{name}", content)
        return buffer.getvalue()


def _relations(targets: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_HERE}/package/2006/relationships">{inside}</Relationships>'


def _drawing(number: int, name: str, width: int, height: int) -> str:
    # Control characters and halves of surrogate pairs have no place in XML.
    fit = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    extent = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name={quoteattr(fit)}/>'
        f'<a:graphic><a:graphicData uri="{_HERE}/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name={quoteattr(fit)}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"/>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
