"""PDF files made by hand, for tests that need real ones: lines of text at places, and hostile structures."""

import hashlib
import io
import zlib

WIDTH, HEIGHT = 595, 842  # points of a sheet of A4
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_FONTS = (
    b"<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    b"/B<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>>>"
)
PICTURE = b"q 400 0 0 600 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def line(x, y, text, size=10, font="H"):
    """Return the operators that write one line."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (font.encode(), size, x, y, escaped)


def column(lines, x=56, top=780, size=10, spacing=12):
    """Return a column of lines, from the top down; an empty one leaves a gap."""
    return b"\n".join(line(x, top - spacing * n, text, size) for n, text in enumerate(lines) if text)


def document(pages, labels=b"", password="", compress=False):
    """Return a PDF file with these contents of pages, encrypted where there is a password."""
    count = len(pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + labels + b">>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (count, b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count))),
        _FONTS,
    ]
    for n, content in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font 3 0 R>>/Contents %d 0 R>>"
            % (WIDTH, HEIGHT, 5 + 2 * n)
        )
        objects.append(_stream(content, compress))
    if not password:
        return with_objects(objects)
    key, entry = _encryption(password)
    for n in range(4, 4 + 2 * count, 2):
        objects[n] = _stream(_rc4(_object_key(key, n + 1), pages[(n - 4) // 2]), False)
    return with_objects([*objects, entry], b"/Encrypt %d 0 R/ID[<00><00>]" % (len(objects) + 1))


def with_objects(objects, trailer=b""):
    """Return a file with these objects, the first of them its root."""
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF" % table)
    return out.getvalue()


def _stream(content, compress):
    packed = zlib.compress(content) if compress else content
    kind = b"/Filter/FlateDecode" if compress else b""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(packed), kind, packed)


def _encryption(password):
    """Return the key and the entry of the oldest encryption of the format, RC4 with 40 bits."""
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + b"\0").digest()[:5]
    user = _rc4(key, _PADDING)
    entry = f"<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{user.hex()}>>>"
    return key, entry.encode()


def _object_key(key, number):
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def _rc4(key, content):
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
