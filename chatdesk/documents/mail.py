"""Reads e-mails and web pages that were saved as one file."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from chatdesk.documents.blocks import in_sections, joined, one_line
from chatdesk.documents.encodings import decoded
from chatdesk.documents.html import page_blocks, text_of
from chatdesk.documents.parts import Noted, Part, Piece, Refusal, Refused
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind

LARGEST = 64 << 20  # bytes, attachments included
_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_SHORT = 80  # characters; a plain text of less beside a page says only that there is a page
# What the library raises over headers and parts that are not as the standard wants them.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def read(path: Path, password: str) -> Iterator[Piece]:  # noqa: ARG001  encrypted mails are texts like others
    """Yield the mail as one whole, a saved page in sections. Raises Refused, OSError."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(Refusal.too_big, "a mail of more than 64 MiB")
    try:
        message = message_from_bytes(content, policy=policy.default)
    except _FAULTS as error:
        raise Refused(Refusal.damaged, str(error)) from error
    if _is_saved_page(message):
        yield from in_sections(page_blocks(_page(message)))
        return
    attachments = _attachments(message)
    if attachments:
        yield Noted(ReadingNote(NoteKind.left_out, len(attachments)))
    named = [f"[Attachment: {name}]" for name in attachments]
    pieces = ("\n".join(_headers(message)), _body(message), "\n".join(named))
    yield Part(UnitKind.whole, "", "\n\n".join(filter(None, pieces)))


def _is_saved_page(message: EmailMessage) -> bool:
    """Whether a browser wrote this, in the form that mails have."""
    return "Snapshot-Content-Location" in message or "saved by" in _header(message, "From").casefold()


def _headers(message: EmailMessage) -> list[str]:
    lines = [(name, one_line(_header(message, name))) for name in _HEADERS]
    return [f"{name}: {value}" for name, value in lines if value]


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except _FAULTS:
        return ""


def _body(message: EmailMessage) -> str:
    """Return the text that the sender wrote: the plain form, or that of a page where there is no other."""
    plain = _part(message, "plain")
    text = _text(plain).strip() if plain is not None else ""
    if len(text) < _SHORT and (page := _page(message)):
        shown = joined(page_blocks(page))
        return shown if len(shown) > len(text) else text
    return text


def _page(message: EmailMessage) -> str:
    part = _part(message, "html")
    return "" if part is None else _text(part)


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    """Return the part with the body in this form."""
    try:
        found = message.get_body((kind,))
    except _FAULTS:
        found = None
    if found is None:
        found = next((part for part in _leaves(message) if part.get_content_type() == f"text/{kind}"), None)
    return found if isinstance(found, EmailMessage) else None


def _text(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset("us-ascii")
    if charset != "us-ascii":
        try:
            return content.decode(charset, "replace")
        except (LookupError, ValueError):  # no such encoding, or not one of texts
            pass
    text = text_of(content) if part.get_content_subtype() == "html" else decoded(content)
    return text or ""


def _attachments(message: EmailMessage) -> list[str]:
    """Return the names of the files that came with a mail, without the pictures that its text shows."""
    names = []
    for part in _leaves(message):
        is_attached = part.get_content_disposition() == "attachment"
        is_shown = part.get_content_maintype() == "image" and "Content-ID" in part and not is_attached
        name = part.get_filename()
        if is_attached or (not is_shown and (name or part.get_content_maintype() != "text")):
            names.append(one_line(name or part.get_content_type()))
    return names


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the parts that have no parts; a mail inside this one is such a part."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting.extend(one for one in reversed(inner) if isinstance(one, EmailMessage))
        else:
            yield part
