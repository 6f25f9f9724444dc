"""Writes PO files with translations where they have none, each marked to be looked at by someone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from chatdesk.documents.parts import Refusal, Refused
from chatdesk.documents.rewrite.inline import Paragraph
from chatdesk.documents.rewrite.po_entries import Entry, entries, quoted
from chatdesk.documents.rewrite.po_plurals import Plurals, plurals_of
from chatdesk.documents.rewrite.slots import Slots
from chatdesk.documents.rewrite.source_text import Edits, Source, content_of
from chatdesk.documents.rewrite.tagged import flat, nodes_of
from chatdesk.domain.markup import MarkedFile

_CHARSET = re.compile(rb"charset=([\w.:-]{2,40})")
_HEADER_CHARSET = re.compile(r"(charset=)[\w.:-]+")
_FUZZY = re.compile(r"#,.*\bfuzzy\b")


def read(path: Path) -> MarkedFile:
    """Return the texts of a file that have no translation yet. Raises Refused, OSError, MemoryError."""
    return _Catalogue(path).slots.file()


def write(path: Path, texts: Sequence[str | None], target: Path, language: str) -> Sequence[int]:
    """Write the file with translations; return those whose marks did not fit. Raises Refused, OSError."""
    catalogue = _Catalogue(path)
    simplified = catalogue.slots.put(texts)
    target.write_bytes(catalogue.written(language))
    return simplified


class _Catalogue:
    def __init__(self, path: Path) -> None:
        content = content_of(path)
        declared = _CHARSET.search(content[:8192])
        self._source = Source(content, declared[1].decode("ascii") if declared else "")
        self.slots = Slots()
        self._header: Entry | None = None
        self._entries: list[_Translated] = []
        found = False
        for entry in entries(self._source.text):
            found = True
            if entry.is_header:
                self._header = self._header or entry
            elif not any(part.text for part in entry.translations.values()):
                self._add(entry)
        if not found and self._source.text.strip():
            raise Refused(Refusal.damaged, "no entries")

    def _add(self, entry: Entry) -> None:
        translated = _Translated(entry)
        context = entry.parts["msgctxt"].text[:100] if "msgctxt" in entry.parts else ""
        self._entries.append(translated)
        for slot in translated.slots:
            self.slots.add(context, slot)

    def written(self, language: str) -> bytes:
        """Return the file with what its entries have been given."""
        source = self._source
        edits = Edits(source.text)
        plurals = plurals_of(language)
        for translated in self._entries:
            translated.change(edits, source, plurals)
        if not edits:
            return source.content
        text = self._with_header(edits, language, "")
        return source.encoded(text if source.holds(text) else self._with_header(edits, language, "UTF-8"))

    def _with_header(self, edits: Edits, language: str, charset: str) -> str:
        """Return the text with a header that says language, plural forms, and a new encoding if any."""
        source = self._source
        part = self._header.parts.get("msgstr") if self._header else None
        text = part.text if part else ""
        if not text:
            text = "Content-Type: text/plain; charset=CHARSET\nContent-Transfer-Encoding: 8bit\n"
        if "charset=CHARSET" in text:
            charset = charset or source.encoding.upper()
        if charset:
            text = _HEADER_CHARSET.sub(rf"\g<1>{charset}", text)
        if language:
            text = _with_field(text, "Language", language.replace("-", "_"))
            text = _with_field(text, "Plural-Forms", plurals_of(language).header)
        header = f"msgstr {quoted(text, wraps=False, line_end=source.line_end)}"
        if part:
            edits.change(part.start, part.end, header)
            return edits.result()
        return source.line_end.join(('msgid ""', header, "", edits.result()))


def _with_field(header: str, name: str, value: str) -> str:
    """Return a header in which a field has a value."""
    found = re.search(rf"^{name}:[^\n]*", header, re.M)
    if found:
        return f"{header[: found.start()]}{name}: {value}{header[found.end() :]}"
    return f"{header.rstrip(chr(10))}\n{name}: {value}\n"


class _Translated:
    """An entry without a translation, and what it is given."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        names = [name for name in ("msgid", "msgid_plural") if name in entry.parts]
        self.slots = [_TextSlot(entry.parts[name].text) for name in names]

    def change(self, edits: Edits, source: Source, plurals: Plurals) -> None:
        """Write what it has been given."""
        if all(slot.new is None for slot in self.slots):
            return
        said = [slot.new if slot.new is not None else slot.old for slot in self.slots]
        entry = self._entry
        # As the source does: long texts stand in one line only where it has one.
        wraps = any(entry.parts[name].lines > 1 for name in ("msgid", "msgid_plural") if name in entry.parts)
        wraps = wraps or max(map(len, (slot.old for slot in self.slots))) < 78
        written = [quoted(text, wraps=wraps, line_end=source.line_end) for text in said]
        if len(said) == 1:
            lines = [f"msgstr {written[0]}"]
        else:
            forms = (written[0 if number == plurals.of_one else 1] for number in range(plurals.count))
            lines = [f"msgstr[{number}] {form}" for number, form in enumerate(forms)]
        old = entry.translations.values()
        start, end = min(part.start for part in old), max(part.end for part in old)
        edits.change(start, end, source.line_end.join(lines))
        self._mark(edits, source)

    def _mark(self, edits: Edits, source: Source) -> None:
        """Let the entry say that it is to be looked at."""
        flags = self._entry.flags
        if flags is None:
            edits.change(self._entry.start, self._entry.start, f"#, fuzzy{source.line_end}")
        elif not _FUZZY.match(source.text[flags.start : flags.end]):
            edits.change(flags.start + 2, flags.start + 2, " fuzzy,")


class _TextSlot:
    def __init__(self, text: str) -> None:
        self._paragraph = Paragraph(nodes_of(text))
        self.old = text
        self.new: str | None = None
        self.text = self._paragraph.text

    def put(self, text: str) -> bool:
        """Keep the translation; return whether its marks fit."""
        nodes, fits = self._paragraph.with_text(text)
        self.new = flat(nodes)
        return fits
