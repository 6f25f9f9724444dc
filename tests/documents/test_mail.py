"""Mails: headers, the form that is read, attachments, encodings, saved pages, and broken ones."""

import contextlib
from email.message import EmailMessage

import pytest

from chatdesk.documents.mail import read
from chatdesk.documents.parts import Noted, Part, Refused
from chatdesk.domain.documents import NoteKind, ReadingNote, UnitKind


@pytest.fixture
def pieces(tmp_path):
    def pieces(content):
        path = tmp_path / "a.eml"
        path.write_bytes(content if isinstance(content, bytes) else bytes(content))
        return list(read(path, ""))

    return pieces


@pytest.fixture
def text(pieces):
    def text(content):
        return next(piece.text for piece in pieces(content) if isinstance(piece, Part))

    return text


def mail(plain="", page=""):
    message = EmailMessage()
    message["From"] = "Ada <ada@example.org>"
    message["To"] = "bo@example.org"
    message["Date"] = "Fri, 20 Nov 2026 10:00:00 +0100"
    message["Subject"] = "Grüße aus Genf"
    if plain:
        message.set_content(plain)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message


HEADERS = (
    "From: Ada <ada@example.org>\nTo: bo@example.org\nDate: Fri, 20 Nov 2026 10:00:00 +0100\n"
    "Subject: Grüße aus Genf\n\n"
)
LONG = "The plain form of this mail is long enough to be what its sender wrote, and not only a hint."


def test_a_mail_has_its_headers_and_its_plain_form(pieces):
    assert pieces(mail(f"{LONG}\nÀ bientôt", "<p>the other form</p>")) == [
        Part(UnitKind.whole, "", f"{HEADERS}{LONG}\nÀ bientôt")
    ]


def test_a_page_is_read_where_there_is_no_other_form(text):
    page = "<html><style>x</style><body><h1>Hello</h1><p>one<br>two</p></body></html>"
    assert text(mail(page=page)) == f"{HEADERS}# Hello\n\none\ntwo"


def test_a_plain_form_that_only_names_the_page_is_passed_over(text):
    assert text(mail("Please view in HTML.", f"<p>{LONG}</p>")) == HEADERS + LONG


def test_attachments_are_named_and_counted(pieces):
    message = mail(LONG)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    message.add_attachment(b"text", maintype="text", subtype="plain", filename="é.txt")
    message.add_attachment(mail("inner"))
    note, part = pieces(message)
    assert note == Noted(ReadingNote(NoteKind.left_out, 3))
    assert part.text.endswith("[Attachment: bill.pdf]\n[Attachment: é.txt]\n[Attachment: message/rfc822]")
    assert "inner" not in part.text


def test_pictures_in_the_text_are_no_attachments(pieces):
    message = mail(LONG, "<p>page <img src='cid:x'></p>")
    message.get_payload()[1].add_related(b"PNG", "image", "png", cid="<x>")
    assert len(pieces(message)) == 1


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("iso-8859-1", "é".encode("latin-1")),
        ("no-such-one", "é".encode()),
        ("utf\0-8", "é".encode()),
        ("idna", "é".encode()),
        ("us-ascii", "é".encode()),
        ("utf-8", b"\xc3\xa9"),
    ],
)
def test_texts_are_read_in_the_encoding_that_they_have(text, charset, content):
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert text(head.encode() + content + b"\n") == "Subject: x\n\né"


def test_a_saved_page_is_read_as_a_page(pieces):
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "A page"
    message.set_content("<h1>One</h1><p>a</p><nav>menu</nav><h1>Two</h1><p>b</p>", subtype="html")
    message.add_related(b"GIF", "image", "gif", cid="<x>")
    assert pieces(message) == [
        Part(UnitKind.section, "One", "# One\n\na"),
        Part(UnitKind.section, "Two", "# Two\n\nb"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no mail at all",
        b"Subject: =?utf-8?b?////?=\nFrom: <<<>>,,;\nDate: never\nTo: @@@\n\nx",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n--a\n--a--",
        b"Content-Type: text/html; charset=\xff\n\n<p>x",
        b"Content-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: message/rfc822\n\nSubject: x\n\ny",
        b"\x00\x01\x02" * 1000,
    ],
)
def test_no_broken_mail_is_too_strange(pieces, content):
    with contextlib.suppress(Refused):
        assert [piece for piece in pieces(content) if isinstance(piece, Part)]


def test_mails_in_mails_without_end_are_read_or_refused(pieces):
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_200))
    with contextlib.suppress(Refused):
        pieces(deep)
