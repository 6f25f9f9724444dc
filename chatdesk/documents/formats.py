"""Which extractor reads a file: its content decides where it can, its name where texts look alike."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from chatdesk.documents.parts import Extractor, Refusal, Refused

_HEAD = 4096  # bytes that are looked at
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")  # PNG, JPEG, TIFF
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Office files before 2007, and of encrypted ones


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of files and the function that reads them, imported only where it is needed."""

    extractor: str  # "module:function" in this package
    suffixes: tuple[str, ...] = ()
    container: str = ""  # "zip" or "pdf" for formats that cannot be anything else

    def load(self) -> Extractor:
        module, _, name = self.extractor.partition(":")
        return cast(Extractor, getattr(importlib.import_module(f"chatdesk.documents.{module}"), name))


PDF = Format("pdf_shared:read", (".pdf",), "pdf")
DOCX = Format("docx:read", (".docx", ".docm", ".dotx"), "zip")
PPTX = Format("pptx:read", (".pptx", ".pptm", ".ppsx"), "zip")
SHEETS = Format("sheets:read", (".xlsx", ".xlsm", ".xlsb", ".ods"), "zip")
OLD_SHEETS = Format("sheets:read", (".xls",))
OPEN_TEXT = Format("opendocument:read", (".odt", ".odp", ".ott"), "zip")
EPUB = Format("epub:read", (".epub",), "zip")
HTML = Format("html:read", (".html", ".htm", ".xhtml"))
RTF = Format("rtf:read", (".rtf",))
MAIL = Format("mail:read", (".eml", ".mhtml", ".mht"))
CSV = Format("csv_tables:read", (".csv", ".tsv"))
MARKDOWN = Format("markdown:read", (".md", ".markdown"))
SUBTITLES = Format("subtitles:read", (".srt", ".vtt"))
PICTURE = Format("pictures:read")
TEXT = Format("plain_text:read")

FORMATS = (
    PDF, DOCX, PPTX, SHEETS, OLD_SHEETS, OPEN_TEXT, EPUB, HTML, RTF, MAIL, CSV, MARKDOWN, SUBTITLES, PICTURE,
    TEXT,
)  # fmt: skip
_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
_BY_MIME_TYPE = {
    "application/epub+zip": EPUB,
    "application/vnd.oasis.opendocument.text": OPEN_TEXT,
    "application/vnd.oasis.opendocument.text-template": OPEN_TEXT,
    "application/vnd.oasis.opendocument.presentation": OPEN_TEXT,
    "application/vnd.oasis.opendocument.spreadsheet": SHEETS,
}
_BY_MEMBER = {
    "word/document.xml": DOCX,
    "ppt/presentation.xml": PPTX,
    "xl/workbook.xml": SHEETS,
    "xl/workbook.bin": SHEETS,
    "content.xml": OPEN_TEXT,
    "META-INF/container.xml": EPUB,
}
_STREAMS = {  # names of streams in an old container: a text may hold a table, so texts come first
    "EncryptedPackage": Refusal.locked,
    "WordDocument": Refusal.unsupported,
    "PowerPoint Document": Refusal.unsupported,
}
_SHEET_STREAMS = ("Workbook", "Book")


def format_of(path: Path) -> Format:
    """Return how to read a file. Raises Refused, OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    named = _BY_SUFFIX.get(path.suffix.casefold(), TEXT)
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(_PICTURES):
        return PICTURE
    if head.startswith(b"PK\x03\x04") or (head.startswith(b"PK") and named.container == "zip"):
        return _in_zip(path, named)
    if head.startswith(_OLE):
        return _in_old_container(path, named)
    if named.container:
        raise Refused(Refusal.damaged, f"no {named.container} file")
    if head.startswith(b"{\\rtf"):
        return RTF
    return _among_texts(head, named)


def _in_zip(path: Path, named: Format) -> Format:
    import zipfile  # most documents are none, and it takes as long as ten pages

    from chatdesk.documents.zip_faults import FAULTS

    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
            if "mimetype" in members and archive.getinfo("mimetype").file_size < 100:
                mime_type = archive.read("mimetype").decode("ascii", "replace").strip()
                if mime_type in _BY_MIME_TYPE:
                    return _BY_MIME_TYPE[mime_type]
    except FAULTS as error:
        raise Refused(Refusal.damaged, str(error)) from error
    for member, one in _BY_MEMBER.items():
        if member in members:
            return one
    if named.container == "zip":
        raise Refused(Refusal.damaged, "a zip file without a document")
    raise Refused(Refusal.unsupported, "a zip file")


def _in_old_container(path: Path, named: Format) -> Format:
    with path.open("rb") as file:
        content = file.read(64 << 20)
    has_sheets = any(_has_stream(content, stream) for stream in _SHEET_STREAMS)
    if has_sheets and named is OLD_SHEETS:
        return OLD_SHEETS
    for stream, refusal in _STREAMS.items():
        if _has_stream(content, stream):
            raise Refused(refusal, stream)
    if has_sheets:
        return OLD_SHEETS
    raise Refused(Refusal.unsupported, "an old container")


def _has_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in content


def _among_texts(head: bytes, named: Format) -> Format:
    beginning = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_page = beginning.startswith((b"<!doctype html", b"<html"))
    if is_page and named in (TEXT, OLD_SHEETS):
        return HTML
    if named is OLD_SHEETS:  # many programs write tables of text under this name
        return CSV
    return TEXT if named is RTF else named
