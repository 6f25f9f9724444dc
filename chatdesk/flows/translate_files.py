"""What happens when the user has a document translated: read, translated, written in its own format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.cancel import CancelToken
from chatdesk.domain.documents import Reading
from chatdesk.domain.markup import MarkedFile, Rewritten, marks
from chatdesk.domain.translation_ports import FileRewriting
from chatdesk.domain.translations import Segment, Translation, TranslationWishes, joined
from chatdesk.flows.translate import TranslateFlow
from chatdesk.flows.translating import TranslationOptions
from chatdesk.tasks.segments import Segments, cut

BETWEEN = "\n\n"  # stands between two texts of a file where they are read side by side
_WRITTEN_AS = {".pdf": ".txt", ".pot": ".po"}


@dataclass(frozen=True, slots=True)
class FileBegun:
    """The texts of a file have been read; `notes` are readable: what of it is not translated."""

    translation: Translation
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextsChanged:
    """The document is not the one that was translated: so many of its texts stay as they are."""

    count: int


class FileTranslationFlow:
    """Documents as translations: begun from a file, and written as one."""

    def __init__(self, flow: TranslateFlow, files: FileRewriting) -> None:
        self._flow = flow
        self._files = files

    def takes(self, path: Path) -> bool:
        """Whether a file can be translated into a file."""
        return self._files.takes(path)

    def begin(
        self, path: Path, wishes: TranslationWishes, options: TranslationOptions, cancel: CancelToken
    ) -> Iterator[Reading | FileBegun]:
        """Read a file and store a waiting translation of it. Raises DocumentError, StorageError."""
        for event in self._files.read(path, cancel):
            if isinstance(event, MarkedFile):
                cuts = _joined([_parts(each.text) for each in event.texts])
                begun = self._flow.begin_with(cuts, wishes, options, path.name, str(path))
                yield FileBegun(begun, event.notes)
            else:
                yield event

    def write(
        self, translation: Translation, target: Path, cancel: CancelToken
    ) -> Iterator[Reading | TextsChanged | Rewritten]:
        """Write the document with its translations; a paragraph that has none stays as it is.

        What has changed in it since it was read stays as well, and is told before. Nothing is written when
        cancelled. Raises DocumentError, also when the document changes meanwhile.
        """
        path = Path(translation.path)
        texts: list[str] | None = None
        for event in self._files.read(path, cancel):
            if isinstance(event, MarkedFile):
                texts = [each.text for each in event.texts]
        if texts is None:
            return
        written = _translated(texts, translation.segments)
        changed = _changed(texts, translation.segments)
        if changed:
            yield TextsChanged(changed)
        language = translation.wishes.target
        yield from self._files.write(path, written, target, language, cancel, sources=texts)


def target_path(path: Path, language: str) -> Path:
    """Return where a translated file is put if nothing else is chosen: "name.de.docx" beside "name.docx".

    Where that is taken by another file, a number tells them apart.
    """
    suffix = _WRITTEN_AS.get(path.suffix.casefold(), path.suffix)
    names = (f"{path.stem}.{_code(language)}{middle}{suffix}" for middle in _numbers())
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


def is_result(path: Path, language: str) -> bool:
    """Whether a file has the name of another one's translation that stands beside it."""
    found = re.fullmatch(rf"(.+)\.{re.escape(_code(language))}(\.\d+)?", path.stem)
    if found is None:
        return False
    suffixes = [path.suffix, *(old for old, new in _WRITTEN_AS.items() if new == path.suffix.casefold())]
    return any(path.with_name(found[1] + suffix).is_file() for suffix in suffixes)


def _code(language: str) -> str:
    return "".join(sign for sign in language if sign.isalnum() or sign == "-") or "translated"


def _numbers() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f".{number}"
        number += 1


def _parts(text: str) -> Segments:
    """Cut a long paragraph; one with formatting stays whole, since its marks belong together."""
    return Segments((text,), ("", "")) if marks(text) else cut(text)


def _joined(cuts: Sequence[Segments]) -> Segments:
    texts: list[str] = []
    gaps = [""]
    for number, each in enumerate(cuts):
        gaps[-1] += (BETWEEN if number else "") + each.gaps[0]
        texts += each.texts
        gaps += each.gaps[1:]
    return Segments(tuple(texts), tuple(gaps))


def _changed(texts: Sequence[str], segments: Sequence[Segment]) -> int:
    """Return how many texts of a file are not what was translated."""
    known = {segment.source for segment in segments}
    parts = [_parts(text).texts for text in texts]
    in_step = [part for each in parts for part in each] == [segment.source for segment in segments]
    return 0 if in_step else max(1, sum(not known.issuperset(each) for each in parts))


def _translated(texts: Sequence[str], segments: Sequence[Segment]) -> list[str | None]:
    """Return each text of a file put together from its translated parts, None where a part is missing.

    A part that stands elsewhere now is known by its source.
    """
    by_source = {segment.source: segment for segment in segments}
    written: list[str | None] = []
    at = 0
    for text in texts:
        cuts = _parts(text)
        parts = segments[at : at + len(cuts.texts)]
        at += len(cuts.texts)
        if [part.source for part in parts] != list(cuts.texts):
            parts = [by_source[text] for text in cuts.texts if text in by_source]
        known = len(parts) == len(cuts.texts) > 0
        if not known or any(not part.translation.strip() for part in parts):
            written.append(None)
            continue
        written.append(joined(cuts.gaps, [part.translation for part in parts]))
    return written
